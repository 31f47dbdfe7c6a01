"""The public page about sizes: silent until there is enough, then a chart with its table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, Estimate, Issue, Observation, Person, Task
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
            rules_version="stated-1", created_at=now,
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
    assert "70% to 80%" in shown
    assert "All projects" in shown
    assert "The ranges were too narrow lately" in shown
