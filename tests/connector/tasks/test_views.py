"""The volunteer's journey through the pages, by hand and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.tables import Assignment, DayRecord, Handover, HarvestRun, Task
from connector.tasks import service
from connector.tasks.forms import Note
from connector.web.formats import zone
from tests.browser import application, signed_in
from tests.connector.tasks.conftest import Programme

Make = Callable[[Session], Programme]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application, its clock stopped."""
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


@pytest.fixture
def db(app: APIFlask) -> Database:
    """The application's database."""
    database: Database = app.extensions["wecena"].db
    return database


@pytest.fixture
def volunteer(app: APIFlask, now: datetime) -> FlaskClient:
    """A volunteer's browser, in English."""
    browser = signed_in(app, Role.VOLUNTEER, now, company="Lanterne")
    browser.get("/sizing?lang=en")
    return browser


@pytest.fixture
def tasks(db: Database, programme: Make) -> list[int]:
    """Two ready tasks of a public project."""
    with db.sessions.begin() as session:
        here = programme(session)
        project = here.project(skills=["python"], clone_url="https://github.com/asso/site.git")
        likely = here.task(1, project=project, p_one_day=0.9, days="0.5", title="Fix the date", body="See **here**")
        return [likely.id, here.task(2, project=project, p_one_day=0.4, title="Sort the list").id]


def post(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Send a form as the page has it."""
    return browser.post(path, data={"csrf_token": browser.get("/form-token").text, **fields})


def version(page: TestResponse) -> str:
    """The version that the page's forms carry."""
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found
    return found[1]


def task(db: Database, task_id: int) -> Task:
    with db.readers() as session:
        return session.get_one(Task, task_id)


# --- the list -----------------------------------------------------------------------------------------------------


def test_with_no_project_the_first_steps_are_shown(app: APIFlask, now: datetime) -> None:
    visitor = app.test_client()
    page = visitor.get("/?lang=en").text
    assert "Everything is ready. A project is missing." in page
    assert "wecena person link admin@localhost" in page
    assert 'name="url"' not in page
    admin = signed_in(app, Role.ADMIN, now)
    page = admin.get("/?lang=en").text
    assert 'action="/coordinator/projects/add"' in page
    assert "You are signed in as admin@example.org." in page


def test_those_who_run_the_programme_are_led_on_until_a_task_is_offered(
    app: APIFlask, db: Database, programme: Make, now: datetime
) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        project = here.project(agreed_at=None)
        project_id = project.id
    admin = signed_in(app, Role.ADMIN, now)
    assert f'action="/coordinator/projects/{project_id}/harvest"' in admin.get("/?lang=en").text
    with db.sessions.begin() as session:
        session.add(HarvestRun(project_id=project_id, started_at=now))
    assert "Record the agreement" in admin.get("/?lang=en").text
    assert "No task is on offer right now" in app.test_client().get("/?lang=en").text
    with db.sessions.begin() as session:
        programme(session).task(1)
    assert "How long do you have?" in admin.get("/?lang=en").text


def test_the_likelier_task_comes_first(app: APIFlask, tasks: list[int]) -> None:
    page = app.test_client().get("/?lang=en").text
    assert page.index("Fix the date") < page.index("Sort the list")
    assert "2 tasks on offer" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("time=0.5", "Fix the date", "Sort the list"),
        ("time=1", "Sort the list", "No task"),
        ("q=sort", "Sort the list", "Fix the date"),
        ("browser=1", "No task fits these answers", "Fix the date"),
        ("known=1&skill=python", "Fix the date", "No task"),
        ("known=1&skill=rust", "No task fits these answers", "Fix the date"),
        ("q=zebra", "No task speaks of “zebra”", "Fix the date"),
        ("time=99&skill=%01&page=x&waits=x", "No task fits these answers", "Traceback"),
        ("page=99", "Fix the date", "No task"),
    ],
)
def test_answers_and_filters_sift_the_list(
    app: APIFlask, tasks: list[int], query: str, shown: str, hidden: str
) -> None:
    page = app.test_client().get(f"/?lang=en&{query}").text
    assert shown in page
    assert hidden not in page


def test_answers_are_remembered_and_fold_to_a_sentence(app: APIFlask, tasks: list[int]) -> None:
    browser = app.test_client()
    assert "How long do you have?" in browser.get("/?time=1&skill=python&lang=en").text
    page = browser.get("/").text
    assert "You have <b>one day</b>. You know <b>Python</b>." in page
    assert "How long do you have?" not in page
    assert "How long do you have?" in browser.get("/?change=1").text


def test_what_one_knows_is_bold(app: APIFlask, tasks: list[int]) -> None:
    assert "<b>Python</b>" in app.test_client().get("/?skill=python&lang=en").text


# --- one task -----------------------------------------------------------------------------------------------------


