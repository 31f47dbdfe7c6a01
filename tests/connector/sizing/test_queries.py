"""What became of the sizes that were given."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import (
    Assignment,
    Calibration,
    DayRecord,
    Estimate,
    Issue,
    Observation,
    Person,
    Project,
    Task,
)
from connector.sizing import learning
from connector.sizing.queries import behind, experience, outcomes, outsider
from connector.sizing.rules import Sizeable, estimate
from tests.rows import project_row


@pytest.mark.parametrize(
    ("outcome", "days", "kept"),
    [
        ("accepted", ["0.5", "0.5"], [(0.75, True, True)]),
        ("accepted", ["1", "1"], [(0.75, False, False)]),
        ("accepted", [], []),
        ("rejected", ["1"], []),
    ],
)
def test_only_accepted_tasks_with_days_are_compared(
    db: Database, now: datetime, outcome: str, days: list[str], kept: list[tuple[float, bool, bool]]
) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        person = Person(email="a@example.org", role="volunteer", created_at=now)
        issue = Issue(
            project_id=project.id, external_id="1", number=1, is_open=False, remote_updated_at=now, seen_at=now
        )
        session.add_all([person, issue])
        session.flush()
        said = Estimate(
            issue_id=issue.id, p_one_day=0.75, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
            rules_version="test", created_at=now,
        )  # fmt: skip
        session.add(said)
        session.flush()
        task = Task(
            issue_id=issue.id, project_id=project.id, estimate_id=said.id, title="T", status="done",
            outcome=outcome, days=Decimal(1), created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(task)
        session.flush()
        for number, length in enumerate(days):
            session.add(
                DayRecord(
                    person_id=person.id,
                    project_id=project.id,
                    task_id=task.id,
                    date=now.date().replace(day=1 + number),
                    days=Decimal(length),
                    declared_at=now,
                )
            )
    with db.readers() as session:
        assert [(one.chance, one.fitted, one.was_covered) for one in outcomes(session)] == kept


def observed(session: Session, project: Project, task: int, hours: float, *, kind: str, now: datetime) -> Observation:
    row = Observation(
        project_id=project.id, kind=kind, hours=hours, expected=2.0, is_finished=True, created_at=now,
        task_id=task_row(session, project, task, now).id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def task_row(session: Session, project: Project, number: int, now: datetime) -> Task:
    task = Task(
        project_id=project.id, title=f"T{number}", status="done", days=Decimal(1), created_at=now, updated_at=now
    )
    session.add(task)
    session.flush()
    return task


def test_what_a_project_taught_is_its_own(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, other = project_row(session, now), project_row(session, now, path="a/b", external_id="2")
        for number, (hours, kind) in enumerate([(8, "worked"), (16, "worked"), (4, "said")]):
            last = observed(session, project, number, hours, kind=kind, now=now)
        known, elsewhere = experience(session, project.id), experience(session, other.id)
    assert (len(known.past), len(known.said), known.known) == (2, 1, last.id)
    assert known.said == (1.0,), "people speak of the team's hours"
    assert known.past[0] == pytest.approx(2 - math.log2(known.outsider), abs=0.01), "volunteers of their own"
    assert (elsewhere.past, elsewhere.said) == ((), ())


def test_an_old_estimate_can_be_made_again(db: Database, now: datetime) -> None:
    issue = Sizeable("1", "Show the opening hours on the map", "They are in a file." * 5)
    with db.sessions.begin() as session:
        project = project_row(session, now)
        session.add(Calibration(finished=50, start=0.2, slope=0.9, wider=1.2, created_at=now))
        for number in range(12):
            observed(session, project, number, 3.0 + number, kind="worked", now=now)
        then = estimate(issue, experience(session, project.id))
        session.add(Calibration(finished=100, start=-0.5, slope=1.1, wider=0.9, created_at=now))
        for number in range(12, 50):
            observed(session, project, number, 0.5, kind="said" if number % 2 else "worked", now=now)
        since = estimate(issue, experience(session, project.id))
        again = estimate(issue, experience(session, project.id, version=then.version))
    assert len(then.version) <= 40
    assert since != then
    assert again == then


def test_what_stands_behind_an_estimate_is_counted_as_it_was_then(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, other = project_row(session, now), project_row(session, now, path="a/b", external_id="2")
        assert behind(session, project.id, "words-4").finished == 0
        assert outsider(session).is_assumed
        for number, (hours, kind, is_finished) in enumerate(
            [(8, "worked", True), (6, "worked", False), (1, "worked", False), (4, "said", True)]
        ):
            row = observed(session, project, number, hours, kind=kind, now=now)
            row.is_finished = is_finished
        observed(session, other, 9, 3, kind="worked", now=now)
        session.flush()
        version = estimate(Sizeable("1", "Show the map"), experience(session, project.id)).version
        observed(session, project, 10, 5, kind="worked", now=now)
        then, since = behind(session, project.id, version), outsider(session)
        stated = behind(session, project.id, "stated-1")
    assert then.finished == 1, "one was not finished, one only said, one of another project, one came later"
    assert (then.outsider.tasks, since.tasks) == (3, 4)
    assert version.endswith(f" x{then.outsider.factor:.2f}")
    assert (stated.finished, stated.outsider.factor, stated.outsider.is_assumed) == (None, 2.0, True)


def test_after_every_fifty_finished_tasks_there_is_a_new_calibration(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        person = Person(email="a@example.org", role="volunteer", created_at=now)
        session.add(person)
        session.flush()
        made = []
        for number in range(100):
            finish(session, project, person, number, now)
            made.append(session.scalar(select(func.count()).select_from(Calibration)))
        shifts = session.scalars(select(Calibration).order_by(Calibration.id)).all()
    assert (made[48], made[49], made[98], made[99]) == (0, 1, 1, 2)
    said = math.log(0.8 / 0.2)
    assert all(shift.start + shift.slope * said < said for shift in shifts), "no day was enough"


def finish(session: Session, project: Project, person: Person, number: int, now: datetime) -> None:
    task = task_row(session, project, number, now)
    issue = Issue(
        project_id=project.id,
        external_id=str(number),
        number=number + 1,
        is_open=False,
        remote_updated_at=now,
        seen_at=now,
    )
    session.add(issue)
    session.flush()
    task.issue_id, task.outcome = issue.id, "accepted"
    session.add(
        Estimate(
            issue_id=issue.id, p_one_day=0.8, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
            rules_version="words-1", created_at=now,
        )
    )  # fmt: skip
    session.add(
        Assignment(
            task_id=task.id, person_id=person.id, claimed_at=now, expires_at=now, ended_at=now, outcome="submitted",
            minutes=20 * 60,
        )
    )  # fmt: skip
    learning.observe(session, task, now)
