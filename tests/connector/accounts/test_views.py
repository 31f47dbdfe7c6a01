"""Signing in and out through the pages, and what guards let through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from connector.accounts import guards, service, views
from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app
from connector.db.engine import Database
from connector.db.tables import ApiToken, Mail, Person, WebSession
from connector.settings import load_settings


class Watch:
    """A clock that a test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch(now: datetime) -> Watch:
    """The application's clock."""
    return Watch(now)


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, watch: Watch) -> Iterator[APIFlask]:
    """The application, with a few routes that only a test needs."""
    settings = load_settings(
        {"WECENA_DATABASE_URL": sqlite_url, "WECENA_DATA_DIR": str(tmp_path), "WECENA_RATE_LIMITS": "off"}
    )
    app = create_app(settings, clock=watch, extend=(_add_routes,))
    yield app
    app.extensions["wecena"].db.engine.dispose()


def _add_routes(app: APIFlask) -> None:
    if "accounts" not in app.blueprints:
        app.register_blueprint(views.blueprint)
    app.add_url_rule("/whoami", view_func=requires(Action.USE_OWN_ACCOUNT)(lambda: principal().email), endpoint="who")
    app.add_url_rule(
        "/api/v1/whoami",
        view_func=requires(Action.USE_OWN_ACCOUNT)(lambda: {"email": principal().email}),
        endpoint="api_who",
    )
    app.add_url_rule(
        "/api/v1/open", view_func=requires(Action.READ_TASKS)(lambda: {"email": principal().email}), endpoint="api_open"
    )
    app.add_url_rule("/operate", view_func=requires(Action.OPERATE)(lambda: "ok"), endpoint="operate")
    app.add_url_rule("/form-token", view_func=requires(Action.USE_PUBLIC_PAGES)(generate_csrf), endpoint="form_token")
    app.add_url_rule("/forgotten", view_func=lambda: "ok", endpoint="forgotten")


@pytest.fixture
def base(app: APIFlask) -> Database:
    """The application's database."""
    found: Database = app.extensions["wecena"].db
    return found


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """A browser."""
    return app.test_client()


def made(base: Database, now: datetime, role: Role = Role.VOLUNTEER, kind: LinkKind = LinkKind.SIGN_IN) -> str:
    """A person with this role, and the token of a link for them."""
    with base.sessions.begin() as session:
        invitation = Invitation(f"{role}@example.org", role, company="C", nonprofit="N")
        person = service.invite(session, invitation, now=now).person
        return service.make_link(session, person, kind, now=now)


def post(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    """Send a form as a browser does, with its hidden token; status, and address or text of the answer."""
    answer = client.post(path, data={**form, "csrf_token": client.get("/form-token").text})
    return answer.status_code, answer.headers.get("Location", answer.text)


def test_opening_a_link_uses_nothing_up_and_pressing_the_button_signs_in(
    client: FlaskClient, base: Database, now: datetime
) -> None:
    token = made(base, now)
    assert client.get(f"/sign-in/{token}").status_code == 200
    assert client.get(f"/sign-in/{token}").status_code == 200
    assert client.get("/whoami").status_code == 302
    assert post(client, f"/sign-in/{token}")[0] == 302
    assert client.get("/whoami").text == "volunteer@example.org"


def test_a_link_signs_in_once(app: APIFlask, base: Database, now: datetime) -> None:
    token = made(base, now)
    assert post(app.test_client(), f"/sign-in/{token}")[0] == 302
    assert post(app.test_client(), f"/sign-in/{token}")[0] == 404
    assert app.test_client().get(f"/sign-in/{token}").status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer(client: FlaskClient, base: Database, now: datetime) -> None:
    made(base, now)
    known = post(client, "/sign-in", email="VOLUNTEER@example.org", next="/tasks/3")
    unknown = post(client, "/sign-in", email="nobody@example.org", next="/tasks/3")
    assert known == unknown
    with base.readers() as session:
        mails = session.scalars(select(Mail)).all()
    assert [mail.to for mail in mails] == ["volunteer@example.org"]
    assert re.search(r"http://127\.0\.0\.1:8000/sign-in/[\w-]{43}\?next=%2Ftasks%2F3", mails[0].text)


def test_the_mailed_link_leads_back_to_where_one_was(client: FlaskClient, base: Database, now: datetime) -> None:
    token = made(base, now)
    assert 'value="/tasks/3"' in client.get(f"/sign-in/{token}?next=/tasks/3").text
    assert post(client, f"/sign-in/{token}", next="/tasks/3") == (302, "/tasks/3")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/tasks/3?q=a", "/tasks/3?q=a"), ("", "/"), (None, "/"), ("https://evil.example", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("/a\\b", "/"), ("javascript:alert(1)", "/"), ("/\t/evil.example", "/"),
        ("///evil.example", "/"), ("/x\r\nSet-Cookie: a=b", "/"), ("evil", "/"),
    ],
)  # fmt: skip
def test_only_own_paths_are_followed_after_signing_in(address: str | None, safe: str) -> None:
    assert guards.safe_next(address) == safe