def test_a_visitor_sees_the_task_and_where_to_sign_in(app: APIFlask, tasks: list[int]) -> None:
    page = app.test_client().get(f"/tasks/{tasks[0]}?lang=en").text
    assert "90% chance to finish in one day" in page
    assert f'href="/sign-in?next=/tasks/{tasks[0]}"' in page
    assert "git clone https://github.com/asso/site.git" in page
    assert "See <strong>here</strong>" in page
    assert "Take this task" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Hours of whoever takes it.",
                "9 times in 10",
            ],
        ),
        (
            "fr",
            [
                "Heures de la personne qui la prend.",
                "9 fois sur 10",
            ],
        ),
    ],
)
def test_it_is_told_whose_hours_and_whose_chance_it_is(
    app: APIFlask, tasks: list[int], language: str, said: list[str]
) -> None:
    shown = app.test_client().get(f"/tasks/{tasks[0]}?lang={language}").text
    assert [sentence for sentence in said if sentence not in shown] == []


def test_a_task_that_may_not_be_seen_looks_missing(app: APIFlask, db: Database, programme: Make) -> None:
    with db.sessions.begin() as session:
        draft = programme(session).task(5, "locked").id
    assert app.test_client().get(f"/tasks/{draft}").status_code == 404
    assert app.test_client().get("/tasks/999999").status_code == 404


def test_a_coordinator_sees_why_a_draft_is_not_offered(
    app: APIFlask, db: Database, programme: Make, now: datetime
) -> None:
    with db.sessions.begin() as session:
        draft = programme(session).task(5, "locked").id
    page = signed_in(app, Role.COORDINATOR, now).get(f"/tasks/{draft}?lang=en").text
    assert "Discussion locked" in page


# --- taking and passing on ----------------------------------------------------------------------------------------


def test_from_taking_to_review(volunteer: FlaskClient, db: Database, tasks: list[int]) -> None:
    here = f"/tasks/{tasks[0]}"
    assert "Describe your request" not in volunteer.get(here).text
    taken = post(volunteer, f"{here}/claim", version=version(volunteer.get(here)))
    assert taken.headers["Location"] == here
    page = volunteer.get(here).text
    assert "The task is yours until Tuesday 24 November." in page
    assert "Describe your request" in page
    assert "Closes #" in page
    assert "I have opened the request" in page
    assert "Your task" in volunteer.get("/").text
    unread = post(volunteer, f"{here}/submit", url="https://github.com/asso/site/pull/7")
    assert unread.status_code == 400
    assert 'id="tested-wrong"' in unread.text
    wrong = post(volunteer, f"{here}/submit", url="https://elsewhere.example/pull/1", tested="1")
    assert wrong.status_code == 400
    assert "Give the address of a pull or merge request of asso/site." in wrong.text
    sent = post(volunteer, f"{here}/submit", url="https://github.com/asso/site/pull/7", days="0.5", tested="1")
    assert sent.headers["Location"] == "/me"
    assert task(db, tasks[0]).status == "in_review"
    assert "To confirm" in volunteer.get("/me").text


def test_a_recall_frees_at_once_and_then_asks_for_the_note(
    volunteer: FlaskClient, db: Database, tasks: list[int]
) -> None:
    here = f"/tasks/{tasks[0]}"
    post(volunteer, f"{here}/claim")
    freed = post(volunteer, f"{here}/recall")
    assert freed.headers["Location"] == f"{here}/handover"
    assert task(db, tasks[0]).status == "ready"
    page = volunteer.get(f"{here}/handover").text
    assert "The task is free." in page
    assert "You can complete this note until Tuesday 24 November, 10:05." in page
    assert "Notes you can still complete" in volunteer.get("/me").text
    post(volunteer, f"{here}/handover", done="Found it", remaining="Write a test", link="fix-1", days="0.5")
    assert "Found it" in volunteer.get(f"{here}/handover").text
    with db.readers() as session:
        assert session.scalars(select(Handover.remaining)).all() == ["Write a test"]
        assert [float(days) for days in session.scalars(select(DayRecord.days))] == [0.5]


def test_the_next_person_sees_what_was_left(
    app: APIFlask, db: Database, programme: Make, tasks: list[int], now: datetime, volunteer: FlaskClient
) -> None:
    with db.sessions.begin() as session:
        karim = programme(session).person("karim")
        held = service.claim(session, session.get_one(Task, tasks[1]), karim.id, now=now, zone=zone())
        assert isinstance(held, Assignment)
        note = Note(done="Reproduced", remaining="Write a test", link="https://github.com/asso/site/tree/fix")
        service.hand_over(session, held, note, now=now, zone=zone())
    page = volunteer.get(f"/tasks/{tasks[1]}").text
    for words in ("What the others left you", "Reproduced", "Write a test", "Your turn"):
        assert words in page
    assert "Karim" not in page
    assert 'href="https://github.com/asso/site/tree/fix"' in page
    row = volunteer.get("/").text
    assert "A handover is waiting, left on Monday" in row
    assert "“Write a test”" in row


