"""Writes upstream: wanted once, allowed or not at all, repeated without doubling (R3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Audit, Effect, Mail, Person, Project
from connector.outbox import claims, rules, service
from connector.outbox.claims import Claimed
from connector.outbox.credentials import nobody
from sources.errors import BadCredentials, Forbidden, RateLimited, Unavailable
from tests.fakes import FakeClient, FakeClock
from tests.rows import project_row

URL = "https://wecena.example.org"


class Outbox:
    """A project that allows everything, a tracker, and the worker's call."""

    def __init__(self, db: Database, allows: list[str]) -> None:
        self.db = db
        self.clock = FakeClock()
        self.client = FakeClient()
        with db.sessions.begin() as session:
            self.project_id = project_row(session, self.clock(), allows=allows).id

    def wish(self, key: str = "comment:1", kind: str = "comment", **data: object) -> bool:
        with self.db.sessions.begin() as session:
            wanted = {"number": 4, **({"state": "claimed"} if kind == "comment" else {}), **data}
            return service.add(
                session, key=key, project_id=self.project_id, task_id=None, kind=kind, data=wanted, now=self.clock()
            )

    def send(self) -> int:
        return service.send_due(self.db, lambda _project: self.client, self.clock, public_url=URL)

    def row(self, key: str = "comment:1") -> Effect:
        with self.db.readers() as session:
            return session.scalars(select(Effect).where(Effect.key == key)).one()

    def bodies(self) -> list[str]:
        return [comment.body for comment in self.client.comments.get(4, [])]


def wish_of(session: Session, project: Project, now: datetime, key: str) -> None:
    data = {"number": 1, "login": "bob"}
    service.add(session, key=key, project_id=project.id, task_id=None, kind="assign", data=data, now=now)


@pytest.fixture
def outbox(db: Database) -> Outbox:
    return Outbox(db, ["comment", "assign"])


def test_a_comment_is_written_once_with_its_marker(outbox: Outbox) -> None:
    assert outbox.wish()
    assert [outbox.send(), outbox.send()] == [1, 0]
    (body,) = outbox.bodies()
    assert "<!-- wecena:comment:1 -->" in body
    assert f"{URL}/maintainers" in body
    row = outbox.row()
    assert (row.sent_at, row.result["comment_id"]) == (outbox.clock(), "9000")


def test_a_changed_wish_edits_the_comment_in_place(outbox: Outbox) -> None:
    outbox.wish()
    outbox.send()
    outbox.clock.advance(minutes=1)
    outbox.wish(state="done")
    outbox.send()
    (body,) = outbox.bodies()
    assert "is done" in body
    assert outbox.client.calls == ["find_comments", "create_comment", "edit_comment"]


def test_a_comment_whose_answer_was_lost_is_not_doubled(outbox: Outbox) -> None:
    outbox.wish()
    outbox.client.lost = [Unavailable()]
    outbox.send()
    assert outbox.row().sent_at is None
    outbox.clock.advance(minutes=1)
    outbox.send()
    assert len(outbox.bodies()) == 1
    assert outbox.row().sent_at is not None


def test_nothing_is_wished_for_without_permission(db: Database) -> None:
    outbox = Outbox(db, ["assign"])
    assert not outbox.wish()
    assert outbox.send() == 0


def test_a_permission_withdrawn_later_stops_what_waits(outbox: Outbox) -> None:
    outbox.wish()
    with outbox.db.sessions.begin() as session:
        session.execute(update(Project).values(allows=[]))
    outbox.send()
    assert outbox.client.calls == []
    assert outbox.row().error == "the project no longer allows it"


def test_assigning_is_not_believed_but_read_back(outbox: Outbox) -> None:
    outbox.client.assignable = False
    outbox.wish("assign:1", "assign", login="bob")
    outbox.send()
    row = outbox.row("assign:1")
    assert (row.result, row.sent_at is not None) == ({"assigned": False}, True)


def test_writes_to_one_forge_are_spaced_by_a_second(outbox: Outbox) -> None:
    outbox.wish("assign:1", "assign", login="bob")
    outbox.wish("unassign:1", "unassign", login="bob")
    assert outbox.send() == 1
    outbox.clock.advance(seconds=1)
    assert outbox.send() == 1
    assert outbox.client.calls == ["assign", "unassign"]


def take(outbox: Outbox) -> Claimed | None:
    """What a worker claims that does nothing with it then."""
    with outbox.db.sessions.begin() as session:
        return claims.claim(session, nobody, outbox.clock())


def let_the_lease_end(outbox: Outbox) -> None:
    with outbox.db.sessions.begin() as session:
        for row in session.scalars(select(Effect).where(Effect.claimed_at.is_not(None))):
            assert row.claimed_at is not None
            row.claimed_at -= 2 * rules.LEASE


def test_two_workers_never_write_to_one_project_at_once(outbox: Outbox) -> None:
    outbox.wish("assign:1", "assign", login="bob")
    outbox.wish("assign:2", "assign", login="eve")
    assert take(outbox) is not None
    assert take(outbox) is None


