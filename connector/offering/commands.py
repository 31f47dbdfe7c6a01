"""Do what a maintainer told us in a comment, once the tracker itself says what stands there and who wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Issue, Project, Task
from connector.harvest.service import for_writing
from connector.harvest.service import stop as stop_project
from connector.offering.service import override
from connector.projects.telling import tell
from connector.tasks.rules import FINAL, Status
from connector.tracking.commands import Resize, Stop, command_of
from connector.web.formats import how_long
from connector.web.i18n import gettext as _
from sources.base import Client
from sources.errors import NotFound
from sources.model import Remark

FRESH = timedelta(days=3)
"""What was said longer ago is not done any more: a delivery that is told again must not stop a project a second time."""

log = structlog.get_logger(__name__)


def obey(db: Database, connect: Callable[[Project], Client], ref: str, clock: Clock) -> bool:
    """Read a comment again and do what it says; False where it is none of a person who decides in the project.

    ``ref``: project, number, comment and where it stands, divided by colons. Raises a `SourceError`.
    """
    project_id, number, comment_id, place = ref.split(":")
    with db.readers() as session:
        project = session.get_one(Project, int(project_id))
    remark = _read(connect(project), int(number), comment_id, is_on_request=place == "request")
    is_fresh = remark is not None and remark.at is not None and clock() - remark.at < FRESH
    command = command_of(remark.body) if remark is not None and is_fresh else None
    if command is None:
        return False
    with db.sessions.begin() as session:
        project = for_writing(session, project.id)
        match command:
            case Stop():
                _stop(session, project, clock)
            case Resize() if place != "request":
                _resize(session, project, int(number), command, clock)
    log.info("command of a maintainer", project=project.id, command=type(command).__name__)
    return True


def _read(client: Client, number: int, comment_id: str, *, is_on_request: bool) -> Remark | None:
    """The comment as it stands now; None where it is gone, ours, a program's, or of somebody who does not decide."""
    try:
        remark = client.remark(number, comment_id, is_on_request=is_on_request)
    except NotFound:
        return None
    author = remark.author
    if author is None or author.is_bot or remark.is_ours or not client.decides(author, remark.association):
        return None
    return remark


def _stop(session: Session, project: Project, clock: Clock) -> None:
    now, path = clock(), project.path
    if project.paused_at is not None:
        return
    stop_project(session, project, now=now, by=None, reason=_("By a comment of a maintainer"))
    tell(
        session,
        [project.id],
        lambda: (
            _("%(project)s wants no more of it", project=path),
            _(
                "A maintainer wrote “/wecena stop”: nothing of %(project)s is offered, and open claims ended.",
                project=path,
            ),
        ),
        now,
    )


def _resize(session: Session, project: Project, number: int, command: Resize, clock: Clock) -> None:
    now, days = clock(), command.days
    whole = select(Task).join(Issue, Issue.id == Task.issue_id).where(Issue.project_id == project.id, Task.part == 0)
    task = session.scalar(whole.where(Issue.number == number).order_by(Task.id.desc()).limit(1))
    if task is None or Status(task.status) in FINAL:
        return
    override(session, task, days, now=now, by=None)
    title, path = task.title, project.path
    tell(
        session,
        [project.id],
        lambda: (
            _("A size was changed in %(project)s", project=path),
            _("%(time)s for “%(title)s”: a maintainer said so by a comment.", time=how_long(days), title=title),
        ),
        now,
    )
