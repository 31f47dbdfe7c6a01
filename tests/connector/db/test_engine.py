"""Databases keep what they acknowledged, and times keep their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from connector.db.engine import Database, make_engine
from connector.db.tables import Company, Job, Nonprofit, Project
from connector.errors import ConfigurationError


def test_commits_are_durable(db: Database) -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_a_time_comes_back_in_utc(db: Database, now: datetime) -> None:
    local = now.astimezone(timezone(timedelta(hours=2)))
    with db.sessions.begin() as session:
        session.add(Job(key="k", kind="test", run_at=local, created_at=now))
    with db.readers() as session:
        stored = session.scalars(select(Job.run_at)).one()
    assert stored == now
    assert stored.tzinfo is UTC or stored.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="naive"), db.sessions.begin() as session:
        session.add(Company(name="Lanterne Conseil", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001  (the point)


def test_a_reader_does_not_wait_for_a_writer(db: Database, now: datetime) -> None:
    with db.sessions.begin() as writer:
        writer.add(Company(name="Lanterne Conseil", created_at=now))
        writer.flush()
        with db.readers() as reader:
            assert reader.scalars(select(Company)).all() == []


def test_a_failed_decision_leaves_nothing(db: Database, now: datetime) -> None:
    def decide_twice() -> None:
        with db.sessions.begin() as session:
            session.execute(insert(Company).values(name="Lanterne Conseil", created_at=now))
            session.execute(insert(Company).values(name="Lanterne Conseil", created_at=now))

    with pytest.raises(IntegrityError):
        decide_twice()
    with db.readers() as session:
        assert session.scalars(select(Company)).all() == []


def test_a_path_is_unique_whatever_its_case(db: Database, now: datetime) -> None:
    def project(path: str, nonprofit: Nonprofit) -> Project:
        return Project(
            nonprofit=nonprofit, source="github", host="github.com", path=path, created_at=now,
            base_url="https://github.com", api_url="https://api.github.com", web_url=f"https://github.com/{path}",
        )  # fmt: skip

    nonprofit = Nonprofit(name="Dys & Lire", created_at=now)
    with pytest.raises(IntegrityError), db.sessions.begin() as session:
        session.add_all([project("dys/lecture", nonprofit), project("Dys/Lecture", nonprofit)])


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="mysql is not supported"):
        make_engine("mysql://localhost/x")
