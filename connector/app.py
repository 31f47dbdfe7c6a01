"""The composition root: the only place that knows every part of the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from apiflask import APIFlask
from flask import g, request

from connector import logs
from connector.accounts import guards
from connector.accounts import views as accounts
from connector.clock import Clock, frozen, utc_now
from connector.db.engine import open_database
from connector.db.vault import Vault
from connector.guide import views as guide
from connector.harvest import checklist_views as checklist
from connector.harvest import join_views as join
from connector.harvest import policy_views as policy
from connector.harvest import stop_views as stop
from connector.harvest import views as harvest
from connector.inbox.door import Inbox
from connector.offering import views as offering
from connector.parked import views as parked
from connector.projects import app_views as apps
from connector.projects import views as projects
from connector.projects.app_tokens import AppTokens
from connector.projects.connections import make_connect
from connector.queue import views as health
from connector.reports import views as reports
from connector.settings import Settings, load_settings
from connector.sizing import views as sizing
from connector.tasks import api, feeds, holding, looking, mine
from connector.tasks import views as tasks
from connector.waiting import views as waiting
from connector.web import limits, pages
from connector.web.limits import Limit
from connector.web.services import KEY, Services
from connector.web.site import Site
from sources.transport import Transport
from webhooks.receiver import Receiver

Extension = Callable[[APIFlask], None]

BLUEPRINTS = (
    accounts.blueprint,
    api.blueprint,
    apps.blueprint,
    checklist.blueprint,
    feeds.blueprint,
    guide.blueprint,
    harvest.blueprint,
    health.blueprint,
    holding.blueprint,
    join.blueprint,
    looking.blueprint,
    mine.blueprint,
    offering.blueprint,
    parked.blueprint,
    policy.blueprint,
    projects.blueprint,
    reports.blueprint,
    sizing.blueprint,
    stop.blueprint,
    tasks.blueprint,
    waiting.blueprint,
)
LIMITS = {
    "accounts.send": Limit("3 per 15 minutes"),
    "accounts.use_link": Limit("10 per 15 minutes"),
    "holding.claim": Limit("60 per hour"),
    "tasks.index": Limit("60 per minute", methods=("GET",), only_with="q"),
    "api.claim": Limit("60 per hour"),
    "api.tasks": Limit("600 per minute", ("GET",)),
}


def build_services(settings: Settings, clock: Clock = utc_now) -> Services:
    """What views, commands and the worker share; ``frozen_at`` in the settings stops the clock."""
    now = frozen(settings.frozen_at) if settings.frozen_at else clock
    db, vault = open_database(settings.database_url), Vault(settings.secret_key.get_secret_value())
    transport = Transport(allowed_networks=settings.networks)
    connect = make_connect(settings, transport, AppTokens(db, vault, transport, now))
    return Services(settings=settings, db=db, clock=now, vault=vault, connect=connect, transport=transport)


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
    app.url_map.strict_slashes = False
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


def wsgi(settings: Settings, *, clock: Clock = utc_now, extend: Sequence[Extension] = ()) -> Site:
    """The whole service as one WSGI callable."""
    app = create_app(settings, clock=clock, extend=extend)
    return Site(door=make_door(app.extensions[KEY]), pages=app)


def make_door(services: Services) -> Receiver:
    """The door for deliveries, which needs no web framework."""
    inbox = Inbox(services.db, services.vault, services.clock)
    return Receiver(
        inbox.lookup,
        inbox.accept,
        accept_all=inbox.accept_all,
        reread=inbox.reread,
        at_hand=inbox.at_hand,
        clock=services.clock,
        max_body_bytes=services.settings.max_body_bytes,
    )


def wsgi_from_environment() -> Site:
    """The service as gunicorn and the like start it, with the settings of the environment."""
    settings = load_settings()
    logs.configure(settings.log_level)
    return wsgi(settings)


def _know_who_asks() -> None:
    # First of all, so that even an error page speaks the person's language and is not kept by a cache.
    if request.endpoint != "static":
        g.is_signed_in = guards.principal().is_signed_in


def _person() -> str:
    return f"person {guards.principal().person_id}" if guards.principal().is_signed_in else ""
