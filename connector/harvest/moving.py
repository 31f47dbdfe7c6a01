"""An issue that went to another project: old and new are linked, and the work in hand goes with it."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Issue, Project, Task
from connector.harvest import mirror
from connector.tasks import changes
from connector.tasks.rules import FINAL, IN_HAND
from sources.links import parts_of

log = structlog.get_logger(__name__)


def follow_move(session: Session, row: Issue, moved_to: str, now: datetime) -> Issue | None:
    """Link an issue to the one that it became, and give its task, if somebody has it in hand, to that one.

    ``moved_to`` is an address, or the tracker's own number of the new issue. The new one is returned, to be read; None
    where it is in no project that we follow, or is not known here yet: then the task ends as that of any issue that is gone.
    """
    row.moved_to = moved_to
    there = _issue_there(session, row, moved_to)
    if there is None or there.id == row.id:
        return None
    task = _in_hand(session, row)
    if task is not None and not _is_busy(session, there):
        _hand_over(session, task, there, row, now)
        log.info("task moved", task=task.id, project=there.project_id, number=there.number)
    return there


def _issue_there(session: Session, row: Issue, moved_to: str) -> Issue | None:
    same_forge = (Project.source == row.project.source, Project.host == row.project.host, Project.removed_at.is_(None))
    if moved_to.isdigit():
        known = select(Issue).join(Project).where(*same_forge, Issue.external_id == moved_to)
        return session.scalars(known).first()
    path, _, number = parts_of(moved_to).path.strip("/").partition("/issues/")
    place = select(Project).where(*same_forge, func.lower(Project.path) == path.removesuffix("/-").lower())
    project = session.scalar(place)
    return mirror.issue_or_stub(session, project, int(number)) if project is not None and number.isdigit() else None


def _in_hand(session: Session, row: Issue) -> Task | None:
    states = [status.value for status in IN_HAND]
    task = session.scalar(select(Task).where(Task.issue_id == row.id, Task.status.in_(states)))
    return None if task is None else changes.locked(session, task)


def _is_busy(session: Session, there: Issue) -> bool:
    return _in_hand(session, there) is not None


def _hand_over(session: Session, task: Task, there: Issue, row: Issue, now: datetime) -> None:
    """A task that the new issue was given meanwhile, and that nobody has, goes the other way: it ends with the old one."""
    over = [status.value for status in FINAL]
    idle = session.scalar(select(Task).where(Task.issue_id == there.id, Task.status.not_in(over)))
    if idle is not None:
        idle.issue_id = None
        session.flush()
    task.issue_id, task.project_id = there.id, there.project_id
    changes.touch(task, now)
    session.flush()
    if idle is not None:
        idle.issue_id, idle.project_id = row.id, row.project_id
        session.flush()
    session.expire(task)
