"""What each project has of us: the report on the maintainers' load, for the coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from connector.courtesy.queries import WRITTEN, load_of, policy_of
from connector.courtesy.rules import Load, Policy, is_quiet
from connector.db.tables import Audit, Project, Task, TaskEvent

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Row:
    """One project. ``waits_since``: since when its oldest contribution waits for an answer, None where none waits."""

    project: Project
    policy: Policy
    load: Load
    waits_since: datetime | None
    declined: int
    written: int
    is_quiet: bool


def report(session: Session, projects: Sequence[Project], now: datetime, zone: tzinfo) -> list[Row]:
    """The load of these projects, the most loaded first; declined and written count the last 30 days."""
    since = now - LATELY
    waits = dict(session.execute(_oldest()).all())
    declined = dict(session.execute(_declined(since)).all())
    written = dict(session.execute(_written(since)).all())
    today = now.astimezone(zone).date()
    rows = [
        Row(
            project, policy := policy_of(project), load_of(session, project.id, now, zone), waits.get(project.id),
            declined.get(project.id, 0), written.get(project.id, 0), is_quiet(policy, today),
        )
        for project in projects
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.load.open, -row.load.this_week, row.project.path))


def _oldest() -> Select[int, datetime]:
    waiting = select(Task.project_id, func.min(TaskEvent.at)).join(TaskEvent, TaskEvent.task_id == Task.id)
    return waiting.where(Task.status == "in_review", TaskEvent.kind == "submitted").group_by(Task.project_id)


def _declined(since: datetime) -> Select[int, int]:
    events = select(Task.project_id, func.count()).join(TaskEvent, TaskEvent.task_id == Task.id)
    is_rejection = TaskEvent.data["outcome"].as_string() == "rejected"
    return events.where(TaskEvent.at > since, is_rejection).group_by(Task.project_id)


def _written(since: datetime) -> Select[int | None, int]:
    rows = select(Audit.project_id, func.count()).where(Audit.kind == WRITTEN, Audit.at > since)
    return rows.group_by(Audit.project_id)
