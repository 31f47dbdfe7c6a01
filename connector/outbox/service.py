"""What is to be written upstream: decided in a transaction, performed after its commit, and never doubled.

An effect row is a wish about the tracker's state, identified by its key. Wishing again under the same key replaces the
wish: a comment is then edited in place. ``data`` is ``{"number", "state"}`` for a comment, ``{"number", "login"}`` for
an assignment and ``{"number", "label"}`` for a label. A row with neither ``sent_at`` nor ``next_attempt_at`` is parked with its ``error``. What a worker
may do with a row is said by `connector.outbox.protocol`, and what it does at the forge is in `connector.outbox.sending`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.courtesy.queries import policy_of
from connector.courtesy.rules import why_not_write
from connector.courtesy.texts import opt_out
from connector.db.engine import Database
from connector.db.tables import Effect, Project
from connector.outbox import claims, protocol, rules
from connector.outbox.credentials import Fingerprint, nobody
from connector.outbox.sending import Missing, Sender, Told, TooMuch, hold, nothing
from sources.base import Client

Connect = Callable[[Project], Client]


def add(
    session: Session,
    *,
    key: str,
    project_id: int,
    task_id: int | None,
    kind: str,
    data: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Wish for something upstream; False, and nothing is written, where the project did not opt in to it.

    Where it wants its peace for a while, the wish waits.
    """
    policy = policy_of(session.get_one(Project, project_id))
    effect = session.scalar(select(Effect).where(Effect.key == key).with_for_update())
    why_not = why_not_write(policy, kind, now.date(), is_new=effect is None or not _was_tried(effect))
    if why_not is not None and not why_not.passes:
        return False
    if effect is None:
        effect = Effect(
            key=key, project_id=project_id, task_id=task_id, kind=kind, data=dict(data), result={}, attempts=0,
            next_attempt_at=now, created_at=now,
        )  # fmt: skip
        session.add(effect)
    else:
        _wish_anew(effect, kind, data, now)
    session.flush()
    return True


def _wish_anew(effect: Effect, kind: str, data: Mapping[str, Any], now: datetime) -> None:
    is_moot = rules.is_moot(effect.kind, kind, was_tried=_was_tried(effect))
    row = protocol.wished(claims.row_of(effect), claims.wish_of(kind, data))
    effect.kind, effect.data = kind, dict(data)
    effect.sent_at, effect.next_attempt_at = None, now
    effect.attempts, effect.error = 0, None
    if is_moot:
        row = protocol.fulfilled(row)
        effect.result = {"assigned": False}
    claims.apply(effect, row, now)


def _was_tried(effect: Effect) -> bool:
    return effect.attempts > 0 or effect.sent_at is not None or effect.claimed_at is not None


def send_due(
    db: Database,
    connect: Connect,
    clock: Clock,
    *,
    public_url: str,
    limit: int = 20,
    fingerprint: Fingerprint = nobody,
    missing: Missing = nothing,
    too_much: TooMuch = hold,
    zone: tzinfo = UTC,
) -> int:
    """Perform what is due, and look at what is in doubt; tells how many effects were worked on.

    ``fingerprint`` tells the tokens apart whose limits are kept. ``missing`` is told of issues that the forge did not
    show, ``too_much`` of a project where we wrote more than can be right, each inside a transaction of its own.
    ``zone``: where a quiet day begins and ends.
    """
    told = Told(missing, too_much)
    sender = Sender(db, connect, clock, address=opt_out(public_url), fingerprint=fingerprint, told=told, zone=zone)
    done = 0
    while done < limit and sender.work_on_one():
        done += 1
    return done


def doubt_recent(session: Session, now: datetime) -> int:
    """Have every comment written in the last days looked at again, whose worker may have died unseen; how many."""
    doubted = session.execute(
        update(Effect)
        .where(Effect.kind == "comment", Effect.sent_at > now - rules.DOUBTED_FOR, Effect.sweep_at.is_(None))
        .values(sweep_at=now)
        .returning(Effect.id)
    )
    return len(doubted.all())


def retry_parked(session: Session, effect_id: int, now: datetime) -> bool:
    """Give a parked effect another chance; False where it is not parked."""
    done = session.execute(
        update(Effect)
        .where(Effect.id == effect_id, Effect.sent_at.is_(None), Effect.next_attempt_at.is_(None))
        .values(next_attempt_at=now, attempts=0, error=None)
        .returning(Effect.id)
    )
    return done.first() is not None
