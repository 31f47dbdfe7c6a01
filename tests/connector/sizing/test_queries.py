"""What became of the sizes that were given."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
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
    TaskEvent,
)
from connector.sizing import learning, queries
from connector.sizing.queries import behind, experience, outcomes, outsider
from connector.sizing.rules import Sizeable, estimate
from tests.rows import project_row

DAY = timedelta(days=1)


def taken(session: Session, project: Project, number: int, now: datetime, **changes: object) -> Task:
    """A finished task that somebody took a day after its size was given; nobody told a time yet."""
    person = session.scalar(select(Person)) or Person(email="a@example.org", role="volunteer", created_at=now)
    issue = Issue(
        project_id=project.id, external_id=str(number), number=number, is_open=False, remote_updated_at=now, seen_at=now
    )  # fmt: skip
    session.add_all([person, issue])
    session.flush()
    values: dict[str, object] = {"status": "done", "outcome": "accepted", "updated_at": now}
    task = Task(
        issue_id=issue.id, project_id=project.id, estimate=sized(session, issue.id, now), title="T", days=Decimal(1),
        created_at=now, **(values | changes),
    )  # fmt: skip
    session.add(task)
    session.flush()
    at = now + DAY
    session.add(
        Assignment(task_id=task.id, person_id=person.id, claimed_at=at, expires_at=at, ended_at=at, outcome="submitted")
    )
    session.flush()
    return task


def sized(session: Session, issue_id: int, now: datetime, chance: float = 0.75, part: int = 0) -> Estimate:
    said = Estimate(
        issue_id=issue_id, part=part, p_one_day=chance, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4,
        offer=True, rules_version="words-4", created_at=now,
    )  # fmt: skip
    session.add(said)
    session.flush()
    return said


def held(session: Session, task: Task) -> Assignment:
    return session.scalars(select(Assignment).where(Assignment.task_id == task.id)).one()


def declare(session: Session, task: Task, now: datetime, *days: str) -> None:
    for number, length in enumerate(days):
        session.add(
            DayRecord(
                person_id=held(session, task).person_id, project_id=task.project_id, task_id=task.id,
                date=now.date().replace(day=1 + number), days=Decimal(length), declared_at=now,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (["0.5", "0.5"], [(0.75, True, True, True)]),
        (["1", "1"], [(0.75, False, False, True)]),
        ([], []),
    ],
)
def test_accepted_tasks_with_days_are_compared(
    db: Database, now: datetime, days: list[str], kept: list[tuple[float, bool, bool, bool]]
) -> None:
    with db.sessions.begin() as session:
        declare(session, taken(session, project_row(session, now), 1, now), now, *days)
    with db.readers() as session:
        found = [(one.chance, one.fitted, one.was_covered, one.is_finished) for one in outcomes(session)]
    assert found == kept


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("done", "rejected"), ("withdrawn", None), ("ready", None), ("claimed", None), ("split", None)],
)
@pytest.mark.parametrize(("days", "kept"), [(["1"], []), (["1", "0.5"], [(False, False)])])
def test_a_task_that_took_more_than_a_day_without_being_accepted_did_not_fit(
    db: Database, now: datetime, status: str, outcome: str | None, days: list[str], kept: list[tuple[bool, bool]]
) -> None:
    with db.sessions.begin() as session:
        task = taken(session, project_row(session, now), 1, now, status=status, outcome=outcome)
        declare(session, task, now, *days)
    with db.readers() as session:
        assert [(one.fitted, one.is_finished) for one in outcomes(session)] == kept


@pytest.mark.parametrize(("minutes", "fitted"), [(420, True), (435, False)])
def test_a_day_is_seven_hours(db: Database, now: datetime, minutes: int, fitted: bool) -> None:  # noqa: FBT001 - a column of the table
    with db.sessions.begin() as session:
        held(session, taken(session, project_row(session, now), 1, now)).minutes = minutes
    with db.readers() as session:
        assert [one.fitted for one in outcomes(session)] == [fitted]


def test_accepted_tasks_whose_time_is_half_told_are_known_only_where_it_is_more_than_a_day(
    db: Database, now: datetime
) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        silent = Person(email="b@example.org", role="volunteer", created_at=now)
        session.add(silent)
        session.flush()
        for number, minutes in enumerate((240, 480), start=1):
            task = taken(session, project, number, now)
            first = held(session, task)
            first.minutes = minutes
            session.add(
                Assignment(
                    task_id=task.id, person_id=silent.id, claimed_at=now + 2 * DAY, expires_at=now, ended_at=now,
                    outcome="submitted",
                )
            )  # fmt: skip
    with db.readers() as session:
        assert [(one.fitted, one.is_finished) for one in outcomes(session)] == [(False, False)]


def test_what_is_said_after_a_task_was_taken_changes_nothing(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        task, other = taken(session, project, 1, now), taken(session, project, 2, now + DAY)
        for each in (task, other):
            held(session, each).minutes = 60
        assert task.issue_id is not None
        sized(session, task.issue_id, now + DAY / 2, chance=0.6)
        sized(session, task.issue_id, now + DAY / 2, chance=0.1, part=1)
        task.estimate = sized(session, task.issue_id, now + 2 * DAY, chance=0.99)
        again = Assignment(
            task_id=task.id, person_id=held(session, task).person_id, claimed_at=now + 3 * DAY, expires_at=now,
            ended_at=now, outcome="submitted", minutes=0,
        )  # fmt: skip
        session.add(again)
    with db.readers() as session:
        assert [one.chance for one in outcomes(session)] == [0.6, 0.75]


def test_nothing_is_compared_of_what_was_sized_only_after_it_was_taken(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        task = taken(session, project_row(session, now), 1, now)
        held(session, task).minutes = 60
        held(session, task).claimed_at = now - DAY
    with db.readers() as session:
        assert outcomes(session) == []


def test_outcomes_come_in_the_order_they_were_completed_in(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        for number, completed in enumerate((3, 1, 2), start=1):
            task = taken(session, project, number, now, updated_at=now + number * DAY)
            held(session, task).minutes = 60
            session.add(TaskEvent(task_id=task.id, kind="completed", at=now + completed * DAY))
            session.add(TaskEvent(task_id=task.id, kind="late_work", at=now + 9 * DAY))
    with db.readers() as session:
        assert [one.at for one in outcomes(session)] == [now + day * DAY for day in (1, 2, 3)]


def test_hours_of_volunteers_are_compared_with_stated_times_as_they_are(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        for number, version in enumerate(("words-4", "stated-1"), start=1):
            task = taken(session, project, number, now)
            assert task.estimate is not None
            task.estimate.rules_version = version
            declare(session, task, now, "0.5", "0.5")
    with db.readers() as session:
        assert [one.hours for one in outcomes(session)] == [3.5, 7.0]


def test_a_quiet_project_keeps_its_outcomes(
    sqlite_db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "OF_A_PROJECT", 3)
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    with sqlite_db.sessions.begin() as session:
        quiet, busy = project_row(session, now, path="a/quiet", external_id="8"), project_row(session, now)
        for number in range(1, 7):
            project = quiet if number < 3 else busy
            held(session, taken(session, project, number, now + number * DAY)).minutes = 60
    with sqlite_db.readers() as session:
        found = [(one.project, one.at) for one in outcomes(session)]
    assert found == [
        *[("a/quiet", now + number * DAY) for number in (1, 2)],
        *[(busy.path, now + number * DAY) for number in (4, 5, 6)],
    ]


def test_a_quiet_project_keeps_what_it_taught(
    sqlite_db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LAST", 5)
    monkeypatch.setattr(queries, "OF_A_PROJECT", 3)
    with sqlite_db.sessions.begin() as session:
        quiet, busy = project_row(session, now, path="a/quiet", external_id="8"), project_row(session, now)
        for number in range(10):
            project = quiet if number < 2 else busy
            observed(session, project, number, 2.0 + number, kind="worked", now=now)
        own, elsewhere = experience(session, quiet.id), experience(session, busy.id)
    assert (len(own.past), len(elsewhere.past)) == (2, 3)
    assert own.past[0] < own.past[1], "oldest first"
    assert own.outsider == elsewhere.outsider


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
    assert known.said == pytest.approx((1.0 - math.log2(known.outsider),), abs=0.01), (
        "people speak of a volunteer's day"
    )
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
