"""Stored deliveries: understood by the worker, tried again on request, and their bodies deleted after their time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Delivery
from connector.inbox import batch, broad
from connector.inbox.processing import park_used_up, process
from connector.inbox.rules import FIRST_AT_ONCE, MAX_TRIES, MOST_AT_ONCE, Outcome, next_at_once
from sources.errors import SourceError

_FAILED = (
    select(Delivery.id, Delivery.tries)
    .where(Delivery.processed_at.is_(None), Delivery.tries > 0, Delivery.tries < MAX_TRIES)
    .order_by(Delivery.tries, Delivery.id)
)
KEEP = timedelta(days=30)
KEEP_QUARANTINED = timedelta(days=7)

log = structlog.get_logger(__name__)


class Drains:
    """The drains of one process: many deliveries at once while they cost little, few while they cost much.

    The first drain is careful: a process before may have died of one of the deliveries. Those are the oldest still, as
    nothing of their batch was kept; so no mark on disk is needed for each batch.
    """

    def __init__(self, db: Database, clock: Clock, *, is_first: bool = True) -> None:
        self._db = db
        self._clock = clock
        self._is_first = is_first
        self._at_once = FIRST_AT_ONCE

    def __call__(self) -> int:
        """Drain once; tells how many deliveries were looked at."""
        if self._is_first:
            done = drain_carefully(self._db, self._clock)
            self._is_first = False
            return done
        began = time.monotonic()
        done = drain(self._db, self._clock, self._at_once)
        self._at_once = next_at_once(self._at_once, done, time.monotonic() - began)
        return done


def drain_carefully(db: Database, clock: Clock, limit: int = MOST_AT_ONCE) -> int:
    """What `drain` would take first, each alone and counted before it is tried; tells how many.

    So one that ends the process is counted, is tried again after all others, and parked after `rules.MAX_TRIES`.
    """
    with db.sessions.begin() as session:
        park_used_up(session, clock())
        waiting = [*broad.waiting(session, limit), *(row.id for row in batch.take(session, limit))]
    return _drain_suspects(db, clock, [(delivery_id, 0) for delivery_id in waiting])


def drain(db: Database, clock: Clock, limit: int = MOST_AT_ONCE) -> int:
    """Understand and apply the oldest stored deliveries; tells how many were looked at.

    They share one transaction. If that fails, each gets one of its own: a bad one never stops the others and undoes
    nothing of theirs. One that failed is looked at again after all others, alone, and parked after `rules.MAX_TRIES`.
    """
    with db.readers() as session:
        shared = broad.waiting(session, limit)
        is_waiting = batch.is_waiting(session)
    if shared:
        return _drain_alone(db, clock, shared)
    fresh = _drain_fresh(db, clock, limit) if is_waiting else 0
    if fresh == limit:
        return fresh
    with db.readers() as session:
        failed = [(row.id, row.tries) for row in session.execute(_FAILED.limit(limit - fresh))]
    return fresh + _drain_suspects(db, clock, failed)


def _drain_fresh(db: Database, clock: Clock, limit: int) -> int:
    taken: Sequence[int] = ()
    is_settled = False
    try:
        with db.sessions.begin() as session:
            rows = batch.take(session, limit)
            taken = [row.id for row in rows]
            batch.process_all(session, rows, clock())
        is_settled = True
    except (SourceError, SQLAlchemyError) as exc:
        if not taken:
            raise
        log.warning("deliveries taken one by one", count=len(taken), because=type(exc).__name__)
    finally:
        if not is_settled:
            _drain_alone(db, clock, taken)
    return len(taken)


def _drain_alone(db: Database, clock: Clock, delivery_ids: Sequence[int]) -> int:
    for delivery_id in delivery_ids:
        process(db, delivery_id, clock())
    return len(delivery_ids)


def _drain_suspects(db: Database, clock: Clock, found: Sequence[tuple[int, int]]) -> int:
    """``found``: ids, and how often each was tried."""
    for delivery_id, tried in found:
        process(db, delivery_id, clock(), tried=tried)
    return len(found)


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