def test_visitors_are_sent_to_sign_in_and_come_back(client: FlaskClient) -> None:
    answer = client.get("/whoami?a=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=%2Fwhoami%3Fa%3D1")


@pytest.mark.parametrize(
    ("page", "back"),
    [("http://localhost/tasks/5", "/tasks/5"), ("https://evil.example/x", "/"), ("http://[", "/"), (None, "/")],
)
def test_a_form_leads_back_to_the_page_it_stood_on(client: FlaskClient, page: str | None, back: str) -> None:
    headers = {"Referer": page} if page else {}
    form = {"csrf_token": client.get("/form-token").text}
    answer = client.post("/coordinator/people", data=form, headers=headers)
    assert answer.headers["Location"] == f"/sign-in?{urlencode({'next': back})}"


def test_the_wrong_role_is_refused(client: FlaskClient, base: Database, now: datetime) -> None:
    post(client, f"/sign-in/{made(base, now)}")
    assert client.get("/operate").status_code == 403


def test_a_route_that_declares_nothing_is_closed(client: FlaskClient, base: Database, now: datetime) -> None:
    assert client.get("/forgotten").status_code == 403
    post(client, f"/sign-in/{made(base, now, Role.ADMIN)}")
    assert client.get("/forgotten").status_code == 403


def test_signing_out_kills_the_session_on_the_server(
    app: APIFlask, client: FlaskClient, base: Database, now: datetime
) -> None:
    post(client, f"/sign-in/{made(base, now)}")
    cookie = client.get_cookie("wecena")
    assert cookie is not None
    stolen = cookie.value
    assert post(client, "/sign-out") == (302, "/")
    assert client.get("/whoami").status_code == 302
    thief = app.test_client()
    thief.set_cookie("wecena", stolen)
    assert thief.get("/whoami").status_code == 302


def test_each_sign_in_is_a_new_session(client: FlaskClient, base: Database, now: datetime) -> None:
    post(client, f"/sign-in/{made(base, now)}")
    with client.session_transaction() as held:
        first = held["_user_id"]
    post(client, f"/sign-in/{made(base, now)}")
    with client.session_transaction() as held:
        assert held["_user_id"] != first
        assert first not in str(dict(held))


@pytest.mark.parametrize(
    ("role", "rest", "inside"),
    [
        (Role.ADMIN, timedelta(minutes=31), False),
        (Role.VOLUNTEER, timedelta(minutes=31), True),
        (Role.VOLUNTEER, timedelta(hours=13), False),
    ],
)
def test_an_idle_browser_signs_in_again(
    client: FlaskClient, base: Database, watch: Watch, role: Role, rest: timedelta, *, inside: bool
) -> None:
    post(client, f"/sign-in/{made(base, watch.now, role)}")
    watch.now += rest
    assert (client.get("/whoami").status_code == 200) is inside


