"""Finding projects, by what people type and by what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, exists, false, func, select
from sqlalchemy.orm import Session, aliased, defer

from connector.accounts.rules import Principal, Role
from connector.courtesy.queries import WRITTEN
from connector.db.tables import Audit, Delivery, HarvestRun, Hook, Issue, Project, Task
from connector.errors import NotFoundError
from connector.web.i18n import gettext as _
from sources import registry
from sources.errors import NotAProjectAddress

OFFERED = "offered"


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


def known_hosts(session: Session) -> dict[str, str]:
    """The hosts of the projects that are followed, and the kind of forge that each is."""
    followed = select(Project.host, Project.source).where(Project.removed_at.is_(None)).distinct()
    return {row.host: row.source for row in session.execute(followed)}


def _at_address(session: Session, followed: Select[Project], text: str) -> Sequence[Project]:
    plain = text.rstrip("/").removesuffix(".git").lower()
    found = session.scalars(followed.where(func.lower(Project.web_url) == plain)).all()
    if found:
        return found
    try:
        address = registry.recognise(text, hosts=known_hosts(session))
    except NotAProjectAddress:
        return []
    return session.scalars(
        followed.where(
            Project.source == address.source,
            Project.host == address.host,
            func.lower(Project.path) == address.path.lower(),
        )
    ).all()


@dataclass(frozen=True, slots=True)
class Funnel:
    """Where a project's open issues go: each counts once, at its first reason. ``losses``: rule id and count."""

    seen: int = 0
    losses: tuple[tuple[str, int], ...] = ()
    offered: int = 0


def funnels(session: Session, projects: Sequence[Project]) -> dict[int, Funnel]:
    """The funnel of each of these projects, by id."""
    agreed = {project.id: project.agreed_at is not None for project in projects}
    counts: dict[int, Counter[str]] = {project.id: Counter() for project in projects}
    for project_id, status, reason, count in session.execute(_counted(list(agreed))):
        counts[project_id][_step(status, reason, is_agreed=agreed[project_id])] += count
    return {project_id: _funnel(steps) for project_id, steps in counts.items()}


def _counted(project_ids: list[int]) -> Select[int, str | None, str | None, int]:
    live = (Task.issue_id == Issue.id) & Task.status.not_in(("done", "split")) & (Task.part == 0)
    parts = aliased(Task)
    is_split = exists().where(parts.issue_id == Issue.id, parts.part > 0, parts.status != "done")
    status = case((is_split, "split"), else_=Task.status).label("status")
    each = (
        select(Issue.project_id, status, Task.not_offered[0].as_string().label("reason"))
        .outerjoin(Task, live)
        .where(
            Issue.project_id.in_(project_ids),
            Issue.is_open,
            Issue.is_request.is_(False),
            Issue.visibility == "public",
        )
        .subquery()
    )
    columns = (each.c.project_id, each.c.status, each.c.reason)
    return select(*columns, func.count()).group_by(*columns)


def _step(status: str | None, reason: str | None, *, is_agreed: bool) -> str:
    match status:
        case "ready":
            return OFFERED
        case "claimed" | "in_review":
            return "in_hand"
        case "split":
            return "split"
        case "draft" if reason:
            return reason
        case _:
            return "unlabelled" if is_agreed else "not_agreed"


def _funnel(steps: Counter[str]) -> Funnel:
    losses = [(reason, count) for reason, count in steps.items() if reason != OFFERED]
    losses.sort(key=lambda loss: (-loss[1], loss[0]))
    return Funnel(seen=steps.total(), losses=tuple(losses), offered=steps[OFFERED])


def last_runs(session: Session, project_ids: Sequence[int]) -> dict[int, HarvestRun]:
    """The newest harvest of each of these projects, by id."""
    newest = (
        select(func.max(HarvestRun.id)).where(HarvestRun.project_id.in_(project_ids)).group_by(HarvestRun.project_id)
    )
    return {run.project_id: run for run in session.scalars(select(HarvestRun).where(HarvestRun.id.in_(newest)))}


def hooks(session: Session, project_ids: Sequence[int]) -> dict[int, Hook]:
    """The newest hook of each of these projects, by id."""
    newest = select(func.max(Hook.id)).where(Hook.project_id.in_(project_ids)).group_by(Hook.project_id)
    return {hook.project_id: hook for hook in session.scalars(select(Hook).where(Hook.id.in_(newest)))}


def quarantined(session: Session, project_id: int, limit: int = 20) -> Sequence[Delivery]:
    """The newest genuine deliveries that could not be used; their bodies are not loaded."""
    rows = (
        select(Delivery)
        .join(Hook)
        .options(defer(Delivery.body), defer(Delivery.headers))
        .where(Hook.project_id == project_id, Delivery.outcome.in_(("quarantined", "parked")))
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    return session.scalars(rows).all()


def written(session: Session, project_id: int, limit: int = 200, *, page: int = 1) -> Sequence[Audit]:
    """Everything we wrote upstream, newest first, a page of it."""
    rows = select(Audit).where(Audit.project_id == project_id, Audit.kind == WRITTEN).order_by(Audit.id.desc())
    return session.scalars(rows.limit(limit).offset((page - 1) * limit)).all()


def count_written(session: Session, project_id: int) -> int:
    """How much we ever wrote upstream."""
    rows = select(func.count()).where(Audit.project_id == project_id, Audit.kind == WRITTEN)
    return session.scalar(rows) or 0


def decided_by(session: Session, project: Project, kind: str) -> str | None:
    """Whose word the last change of this kind rests on; None where there was none since the project was added."""
    kinds = (kind, "project_added")  # nothing outlives a removal
    rows = select(Audit).where(Audit.project_id == project.id, Audit.kind.in_(kinds))
    last = session.scalar(rows.order_by(Audit.id.desc()).limit(1))
    return str(last.data.get("agreement", "")) if last is not None and last.kind == kind else None


def permissions(session: Session, project_id: int) -> dict[str, tuple[datetime, str]]:
    """Who agreed to each action allowed now, and when it was recorded, by action."""
    rows = select(Audit).where(Audit.project_id == project_id, Audit.kind == "writing_allowed").order_by(Audit.id)
    found: dict[str, tuple[datetime, str]] = {}
    for row in session.scalars(rows):
        now_allowed = row.data.get("allows", [])
        kept = {action: found[action] for action in now_allowed if action in found}
        found = {action: (row.at, str(row.data.get("agreement", ""))) for action in now_allowed} | kept
    return found
