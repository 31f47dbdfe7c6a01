"""How long something has waited, as it is shown beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Age:
    """How long something has waited: whole days, or hours below one day."""

    days: int
    hours: int


def age(since: datetime, now: datetime) -> Age:
    """How old; never negative."""
    past = max(now - since, timedelta(0))
    return Age(past.days, 0 if past.days else past.seconds // 3600)
