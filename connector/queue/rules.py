"""When a failed job is tried again, when it is given up, and which period a firing belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MAX_TRIES = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LEASE = timedelta(minutes=15)
"""How long a job may run before another worker may take it: longer than the slowest harvest of one project."""


def is_poison(tries: int) -> bool:
    """Whether a job that failed this often is parked."""
    return tries >= MAX_TRIES


def wait_after(tries: int) -> timedelta:
    """How long to wait after the ``tries``-th failure: 10 s, doubling, at most an hour."""
    doublings = min(max(tries - 1, 0), 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def period(now: datetime, length: timedelta) -> datetime:
    """The start of the period of this length that ``now`` is in, counted from the epoch."""
    seconds = int(length.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
