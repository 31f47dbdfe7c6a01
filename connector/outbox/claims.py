"""Who works on which effect: rows and the protocol's view of them, claims by lease, and the end of each attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from connector.db.clock import database_time
from connector.db.tables import Effect, Project
from connector.outbox import credentials, protocol, rules
from connector.outbox.credentials import Access, Fingerprint
from connector.outbox.protocol import Attempt, Call, Row, Standing
from sources.model import Comment


@dataclass(frozen=True, slots=True)
class Claimed:
    """An effect that is ours to perform, or only to sweep."""

    id: int
    key: str
    kind: str
    project: Project
    access: Access
    data: Mapping[str, Any]
    attempts: int
    attempt: Attempt
    is_sweep: bool = False

    @property
    def number(self) -> int:
        """The issue it is about."""
        return int(self.data["number"])


# --- rows ---------------------------------------------------------------------------------------------------------


def wish_of(kind: str, data: Mapping[str, Any]) -> str:
    """A wish, comparable."""
    return json.dumps([kind, data], sort_keys=True)


def row_of(effect: Effect, *, is_in_doubt: bool = False) -> Row:
    """What the protocol knows of a row. An old doubt is left out, so that a new one can be told from it."""
    standing = Standing.DUE if effect.next_attempt_at is not None else Standing.PARKED
    return Row(
        wish=wish_of(effect.kind, effect.data),
        standing=Standing.DONE if effect.sent_at is not None else standing,
        token=effect.claimed_at,
        made=str(effect.result["comment_id"]) if effect.result.get("comment_id") else None,
        is_in_doubt=is_in_doubt,
    )


def apply(effect: Effect, row: Row, now: datetime) -> None:
    """Write what the protocol decided. A new doubt is looked into once lists are fresh; an old one stays."""
    assert row.token is None or isinstance(row.token, datetime)  # noqa: S101  (tokens are moments here)
    effect.claimed_at = row.token
    if row.is_in_doubt:
        effect.sweep_at = now + rules.SWEEP_AFTER
    if row.made is not None and row.made != str(effect.result.get("comment_id")):
        effect.result = {**effect.result, "comment_id": row.made}
    match row.standing:
        case Standing.DONE:
            effect.sent_at, effect.next_attempt_at = effect.sent_at or now, None
        case Standing.DUE:
            effect.sent_at, effect.next_attempt_at = None, effect.next_attempt_at or now
        case Standing.PARKED:
            effect.sent_at = effect.next_attempt_at = None


def locked(session: Session, effect_id: int) -> Effect | None:
    """The row as it is now, kept from others until the transaction ends."""
    fresh = select(Effect).where(Effect.id == effect_id).with_for_update().execution_options(populate_existing=True)
    return session.scalar(fresh)


# --- claims -------------------------------------------------------------------------------------------------------


def claim(session: Session, fingerprint: Fingerprint, now: datetime) -> Claimed | None:
    """Take the effect that has been due longest at a forge that may be written to now, else one that is in doubt.

    An effect whose worker died each time is parked instead.
    """
    at = database_time(session)
    for access in _wanted(session, fingerprint, at=at, now=now):
        if _is_closed(session, access, at=at, now=now):
            continue
        claimed = _claim_write(session, access, at=at, now=now) or _claim_sweep(session, access, at=at, now=now)
        if claimed is not None:
            return claimed
    return None


def _wanted(session: Session, fingerprint: Fingerprint, *, at: datetime, now: datetime) -> list[Access]:
    """The forges where something is to be done, the one that waits longest first."""
    rows = session.execute(
        select(Project.source, Project.host)
        .join(Effect)
        .where(or_(_is_due(now), _is_doubtful(at, now)), _is_free(at))
        .group_by(Project.source, Project.host)
        .order_by(func.min(func.coalesce(Effect.next_attempt_at, Effect.sweep_at, Effect.created_at)))
    )
    return [Access(source, host, fingerprint(source, host)) for source, host in rows]


def _is_closed(session: Session, access: Access, *, at: datetime, now: datetime) -> bool:
    """The row is locked from here on, so that claims under one credential come one after the other."""
    if credentials.closed_until(credentials.hold(session, access), now) is not None:
        return True
    return (session.scalar(_busy(access, at).with_only_columns(func.count())) or 0) >= rules.MOST_AT_ONCE


def _claim_write(session: Session, access: Access, *, at: datetime, now: datetime) -> Claimed | None:
    if rules.room_at(rules.lately(credentials.hold(session, access).writes, now), now) > now:
        return None
    for effect in session.scalars(_candidates(access, at, _is_due(now))):
        row = protocol.claimed(row_of(effect), at, is_over=True)
        if row is None:
            continue
        apply(effect, row, now)
        if effect.attempts < rules.MAX_ATTEMPTS:
            effect.attempts += 1
            return _as_claimed(session, effect, row, access)
        effect.claimed_at = effect.next_attempt_at = None
        effect.error = effect.error or "its worker died each time"
    return None


def _claim_sweep(session: Session, access: Access, *, at: datetime, now: datetime) -> Claimed | None:
    for effect in session.scalars(_candidates(access, at, _is_doubtful(at, now))):
        row = protocol.claimed_for_sweep(row_of(effect, is_in_doubt=effect.sweep_at is not None), at, is_over=True)
        if row is None:
            continue
        effect.sweep_at = None
        if effect.kind == "comment":
            apply(effect, row, now)
            return _as_claimed(session, effect, row, access, is_sweep=True)
        apply(effect, protocol.repeated(row), now)
        effect.attempts = 0
    return None


def _as_claimed(session: Session, effect: Effect, row: Row, access: Access, *, is_sweep: bool = False) -> Claimed:
    session.flush()
    return Claimed(
        id=effect.id, key=effect.key, kind=effect.kind, project=effect.project, access=access, data=dict(effect.data),
        attempts=effect.attempts, attempt=protocol.begun(row, row.token), is_sweep=is_sweep,
    )  # fmt: skip


def _candidates(access: Access, at: datetime, condition: ColumnElement[bool]) -> Select[Effect]:
    """Effects of projects that nobody writes to now."""
    other = aliased(Effect)
    is_busy = select(other.id).where(
        other.project_id == Effect.project_id, other.id != Effect.id, other.claimed_at >= at - rules.LEASE
    )
    return (
        select(Effect)
        .join(Project)
        .where(Project.source == access.source, Project.host == access.host, condition, _is_free(at))
        .where(~is_busy.exists())
        .order_by(func.coalesce(Effect.next_attempt_at, Effect.sweep_at), Effect.id)
        .limit(10)
        .options(joinedload(Effect.project, innerjoin=True))
        .with_for_update(skip_locked=True, of=Effect)
    )


def _busy(access: Access, at: datetime) -> Select[Effect]:
    in_hand = and_(Project.source == access.source, Project.host == access.host, Effect.claimed_at >= at - rules.LEASE)
    return select(Effect).join(Project).where(in_hand)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(Effect.sent_at.is_(None), Effect.next_attempt_at <= now)


def _is_doubtful(at: datetime, now: datetime) -> ColumnElement[bool]:
    """At rest, and either known to be in doubt, or left behind by a worker in the middle of a sweep."""
    at_rest = or_(Effect.sent_at.is_not(None), Effect.next_attempt_at.is_(None))
    return and_(at_rest, or_(Effect.sweep_at <= now, Effect.claimed_at < at - rules.LEASE))


def _is_free(at: datetime) -> ColumnElement[bool]:
    return or_(Effect.claimed_at.is_(None), Effect.claimed_at < at - rules.LEASE)


# --- attempts -----------------------------------------------------------------------------------------------------


def begin_write(session: Session, claimed: Claimed, now: datetime) -> bool:
    """Whether the write may go out, asked right before it; it counts from now.

    False where somebody else has the effect by now, or where its forge may not be written to yet: then it was put back.
    """
    access = credentials.hold(session, claimed.access)
    effect = locked(session, claimed.id)
    if effect is None or not protocol.may_write(row_of(effect), claimed.attempt):
        return False
    writes = rules.lately(access.writes, now)
    if credentials.closed_until(access, now) is not None or rules.room_at(writes, now) > now:
        effect.claimed_at = None
        effect.attempts = max(effect.attempts - 1, 0)
        return False
    access.writes = [*writes, now.timestamp()]
    return True


def record(session: Session, claimed: Claimed, result: Mapping[str, Any], now: datetime) -> bool:
    """Note a write that was answered; False where the effect was somebody else's by then, who is warned."""
    effect = locked(session, claimed.id)
    if effect is None:
        return False
    before = row_of(effect)
    after = protocol.recorded(before, claimed.attempt, str(result["comment_id"]) if "comment_id" in result else None)
    if not protocol.may_write(before, claimed.attempt):
        apply(effect, after, now)
        return False
    effect.result = {**effect.result, **result}
    if after.standing is Standing.DONE:
        effect.error = None
    apply(effect, after, now)
    if effect.sweep_at is not None:  # raised before this write, which lists are to show as well
        effect.sweep_at = now + rules.SWEEP_AFTER
    return True


