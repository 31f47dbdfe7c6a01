"""Offer or split, through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.tables import Issue as Mirrored
from connector.db.tables import Project, Task
from connector.harvest.service import observe
from connector.offering.service import draw_line
from connector.sizing.suitability import hinting, judge
from sources.model import Issue, Label
from tests.browser import application, signed_in
from tests.connector.sizing.test_hints import CASES
from tests.rows import project_row

LONG = "The architecture of the engine needs a redesign and a migration to another framework, in many places. " * 4
SUMS = ("The parts do not add up to the whole.", "The parts add up to more than the whole.")
BODY = f"{LONG}\n\n- [ ] add the model <b>\n- [ ] show it on the page\n"


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application with one project, whose one labelled issue is unlikely to fit one day."""
    app = application(sqlite_url, tmp_path, now)
    with database(app).sessions.begin() as session:
        seen = Issue(
            "7", 7, "Rewrite the engine", "https://x.example/7", now, body=BODY, labels=(Label("good first issue"),)
        )
        observe(session, project_row(session, now), seen, now)
    yield app
    database(app).engine.dispose()


def database(app: APIFlask) -> Database:
    found: Database = app.extensions["wecena"].db
    return found


def browser(app: APIFlask, now: datetime, role: Role = Role.COORDINATOR) -> FlaskClient:
    """Somebody's browser, in English."""
    found = signed_in(app, role, now)
    found.get("/sizing?lang=en")
    return found


def post(own: FlaskClient, path: str, **fields: str) -> TestResponse:
    return own.post(path, data={"csrf_token": own.get("/form-token").text, **fields}, follow_redirects=True)


def states(app: APIFlask) -> list[tuple[int, str, str]]:
    with database(app).readers() as session:
        return [(task.part, task.status, task.title) for task in session.scalars(select(Task).order_by(Task.id))]


