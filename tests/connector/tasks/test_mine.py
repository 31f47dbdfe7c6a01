"""The page of one's own: logins, choices and data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.tables import Account
from tests.browser import application, signed_in


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application, its clock stopped."""
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


@pytest.fixture
def me(app: APIFlask, now: datetime) -> FlaskClient:
    """A volunteer's browser."""
    return signed_in(app, Role.VOLUNTEER, now, company="Lanterne")


def post(browser: FlaskClient, path: str, **fields: str) -> int:
    """Send a form; the status of the answer."""
    return browser.post(path, data={"csrf_token": browser.get("/form-token").text, **fields}).status_code


def logins(app: APIFlask) -> list[str]:
    with app.extensions["wecena"].db.readers() as session:
        return list(session.scalars(select(Account.login)))


@pytest.mark.parametrize(
    ("typed", "forge", "status", "stored"),
    [
        ("@Malo-B", "github github.com", 302, ["malo-b"]),
        ("malo", "gitlab gitlab.com", 302, ["malo"]),
        ("malo", "github evil.example", 400, []),
        ("<b>", "github github.com", 400, []),
        ("", "github github.com", 400, []),
    ],
)
def test_a_login_is_named_at_a_known_forge(
    app: APIFlask, me: FlaskClient, typed: str, forge: str, status: int, stored: list[str]
) -> None:
    assert post(me, "/me/logins", login=typed, forge=forge) == status
    assert logins(app) == stored


def test_a_login_of_another_person_is_refused_and_cannot_be_removed(
    app: APIFlask, me: FlaskClient, now: datetime
) -> None:
    other = signed_in(app, Role.COORDINATOR, now)
    assert post(other, "/me/logins", login="anne", forge="github github.com") == 302
    assert post(me, "/me/logins", login="anne", forge="github github.com") == 400
    with app.extensions["wecena"].db.readers() as session:
        account = session.scalars(select(Account.id)).one()
    assert post(me, "/me/logins/remove", account=str(account)) == 302
    assert logins(app) == ["anne"]
    assert post(other, "/me/logins/remove", account=str(account)) == 302
    assert logins(app) == []


def test_everything_we_hold_can_be_taken_away(app: APIFlask, me: FlaskClient) -> None:
    post(me, "/me/logins", login="malo", forge="github github.com")
    answer = me.get("/me/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    data = answer.get_json()
    assert data["person"]["email"] == "volunteer@example.org"
    assert data["person"]["company"] == "Lanterne"
    assert data["logins"] == [{"host": "github.com", "login": "malo"}]
    assert (data["tasks"], data["days"]) == ([], [])


def test_the_theme_chosen_is_the_one_shown(me: FlaskClient) -> None:
    assert post(me, "/choices", theme="dark", next="/me") == 302
    assert '<html lang="fr" class="dark">' in me.get("/me").text
