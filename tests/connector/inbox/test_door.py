"""The door's side of the inbox: what it does while the database is away, and while secrets change (R1, R6, S1)."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from connector.db.engine import Database, open_database
from connector.db.tables import Delivery, HookSecret
from connector.db.vault import Vault
from connector.inbox import door
from connector.inbox.door import Inbox
from connector.inbox.outage import Outage
from connector.projects import hooks
from sources import registry
from tests.fakes import FakeClock
from tests.rows import project_row
from webhooks.delivery import Accepted, InboxUnavailable
from webhooks.delivery import Delivery as Received
from webhooks.receiver import Receiver
from webhooks.replay import post

VAULT = Vault("k" * 32)
BODY = b'{"zen": "Keep it simple."}'


class Place:
    """A hook, the door in front of it, and a forge that signs."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = FakeClock()
        self.seconds = 0.0
        self.inbox = Inbox(db, VAULT, self.clock, monotonic=lambda: self.seconds)
        with db.sessions.begin() as session:
            row = project_row(session, self.clock(), is_offline=True)
            self.hook, self.secret = hooks.make_hook(session, row, vault=VAULT, now=self.clock())
        self.receiver = Receiver(
            self.inbox.lookup, self.inbox.accept, accept_all=self.inbox.accept_all, reread=self.inbox.reread,
            clock=self.clock, max_body_bytes=100_000,
        )  # fmt: skip

    def deliver(self, external_id: str, secret: bytes | None = None) -> int:
        """What the door answers to a signed delivery."""
        headers = registry.source("github").sign(
            BODY, key=secret or self.secret, event="ping", delivery_id=external_id, now=self.clock()
        )
        return post(self.receiver, f"/webhooks/github/{self.hook.key}", headers=headers, body=BODY)

    def stored(self) -> set[str]:
        with self.db.readers() as session:
            return set(session.scalars(select(Delivery.external_id)))

    def rotate(self) -> bytes:
        with self.db.sessions.begin() as session:
            hook = session.merge(self.hook, load=False)
            return hooks.rotate(session, hook, vault=VAULT, now=self.clock())


@pytest.fixture
def place(db: Database) -> Place:
    return Place(db)


@contextmanager
def locked(db: Database) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    other = open_database(str(db.engine.url.render_as_string(hide_password=False)))
    with other.sessions() as session, session.begin():
        if db.engine.dialect.name == "sqlite":
            session.execute(text("UPDATE hook SET source = source"))
        else:
            session.execute(text("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE"))
        yield
    other.engine.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 0.3)


# --- away ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_answered_503_and_taken_up_again(db: Database) -> None:
    """R1, R6: everybody is told, nobody waits for longer than one attempt, and it goes on without a restart."""
    place = Place(db)
    assert place.deliver("before") == 202
    with locked(db), ThreadPoolExecutor(20) as pool:
        assert Counter(pool.map(place.deliver, (f"during {number}" for number in range(60)))) == {503: 60}
    assert place.deliver("after") == 202
    assert place.stored() == {"before", "after"}


@pytest.mark.usefixtures("impatient")
def test_the_door_gives_up_long_before_other_writers_do(sqlite_db: Database) -> None:
    place = Place(sqlite_db)
    waited: list[bool] = []

    def write() -> None:
        with sqlite_db.sessions.begin() as session:
            session.execute(text("UPDATE hook SET source = source"))
        waited.append(True)

    patient = threading.Thread(target=write)
    with locked(sqlite_db):
        patient.start()
        assert place.deliver("a") == 503
        assert patient.is_alive()
    patient.join(20)
    assert waited == [True]


def test_while_the_database_is_away_only_one_caller_at_a_time_tries_it() -> None:
    """R6: the others are told at once, or threads would pile up in front of it."""
    outage, inside, go_on = Outage(), threading.Event(), threading.Event()

    def fail() -> None:
        with outage.watched():
            inside.set()
            go_on.wait(10)
            raise OperationalError("INSERT", {}, OSError())

    go_on.set()
    with pytest.raises(InboxUnavailable):
        fail()
    go_on.clear()
    inside.clear()
    with ThreadPoolExecutor(1) as pool:
        probe = pool.submit(fail)
        assert inside.wait(10)
        with pytest.raises(InboxUnavailable), outage.watched():
            pytest.fail("somebody tries it already")
        go_on.set()
        assert isinstance(probe.exception(10), InboxUnavailable)
    with outage.watched():
        pass
    with outage.watched(), outage.watched():
        pass  # it is back: any number at once


def test_an_error_of_ours_is_no_outage(place: Place) -> None:
    outage = Outage()
    with pytest.raises(ZeroDivisionError), outage.watched():
        raise ZeroDivisionError
    with outage.watched(), outage.watched():
        pass


# --- in groups ----------------------------------------------------------------------------------------------------


def received(place: Place, external_id: str, hook_id: int | None = None) -> Received:
    return Received(
        hook_id=hook_id or place.hook.id, source="github", external_id=external_id, event="ping", headers={},
        body=BODY, received_at=place.clock(),
    )  # fmt: skip


