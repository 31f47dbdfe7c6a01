"""How we stand with a forge: closed for one token at one forge, opened again by time, by a new token or by hand (R7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from connector.db.engine import Database
from connector.db.tables import Credential, Mail, Person
from connector.outbox import credentials
from connector.outbox.credentials import Access
from sources.errors import BadCredentials, Forbidden, RateLimited, SourceError, Unavailable
from tests.fakes import FakeClock

HERE = Access("github", "github.com", "old")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def is_open(db: Database, access: Access, clock: FakeClock) -> bool:
    try:
        credentials.refuse_if_closed(db, access, clock())
    except RateLimited:
        return False
    return True


def test_a_limit_closes_one_token_at_one_forge_for_its_time(db: Database, clock: FakeClock) -> None:
    credentials.note(db, HERE, RateLimited(clock() + timedelta(seconds=30)), clock())
    others = [
        Access("github", "github.com", "new"),
        Access("github", "git.example.org", "old"),
        Access("gitlab", "github.com", "old"),
    ]
    assert [is_open(db, access, clock) for access in (HERE, *others)] == [False, True, True, True]
    clock.advance(seconds=30)
    assert is_open(db, HERE, clock)


def test_a_shorter_limit_does_not_shorten_a_longer_one(db: Database, clock: FakeClock) -> None:
    for seconds in (90, 30):
        credentials.note(db, HERE, RateLimited(clock() + timedelta(seconds=seconds)), clock())
    clock.advance(seconds=89)
    assert not is_open(db, HERE, clock)


@pytest.mark.parametrize("error", [Unavailable(), Forbidden(), SourceError()])
def test_other_failures_close_nothing(db: Database, clock: FakeClock, error: SourceError) -> None:
    credentials.note(db, HERE, error, clock())
    with db.readers() as session:
        assert session.scalar(select(func.count()).select_from(Credential)) == 0


def test_a_refused_token_stays_closed_until_it_is_reopened(db: Database, clock: FakeClock) -> None:
    with db.sessions.begin() as session:
        session.add(Person(email="c@example.org", role="coordinator", created_at=clock()))
        session.add(Person(email="d@example.org", role="coordinator", created_at=clock(), disabled_at=clock()))
    for _turn in range(2):
        credentials.note(db, HERE, BadCredentials(), clock())
        clock.advance(days=30)
    assert not is_open(db, HERE, clock)
    with db.sessions.begin() as session:
        assert credentials.reopen(session, "github", "github.com") == 1
        assert credentials.reopen(session, "github", "github.com") == 0
        assert session.scalars(select(Mail.to)).all() == ["c@example.org"]
    assert is_open(db, HERE, clock)


def test_a_held_access_is_one_row(db: Database) -> None:
    for _turn in range(2):
        with db.sessions.begin() as session:
            credentials.hold(session, HERE)
    with db.readers() as session:
        assert session.scalar(select(func.count()).select_from(Credential)) == 1
