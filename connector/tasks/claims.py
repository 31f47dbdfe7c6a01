"""What decides a claim: the reasons against it, and the one insert that two people cannot both win."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.courtesy.queries import load_of, policy_of
from connector.courtesy.rules import NotTaken, why_not_take
from connector.db.inserts import insert_or_ignore
from connector.db.tables import Assignment, Availability, Project, Task
from connector.eligibility.queries import has_enough
from connector.tasks import protocol, rules
from connector.tasks.protocol import Standing
from connector.tasks.rules import Refusal, Status

CLAIMS = 7301
"""Names our advisory lock at PostgreSQL."""


def why_not(
    session: Session, task: Task, held: Assignment | None, version: int | None, *, now: datetime, zone: tzinfo
) -> Refusal | None:
    """What stands against a claim now; the version is the one of the form it was taken from."""
    standing = Standing(
        status=Status(task.status),
        version=task.version,
        is_removed=task.project.removed_at is not None,
        closed=closed(session, task.project, now=now, zone=zone),
    )
    return protocol.why_not(standing, holds_another=held is not None, version=version)


def closed(session: Session, project: Project, *, now: datetime, zone: tzinfo) -> NotTaken | None:
    """What the project has against one more task being taken; ``zone``: where its quiet days begin."""
    today = now.astimezone(zone).date()
    against = why_not_take(policy_of(project), load_of(session, project.id, now, zone), today)
    return against or (NotTaken.FULL if has_enough(session, project.id, today) else None)


def take(session: Session, task: Task, person_id: int, *, now: datetime, zone: tzinfo) -> Assignment | None:
    """The one conditional insert: no row back, somebody was faster."""
    ends = rules.claim_ends(now, _available_until(session, person_id, now, zone), zone)
    insert = insert_or_ignore(session, Assignment).values(
        task_id=task.id, person_id=person_id, slot=1, claimed_at=now, expires_at=ends
    )
    taken = session.execute(insert.returning(Assignment.id)).scalar_one_or_none()
    return None if taken is None else session.get_one(Assignment, taken)


def _available_until(session: Session, person_id: int, now: datetime, zone: tzinfo) -> date | None:
    today = now.astimezone(zone).date()
    declared = select(func.max(Availability.ends_on)).where(
        Availability.person_id == person_id, Availability.starts_on <= today, Availability.ends_on >= today
    )
    return session.scalar(declared)


def one_at_a_time(session: Session, project_id: int) -> None:
    """Two claims must not both take the last place of a project. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(CLAIMS, project_id)))
