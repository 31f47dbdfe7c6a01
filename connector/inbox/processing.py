"""One stored delivery: what it means, and what it changes, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from isal import isal_zlib
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Delivery, Hook, Project
from connector.harvest import service as harvest
from connector.harvest.reoffering import reoffer
from connector.inbox import broad
from connector.inbox.rules import (
    DIED,
    MAX_TRIES,
    NO_REPOSITORY,
    NOT_FOLLOWED,
    OTHER_REPOSITORY,
    Outcome,
    Verdict,
    is_about,
    must_be_blanked,
)
from connector.projects import apps, hooks
from connector.queue import service as queue
from connector.tracking import requests
from connector.tracking.commands import COMMAND, command_of
from sources import registry
from sources.errors import SourceError, UnreadablePayload
from sources.model import (
    ChecksSeen,
    Event,
    Ignored,
    InstallationChanged,
    IssueGone,
    IssueHidden,
    IssueSeen,
    LabelChanged,
    Ping,
    ProjectChanged,
    RemarkSeen,
    RequestSeen,
)

log = structlog.get_logger(__name__)


def process(db: Database, delivery_id: int, now: datetime, *, tried: int | None = None) -> None:
    """Understand and apply one delivery, unless somebody else did.

    What fails foreseeably is noted and returns; an error of ours is noted and raised. A suspect is one that was tried
    this many times: its next try is counted before it is made, as it may be what ended the process the last time, and
    nobody would be left to count.
    """
    if tried is not None and not _begin(db, delivery_id, tried):
        return
    failure = "an error of ours"
    settled = False
    try:
        with db.sessions.begin() as session:
            _process(session, delivery_id, now)
        settled = True
    except (SourceError, SQLAlchemyError) as exc:
        failure = type(exc).__name__
    finally:
        if not settled:
            _note_failure(db, delivery_id, failure, now, is_counted=tried is not None)


def _process(session: Session, delivery_id: int, now: datetime) -> None:
    waiting = (
        select(Delivery)
        .where(Delivery.id == delivery_id, Delivery.processed_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    row = session.scalar(waiting)
    if row is None:
        return
    verdict = _verdict(session, row, now)
    row.processed_at = now
    row.outcome = verdict.outcome.value
    row.reason = verdict.reason or None
    row.hook.last_delivery_at = now
    log.info(
        "delivery processed", delivery=row.external_id, hook=row.hook_id, kind=row.event,
        outcome=row.outcome, because=row.reason,
    )  # fmt: skip


def _verdict(session: Session, row: Delivery, now: datetime) -> Verdict:
    try:
        event = understand(row.hook.source, row.headers, row.body)
    except UnreadablePayload as exc:
        return Verdict(Outcome.QUARANTINED, str(exc)[:500])
    if must_be_blanked(event):
        row.body = None
    if isinstance(event, InstallationChanged):
        return _installation(session, row.hook, event, now)
    project = broad.meant(session, row.hook, event) if broad.is_broad(row.hook) else row.hook.project_id
    if project is None:
        if isinstance(event, Ping):
            row.hook.pinged_at = now
        row.body = None  # nobody asked us to keep what is said in projects that we do not follow
        return Verdict(Outcome.IGNORED, NOT_FOLLOWED)
    return judge(session, row.hook, harvest.for_writing(session, project), event=event, now=now)


def _installation(session: Session, hook: Hook, event: InstallationChanged, now: datetime) -> Verdict:
    """Only an App's own hook tells of its installations."""
    if hook.scope != hooks.APP:
        return Verdict(Outcome.IGNORED, "event:installation")
    for project in apps.take(session, hook, event, now):
        reoffer(session, project, now)
    return Verdict(Outcome.APPLIED, event.action)


def understand(source: str, headers: Mapping[str, Any], body: bytes | None) -> Event:
    """What a stored delivery means; raises `UnreadablePayload`."""
    return registry.source(source).parse(headers, isal_zlib.decompress(body or b""))


def judge(session: Session, hook: Hook, project: Project, *, event: Event, now: datetime) -> Verdict:
    """Apply what a delivery means for the hook's own project, which is locked for writing; tells what was done."""
    if isinstance(event, Ping):
        hook.pinged_at = now
    ref = event.project
    if ref is None:
        return _without_repository(event)
    if not is_about(ref, event, external_id=project.external_id, path=project.path):
        return Verdict(Outcome.IGNORED, OTHER_REPOSITORY)
    harvest.meet(session, project, ref, now)
    return _apply(session, project, event, now)


