"""Rate limits by endpoint, kept in the memory of the process; switched off by ``WECENA_RATE_LIMITS=off``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many requests, as ``"10 per 15 minutes"``, counted for each address or person."""

    rate: str
    methods: tuple[str, ...] = ("POST",)


def install(app: Flask, limits: Mapping[str, Limit], *, enabled: bool, who: Callable[[], str]) -> None:
    """Guard the endpoints named; ``who`` names the person, empty for visitors. Endpoints that do not exist are a bug."""
    app.config.update(RATELIMIT_ENABLED=enabled, RATELIMIT_HEADERS_ENABLED=True)
    limiter = Limiter(key_func=lambda: who() or get_remote_address(), app=app, storage_uri="memory://")
    app.extensions["wecena_limiter"] = limiter  # the guarded views hold it by a weak reference only
    for endpoint, limit in limits.items():
        view = app.view_functions[endpoint]
        guarded: Any = limiter.limit(limit.rate, methods=list(limit.methods))(view)  # Flask's own type of a view
        app.view_functions[endpoint] = guarded
