"""What became of the sizes that were given."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, Estimate, Task
from connector.sizing import correction
from connector.sizing.correction import Experience, Worked

HOURS_OF_A_DAY = 7
"""What a day counts where nobody said the hours."""
LAST = 500
"""The tasks of so many day records are looked at, the latest: enough to know our volunteers."""


@dataclass(frozen=True, slots=True)
class KeptPromises:
    """Of ``finished`` tasks, how many were ``expected`` to take at most a day, and how many did."""

    finished: int
    expected: float
    happened: int


def kept_promises(session: Session) -> KeptPromises:
    """Count the accepted tasks that have an estimate and at least one day record."""
    worked = (
        select(DayRecord.task_id, func.sum(DayRecord.days).label("days"))
        .where(DayRecord.task_id.is_not(None))
        .group_by(DayRecord.task_id)
        .having(func.sum(DayRecord.days) > 0)
        .subquery()
    )
    finished, expected, happened = session.execute(
        select(
            func.count(Task.id),
            func.coalesce(func.sum(Estimate.p_one_day), 0.0),
            func.coalesce(func.sum(case((worked.c.days <= 1, 1), else_=0)), 0),
        )
        .join(Estimate, Estimate.id == Task.estimate_id)
        .join(worked, worked.c.task_id == Task.id)
        .where(Task.status == "done", Task.outcome == "accepted")
    ).one()
    return KeptPromises(finished=finished, expected=float(expected), happened=int(happened))


def experience(session: Session, project_id: int) -> Experience:
    """What the tasks that volunteers worked on say about the estimates of this project."""
    worked = _worked(session)
    factor = correction.outsider_factor(one for _, one in worked)
    own = [one for project, one in worked if project == project_id]
    return Experience(correction.residuals(own, factor), round(factor, 2)) if own else Experience()


def _worked(session: Session) -> list[tuple[int, Worked]]:
    """Project, hours and expectation of the last tasks whose size came from the model, oldest first."""
    lately = select(DayRecord.task_id).where(DayRecord.task_id.is_not(None)).order_by(DayRecord.id.desc()).limit(LAST)
    hours = func.sum(func.coalesce(DayRecord.hours, DayRecord.days * HOURS_OF_A_DAY))
    rows = session.execute(
        select(Task.project_id, Task.status, Estimate.hours_mid, Estimate.rules_version, hours, func.max(DayRecord.id))
        .join(Estimate, Estimate.id == Task.estimate_id)
        .join(DayRecord, DayRecord.task_id == Task.id)
        .where(
            Task.id.in_(select(lately.subquery().c.task_id)),
            Estimate.rules_version.like("words-%"),
            Estimate.overridden_by.is_(None),
            DayRecord.days > 0,
        )
        .group_by(Task.id, Task.project_id, Task.status, Estimate.hours_mid, Estimate.rules_version)
        .order_by(func.max(DayRecord.id))
    )
    return [
        (project, Worked(float(spent), correction.uncorrected(mid, version), is_finished=status == "done"))
        for project, status, mid, version, spent, _ in rows
    ]
