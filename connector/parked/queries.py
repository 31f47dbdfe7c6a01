"""Reads what was set aside, from the tables of deliveries, jobs, effects and mails."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from connector.db.tables import Delivery, Effect, Hook, Job, Mail, Project
from connector.outbox.mails import MAX_ATTEMPTS
from connector.parked.rules import HELD, Kind, Parked

MOST_SHOWN = 100
"""So many of each kind are listed; more than that are counted only."""

WHERE: dict[Kind, tuple[InstrumentedAttribute[int], ColumnElement[bool]]] = {
    Kind.QUARANTINED: (Delivery.id, Delivery.outcome == "quarantined"),
    Kind.DELIVERY: (Delivery.id, Delivery.outcome == "parked"),
    Kind.JOB: (Job.id, Job.parked_reason.is_not(None)),
    Kind.EFFECT: (Effect.id, Effect.sent_at.is_(None) & Effect.next_attempt_at.is_(None) & Effect.error.is_not(None)),
    Kind.MAIL: (Mail.id, Mail.sent_at.is_(None) & (Mail.attempts >= MAX_ATTEMPTS)),
}
"""The id of each kind's row, and when it counts as set aside."""


def counts(session: Session) -> dict[Kind, int]:
    """How many of each kind were set aside; kinds without any are left out."""
    found = {
        kind: session.scalar(select(func.count(row_id)).where(holds)) or 0 for kind, (row_id, holds) in WHERE.items()
    }
    return {kind: count for kind, count in found.items() if count}


def ids(session: Session, kind: Kind) -> list[int]:
    """All of one kind, oldest first."""
    row_id, holds = WHERE[kind]
    return list(session.scalars(select(row_id).where(holds).order_by(row_id)))


def held(session: Session) -> list[tuple[Kind, int]]:
    """What waited to be sent when a backup was made that was restored since."""
    effects = session.scalars(select(Effect.id).where(WHERE[Kind.EFFECT][1], Effect.error == HELD).order_by(Effect.id))
    mails = session.scalars(select(Mail.id).where(WHERE[Kind.MAIL][1], Mail.error == HELD).order_by(Mail.id))
    return [*((Kind.EFFECT, each) for each in effects), *((Kind.MAIL, each) for each in mails)]


def parked(session: Session, *, limit: int = MOST_SHOWN) -> list[Parked]:
    """What was set aside, the oldest first, at most ``limit`` of each kind."""
    found = [*_deliveries(session, limit), *_jobs(session, limit), *_effects(session, limit), *_mails(session, limit)]
    return sorted(found, key=lambda each: (each.since, each.kind, each.id))


def _deliveries(session: Session, limit: int) -> Iterator[Parked]:
    for kind in (Kind.QUARANTINED, Kind.DELIVERY):
        rows = session.execute(
            select(
                Delivery.id, Delivery.received_at, Delivery.event, Delivery.reason, Project.path, Hook.owner,
                Project.id.label("project_id"), Delivery.body.is_not(None).label("can_retry"),
            )
            .join(Hook, Hook.id == Delivery.hook_id)
            .outerjoin(Project, Project.id == Hook.project_id)  # a hook of many projects has none
            .where(WHERE[kind][1])
            .order_by(Delivery.id)
            .limit(limit)
        )  # fmt: skip
        for row in rows:
            yield Parked(
                kind, row.id, row.received_at, row.event, row.reason or "",
                where=row.path or row.owner, project_id=row.project_id, can_retry=bool(row.can_retry),
            )  # fmt: skip


def _jobs(session: Session, limit: int) -> Iterator[Parked]:
    rows = session.scalars(select(Job).where(WHERE[Kind.JOB][1]).order_by(Job.id).limit(limit)).all()
    projects = {row.id: row.path for row in session.execute(select(Project.id, Project.path))}
    for job in rows:
        project, _colon, number = job.ref.partition(":")
        project_id = int(project) if project.isdigit() and int(project) in projects else None
        yield Parked(
            Kind.JOB, job.id, job.created_at, f"{job.kind} #{number}" if number else job.kind, job.parked_reason or "",
            where=projects[project_id] if project_id else "", project_id=project_id,
        )  # fmt: skip


def _effects(session: Session, limit: int) -> Iterator[Parked]:
    rows = session.execute(
        select(Effect, Project.path)
        .join(Project, Project.id == Effect.project_id)
        .where(WHERE[Kind.EFFECT][1])
        .order_by(Effect.id)
        .limit(limit)
    )
    for effect, path in rows:
        about = f"{effect.kind} #{effect.data.get('number', '')}".removesuffix(" #")
        yield Parked(
            Kind.EFFECT, effect.id, effect.created_at, about, effect.error or "",
            where=path, project_id=effect.project_id,
        )  # fmt: skip


def _mails(session: Session, limit: int) -> Iterator[Parked]:
    # Neither address nor subject: both may name people or tasks that are nobody's business here.
    rows = session.scalars(select(Mail).where(WHERE[Kind.MAIL][1]).order_by(Mail.id).limit(limit))
    for mail in rows:
        yield Parked(Kind.MAIL, mail.id, mail.created_at, f"mail {mail.id}", mail.error or "")
