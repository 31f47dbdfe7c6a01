"""The database's own clock: leases are set and judged by it, so that no process's clock decides who holds what."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

SQLITE_NOW = text("select strftime('%Y-%m-%d %H:%M:%f', 'now')")
POSTGRES_NOW = text("select clock_timestamp()")


def database_time(session: Session) -> datetime:
    """The present moment by the database's clock, aware, in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.fromisoformat(str(session.scalar(SQLITE_NOW))).replace(tzinfo=UTC)
    moment = session.scalar(POSTGRES_NOW)
    assert isinstance(moment, datetime)  # noqa: S101  (tells the type checker what PostgreSQL answers)
    return moment.astimezone(UTC)
