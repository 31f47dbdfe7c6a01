"""When a write upstream is tried again, when it is given up, and how fast a forge may be written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from sources.errors import BadCredentials, Blocked, NotFound, RateLimited, SourceError

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LIMITED_WAIT = timedelta(seconds=60)
SECOND_LOOK = timedelta(minutes=10)
MAX_ATTEMPTS = 20

MOST_DOUBLINGS = 6
SPACING = timedelta(seconds=1)
MOST_A_MINUTE = 60
MOST_AN_HOUR = 400
A_MOMENT = timedelta(minutes=1)
MOST_AT_ONCE = 2
"""Writers at a time under one credential, each in a project of its own: a dead forge does not keep all of them."""
HELD_FOR = timedelta(hours=1)
"""How long an effect waits before it is asked again whether its project may be written to."""
LEASE = timedelta(minutes=2)
"""How long a claimed effect is somebody's: longer than any call to a forge takes."""
SWEEP_AFTER = timedelta(minutes=5)
"""How long after a doubt its comment is looked at: the lists of every forge are fresh again by then."""
DOUBTED_FOR = timedelta(days=7)
"""How long a written comment is looked at again each night."""


class Scope(Enum):
    """What a failure says something about: this write alone, or everything done with the same credential."""

    EFFECT = "effect"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Retry:
    """What to do after a failure: try again ``at``, or park it (``at`` is None) with the reason.

    Where the credential is what failed, the effect stays due and waits with everything else of that credential.
    """

    at: datetime | None
    reason: str
    scope: Scope = Scope.EFFECT


def retry(error: SourceError, attempts: int, now: datetime, *, chance: float) -> Retry:
    """What to do after the ``attempts``-th failure (from 1). ``chance`` in [0, 1) spreads the waits."""
    reason = str(error)
    match error:
        case RateLimited() | BadCredentials():
            return Retry(now, reason, Scope.CREDENTIAL)
        case Blocked():
            return Retry(None, reason)
        case NotFound() if attempts == 1:
            return Retry(now + SECOND_LOOK, reason)
        case _ if error.permanent or attempts >= MAX_ATTEMPTS:
            return Retry(None, reason)
        case _:
            return Retry(now + _backed_off(attempts) * chance + SPACING, reason)


def _backed_off(attempts: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def pause_until(error: RateLimited, limits: int, now: datetime) -> datetime:
    """How long nothing is asked after a limit: as told, else a minute, doubling with each limit met in a row."""
    if not error.is_guess and error.until > now:
        return error.until
    return now + min(LIMITED_WAIT * (1 << min(limits, MOST_DOUBLINGS)), LONGEST_WAIT)


def room_at(writes: Sequence[float], now: datetime) -> datetime:
    """When the next write may go out, after those of the last hour (seconds since 1970, in order)."""
    waits = [now]
    for most, span in ((1, SPACING), (MOST_A_MINUTE, timedelta(minutes=1)), (MOST_AN_HOUR, timedelta(hours=1))):
        if len(writes) >= most:
            waits.append(datetime.fromtimestamp(writes[-most], UTC) + span)
    return max(waits)


def lately(writes: Sequence[float], now: datetime) -> list[float]:
    """The writes that still count, in order: those of the last hour, and of another worker that looked a moment later.

    Those further ahead were written before the clock was set back, and must not hold us up.
    """
    oldest, newest = (now - timedelta(hours=1)).timestamp(), (now + A_MOMENT).timestamp()
    return sorted(at for at in writes if oldest < at <= newest)[-MOST_AN_HOUR:]


def is_moot(kind: str, wanted: str, *, was_tried: bool) -> bool:
    """Whether a new wish is fulfilled by doing nothing: to take off again what was never put on."""
    return (kind, wanted) in {("assign", "unassign"), ("label", "unlabel")} and not was_tried


def is_unsure(error: SourceError) -> bool:
    """Whether a write that ended so may have been carried out all the same."""
    return not (error.permanent or isinstance(error, RateLimited))