def test_a_busy_browser_stays(client: FlaskClient, base: Database, watch: Watch) -> None:
    post(client, f"/sign-in/{made(base, watch.now, Role.ADMIN)}")
    for _turn in range(5):
        watch.now += timedelta(minutes=20)
        assert client.get("/whoami").status_code == 200
    with base.readers() as session:
        assert session.scalars(select(WebSession.last_seen_at)).one() == watch.now


def test_the_api_knows_bearers_only(client: FlaskClient, base: Database, now: datetime) -> None:
    with base.sessions.begin() as session:
        person = service.invite(session, Invitation("ana@example.org", Role.VOLUNTEER), now=now).person
        bearer = service.make_token(session, person, now)
    headers = {"Authorization": f"Bearer {bearer}"}
    assert client.get("/api/v1/whoami", headers=headers).json == {"email": "ana@example.org"}
    with base.readers() as session:
        assert session.scalars(select(ApiToken.last_used_at)).one() is not None
    post(client, f"/sign-in/{made(base, now)}")
    assert client.get("/api/v1/whoami").status_code == 401
    assert client.get("/api/v1/open").json == {"email": ""}
    assert client.get("/whoami", headers=headers).text == "volunteer@example.org"


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Basic YTpi", "", "Bearer é"])
@pytest.mark.parametrize("path", ["/api/v1/whoami", "/api/v1/open"])
def test_a_bad_token_is_answered_401_in_json(client: FlaskClient, header: str, path: str) -> None:
    answer = client.get(path, headers={"Authorization": header})
    assert (answer.status_code, answer.is_json) == (401, True)


def test_language_and_look_are_kept_with_the_person(client: FlaskClient, base: Database, now: datetime) -> None:
    post(client, f"/sign-in/{made(base, now)}")
    assert post(client, "/choices", language="en", theme="dark", next="//evil.example") == (302, "/")
    with base.readers() as session:
        person = session.scalars(select(Person)).one()
    assert (person.language, person.theme) == ("en", "dark")
    post(client, "/choices", language="xx", theme="<script>")
    with base.readers() as session:
        person = session.scalars(select(Person)).one()
    assert (person.language, person.theme) == ("en", "dark")


def test_a_coordinator_invites_by_mail(client: FlaskClient, base: Database, now: datetime) -> None:
    post(client, f"/sign-in/{made(base, now, Role.COORDINATOR)}")
    page = client.get("/coordinator/people")
    assert "coordinator@example.org" in page.text
    assert 'value="admin"' not in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    form = {
        "csrf_token": token[1],
        "email": "new@example.org",
        "name": "Ana",
        "role": "volunteer",
        "company": "Lanterne",
    }
    assert client.post("/coordinator/people", data=form).status_code == 302
    with base.readers() as session:
        mail = session.scalars(select(Mail)).one()
        person = session.scalars(select(Person).where(Person.email == "new@example.org")).one()
    assert (mail.to, person.name) == ("new@example.org", "Ana")
    assert "Ana" in client.get("/coordinator/people").text


@pytest.mark.parametrize(
    "wrong",
    [{"role": "king"}, {"email": "nobody"}, {"role": "admin"}, {"role": "maintainer"}, {"role": "company_contact"}],
)
def test_a_wrong_invitation_says_why_and_keeps_what_was_typed(
    client: FlaskClient, base: Database, now: datetime, wrong: dict[str, str]
) -> None:
    post(client, f"/sign-in/{made(base, now, Role.COORDINATOR)}")
    form = {"email": "new@example.org", "name": "Kept", "role": "volunteer"} | wrong
    status, text = post(client, "/coordinator/people", **form)
    assert status in {400, 403}
    assert 'value="Kept"' in text
    with base.readers() as session:
        assert session.scalars(select(Person.email)).all() == ["coordinator@example.org"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost", 302), ("https://evil.example", 403), ("null", 403), ("http://[", 403), ("localhost", 403)],
)
def test_a_form_of_a_stranger_is_refused(client: FlaskClient, origin: str, status: int) -> None:
    form = {"csrf_token": client.get("/form-token").text, "email": "ana@example.org"}
    assert client.post("/sign-in", data=form, headers={"Origin": origin}).status_code == status
