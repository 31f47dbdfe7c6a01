"""Days of two companies with two nonprofits, written straight into the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from connector.db.tables import Assignment, Company, DayRecord, Issue, Nonprofit, Person, Project, Request, Task

Fill = Callable[[Session, datetime], None]


@pytest.fixture
def fill() -> Fill:
    """Writes four days of Lanterne, one of another company, one disputed and one of October."""
    return _fill


def _fill(session: Session, now: datetime) -> None:
    lanterne, other = Company(name="Lanterne Conseil", created_at=now), Company(name="Autre", created_at=now)
    herbiers, dys = Nonprofit(name="Les Herbiers", created_at=now), Nonprofit(name="Dys & Lire", created_at=now)
    session.add_all([lanterne, other, herbiers, dys])
    session.flush()
    malo, ines = _person(lanterne, "malo", now), _person(other, "ines", now)
    flora, lire = _project(herbiers, "herbiers/flora", now), _project(dys, "dys/lire", now)
    session.add_all([malo, ines, flora, lire])
    session.flush()
    merged = _task(flora, 1, "=Corriger l’import", now, status="done", outcome="accepted")
    review = _task(lire, 2, "Afficher la date; vite", now, status="in_review")
    session.add_all([merged, review])
    session.flush()
    request = Request(
        project_id=flora.id, number=9, url="https://forge.example/herbiers/flora/pulls/9", state="merged",
        remote_updated_at=now,
    )  # fmt: skip
    assert merged.issue is not None
    merged.issue.requests.append(request)
    for task, url in ((merged, None), (review, "https://forge.example/dys/lire/pulls/4")):
        session.add(
            Assignment(
                task_id=task.id, person_id=malo.id, claimed_at=now, expires_at=now, ended_at=now, outcome="submitted",
                submitted_url=url,
            )
        )  # fmt: skip
    session.add_all(
        [
            _day(malo, flora, merged, date(2026, 11, 3), "1", now, confirmed=now),
            _day(malo, flora, merged, date(2026, 11, 4), "0.5", now, hours=Decimal("4.5")),
            _day(malo, lire, review, date(2026, 11, 1), "1", now),
            _day(malo, lire, None, date(2026, 11, 30), "0.5", now),
            _day(malo, lire, review, date(2026, 10, 31), "1", now),
            _day(malo, lire, review, date(2026, 11, 6), "1", now, status="disputed"),
            _day(ines, flora, merged, date(2026, 11, 5), "1", now),
        ]
    )
    session.flush()


def _person(company: Company, name: str, now: datetime) -> Person:
    return Person(email=f"{name}@example.org", name=name, role="volunteer", company_id=company.id, created_at=now)


def _project(nonprofit: Nonprofit, path: str, now: datetime) -> Project:
    return Project(
        nonprofit_id=nonprofit.id, source="github", host="forge.example", path=path, base_url="https://forge.example",
        api_url="https://forge.example/api", web_url=f"https://forge.example/{path}", created_at=now,
    )  # fmt: skip


def _task(project: Project, number: int, title: str, now: datetime, *, status: str, outcome: str | None = None) -> Task:
    issue = Issue(
        project_id=project.id, external_id=str(number), number=number, title=title, is_open=True,
        url=f"https://forge.example/{project.path}/issues/{number}", remote_updated_at=now, seen_at=now,
    )  # fmt: skip
    return Task(
        issue=issue, project_id=project.id, title=title, status=status, outcome=outcome, days=Decimal(1), created_at=now,
        updated_at=now,
    )  # fmt: skip


def _day(
    person: Person, project: Project, task: Task | None, on: date, days: str, now: datetime, *,
    hours: Decimal | None = None, confirmed: datetime | None = None, status: str = "declared",
) -> DayRecord:  # fmt: skip
    return DayRecord(
        person_id=person.id, project_id=project.id, task_id=task.id if task else None, company_id=person.company_id,
        date=on, days=Decimal(days), hours=hours, status=status, declared_at=now, confirmed_at=confirmed,
    )  # fmt: skip
