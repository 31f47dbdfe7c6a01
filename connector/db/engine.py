"""Engines and sessions. SQLite runs in WAL mode with synchronous=FULL: an acknowledged delivery survives power loss."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from functools import partial
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from connector.errors import ConfigurationError

BUSY_SECONDS = 10.0
LOOK_SECONDS = 0.0002
CONNECT_SECONDS = 3
SILENT_SECONDS = 10.0
"""How long a server may leave what was sent to it unacknowledged."""
READ_ONLY = "wecena_read_only"
PATIENCE = "wecena_patience"
"""Execution option: how many seconds to wait for another writer, where `BUSY_SECONDS` is too long."""


@dataclass(frozen=True, slots=True)
class Database:
    """The two ways to a session.

    ``with db.sessions.begin() as session:`` decides and commits at the end, or rolls back.
    ``with db.readers() as session:`` reads for pages and never waits for a writer.
    """

    engine: Engine
    sessions: sessionmaker[Session]
    readers: sessionmaker[Session]


def open_database(database_url: str) -> Database:
    """The database at this address; nothing is created and no connection is made yet."""
    engine = make_engine(database_url)
    reading = engine.execution_options(**{READ_ONLY: True})
    return Database(
        engine=engine,
        sessions=sessionmaker(engine, expire_on_commit=False),
        readers=sessionmaker(reading, expire_on_commit=False, autoflush=False),
    )


def make_engine(database_url: str, *, patience: float = BUSY_SECONDS) -> Engine:
    """An engine with the settings the promise needs; raises `ConfigurationError` for an unusable address.

    ``patience``: how many seconds to wait for another writer of SQLite.
    """
    url = _with_driver(database_url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, patience=patience))
        return engine
    engine = create_engine(
        url,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": _milliseconds(SILENT_SECONDS),
            "options": "-c synchronous_commit=on -c timezone=UTC",
        },
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _with_driver(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except ArgumentError as exc:
        raise ConfigurationError("WECENA_DATABASE_URL: not a database address.") from exc
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url.set(drivername="sqlite+pysqlite")
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    raise ConfigurationError(f"WECENA_DATABASE_URL: {backend} is not supported, use sqlite or postgresql.")


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction control is off, so that BEGIN IMMEDIATE below is the one that counts.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection, *, patience: float) -> None:
    options = connection.get_execution_options()
    if options.get(READ_ONLY):
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    latest = time.monotonic() + options.get(PATIENCE, patience)
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(driver) and time.monotonic() < latest:
            time.sleep(LOOK_SECONDS)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, for the library's error
    finally:
        driver.execute(f"PRAGMA busy_timeout={_milliseconds(patience)}")


def _begin_postgresql(connection: Connection) -> None:
    patience = connection.get_execution_options().get(PATIENCE)
    if patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_milliseconds(patience)}")


def _has_begun(driver: sqlite3.Connection) -> bool:
    """Whether the write lock was free. SQLite's own wait grows to steps of 100 ms, far longer than a commit takes."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
