"""What became of the sizes that were given."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, Estimate, OfferLine, Project, Task
from connector.sizing import correction
from connector.sizing.correction import Experience, Worked
from connector.sizing.line import DEFAULT
from connector.sizing.trust import Outcome

HOURS_OF_A_DAY = 7
"""What a day counts where nobody said the hours."""
LAST = 500
"""The tasks of so many day records are looked at, the latest: enough to know our volunteers."""


def outcomes(session: Session) -> list[Outcome]:
    """The accepted tasks of public projects that have an estimate and a day record, the earliest finished first."""
    factor = correction.outsider_factor(one for _, one in _worked(session))
    days, hours = func.sum(DayRecord.days), func.sum(func.coalesce(DayRecord.hours, DayRecord.days * HOURS_OF_A_DAY))
    rows = session.execute(
        select(Project.path, Estimate.p_one_day, Estimate.hours_low, Estimate.hours_high, days, hours)
        .select_from(Task)
        .join(Project, Project.id == Task.project_id)
        .join(Estimate, Estimate.id == Task.estimate_id)
        .join(DayRecord, DayRecord.task_id == Task.id)
        .where(Task.status == "done", Task.outcome == "accepted", Project.is_public.is_(True))
        .group_by(Task.id, Project.path, Estimate.p_one_day, Estimate.hours_low, Estimate.hours_high)
        .having(days > 0)
        .order_by(func.max(DayRecord.id))
    )
    return [
        Outcome(path, chance, low, high, float(spent) / factor, fitted=took <= 1)
        for path, chance, low, high, took, spent in rows
    ]


def experience(session: Session, project_id: int) -> Experience:
    """What the tasks that volunteers worked on say about the estimates of this project."""
    worked = _worked(session)
    factor = correction.outsider_factor(one for _, one in worked)
    own = [one for project, one in worked if project == project_id]
    return Experience(correction.residuals(own, factor), round(factor, 2)) if own else Experience()


def line_of(session: Session) -> float:
    """From which chance on the programme offers a task."""
    drawn = session.scalar(select(OfferLine.chance).order_by(OfferLine.id.desc()).limit(1))
    return DEFAULT if drawn is None else drawn


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