def test_whoever_is_slower_is_shown_another_task(
    app: APIFlask, db: Database, programme: Make, tasks: list[int], now: datetime, volunteer: FlaskClient
) -> None:
    seen = version(volunteer.get(f"/tasks/{tasks[0]}"))
    with db.sessions.begin() as session:
        karim = programme(session).person("karim")
        service.claim(session, session.get_one(Task, tasks[0]), karim.id, now=now, zone=zone())
    late = post(volunteer, f"/tasks/{tasks[0]}/claim", version=seen)
    assert late.status_code == 409
    assert "Someone took this task a moment ago." in late.text
    assert "This one fits you too:" in late.text
    assert "Sort the list" in late.text
    assert "Karim" not in late.text


def test_a_form_of_an_old_page_gets_the_present_state(volunteer: FlaskClient, db: Database, tasks: list[int]) -> None:
    with db.sessions.begin() as session:
        session.get_one(Task, tasks[0]).version += 1
    late = post(volunteer, f"/tasks/{tasks[0]}/claim", version="1")
    assert late.status_code == 409
    assert "This page was no longer up to date." in late.text


def test_a_second_task_is_refused_with_the_way_to_the_first(volunteer: FlaskClient, tasks: list[int]) -> None:
    post(volunteer, f"/tasks/{tasks[0]}/claim")
    page = volunteer.get(f"/tasks/{tasks[1]}").text
    assert "You already hold a task." in page
    assert f'href="/tasks/{tasks[0]}"' in page
    assert post(volunteer, f"/tasks/{tasks[1]}/claim").status_code == 409


def test_a_project_with_enough_under_way_says_so_in_place_of_the_button(
    volunteer: FlaskClient, db: Database, tasks: list[int]
) -> None:
    with db.sessions.begin() as session:
        session.get_one(Task, tasks[0]).project.wip_cap = 0
    page = volunteer.get(f"/tasks/{tasks[0]}").text
    assert "This project has enough tasks under way for now." in page
    assert "Take this task" not in page


@pytest.mark.parametrize("path", ["handover", "submit"])
def test_a_task_one_never_held_has_no_such_page(volunteer: FlaskClient, tasks: list[int], path: str) -> None:
    assert volunteer.get(f"/tasks/{tasks[0]}/{path}").status_code == 404
    assert post(volunteer, f"/tasks/{tasks[0]}/{path}").status_code == 404


def test_a_note_that_is_too_long_is_shown_again(volunteer: FlaskClient, db: Database, tasks: list[int]) -> None:
    post(volunteer, f"/tasks/{tasks[0]}/claim")
    answer = post(volunteer, f"/tasks/{tasks[0]}/handover", done="x" * 4001, remaining="kept")
    assert answer.status_code == 400
    assert "At most 4,000 characters." in answer.text
    assert "kept" in answer.text
    assert task(db, tasks[0]).status == "claimed"


def test_the_time_worked_is_one_tap_where_one_submits_or_afterwards(
    volunteer: FlaskClient, db: Database, tasks: list[int]
) -> None:
    here = f"/tasks/{tasks[0]}"
    post(volunteer, f"{here}/claim")
    assert 'name="minutes" value="90"' in volunteer.get(f"{here}/submit").text
    assert 'name="minutes" value="90"' in volunteer.get(f"{here}/handover").text
    post(volunteer, f"{here}/submit", url="https://github.com/asso/site/pull/7", days="0", tested="1")
    assert f'action="{here}/time"' in volunteer.get(here).text
    assert post(volunteer, f"{here}/time", minutes="20").status_code == 400
    assert post(volunteer, f"{here}/time", minutes="90").headers["Location"] == here
    assert f'action="{here}/time"' not in volunteer.get(here).text
    with db.readers() as session:
        assert session.scalars(select(Assignment.minutes)).all() == [90]
        assert session.scalars(select(DayRecord)).all() == []


def test_nobody_tells_the_time_of_a_task_that_they_never_held(volunteer: FlaskClient, tasks: list[int]) -> None:
    assert post(volunteer, f"/tasks/{tasks[1]}/time", minutes="90").status_code == 404


def test_a_title_keeps_its_direction_to_itself(volunteer: FlaskClient, db: Database, tasks: list[int]) -> None:
    """A title from right to left, or with signs that turn the rest of a line around, is shown apart from our own words."""
    with db.sessions.begin() as session:
        session.get_one(Task, tasks[0]).stored_title = "\u202eelif eht nepo"
    for page in ("/", f"/tasks/{tasks[0]}"):
        assert re.search(r'dir="auto"[^>]*>(<a [^>]*>)?\u202eelif', volunteer.get(page).text)
