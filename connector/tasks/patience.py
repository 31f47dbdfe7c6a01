"""What a project does not want ends by itself: two contributions declined in a row, or two weeks without an answer.

The project is then paused and its coordinators are told; its maintainers are not, since that would be a reminder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.courtesy.rules import REJECTIONS, SILENCE, is_refused_too_often
from connector.db.tables import Audit, Issue, Project, Request, Task, TaskEvent, issue_request
from connector.projects import service as projects
from connector.projects.telling import tell_coordinators
from connector.queue import service as queue
from connector.tasks.rules import Happening, Status
from connector.web.i18n import gettext as _

REOFFER = "reoffer"
"""The kind of job that decides anew what is offered of a project."""
ENDS = (Happening.SENT_BACK.value, Happening.COMPLETED.value)

log = structlog.get_logger(__name__)


def after_rejection(session: Session, project: Project, now: datetime) -> None:
    """A contribution was declined: enough of it, where the one before was too."""
    session.flush()
    if is_refused_too_often(_outcomes(session, project)):
        _pause(session, project, lambda: _("Two contributions in a row were declined."), now)


def end_silence(session: Session, now: datetime) -> int:
    """Pause the projects that left a contribution without any answer for two weeks; tells how many."""
    waiting = select(Task.project_id).where(Task.status == Status.IN_REVIEW.value, Task.updated_at <= now - SILENCE)
    asked = select(Project).where(Project.paused_at.is_(None), Project.removed_at.is_(None), Project.id.in_(waiting))
    silent = [each for each in session.scalars(asked.order_by(Project.id)).all() if _is_silent(session, each, now)]
    for project in silent:
        _pause(session, project, lambda: _("A contribution had no answer for two weeks."), now)
    return len(silent)


def _outcomes(session: Session, project: Project) -> Sequence[str]:
    """What became of the last contributions, newest first, since somebody last resumed the project."""
    events = (
        select(TaskEvent.data["outcome"].as_string())
        .join(Task)
        .where(Task.project_id == project.id, TaskEvent.kind.in_(ENDS), TaskEvent.at > _resumed(session, project))
    )
    found = session.scalars(events.order_by(TaskEvent.id.desc()).limit(REJECTIONS))
    return [outcome or "" for outcome in found]


def _is_silent(session: Session, project: Project, now: datetime) -> bool:
    """Whether a task in review has heard nothing since: neither its request nor its issue has changed."""
    spoken = func.max(Request.remote_updated_at)
    rows = session.execute(
        select(TaskEvent.at, spoken, Issue.remote_updated_at)
        .select_from(Task)
        .join(TaskEvent, (TaskEvent.task_id == Task.id) & (TaskEvent.kind == Happening.SUBMITTED.value))
        .join(Issue, Issue.id == Task.issue_id)
        .outerjoin(issue_request, issue_request.c.issue_id == Issue.id)
        .outerjoin(Request, Request.id == issue_request.c.request_id)
        .where(Task.project_id == project.id, Task.status == Status.IN_REVIEW.value)
        .group_by(Task.id, TaskEvent.id, Issue.id)
    )
    resumed = _resumed(session, project)
    newest: dict[datetime, datetime] = {}
    for at, answered, issue_at in rows:
        newest[at] = max(filter(None, (at, answered, issue_at, resumed)))
    return any(now - last >= SILENCE for last in newest.values())


def _resumed(session: Session, project: Project) -> datetime:
    at = session.scalar(
        select(func.max(Audit.at)).where(Audit.project_id == project.id, Audit.kind == "project_resumed")
    )
    return at or project.created_at


def _pause(session: Session, project: Project, reason: Callable[[], str], now: datetime) -> None:
    if project.paused_at is not None:
        return
    projects.pause(session, project, now=now, by=None, reason=reason())
    key = f"{REOFFER}:{project.id}:{now.isoformat()}"
    queue.enqueue(session, key, REOFFER, ref=str(project.id), run_at=now, now=now)

    def words() -> tuple[str, str]:
        subject = _("%(project)s is paused", project=project.path)
        text = _(
            "%(reason)s Nothing more of it is offered until a coordinator has spoken with its maintainers and resumes it.",
            reason=reason(),
        )
        return subject, f"{text}\n\n/coordinator/projects/{project.id}\n"

    tell_coordinators(session, words, now)
    log.info("project paused", project=project.id)
