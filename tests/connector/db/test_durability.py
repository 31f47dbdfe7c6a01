"""Power loss takes nothing that was acknowledged (R1): the live settings say so."""

from __future__ import annotations

import pytest

from connector.db.durability import SAFE, WHY, live_settings, weaknesses
from connector.db.engine import Database

SOUND = {
    "sqlite": {"journal_mode": "wal", "synchronous": "full"},
    "postgresql": {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"},
}


def test_what_we_set_ourselves_is_safe(db: Database) -> None:
    """The tests' own PostgreSQL server runs without fsync to be fast: that is found, and nothing else."""
    with db.engine.connect() as connection:
        dialect, found = connection.dialect.name, live_settings(connection)
    assert set(found) == set(SAFE[dialect])
    assert (
        set(weaknesses(dialect, found))
        == {
            "sqlite": set[str](),
            "postgresql": {"fsync=off", "full_page_writes=off"},
        }[dialect]
    )


@pytest.mark.parametrize(
    ("dialect", "name", "value"),
    [
        ("sqlite", "journal_mode", "delete"),
        ("sqlite", "journal_mode", "memory"),
        ("sqlite", "synchronous", "normal"),
        ("sqlite", "synchronous", "off"),
        ("postgresql", "synchronous_commit", "off"),
        ("postgresql", "fsync", "off"),
        ("postgresql", "full_page_writes", "off"),
    ],
)
def test_each_weak_setting_is_named_with_its_danger(dialect: str, name: str, value: str) -> None:
    assert weaknesses(dialect, SOUND[dialect]) == {}
    assert weaknesses(dialect, {**SOUND[dialect], name: value}) == {f"{name}={value}": WHY[name]}


def test_a_weakened_connection_is_found_out(sqlite_db: Database) -> None:
    with sqlite_db.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[union-attr]  # it is connected
        assert set(weaknesses("sqlite", live_settings(connection))) == {"synchronous=normal"}
        connection.invalidate()
