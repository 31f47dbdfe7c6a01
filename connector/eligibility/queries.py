"""What was answered of a project, by whom and when, and what public data says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import DayRecord, EligibilityAnswer, Person, Project, Task
from connector.eligibility.rules import Answer, PublicFacts, Question, most_days

READY = "ready"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with who gave it, and when."""

    answer: Answer
    by: str
    at: datetime


def given(session: Session, project_id: int) -> dict[Question, Given]:
    """The newest answer to each question."""
    rows = session.execute(
        select(EligibilityAnswer, Person.name)
        .outerjoin(Person, Person.id == EligibilityAnswer.person_id)
        .where(EligibilityAnswer.project_id == project_id)
        .order_by(EligibilityAnswer.id)
    )
    return {Question(row.question): Given(_answer(row), name or "", row.answered_at) for row, name in rows}


def answers(session: Session, project_id: int) -> list[Answer]:
    """The newest answer to each question, alone."""
    return [one.answer for one in given(session, project_id).values()]


def public_facts(session: Session, project: Project) -> PublicFacts:
    """What anybody can see: tasks on offer, and a public project that is not archived and is reached over the network."""
    tasks = session.scalar(
        select(func.count()).where(Task.project_id == project.id, Task.status == READY, Task.days <= 1)
    )
    return PublicFacts(tasks or 0, bool(project.is_public) and not project.is_archived and not project.is_offline)


def has_enough(session: Session, project_id: int, today: date) -> bool:
    """Whether volunteers gave the project as many days this month as its own people can look after."""
    most = most_days(answers(session, project_id))
    return most is not None and days_since(session, project_id, today.replace(day=1)) >= most


def days_since(session: Session, project_id: int, start: date) -> Decimal:
    """Days of volunteers declared for the project from this date on."""
    total = select(func.sum(DayRecord.days)).where(DayRecord.project_id == project_id, DayRecord.date >= start)
    return session.scalar(total) or Decimal(0)


def _answer(row: EligibilityAnswer) -> Answer:
    return Answer(Question(row.question), row.choice, row.note, row.days)
