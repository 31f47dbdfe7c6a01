"""What was read in a text wrongly: a person sets it aside, until the text changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Audit, Project, Task
from connector.errors import UserError
from connector.harvest.service import hide, observe
from connector.offering import service
from sources.model import Issue, Label
from tests.rows import project_row

READ = "Blocked by #12, which is still open."


def issue(at: datetime, body: str, *labels: str) -> Issue:
    """A labelled issue with this text."""
    names = ("good first issue", *labels)
    return Issue("7", 7, "Repair the sum", "https://x.example/7", at, body=body, labels=tuple(map(Label, names)))


def harvested(session: Session, now: datetime, body: str, *labels: str) -> tuple[Project, Task]:
    project = project_row(session, now)
    observe(session, project, issue(now, body, *labels), now)
    return project, session.scalars(select(Task)).one()


def state(task: Task) -> tuple[str, list[str]]:
    return task.status, task.not_offered


def test_somebodys_word_counts_until_the_text_changes(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, READ)
        assert state(task) == ("draft", ["blocked"])
        service.set_aside(session, task, now=now, by=None)
        assert state(task) == ("ready", [])
        later = now + timedelta(hours=1)
        observe(session, project, issue(later, READ, "bug"), later)
        assert state(task) == ("ready", []), "a label changes no text"
        later += timedelta(hours=1)
        observe(session, project, issue(later, f"{READ} Really.", "bug"), later)
        assert state(task) == ("draft", ["blocked"])
        assert session.scalar(select(func.count(Audit.id)).where(Audit.kind == "set_aside")) == 1


def test_other_reasons_stay(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, READ, "wontfix")
        service.set_aside(session, task, now=now, by=None)
        assert state(task) == ("draft", ["rejecting_label"])


@pytest.mark.parametrize(
    ("body", "labels"),
    [("The sum is wrong.", ()), ("The sum is wrong.", ("blocked",)), ("The sum is wrong.", ("wontfix",)), (READ, ("blocked",))],
)  # fmt: skip
def test_what_was_not_only_read_in_the_text_is_not_set_aside(
    db: Database, now: datetime, body: str, labels: tuple[str, ...]
) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, body, *labels)
        with pytest.raises(UserError):
            service.set_aside(session, task, now=now, by=None)


def test_nothing_is_kept_of_it_once_the_issue_is_hidden(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, READ)
        service.set_aside(session, task, now=now, by=None)
        hide(session, project, 7, now)
        assert task.issue is not None
        assert task.issue.set_aside == {}
