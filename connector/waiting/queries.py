"""Reads what waits for the coordinator, from the tables of all features."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import (
    Assignment,
    Credential,
    DayRecord,
    Delivery,
    Effect,
    Estimate,
    Handover,
    HarvestRun,
    Hook,
    Issue,
    Nonprofit,
    Project,
    Task,
)
from connector.offering.meanings import carried
from connector.sizing import trust
from connector.sizing.queries import outcomes
from connector.waiting.rules import Kind, Waiting, oldest_first

FINAL = ("done", "withdrawn", "split")
STUCK = ("quarantined", "parked")
EXPIRED_SHOWN = timedelta(days=30)


def waiting(session: Session, now: datetime) -> tuple[Waiting, ...]:
    """Everything that waits, oldest first."""
    return oldest_first(
        [
            *_days_to_confirm(session),
            *_empty_handovers(session),
            *_expired_claims(session, now),
            *_projects(session),
            *_deliveries(session),
            *_harvests(session),
            *_effects(session),
            *_tokens(session),
            *_to_split(session),
            *_size_words(session),
            *_ranges(session),
        ]
    )


def _days_to_confirm(session: Session) -> Iterator[Waiting]:
    rows = session.execute(
        select(
            Nonprofit.id,
            Nonprofit.name,
            func.min(DayRecord.declared_at).label("since"),
            func.count().label("records"),
        )
        .join(Project, Project.nonprofit_id == Nonprofit.id)
        .join(DayRecord, DayRecord.project_id == Project.id)
        .where(DayRecord.status == "declared")
        .group_by(Nonprofit.id, Nonprofit.name)
    )
    for row in rows:
        yield Waiting(Kind.DAYS_TO_CONFIRM, row.since, row.name, row.id, count=row.records)


def _empty_handovers(session: Session) -> Iterator[Waiting]:
    rows = session.execute(
        select(Handover.created_at, Task.id, Task.title)
        .join(Assignment, Assignment.id == Handover.assignment_id)
        .join(Task, Task.id == Assignment.task_id)
        .where(Handover.done == "", Handover.remaining == "", Handover.link == "", Task.status.not_in(FINAL))
    )
    for created_at, task_id, title in rows:
        yield Waiting(Kind.EMPTY_HANDOVER, created_at, title, task_id)


def _expired_claims(session: Session, now: datetime) -> Iterator[Waiting]:
    """Those that nobody took up since."""
    latest = select(func.max(Assignment.id)).group_by(Assignment.task_id)
    rows = session.execute(
        select(Assignment.ended_at, Task.id, Task.title)
        .join(Task, Task.id == Assignment.task_id)
        .where(
            Assignment.id.in_(latest),
            Assignment.outcome == "expired",
            Assignment.ended_at > now - EXPIRED_SHOWN,
            Task.status.not_in(FINAL),
        )
    )
    for ended_at, task_id, title in rows:
        yield Waiting(Kind.EXPIRED_CLAIM, ended_at or now, title, task_id)


def _projects(session: Session) -> Iterator[Waiting]:
    for project in session.scalars(select(Project).where(Project.removed_at.is_(None))):
        if project.paused_at is not None:
            note = project.paused_reason
            yield Waiting(Kind.PAUSED_PROJECT, project.paused_at, project.path, project.id, note=note)
        if project.agreed_at is None:
            yield Waiting(Kind.NO_AGREEMENT, project.created_at, project.path, project.id)
        if project.held_at is not None:
            yield Waiting(Kind.WRITING_HELD, project.held_at, project.path, project.id)


def _deliveries(session: Session) -> Iterator[Waiting]:
    rows = session.execute(
        select(
            Project.id,
            Project.path,
            func.min(Delivery.received_at).label("since"),
            func.count().label("deliveries"),
            func.max(Delivery.reason).label("reason"),
        )
        .join(Hook, Hook.id == Delivery.hook_id)
        .join(Project, Project.id == Hook.project_id)
        .where(Delivery.outcome.in_(STUCK), Project.removed_at.is_(None))
        .group_by(Project.id, Project.path)
    )
    for row in rows:
        yield Waiting(Kind.DELIVERIES, row.since, row.path, row.id, count=row.deliveries, note=row.reason or "")


def _harvests(session: Session) -> Iterator[Waiting]:
    """Projects whose latest harvest failed."""
    latest = select(func.max(HarvestRun.id)).group_by(HarvestRun.project_id)
    rows = session.execute(
        select(HarvestRun.started_at, HarvestRun.error, Project.id, Project.path)
        .join(Project, Project.id == HarvestRun.project_id)
        .where(HarvestRun.id.in_(latest), HarvestRun.error.is_not(None), Project.removed_at.is_(None))
    )
    for started_at, error, project_id, path in rows:
        yield Waiting(Kind.HARVEST, started_at, path, project_id, note=error or "")


def _effects(session: Session) -> Iterator[Waiting]:
    """What should have been written upstream and was given up."""
    rows = session.execute(
        select(
            Project.id,
            Project.path,
            func.min(Effect.created_at).label("since"),
            func.count().label("effects"),
            func.max(Effect.error).label("error"),
        )
        .join(Project, Project.id == Effect.project_id)
        .where(Effect.sent_at.is_(None), Effect.next_attempt_at.is_(None), Effect.claimed_at.is_(None))
        .group_by(Project.id, Project.path)
    )
    for row in rows:
        yield Waiting(Kind.EFFECTS, row.since, row.path, row.id, count=row.effects, note=row.error or "")


def _to_split(session: Session) -> Iterator[Waiting]:
    """Drafts that nothing but their size keeps back, one row a project."""
    rows = session.execute(
        select(Project.id, Project.path, Task.updated_at, Task.not_offered)
        .join(Project, Project.id == Task.project_id)
        .where(Task.status == "draft", Project.removed_at.is_(None), Project.is_public.is_not(False))
        .order_by(Project.id, Task.updated_at)
    )
    big = [row for row in rows if row.not_offered in (["too_big"], ["unlikely"])]
    for project_id, group in groupby(big, key=attrgetter("id")):
        own = list(group)
        yield Waiting(Kind.TO_SPLIT, own[0].updated_at, own[0].path, project_id, count=len(own))


def _size_words(session: Session) -> Iterator[Waiting]:
    """Size words and weights of tasks without a stated time that nobody explained yet, one row a project."""
    rows = session.execute(
        select(Project.id, Project.path, Project.size_meanings, Task.created_at, Issue.labels, Issue.facts)
        .join(Project, Project.id == Task.project_id)
        .join(Issue, Issue.id == Task.issue_id)
        .join(Estimate, Estimate.id == Task.estimate_id)
        .where(
            Task.status.in_(("draft", "ready")),
            Estimate.rules_version.like("words-%"),
            Project.removed_at.is_(None),
            Project.is_public.is_not(False),
        )
        .order_by(Project.id, Task.created_at)
    )
    for project_id, group in groupby(rows, key=attrgetter("id")):
        own = list(group)
        asked = [(word, row.created_at) for row in own for word in carried(row.labels, row.facts or {})]
        open_ones = [(word, since) for word, since in asked if word not in (own[0].size_meanings or {})]
        if open_ones:
            note = ", ".join(sorted({word for word, _ in open_ones}))
            yield Waiting(Kind.SIZE_WORDS, open_ones[0][1], own[0].path, project_id, note=note)


def _ranges(session: Session) -> Iterator[Waiting]:
    """The alarm of the ranges: of the last thirty tasks too few stayed within theirs."""
    since = trust.alarming_since(outcomes(session))
    if since is not None:
        yield Waiting(Kind.RANGES, since, "", 0)


def _tokens(session: Session) -> Iterator[Waiting]:
    """Forges that refuse our token: the newest one there counts."""
    latest = select(func.max(Credential.id)).group_by(Credential.source, Credential.host)
    rows = select(Credential).where(Credential.id.in_(latest), Credential.revoked_at.is_not(None))
    for row in session.scalars(rows):
        if row.revoked_at is not None:
            yield Waiting(Kind.TOKEN, row.revoked_at, row.host, 0)
