"""Deliveries are drained many at a time, with the outcome that one by one would have (R1, R2, R4)."""

from __future__ import annotations

import json
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Delivery, Hook, Issue, Job, Project, Request, Task, TaskEvent
from connector.harvest import service as harvest
from connector.harvest.many import observe_many
from connector.harvest.rules import Decision
from connector.inbox import batch, processing
from connector.inbox.processing import process
from connector.inbox.service import drain
from sources import model
from tests.fakes import NOW, FakeClock
from tests.rows import project_row

AGREED = "good first issue"
Body = dict[str, Any]


class Post:
    """A project whose deliveries lie in the inbox as the door would have stored them."""

    def __init__(self, db: Database, name: str = "site", **project: object) -> None:
        self.db = db
        self.clock = FakeClock()
        self.name = name
        self.number = 1001 + sum(map(ord, name))
        self.count = 0
        with db.sessions.begin() as session:
            row = project_row(session, NOW, path=f"asso/{name}", external_id=str(self.number), **project)
            hook = Hook(project_id=row.id, source="github", key=name, created_at=NOW)
            session.add(hook)
            session.flush()
            self.project_id, self.hook_id = row.id, hook.id

    def put(self, *bodies: Body | bytes, event: str = "issues") -> None:
        """Store deliveries."""
        with self.db.sessions.begin() as session:
            for body in bodies:
                self.count += 1
                session.add(self._row(body, event))

    def _row(self, body: Body | bytes, event: str) -> Delivery:
        if isinstance(body, bytes):
            text, name = body, event
        else:
            sent = {key: value for key, value in body.items() if key not in {"event", "private"}}
            text, name = json.dumps({**sent, "repository": self._repository(body)}).encode(), body.get("event", event)
        return Delivery(
            hook_id=self.hook_id, external_id=f"{self.name}-{self.count}", event=name, received_at=NOW,
            headers={"x-github-event": name}, body=zlib.compress(text),
        )  # fmt: skip

    def _repository(self, body: Body) -> Body:
        return {
            "id": self.number,
            "full_name": f"asso/{self.name}",
            "private": body.get("private", False),
            "updated_at": "2026-11-20T08:00:00Z",
        }

    def drain(self, limit: int = 100) -> None:
        """Until nothing waits."""
        while drain(self.db, self.clock, limit):
            pass

    def drain_alone(self) -> None:
        """Each delivery in a transaction of its own, as it was before there were batches."""
        with self.db.readers() as session:
            waiting = session.scalars(
                select(Delivery.id).where(Delivery.processed_at.is_(None)).order_by(Delivery.id)
            ).all()
        for delivery_id in waiting:
            process(self.db, delivery_id, self.clock())

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        """All that deliveries can change, without row numbers."""
        with self.db.readers() as session:
            tasks = select(Issue.number, Task.status, Task.not_offered, Task.title).join(Issue)
            events = select(Issue.number, TaskEvent.kind).join(Task, TaskEvent.task_id == Task.id).join(Issue)
            jobs = select(Job.kind, Job.ref).where(Job.ref.startswith(f"{self.project_id}:"))
            project = select(
                Project.is_public, Project.visible_at, Project.visibility_at, Project.paused_at, Project.labels,
                Project.known_labels, Project.is_archived,
            ).where(Project.id == self.project_id)  # fmt: skip
            skipped = {"id", "project_id"}
            issues = select(*(column for column in Issue.__table__.columns if column.name not in skipped))
            found: dict[str, Iterable[Sequence[object]]] = {
                "issues": session.execute(issues.where(Issue.project_id == self.project_id)),
                "tasks": session.execute(tasks.where(Issue.project_id == self.project_id)),
                "events": session.execute(events.where(Issue.project_id == self.project_id)),
                "requests": session.execute(
                    select(Request.number, Request.state).where(Request.project_id == self.project_id)
                ),
                "jobs": ((kind, ref.partition(":")[2]) for kind, ref in session.execute(jobs)),
                "project": session.execute(project),
                "deliveries": session.execute(
                    select(Delivery.id - self._first(session), Delivery.outcome, Delivery.reason, Delivery.tries,
                           Delivery.body.is_(None)).where(Delivery.hook_id == self.hook_id)
                ),
            }  # fmt: skip
            return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}

    def _first(self, session: Session) -> int:
        return session.scalar(select(func.min(Delivery.id)).where(Delivery.hook_id == self.hook_id)) or 0


