"""What is to be written upstream: decided in a transaction, performed after its commit, and never doubled.

An effect row is a wish about the tracker's state, identified by its key. Wishing again under the same key replaces the
wish: a comment is then edited in place. ``data`` is ``{"number", "state"}`` for a comment and ``{"number", "login"}``
for an assignment. A row with neither ``sent_at`` nor ``next_attempt_at`` is parked with its ``error``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from connector.clock import Clock
from connector.db.clock import database_time
from connector.db.engine import Database
from connector.db.tables import Audit, Effect, Mail, Person, Project
from connector.outbox import comments, rules
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking
from sources.base import Client
from sources.errors import SourceError
from sources.model import Comment

Connect = Callable[[Project], Client]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An effect that is ours to perform; ``at`` is the token by which a late answer is told from the owner's."""

    id: int
    key: str
    kind: str
    project: Project
    data: Mapping[str, Any]
    result: Mapping[str, Any]
    attempts: int
    at: datetime

    @property
    def number(self) -> int:
        """The issue it is about."""
        return int(self.data["number"])


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
    """Wish for something upstream; False, and nothing is written, where the project did not opt in to it."""
    project = session.get_one(Project, project_id)
    if not rules.is_allowed(kind, project.allows):
        return False
    effect = session.scalar(select(Effect).where(Effect.key == key))
    if effect is None:
        effect = Effect(
            key=key, project_id=project_id, task_id=task_id, kind=kind, result={}, attempts=0, created_at=now
        )
        session.add(effect)
    effect.data = dict(data)
    effect.next_attempt_at = now
    effect.sent_at = effect.claimed_at = effect.error = None
    effect.attempts = 0
    session.flush()
    return True


def send_due(db: Database, connect: Connect, clock: Clock, *, public_url: str, limit: int = 20) -> int:
    """Perform what is due, one write at a time for each forge; tells how many writes were tried."""
    tried = 0
    while tried < limit:
        with db.sessions.begin() as session:
            effect = _claim(session, clock())
        if effect is None:
            break
        _send(db, connect, clock, effect=effect, address=f"{public_url}/maintainers")
        tried += 1
    return tried


def retry_parked(session: Session, effect_id: int, now: datetime) -> bool:
    """Give a parked effect another chance; False where it is not parked."""
    done = session.execute(
        update(Effect)
        .where(Effect.id == effect_id, Effect.sent_at.is_(None), Effect.next_attempt_at.is_(None))
        .values(next_attempt_at=now, attempts=0, error=None, claimed_at=None)
        .returning(Effect.id)
    )
    return done.first() is not None


def send_mail(session: Session, to: str, subject: str, text: str, now: datetime) -> Mail:
    """Put a mail in; it is delivered after the commit."""
    mail = Mail(to=to, subject=" ".join(subject.split()), text=text, created_at=now, attempts=0)
    session.add(mail)
    return mail


# --- claiming -----------------------------------------------------------------------------------------------------


def _claim(session: Session, now: datetime) -> Claimed | None:
    at = database_time(session)
    for row in session.scalars(_due(at, now)):
        if row.attempts >= rules.MAX_ATTEMPTS:
            row.next_attempt_at, row.error = None, row.error or "its worker died each time"
        elif _has_room(session, row.project, at=at, now=now):
            row.claimed_at = at
            row.attempts += 1
            session.flush()
            return Claimed(
                id=row.id, key=row.key, kind=row.kind, project=row.project, data=dict(row.data),
                result=dict(row.result), attempts=row.attempts, at=at,
            )  # fmt: skip
    return None


def _due(at: datetime, now: datetime) -> Select[Effect]:
    return (
        select(Effect)
        .where(
            Effect.sent_at.is_(None),
            Effect.next_attempt_at <= now,
            or_(Effect.claimed_at.is_(None), Effect.claimed_at < at - rules.LEASE),
        )
        .order_by(Effect.next_attempt_at, Effect.id)
        .limit(50)
        .options(joinedload(Effect.project, innerjoin=True))
        .with_for_update(skip_locked=True, of=Effect)
    )


def _has_room(session: Session, project: Project, *, at: datetime, now: datetime) -> bool:
    """Nobody else is writing to this forge now, and it was not written to too much lately."""
    same_forge = [Project.source == project.source, Project.host == project.host]
    writing = session.scalar(
        select(func.count())
        .select_from(Effect)
        .join(Project)
        .where(*same_forge, Effect.sent_at.is_(None), Effect.claimed_at >= at - rules.LEASE)
    )
    if writing:
        return False
    last, lately = session.execute(
        select(func.max(Effect.sent_at), func.count())
        .join(Project)
        .where(*same_forge, Effect.sent_at > now - timedelta(hours=1))
    ).one()
    return rules.may_write(last, lately, now)


# --- performing ---------------------------------------------------------------------------------------------------


