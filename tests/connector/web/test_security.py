"""Headers, cookies and forms: RELIABILITY checks 3.x, 14.x."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from connector.accounts.rules import Role
from connector.app import create_app
from connector.settings import load_settings
from connector.web.security import CSP
from tests.browser import signed_in


@pytest.fixture
def https(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[FlaskClient]:
    """A visitor's browser at a service behind TLS."""
    values = {
        "WECENA_DATABASE_URL": sqlite_url,
        "WECENA_DATA_DIR": str(tmp_path),
        "WECENA_PUBLIC_URL": "https://wecena.example",
    }
    app = create_app(load_settings(values), clock=lambda: now)
    yield app.test_client()
    app.extensions["wecena"].db.engine.dispose()


@pytest.mark.parametrize("path", ["/", "/sizing", "/sign-in", "/nowhere", "/api/v1/tasks", "/static/wecena.css"])
def test_every_answer_is_guarded(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)
    answer.close()
    headers = answer.headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "charset=utf-8" in headers["Content-Type"] or headers["Content-Type"] == "application/json"
    assert "Strict-Transport-Security" not in headers


def test_the_policy_lets_nothing_in_but_our_own() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))
    assert rules.pop("default-src") == rules.pop("frame-ancestors") == rules.pop("base-uri") == "'none'"
    assert rules.pop("object-src") == "'none'"
    assert rules.pop("require-trusted-types-for") == "'script'"
    assert set(rules.values()) == {"'self'"}


def test_behind_tls_the_cookie_is_bound_to_the_host(https: FlaskClient) -> None:
    answer = https.get("/sign-in", base_url="https://wecena.example")
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie" and "wecena=" in value)
    assert cookie.startswith("__Host-wecena=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert int(answer.headers["Strict-Transport-Security"].split("=")[1].split(";")[0]) >= 365 * 24 * 3600


def test_on_loopback_the_cookie_has_a_plain_name(browser: FlaskClient) -> None:
    cookies = browser.get("/sign-in").headers.getlist("Set-Cookie")
    assert any(cookie.startswith("wecena=") and "HttpOnly" in cookie for cookie in cookies)


def test_what_a_person_sees_is_kept_by_no_cache(app: APIFlask, browser: FlaskClient, now: datetime) -> None:
    person = signed_in(app, Role.VOLUNTEER, now)
    for path in ("/", "/me", "/nowhere"):
        headers = person.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "Cookie" in headers["Vary"]
    assert browser.get("/").headers["Cache-Control"] == "no-cache"


def test_a_form_without_its_token_is_refused(app: APIFlask, now: datetime) -> None:
    person = signed_in(app, Role.VOLUNTEER, now)
    assert person.post("/me/logins", data={"login": "malo"}).status_code == 400
    token = person.get("/form-token").text
    sent = person.post("/me/logins", data={"login": "malo", "forge": "github github.com", "csrf_token": token})
    assert sent.status_code == 302


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost", 302), ("http://127.0.0.1:8000", 302), ("https://evil.example", 403), ("null", 403)],
)
def test_a_form_of_another_site_is_refused(app: APIFlask, now: datetime, origin: str, status: int) -> None:
    person = signed_in(app, Role.VOLUNTEER, now)
    data = {"language": "en", "csrf_token": person.get("/form-token").text}
    assert person.post("/choices", data=data, headers={"Origin": origin}).status_code == status


def test_no_template_holds_inline_script_or_style() -> None:
    templates = Path(__file__).parents[3] / "connector"
    for path in templates.rglob("*.html"):
        text = path.read_text(encoding="utf-8").lower()
        if path.name == "standalone.html":
            continue  # a file to keep, which loads nothing
        assert "style=" not in text, path
        assert "<style" not in text, path
        assert " onclick" not in text, path
        assert "|safe" not in text, path
        assert text.count("<script") == text.count("<script src="), path
