"""What became of the sizes that were given."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, Estimate, Task


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
