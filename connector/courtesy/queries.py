"""What a project's policy is now, and how much a project has of us."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.courtesy.rules import AiPolicy, Load, Policy, Quiet, effective_cap, monday, narrowed
from connector.courtesy.texts import language_of
from connector.db.tables import Assignment, Audit, Project, Task

WRITTEN = "written_upstream"
"""The kind of an audit row that tells of something we wrote."""
OPEN = ("claimed", "in_review")


def policy_of(project: Project) -> Policy:
    """What this project's maintainers allow and wish; its own file only narrows what people allowed."""
    said = (project.own_file or {}).get("said", {})
    is_stopped = project.paused_at is not None or project.removed_at is not None
    return Policy(
        allows=narrowed(project.allows, said.get("allow")),
        open_cap=effective_cap(project.wip_cap, said.get("at_once"), project.forge_cap),
        weekly_cap=project.weekly_cap,
        kept=project.kept,
        quiet=tuple(Quiet(date.fromisoformat(first), date.fromisoformat(last)) for first, last in project.quiet),
        ai=AiPolicy(project.ai_policy),
        claim_label=project.claim_label,
        suggests=project.suggests,
        language=language_of(project.languages),
        is_stopped=is_stopped or bool((project.own_file or {}).get("stop")),
        is_held=project.held_at is not None,
    )


def load_of(session: Session, project_id: int, now: datetime, zone: tzinfo) -> Load:
    """How much a project has of us; the week is counted in this time zone."""
    start = datetime.combine(monday(now.astimezone(zone).date()), time(), tzinfo=zone)
    of_project = select(func.count()).select_from(Task).where(Task.project_id == project_id)
    taken = of_project.join(Assignment, Assignment.task_id == Task.id).where(Assignment.claimed_at >= start)
    return Load(
        ready=session.scalar(of_project.where(Task.status == "ready")) or 0,
        open=session.scalar(of_project.where(Task.status.in_(OPEN))) or 0,
        this_week=session.scalar(taken) or 0,
    )


def written_lately(session: Session, project_id: int, now: datetime) -> int:
    """How much we wrote in a project within the last hour."""
    rows = select(func.count()).where(
        Audit.project_id == project_id, Audit.kind == WRITTEN, Audit.at > now - timedelta(hours=1)
    )
    return session.scalar(rows) or 0
