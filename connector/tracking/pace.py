"""How long a project takes to answer a request and to merge one: in coarse words, of the project as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from connector.db.tables import Request

FEWEST = 3
"""Of fewer requests nothing is said."""
LAST = 20


class Band(StrEnum):
    """How long it usually takes: half of the last requests took no longer."""

    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    LONGER = "longer"
    UNKNOWN = "unknown"


LONGEST = {Band.DAYS: timedelta(days=2), Band.WEEK: timedelta(days=7), Band.MONTH: timedelta(days=31)}


@dataclass(frozen=True, slots=True)
class Pace:
    """A project's usual times, each with the number of requests behind it."""

    answer: Band
    answered: int
    merge: Band
    merged: int


def band(waits: Iterable[timedelta]) -> Band:
    """The coarse word for these times. A time below zero counts as none at all."""
    known = sorted(max(wait, timedelta(0)) for wait in waits)
    if len(known) < FEWEST:
        return Band.UNKNOWN
    usual = known[(len(known) - 1) // 2]
    return next((name for name, longest in LONGEST.items() if usual <= longest), Band.LONGER)


def pace_of(session: Session, project_id: int) -> Pace:
    """What the last requests of people tell; those of programs are left out."""
    answers = _waits(session, project_id, Request.answered_at)
    merges = _waits(session, project_id, Request.merged_at)
    return Pace(band(answers), len(answers), band(merges), len(merges))


def _waits(session: Session, project_id: int, end: InstrumentedAttribute[datetime | None]) -> list[timedelta]:
    of_people: ColumnElement[bool] = Request.is_by_bot.is_(False)
    rows = session.execute(
        select(Request.created_at, end)
        .where(Request.project_id == project_id, of_people, Request.created_at.is_not(None), end.is_not(None))
        .order_by(end.desc())
        .limit(LAST)
    )
    return [ended - began for began, ended in rows if began is not None and ended is not None]
