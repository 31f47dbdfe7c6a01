"""The public page about sizes: silent until there is enough, then a chart with its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Assignment, DayRecord, Estimate, Issue, Observation, Person, Task
from tests.browser import application
from tests.rows import project_row


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


def page(app: APIFlask, now: datetime, count: int, days: str) -> str:
    with app.extensions["wecena"].db.sessions.begin() as session:
        finish(session, now, count, days)
    return shown_of(app)


def shown_of(app: APIFlask) -> str:
    return app.test_client().get("/sizing?lang=en").text.replace("\u00a0", "").replace("\u202f", "")


def finish(session: Session, now: datetime, count: int, days: str) -> None:
    project = project_row(session, now)
    project.is_public = True
    person = Person(email="a@example.org", role="volunteer", created_at=now)
    session.add(person)
    for number in range(1, count + 1):
        issue = Issue(
            project_id=project.id, external_id=str(number), number=number, is_open=False, remote_updated_at=now, seen_at=now
        )  # fmt: skip
        session.add(issue)
        session.flush()
        estimate = Estimate(
            issue_id=issue.id, p_one_day=0.75, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
            rules_version="words-4", created_at=now,
        )  # fmt: skip
        session.add(estimate)
        session.flush()
        task = Task(
            issue_id=issue.id, project_id=project.id, estimate_id=estimate.id, title="T", status="done",
            outcome="accepted", days=Decimal(1), created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(task)
        session.flush()
        session.add(
            Assignment(
                task_id=task.id, person_id=person.id, claimed_at=now, expires_at=now, ended_at=now, outcome="submitted"
            )
        )
        session.add(
            DayRecord(
                person_id=person.id, project_id=project.id, task_id=task.id, date=now.date(), days=Decimal(days),
                declared_at=now,
            )
        )  # fmt: skip


@pytest.mark.parametrize("count", [0, 49])
def test_nothing_is_compared_before_fifty_tasks(app: APIFlask, now: datetime, count: int) -> None:
    shown = page(app, now, count, "1")
    assert "Not enough finished tasks yet" in shown
    assert "Within the range" not in shown


@pytest.mark.parametrize(("language", "said"), [("en", "twice as long"), ("fr", "deux fois plus de temps")])
def test_the_assumption_about_somebody_new_is_told(app: APIFlask, language: str, said: str) -> None:
    shown = app.test_client().get(f"/sizing?lang={language}").text
    assert said in shown
    assert ("No task says otherwise yet." in shown) is (language == "en")


def test_what_volunteers_took_is_told_once_there_is_some(app: APIFlask, now: datetime) -> None:
    with app.extensions["wecena"].db.sessions.begin() as session:
        finish(session, now, 1, "1")
        task = session.scalars(select(Task)).one()
        session.add(
            Observation(
                project_id=task.project_id, task_id=task.id, kind="worked", hours=2.0, expected=2.0, is_finished=True,
                created_at=now,
            )
        )  # fmt: skip
    shown = app.test_client().get("/sizing?lang=en").text
    assert "With the one task that volunteers worked on so far, it is 1.9 times as long." in shown


def test_fifty_tasks_show_chances_and_ranges_with_their_number(app: APIFlask, now: datetime) -> None:
    shown = page(app, now, 50, "2")
    assert "The ranges were too narrow lately" in shown
    assert "about 38 of these 50 tasks would fit one day" in shown
    assert "0 did, fewer than luck explains: we promised too much." in shown
    assert "The range held for 0 of the 50 accepted tasks. Eight of ten would be about 40." in shown
    assert "the ranges are too narrow" in shown


def test_chart_and_table_show_the_same_chances_announced_and_happened(app: APIFlask, now: datetime) -> None:
    shown = page(app, now, 50, "2")
    chances = shown[shown.index('id="chances"') : shown.index('id="ranges"')]
    assert 'aria-label="70 to 80%: announced 75%, happened 0%"' in chances
    assert drawn(chances, "hatched") == ["75.0%"]
    assert drawn(chances, "full") == ["0.0%"]
    assert ">50 tasks</span>" in chances
    assert cells(chances) == [["70 to 80%", "75%", "0%", "50"], ["All tasks", "75%", "0%", "50"]]


def test_chart_and_table_show_the_same_ranges_with_what_is_promised(app: APIFlask, now: datetime) -> None:
    shown = page(app, now, 50, "1")
    ranges = shown[shown.index('id="ranges"') :]
    assert drawn(ranges, "full") == ["100.0%", "100.0%"]
    assert ranges.count('x1="80.0%"') == 6, "the promise, behind each bar and across it, set apart from it"
    assert cells(ranges) == [["All projects", "100%", "50"], ["asso/site", "100%", "50"]]


def test_an_axis_of_shares_has_round_numbers(app: APIFlask, now: datetime) -> None:
    shown = page(app, now, 50, "1")
    axis = re.findall(r'class="axis".*?</div>', shown, re.DOTALL)
    assert [re.findall(r"(\d+)%</text>", each) for each in axis] == [["0", "20", "40", "60", "80", "100"]] * 2


def test_the_page_says_what_a_day_is_and_how_volunteers_are_compared(app: APIFlask, now: datetime) -> None:
    shown = page(app, now, 50, "1")
    assert "worked seven hours or fewer on it in all" in shown
    assert "A day that somebody declared counts seven hours." in shown
    assert "Our volunteers take 2.0 times as long at present" in shown
    assert "took more than a day without being accepted" not in shown


def test_tasks_given_up_after_more_than_a_day_are_told_of(app: APIFlask, now: datetime) -> None:
    with app.extensions["wecena"].db.sessions.begin() as session:
        finish(session, now, 52, "2")
        for task in session.scalars(select(Task).limit(2)):
            task.status, task.outcome = "withdrawn", None
    shown = shown_of(app)
    assert "Two tasks took more than a day without being accepted" in shown
    assert "of these 52 tasks" in shown
    assert "of the 50 accepted tasks" in shown


def test_tasks_given_up_do_not_make_the_comparison_public(app: APIFlask, now: datetime) -> None:
    with app.extensions["wecena"].db.sessions.begin() as session:
        finish(session, now, 50, "2")
        for task in session.scalars(select(Task).limit(1)):
            task.status, task.outcome = "withdrawn", None
    assert "Not enough finished tasks yet" in shown_of(app)


def drawn(html: str, kind: str) -> list[str]:
    """The widths of the bars of this kind, without the key's."""
    return re.findall(rf'<rect class="{kind}"[^>]* x="0"[^>]*width="([\d.]+%)"', html)


def cells(html: str) -> list[list[str]]:
    table = html[html.index("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
