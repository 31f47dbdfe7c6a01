"""Engines and sessions. SQLite runs in WAL mode with synchronous=FULL: an acknowledged delivery survives power loss."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from connector.errors import ConfigurationError

BUSY_SECONDS = 10
READ_ONLY = "wecena_read_only"


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


def make_engine(database_url: str) -> Engine:
    """An engine with the settings the promise needs; raises `ConfigurationError` for an unusable address."""
    url = _with_driver(database_url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c synchronous_commit=on -c timezone=UTC"},
    )


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
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    mode = "DEFERRED" if connection.get_execution_options().get(READ_ONLY) else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")
