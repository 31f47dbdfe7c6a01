"""A signed-in browser over the whole application, for tests of pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from connector.accounts import service
from connector.accounts.guards import requires
from connector.accounts.rules import Action, LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app
from connector.db.engine import Database
from connector.settings import load_settings


def application(database_url: str, folder: Path, now: datetime) -> APIFlask:
    """The application over this database, its clock stopped at ``now``."""
    settings = load_settings(
        {"WECENA_DATABASE_URL": database_url, "WECENA_DATA_DIR": str(folder), "WECENA_RATE_LIMITS": "off"}
    )
    return create_app(settings, clock=lambda: now, extend=(_add_token_route,))


def signed_in(
    app: APIFlask,
    role: Role,
    now: datetime,
    *,
    name: str = "",
    company: str = "",
    nonprofit: str = "",
    project_ids: Sequence[int] = (),
) -> FlaskClient:
    """The browser of somebody new with this role."""
    db: Database = app.extensions["wecena"].db
    invitation = Invitation(
        f"{name.lower() or role}@example.org",
        role,
        name=name,
        company=company,
        nonprofit=nonprofit,
        project_ids=tuple(project_ids),
    )
    with db.sessions.begin() as session:
        person = service.invite(session, invitation, now=now).person
        link = service.make_link(session, person, LinkKind.SIGN_IN, now=now)
    browser = app.test_client()
    browser.post(f"/sign-in/{link}", data={"csrf_token": browser.get("/form-token").text})
    return browser


def _add_token_route(app: APIFlask) -> None:
    view = requires(Action.USE_PUBLIC_PAGES)(generate_csrf)
    app.add_url_rule("/form-token", view_func=view, endpoint="form_token")
