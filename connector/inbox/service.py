"""Deliveries: stored before they are answered, understood afterwards.

`Inbox` is what the door is given. `drain` is what the worker calls.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Update, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Delivery, Hook, Project
from connector.db.vault import Vault
from connector.inbox import batch
from connector.inbox.commit import GroupCommit, GroupFailed
from connector.inbox.processing import process
from connector.inbox.rules import Outcome
from connector.projects import hooks
from sources.errors import SourceError
from webhooks.delivery import Accepted, HookKeys, InboxUnavailable
from webhooks.delivery import Delivery as Received

_FAILED = (
    select(Delivery.id).where(Delivery.processed_at.is_(None), Delivery.tries > 0).order_by(Delivery.tries, Delivery.id)
)
KEYS_LIVE_SECONDS = 5.0
MOST_KEYS = 10_000
ZLIB_LEVEL = 1
KEEP = timedelta(days=30)
KEEP_QUARANTINED = timedelta(days=7)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    keys: HookKeys
    until: float


class Inbox:
    """The two callables of the door. Both raise `InboxUnavailable` while the database is away. Safe between threads."""

    def __init__(
        self, db: Database, vault: Vault, clock: Clock, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._db = db
        self._vault = vault
        self._clock = clock
        self._monotonic = monotonic
        self._known: dict[tuple[str, str], _Known] = {}
        self._commit: GroupCommit[Received, Accepted | None] = GroupCommit(self._write)

    def lookup(self, source: str, key: str) -> HookKeys | None:
        """The live keys of a hook, at most `KEYS_LIVE_SECONDS` old; None for an unknown hook or a removed project."""
        known = self._known.get((source, key))
        if known is not None and known.until > self._monotonic():
            return known.keys
        keys = self._read_keys(source, key)
        if keys is not None:
            self._remember((source, key), keys)
        return keys

    def accept(self, delivery: Received) -> Accepted:
        """Commit a delivery, together with those that come at the same time."""
        try:
            accepted = self._commit.add(delivery)
        except (SQLAlchemyError, GroupFailed) as exc:
            raise InboxUnavailable from exc
        if accepted is None:
            raise InboxUnavailable
        if delivery.first_signed:
            self._forget(delivery.hook_id)
        return accepted

    def _read_keys(self, source: str, key: str) -> HookKeys | None:
        wanted = select(Hook).join(Project).where(Hook.source == source, Hook.key == key, Project.removed_at.is_(None))
        try:
            with self._db.readers() as session:
                hook = session.scalar(wanted)
                if hook is None:
                    return None
                keys = tuple(hooks.live_keys(session, hook, self._vault, self._clock()))
        except SQLAlchemyError as exc:
            raise InboxUnavailable from exc
        return HookKeys(hook_id=hook.id, source=source, keys=keys, signed_only=hook.signed_seen_at is not None)

    def _remember(self, address: tuple[str, str], keys: HookKeys) -> None:
        if len(self._known) >= MOST_KEYS:
            self._known.clear()
        self._known[address] = _Known(keys, self._monotonic() + KEYS_LIVE_SECONDS)

    def _forget(self, hook_id: int) -> None:
        for address, known in list(self._known.items()):
            if known.keys.hook_id == hook_id:
                self._known.pop(address, None)

    def _write(self, deliveries: Sequence[Received]) -> Sequence[Accepted | None]:
        try:
            return self._insert(deliveries)
        except (IntegrityError, DataError):
            if len(deliveries) == 1:
                return [None]  # its hook was removed a moment ago
            return [self._write([delivery])[0] for delivery in deliveries]

    def _insert(self, deliveries: Sequence[Received]) -> Sequence[Accepted]:
        insert = sqlite.insert(Delivery) if self._db.engine.dialect.name == "sqlite" else postgresql.insert(Delivery)
        only_new = insert.on_conflict_do_nothing(index_elements=["hook_id", "external_id"])
        statement = only_new.returning(Delivery.hook_id, Delivery.external_id)
        with self._db.engine.begin() as connection:
            new = connection.execute(statement, [_row(delivery) for delivery in deliveries])
            fresh = {(hook_id, external_id) for hook_id, external_id in new}
            for delivery in deliveries:
                if delivery.first_signed:
                    connection.execute(_signed_seen(delivery))
        return list(_answers(deliveries, fresh))


def drain(db: Database, clock: Clock, limit: int = 100) -> int:
    """Understand and apply the oldest stored deliveries; tells how many were looked at.

    They share one transaction. If that fails, each gets one of its own: a bad one never stops the others and undoes
    nothing of theirs. One that failed is looked at again after all others, alone, and parked after `rules.MAX_TRIES`.
    """
    with db.readers() as session:
        projects = batch.projects_waiting(session, limit)
    fresh = _drain_fresh(db, clock, projects, limit=limit) if projects else 0
    if fresh == limit:
        return fresh
    with db.readers() as session:
        failed = session.scalars(_FAILED.limit(limit - fresh)).all()
    return fresh + _drain_alone(db, clock, failed)


def _drain_fresh(db: Database, clock: Clock, projects: set[int], *, limit: int) -> int:
    taken: Sequence[int] = ()
    is_settled = False
    try:
        with db.sessions.begin() as session:
            rows = batch.take(session, projects, limit)
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


def _row(delivery: Received) -> dict[str, object]:
    return {
        "hook_id": delivery.hook_id,
        "external_id": delivery.external_id,
        "event": delivery.event,
        "headers": dict(delivery.headers),
        "body": zlib.compress(delivery.body, ZLIB_LEVEL),
        "received_at": delivery.received_at,
        "tries": 0,
    }


def _signed_seen(delivery: Received) -> Update:
    return (
        update(Hook)
        .where(Hook.id == delivery.hook_id, Hook.signed_seen_at.is_(None))
        .values(signed_seen_at=delivery.received_at)
    )


def _answers(deliveries: Sequence[Received], fresh: set[tuple[int, str]]) -> Iterator[Accepted]:
    # Of two with the same id in one group only the first is new.
    for delivery in deliveries:
        key = (delivery.hook_id, delivery.external_id)
        yield Accepted.STORED if key in fresh else Accepted.SEEN
        fresh.discard(key)
