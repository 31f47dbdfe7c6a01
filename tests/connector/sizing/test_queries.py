"""What became of the sizes that were given."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from connector.db.engine import Database
from connector.db.tables import DayRecord, Estimate, Issue, Person, Task
from connector.sizing.correction import Experience
from connector.sizing.queries import experience, outcomes
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
        estimate = Estimate(
            issue_id=issue.id, p_one_day=0.75, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
            rules_version="test", created_at=now,
        )  # fmt: skip
        session.add(estimate)
        session.flush()
        task = Task(
            issue_id=issue.id, project_id=project.id, estimate_id=estimate.id, title="T", status="done",
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


@pytest.mark.parametrize(
    ("version", "hours", "status", "past"),
    [
        ("words-1", "16", "done", 1), ("words-1 n3 +1.000 x2.00", "16", "done", 1), ("stated-1", "16", "done", 0),
        ("words-1", None, "ready", 1), ("words-1", "1", "ready", 0),
    ],
)  # fmt: skip
def test_what_a_project_taught_is_read_from_its_day_records(
    db: Database, now: datetime, version: str, hours: str | None, status: str, past: int
) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        person = Person(email="a@example.org", role="volunteer", created_at=now)
        issue = Issue(
            project_id=project.id, external_id="1", number=1, is_open=False, remote_updated_at=now, seen_at=now
        )
        session.add_all([person, issue])
        session.flush()
        estimate = Estimate(
            issue_id=issue.id, p_one_day=0.75, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
            rules_version=version, created_at=now,
        )  # fmt: skip
        session.add(estimate)
        session.flush()
        task = Task(
            issue_id=issue.id, project_id=project.id, estimate_id=estimate.id, title="T", status=status,
            days=Decimal(1), created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(task)
        session.flush()
        session.add(
            DayRecord(
                person_id=person.id, project_id=project.id, task_id=task.id, date=now.date(), days=Decimal(1),
                hours=Decimal(hours) if hours else None, declared_at=now,
            )
        )  # fmt: skip
        here = project.id
    with db.readers() as session:
        found, elsewhere = experience(session, here), experience(session, here + 1)
    assert len(found.past) == past
    assert elsewhere == Experience()
    assert all(residual > 0 for residual in found.past)
