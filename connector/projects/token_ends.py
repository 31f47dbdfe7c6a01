"""When our tokens end: asked of the forge each day, and told 30, 7 and 1 days ahead, once each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Project
from connector.outbox import credentials
from connector.outbox.credentials import Access
from connector.projects.connections import fingerprint_for
from connector.projects.rules import warning_due
from connector.projects.telling import tell
from connector.web.formats import dated
from connector.web.i18n import gettext as _
from connector.web.services import Services


def look(services: Services, project_id: int) -> None:
    """Ask the forge of this project when our token ends, and warn in time. Raises `SourceError`s."""
    with services.db.readers() as session:
        project = session.get_one(Project, project_id)
    keeper = services.connect(project).keeper
    if keeper is None or project.installation_id is not None:
        return  # read as anybody, or with tokens of an App that end by design
    ends, now = keeper.token().expires_at, services.clock()
    access = Access(project.source, project.host, fingerprint_for(services.settings, project.source, project.host))
    with services.db.sessions.begin() as session:
        row = credentials.hold(session, access)
        row.expires_at = ends
        due = warning_due(ends, now, warned=row.warned_days) if ends else None
        if due is not None and ends is not None:
            row.warned_days = due
            _warn(session, project, ends, now)


def ends_of(session: Session, services: Services, project: Project) -> datetime | None:
    """When the token that this project is read with ends, as far as we know."""
    access = Access(project.source, project.host, fingerprint_for(services.settings, project.source, project.host))
    row = credentials.find(session, access)
    return row.expires_at if row and access.fingerprint else None


def to_ask(session: Session) -> Sequence[int]:
    """One followed project of each forge that may be asked."""
    followed = select(func.min(Project.id)).where(Project.removed_at.is_(None), Project.is_offline.is_(False))
    return session.scalars(followed.group_by(Project.source, Project.host)).all()


def _warn(session: Session, project: Project, ends: datetime, now: datetime) -> None:
    def words() -> tuple[str, str]:
        subject = _("Our token for %(host)s ends on %(day)s", host=project.host, day=dated(ends))
        text = _("Make a new one there and set it before that day, or nothing is read or written there any more.")
        return subject, f"{text}\n"

    tell(session, [], words, now)
