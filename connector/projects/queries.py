"""Finding projects, by what people type and by what they may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from connector.accounts.rules import Principal, Role
from connector.db.tables import Project
from connector.errors import NotFoundError
from connector.web.i18n import gettext as _
from sources import registry
from sources.errors import NotAProjectAddress


def scope(principal: Principal) -> Select[Project]:
    """The projects whose settings this person may read; a foreign one looks like a missing one."""
    projects = select(Project).where(Project.removed_at.is_(None))
    match principal.role:
        case Role.COORDINATOR | Role.ADMIN:
            return projects
        case Role.MAINTAINER:
            return projects.where(Project.id.in_(principal.project_ids))
        case Role.NONPROFIT_CONTACT:
            return projects.where(Project.nonprofit_id == principal.nonprofit_id)
        case _:
            return projects.where(false())


def listing(session: Session, principal: Principal) -> Sequence[Project]:
    """The projects whose settings this person may read, by path."""
    return session.scalars(scope(principal).order_by(func.lower(Project.path), Project.id)).all()


def get(session: Session, project_id: int, principal: Principal) -> Project:
    """One of them; raises `NotFoundError` for a missing and for a foreign one alike."""
    project = session.scalar(scope(principal).where(Project.id == project_id))
    if project is None:
        raise NotFoundError
    return project


def visible(session: Session) -> Sequence[Project]:
    """All projects followed now, by path."""
    rows = select(Project).where(Project.removed_at.is_(None)).order_by(func.lower(Project.path), Project.id)
    return session.scalars(rows).all()


def find(session: Session, text: str) -> Project:
    """The project meant by an id, ``owner/name`` where that is unambiguous, or a web address.

    Raises `NotFoundError` where there is none, or more than one.
    """
    found = _candidates(session, text.strip())
    if not found:
        raise NotFoundError(_("No project %(text)s is followed.", text=text))
    if len(found) > 1:
        addresses = ", ".join(project.web_url for project in found)
        raise NotFoundError(_("%(text)s is ambiguous, give one of: %(addresses)s.", text=text, addresses=addresses))
    return found[0]


def _candidates(session: Session, text: str) -> Sequence[Project]:
    followed = select(Project).where(Project.removed_at.is_(None)).order_by(Project.id)
    if text.isascii() and text.isdigit() and len(text) < 19:
        return session.scalars(followed.where(Project.id == int(text))).all()
    if "://" in text:
        return _at_address(session, followed, text)
    return session.scalars(followed.where(func.lower(Project.path) == text.strip("/").lower())).all()


def _at_address(session: Session, followed: Select[Project], text: str) -> Sequence[Project]:
    plain = text.rstrip("/").removesuffix(".git").lower()
    found = session.scalars(followed.where(func.lower(Project.web_url) == plain)).all()
    if found:
        return found
    try:
        address = registry.recognise(text)
    except NotAProjectAddress:
        return []
    return session.scalars(
        followed.where(
            Project.source == address.source,
            Project.host == address.host,
            func.lower(Project.path) == address.path.lower(),
        )
    ).all()
