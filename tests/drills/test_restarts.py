"""The database goes away under load: it is restarted, or the power fails and only its files are left."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from connector.db import migrate
from connector.db.engine import open_database
from tests.drills import checks
from tests.drills.harness import running, wait_until
from tests.drills.load import Load
from tests.drills.settling import judge, settle, tell
from tests.drills.world import World, make_world
from tests.postgres import SMALL, PostgresServer

MODES = ("immediate", "fast")
COPIES = 3


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test's own that keeps what it promised to keep."""
    server = PostgresServer.find()
    if server is None:
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    server.settings = SMALL
    with server.running():
        yield server


@pytest.mark.parametrize("restarts", [2, pytest.param(20, marks=pytest.mark.drill)])
def test_a_restarted_database_costs_503s_and_nothing_else(
    durable: PostgresServer, tmp_path: Path, restarts: int
) -> None:
    """R1, R6: no process is started again, and nothing that was acknowledged is lost."""
    url = durable.create("wecena")
    migrate.upgrade(url)
    chance = random.Random(restarts)  # noqa: S311  (no secret is drawn)
    with make_world(tmp_path, url) as world:
        with running(world) as harness, Load(world) as load:
            started = [process.pid for process in harness.processes]
            for number in range(restarts):
                time.sleep(chance.uniform(0.5, 2))
                durable.stop(MODES[number % 2])
                refused = load.ledger.statuses[503]
                wait_until(lambda refused=refused: load.ledger.statuses[503] > refused, "the service says 503")
                durable.start()
                _wait_for_another(load)
            assert harness.tend() == []
            assert [process.pid for process in harness.processes] == started
        settle(world)
        tell(harness, load.ledger)
        assert load.ledger.broken == {}
        judge(world, load.ledger)


def _wait_for_another(load: Load) -> None:
    known, granted = len(load.ledger.acknowledged), load.ledger.statuses[200]
    wait_until(lambda: len(load.ledger.acknowledged) > known, "a delivery is acknowledged again")
    wait_until(lambda: load.ledger.statuses[200] > granted, "a page is shown again")


def test_what_a_power_failure_leaves_opens_clean_and_holds_what_was_acknowledged(
    sqlite_url: str, tmp_path: Path
) -> None:
    """R1, R2: the database's files, copied mid-load as they are on disk."""
    with make_world(tmp_path, sqlite_url) as world, running(world), Load(world) as load:
        for number in range(COPIES):
            known = len(load.ledger.acknowledged)
            wait_until(lambda known=known: len(load.ledger.acknowledged) > known + 10, "deliveries are acknowledged")
            promised = set(load.ledger.acknowledged)
            _judge_copy(_copied(world, tmp_path / f"copy-{number}"), promised)


def _copied(world: World, folder: Path) -> Path:
    """Database and log of one moment: while somebody reads, the log is not begun anew, and so fits the database.

    Whatever was committed before the copy began is in one of them, as after a power failure; what comes later may be.
    """
    folder.mkdir()
    path = Path(str(make_url(world.settings.database_url).database))
    with _reading(path):
        for name in (path.name, f"{path.name}-wal"):
            (folder / name).write_bytes(path.with_name(name).read_bytes())
    return folder / path.name


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("begin")
        connection.execute("select count(*) from delivery").fetchone()
        yield
        connection.execute("rollback")


def _judge_copy(path: Path, promised: set[tuple[str, str]]) -> None:
    db = open_database(f"sqlite:///{path}")
    try:
        assert checks.damage(db) == []
        with db.readers() as session:
            assert promised <= checks.stored(session)
            assert list(checks.torn(session)) == []
    finally:
        db.engine.dispose()
