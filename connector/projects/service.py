"""Projects: register, agree, allow, pause and remove, each change with who made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.accounts.service import nonprofit_named
from connector.courtesy.rules import MAX_CAP, Upstream
from connector.db.tables import App, Etag, Hook, Installation, Nonprofit, Project
from connector.db.vault import Vault
from connector.errors import UserError
from connector.projects.hooks import make_hook
from connector.projects.rules import Proof
from connector.web.i18n import gettext as _
from sources.model import ProjectAddress, ProjectFacts


@dataclass(frozen=True, slots=True)
class NewProject:
    """What is known of a project when it is added.

    ``labels`` given: whoever adds it attests the maintainer's agreement to be offered under them.
    ``facts`` None: the forge was not asked (``is_offline``). ``nonprofit`` empty: named like the owner.
    """

    address: ProjectAddress
    api_url: str
    nonprofit: str = ""
    labels: tuple[str, ...] = ()
    known_labels: tuple[str, ...] = ()
    facts: ProjectFacts | None = None
    is_offline: bool = False
    agreed_note: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The project, its hook, and the hook's key, from which the forge's credentials are derived."""

    project: Project
    hook: Hook
    key: bytes


def add(session: Session, new: NewProject, *, vault: Vault, now: datetime, by: int | None = None) -> Added:
    """Register a project with a hook of its own; one removed earlier is taken up again.

    Raises `UserError` where it is followed already, or cannot hold issues.
    """
    if new.facts is not None and not new.facts.has_issues:
        raise UserError(_("This project has its issues switched off."))
    project = _known(session, new)
    if project is not None and project.removed_at is None:
        raise UserError(_("%(path)s is already followed, as project %(id)s.", path=project.path, id=project.id))
    nonprofit = _nonprofit(session, new, now)
    project = project or Project(created_at=now, source=new.address.source, host=new.address.host)
    _describe(project, new, nonprofit)
    _take_up(project, new, now)
    session.add(project)
    session.flush()
    join_installation(session, project)
    audit.record(session, "project_added", now=now, by=by, project_id=project.id, data={"path": project.path})
    if new.labels:
        agree(session, project, new.labels, now=now, by=by, note=new.agreed_note)
    hook, key = make_hook(session, project, vault=vault, now=now)
    return Added(project, hook, key)


def agree(
    session: Session,
    project: Project,
    labels: Iterable[str],
    *,
    now: datetime,
    by: int | None,
    note: str = "",
    proof: Proof = Proof.ATTESTED,
) -> None:
    """Record that the maintainer agreed to these labels; none takes the agreement back.

    ``proof``: what shows it; attested is the word of ``by``.
    """
    wanted = list(dict.fromkeys(" ".join(label.split()) for label in labels if label.strip()))
    project.labels = wanted
    project.agreed_at = now if wanted else None
    project.agreed_by = by if wanted else None
    project.agreed_note = note if wanted else ""
    project.agreed_proof = proof.value if wanted else ""
    # The next harvest asks under the new labels, from the beginning.
    project.cursor = None
    session.execute(delete(Etag).where(Etag.project_id == project.id))
    data = {"labels": wanted, "note": note, "proof": proof.value}
    audit.record(session, "labels_agreed", now=now, by=by, project_id=project.id, data=data)


def set_allows(
    session: Session, project: Project, allowed: Iterable[Upstream], *, agreement: str, now: datetime, by: int | None
) -> None:
    """What may be written upstream from now on. ``agreement`` says who agreed and when, for the audit list."""
    actions = sorted({action.value for action in allowed})
    if actions == sorted(project.allows):
        return
    added = sorted(set(actions) - set(project.allows))
    if added and not agreement.strip():
        raise UserError(_("Say who agreed, and when."))
    project.allows = actions
    data = {"allows": actions, "agreement": agreement.strip()}
    audit.record(session, "writing_allowed", now=now, by=by, project_id=project.id, data=data)


def pause(session: Session, project: Project, *, now: datetime, by: int | None, reason: str = "") -> None:
    """Offer nothing of this project until it is resumed."""
    if project.paused_at is not None:
        return
    project.paused_at, project.paused_reason = now, reason
    audit.record(session, "project_paused", now=now, by=by, project_id=project.id, data={"reason": reason})


