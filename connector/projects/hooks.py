"""The addresses forges post to, and their secrets: at most two live at once, so that a change loses nothing."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import App, Hook, HookSecret, Installation, Project
from connector.db.vault import Vault
from connector.settings import Settings

KEY_BYTES = 32
ADDRESS_BYTES = 16
PROJECT, OWNER, APP = "project", "owner", "app"
OVERLAP = timedelta(hours=24)
"""How long the replaced secret still works, so that there is time to type the new one into the forge."""


def make_hook(session: Session, project: Project, *, vault: Vault, now: datetime) -> tuple[Hook, bytes]:
    """A new address for this project, and its key, from which the forge's credentials are derived."""
    hook = Hook(project_id=project.id, source=project.source, key=secrets.token_urlsafe(ADDRESS_BYTES), created_at=now)
    session.add(hook)
    session.flush()
    return hook, _new_secret(session, hook, vault=vault, now=now)


def make_owner_hook(session: Session, project: Project, *, vault: Vault, now: datetime) -> tuple[Hook, bytes]:
    """A new address for all projects of this project's owner, and its key."""
    key = secrets.token_urlsafe(ADDRESS_BYTES)
    hook = Hook(source=project.source, scope=OWNER, host=project.host, owner=owner_of(project), key=key, created_at=now)
    session.add(hook)
    session.flush()
    return hook, _new_secret(session, hook, vault=vault, now=now)


def make_app_hook(session: Session, *, source: str, vault: Vault, now: datetime) -> Hook:
    """A new address for the deliveries of an App."""
    hook = Hook(source=source, scope=APP, key=secrets.token_urlsafe(ADDRESS_BYTES), created_at=now)
    session.add(hook)
    session.flush()
    _new_secret(session, hook, vault=vault, now=now)
    return hook


def owner_of(project: Project) -> str:
    """The organisation or group that a project lies in, in lower case."""
    return project.path.rpartition("/")[0].lower()


def live_keys(session: Session, hook: Hook, vault: Vault, now: datetime) -> list[bytes]:
    """The keys under which a delivery is genuine now, newest first."""
    return [vault.open(row.secret) for row in _live(session, hook, now)]


def rotate(session: Session, hook: Hook, *, vault: Vault, now: datetime, by: int | None = None) -> bytes:
    """A new key; the newest old one works `OVERLAP` longer, any older one ends now."""
    for rank, row in enumerate(_live(session, hook, now)):
        ends = now + OVERLAP if rank == 0 else now
        row.ends_at = ends if row.ends_at is None else min(row.ends_at, ends)
    audit.record(session, "hook_secret_replaced", now=now, by=by, project_id=hook.project_id)
    return _new_secret(session, hook, vault=vault, now=now)


def webhook_url(settings: Settings, hook: Hook) -> str:
    """The address to type into the forge."""
    return f"{settings.public_url}/webhooks/{hook.source}/{hook.key}"


def hook_of(session: Session, project: Project) -> Hook | None:
    """The project's newest hook."""
    return session.scalar(select(Hook).where(Hook.project_id == project.id).order_by(Hook.id.desc()).limit(1))


def owner_hook_of(session: Session, project: Project) -> Hook | None:
    """The newest hook that covers the project's whole owner."""
    covering = select(Hook).where(
        Hook.scope == OWNER,
        Hook.source == project.source,
        Hook.host == project.host,
        Hook.owner == owner_of(project),
    )
    return session.scalar(covering.order_by(Hook.id.desc()).limit(1))


def covered(hook: Hook) -> Select[Project]:
    """The projects followed that a hook without a project of its own covers."""
    return _below(hook).where(Project.removed_at.is_(None)).order_by(Project.id)


def last_covered(session: Session, hook: Hook) -> Project | None:
    """The one of them that was left last."""
    return session.scalars(_below(hook).order_by(Project.removed_at.desc(), Project.id.desc()).limit(1)).first()


def _below(hook: Hook) -> Select[Project]:
    if hook.scope == APP:
        installed = select(Installation.id).join(App, App.id == Installation.app_id).where(App.hook_id == hook.id)
        return select(Project).where(Project.installation_id.in_(installed))
    below = func.lower(Project.path).startswith(f"{hook.owner}/", autoescape=True)
    return select(Project).where(Project.source == hook.source, Project.host == hook.host, below)


def _new_secret(session: Session, hook: Hook, *, vault: Vault, now: datetime) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    session.add(HookSecret(hook_id=hook.id, secret=vault.seal(key), starts_at=now))
    session.flush()
    return key


def _live(session: Session, hook: Hook, now: datetime) -> list[HookSecret]:
    rows = (
        select(HookSecret)
        .where(
            HookSecret.hook_id == hook.id,
            HookSecret.starts_at <= now,
            or_(HookSecret.ends_at.is_(None), HookSecret.ends_at > now),
        )
        .order_by(HookSecret.starts_at.desc(), HookSecret.id.desc())
    )
    return list(session.scalars(rows))
