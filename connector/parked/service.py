"""Giving what was set aside another chance, each time with a line in the audit list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import Mail
from connector.inbox import service as inbox
from connector.outbox import service as outbox
from connector.parked import queries
from connector.parked.rules import Kind
from connector.queue import service as queue


def retry(session: Session, kind: Kind, row_id: int, *, now: datetime, by: int | None) -> bool:
    """Have one tried again; False where it is not set aside, or its content is kept no longer."""
    if not _retry(session, kind, row_id, now):
        return False
    audit.record(session, "parked_retried", now=now, by=by, data={"kind": kind.value, "id": row_id})
    return True


def retry_all(session: Session, kind: Kind, *, now: datetime, by: int | None) -> int:
    """Have all of one kind tried again; tells how many will be."""
    done = sum(_retry(session, kind, row_id, now) for row_id in queries.ids(session, kind))
    if done:
        audit.record(session, "parked_retried", now=now, by=by, data={"kind": kind.value, "count": done})
    return done


def release(session: Session, *, now: datetime, by: int | None) -> int:
    """Send what was held since a restore; tells how many. Sweep before, so that nobody is told what is past."""
    done = sum(_retry(session, kind, row_id, now) for kind, row_id in queries.held(session))
    if done:
        audit.record(session, "held_released", now=now, by=by, data={"count": done})
    return done


def _retry(session: Session, kind: Kind, row_id: int, now: datetime) -> bool:
    match kind:
        case Kind.QUARANTINED | Kind.DELIVERY:
            return inbox.retry_parked(session, row_id)
        case Kind.JOB:
            return queue.retry_parked(session, row_id, now)
        case Kind.EFFECT:
            return outbox.retry_parked(session, row_id, now)
        case Kind.MAIL:
            return _retry_mail(session, row_id)


def _retry_mail(session: Session, mail_id: int) -> bool:
    done = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, queries.WHERE[Kind.MAIL][1])
        .values(attempts=0, error=None)
        .returning(Mail.id)
    )
    return done.first() is not None