def resume(session: Session, project: Project, *, now: datetime, by: int | None) -> None:
    """Offer its tasks again. Raises `UserError` as long as the project's own file says stop."""
    if project.paused_at is None:
        return
    if (project.own_file or {}).get("stop"):
        raise UserError(_("The project’s own file says stop: only a change of that file ends it."))
    project.paused_at, project.paused_reason = None, ""
    audit.record(session, "project_resumed", now=now, by=by, project_id=project.id)


def remove(session: Session, project: Project, *, now: datetime, by: int | None) -> None:
    """Follow it no longer. What was done for it stays in the reports."""
    if project.removed_at is not None:
        return
    project.removed_at = now
    project.allows = []
    audit.record(session, "project_removed", now=now, by=by, project_id=project.id)


def set_start_steps(session: Session, project: Project, text: str, *, now: datetime, by: int | None) -> None:
    """How a volunteer starts, one step a line; empty: the default steps."""
    project.start_steps = text.strip()
    audit.record(session, "start_steps_changed", now=now, by=by, project_id=project.id)


def set_wip_cap(session: Session, project: Project, cap: int, *, now: datetime, by: int | None, note: str = "") -> None:
    """How many of its tasks may be taken or in review at once. ``note``: whose wish it is, where no person's."""
    if not 1 <= cap <= MAX_CAP:
        raise UserError(_("Between 1 and %(most)s tasks at once.", most=MAX_CAP))
    project.wip_cap = cap
    data = {"cap": cap, "agreement": note}
    audit.record(session, "cap_changed", now=now, by=by, project_id=project.id, data=data)


def join_installation(session: Session, project: Project) -> None:
    """Give a project the rights of an App that covers it already."""
    rows = select(Installation).join(App, App.id == Installation.app_id)
    live = rows.where(App.source == project.source, App.host == project.host, Installation.removed_at.is_(None))
    covering = [row.id for row in session.scalars(live) if project.external_id in row.repositories]
    project.installation_id = covering[-1] if covering else None


def _known(session: Session, new: NewProject) -> Project | None:
    same = func.lower(Project.path) == new.address.path.lower()
    if new.facts is not None:
        same = or_(same, Project.external_id == new.facts.external_id)
    return session.scalar(
        select(Project)
        .where(Project.source == new.address.source, Project.host == new.address.host, same)
        .order_by(Project.removed_at.is_not(None), Project.id)
        .limit(1)
    )


def _nonprofit(session: Session, new: NewProject, now: datetime) -> Nonprofit:
    return nonprofit_named(session, new.nonprofit.strip() or new.address.path.split("/")[0], now)


def _describe(project: Project, new: NewProject, nonprofit: Nonprofit) -> None:
    project.nonprofit_id = nonprofit.id
    project.path = new.address.path
    project.base_url = new.address.base_url
    project.api_url = new.api_url
    project.web_url = new.address.web_url
    project.clone_url = f"{new.address.web_url}.git"
    project.is_offline = new.is_offline
    project.known_labels = list(new.known_labels)
    if (facts := new.facts) is not None:
        project.external_id, project.path = facts.external_id, facts.path
        project.web_url, project.clone_url = facts.web_url, facts.clone_url
        project.default_branch, project.description = facts.default_branch, facts.description
        project.skills = [language.lower() for language in facts.languages]
        project.is_public, project.is_archived = facts.is_public, facts.is_archived


def _take_up(project: Project, new: NewProject, now: datetime) -> None:
    """A fresh start: no permission and no agreement outlives a removal."""
    project.labels, project.allows = [], []
    project.agreed_at = project.agreed_by = project.paused_at = project.removed_at = project.cursor = None
    project.agreed_note = project.paused_reason = project.agreed_proof = ""
    project.own_file = {}
    project.quiet, project.claim_label, project.suggests, project.kept = [], "", False, 0
    project.ai_policy, project.weekly_cap, project.forge_cap, project.held_at = "unknown", None, None, None
    project.state = "trial"
    if new.facts is not None and new.facts.is_public:
        project.visible_at = now
