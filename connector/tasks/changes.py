"""How a task changes: along the table, with an event for each step and a version that grows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Assignment, Task, TaskEvent
from connector.tasks.protocol import GOES_TO
from connector.tasks.rules import EndedAs, Happening, Status, may_follow


class ImpossibleStep(Exception):
    """The table of transitions does not allow this step: a fault of ours."""


def locked(session: Session, task: Task) -> Task:
    """The task as the database has it now, kept from others until the transaction ends."""
    fresh = select(Task).where(Task.id == task.id).with_for_update()
    return session.scalars(fresh.execution_options(populate_existing=True)).one()


def move(
    session: Session,
    task: Task,
    following: Status,
    happening: Happening,
    *,
    now: datetime,
    person_id: int | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Take the step and write its event; raises `ImpossibleStep` where the table has none."""
    if not may_follow(Status(task.status), following):
        raise ImpossibleStep(f"task {task.id}: {task.status} to {following}")
    task.status = following.value
    touch(task, now)
    note(session, task, happening, now=now, person_id=person_id, data=data)


def touch(task: Task, now: datetime) -> None:
    """Something of the task changed: forms rendered before are out of date."""
    task.version += 1
    task.updated_at = now


def note(
    session: Session,
    task: Task,
    happening: Happening,
    *,
    now: datetime,
    person_id: int | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Write an event of the task. ``data`` never holds text of the issue, which may become confidential."""
    session.flush()
    session.add(TaskEvent(task_id=task.id, at=now, kind=happening.value, person_id=person_id, data=dict(data or {})))


def let_go(
    session: Session,
    task: Task,
    assignment: Assignment,
    how: EndedAs,
    *,
    now: datetime,
    data: Mapping[str, object] | None = None,
) -> None:
    """Somebody holds the task no longer: the hold ends and the task goes on, in one transaction."""
    assignment.ended_at = now
    assignment.outcome = how.value
    by = None if how is EndedAs.WITHDRAWN else assignment.person_id  # a withdrawal is not the holder's doing
    move(session, task, GOES_TO[how], Happening(how.value), now=now, person_id=by, data=data)


def open_assignment(session: Session, task: Task) -> Assignment | None:
    """Who holds the task now."""
    return session.scalar(select(Assignment).where(Assignment.task_id == task.id, Assignment.ended_at.is_(None)))


def last_assignment(session: Session, task: Task, person_id: int | None = None) -> Assignment | None:
    """The newest hold on the task, of anybody or of one person; an open one counts as newest."""
    rows = select(Assignment).where(Assignment.task_id == task.id)
    if person_id is not None:
        rows = rows.where(Assignment.person_id == person_id)
    return session.scalar(rows.order_by(Assignment.ended_at.is_(None).desc(), Assignment.id.desc()).limit(1))
