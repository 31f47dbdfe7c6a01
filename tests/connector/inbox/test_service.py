"""Deliveries are stored before they are answered, and understood afterwards, whatever happens (R1)."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connector.db.engine import Database, open_database
from connector.db.tables import Delivery, Hook, HookSecret, Issue, Project, Task
from connector.db.vault import Vault
from connector.harvest import service as harvest
from connector.harvest.rules import Decision
from connector.inbox import processing
from connector.inbox.door import Inbox
from connector.inbox.rules import DIED, MAX_TRIES
from connector.inbox.service import Drains, delete_old_bodies, drain, retry_parked
from connector.inbox.writing import Writer, draft_of
from connector.projects.hooks import make_hook
from sources import model
from sources.base import Proof
from tests.fakes import FACTS, FakeClock
from tests.rows import project_row
from webhooks.delivery import Accepted, InboxUnavailable
from webhooks.delivery import Delivery as Received

VAULT = Vault("k" * 32)


class Place:
    """A database with one hook, its inbox, and deliveries as GitHub sends them."""

    def __init__(self, db: Database, **project: object) -> None:
        self.db = db
        self.clock = FakeClock()
        self.seconds = 0.0
        self.inbox = Inbox(db, VAULT, self.clock, monotonic=lambda: self.seconds)
        with db.sessions.begin() as session:
            row = project_row(session, self.clock(), is_offline=True, **project)
            hook, _key = make_hook(session, row, vault=VAULT, now=self.clock())
            self.project_id, self.hook_id, self.key = row.id, hook.id, hook.key

    def delivery(self, external_id: str = "d1", body: object = None, *, event: str = "issues") -> Received:
        raw = body if isinstance(body, bytes) else json.dumps(payload() if body is None else body).encode()
        return Received(
            hook_id=self.hook_id, source="github", external_id=external_id, event=event,
            headers={"x-github-event": event, "content-type": "application/json"}, body=raw, received_at=self.clock(),
        )  # fmt: skip

    def take(self, *args: object, **kwargs: object) -> Delivery:
        """Accept one delivery, process it, and give its row."""
        delivery = self.delivery(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        assert self.inbox.accept(delivery) is Accepted.STORED
        drain(self.db, self.clock)
        with self.db.readers() as session:
            return session.scalars(select(Delivery).where(Delivery.external_id == delivery.external_id)).one()


def payload(**changes: object) -> dict[str, object]:
    """What GitHub sends when an issue is labelled."""
    issue = {
        "number": 4, "id": 4004, "node_id": "I_4", "title": "Fix a typo", "user": {"login": "alice", "id": 7},
        "labels": [{"id": 1, "name": "good first issue"}], "assignees": [], "comments": 0, "state": "open",
        "created_at": "2026-11-20T08:00:00Z", "updated_at": "2026-11-22T08:00:00Z", "closed_at": None,
        "author_association": "NONE", "body": "In the README.", "locked": False,
        "html_url": "https://github.com/asso/site/issues/4", "url": "https://api.github.com/repos/asso/site/issues/4",
    }  # fmt: skip
    repository = {"id": 1001, "full_name": FACTS.path, "private": False, "html_url": FACTS.web_url}
    values = {"action": "labeled", "issue": issue, "repository": repository, "sender": {"login": "alice", "id": 7}}
    return {**values, **changes}


@pytest.fixture
def place(db: Database) -> Place:
    return Place(db)


# --- storing ------------------------------------------------------------------------------------------------------


def test_a_delivery_is_stored_once_and_compressed(place: Place) -> None:
    delivery = place.delivery()
    assert [place.inbox.accept(delivery), place.inbox.accept(delivery)] == [Accepted.STORED, Accepted.SEEN]
    with place.db.readers() as session:
        (row,) = session.scalars(select(Delivery))
    assert row.body is not None
    assert zlib.decompress(row.body) == delivery.body
    assert (row.event, row.received_at, row.processed_at) == ("issues", place.clock(), None)


def test_many_at_once_are_each_stored_once(place: Place) -> None:
    deliveries = [place.delivery(f"d{number % 30}") for number in range(60)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(place.inbox.accept, deliveries))
    assert (answers.count(Accepted.STORED), answers.count(Accepted.SEEN)) == (30, 30)
    with place.db.readers() as session:
        assert session.query(Delivery).count() == 30


def test_a_hook_removed_meanwhile_fails_its_own_delivery_only(place: Place) -> None:
    stray = replace(place.delivery("stray"), hook_id=999)
    written = Writer(place.db.engine).write(
        [draft_of(each) for each in (place.delivery("a"), stray, place.delivery("b"))]
    )
    assert written == [Accepted.STORED, None, Accepted.STORED]
    with pytest.raises(InboxUnavailable):
        place.inbox.accept(stray)


def test_a_database_that_is_away_is_told(place: Place) -> None:
    nowhere = Inbox(open_database("sqlite:////nowhere/at/all.db"), VAULT, place.clock)
    with pytest.raises(InboxUnavailable):
        nowhere.accept(place.delivery())
    with pytest.raises(InboxUnavailable):
        nowhere.lookup("github", place.key)


# --- looking up ---------------------------------------------------------------------------------------------------


def test_the_keys_of_a_hook_are_found_by_source_and_key(place: Place) -> None:
    found = place.inbox.lookup("github", place.key)
    assert found is not None
    assert (found.hook_id, len(found.keys[0]), found.signed_only) == (place.hook_id, 32, False)
    assert place.inbox.lookup("gitlab", place.key) is None
    assert place.inbox.lookup("github", "unknown") is None


def test_a_changed_secret_counts_within_seconds(place: Place) -> None:
    assert place.inbox.lookup("github", place.key) is not None
    with place.db.sessions.begin() as session:
        session.execute(update(HookSecret).values(ends_at=place.clock()))
    assert place.inbox.lookup("github", place.key).keys != ()  # type: ignore[union-attr]  # kept for a moment
    place.seconds = 6
    assert place.inbox.lookup("github", place.key).keys == ()  # type: ignore[union-attr]


def test_the_hook_of_a_removed_project_is_unknown(place: Place) -> None:
    with place.db.sessions.begin() as session:
        session.execute(update(Project).values(removed_at=place.clock()))
    assert place.inbox.lookup("github", place.key) is None


def test_a_first_signature_is_remembered_at_once(place: Place) -> None:
    place.inbox.lookup("github", place.key)
    place.inbox.accept(replace(place.delivery(), proof=Proof.SIGNATURE, first_signed=True))
    found = place.inbox.lookup("github", place.key)
    assert found is not None
    assert found.signed_only


# --- understanding ------------------------------------------------------------------------------------------------


def test_an_issue_becomes_a_task(place: Place) -> None:
    row = place.take()
    assert (row.outcome, row.reason, row.processed_at) == ("applied", "applied", place.clock())
    with place.db.readers() as session:
        task = session.scalars(select(Task)).one()
        assert (task.title, task.status) == ("Fix a typo", "ready")
        assert session.get_one(Hook, place.hook_id).last_delivery_at == place.clock()


@pytest.mark.parametrize(
    ("body", "event", "outcome", "reason"),
    [
        (b"not json", "issues", "quarantined", None),
        (b"", "issues", "quarantined", None),
        ({"action": "labeled"}, "issues", "quarantined", None),
        (
            payload(repository={"id": 77, "full_name": "asso/other", "private": False}),
            "issues",
            "ignored",
            "other_repository",
        ),
        ({"zen": "Keep it simple.", "hook_id": 1, "hook": {}}, "ping", "applied", "ping"),
        (payload(), "no_such_event", "ignored", "unknown_event"),
    ],
)
def test_what_cannot_be_used_is_kept_with_its_reason(
    place: Place, body: object, event: str, outcome: str, reason: str | None
) -> None:
    row = place.take("d1", body, event=event)
    assert row.outcome == outcome
    assert row.reason
    assert reason in {None, row.reason}
    with place.db.readers() as session:
        assert session.query(Task).count() == 0


def test_an_offline_project_learns_its_number_from_the_first_delivery(db: Database) -> None:
    place = Place(db, external_id=None, is_public=None, visible_at=None, path="ASSO/Site")
    assert place.take().outcome == "applied"
    other = payload(repository={"id": 2002, "full_name": FACTS.path, "private": False})
    assert place.take("d2", other).reason == "other_repository"
    with db.readers() as session:
        project = session.get_one(Project, place.project_id)
        assert (project.external_id, project.is_public, project.visible_at) == ("1001", True, place.clock())


def test_a_private_repository_yields_no_public_task(place: Place) -> None:
    place.take()
    private = payload(repository={"id": 1001, "full_name": FACTS.path, "private": True})
    place.take("d2", private)
    with place.db.readers() as session:
        task = session.scalars(select(Task)).one()
        assert (task.status, task.not_offered) == ("draft", ["not_public"])


def test_a_confidential_body_is_blanked_in_the_same_transaction(db: Database) -> None:
    place = Place(db, source="gitlab", host="gitlab.com")
    body = {
        "object_kind": "issue", "event_type": "confidential_issue", "user": {"id": 1, "username": "a", "name": "A"},
        "project": {"id": 1001, "path_with_namespace": FACTS.path, "web_url": FACTS.web_url, "visibility_level": 20},
        "object_attributes": {
            "id": 9, "iid": 4, "project_id": 1001, "title": "SECRET-CANARY", "description": "SECRET-CANARY",
            "state": "opened", "action": "update", "confidential": True, "labels": [],
            "created_at": "2026-11-20 08:00:00 UTC", "updated_at": "2026-11-22 08:00:00 UTC",
            "url": "https://gitlab.com/asso/site/-/issues/4",
        },
        "labels": [], "changes": {},
    }  # fmt: skip
    delivery = replace(
        place.delivery("d1", body, event="Issue Hook"),
        source="gitlab",
        headers={"x-gitlab-event": "Issue Hook", "content-type": "application/json"},
    )
    place.inbox.accept(delivery)
    drain(db, place.clock)
    with db.readers() as session:
        row = session.scalars(select(Delivery)).one()
        issue = session.scalars(select(Issue)).one()
        assert (row.outcome, row.body) == ("applied", None)
        assert (issue.visibility, issue.title, issue.number) == ("confidential", "", 4)


# --- failing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Exception]], None]:
    """Makes our own code fail on issue 13."""
    observe = harvest.observe

    def break_it(error: type[Exception]) -> None:
        def fail(session: Session, project: Project, seen: model.Issue, now: datetime) -> Decision:
            if seen.number == 13:
                raise error("a bug")
            return observe(session, project, seen, now)

        monkeypatch.setattr(processing.harvest, "observe", fail)

    return break_it


def numbered(number: int) -> dict[str, object]:
    body = payload()
    body["issue"] = {**body["issue"], "number": number, "id": number}  # type: ignore[dict-item]  # an object
    return body


def test_a_poisonous_delivery_never_stops_the_others_and_is_parked(
    place: Place, broken: Callable[[type[Exception]], None]
) -> None:
    broken(ValueError)
    place.inbox.accept(place.delivery("bad", numbered(13)))
    place.inbox.accept(place.delivery("good", numbered(14)))
    for _ in range(MAX_TRIES):
        with pytest.raises(ValueError, match="a bug"):
            drain(place.db, place.clock)
    assert drain(place.db, place.clock) == 0
    with place.db.readers() as session:
        found = dict(session.execute(select(Delivery.external_id, Delivery.outcome)).all())
    assert found == {"bad": "parked", "good": "applied"}


def test_the_first_drain_of_a_process_counts_each_try_before_it_is_made(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R1: one that ends the process would be tried for ever otherwise. Later drains spare the commit."""
    observe, tries = harvest.observe, []

    def look(session: Session, project: Project, seen: model.Issue, now: datetime) -> Decision:
        with place.db.readers() as reader:
            tries.append(reader.scalar(select(Delivery.tries).order_by(Delivery.id.desc()).limit(1)))
        return observe(session, project, seen, now)

    monkeypatch.setattr(processing.harvest, "observe", look)
    drain_next = Drains(place.db, place.clock)
    for number in (13, 14):
        place.inbox.accept(place.delivery(f"d{number}", numbered(number)))
        assert drain_next() == 1
    assert tries == [1, 0]


