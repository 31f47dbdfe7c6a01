"""Reads for completion reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from connector.db.tables import Assignment, Company, DayRecord, Issue, Nonprofit, Project, Task
from connector.errors import NotFoundError
from connector.reports.rules import Line, Report, hours_of, pseudonym, report, result_of
from connector.web.i18n import gettext as _

COUNTED = ("declared", "confirmed", "locked")
"""A draft was not declared, and a disputed day is not counted until it is settled."""


class Held(NamedTuple):
    """How somebody's last hold on a task ended, and the address they gave."""

    outcome: str | None
    url: str | None


def completion(session: Session, *, company: Company, nonprofit: Nonprofit | None, start: date, end: date) -> Report:
    """The report of a company's people from ``start`` to ``end``, both included."""
    rows = _records(company).where(DayRecord.date >= start, DayRecord.date <= end)
    if nonprofit is not None:
        rows = rows.where(Project.nonprofit_id == nonprofit.id)
    found = session.scalars(rows).all()
    return report(company.name, start, end, _lines(session, found))


def days_of_nonprofit(session: Session, nonprofit_id: int) -> Sequence[tuple[str, Line]]:
    """The days given to a nonprofit, newest first, each with the company's name."""
    rows = _with_details(select(DayRecord)).where(
        Project.nonprofit_id == nonprofit_id, DayRecord.status.in_((*COUNTED, "disputed"))
    )
    found = session.scalars(rows.order_by(None).order_by(DayRecord.date.desc(), DayRecord.id.desc())).all()
    names: dict[int, str] = {row.id: row.name for row in session.scalars(select(Company))}
    held = _held(session, found)
    return [(names.get(row.company_id or 0, ""), _line(row, held)) for row in found]


def company_named(session: Session, name: str) -> Company:
    """The company of this name, whatever its case; raises `NotFoundError` naming those that exist."""
    known = companies(session)
    for company in known:
        if company.name.casefold() == name.strip().casefold():
            return company
    names = _names(known)
    raise NotFoundError(_("No company is called %(name)s. Known: %(known)s.", name=name, known=names))


def nonprofit_named(session: Session, name: str) -> Nonprofit:
    """The nonprofit of this name, whatever its case; raises `NotFoundError` naming those that exist."""
    known = session.scalars(select(Nonprofit).order_by(Nonprofit.name)).all()
    for nonprofit in known:
        if nonprofit.name.casefold() == name.strip().casefold():
            return nonprofit
    names = _names(known)
    raise NotFoundError(_("No nonprofit is called %(name)s. Known: %(known)s.", name=name, known=names))


def companies(session: Session) -> Sequence[Company]:
    """All companies by name."""
    return session.scalars(select(Company).order_by(func.lower(Company.name))).all()


def nonprofits_helped(session: Session, company_id: int) -> Sequence[Nonprofit]:
    """The nonprofits that a company's people gave a day to, by name."""
    helped = (
        select(Project.nonprofit_id)
        .join(DayRecord, DayRecord.project_id == Project.id)
        .where(DayRecord.company_id == company_id)
    )
    return session.scalars(select(Nonprofit).where(Nonprofit.id.in_(helped)).order_by(Nonprofit.name)).all()


def _records(company: Company) -> Select[DayRecord]:
    return _with_details(select(DayRecord)).where(DayRecord.company_id == company.id, DayRecord.status.in_(COUNTED))


def _with_details(rows: Select[DayRecord]) -> Select[DayRecord]:
    return (
        rows.join(Project, Project.id == DayRecord.project_id)
        .options(
            joinedload(DayRecord.project).joinedload(Project.nonprofit),
            joinedload(DayRecord.task).joinedload(Task.issue).selectinload(Issue.requests),
        )
        .order_by(DayRecord.date, DayRecord.id)
    )


def _lines(session: Session, records: Sequence[DayRecord]) -> Iterable[tuple[str, Line]]:
    held = _held(session, records)
    return [(record.project.nonprofit.name, _line(record, held)) for record in records]


def _held(session: Session, records: Sequence[DayRecord]) -> Mapping[tuple[int, int], Held]:
    """The last hold of each person on each task of these records."""
    tasks = {record.task_id for record in records if record.task_id is not None}
    if not tasks:
        return {}
    rows = select(Assignment).where(Assignment.task_id.in_(tasks)).order_by(Assignment.id)
    return {(row.person_id, row.task_id): Held(row.outcome, row.submitted_url) for row in session.scalars(rows)}


def _line(record: DayRecord, held: Mapping[tuple[int, int], Held]) -> Line:
    task = record.task
    hold = held.get((record.person_id, record.task_id or 0), Held(None, None))
    hours, is_conventional = hours_of(record.days, record.hours)
    return Line(
        date=record.date,
        person=pseudonym(record.person_id),
        days=record.days,
        hours=hours,
        is_conventional=is_conventional,
        project=record.project.path,
        task_id=record.task_id,
        task=task.title if task else "",
        kind=task.kind if task else "",
        result=result_of(hold.outcome, task.status if task else "", task.outcome if task else None),
        url=_address(task, hold),
        status=record.status,
        declared_at=record.declared_at,
        confirmed_at=record.confirmed_at,
    )


def _address(task: Task | None, hold: Held) -> str:
    """Where the work can be seen: the merged request, else the address given, else the issue."""
    if task is None:
        return ""
    requests = task.issue.requests if task.issue else []
    merged = next((request.url for request in requests if request.state == "merged"), "")
    given = hold.url if hold.url and hold.url.startswith(("http://", "https://")) else ""
    return merged or given or (task.issue.url if task.issue and task.project.is_public is not False else "")


def _names(rows: Sequence[Company] | Sequence[Nonprofit]) -> str:
    return ", ".join(row.name for row in rows) or "-"
