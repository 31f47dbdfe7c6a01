"""What the list of tasks shows: rows, best first, with what the visitor said they know.

Reads only. Which tasks may be seen at all is decided by `connector.tasks.queries`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Assignment, Handover, Task
from connector.tasks.forms import Answers
from connector.tasks.queries import skills
from connector.tasks.words import WITH_HTML, badge, choice_name, skill_name

HANDED_ON = ("handed_over", "recalled")


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a task asks for."""

    name: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handover that waits for the next person."""

    at: datetime
    remaining: str


@dataclass(frozen=True, slots=True)
class Row:
    """One task of the list."""

    task_id: int
    title: str
    url: str
    language: str
    nonprofit: str
    project: str
    needs: str
    days: float
    p_one_day: float
    hours_low: float
    hours_high: float
    skills: tuple[Skill, ...]
    waits: Waiting | None
    badge: str = ""
    is_taken: bool = False
    is_mine: bool = False
    until: datetime | None = None


def rows(session: Session, tasks: Sequence[Task], answers: Answers) -> list[Row]:
    """The tasks as rows, in the same order."""
    waiting = _waiting(session, [task.id for task in tasks if task.status == "ready"])
    return [_row(task, answers, waiting) for task in tasks]


def knows(asked: Collection[str], answers: Answers) -> bool:
    """Whether somebody knows any of the skills a task asks for."""
    known, wanted = _known(answers), set(asked)
    if wanted >= WITH_HTML:
        wanted -= WITH_HTML - {"html"}  # shown as one
    return not wanted.isdisjoint(known)


def own_row(assignment: Assignment, answers: Answers) -> Row:
    """The task somebody holds, marked as theirs."""
    return replace(_row(assignment.task, answers, {}), is_mine=True, until=assignment.expires_at)


def _row(task: Task, answers: Answers, waiting: Mapping[int, Waiting]) -> Row:
    estimate, project = task.estimate, task.project
    return Row(
        task_id=task.id,
        title=task.title,
        url=f"/tasks/{task.id}",
        language=(task.issue.language if task.issue else None) or "",
        nonprofit=project.nonprofit.name,
        project=project.path.rpartition("/")[2],
        needs=project.needs,
        days=float(task.days),
        p_one_day=estimate.p_one_day if estimate else 0.5,
        hours_low=estimate.hours_low if estimate else 1,
        hours_high=estimate.hours_high if estimate else 8,
        skills=_skills(skills(task), answers),
        waits=waiting.get(task.id),
        badge="" if task.status == "ready" else badge(task.status, task.outcome),
        is_taken=task.status == "claimed",
    )


def _skills(asked: Collection[str], answers: Answers) -> tuple[Skill, ...]:
    known = _known(answers)
    web = [Skill(choice_name("html"), is_known="html" in known)] if set(asked) >= WITH_HTML else []
    rest = (skill for skill in asked if not (web and skill in WITH_HTML))
    return (*web, *(Skill(skill_name(skill), skill in known) for skill in rest))


def _known(answers: Answers) -> frozenset[str]:
    return frozenset(answers.skills) | (WITH_HTML if "html" in answers.skills else frozenset())


def _waiting(session: Session, task_ids: Sequence[int]) -> dict[int, Waiting]:
    """The last handover of each task that was handed on."""
    found = session.execute(
        select(Assignment.task_id, Assignment.ended_at, Handover.remaining)
        .join(Handover, Handover.assignment_id == Assignment.id)
        .where(Assignment.task_id.in_(task_ids), Assignment.outcome.in_(HANDED_ON), Assignment.ended_at.is_not(None))
        .order_by(Assignment.ended_at)
    )
    return {task: Waiting(at=at, remaining=_one_line(left)) for task, at, left in found if at is not None}


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 140 else line[:139].rsplit(" ", 1)[0] + "…"
