"""The composition root: the only place that knows every part of the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from apiflask import APIFlask

from connector.clock import Clock, frozen, utc_now
from connector.db.engine import open_database
from connector.db.vault import Vault
from connector.settings import Settings
from connector.web import pages
from connector.web.services import KEY, Services

Extension = Callable[[APIFlask], None]


def build_services(settings: Settings, clock: Clock = utc_now) -> Services:
    """What views, commands and the worker share. A frozen clock in the settings wins."""
    raise NotImplementedError
