"""Finished tasks that are like one, with the time they really took: only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.accounts.rules import Principal
from connector.db.tables import Issue, Project, Task
from connector.sizing.similar import MOST_COMPARED, READ_OF_BODY, Candidate, most_alike
from connector.sizing.spent import spent
from connector.tasks.queries import visible
from connector.tasks.rules import Outcome, Status


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished task; ``minutes`` of all who worked on it."""

    task_id: int
    title: str
    project: str
    minutes: int


def finished_alike(session: Session, task: Task, principal: Principal, *, now: datetime) -> list[Finished]:
    """At most three, the most alike first, those of the same project preferred; none whose time is not known."""
    if task.issue is None:
        return []
    rows = session.execute(
        select(Task.id, Task.stored_title, func.substr(Issue.body, 1, READ_OF_BODY), Project.path, Project.id)
        .join(Project, Project.id == Task.project_id)
        .join(Issue, Issue.id == Task.issue_id)
        .where(visible(principal, now), Task.status == Status.DONE.value, Task.outcome == Outcome.ACCEPTED.value)
        .where(Task.id != task.id)
        .order_by((Project.id == task.project_id).desc(), Task.id.desc())
        .limit(MOST_COMPARED)
    ).all()
    took = {each: time.hours for each, time in spent(session, [row[0] for row in rows]).items() if time.is_whole}
    known = [row for row in rows if took.get(row[0])]
    candidates = [Candidate(key, title, body, own == task.project_id) for key, title, body, _, own in known]
    found = {key: Finished(key, title, path, round(took[key] * 60)) for key, title, _, path, _ in known}
    return [found[key] for key in most_alike(task.title, task.issue.body, candidates)]
