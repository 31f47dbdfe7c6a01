"""How much waits, and for how long: read by the health pages and by the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Delivery, Effect, Job, Mail, Task


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in one queue: how many, the oldest's age in seconds (0 where none is due), how many are parked."""

    name: str
    waiting: int
    oldest_seconds: float
    parked: int


def backlogs(session: Session, now: datetime) -> tuple[Backlog, ...]:
    """The queues: inbox, jobs that are due, outbox effects that are due, mails."""
    deliveries = session.execute(
        select(func.count(), func.min(Delivery.received_at)).where(Delivery.processed_at.is_(None))
    ).one()
    jobs = session.execute(
        select(func.count(), func.min(Job.run_at)).where(
            Job.done_at.is_(None), Job.parked_reason.is_(None), Job.run_at <= now
        )
    ).one()
    effects = session.execute(
        select(func.count(), func.min(Effect.next_attempt_at)).where(
            Effect.sent_at.is_(None), Effect.next_attempt_at <= now
        )
    ).one()
    mails = session.execute(select(func.count(), func.min(Mail.created_at)).where(Mail.sent_at.is_(None))).one()
    parked = {
        "inbox": select(func.count()).where(Delivery.outcome.in_(("quarantined", "parked"))),
        "jobs": select(func.count()).where(Job.parked_reason.is_not(None)),
        "outbox": select(func.count()).where(
            Effect.sent_at.is_(None), Effect.next_attempt_at.is_(None), Effect.error.is_not(None)
        ),
    }
    found = {"inbox": deliveries, "jobs": jobs, "outbox": effects, "mails": mails}
    return tuple(
        Backlog(name, count, _age(oldest, now), session.scalars(parked[name]).one() if name in parked else 0)
        for name, (count, oldest) in found.items()
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
