"""What proves that a project's maintainers agreed, as far as we can show it. Without any of it there is a preview only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Audit, Hook, Installation, Person, Project
from connector.projects.rules import Proof, missing_labels

SECRET_BY_LINK = "hook_secret_by_link"  # noqa: S105  (a kind of audit row)


@dataclass(frozen=True, slots=True)
class Shown:
    """One proof. ``who`` and ``note`` are those of an attestation. ``counts``: the agreement to the labels rests on it."""

    kind: Proof
    at: datetime | None
    who: str = ""
    note: str = ""
    counts: bool = False


def proofs(session: Session, project: Project) -> tuple[Shown, ...]:
    """Everything that shows the maintainers' agreement, the strongest first."""
    found = [_app(session, project), _file(project), _hook(session, project), _attested(session, project)]
    return tuple(each for each in found if each is not None)


def missing(project: Project) -> tuple[str, ...]:
    """The agreed labels that were never seen in the project: misspelt, or not made yet."""
    return missing_labels(project.labels, project.known_labels) if project.known_labels else ()


def strongest(session: Session, project: Project) -> Proof | None:
    """What an agreement to labels can rest on, beside a person's word; None where there is only that."""
    found = [each.kind for each in proofs(session, project) if each.kind is not Proof.ATTESTED]
    return found[0] if found else None


def by_rights(session: Session, project: Project) -> Proof | None:
    """A proof that takes rights at the forge, which no secret of ours can stand in for; None where there is none."""
    found = strongest(session, project)
    return found if found in {Proof.APP, Proof.FILE} else None


def _app(session: Session, project: Project) -> Shown | None:
    row = session.get(Installation, project.installation_id) if project.installation_id else None
    return Shown(Proof.APP, row.created_at, counts=project.agreed_proof == Proof.APP) if row else None


def _file(project: Project) -> Shown | None:
    said = (project.own_file or {}).get("said", {})
    if not said.get("labels"):
        return None
    return Shown(Proof.FILE, project.agreed_at, counts=project.agreed_proof == Proof.FILE)


def _hook(session: Session, project: Project) -> Shown | None:
    """The first message of a hook that somebody made by hand, with our secret.

    One of our own making proves nothing, and none whose secret was shown to whoever had a link.
    """
    shown = select(Audit.id).where(Audit.project_id == project.id, Audit.kind == SECRET_BY_LINK)
    if session.scalar(shown.limit(1)) is not None:
        return None
    hook = session.scalar(
        select(Hook)
        .where(
            Hook.project_id == project.id,
            Hook.remote_id.is_(None),
            Hook.pinged_at.is_not(None) | Hook.last_delivery_at.is_not(None),
        )
        .order_by(Hook.id.desc())
        .limit(1)
    )
    if hook is None:
        return None
    return Shown(Proof.HOOK, hook.pinged_at or hook.last_delivery_at, counts=project.agreed_proof == Proof.HOOK)


def _attested(session: Session, project: Project) -> Shown | None:
    if project.agreed_at is None or project.agreed_proof != Proof.ATTESTED:
        return None
    person = session.get(Person, project.agreed_by) if project.agreed_by else None
    who = (person.name or person.email) if person else ""
    return Shown(Proof.ATTESTED, project.agreed_at, who=who, note=project.agreed_note, counts=True)
