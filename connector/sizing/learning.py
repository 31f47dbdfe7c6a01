"""What finished tasks teach: an observation for each, kept for good, and a new calibration after every fifty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Calibration, Estimate, Observation, Task
from connector.sizing import correction
from connector.sizing.calibrating import Announced, Shift, fitted
from connector.sizing.durations import DAY
from connector.sizing.queries import SAID, outsider_factor, shifts
from connector.sizing.spent import HOURS_OF_A_DAY, spent

EVERY = 50
"""After so many finished tasks more, chances and ranges are calibrated anew."""
LAST = 500
WORKED = "worked"


def observe(session: Session, task: Task, now: datetime) -> None:
    """Keep what a task took so far, or in all, beside what the model alone had expected; nothing where that is unknown."""
    session.flush()
    found = spent(session, [task.id]).get(task.id)
    if found is not None and found.hours > 0:
        is_finished = task.status == "done" and task.outcome == "accepted" and found.is_whole
        if _keep(session, task, WORKED, found.hours, is_finished=is_finished, now=now) and is_finished:
            _recalibrate(session, now)


def hear(session: Session, task: Task, days: Decimal, now: datetime) -> None:
    """Keep what somebody who knows better said of a volunteer's time; more than a day: more than these eight hours."""
    fits = days <= 1
    _keep(session, task, SAID, float(days) * DAY if fits else float(DAY), is_finished=fits, now=now)


def _keep(session: Session, task: Task, kind: str, hours: float, *, is_finished: bool, now: datetime) -> bool:
    """Whether there is something new to learn."""
    estimate = _by_the_model(session, task)
    if estimate is None:
        return False
    same = select(Observation).where(Observation.task_id == task.id, Observation.kind == kind)
    last = session.scalar(same.order_by(Observation.id.desc()).limit(1))
    if last is not None and (last.hours, last.is_finished) == (hours, is_finished):
        return False
    expected = correction.uncorrected(estimate.hours_mid, estimate.rules_version)
    session.add(
        Observation(
            project_id=task.project_id, task_id=task.id, estimate_id=estimate.id, kind=kind, hours=hours,
            expected=expected, is_finished=is_finished, created_at=now,
        )
    )  # fmt: skip
    session.flush()
    return True


def _by_the_model(session: Session, task: Task) -> Estimate | None:
    """The last estimate of a task that neither a statement nor a person gave."""
    learned = select(Estimate).where(
        Estimate.issue_id == task.issue_id, Estimate.part == task.part, Estimate.rules_version.like("words-%")
    )
    return session.scalar(learned.order_by(Estimate.id.desc()).limit(1))


def _recalibrate(session: Session, now: datetime) -> None:
    tasks = select(func.count(func.distinct(Observation.task_id)))
    finished = session.scalar(tasks.where(Observation.kind == WORKED, Observation.is_finished.is_(True))) or 0
    before = session.scalar(select(func.max(Calibration.finished))) or 0
    if finished - before < EVERY:
        return
    made = fitted(_announced(session))
    session.add(
        Calibration(finished=finished, start=made.start, slope=made.slope, wider=made.wider, created_at=now)
    )  # fmt: skip
    session.flush()


def _announced(session: Session) -> Sequence[Announced]:
    """What the model had said of the last finished tasks, before any calibration, and what they took."""
    factor = outsider_factor(session)
    newest = select(func.max(Observation.id)).where(Observation.kind == WORKED).group_by(Observation.task_id)
    rows = session.execute(
        select(Observation.hours, Estimate)
        .join(Estimate, Estimate.id == Observation.estimate_id)
        .where(Observation.id.in_(newest), Observation.is_finished.is_(True))
        .order_by(Observation.id.desc())
        .limit(LAST)
    )
    known = shifts(session)
    return [_before(estimate, known).of(hours / factor, fitted=hours <= HOURS_OF_A_DAY) for hours, estimate in rows]


def _before(estimate: Estimate, known: dict[int, Shift]) -> Announced:
    _observed, calibration = correction.known_to(estimate.rules_version)
    shift = known.get(calibration)
    said = Announced(estimate.p_one_day, estimate.hours_low, estimate.hours_mid, estimate.hours_high)
    return said.without(shift) if shift else said
