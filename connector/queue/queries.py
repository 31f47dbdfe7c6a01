"""How much waits, and for how long: read by the health pages and by the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from connector.db.tables import Credential, Delivery, Effect, Job, Mail, Project, Task
from connector.outbox.mails import MAX_ATTEMPTS

LONGEST_AGE = 10 * 60
"""Seconds after which something that is due says that no worker runs, or that it cannot keep up."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in one queue: how many, the oldest's age in seconds (0 where none is due), how many are parked."""

    name: str
    waiting: int
    oldest_seconds: float
    parked: int

    @property
    def is_overdue(self) -> bool:
        """Whether something has waited longer than it may (RELIABILITY.md, R6)."""
        return self.oldest_seconds > LONGEST_AGE


def backlogs(session: Session, now: datetime) -> tuple[Backlog, ...]:
    """The queues: inbox, jobs that are due, outbox effects that are due, mails.

    What somebody is at does not wait, nor do effects for a forge that told us to stay away.
    """
    waiting = {
        "inbox": (Delivery.received_at, Delivery.processed_at.is_(None)),
        "jobs": (
            Job.run_at,
            Job.done_at.is_(None)
            & Job.parked_reason.is_(None)
            & (Job.run_at <= now)
            & or_(Job.leased_until.is_(None), Job.leased_until <= now),
        ),
        "outbox": (
            Effect.next_attempt_at,
            Effect.sent_at.is_(None) & (Effect.next_attempt_at <= now) & ~Effect.project_id.in_(_closed(now)),
        ),
        "mails": (Mail.created_at, Mail.sent_at.is_(None) & (Mail.attempts < MAX_ATTEMPTS)),
    }
    parked = {
        "inbox": select(func.count()).where(Delivery.outcome.in_(("quarantined", "parked"))),
        "jobs": select(func.count()).where(Job.parked_reason.is_not(None)),
        "outbox": select(func.count()).where(
            Effect.sent_at.is_(None), Effect.next_attempt_at.is_(None), Effect.error.is_not(None)
        ),
        "mails": select(func.count()).where(Mail.sent_at.is_(None), Mail.attempts >= MAX_ATTEMPTS),
    }
    return tuple(
        Backlog(name, count, _age(oldest, now), session.scalars(parked[name]).one())
        for name, (since, is_due) in waiting.items()
        for count, oldest in session.execute(select(func.count(), func.min(since)).where(is_due))
    )


def overdue(session: Session, now: datetime) -> tuple[Backlog, ...]:
    """The queues in which something has waited too long; mails are not among them, as their server is not ours."""
    return tuple(each for each in backlogs(session, now) if each.is_overdue and each.name != "mails")


def _closed(now: datetime) -> Select[int]:
    """The projects whose forge refuses our token, or told us to wait."""
    return (
        select(Project.id)
        .join(Credential, and_(Credential.source == Project.source, Credential.host == Project.host))
        .where(or_(Credential.revoked_at.is_not(None), Credential.paused_until > now))
    )


def tasks_by_status(session: Session) -> dict[str, int]:
    """How many tasks are in each state."""
    counted = select(Task.status, func.count()).group_by(Task.status)
    return {str(status): count for status, count in session.execute(counted)}


def deliveries_by_outcome(session: Session) -> dict[str, int]:
    """How many deliveries were processed, by outcome."""
    counted = select(Delivery.outcome, func.count()).where(Delivery.outcome.is_not(None)).group_by(Delivery.outcome)
    return {str(outcome): count for outcome, count in session.execute(counted)}


def _age(oldest: datetime | None, now: datetime) -> float:
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