def second(moment: int) -> str:
    return (NOW - timedelta(hours=3) + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")


def seen(number: int, at: int = 0, *labels: str, **changes: object) -> Body:
    """What GitHub delivers of an issue; ``at`` counts the seconds of its last change."""
    issue = {
        "number": number, "id": 9000 + number, "title": f"Issue {number}", "body": "It is wrong and should be right.",
        "user": {"login": "alice", "id": 7}, "labels": [{"id": 1, "name": label} for label in labels], "assignees": [],
        "state": "open", "comments": 0, "created_at": second(-9), "updated_at": second(at), "locked": False,
        "html_url": f"https://github.com/asso/site/issues/{number}",
    }  # fmt: skip
    action = changes.pop("action", "edited")
    return {"action": action, "issue": {**issue, **changes}}


def request(number: int, closes: int, *, merged: bool, at: int = 0) -> Body:
    """A pull request that says to close an issue."""
    return {
        "event": "pull_request",
        "action": "closed" if merged else "opened",
        "pull_request": {
            "id": number, "number": number, "title": f"Fixes #{closes}", "body": "", "user": {"login": "bob", "id": 8},
            "state": "closed" if merged else "open", "merged": merged, "created_at": second(-5),
            "merged_at": second(at) if merged else None, "updated_at": second(at),
            "html_url": f"https://github.com/asso/site/pull/{number}",
        },
    }  # fmt: skip


def anything(chance: random.Random) -> Body | bytes:
    """Some delivery: mostly quiet issues, in any order, with ties and repeats, among all that is not quiet."""
    number, at = chance.randint(1, 12), chance.randint(0, 5)
    quiet = lambda: seen(number, at, chance.choice(["bug", "ui"]), title=chance.choice(["One", "Two"]))  # noqa: E731
    kinds = {
        "quiet": (60, quiet),
        "agreed": (12, lambda: seen(number % 4 + 1, at, AGREED, state=chance.choice(["open", "closed"]))),
        "partial": (4, lambda: {"action": "edited", "issue": _without(seen(number, at)["issue"], "labels")}),
        "unread": (2, lambda: b"{not JSON"),
        "deleted": (3, lambda: seen(number, at, action="deleted")),
        "request": (6, lambda: request(100 + number, number, merged=chance.random() < 0.5, at=at)),
        "label": (
            3,
            lambda: {
                "event": "label", "action": "edited", "label": {"id": 1, "name": "interface"},
                "changes": {"name": {"from": "ui"}},
            },
        ),
        "archived": (1, lambda: {"event": "repository", "action": chance.choice(["archived", "unarchived"])}),
        "private": (2, lambda: {**quiet(), "private": True}),
        "opted out": (1, lambda: seen(number, at, "no-wecena")),
        "elsewhere": (2, lambda: {"event": "watch", "action": "started"}),
    }  # fmt: skip
    weights = [weight for weight, _make in kinds.values()]
    return chance.choices([make for _weight, make in kinds.values()], weights)[0]()


def _without(values: Body, key: str) -> Body:
    return {name: value for name, value in values.items() if name != key}


@pytest.mark.parametrize("limit", [5, 30, 100])
@pytest.mark.parametrize("asks", [True, False])
def test_a_batch_leaves_what_one_by_one_would_have_left(db: Database, limit: int, *, asks: bool) -> None:
    """R2, R4: whatever is in the inbox, in whatever order."""
    chance = random.Random(limit)  # noqa: S311  (a test's choice)
    bodies = [anything(chance) for _ in range(90)]
    posts = [Post(db, name, is_offline=not asks) for name in ("alone", "batch")]
    posts[0].put(*bodies)
    posts[0].drain_alone()
    posts[1].put(*bodies)
    posts[1].drain(limit)
    alone, many = (post.state() for post in posts)
    for part in alone:
        assert many[part] == alone[part], part
    assert len(alone["issues"]) == 12


def test_news_of_an_issue_that_has_a_task_reach_the_task(db: Database) -> None:
    """R2: also those that alone would matter to nobody."""
    post = Post(db)
    post.put(seen(1, 0, AGREED), seen(2, 0))
    post.drain()
    post.put(seen(1, 1), seen(2, 1))
    post.drain()
    assert [row[:2] for row in post.state()["tasks"]] == [(1, "withdrawn")]


def test_what_a_batch_writes_is_seen_by_rows_that_were_loaded_before(db: Database) -> None:
    """R2: what follows in the same transaction decides on the row as it is now."""
    post = Post(db)
    post.put(seen(1, title="Before"))
    post.drain()
    after = model.Issue(external_id="9001", number=1, title="After", url="", updated_at=NOW, digest="x")
    with db.sessions.begin() as session:
        project = harvest.for_writing(session, post.project_id)
        row = session.scalars(select(Issue)).one()
        observe_many(session, project, [after], NOW)
        assert row.title == "After"


def test_those_done_long_ago_are_not_read_again(db: Database) -> None:
    """R1 in time: however many are kept, the next ones are found through the index of those that wait."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("with few rows PostgreSQL reads the whole table, which is right")
    asked: list[tuple[str, Any]] = []
    post = Post(db)
    post.put(seen(1))
    with db.sessions() as session:
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        batch.take(session, 100)
        taking = next(each for each in asked if "delivery.body" in each[0])
        plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {taking[0]}", taking[1])]
    assert plan[0] == "SCAN delivery USING INDEX ix_delivery_waiting"
    assert not any("TEMP B-TREE" in step for step in plan)


# --- failing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [OperationalError("insert", {}, Exception("away")), RuntimeError("a bug")])
def test_one_that_fails_undoes_nothing_of_the_others(
    db: Database, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """R1, R2: the others are processed once, the bad one is tried apart and parked with its reason."""
    post, observe, calls = Post(db), harvest.observe, Counter[int]()

    def fail(session: Session, project: Project, issue: model.Issue, now: datetime) -> Decision:
        calls[issue.number] += 1
        if issue.number == 13:
            raise error
        return observe(session, project, issue, now)

    monkeypatch.setattr(harvest, "observe", fail)
    post.put(seen(1, 0, AGREED), seen(2), seen(13, 0, AGREED), seen(3), seen(4, 0, AGREED))
    for _ in range(8):
        try:
            drain(db, post.clock)
        except RuntimeError:
            continue
    with db.readers() as session:
        found = session.execute(select(Delivery.outcome, Delivery.tries).order_by(Delivery.id)).all()
        assert set(session.scalars(select(Issue.number))) == {1, 2, 3, 4}
    assert [tuple(row) for row in found] == [
        ("applied", 0),
        ("applied", 0),
        ("parked", 5),
        ("applied", 0),
        ("applied", 0),
    ]
    assert calls[1] <= 2, "once in the batch that was undone, once alone"


def test_a_commit_that_fails_leaves_nothing_behind(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """R2: rows of issues and marks of deliveries are written together or not at all."""
    post = Post(db)
    post.put(seen(1), seen(2))

    def fail(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batch, "_tell", fail)
        patched.setattr(processing, "_process", fail)
        with pytest.raises(KeyboardInterrupt):
            drain(db, post.clock)
    with db.readers() as session:
        assert session.query(Issue).count() == 0
        assert session.query(Delivery).where(Delivery.processed_at.is_(None)).count() == 2
    post.drain()
    assert len(post.state()["issues"]) == 2


# --- several at once ----------------------------------------------------------------------------------------------


def test_several_drains_at_once_end_with_the_newest_of_each_issue(db: Database) -> None:
    """R4, R6: each delivery is processed once, and no older snapshot is written over a newer one."""
    chance = random.Random(5)  # noqa: S311  (a test's choice)
    posts = [Post(db, name, is_offline=True) for name in ("one", "two")]
    for post in posts:
        moments = [(number, at) for number in range(1, 16) for at in range(6)]
        chance.shuffle(moments)
        post.put(*(seen(number, at, title=f"State {at}") for number, at in moments))

    def work(_turn: int) -> int:
        return sum(drain(db, FakeClock(), 10) for _ in range(30))

    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(work, range(3)))
    for post in posts:
        post.drain()
    with db.readers() as session:
        assert set(session.scalars(select(Issue.title))) == {"State 5"}
        assert session.query(Delivery).where(Delivery.outcome == "applied").count() == 180
    assert sum(counts) == 180


def test_a_project_that_somebody_works_on_is_left_to_them(db: Database) -> None:
    """R6: one reader per object at a time; a drain waits for nobody, and takes what is free."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time for the whole database")
    busy, free = Post(db, "busy"), Post(db, "free")
    busy.put(seen(1))
    free.put(seen(2))
    with db.sessions.begin() as session:
        harvest.for_writing(session, busy.project_id)
        free.drain()
    assert (len(busy.state()["issues"]), len(free.state()["issues"])) == (0, 1)
    busy.drain()
    assert len(busy.state()["issues"]) == 1


