"""What became of the sizes that were given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from connector.db.tables import Calibration, Estimate, Observation, OfferLine, Project, Task
from connector.sizing import correction
from connector.sizing.calibrating import NO_SHIFT, Shift
from connector.sizing.correction import Experience, Worked
from connector.sizing.line import DEFAULT
from connector.sizing.spent import HOURS_OF_A_DAY, spent
from connector.sizing.trust import Outcome

LAST = 2000
"""So many observations or finished tasks are looked at, the latest: enough to know our volunteers."""
SAID = "said"
WORKED = "worked"
_OUTSIDER = re.compile(r" x(\d+\.\d+)$")


@dataclass(frozen=True, slots=True)
class Outsider:
    """How much longer somebody new is taken to need. ``tasks``: how many say so; 0: it is assumed."""

    factor: float
    tasks: int

    @property
    def is_assumed(self) -> bool:
        """Whether no task says anything yet."""
        return self.tasks == 0


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind an estimate. ``finished``: tasks of its project; None where the model did not make it."""

    finished: int | None
    outsider: Outsider


@dataclass(frozen=True, slots=True)
class _Seen:
    project: int
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
    seen = _seen(session, known) if known else []
    own = [one for one in seen if one.project == project_id]
    if not own:
        return Experience(shift=shift)
    factor = correction.outsider_factor(one.worked for one in seen if one.kind != SAID)
    past = correction.residuals([one.worked for one in own if one.kind != SAID], factor)
    said = correction.residuals([one.worked for one in own if one.kind == SAID], 1.0)
    return Experience(past, round(factor, 2), said, known, shift)


def outsider_factor(session: Session) -> float:
    """How much longer our volunteers take than a team was expected to."""
    known, _ = _known(session)
    return correction.outsider_factor(one.worked for one in _seen(session, known) if one.kind != SAID)


def outsider(session: Session) -> Outsider:
    """What is known now of somebody new."""
    known, _ = _known(session)
    return Outsider(outsider_factor(session), _telling(session, known))


def behind(session: Session, project_id: int, version: str) -> Behind:
    """What stood behind an estimate of this version when it was made."""
    if not version.startswith("words-"):
        return Behind(None, Outsider(correction.OUTSIDER, 0))
    known, _ = correction.known_to(version)
    if not known:
        return Behind(0, Outsider(correction.OUTSIDER, 0))
    own = _newest(known).where(Observation.kind == WORKED, Observation.project_id == project_id)
    count = select(func.count()).where(Observation.id.in_(own), Observation.is_finished.is_(True))
    finished = min(session.scalar(count) or 0, correction.REMEMBERED)
    factor = _OUTSIDER.search(version)
    return Behind(finished, Outsider(float(factor[1]) if factor else correction.OUTSIDER, _telling(session, known)))


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


def _seen(session: Session, known: int) -> Sequence[_Seen]:
    """The newest observation of each task and kind among the last ones up to this, oldest first."""
    rows = session.scalars(select(Observation).where(Observation.id.in_(_newest(known))).order_by(Observation.id))
    return [
        _Seen(row.project_id, row.kind, Worked(row.hours, row.expected, is_finished=row.is_finished)) for row in rows
    ]


def _newest(known: int) -> Select[int]:
    return (
        select(func.max(Observation.id))
        .where(Observation.id <= known, Observation.id > known - LAST)
        .group_by(Observation.task_id, Observation.kind)
    )


def _telling(session: Session, known: int) -> int:
    """How many tasks say how long volunteers need: those finished, and others that took more than expected already."""
    says = or_(Observation.is_finished.is_(True), Observation.hours > Observation.expected)
    worked = _newest(known).where(Observation.kind == WORKED)
    return session.scalar(select(func.count()).where(Observation.id.in_(worked), says)) or 0
