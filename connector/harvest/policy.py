"""What follows at once when a project's policy changes, from what is already known of its issues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from connector.db.tables import Issue, Project, Task, TaskEvent
from connector.projects.rules import carries_agreed_label
from connector.tasks.rules import Happening, NotOffered, Status, WithdrawnFor
from connector.tasks.service import offer_or_draft, withdraw

OF_THE_PROJECT = frozenset({NotOffered.PAUSED.value, NotOffered.NOT_AGREED.value, NotOffered.UNLABELLED.value})
"""The reasons that hang on the project's policy; the others are the issue's own and stay."""


def free_claims(session: Session, project: Project, why: WithdrawnFor, now: datetime) -> int:
    """End every open claim in this project; the holders are told, with another task. Tells how many."""
    claimed = select(Task).where(Task.project_id == project.id, Task.status == Status.CLAIMED.value).order_by(Task.id)
    return sum(withdraw(session, task, reason=why.value, now=now) for task in session.scalars(claimed).all())


def reconsider(session: Session, project: Project, now: datetime) -> None:
    """Offer or draft the project's tasks anew; those whose label is no longer agreed to are withdrawn."""
    for task in _reconsidered(session, project):
        if task.issue is None:
            continue
        if not carries_agreed_label(task.issue.labels, project.labels) and project.agreed_at is not None:
            withdraw(session, task, reason=WithdrawnFor.UNLABELLED.value, now=now)
        else:
            reasons = [*_policy_reasons(project), *(set(task.not_offered) - OF_THE_PROJECT)]
            offer_or_draft(session, task.issue, task.estimate, reasons, project=project, now=now)


def _policy_reasons(project: Project) -> Iterable[str]:
    if project.paused_at is not None:
        yield NotOffered.PAUSED.value
    if project.agreed_at is None:
        yield NotOffered.NOT_AGREED.value


def _reconsidered(session: Session, project: Project) -> list[Task]:
    rows = (
        select(Task)
        .join(Issue, Issue.id == Task.issue_id)
        .options(joinedload(Task.issue), joinedload(Task.estimate))
        .where(Task.project_id == project.id, Issue.is_open, Issue.visibility == "public")
        .where(Task.status.in_((Status.DRAFT.value, Status.READY.value)) | Task.id.in_(_stopped(session, project)))
        .order_by(Task.id)
    )
    return list(session.scalars(rows).unique())


def _stopped(session: Session, project: Project) -> list[int]:
    """The tasks whose claims a stop freed: they come back when the project does."""
    rows = (
        select(Task.id, TaskEvent.data)
        .join(TaskEvent, TaskEvent.task_id == Task.id)
        .where(
            Task.project_id == project.id,
            Task.status == Status.WITHDRAWN.value,
            TaskEvent.kind == Happening.WITHDRAWN.value,
        )
        .order_by(TaskEvent.id)
    )
    last = {task_id: data.get("reason") for task_id, data in session.execute(rows)}
    return [task_id for task_id, reason in last.items() if reason == WithdrawnFor.STOPPED]