def test_a_reading_that_comes_in_between_waits_for_the_batch(db: Database) -> None:
    """R4: what was read from the forge is compared with what the batch wrote, not with what was there before it."""
    post = Post(db)
    post.put(seen(1, 5, title="Newest"))
    older = model.Issue(
        external_id="9001", number=1, title="Older", url="", updated_at=NOW - timedelta(days=1), digest="x"
    )

    def read() -> Decision:
        with db.sessions.begin() as session:
            return harvest.observe(session, harvest.for_writing(session, post.project_id), older, NOW, was_read=True)

    with ThreadPoolExecutor(1) as pool:
        with db.sessions.begin() as session:
            rows = batch.take(session, 100)
            reading = pool.submit(read)
            batch.process_all(session, rows, NOW)
        assert reading.result(timeout=30) in {Decision.STALE, Decision.APPLY}
    with db.readers() as session:
        assert session.scalars(select(Issue.title)).one() == "Newest"


# --- doubt --------------------------------------------------------------------------------------------------------


def rereads(post: Post) -> list[str]:
    with post.db.readers() as session:
        return list(session.scalars(select(Job.ref).where(Job.kind == "reread")))


def test_many_ties_on_one_object_give_one_reading(db: Database) -> None:
    """R6: doubts are coalesced per object, in a batch and over batches."""
    post = Post(db)
    post.put(*(seen(1, 0, title=f"Version {version}") for version in range(20)))
    post.drain()
    post.put(*(seen(1, 0, title=f"Later {version}") for version in range(20)), seen(2), seen(2, title="Tie"))
    post.drain()
    assert sorted(rereads(post)) == [f"{post.project_id}:1", f"{post.project_id}:2"]
    with db.readers() as session:
        assert set(session.scalars(select(Issue.reread_at))) == {NOW}


def test_a_doubt_that_comes_while_the_object_is_read_gives_another_reading(db: Database) -> None:
    """R4: who began to read may have seen the state before."""
    post = Post(db)
    post.put(seen(1), seen(1, title="Tie"))
    post.drain()
    with db.sessions.begin() as session:
        session.scalars(select(Job)).one().leased_until = NOW + timedelta(minutes=1)
    post.clock.advance(seconds=1)
    post.put(seen(1, title="Another"), seen(1, title="Third"))
    post.drain()
    assert rereads(post) == [f"{post.project_id}:1"] * 2


def test_a_newer_snapshot_settles_a_doubt(db: Database) -> None:
    post = Post(db)
    post.put(seen(1), seen(1, title="Tie"), seen(1, 1, title="Newer"))
    post.drain()
    with db.readers() as session:
        row = session.scalars(select(Issue)).one()
    assert (row.title, row.reread_at) == ("Newer", None)
    assert len(rereads(post)) == 1
