"""Draining the inbox: deliveries of 12 KB about 2,000 issues, beside a hand-written sqlite3 loop and ORM rows."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import utc_now
from connector.db import migrate
from connector.db.engine import Database, open_database
from connector.db.tables import Delivery, Hook, Issue, Nonprofit, Project
from connector.demo.forges.github_shapes import GitHubShapes
from connector.demo.forges.model import Account
from connector.inbox.service import drain
from tests.bench.payloads import WORDS
from tests.bench.table import Goal, Sense, Size, Table, ratio_of_medians

ISSUES = 2_000
BATCH = 100
BODY_BYTES = 12 * 1024
OLDEST = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
HAND, OURS, OURS_AGREED = "(a) hand-written sqlite3, batches of 100", "wecena", "wecena, 10 % with the agreed label"
ORM_BATCH, ORM_EACH = "(b) ORM rows, batches of 100", "(c) ORM rows, one transaction each"
UPSERT = """
    insert into issue (project_id, number, external_id, title, body, url, author, labels, assignees, is_open, is_locked,
        is_blocked, is_request, visibility, comments, remote_created_at, remote_updated_at, digest, seen_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 'public', ?, ?, ?, '', ?)
    on conflict (project_id, number) do update set title = excluded.title, body = excluded.body, url = excluded.url,
        author = excluded.author, labels = excluded.labels, assignees = excluded.assignees, is_open = excluded.is_open,
        is_locked = excluded.is_locked, comments = excluded.comments, remote_updated_at = excluded.remote_updated_at,
        seen_at = excluded.seen_at"""


def measure(size: Size) -> Iterator[Table]:
    """Each way in turn, ``size.rounds`` times over; the hand-written loop before and after the others."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ways: dict[str, tuple[float, Callable[[Path], object]]] = {
        HAND: (0, _by_hand), OURS: (0, _ours), OURS_AGREED: (0.1, _ours), ORM_BATCH: (0, _by_orm), ORM_EACH: (0, _each_by_orm),
    }  # fmt: skip
    for share, drained in ways.values():
        _rate(drained, share, BATCH)  # the first time of each imports modules and compiles statements
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(size.rounds):
        for name in (*ways, HAND):
            share, drained = ways[name]
            found[name].append(_rate(drained, share, size.count if name != ORM_EACH else size.count // 4))
    lines = tuple(
        (
            name,
            f"{median(rates):,.0f}",
            f"{ratio_of_medians(rates, found[HAND]):.2f}",
            f"{min(rates):,.0f}",
            f"{max(rates):,.0f}",
        )
        for name, rates in found.items()
    )
    goals = (
        Goal("drain beside (a)", ratio_of_medians(found[OURS], found[HAND]), Sense.AT_LEAST, 0.4, "x"),
        Goal("drain beside (b)", ratio_of_medians(found[OURS], found[ORM_BATCH]), Sense.AT_LEAST, 5, "x"),
        Goal("drain beside (c)", ratio_of_medians(found[OURS], found[ORM_EACH]), Sense.AT_LEAST, 5, "x"),
    )
    columns = (f"{size.count:,} deliveries of 12 KB, SQLite FULL", "median/s", "x (a)", "least/s", "most/s")
    yield Table("Draining the inbox", columns, lines, goals)


def _rate(drained: Callable[[Path], object], share: float, count: int) -> float:
    with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder:
        path = Path(folder) / "wecena.db"
        migrate.upgrade(f"sqlite:///{path}")
        _fill(path, share, count)
        began = time.perf_counter()
        drained(path)
        took = time.perf_counter() - began
        with sqlite3.connect(path) as connection:
            left = connection.execute("select count(*) from delivery where processed_at is null").fetchone()[0]
            issues = connection.execute("select count(*) from issue").fetchone()[0]
    if left or not issues:
        raise RuntimeError(f"{left} deliveries were left, {issues} issues were made")
    return count / took


def _fill(path: Path, share: float, count: int) -> None:
    db, chance = open_database(f"sqlite:///{path}"), random.Random(1)  # noqa: S311  (text, not secrets)
    now = utc_now()
    with db.sessions.begin() as session:
        project = Project(
            nonprofit=Nonprofit(name="Asso", created_at=now), source="github", host="github.com", path="acme/tool",
            external_id="77", base_url="https://github.com", api_url="https://api.github.com", is_public=True,
            web_url="https://github.com/acme/tool", visible_at=now, labels=["good first issue"], agreed_at=now,
            created_at=now,
        )  # fmt: skip
        session.add(project)
        session.flush()
        hook = Hook(project_id=project.id, source="github", key="key", created_at=now)
        session.add(hook)
        session.flush()
        rows = [
            {
                "hook_id": hook.id, "external_id": str(number), "event": "issues", "headers": {"x-github-event": "issues"},
                "body": zlib.compress(_body(chance, number, share), 1), "received_at": now, "tries": 0,
            }
            for number in range(count)
        ]  # fmt: skip
        session.connection().execute(Delivery.__table__.insert(), rows)  # type: ignore[attr-defined]  # a table it is
    db.engine.dispose()


def _body(chance: random.Random, at: int, share: float) -> bytes:
    """A changed issue with full accounts and a full repository, as GitHub sends them; a tenth comes late."""
    number, late = chance.randint(1, ISSUES), chance.random() < 0.1
    when = datetime.fromtimestamp(OLDEST + at - (5_000 if late else 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    label = "good first issue" if number <= ISSUES * share else "bug"
    shapes = GitHubShapes("https://api.github.com", "https://github.com")
    user = shapes.user(Account(id=7, login="ann"))
    issue = {
        "url": f"https://api.github.com/repos/acme/tool/issues/{number}", "id": 9_000 + number, "node_id": "I_x",
        "html_url": f"https://github.com/acme/tool/issues/{number}", "number": number, "title": f"Fix the filter {at}",
        "user": user, "assignee": None, "assignees": [], "comments": 3, "state": "open", "locked": False,
        "labels": [{"id": 1, "name": label, "color": "fff", "default": False, "description": None}],
        "created_at": "2026-10-20T10:00:00Z", "updated_at": when, "closed_at": None, "author_association": "MEMBER",
    }  # fmt: skip
    address = "https://api.github.com/repos/acme/tool"
    repository = {
        "id": 77, "name": "tool", "full_name": "acme/tool", "private": False, "owner": user,
        "html_url": "https://github.com/acme/tool", "updated_at": "2026-11-01T00:00:00Z",
        **{f"{name}_url": f"{address}/{name}{{/number}}" for name in WORDS},
    }  # fmt: skip
    sent = {"action": "edited", "issue": issue, "repository": repository, "sender": user}
    room = BODY_BYTES - len(json.dumps(sent))
    issue["body"] = " ".join(chance.choices(WORDS, k=room // 7))
    return json.dumps(sent, separators=(",", ":")).encode()


# --- the ways -----------------------------------------------------------------------------------------------------


def _ours(path: Path) -> None:
    db = open_database(f"sqlite:///{path}")
    while drain(db, utc_now):
        pass
    db.engine.dispose()


def _by_hand(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = full")
    while _batch_by_hand(connection):
        pass
    connection.close()


def _batch_by_hand(connection: sqlite3.Connection) -> int:
    connection.execute("begin immediate")
    rows = connection.execute(
        "select id, body from delivery where processed_at is null order by id limit ?", (BATCH,)
    ).fetchall()
    payloads = [json.loads(zlib.decompress(body)) for _id, body in rows]
    numbers = {payload["issue"]["number"] for payload in payloads}
    marks = ",".join("?" * len(numbers))
    known = dict(
        connection.execute(f"select number, remote_updated_at from issue where number in ({marks})", [*numbers])  # noqa: S608
    )
    newest = {}
    for payload in payloads:
        issue = payload["issue"]
        if issue["updated_at"] > known.get(issue["number"], ""):
            known[issue["number"]] = issue["updated_at"]
            newest[issue["number"]] = issue
    now = utc_now().isoformat()
    connection.executemany(UPSERT, [_columns(issue, now) for issue in newest.values()])
    done = "update delivery set processed_at = ?, outcome = 'applied', reason = 'applied' where id = ?"
    connection.executemany(done, [(now, row_id) for row_id, _body in rows])
    connection.execute("commit")
    return len(rows)


def _columns(issue: dict[str, object], now: str) -> tuple[object, ...]:
    names = json.dumps([label["name"] for label in issue["labels"]])  # type: ignore[attr-defined]  # our own payload
    author = issue["user"]["login"]  # type: ignore[index]  # our own payload
    return (
        1, issue["number"], str(issue["id"]), issue["title"], issue["body"], issue["html_url"], author, names, "[]",
        issue["state"] == "open", issue["locked"], issue["comments"], issue["created_at"], issue["updated_at"], now,
    )  # fmt: skip


def _by_orm(path: Path) -> None:
    _with_orm(path, BATCH)


def _each_by_orm(path: Path) -> None:
    _with_orm(path, 1)


def _with_orm(path: Path, at_once: int) -> None:
    db = open_database(f"sqlite:///{path}")
    while _batch_by_orm(db, at_once):
        pass
    db.engine.dispose()


def _batch_by_orm(db: Database, at_once: int) -> int:
    now = utc_now()
    with db.sessions.begin() as session:
        rows = session.scalars(
            select(Delivery).where(Delivery.processed_at.is_(None)).order_by(Delivery.id).limit(at_once)
        ).all()
        for row in rows:
            _observe_by_orm(session, json.loads(zlib.decompress(row.body or b""))["issue"], now)
            row.processed_at, row.outcome, row.reason = now, "applied", "applied"
    return len(rows)


def _observe_by_orm(session: Session, seen: dict[str, object], now: datetime) -> None:
    number, updated_at = seen["number"], datetime.fromisoformat(str(seen["updated_at"]))
    row = session.scalar(select(Issue).where(Issue.project_id == 1, Issue.number == number))
    if row is not None and row.remote_updated_at >= updated_at:
        return
    if row is None:
        row = Issue(project_id=1, number=number, external_id=str(seen["id"]))
        session.add(row)
    row.title, row.body, row.url = str(seen["title"]), str(seen["body"]), str(seen["html_url"])
    row.author, row.is_open, row.comments = seen["user"]["login"], seen["state"] == "open", seen["comments"]  # type: ignore[index, assignment]  # our own payload
    row.labels = [label["name"] for label in seen["labels"]]  # type: ignore[attr-defined]  # our own payload
    row.assignees, row.is_locked = [], bool(seen["locked"])
    row.remote_updated_at, row.seen_at = updated_at, now