def test_the_coordinator_sees_what_a_line_would_do_and_moves_it(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    page = own.get("/coordinator/line").text
    assert "67%" in page
    assert re.search(r"None: offer all.*?\+1", page, re.DOTALL)
    assert states(app)[0][1] == "draft"
    page = post(own, "/coordinator/line", chance="0.0").text
    assert "Saved." in page
    assert states(app)[0][1] == "ready"
    assert post(own, "/coordinator/line", chance="nan").status_code == 400


def test_old_issues_wait_for_somebodys_word(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        task = session.scalars(select(Task)).one()
        assert task.issue is not None
        assert task.estimate is not None
        task.issue.remote_updated_at, task.estimate.is_judged = now - timedelta(days=800), False
    own = browser(app, now)
    assert "Saved." in post(own, "/coordinator/line/age", days="730").text
    assert states(app)[0][1] == "draft"
    assert re.search(r"Two years.*?<b>Chosen</b>", own.get("/coordinator/line").text, re.DOTALL)
    assert "It is still wanted" in own.get("/tasks/1").text
    page = post(own, "/tasks/1/wanted").text
    assert "It counts for a year" in page
    assert "It is still wanted" not in page
    assert states(app)[0][1] == "ready"
    assert post(own, "/coordinator/line/age", days="").status_code == 200
    assert [post(own, "/coordinator/line/age", days=days).status_code for days in ("7", "x", "9" * 40)] == [400] * 3


def test_what_was_misread_is_set_aside_with_one_click(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        project = session.scalars(select(Project)).one()
        seen = Issue(
            "8", 8, "Sum", "https://x.example/8", now, body="Blocked by #12.", labels=(Label("good first issue"),)
        )
        observe(session, project, seen, now)
    own = browser(app, now)
    assert "This was read in its text: Blocked by another." in own.get("/tasks/2").text
    page = post(own, "/tasks/2/misread").text
    assert "It counts until the text changes" in page
    assert "Misread?" not in page
    assert "Something else has to be done first" not in page
    assert states(app)[1][1] == "ready"
    assert post(own, "/tasks/2/misread").status_code == 400


def test_a_sentence_that_only_hints_is_shown_to_whoever_may_take_the_task(app: APIFlask, now: datetime) -> None:
    hinted = next(case for case in CASES if _only_hints(case))
    with database(app).sessions.begin() as session:
        project = session.scalars(select(Project)).one()
        seen = Issue(
            "8",
            8,
            hinted["title"],
            "https://x.example/8",
            now,
            body=hinted["body"],
            labels=(Label("good first issue"),),
        )
        observe(session, project, seen, now)
        draw_line(session, 0.0, now=now, by=None)
    own = browser(app, now, Role.VOLUNTEER)
    assert "Read this sentence first" in own.get("/tasks/2").text
    assert "Read this sentence first" not in own.get("/tasks/1").text


def _only_hints(case: dict[str, str]) -> bool:
    judged = judge(case["title"], case["body"], ())
    return bool(judged.hint) and not judged.against and bool(hinting(case["title"], case["body"], ()))


@pytest.mark.parametrize("do", ["wanted", "misread"])
def test_a_volunteer_speaks_for_no_issue(app: APIFlask, now: datetime, do: str) -> None:
    own = browser(app, now, Role.VOLUNTEER)
    assert post(own, f"/tasks/1/{do}").status_code == 403


def test_a_task_to_split_waits_and_leads_to_its_parts(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    assert "One task is too big for one day" in own.get("/coordinator/waiting").text
    assert "2 parts" in own.get("/coordinator/split").text
    page = own.get("/tasks/1/split").text
    assert "add the model &lt;b&gt;" in page
    assert "Together" in page
    assert "As a check" in page
    again = post(own, "/tasks/1/split", parts="one\ntwo\nthree", do="size").text
    assert "three" in again
    assert len(states(app)) == 1
    page = post(own, "/tasks/1/split", parts="one\n\ntwo", do="confirm").text
    assert "The task is split into 2 parts." in page
    assert states(app)[1:] == [(1, "ready", "one"), (2, "ready", "two")]
    assert "Part 1 of 2 of" in own.get("/tasks/2").text
    assert "Split into smaller tasks" in own.get("/coordinator/projects/1").text


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(40, 162, SUMS[0]), (0.1, 0.2, SUMS[1]), (0.1, 900, "")],
)
def test_a_sum_outside_the_range_of_the_whole_is_said(
    app: APIFlask, now: datetime, low: float, high: float, said: str
) -> None:
    with database(app).sessions.begin() as session:
        whole = session.scalars(select(Task)).one().estimate
        assert whole is not None
        whole.hours_low, whole.hours_high = low, high
    own = browser(app, now)
    page = own.get("/tasks/1/split").text
    assert [each for each in SUMS if each in page] == ([said] if said else [])


def test_the_range_of_the_whole_reads_well_in_both_languages(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        whole = session.scalars(select(Task)).one().estimate
        assert whole is not None
        whole.hours_mid, whole.hours_low, whole.hours_high = 80, 40, 162
    own = browser(app, now)
    for language, sentence in (
        ("en", "the whole was sized at about 80.0 h (40–162 h)."),
        ("fr", "l’ensemble a été estimé à environ 80,0 h (40 à 162 h)."),
    ):
        assert sentence in own.get(f"/tasks/1/split?lang={language}").text.replace("\xa0", " ")


def test_parts_that_more_likely_take_over_a_day_are_marked(app: APIFlask, now: datetime) -> None:
    own = browser(app, now)
    for parts, marked in (
        ("Fix a typo\nFix another", False),
        (f"Fix a typo\n{'Redesign the architecture. ' * 7}", True),
    ):
        assert ("Over a day?" in post(own, "/tasks/1/split", do="size", parts=parts).text) is marked


def test_what_is_joined_or_not_read_is_said(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        issue = session.scalars(select(Mirrored)).one()
        issue.body = "".join(f"- [ ] item {number}\n" for number in range(30)) + "x" * 100_000
    page = browser(app, now).get("/tasks/1/split").text
    assert "The text lists 30 items: neighbours share a part." in page
    assert "The text is too long to be read to its end" in page


def test_a_single_part_is_refused_and_the_text_kept(app: APIFlask, now: datetime) -> None:
    answer = post(browser(app, now), "/tasks/1/split", parts="only this", do="confirm")
    assert answer.status_code == 400
    assert "only this</textarea>" in answer.text
    assert len(states(app)) == 1


def test_one_click_overrides_the_size(app: APIFlask, now: datetime) -> None:
    page = post(browser(app, now), "/tasks/1/size", days="0.5").text
    assert "A person who knows the project said: half a day." in page
    assert states(app)[0][1] == "ready"


def test_a_volunteer_sizes_and_splits_nothing(app: APIFlask, now: datetime) -> None:
    own = browser(app, now, Role.VOLUNTEER)
    assert own.get("/tasks/1/split").status_code == 403
    assert post(own, "/tasks/1/size", days="1").status_code == 403
    assert own.get("/coordinator/line").status_code == 403


def test_a_foreign_maintainer_finds_nothing(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        other = project_row(
            session, now, path="asso/other", external_id="99", web_url="https://github.com/asso/other"
        ).id
    own = signed_in(app, Role.MAINTAINER, now, project_ids=[other])
    assert own.get("/tasks/1/split").status_code == 404
    assert post(own, "/tasks/1/size", days="1").status_code == 404


def test_the_coordinator_is_asked_once_what_a_size_word_means(app: APIFlask, now: datetime) -> None:
    with database(app).sessions.begin() as session:
        project = session.scalars(select(Project)).one()
        labels = (Label("good first issue"), Label("size/S"))
        seen = Issue("8", 8, "Rewrite it all", "https://x.example/8", now, body=BODY, labels=labels)
        observe(session, project, seen, now)
        here = f"/coordinator/projects/{project.id}/sizes"
    own = browser(app, now)
    assert here in own.get("/coordinator/waiting").text
    assert "The word “s”" in own.get(here).text
    assert own.post(here, data={"csrf_token": own.get("/form-token").text, "word-s": "3.3"}).status_code == 400
    page = post(own, here, **{"word-s": "2.0"})
    assert 'value="2.0" checked' in page.text
    assert here not in own.get("/coordinator/waiting").text
    assert (0, "ready", "Rewrite it all") in states(app)


def test_nobody_else_explains_the_sizes_of_a_project(app: APIFlask, now: datetime) -> None:
    assert browser(app, now, Role.VOLUNTEER).get("/coordinator/projects/1/sizes").status_code == 403
    with database(app).sessions.begin() as session:
        other = project_row(session, now, path="a/b", external_id="2").id
    own = signed_in(app, Role.MAINTAINER, now, project_ids=(other,))
    assert own.get("/coordinator/projects/1/sizes").status_code == 404
    assert own.get(f"/coordinator/projects/{other}/sizes").status_code == 200
