"""What most tests need: a fixed moment, migrated databases of both kinds, the folder of recorded data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.db import migrate
from connector.db.engine import Database, open_database
from tests.postgres import PostgresServer
from tests.rows import offer_everything

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return NOW


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied by each test that needs one."""
    path = tmp_path_factory.mktemp("template") / "wecena.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own, stopped at the end; skips where no server is installed."""
    server = PostgresServer.find()
    if server is None:
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    with server.running():
        url = server.create("wecena_template")
        migrate.upgrade(url)
        offer_everything(url)
        yield server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database of this test's own."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'wecena.db')}"
    offer_everything(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database of this test's own, of both kinds in turn."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.copy("wecena_template")


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A migrated database, run on SQLite and on PostgreSQL."""
    database = open_database(database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database, for tests in which the kind does not matter."""
    database = open_database(sqlite_url)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of recorded data, from WECENA_TEST_DATA."""
    folder = os.environ.get("WECENA_TEST_DATA")
    if not folder:
        pytest.skip("WECENA_TEST_DATA is not set")
    return Path(folder)
