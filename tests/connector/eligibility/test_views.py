"""The checklist of a project, through its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.tables import EligibilityAnswer, Project
from tests.browser import application, signed_in
from tests.rows import project_row

ANSWERS = {
    "receipts": {"choice": "yes"},
    "team": {"choice": "yes", "days": "3"},
    "volume": {"choice": "batch", "note": "The archive, 40 days"},
    "place": {"choice": "remote"},
    "contact": {"choice": "yes", "note": "Mira, else Paul"},
    "no_secrets": {"choice": "yes"},
}


@pytest.fixture
def app(database_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application with one project on trial."""
    app = application(database_url, tmp_path, now)
    with database(app).sessions.begin() as session:
        project_row(session, now)
    yield app
    database(app).engine.dispose()


def database(app: APIFlask) -> Database:
    found: Database = app.extensions["wecena"].db
    return found


def browser(app: APIFlask, now: datetime, role: Role = Role.COORDINATOR) -> FlaskClient:
    found = signed_in(app, role, now)
    found.get("/sizing?lang=en")
    return found


def post(own: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    data = {"csrf_token": own.get("/form-token").text, **fields}
    answer = own.post(f"/coordinator/projects/1/{path}", data=data, follow_redirects=True)
    return answer.status_code, answer.text


def state(app: APIFlask) -> str:
    with database(app).readers() as session:
        return session.scalars(select(Project.state)).one()


def test_a_project_is_accepted_once_all_is_answered(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    assert "6 questions are open" in own.get("/coordinator/projects/1/checklist").text
    for name, fields in ANSWERS.items():
        assert state(app) == "trial"
        assert post(own, "accept")[0] == 400
        assert post(own, f"checklist/{name}", **fields)[0] == 200
    text = own.get("/coordinator/projects/1/checklist").text
    assert "Answered by" in text
    assert "of at most 15 days" in text
    assert post(own, "accept")[0] == 200
    assert state(app) == "accepted"


def test_what_speaks_against_it_puts_it_back_on_trial_and_old_answers_are_kept(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    for name, fields in ANSWERS.items():
        post(own, f"checklist/{name}", **fields)
    post(own, "accept")
    assert post(own, "checklist/contact", choice="no")[0] == 200
    assert state(app) == "trial"
    with database(app).readers() as session:
        rows = session.execute(
            select(EligibilityAnswer.choice, EligibilityAnswer.note).where(EligibilityAnswer.question == "contact")
        ).all()
    assert [tuple(row) for row in rows] == [("yes", "Mira, else Paul"), ("no", "")]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("team", {"choice": "yes"}),
        ("team", {"choice": "yes", "days": "many"}),
        ("contact", {"choice": "yes"}),
        ("volume", {}),
        ("receipts", {"choice": "yes", "note": "x" * 501}),
    ],
)
def test_what_is_no_answer_is_said_beside_the_question(
    app: APIFlask, now: datetime, name: str, fields: dict[str, str]
) -> None:
    status, text = post(browser(app, now), f"checklist/{name}", **fields)
    assert status == 400
    assert "Choose one of the answers" in text


def test_unknown_questions_and_projects_are_not_found(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    assert post(own, "checklist/colour", choice="yes")[0] == 404
    assert own.get("/coordinator/projects/99/checklist").status_code == 404


def test_a_volunteer_sees_no_checklist(app: APIFlask, now: datetime) -> None:
    assert browser(app, now, Role.VOLUNTEER).get("/coordinator/projects/1/checklist").status_code in {403, 404}
