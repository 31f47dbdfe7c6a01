"""Clients for projects: which forge, which project there, and as whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from connector.db.tables import Project
from connector.projects.app_tokens import AppTokens
from connector.settings import Settings
from sources import registry
from sources.base import Client, Connection
from sources.budget import Budget
from sources.model import ProjectRef
from sources.transport import Transport


def make_connect(
    settings: Settings, transport: Transport, apps: AppTokens | None = None
) -> Callable[[Project], Client]:
    """A function that gives the client of a project; it makes no request. An App's token comes before our own.

    All clients of one credential share its budget.
    """
    budgets: dict[tuple[str, str, int | None], Budget] = {}

    def connect(project: Project) -> Client:
        ref = ProjectRef(external_id=project.external_id, path=project.path, is_public=project.is_public)
        lent = apps.lent_to(project) if apps else None
        connection = Connection(
            api_url=project.api_url,
            project=ref,
            token=None if lent else token_for(settings, project.host),
            tokens=lent,
            budget=budgets.setdefault(
                (project.source, project.host, project.installation_id if lent else None),
                Budget(registry.source(project.source).per_minute(project.host), clock=transport.clock),
            ),
        )
        return registry.source(project.source).connect(connection, transport)

    return connect


def fingerprint_for(settings: Settings, source: str, host: str) -> str:
    """By which our token at this forge is told from the one after it; empty where we have none."""
    token = token_for(settings, host)
    return hashlib.sha256(f"wecena {source} {host} {token}".encode()).hexdigest() if token else ""


def token_for(settings: Settings, host: str) -> str | None:
    """Our token at this forge; None: read as anybody. A token never goes to another host than it was made for."""
    return settings.tokens.get(host.lower())
