"""When a failed job is tried again, when it is given up, and which period a firing belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAX_TRIES = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LEASE = timedelta(seconds=20)
"""How long a job stays with a worker that gives no sign of life; a living one renews it as long as the job takes."""
LONGEST_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon a worker takes over from one that died: a job after ``lease``, the schedule after ``leadership``.

    ``election`` is how often the schedule's lease is asked for. The shortest period must be longer than leadership and
    election together, else a period could pass with nobody elected.
    """

    lease: timedelta = LEASE
    election: timedelta = timedelta(seconds=5)
    leadership: timedelta = timedelta(seconds=20)

    @property
    def renewal(self) -> timedelta:
        """How often a running job's lease is renewed: late or lost three times, it still holds."""
        return self.lease / 4


PACE = Pace()


def is_poison(tries: int) -> bool:
    """Whether a job that failed this often is parked."""
    return tries >= MAX_TRIES


def wait_after(tries: int) -> timedelta:
    """How long to wait after the ``tries``-th failure: 10 s, doubling, at most an hour."""
    doublings = min(max(tries - 1, 0), 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def look_every(length: timedelta) -> timedelta:
    """How often to look whether a period of this length has begun: twice in each, so that a late look misses none."""
    return min(length / 2, LONGEST_LOOK)


def period(now: datetime, length: timedelta) -> datetime:
    """The start of the period of this length that ``now`` is in, counted from the epoch."""
    seconds = int(length.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
