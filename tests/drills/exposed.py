"""A whole service in this process, with something of everything in it, open to requests of every kind of person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType

from apiflask import APIFlask
from flask import got_request_exception
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from connector.accounts import service as accounts
from connector.accounts.guards import requires
from connector.accounts.rules import Action, LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import wsgi
from connector.db.tables import Hook, Project, Task
from connector.harvest import service as harvest
from connector.projects import hooks
from connector.settings import load_settings
from connector.web.services import KEY, Services
from connector.web.site import Wsgi
from sources import registry
from sources.base import Source
from tests.drills.hostile import Asker, Environ
from tests.fakes import FakeClient, issue
from tests.rows import project_row

SECRET = "not a secret: this service lives in a test"


@dataclass(frozen=True, slots=True)
class Door:
    """A hook: where its forge posts, and what it signs with."""

    path: str
    source: Source
    key: bytes


@dataclass(slots=True)
class Exposed:
    """The service. ``errors`` are what broke inside it, as the web framework saw them."""

    app: APIFlask
    serve: Wsgi
    doors: Mapping[str, Door]
    now: datetime
    errors: list[str]

    @property
    def services(self) -> Services:
        """What its views share."""
        found: Services = self.app.extensions[KEY]
        return found

    def answer(self, environ: Environ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; what the service raises is raised."""
        told: list[tuple[int, dict[str, str]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _exc: object = None) -> None:
            told.append((int(status[:3]), dict(headers)))

        pieces = self.serve(environ, start_response)
        try:
            body = b"".join(pieces)
        finally:
            getattr(pieces, "close", bool)()
        return *told[-1], body

    def visitor(self) -> Asker:
        """Somebody unknown, with a form open."""
        return _known("visitor", self.app.test_client(), "")

    def person(self, role: Role) -> Asker:
        """Somebody with this role, newly signed in."""
        with self.services.db.sessions.begin() as session:
            project_ids = tuple(session.scalars(select(Project.id)))
            wish = Invitation(
                f"{role}@example.org", role, company="Lanterne", nonprofit="Asso", project_ids=project_ids
            )
            person = accounts.invite(session, wish, now=self.now).person
            link = accounts.make_link(session, person, LinkKind.SIGN_IN, now=self.now)
            bearer = accounts.make_token(session, person, self.now)
        browser = self.app.test_client()
        browser.post(f"/sign-in/{link}", data={"csrf_token": browser.get("/form-token").text})
        return _known(str(role), browser, bearer)


@contextmanager
def exposed(database_url: str, folder: Path, now: datetime) -> Iterator[Exposed]:
    """The service over a migrated database, with a project and a hook at each kind of forge, and three tasks."""
    settings = load_settings(
        {
            "WECENA_DATABASE_URL": database_url, "WECENA_DATA_DIR": str(folder), "WECENA_RATE_LIMITS": "off",
            "WECENA_SECRET_KEY": SECRET,
        }
    )  # fmt: skip
    apps: list[APIFlask] = []
    serve = wsgi(settings, clock=lambda: now, extend=(_add_token_route, apps.append))
    (app,) = apps
    client = FakeClient(known={number: issue(number) for number in (1, 2, 3)})
    services = app.extensions[KEY] = replace(app.extensions[KEY], connect=lambda _project: client)
    watch = _Watch()
    try:
        with watch.on(app):
            yield Exposed(app, serve, _doors(services, now), now, watch.errors)
    finally:
        services.db.engine.dispose()


class _Watch:
    """Notes what breaks in a request."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    @contextmanager
    def on(self, app: APIFlask) -> Iterator[None]:
        """Inside, of this application."""
        with got_request_exception.connected_to(self._note, app):
            yield

    def _note(self, _app: APIFlask, exception: BaseException, **_more: object) -> None:
        self.errors.append(
            f"{type(exception).__name__}: {str(exception)[:200]} at {_last_line(exception.__traceback__)}"
        )


def _last_line(trace: TracebackType | None) -> str:
    """Where in our own code it broke."""
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/connector/" in code.co_filename or "/sources/" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _doors(services: Services, now: datetime) -> dict[str, Door]:
    doors = {}
    with services.db.sessions.begin() as session:
        for name in registry.SOURCES:
            host = registry.source(name).default_host
            changes = {} if name == "github" else {"source": name, "host": host, "external_id": "7"}
            project = project_row(session, now, **changes)
            hook, key = hooks.make_hook(session, project, vault=services.vault, now=now)
            doors[name] = Door(f"/webhooks/{name}/{hook.key}", registry.source(name), key)
        mine = session.scalars(select(Project).where(Project.source == "github")).one()
        for number in (1, 2, 3):
            harvest.observe(session, mine, issue(number), now)
    with services.db.readers() as session:
        assert len(session.scalars(select(Task)).all()) == len(doors) == len(session.scalars(select(Hook)).all())
    return doors


def _known(name: str, browser: FlaskClient, bearer: str) -> Asker:
    form_token = browser.get("/form-token").text
    cookie = browser.get_cookie("wecena")
    assert cookie is not None
    return Asker(name, cookie=f"wecena={cookie.value}", bearer=bearer, form_token=form_token)


def _add_token_route(app: APIFlask) -> None:
    app.add_url_rule("/form-token", view_func=requires(Action.USE_PUBLIC_PAGES)(generate_csrf), endpoint="form_token")
