"""Deliveries of hooks that cover many projects: which project each is about, and those that wait."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Delivery, Hook
from connector.projects import hooks
from sources.model import Event


def is_broad(hook: Hook) -> bool:
    """Whether a hook has no project of its own."""
    return hook.scope != hooks.PROJECT


def meant(session: Session, hook: Hook, event: Event) -> int | None:
    """The followed project, among those that the hook covers, that an event is about; None where there is none.

    Its number decides; its path only where we do not know its number yet.
    """
    ref = event.project
    if ref is None:
        return None
    found = [
        project
        for project in session.scalars(hooks.covered(hook))
        if project.external_id == ref.external_id
        or (None in (project.external_id, ref.external_id) and project.path.lower() == ref.path.lower())
    ]
    return found[0].id if found else None


def waiting(session: Session, limit: int) -> Sequence[int]:
    """The oldest deliveries of such hooks that were never tried."""
    ids = session.scalars(select(Hook.id).where(Hook.scope != hooks.PROJECT)).all()
    if not ids:
        return ()
    # By plain ``hook_id`` SQLite finds all deliveries that the hooks ever had, and sorts them.
    is_theirs = (Delivery.hook_id + 0).in_(ids)
    fresh = select(Delivery.id).where(Delivery.processed_at.is_(None), Delivery.tries == 0, is_theirs)
    return session.scalars(fresh.order_by(Delivery.id).limit(limit)).all()
