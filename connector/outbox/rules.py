"""When a write upstream is tried again, when it is given up, and how fast a forge may be written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sources.errors import BadCredentials, NotFound, RateLimited, SourceError

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LIMITED_WAIT = timedelta(seconds=60)
SECOND_LOOK = timedelta(minutes=10)
MAX_ATTEMPTS = 20

SPACING = timedelta(seconds=1)
MOST_AN_HOUR = 400
LEASE = timedelta(minutes=2)
"""How long a claimed effect is somebody's: longer than any call to a forge takes."""

ACTIONS = {"comment": "comment", "assign": "assign", "unassign": "assign"}
"""Kind of effect -> the upstream action that the project must have opted in to."""


class Scope(Enum):
    """What a failure says something about: this write alone, or everything done with the same credential."""

    EFFECT = "effect"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Retry:
    """What to do after a failure: try again ``at``, or park it (``at`` is None) with the reason."""

    at: datetime | None
    reason: str
    scope: Scope = Scope.EFFECT


def retry(error: SourceError, attempts: int, now: datetime, *, chance: float) -> Retry:
    """What to do after the ``attempts``-th failure (from 1). ``chance`` in [0, 1) spreads the waits."""
    reason = str(error)
    match error:
        case RateLimited():
            at_least = now + LIMITED_WAIT * (1 << min(attempts - 1, 5))
            return Retry(error.until if error.until > now else at_least, reason, Scope.CREDENTIAL)
        case BadCredentials():
            return Retry(None, reason, Scope.CREDENTIAL)
        case NotFound() if attempts == 1:
            return Retry(now + SECOND_LOOK, reason)
        case _ if error.permanent or attempts >= MAX_ATTEMPTS:
            return Retry(None, reason)
        case _:
            return Retry(now + _backed_off(attempts) * chance + SPACING, reason)


def _backed_off(attempts: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def is_allowed(kind: str, allows: object) -> bool:
    """Whether the project opted in to this kind of write."""
    return isinstance(allows, list) and ACTIONS.get(kind) in allows


def may_write(last: datetime | None, in_the_last_hour: int, now: datetime) -> bool:
    """Whether a forge that was last written to then, and so often, may be written to now."""
    return in_the_last_hour < MOST_AN_HOUR and (last is None or now - last >= SPACING)
