"""What became of the sizes that were given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from connector.db.tables import (
    Assignment,
    Calibration,
    Estimate,
    Observation,
    OfferLine,
    Project,
    Task,
    TaskEvent,
)
from connector.sizing import correction
from connector.sizing.calibrating import NO_SHIFT, Shift
from connector.sizing.correction import Experience, Worked
from connector.sizing.line import Line
from connector.sizing.spent import HOURS_OF_A_DAY, Spent, spent
from connector.sizing.trust import Outcome

LAST = 2000
"""So many observations of all projects are looked at, the latest: enough to know our volunteers."""
HELD_LAST = 5000
"""So many times that somebody took a task are looked at for what became of sizes, the latest."""
OF_A_PROJECT = 500
"""So many of a project's own tasks are remembered, however much happens elsewhere."""
AT_ONCE = 2000
"""Tasks whose time is asked for in one statement."""
SAID = "said"
LEARNED = "words-"
"""How versions of the model begin."""
NOTHING = Spent(0.0, is_whole=False)
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
    kind: str
    worked: Worked


def outcomes(session: Session) -> list[Outcome]:
    """What became of the tasks of public projects that somebody took, in the order they were finished in.

    Known are accepted ones whose time was told in full, and any that took more than a day, accepted or not. What was
    announced is the estimate in force when the task was first taken: what is said later does not change it. Hours are
    those of the team where the model spoke, of volunteers where a time was stated.
    """
    rows = session.execute(_taken()).all()
    took, factor = _spent(session, [row.id for row in rows]), outsider_factor(session)
    found = []
    for row in rows:
        time = took.get(row.id, NOTHING)
        fitted, is_finished = time.hours <= HOURS_OF_A_DAY, bool(row.is_accepted) and time.is_whole
        if time.hours > 0 and (is_finished or not fitted):
            hours = time.hours / factor if row.version.startswith(LEARNED) else time.hours
            found.append(Outcome(row.path, row.at, row.chance, row.low, row.high, hours, fitted, is_finished))
    return found


def _taken() -> Select[tuple[int, str, datetime, bool, str, float, float, float]]:
    """The last tasks of each public project that somebody took, and what had been announced of each by then."""
    newest = select(func.max(Assignment.id)).scalar_subquery()
    lately = select(Assignment.task_id).where(Assignment.id > newest - HELD_LAST)
    claims = select(Assignment.task_id, func.min(Assignment.claimed_at).label("at")).group_by(Assignment.task_id)
    first = claims.where(Assignment.task_id.in_(lately)).subquery()
    completed = select(func.max(TaskEvent.at)).where(TaskEvent.task_id == Task.id, TaskEvent.kind == "completed")
    at = func.coalesce(completed.scalar_subquery(), Task.updated_at)
    in_force = select(func.max(Estimate.id)).where(
        Estimate.issue_id == Task.issue_id, Estimate.part == Task.part, Estimate.created_at <= first.c.at
    )
    newest_first = func.row_number().over(partition_by=Task.project_id, order_by=(at.desc(), Task.id.desc()))
    tasks = (
        select(
            Task.id,
            Project.path,
            at.label("at"),
            and_(Task.status == "done", Task.outcome == "accepted").label("is_accepted"),
            in_force.correlate(Task, first).scalar_subquery().label("estimate_id"),
            newest_first.label("place"),
        )
        .join(first, first.c.task_id == Task.id)
        .join(Project, Project.id == Task.project_id)
        .where(Project.is_public.is_(True))
        .subquery()
    )
    known = tasks.c
    return (
        select(
            known.id, known.path, known.at, known.is_accepted, Estimate.rules_version.label("version"),
            Estimate.p_one_day.label("chance"), Estimate.hours_low.label("low"), Estimate.hours_high.label("high"),
        )
        .join(Estimate, Estimate.id == known.estimate_id)
        .where(known.place <= OF_A_PROJECT)
        .order_by(known.at, known.id)
    )  # fmt: skip


def _spent(session: Session, task_ids: Sequence[int]) -> dict[int, Spent]:
    found: dict[int, Spent] = {}
    for start in range(0, len(task_ids), AT_ONCE):
        found |= spent(session, task_ids[start : start + AT_ONCE])
    return found


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
    said = correction.residuals([one.worked for one in own if one.kind == SAID], factor)
    return Experience(past, round(factor, 2), said, known, shift)


def outsider_factor(session: Session) -> float:
    """How much longer our volunteers take than a team was expected to."""
    known, _ = _known(session)
    return _factor(session, known)


def outsider(session: Session) -> Outsider:
    """What is known now of somebody new."""
    known, _ = _known(session)
    return Outsider(outsider_factor(session), _telling(session, known))


def behind(session: Session, project_id: int, version: str) -> Behind:
    """What stood behind an estimate of this version when it was made."""
    if not version.startswith(LEARNED):
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


def line_of(session: Session) -> Line:
    """What the programme offers."""
    newest = select(OfferLine.chance, OfferLine.quiet_days).order_by(OfferLine.id.desc()).limit(1)
    drawn = session.execute(newest).first()
    return Line() if drawn is None else Line(drawn.chance, drawn.quiet_days)


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


def _telling(session: Session, known: int) -> int:
    """How many tasks say how long volunteers need: those finished, and others that took more than expected already."""
    says = or_(Observation.is_finished.is_(True), Observation.hours > Observation.expected)
    worked = _newest(known).where(Observation.id > known - LAST, Observation.kind == WORKED)
    return session.scalar(select(func.count()).where(Observation.id.in_(worked), says)) or 0
