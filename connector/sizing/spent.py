"""How long tasks really took, summed over everybody who held them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Assignment, DayRecord

HOURS_OF_A_DAY = 7
"""What a day counts where nobody said the hours."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Hours of volunteers on a task; ``is_whole``: everybody who held it told."""

    hours: float
    is_whole: bool


def spent(session: Session, task_ids: Collection[int]) -> dict[int, Spent]:
    """What was spent on each of these tasks that anybody held or counted days for.

    What somebody said in minutes counts before the days they declared; who said neither leaves it open.
    """
    told: dict[int, dict[int, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    holds = select(Assignment.task_id, Assignment.person_id, Assignment.minutes)
    for task, person, minutes in session.execute(holds.where(Assignment.task_id.in_(task_ids))):
        told[task][person].append(minutes)
    declared = _declared(session, task_ids)
    for task, person in declared:
        told[task][person]  # whoever counted days worked, held or not
    return {
        task: _summed([_of_one(minutes, declared.get((task, person))) for person, minutes in people.items()])
        for task, people in told.items()
    }


def _declared(session: Session, task_ids: Collection[int]) -> dict[tuple[int, int], float]:
    hours = func.sum(func.coalesce(DayRecord.hours, DayRecord.days * HOURS_OF_A_DAY))
    rows = session.execute(
        select(DayRecord.task_id, DayRecord.person_id, hours)
        .where(DayRecord.task_id.in_(task_ids), DayRecord.days > 0)
        .group_by(DayRecord.task_id, DayRecord.person_id)
    )
    return {(task, person): float(found) for task, person, found in rows if task is not None}


def _of_one(minutes: Sequence[int | None], declared: float | None) -> Spent:
    said = sum(minute or 0 for minute in minutes) / 60
    if minutes and None not in minutes:
        return Spent(said, is_whole=True)
    return Spent(max(said, declared or 0.0), is_whole=declared is not None)


def _summed(shares: Sequence[Spent]) -> Spent:
    return Spent(sum(one.hours for one in shares), is_whole=all(one.is_whole for one in shares))
