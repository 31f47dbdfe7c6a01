"""What views need and Flask does not bring: settings, database, clock, and a way to the forges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Project
from connector.db.vault import Vault
from connector.settings import Settings
from sources.base import Client
from sources.transport import Transport

KEY = "wecena"
Connect = Callable[[Project], Client]


@dataclass(frozen=True, slots=True)
class Services:
    """Built once by ``create_app`` and shared by all requests."""

    settings: Settings
    db: Database
    clock: Clock
    vault: Vault
    connect: Connect
    transport: Transport = field(default_factory=Transport)


def services() -> Services:
    """The services of the running application."""
    return cast("Services", current_app.extensions[KEY])
