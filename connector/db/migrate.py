"""Brings a database to the newest schema.

Alembic is loaded only where there is something to migrate: it takes 7 MB in every process that has it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from connector.db.engine import READ_ONLY, make_engine
from connector.errors import ConfigurationError

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).with_name("migrations")
VERSION = table("alembic_version", column("version_num"))

ADVISORY_LOCK = 0x7765_6365
"""The same number for every process, so that two starts do not migrate at once on PostgreSQL."""
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's code; its driver is not loaded for this, for it takes 6 MB where the database is a file."""
LOCK_SECONDS = 5.0
"""A migration that waits for a table makes everybody behind it wait too, so it gives up soon and is tried again."""


def upgrade(database_url: str) -> None:
    """Create the database file if need be and run all migrations; raises `ConfigurationError` where it cannot."""
    _make_folder(database_url)
    _run(database_url, "upgrade", newest())


def downgrade(database_url: str, revision: str) -> None:
    """Go back to an older schema, before an older release is installed again; raises `ConfigurationError`."""
    if revision not in revisions():
        raise ConfigurationError(f"There is no schema {revision}. Known: {', '.join(revisions())}.")
    _run(database_url, "downgrade", revision)


def revisions() -> list[str]:
    """All schemas, oldest first."""
    return sorted(path.name.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def exists(database_url: str) -> bool:
    """Whether there is a database to work on: a SQLite file with a schema, or a PostgreSQL server with one."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return False
    engine = make_engine(database_url)
    try:
        return current(engine) is not None
    except OperationalError as exc:
        raise ConfigurationError(unreachable(database_url)) from exc
    finally:
        engine.dispose()


def current(engine: Engine) -> str | None:
    """The revision the database is at; None where it holds no schema of ours."""
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:  # never waits for a writer
        return _revision(connection)


def newest() -> str:
    """The revision this code needs."""
    return revisions()[-1]


def unreachable(database_url: str) -> str:
    """One sentence that names the database, never its password."""
    place = make_url(database_url).render_as_string(hide_password=True)
    return f"The database {place} cannot be reached: check WECENA_DATABASE_URL, or start the server."


def locked(database_url: str) -> str:
    """One sentence for a database in which something holds what a migration needs."""
    place = make_url(database_url).render_as_string(hide_password=True)
    return f"Something holds a lock in the database {place}: nothing was changed. Try again, or end what runs there."


def _config() -> Config:
    config: Config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config


def _run(database_url: str, step: Literal["upgrade", "downgrade"], revision: str) -> None:
    engine = make_engine(database_url, patience=LOCK_SECONDS)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(LOCK_SECONDS * 1000)}")
                connection.exec_driver_sql("SET LOCAL statement_timeout = '10min'")
            if _revision(connection) != revision:
                config = _config()
                config.attributes["connection"] = connection
                getattr(import_module("alembic.command"), step)(config, revision)
    except OperationalError as exc:
        raise ConfigurationError(locked(database_url) if _is_locked(exc) else unreachable(database_url)) from exc
    finally:
        engine.dispose()


def _is_locked(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", "") == LOCK_NOT_AVAILABLE or "database is locked" in str(error.orig)


def _revision(connection: Connection) -> str | None:
    is_ours = inspect(connection).has_table(VERSION.name)
    return connection.scalar(select(VERSION.c.version_num)) if is_ours else None


def _make_folder(database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise ConfigurationError(f"The folder {folder} cannot be made: choose another WECENA_DATA_DIR.") from exc