def _send(db: Database, connect: Connect, clock: Clock, *, effect: Claimed, address: str) -> None:
    if not rules.is_allowed(effect.kind, effect.project.allows):
        _settle(db, effect, next_attempt_at=None, error="the project no longer allows it")
        return
    try:
        result = perform(connect(effect.project), effect, address=address)
    except SourceError as exc:
        _note_failure(db, effect, exc, now=clock())
        return
    now = clock()
    if _settle(db, effect, sent_at=now, error=None, result=result):
        with db.sessions.begin() as session:
            data = {"kind": effect.kind, **effect.data, **result}
            session.add(Audit(at=now, kind="written_upstream", project_id=effect.project.id, data=data))
    else:
        _keep_result(db, effect, result)
    log.info("effect sent", effect=effect.key, kind=effect.kind, project=effect.project.id)


def perform(client: Client, effect: Claimed, *, address: str) -> dict[str, Any]:
    """Write upstream what the effect wishes; what the forge answered is returned. Raises `SourceError`."""
    match effect.kind:
        case "comment":
            comment = _write_comment(client, effect, address)
            return {"comment_id": comment.external_id, "url": comment.url}
        case "assign":
            return {"assigned": client.assign(effect.number, str(effect.data["login"]))}
        case "unassign":
            client.unassign(effect.number, str(effect.data["login"]))
            return {"assigned": False}
        case unknown:
            raise ValueError(f"effect {effect.id}: unknown kind {unknown!r}")


def _write_comment(client: Client, effect: Claimed, address: str) -> Comment:
    # Look before every creation: an earlier attempt may have worked although its answer was lost.
    mark = comments.marker(effect.key)
    text = comments.comment_text(str(effect.data.get("state")), languages=effect.project.languages, address=address)
    body = f"{text}\n\n{mark}"
    known = effect.result.get("comment_id")
    if known:
        return client.edit_comment(effect.number, str(known), body)
    found = client.find_comment(effect.number, mark)
    if found is None:
        return client.create_comment(effect.number, body)
    return found if found.body == body else client.edit_comment(effect.number, found.external_id, body)


# --- settling -----------------------------------------------------------------------------------------------------


def _settle(db: Database, effect: Claimed, **values: object) -> bool:
    """Write the end of an attempt; False where the wish was changed, or taken by somebody else, meanwhile."""
    with db.sessions.begin() as session:
        done = session.execute(
            update(Effect)
            .where(Effect.id == effect.id, Effect.claimed_at == effect.at)
            .values(claimed_at=None, **values)
            .returning(Effect.id)
        )
        return done.first() is not None


def _keep_result(db: Database, effect: Claimed, result: Mapping[str, Any]) -> None:
    with db.sessions.begin() as session:
        session.execute(update(Effect).where(Effect.id == effect.id).values(result=dict(result)))


def _note_failure(db: Database, effect: Claimed, error: SourceError, *, now: datetime) -> None:
    verdict = rules.retry(error, effect.attempts, now, chance=random.random())  # noqa: S311  (spreads waits, guards nothing)
    is_our_turn_lost = verdict.at is not None and verdict.scope is rules.Scope.CREDENTIAL
    attempts = effect.attempts - 1 if is_our_turn_lost else effect.attempts  # waiting our turn is no failure
    _settle(db, effect, next_attempt_at=verdict.at, error=verdict.reason, attempts=attempts)
    if verdict.scope is rules.Scope.CREDENTIAL:
        with db.sessions.begin() as session:
            _pause_credential(session, effect.project, verdict, now)
    log.warning(
        "effect failed", effect=effect.key, because=verdict.reason, again=verdict.at.isoformat() if verdict.at else None
    )


def _pause_credential(session: Session, project: Project, verdict: rules.Retry, now: datetime) -> None:
    """Hold back every write to the same forge; a refused credential is told to the coordinators, once."""
    same_forge = select(Project.id).where(Project.source == project.source, Project.host == project.host)
    waiting = update(Effect).where(
        Effect.project_id.in_(same_forge), Effect.sent_at.is_(None), Effect.next_attempt_at.is_not(None)
    )
    if verdict.at is not None:
        waiting = waiting.where(Effect.next_attempt_at < verdict.at)
    session.execute(waiting.values(next_attempt_at=verdict.at, error=verdict.reason))
    if verdict.at is None:
        _tell_coordinators(session, project, now)


def _tell_coordinators(session: Session, project: Project, now: datetime) -> None:
    people = session.scalars(select(Person).where(Person.role == "coordinator", Person.disabled_at.is_(None)))
    for person in people:
        with speaking(person.language):
            subject = _("%(host)s refuses our token", host=project.host)
            text = _(
                "%(host)s refuses the token of this service: nothing is written there until it is replaced.",
                host=project.host,
            )
            send_mail(session, person.email, subject, text, now)
