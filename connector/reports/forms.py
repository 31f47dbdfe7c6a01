"""The period that a report page was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from connector.errors import UserError
from connector.web.i18n import gettext as _

LONGEST = timedelta(days=3 * 366)
YEARS = range(1900, 2200)
"""Farther away it is a slip of the hand, and dates end at the year 9999."""


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates, both included."""

    start: date
    end: date


def period(values: Mapping[str, str], today: date) -> Period:
    """What was asked for, by default the present month; raises `UserError` for dates that make no period."""
    asked = values.get("from", "").strip(), values.get("to", "").strip()
    first = today.replace(day=1)
    start = day(asked[0]) if asked[0] else first
    end = day(asked[1]) if asked[1] else _last_of_month(start)
    if end < start:
        raise UserError(_("The period ends before it starts: exchange the two dates."))
    if end - start > LONGEST:
        raise UserError(_("The period is longer than three years: choose a shorter one."))
    return Period(start, end)


def day(text: str) -> date:
    """A date as ``2026-11-23``; raises `UserError`."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if found.year not in YEARS:
        raise UserError(_("%(text)s is not a date: write it like 2026-11-23.", text=text))
    return found


def _last_of_month(first: date) -> date:
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