def _without_repository(event: Event) -> Verdict:
    match event:
        case Ping():
            return Verdict(Outcome.APPLIED, "ping")
        case Ignored():
            return Verdict(Outcome.IGNORED, event.reason)
        case _:
            return Verdict(Outcome.IGNORED, NO_REPOSITORY)


def _apply(session: Session, project: Project, event: Event, now: datetime) -> Verdict:
    match event:
        case IssueSeen():
            result = harvest.observe(session, project, event.issue, now)
        case IssueHidden():
            result = harvest.hide(session, project, event.number, now, updated_at=event.updated_at)
        case IssueGone():
            result = harvest.forget(
                session, project, event.number, now, updated_at=event.updated_at, moved_to=event.moved_to
            )
        case RequestSeen() | ChecksSeen() | RemarkSeen():
            return _apply_to_request(session, project, event, now)
        case LabelChanged():
            result = harvest.rename_label(session, project, event, now)
        case ProjectChanged():
            result = harvest.change_project(session, project, event, now)
        case Ping() | Ignored() | InstallationChanged():
            return _without_repository(event)
    return Verdict(Outcome.APPLIED, result.value)


def _apply_to_request(
    session: Session, project: Project, event: RequestSeen | ChecksSeen | RemarkSeen, now: datetime
) -> Verdict:
    match event:
        case RequestSeen():
            return Verdict(Outcome.APPLIED, harvest.observe_request(session, project, event.request, now).value)
        case ChecksSeen() if requests.take_checks(session, project, event, now):
            return Verdict(Outcome.APPLIED, "checks")
        case ChecksSeen():
            return Verdict(Outcome.IGNORED, "unknown_commit")
        case RemarkSeen() if command_of(event.remark.body) is not None:
            return _ask_who_commands(session, project, event, now)
        case RemarkSeen() if not event.is_on_request:
            is_taken = harvest.observe_remarks(session, project, event.number, [event.remark], now)
            return Verdict(Outcome.APPLIED, "taken") if is_taken else Verdict(Outcome.IGNORED, "event:comment")
        case RemarkSeen():
            return Verdict(Outcome.IGNORED, "event:comment")


def _ask_who_commands(session: Session, project: Project, event: RemarkSeen, now: datetime) -> Verdict:
    """Have the comment read at the tracker: what a delivery says of its author is not taken for it."""
    comment = event.remark.external_id
    if not comment.isascii() or not comment.isdigit():
        return Verdict(Outcome.IGNORED, "event:comment")
    ref = f"{project.id}:{event.number}:{comment}:{'request' if event.is_on_request else 'issue'}"
    queue.enqueue(session, f"{COMMAND}:{ref}", COMMAND, ref=ref, run_at=now, now=now)
    return Verdict(Outcome.APPLIED, COMMAND)


def _begin(db: Database, delivery_id: int, tried: int) -> bool:
    """Count a try that is about to be made; False where there is none to make: somebody else began it, or did it."""
    with db.sessions.begin() as session:
        waiting = update(Delivery).where(Delivery.id == delivery_id, Delivery.processed_at.is_(None))
        begun = waiting.where(Delivery.tries == tried).values(tries=tried + 1, reason=DIED)
        return session.scalar(begun.returning(Delivery.id)) is not None


def park_used_up(session: Session, now: datetime) -> None:
    """Park those whose last try began and never ended. For a worker that starts: of the living, one may be at it."""
    used_up = update(Delivery).where(Delivery.processed_at.is_(None), Delivery.tries >= MAX_TRIES)
    for delivery_id, reason in session.execute(used_up.values(_parked(now)).returning(Delivery.id, Delivery.reason)):
        log.error("delivery parked", delivery_row=delivery_id, because=reason)


def _note_failure(db: Database, delivery_id: int, reason: str, now: datetime, *, is_counted: bool) -> None:
    more = 0 if is_counted else 1
    with db.sessions.begin() as session:
        counted = update(Delivery).where(Delivery.id == delivery_id, Delivery.processed_at.is_(None))
        tries = session.scalar(counted.values(tries=Delivery.tries + more, reason=reason).returning(Delivery.tries))
        if tries is not None and tries >= MAX_TRIES:
            session.execute(update(Delivery).where(Delivery.id == delivery_id).values(_parked(now)))
    log.warning("delivery failed", delivery_row=delivery_id, because=reason, tries=tries)


def _parked(now: datetime) -> dict[str, object]:
    return {"processed_at": now, "outcome": Outcome.PARKED.value}
