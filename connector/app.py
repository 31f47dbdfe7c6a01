"""The composition root: the only place that knows every part of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from apiflask import APIFlask
from flask import g, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from connector.accounts import guards
from connector.accounts import views as accounts
from connector.clock import Clock, frozen, utc_now
from connector.db.engine import open_database
from connector.db.vault import Vault
from connector.guide import views as guide
from connector.harvest import views as harvest
from connector.projects import views as projects
from connector.projects.connections import make_connect
from connector.reports import views as reports
from connector.settings import Settings
from connector.sizing import views as sizing
from connector.waiting import views as waiting
from connector.web import limits, pages
from connector.web.limits import Limit
from connector.web.services import KEY, Services
from sources.transport import Transport

Extension = Callable[[APIFlask], None]
Wsgi = Callable[..., Iterable[bytes]]

BLUEPRINTS = (
    accounts.blueprint,
    guide.blueprint,
    harvest.blueprint,
    projects.blueprint,
    reports.blueprint,
    sizing.blueprint,
    waiting.blueprint,
)
LIMITS = {
    "accounts.send": Limit("10 per 15 minutes"),
    "accounts.use_link": Limit("10 per 15 minutes"),
}


def build_services(settings: Settings, clock: Clock = utc_now) -> Services:
    """What views, commands and the worker share; ``frozen_at`` in the settings stops the clock."""
    return Services(
        settings=settings,
        db=open_database(settings.database_url),
        clock=frozen(settings.frozen_at) if settings.frozen_at else clock,
        vault=Vault(settings.secret_key.get_secret_value()),
        connect=make_connect(settings, Transport(allowed_networks=settings.networks)),
    )


def create_app(settings: Settings, *, clock: Clock = utc_now, extend: Sequence[Extension] = ()) -> APIFlask:
    """The pages and the API. ``extend`` adds what belongs to this application only, such as the demo's people."""
    app = APIFlask(
        "connector.web",
        title="wecena-connector",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.extensions[KEY] = build_services(settings, clock)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=7)
    app.before_request(_know_who_asks)
    app.context_processor(lambda: {"principal": guards.principal()})
    pages.install(app)
    guards.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for extension in extend:
        extension(app)
    limits.install(app, LIMITS, enabled=settings.rate_limits, who=_person)
    return app


def wsgi(settings: Settings, *, clock: Clock = utc_now, extend: Sequence[Extension] = ()) -> Wsgi:
    """The whole service as one WSGI callable."""
    app = create_app(settings, clock=clock, extend=extend)
    mounts: dict[str, Any] = {}
    return DispatcherMiddleware(app, mounts)


def _know_who_asks() -> None:
    # First of all, so that even an error page speaks the person's language and is not kept by a cache.
    if request.endpoint != "static":
        g.is_signed_in = guards.principal().is_signed_in


def _person() -> str:
    return f"person {guards.principal().person_id}" if guards.principal().is_signed_in else ""
