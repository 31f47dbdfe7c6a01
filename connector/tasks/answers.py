"""Tasks and projects as API v1 answers them: plain values in the names of `connector.tasks.schemas`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from connector.db.tables import Estimate, Issue, Project, Task
from connector.tasks import queries
from connector.tasks.rules import Status

Json = dict[str, object]


def tasks(session: Session, found: Sequence[Task]) -> list[Json]:
    """Several tasks, with one read for all their handovers."""
    counted = queries.handovers(session, [task.id for task in found])
    return [_task(row, counted) for row in found]


def task(session: Session, row: Task) -> Json:
    """One task."""
    return tasks(session, [row])[0]


def project(row: Project) -> Json:
    """A project, as a task names it."""
    return {"id": row.id, "name": row.path, "url": row.web_url, "source": row.source}


def listed_project(row: Project, ready: int) -> Json:
    """A project, in a list of its own."""
    own: Json = {"labels": row.labels, "languages": row.languages, "skills": row.skills, "ready": ready}
    return {**project(row), "nonprofit": row.nonprofit.name, **own}


def _task(row: Task, handovers: Mapping[int, int]) -> Json:
    answer: Json = {
        "id": row.id,
        "title": row.title,
        "status": row.status,
        "kind": row.kind,
        "project": project(row.project),
        "nonprofit": row.project.nonprofit.name,
        "issue": _issue(row.issue) if row.issue else None,
        "languages": list(queries.languages(row)),
        "skills": list(queries.skills(row)),
        "size": {"days": _number(row.days), **_size(row.estimate)},
        "handovers": handovers.get(row.id, 0),
        "updated_at": row.updated_at,
    }
    return {**answer, "not_offered": row.not_offered} if row.status == Status.DRAFT else answer


def _issue(row: Issue) -> Json:
    return {"number": row.number, "url": row.url, "labels": row.labels}


def _size(row: Estimate | None) -> Json:
    if row is None:
        return {"p_one_day": None, "hours_low": None, "hours_high": None, "reasons": []}
    reasons = [{"text": reason["text"], "effect": reason["effect"]} for reason in row.reasons]
    return {"p_one_day": row.p_one_day, "hours_low": row.hours_low, "hours_high": row.hours_high, "reasons": reasons}


def _number(days: Decimal) -> int | float:
    return int(days) if days == days.to_integral_value() else float(days)
