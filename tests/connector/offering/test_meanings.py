"""What size words mean is asked once in a project, and used from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Issue, Project, Task
from connector.errors import UserError
from connector.harvest.service import observe
from connector.offering import meanings
from connector.waiting.queries import waiting
from connector.waiting.rules import Kind
from sources import model
from sources.model import Details, Label
from tests.rows import project_row

LONG = "The architecture of the engine needs a redesign and a migration to another framework, in many places. " * 4


def seen(number: int, now: datetime, *labels: Label, body: str = LONG, weight: int | None = None) -> model.Issue:
    plain = model.Issue(
        str(number), number, f"Rewrite {number}", f"https://x.example/{number}", now, body=body,
        labels=(Label("good first issue"), *labels),
    )  # fmt: skip
    return replace(plain, details=Details(weight=weight))


@pytest.fixture
def project_id(db: Database, now: datetime) -> int:
    """A project whose tasks carry a word, a word that its label explains, a weight, and a stated time."""
    with db.sessions.begin() as session:
        project = project_row(session, now)
        explained = Label("Effort::M", description="About 3 hours of work")
        issues = (
            seen(1, now, Label("Effort::S")), seen(2, now, explained), seen(3, now, weight=2),
            seen(4, now, Label("Effort::L"), body="Estimate: 2h"),
        )  # fmt: skip
        for each in issues:
            observe(session, project, each, now)
        return project.id


def words(session: Session, now: datetime) -> list[str]:
    return [each.note for each in waiting(session, now) if each.kind is Kind.SIZE_WORDS]


def sizes(session: Session) -> dict[int, tuple[str, float, str]]:
    rows = session.execute(select(Issue.number, Task).join(Task, Task.issue_id == Issue.id))
    return {
        number: (task.status, task.estimate.hours_mid, task.estimate.rules_version.split()[0])
        for number, task in rows
        if task.estimate is not None
    }


def test_only_what_nothing_explains_is_asked_and_an_answer_is_used_at_once(
    db: Database, now: datetime, project_id: int
) -> None:
    with db.sessions.begin() as session:
        assert words(session, now) == ["s, weight"]
        before = sizes(session)
        assert (before[1][0], before[1][2], before[2], before[4]) == (
            "draft", "words-4", ("ready", 3, "stated-1"), ("ready", 2, "stated-1"),
        )  # fmt: skip
        project = session.get_one(Project, project_id)
        meanings.answer(session, project, {"s": 2.0, "weight": None}, now=now, by=None)
        after = sizes(session)
        assert after == {**before, 1: ("ready", 2, "agreed-1")}
        assert words(session, now) == []
        assert [(each.word, each.hours) for each in meanings.asked(session, project)] == [("weight", None), ("s", 2.0)]


def test_another_answer_takes_the_place_of_the_first(db: Database, now: datetime, project_id: int) -> None:
    with db.sessions.begin() as session:
        project = session.get_one(Project, project_id)
        for hours in (2.0, 16.0):
            meanings.answer(session, project, {"s": hours}, now=now, by=None)
        assert sizes(session)[1] == ("draft", 16, "agreed-1")
        observe(session, project, seen(5, now, Label("size/S")), now)
        assert sizes(session)[5][1:] == (16, "agreed-1")


def test_hours_that_were_not_offered_are_refused(db: Database, now: datetime, project_id: int) -> None:
    with db.sessions.begin() as session, pytest.raises(UserError):
        meanings.answer(session, session.get_one(Project, project_id), {"s": 3.7}, now=now, by=None)
