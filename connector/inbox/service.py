"""Stored deliveries: understood by the worker, tried again on request, and their bodies deleted after their time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Delivery
from connector.inbox.processing import process
from connector.inbox.rules import Outcome

KEEP = timedelta(days=30)
KEEP_QUARANTINED = timedelta(days=7)


def drain(db: Database, clock: Clock, limit: int = 100) -> int:
    """Understand and apply the oldest stored deliveries; tells how many were looked at.

    Each has a transaction of its own: a bad one never stops the others. One that fails for a reason that we do not know
    is looked at again after all others, and parked after `rules.MAX_TRIES` tries.
    """
    with db.readers() as session:
        waiting = session.scalars(
            select(Delivery.id)
            .where(Delivery.processed_at.is_(None))
            .order_by(Delivery.tries, Delivery.id)
            .limit(limit)
        ).all()
    for delivery_id in waiting:
        process(db, delivery_id, clock())
    return len(waiting)


def retry_parked(session: Session, delivery_id: int) -> bool:
    """Give a parked or quarantined delivery another chance; False where it is neither, or its body is gone."""
    done = session.execute(
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.outcome.in_([Outcome.PARKED, Outcome.QUARANTINED]),
            Delivery.body.is_not(None),
        )
        .values(processed_at=None, outcome=None, reason=None, tries=0)
        .returning(Delivery.id)
    )
    return done.first() is not None


def delete_old_bodies(session: Session, now: datetime) -> int:
    """Delete raw bodies after their time: 30 days, quarantined ones 7. Tells how many."""
    is_old = or_(
        Delivery.received_at < now - KEEP,
        (Delivery.received_at < now - KEEP_QUARANTINED) & (Delivery.outcome == Outcome.QUARANTINED),
    )
    done = session.execute(
        update(Delivery)
        .where(Delivery.processed_at.is_not(None), Delivery.body.is_not(None), is_old)
        .values(body=None, headers={})
        .returning(Delivery.id)
    )
    return len(done.all())