def test_a_try_is_counted_by_one_worker_only(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """R1: who looked before another began it does not begin it too, so that many workers use no sound one up."""
    made: list[int] = []
    place.inbox.accept(place.delivery("d1"))
    with place.db.readers() as session:
        (delivery_id,) = session.scalars(select(Delivery.id))
    monkeypatch.setattr(processing, "_process", lambda _session, row, _now: made.append(row))
    for _ in range(2):
        processing.process(place.db, delivery_id, place.clock(), tried=0)
    assert made == [delivery_id]


def test_only_a_worker_that_starts_parks_what_is_used_up(place: Place) -> None:
    """R1: while others live, one of them may be at the last try."""
    place.inbox.accept(place.delivery("d1"))
    with place.db.sessions.begin() as session:
        session.execute(update(Delivery).values(tries=MAX_TRIES, reason=DIED))
    assert [drain(place.db, place.clock), outcomes(place)] == [0, [None]]
    assert [Drains(place.db, place.clock)(), outcomes(place)] == [0, ["parked"]]


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_that_start_together_park_nothing_sound(place: Place, workers: int) -> None:
    for number in range(40):
        place.inbox.accept(place.delivery(f"d{number}", numbered(number + 1)))
    gate = threading.Barrier(workers)

    def work(_number: int) -> None:
        drain_next = Drains(place.db, place.clock)
        gate.wait(30)
        while drain_next():
            pass

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
    assert outcomes(place) == ["applied"] * 40


def outcomes(place: Place) -> list[str | None]:
    with place.db.readers() as session:
        return list(session.scalars(select(Delivery.outcome).order_by(Delivery.id)))


def test_a_parked_delivery_can_be_tried_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    row = place.take("d1", b"not json")
    with place.db.sessions.begin() as session:
        assert retry_parked(session, row.id)
        assert not retry_parked(session, row.id)
    assert drain(place.db, place.clock) == 1


def test_old_bodies_are_deleted_after_their_time(place: Place, now: datetime) -> None:
    place.take("applied")
    place.take("quarantined", b"not json")
    for days, kept in ((6, {"applied", "quarantined"}), (8, {"applied"}), (31, set())):
        with place.db.sessions.begin() as session:
            delete_old_bodies(session, now + timedelta(days=days))
            left = session.scalars(select(Delivery.external_id).where(Delivery.body.is_not(None)))
            assert set(left) == kept
