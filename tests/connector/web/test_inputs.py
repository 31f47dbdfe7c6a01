"""Promise 6: requests that once broke the service are refused in a clear way."""

from __future__ import annotations

from datetime import datetime

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from connector.accounts import service as accounts
from connector.accounts.rules import Role
from connector.accounts.service import Invitation
from connector.db.engine import Database
from tests.browser import signed_in

TOO_LARGE = 2**63
ODD_BODIES = (
    b'{"days": ' + b"9" * 5000 + b"}",
    b"[" * 20_000,
    b'{"days": 1, "days": 0}',
    b'{"days": NaN}',
    b'{"days": "\\ud800"}',
    b"\xff",
)


@pytest.mark.parametrize("path", ["/tasks/{}", "/api/v1/tasks/{}", "/coordinator/projects/{}", "/company/{}/report"])
def test_an_id_larger_than_any_rows_is_nothing(app: APIFlask, now: datetime, path: str) -> None:
    browser = signed_in(app, Role.ADMIN, now)
    assert browser.get(path.format(TOO_LARGE)).status_code == 404
    assert browser.get(path.format(TOO_LARGE - 1)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_cannot_be_read_is_a_bad_request(browser: FlaskClient, method: str) -> None:
    answer = browser.open("/", method=method, headers={"Host": "x" * 3000, "Origin": "null"})
    assert answer.status_code in {400, 403}
    assert "<h1>" in answer.text


@pytest.mark.parametrize("body", ODD_BODIES)
def test_json_beyond_the_limits_is_a_bad_request(app: APIFlask, now: datetime, body: bytes) -> None:
    db: Database = app.extensions["wecena"].db
    with db.sessions.begin() as session:
        invited = accounts.invite(session, Invitation("v@example.org", Role.VOLUNTEER, company="C"), now=now)
        bearer = accounts.make_token(session, invited.person, now)
    answer = app.test_client().post(
        "/api/v1/tasks/1/claim",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"},
    )
    assert (answer.status_code, answer.json["error"]) == (400, "bad_request")


def test_a_nul_in_a_query_is_a_bad_request(browser: FlaskClient) -> None:
    assert browser.get("/?q=a%00b").status_code == 400
    assert browser.get("/sign-in/a%00b").status_code == 400


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_report_ends_with_the_calendar(app: APIFlask, now: datetime, day: str) -> None:
    browser = signed_in(app, Role.COORDINATOR, now)
    assert browser.get(f"/coordinator/reports?from={day}").status_code == 400


def test_numbers_that_are_no_id_choose_nothing(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.COORDINATOR, now)
    assert browser.get(f"/coordinator/reports?company={TOO_LARGE}").status_code == 200
    wish = {"email": "m@example.org", "role": "maintainer", "project": str(TOO_LARGE)}
    token = browser.get("/form-token").text
    assert browser.post("/coordinator/people", data={**wish, "csrf_token": token}).status_code == 400
