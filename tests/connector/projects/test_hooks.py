"""Hook secrets: how many are live, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Hook, HookSecret
from connector.db.vault import Vault
from connector.projects import hooks, service
from connector.projects.service import NewProject
from connector.settings import load_settings
from sources.model import ProjectAddress

ADDRESS = ProjectAddress("github", "github.com", "agenda/solidaire", "https://github.com")


@pytest.fixture
def vault() -> Vault:
    """A vault with a key of its own."""
    return Vault("x" * 40)


def a_hook(session: Session, vault: Vault, now: datetime) -> tuple[Hook, bytes]:
    """The hook of a new project, and its key."""
    added = service.add(session, NewProject(ADDRESS, "https://api.github.com"), vault=vault, now=now)
    return added.hook, added.key


def test_a_new_hook_has_one_live_key_of_32_bytes(db: Database, vault: Vault, now: datetime) -> None:
    with db.sessions.begin() as session:
        hook, key = a_hook(session, vault, now)
        assert len(key) == 32
        assert hooks.live_keys(session, hook, vault, now) == [key]


def test_the_old_key_works_for_a_day_after_a_change(db: Database, vault: Vault, now: datetime) -> None:
    with db.sessions.begin() as session:
        hook, old = a_hook(session, vault, now)
        new = hooks.rotate(session, hook, vault=vault, now=now)
        assert hooks.live_keys(session, hook, vault, now) == [new, old]
        assert hooks.live_keys(session, hook, vault, now + hooks.OVERLAP) == [new]


def test_at_most_two_keys_are_live(sqlite_db: Database, vault: Vault, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        hook, _first = a_hook(session, vault, now)
        later = [hooks.rotate(session, hook, vault=vault, now=now + timedelta(minutes=n)) for n in range(1, 4)]
        assert hooks.live_keys(session, hook, vault, now + timedelta(minutes=5)) == [later[2], later[1]]


def test_a_key_is_stored_encrypted(sqlite_db: Database, vault: Vault, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        _hook, key = a_hook(session, vault, now)
        stored = session.scalars(select(HookSecret.secret)).one()
        assert key not in stored


def test_the_address_holds_no_secret(sqlite_db: Database, vault: Vault, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        hook, key = a_hook(session, vault, now)
        settings = load_settings({"WECENA_PUBLIC_URL": "https://wecena.example", "WECENA_SECRET_KEY": "y" * 40})
        url = hooks.webhook_url(settings, hook)
        assert url == f"https://wecena.example/webhooks/github/{hook.key}"
        assert key.hex() not in url
