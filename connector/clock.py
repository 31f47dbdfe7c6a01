"""The only place that reads the clock; everything else is handed the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def frozen(at: datetime) -> Clock:
    """A clock that always shows the same moment."""
    return lambda: at
