"""A small programme: one project, a volunteer, and ready tasks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from connector.db.tables import Account, Company, Estimate, Issue, Person, Project, Task
from connector.tasks import service
from tests.rows import project_row


class Programme:
    """Makes rows in an open session; people and projects are made once for each name."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def project(self, path: str = "asso/site", **changes: object) -> Project:
        """A public project that agreed."""
        found = self.session.query(Project).filter_by(path=path).one_or_none()
        home = f"https://github.com/{path}"
        return found or project_row(
            self.session, self.now, **{"path": path, "external_id": path, "web_url": home, **changes}
        )

    def person(self, name: str = "malo", *, role: str = "volunteer", **changes: object) -> Person:
        """Somebody of one company."""
        company = self.session.query(Company).one_or_none() or Company(name="Lanterne", created_at=self.now)
        person = Person(
            email=f"{name}@example.org", name=name.title(), role=role, company=company, created_at=self.now, **changes
        )
        self.session.add(person)
        self.session.flush()
        return person

    def login(self, person: Person, login: str) -> None:
        """A login of theirs at the project's forge."""
        self.session.add(
            Account(person_id=person.id, source="github", host="github.com", login=login, created_at=self.now)
        )

    def issue(self, number: int = 1, project: Project | None = None, **changes: object) -> Issue:
        """An open issue with the usual label."""
        project = project or self.project()
        values: dict[str, object] = {
            "project_id": project.id, "external_id": str(number), "number": number, "title": f"Issue {number}",
            "body": "Something is wrong.", "url": f"{project.web_url}/issues/{number}", "labels": ["good first issue"],
            "is_open": True, "remote_updated_at": self.now, "seen_at": self.now,
        }  # fmt: skip
        issue = Issue(**(values | changes))
        self.session.add(issue)
        self.session.flush()
        return issue

    def estimate(self, issue: Issue, p_one_day: float = 0.7) -> Estimate:
        """A size."""
        estimate = Estimate(
            issue_id=issue.id, p_one_day=p_one_day, p_team_day=0.8, hours_mid=2, hours_low=1, hours_high=5, offer=True,
            reasons=[{"id": "base_rate", "text": "Two in three.", "effect": "+", "params": {}}], unsuitable=[],
            rules_version="test", created_at=self.now,
        )  # fmt: skip
        self.session.add(estimate)
        self.session.flush()
        return estimate

    def task(
        self, number: int = 1, *reasons: str, project: Project | None = None, p_one_day: float = 0.7,
        days: str = "1", **issue: object,
    ) -> Task:  # fmt: skip
        """A task, ready unless there are reasons against it."""
        project = project or self.project()
        row = self.issue(number, project, **issue)
        return service.offer_or_draft(
            self.session, row, self.estimate(row, p_one_day), reasons, project=project, days=Decimal(days), now=self.now
        )


@pytest.fixture
def programme(now: datetime) -> Callable[[Session], Programme]:
    """Makes a programme in a session."""
    return lambda session: Programme(session, now)