def test_a_stuck_worker_holds_up_no_other_project(outbox: Outbox) -> None:
    with outbox.db.sessions.begin() as session:
        other = project_row(session, outbox.clock(), path="asso/other", external_id="2", allows=["assign"])
        wish_of(session, other, outbox.clock(), "other")
    outbox.wish("assign:1", "assign", login="bob")
    held = [take(outbox), take(outbox)]
    assert sorted(one.key for one in held if one) == ["assign:1", "other"]


def test_a_worker_that_died_gives_its_effect_to_the_next(outbox: Outbox) -> None:
    outbox.wish()
    assert take(outbox) is not None
    assert outbox.send() == 0
    let_the_lease_end(outbox)
    outbox.send()
    row = outbox.row()
    assert row.sent_at is not None
    assert row.sweep_at is not None


def test_an_effect_whose_worker_dies_each_time_is_parked(outbox: Outbox) -> None:
    outbox.wish()
    with outbox.db.sessions.begin() as session:
        session.execute(update(Effect).values(attempts=rules.MAX_ATTEMPTS))
    assert outbox.send() == 0
    assert (outbox.row().next_attempt_at, outbox.row().error) == (None, "its worker died each time")


def test_waiting_for_a_limit_is_no_failed_attempt(outbox: Outbox) -> None:
    outbox.wish()
    for _ in range(3):
        outbox.client.failures = [RateLimited(outbox.clock() + timedelta(minutes=1))]
        outbox.send()
        outbox.clock.advance(minutes=1)
    assert outbox.row().attempts == 0
    outbox.send()
    assert len(outbox.bodies()) == 1


def test_a_wish_changed_while_it_is_sent_is_sent_again(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox.wish()
    create = outbox.client.create_comment

    def create_slowly(number: int, body: str) -> object:
        outbox.wish(state="done")
        return create(number, body)

    monkeypatch.setattr(outbox.client, "create_comment", create_slowly)
    outbox.send()
    assert outbox.row().sent_at is None or "is done" in outbox.bodies()[0]
    outbox.clock.advance(minutes=1)
    outbox.send()
    (body,) = outbox.bodies()
    assert "is done" in body


def test_a_missing_permission_parks_the_effect_and_is_named(outbox: Outbox) -> None:
    outbox.wish()
    outbox.client.failures = [Forbidden("permission missing: issues: write")]
    outbox.send()
    assert (outbox.row().next_attempt_at, outbox.row().error) == (None, "permission missing: issues: write")


def test_a_limit_holds_back_every_write_to_that_forge_and_no_other(outbox: Outbox) -> None:
    with outbox.db.sessions.begin() as session:
        other = project_row(session, outbox.clock(), host="git.example.org", allows=["assign"])
        wish_of(session, other, outbox.clock() + timedelta(seconds=1), "other")
    outbox.wish("assign:1", "assign", login="bob")
    outbox.wish("assign:2", "assign", login="bob")
    outbox.clock.advance(seconds=2)
    outbox.client.failures = [RateLimited(outbox.clock() + timedelta(minutes=30))]
    outbox.send()
    assert (outbox.client.calls, outbox.row("other").sent_at is not None) == (["assign", "assign"], True)
    outbox.clock.advance(minutes=29)
    assert outbox.send() == 0
    outbox.clock.advance(minutes=1)
    assert outbox.send() == 1
    outbox.clock.advance(seconds=1)
    assert outbox.send() == 1


def test_a_refused_token_holds_everything_and_tells_the_coordinators_once(outbox: Outbox) -> None:
    with outbox.db.sessions.begin() as session:
        session.add(Person(email="c@example.org", role="coordinator", created_at=outbox.clock()))
        session.add(Person(email="v@example.org", role="volunteer", created_at=outbox.clock()))
    outbox.wish("assign:1", "assign", login="bob")
    outbox.wish("assign:2", "assign", login="bob")
    outbox.client.failures = [BadCredentials(), BadCredentials()]
    outbox.send()
    outbox.clock.advance(days=1)
    assert outbox.send() == 0
    assert outbox.client.calls == ["assign"]
    with outbox.db.readers() as session:
        assert session.scalars(select(Mail.to)).all() == ["c@example.org"]


def test_a_parked_effect_can_be_tried_again(outbox: Outbox) -> None:
    outbox.wish()
    outbox.client.failures = [Forbidden()]
    outbox.send()
    with outbox.db.sessions.begin() as session:
        assert service.retry_parked(session, outbox.row().id, outbox.clock())
        assert not service.retry_parked(session, 999, outbox.clock())
    outbox.send()
    assert len(outbox.bodies()) == 1


def test_everything_written_is_in_the_audit_list(outbox: Outbox) -> None:
    outbox.wish()
    outbox.send()
    with outbox.db.readers() as session:
        (line,) = session.scalars(select(Audit))
    assert (line.kind, line.project_id, line.data["kind"], line.data["number"]) == (
        "written_upstream", outbox.project_id, "comment", 4,
    )  # fmt: skip
