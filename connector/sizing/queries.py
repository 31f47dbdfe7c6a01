"""What became of the sizes that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from connector.db.tables import Calibration, Estimate, Observation, OfferLine, Project, Task
from connector.sizing import correction
from connector.sizing.calibrating import NO_SHIFT, Shift
from connector.sizing.correction import Experience, Worked
from connector.sizing.line import DEFAULT
from connector.sizing.spent import HOURS_OF_A_DAY, spent
from connector.sizing.trust import Outcome

LAST = 2000
"""So many observations of all projects or finished tasks are looked at, the latest: enough to know our volunteers."""
OF_A_PROJECT = 500
"""So many of a project's own tasks are remembered, however much happens elsewhere."""
SAID = "said"


@dataclass(frozen=True, slots=True)
class _Seen:
    kind: str
    worked: Worked


def outcomes(session: Session) -> list[Outcome]:
    """The accepted tasks of public projects that have an estimate and whose time is known, the earliest finished first."""
    rows = session.execute(
        select(Task.id, Project.path, Estimate)
        .join(Project, Project.id == Task.project_id)
        .join(Estimate, Estimate.id == Task.estimate_id)
        .where(Task.status == "done", Task.outcome == "accepted", Project.is_public.is_(True))
        .order_by(Task.updated_at.desc(), Task.id.desc())
        .limit(LAST)
    ).all()
    took, factor = spent(session, [task for task, *_ in rows]), outsider_factor(session)
    return [
        Outcome(
            path, said.p_one_day, said.hours_low, said.hours_high, took[task].hours / factor,
            fitted=took[task].hours <= HOURS_OF_A_DAY,
        )
        for task, path, said in reversed(rows)
        if task in took and took[task].is_whole and took[task].hours > 0
    ]  # fmt: skip


def experience(session: Session, project_id: int, *, version: str | None = None) -> Experience:
    """What tasks and people say about the estimates of this project.

    ``version`` None: all that is known now; else what was known when an estimate of that version was made.
    """
    known, calibration = _known(session) if version is None else correction.known_to(version)
    shift = shifts(session).get(calibration, NO_SHIFT)
    own = _own(session, known, project_id) if known else []
    if not own:
        return Experience(shift=shift)
    factor = _factor(session, known)
    past = correction.residuals([one.worked for one in own if one.kind != SAID], factor)
    said = correction.residuals([one.worked for one in own if one.kind == SAID], 1.0)
    return Experience(past, round(factor, 2), said, known, shift)


def outsider_factor(session: Session) -> float:
    """How much longer our volunteers take than a team was expected to."""
    known, _ = _known(session)
    return _factor(session, known)


def shifts(session: Session) -> dict[int, Shift]:
    """All calibrations there were, by id."""
    return {row.id: Shift(row.id, row.start, row.slope, row.wider) for row in session.scalars(select(Calibration))}


def line_of(session: Session) -> float:
    """From which chance on the programme offers a task."""
    drawn = session.scalar(select(OfferLine.chance).order_by(OfferLine.id.desc()).limit(1))
    return DEFAULT if drawn is None else drawn


def _known(session: Session) -> tuple[int, int]:
    """The last observation and the last calibration."""
    observed = session.scalar(select(func.max(Observation.id)))
    return observed or 0, session.scalar(select(func.max(Calibration.id))) or 0


def _factor(session: Session, known: int) -> float:
    latest = _newest(known).where(Observation.id > known - LAST)
    return correction.outsider_factor(one.worked for one in _seen(session, latest) if one.kind != SAID)


def _own(session: Session, known: int, project_id: int) -> Sequence[_Seen]:
    own = _newest(known).where(Observation.project_id == project_id)
    return _seen(session, own.order_by(func.max(Observation.id).desc()).limit(OF_A_PROJECT))


def _newest(known: int) -> Select[int]:
    """The newest observation of each task and kind up to this one."""
    newest = select(func.max(Observation.id)).where(Observation.id <= known)
    return newest.group_by(Observation.task_id, Observation.kind)


def _seen(session: Session, ids: Select[int]) -> Sequence[_Seen]:
    """These observations, oldest first."""
    rows = session.scalars(select(Observation).where(Observation.id.in_(ids)).order_by(Observation.id))
    return [_Seen(row.kind, Worked(row.hours, row.expected, is_finished=row.is_finished)) for row in rows]
