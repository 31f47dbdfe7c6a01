"""Tokens of an App's installation: narrowed to one project and to what it allows, kept until shortly before they end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import App, Installation, Project
from connector.db.vault import Vault
from sources import registry
from sources.apps import AppClient, AppToken, HasApps
from sources.errors import Forbidden, NotFound
from sources.transport import Transport

SPARE = timedelta(minutes=5)
"""How long before its end a token is replaced: a call under way may last a while."""
READING = {"metadata": "read", "issues": "read", "pull_requests": "read", "single_file": "read"}
Key = tuple[str, str | None, tuple[tuple[str, str], ...]]


class AppTokens:
    """Shared by all threads of a process; each installation is asked for at most one token an hour and project."""

    def __init__(self, db: Database, vault: Vault, transport: Transport, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._vault = vault
        self._transport = transport
        self._clock = clock
        self._kept: dict[Key, AppToken] = {}
        self._lock = threading.Lock()

    def lent_to(self, project: Project) -> Lent | None:
        """What a client of this project takes its token from; None where no App covers it. Makes no request."""
        return Lent(self, project) if project.installation_id is not None else None

    def token(self, project: Project, *, refused: str | None = None) -> str | None:
        """A live token for a project, another one than ``refused``; None where the installation rests or is gone."""
        found = self._installation(project)
        if found is None:
            return None
        app, installation = found
        key = (installation.external_id, project.external_id, tuple(sorted(_wanted(project, installation).items())))
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.token == refused or kept.expires_at - SPARE <= self._clock():
                kept = self._asked(app, key)
                self._kept = {each: token for each, token in self._kept.items() if token.expires_at > self._clock()}
                if kept is not None:
                    self._kept[key] = kept
        return kept.token if kept else None

    def _installation(self, project: Project) -> tuple[App, Installation] | None:
        live = select(App, Installation).join(Installation, Installation.app_id == App.id)
        with self._db.readers() as session:
            row = session.execute(
                live.where(
                    Installation.id == project.installation_id,
                    Installation.suspended_at.is_(None),
                    Installation.removed_at.is_(None),
                    App.external_id.is_not(None),
                )
            ).first()
        return (row[0], row[1]) if row else None

    def _asked(self, app: App, key: Key) -> AppToken | None:
        client = client_of(app, self._vault, self._transport)
        try:
            return client.token(key[0], repository_id=key[1], permissions=dict(key[2]))
        except (NotFound, Forbidden):  # removed or suspended, and nobody told us yet
            return None


@dataclass(frozen=True, slots=True)
class Lent:
    """A `sources.base.TokenSource` of one project."""

    tokens: AppTokens
    project: Project

    def current(self) -> str | None:
        """A live token."""
        return self.tokens.token(self.project)

    def another(self, refused: str) -> str | None:
        """A token after one that the tracker refused."""
        return self.tokens.token(self.project, refused=refused)


def client_of(app: App, vault: Vault, transport: Transport) -> AppClient:
    """A client that speaks as this App."""
    source = registry.source(app.source)
    if not isinstance(source, HasApps) or app.external_id is None or app.private_key is None:
        raise NotFound("This App was never finished.")
    return source.app(app.api_url, app.external_id, vault.open(app.private_key).decode(), transport)


def _wanted(project: Project, installation: Installation) -> dict[str, str]:
    """The least that does, of what was granted: writing only where the project allows some of it."""
    granted = installation.permissions
    wanted = {name: level for name, level in READING.items() if name in granted}
    if project.allows and granted.get("issues") == "write":
        wanted["issues"] = "write"
    return wanted
