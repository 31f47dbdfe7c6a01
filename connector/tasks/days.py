"""Day records: what somebody declares to have worked today."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, Person, Task
from connector.errors import UserError
from connector.tasks.rules import DAY_CHOICES, fits_the_date
from connector.web.i18n import gettext as _


def declare(
    session: Session, task: Task, person_id: int, days: Decimal | None, *, now: datetime, zone: tzinfo
) -> DayRecord | None:
    """Write down half a day or a day for today; None where nothing was worked or said.

    Raises `UserError` for any other length, and where the date would pass one day.
    """
    if days is not None and days not in DAY_CHOICES:
        raise UserError(_("Count nothing, half a day or one day."))
    if not days:
        return None
    today = now.astimezone(zone).date()
    person = session.get_one(Person, person_id, with_for_update=True)
    if not fits_the_date(_declared(session, person_id, today), days):
        raise UserError(_("A date holds two half-days at most: part of today is already counted."))
    record = DayRecord(
        person_id=person_id, project_id=task.project_id, task_id=task.id, company_id=person.company_id, date=today,
        days=days, status="declared", declared_at=now,
    )  # fmt: skip
    session.add(record)
    return record


def is_declared(session: Session, task: Task, person_id: int, *, now: datetime, zone: tzinfo) -> bool:
    """Whether this person already counted time for this task today."""
    today = now.astimezone(zone).date()
    same = select(DayRecord.id).where(
        DayRecord.person_id == person_id, DayRecord.task_id == task.id, DayRecord.date == today
    )
    return session.scalar(same.limit(1)) is not None


def _declared(session: Session, person_id: int, on: date) -> Decimal:
    total = select(func.sum(DayRecord.days)).where(DayRecord.person_id == person_id, DayRecord.date == on)
    return Decimal(session.scalar(total) or 0)
