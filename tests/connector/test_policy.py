"""S2: every route x role answers as the policy table says; a route that declares nothing is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from connector.accounts import guards, service
from connector.accounts import views as account_views
from connector.accounts.guards import requires
from connector.accounts.rules import VISITOR, Action, LinkKind, Principal, Role, allows
from connector.accounts.service import Invitation
from connector.app import create_app
from connector.db.engine import Database
from connector.db.vault import Vault
from connector.projects import service as projects
from connector.projects import views as project_views
from connector.projects.service import NewProject
from connector.settings import load_settings
from sources.model import ProjectAddress

ENDS_SESSION = {"accounts.sign_out"}


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[APIFlask]:
    """The whole application, as it is served."""
    folder = tmp_path_factory.mktemp("policy")
    (folder / "wecena.db").write_bytes(sqlite_template.read_bytes())
    settings = load_settings({"WECENA_DATA_DIR": str(folder), "WECENA_RATE_LIMITS": "off"})
    app = create_app(settings, extend=(_add_token_route,))
    yield app
    app.extensions["wecena"].db.engine.dispose()


def _add_token_route(app: APIFlask) -> None:
    for blueprint in (account_views.blueprint, project_views.blueprint):
        if blueprint.name not in app.blueprints:
            app.register_blueprint(blueprint)
    view = requires(Action.USE_PUBLIC_PAGES)(generate_csrf)
    app.add_url_rule("/form-token", view_func=view, endpoint="form_token")


def rules(app: APIFlask) -> list[tuple[Rule, str]]:
    """Every route with every method it takes."""
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in methods
        if rule.endpoint not in guards.WITHOUT_ACTION and method in (rule.methods or set())
    ]


def address(rule: Rule) -> str:
    """The route's address, of an object that does not exist."""
    return re.sub(r"<[^>]+>", "missing", re.sub(r"<int:[^>]+>", "999999", rule.rule))


def sign_in(app: APIFlask, role: Role | None, now: datetime) -> tuple[FlaskClient, dict[str, str]]:
    """A browser and the headers of a program of a person with this role; None: of a visitor."""
    browser = app.test_client()
    if role is None:
        return browser, {}
    db: Database = app.extensions["wecena"].db
    with db.sessions.begin() as session:
        project = projects.add(session, _project(role), vault=Vault("x" * 40), now=now).project
        invitation = Invitation(f"{role}@example.org", role, company="C", nonprofit="N", project_ids=(project.id,))
        person = service.invite(session, invitation, now=now).person
        link = service.make_link(session, person, LinkKind.SIGN_IN, now=now)
        bearer = service.make_token(session, person, now)
    browser.post(f"/sign-in/{link}", data={"csrf_token": browser.get("/form-token").text})
    return browser, {"Authorization": f"Bearer {bearer}"}


def _project(role: Role) -> NewProject:
    return NewProject(
        ProjectAddress("github", "github.com", f"of/{role}", "https://github.com"), "https://api.github.com"
    )


def ask(browser: FlaskClient, headers: dict[str, str], method: str, path: str) -> TestResponse:
    """The answer; pages know the browser, the API the program."""
    if path.startswith("/api/"):
        return browser.open(path, method=method, headers=headers, json=None if method == "GET" else {})
    data = None if method == "GET" else {"csrf_token": browser.get("/form-token").text}
    return browser.open(path, method=method, data=data)


def test_every_route_declares_what_it_does(app: APIFlask) -> None:
    undeclared = {rule.endpoint for rule, _method in rules(app) if guards.action_of(app, rule.endpoint) is None}
    assert not undeclared
    assert len(rules(app)) > 10


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_answers_as_the_table_says(app: APIFlask, role: Role | None) -> None:
    now = app.extensions["wecena"].clock()
    browser, headers = sign_in(app, role, now)
    asker = VISITOR if role is None else Principal(person_id=1, role=role)
    wrong = []
    for rule, method in rules(app):
        action = guards.action_of(app, rule.endpoint)
        if action is None or rule.endpoint in ENDS_SESSION:
            continue
        answer = ask(browser, headers, method, address(rule))
        if is_refused(answer) is allows(asker, action) or answer.status_code >= 500:
            wrong.append((method, rule.rule, answer.status_code, action))
    assert not wrong


def is_refused(answer: TestResponse) -> bool:
    """Whether the guard turned the asker away."""
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?next=")
    return to_sign_in or answer.status_code in {401, 403}
