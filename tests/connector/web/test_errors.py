"""Error pages: a sentence, what to do, no stack trace; JSON for programs."""

from __future__ import annotations

from datetime import datetime

import pytest
from apiflask import APIFlask
from flask import abort
from flask.testing import FlaskClient
from sqlalchemy import text

from connector.accounts.guards import requires
from connector.accounts.rules import Action, Role
from connector.errors import UserError
from tests.browser import signed_in


class Teapot(UserError):
    """It is a teapot."""

    status = 409


@pytest.fixture
def broken(app: APIFlask) -> FlaskClient:
    """A browser at an application with routes that fail."""

    def fail(how: str) -> str:
        match how:
            case "user":
                raise Teapot
            case "bug":
                raise RuntimeError("the secret is 1234")
            case _:
                abort(int(how))

    app.config["PROPAGATE_EXCEPTIONS"] = False
    for prefix in ("", "/api"):
        view = requires(Action.USE_PUBLIC_PAGES)(fail)
        app.add_url_rule(f"{prefix}/fail/<how>", view_func=view, endpoint=f"fail{prefix[1:]}")
    return app.test_client()


@pytest.mark.parametrize(
    ("how", "status", "sentence"),
    [
        ("user", 409, "It is a teapot."),
        ("bug", 500, "Something broke on our side"),
        ("403", 403, "This is not open to you"),
        ("413", 413, "This is too long"),
        ("503", 503, "The service cannot answer right now"),
        ("418", 418, "This request cannot be read"),
    ],
)
def test_an_error_has_a_page_and_a_sentence(broken: FlaskClient, how: str, status: int, sentence: str) -> None:
    answer = broken.get(f"/fail/{how}?lang=en")
    assert answer.status_code == status
    assert sentence in answer.text
    assert "1234" not in answer.text
    assert "Traceback" not in answer.text
    assert ("Reference:" in answer.text) is (status >= 500)


def test_programs_get_json(broken: FlaskClient) -> None:
    assert broken.get("/api/fail/bug").get_json() == {"error": "error", "detail": "Quelque chose a cassé chez nous"}
    answer = broken.get("/api/nowhere", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")


def test_a_missing_page_speaks_the_visitors_language(browser: FlaskClient) -> None:
    assert "Il n’y a rien ici" in browser.get("/nowhere").text
    assert "There is nothing here" in browser.get("/nowhere", headers={"Accept-Language": "en"}).text


def test_a_wrong_method_names_the_right_ones(browser: FlaskClient) -> None:
    answer = browser.delete("/sizing")
    assert answer.status_code in {400, 405}


def test_a_database_that_is_away_is_no_fault_of_the_page(app: APIFlask, now: datetime) -> None:
    known = signed_in(app, Role.COORDINATOR, now)
    with app.extensions["wecena"].db.sessions.begin() as session:
        session.execute(text("ALTER TABLE session RENAME TO elsewhere"))
        session.execute(text("ALTER TABLE task RENAME TO nowhere"))
    for browser in (known, app.test_client()):
        page = browser.get("/tasks/1?lang=en")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
        assert "The service cannot answer right now" in page.text
    answer = app.test_client().get("/api/v1/tasks")
    assert answer.status_code == 503
    assert answer.get_json()["error"] == "unavailable"