def give_back(
    session: Session, claimed: Claimed, *, until: datetime | None, reason: str, unknown: Call | None, now: datetime
) -> None:
    """Note a failed attempt: try again then, or park it (None). ``unknown``: the write whose fate nobody knows."""
    effect = locked(session, claimed.id)
    if effect is None:
        return
    before = row_of(effect)
    apply(effect, protocol.failed(before, claimed.attempt, is_parked=until is None, unknown=unknown), now)
    if protocol.may_write(before, claimed.attempt) and before.wish == claimed.attempt.wish:
        effect.next_attempt_at, effect.error = until, reason


def uncount(session: Session, claimed: Claimed) -> None:
    """Waiting for a forge that closed to everybody is no failed attempt."""
    effect = locked(session, claimed.id)
    if effect is not None:
        effect.attempts = max(effect.attempts - 1, 0)


def end_sweep(session: Session, claimed: Claimed, kept: Comment | None, body: str, now: datetime) -> None:
    """Note a sweep that came to its end."""
    effect = locked(session, claimed.id)
    if effect is None:
        return
    before = row_of(effect)
    after = protocol.swept(before, claimed.attempt, kept, body)
    apply(effect, after, now)
    if (before.standing, after.standing) == (Standing.DONE, Standing.DUE):
        effect.attempts = 0
    if kept is not None and protocol.may_write(before, claimed.attempt):
        effect.result = {**effect.result, "url": kept.url}


def put_off_sweep(session: Session, claimed: Claimed, now: datetime) -> None:
    """Note a sweep that failed: it is done again later."""
    effect = locked(session, claimed.id)
    if effect is not None:
        apply(effect, protocol.sweep_failed(row_of(effect), claimed.attempt), now)