def test_each_of_a_group_gets_the_answer_of_its_own_row(place: Place) -> None:
    place.inbox.accept(received(place, "old"))
    group = [received(place, name) for name in ("a", "old", "a", "b")]
    assert place.inbox.accept_all(group) == [Accepted.STORED, Accepted.SEEN, Accepted.SEEN, Accepted.STORED]
    assert place.stored() == {"old", "a", "b"}


def test_a_removed_hook_fails_its_own_in_a_group(place: Place) -> None:
    group = [received(place, "a"), received(place, "stray", hook_id=999), received(place, "b")]
    assert place.inbox.accept_all(group) == [Accepted.STORED, None, Accepted.STORED]


def test_a_commit_that_fails_is_a_failure_of_the_whole_group(place: Place) -> None:
    """R1: nothing of it is answered 2xx, nothing of it is stored."""
    away = OperationalError("COMMIT", {}, OSError("disk full"))

    def fail(_connection: object) -> None:
        raise away

    event.listen(place.db.engine, "commit", fail)
    with pytest.raises(InboxUnavailable):
        place.inbox.accept_all([received(place, "a"), received(place, "b")])
    event.remove(place.db.engine, "commit", fail)
    assert place.stored() == set()


# --- durable ------------------------------------------------------------------------------------------------------


def test_the_very_connection_that_stores_deliveries_is_durable(db: Database) -> None:
    """R1 on power loss: the settings are read where the row is committed, not on some other connection."""
    place, seen = Place(db), {}
    settings = (
        {"journal_mode": "PRAGMA journal_mode", "synchronous": "PRAGMA synchronous"}
        if db.engine.dialect.name == "sqlite"
        else {"synchronous_commit": "SHOW synchronous_commit"}
    )

    def look(connection: Any) -> None:  # noqa: ANN401  (the library's connection)
        for name, sql in settings.items():
            cursor = connection.connection.driver_connection.execute(sql)
            seen[name] = cursor.fetchone()[0]

    event.listen(db.engine, "commit", look)
    place.inbox.accept_all([received(place, "a")])
    event.remove(db.engine, "commit", look)
    assert seen in ({"journal_mode": "wal", "synchronous": 2}, {"synchronous_commit": "on"})


# --- secrets ------------------------------------------------------------------------------------------------------


def test_rotation_refuses_no_genuine_delivery(place: Place) -> None:
    """S1: the forge signs with the old key until somebody types the new one; the door takes both meanwhile."""
    over, keys = threading.Event(), [place.secret]
    answers: Counter[int] = Counter()
    sent = [0] * 4

    def forge(number: int) -> None:
        while not over.is_set():
            answers[place.deliver(f"{number}-{sent[number]}", keys[0])] += 1
            sent[number] += 1

    with ThreadPoolExecutor(4) as pool:
        senders = [pool.submit(forge, number) for number in range(4)]
        for _ in range(5):
            made = place.rotate()
            until_each_sent_two_more(sent)
            keys[0] = made  # typed at once, while the door still remembers the old ones
            until_each_sent_two_more(sent)
            place.clock.advance(minutes=1)
            place.seconds += 1
        over.set()
        for sender in senders:
            sender.result(30)
    assert set(answers) == {202}
    assert len(place.stored()) == answers[202]


def test_a_flood_of_bad_signatures_reads_the_keys_five_times_a_second_at_most(place: Place) -> None:
    reads = 0

    def count(*_args: object) -> None:
        nonlocal reads
        reads += 1

    assert [place.deliver("first"), place.deliver("second")] == [202, 202]
    event.listen(place.db.engine, "begin", count)
    assert [place.deliver(f"forged {number}", b"x" * 32) for number in range(50)] == [401] * 50
    assert reads == 1
    place.seconds += door.REREAD_SECONDS * 2
    assert place.deliver("forged again", b"x" * 32) == 401
    assert reads == 2


def until_each_sent_two_more(sent: list[int]) -> None:
    """None of them is left behind with a key from two rotations ago."""
    latest, before = time.monotonic() + 30, list(sent)
    while any(now < then + 2 for now, then in zip(sent, before, strict=True)):
        assert time.monotonic() < latest
        time.sleep(0.005)


def test_at_most_two_secrets_live_and_each_has_its_time(place: Place) -> None:
    first = place.secret
    second = place.rotate()
    third = place.rotate()

    def taken() -> list[int]:
        place.seconds += door.KEYS_LIVE_SECONDS + 1
        return [place.deliver(f"{key.hex()} {place.seconds}", key) for key in (first, second, third)]

    assert taken() == [401, 202, 202]
    place.clock.at += hooks.OVERLAP
    assert taken() == [401, 401, 202]
    with place.db.sessions.begin() as session:
        assert session.scalar(select(func.count()).select_from(HookSecret)) == 3
        for row in session.scalars(select(HookSecret)):
            row.starts_at, row.ends_at = place.clock() + timedelta(hours=1), None
    assert taken() == [401, 401, 401]
