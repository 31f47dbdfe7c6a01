"""Many stored deliveries in one transaction: the usual way, as long as nothing goes wrong.

One drain at a time works on a project: it holds the project's row, so the deliveries of a project are taken in their
order and no two processes observe the same issue at once. A project that another drain works on is left to it. On
SQLite a transaction is alone in the whole database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from connector.db.tables import Delivery, Hook, Project
from connector.harvest import service as harvest
from connector.harvest.many import observe_many
from connector.inbox.processing import judge, understand
from connector.inbox.rules import Outcome, Verdict, must_be_blanked
from sources.errors import UnreadablePayload
from sources.model import Event, IssueSeen

FRESH = (Delivery.processed_at.is_(None), Delivery.tries == 0)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """A delivery that was understood, not applied yet."""

    id: int
    hook: Hook
    event: Event


Taken = Row[int, int, str, dict[str, object], bytes | None, int]


def is_waiting(session: Session) -> bool:
    """Whether there is a delivery never tried."""
    return session.scalar(select(Delivery.id).where(*FRESH).limit(1)) is not None


def take(session: Session, limit: int) -> Sequence[Taken]:
    """The oldest deliveries never tried, of projects that nobody else works on; they are ours for the transaction."""
    # Among so many of the oldest at first: that tells the projects.
    oldest = select(Delivery.hook_id).where(*FRESH).order_by(Delivery.id).limit(limit).subquery()
    waiting = select(Hook.project_id).where(Hook.id.in_(select(oldest.c.hook_id)))
    free = select(Project.id).where(Project.id.in_(waiting)).order_by(Project.id)
    ours = session.scalars(free.with_for_update(skip_locked=True, key_share=True)).all()
    columns = select(Delivery.id, Delivery.hook_id, Delivery.external_id, Delivery.headers, Delivery.body)
    # By plain ``hook_id`` SQLite finds all deliveries that the project ever had, and sorts them.
    of_hook = columns.add_columns(Hook.project_id).join(Hook, Hook.id == Delivery.hook_id + 0)
    first = of_hook.where(Hook.project_id.in_(ours), *FRESH).order_by(Delivery.id).limit(limit)
    return session.execute(first.with_for_update(of=Delivery, skip_locked=True)).all()


def process_all(session: Session, rows: Sequence[Taken], now: datetime) -> None:
    """Understand and apply deliveries, with the same outcome as one after the other. Whatever it raises, undo it all."""
    if not rows:
        return
    hooks = {row.id: row for row in session.scalars(select(Hook).where(Hook.id.in_({row.hook_id for row in rows})))}
    verdicts: dict[int, Verdict] = {}
    by_project: dict[int, list[Read]] = defaultdict(list)
    for row in rows:
        try:
            event = understand(hooks[row.hook_id].source, row.headers, row.body)
            by_project[row.project_id].append(Read(row.id, hooks[row.hook_id], event))
        except UnreadablePayload as exc:
            verdicts[row.id] = Verdict(Outcome.QUARANTINED, str(exc)[:500])
    for project_id, items in by_project.items():
        verdicts.update(_apply(session, session.get_one(Project, project_id), items, now))
    for hook in hooks.values():
        hook.last_delivery_at = now
    _mark(
        session,
        verdicts,
        [item.id for items in by_project.values() for item in items if must_be_blanked(item.event)],
        now,
    )
    _tell(rows, verdicts)


def _apply(session: Session, project: Project, items: Sequence[Read], now: datetime) -> Iterator[tuple[int, Verdict]]:
    run: list[tuple[int, IssueSeen]] = []
    for item in items:
        event = item.event
        if isinstance(event, IssueSeen) and _is_only_about_an_issue(event, project):
            run.append((item.id, event))
            continue
        yield from _apply_run(session, project, run, now)
        run = []
        yield item.id, judge(session, item.hook, project, event=event, now=now)
    yield from _apply_run(session, project, run, now)


def _is_only_about_an_issue(event: IssueSeen, project: Project) -> bool:
    """Whether an event tells nothing new about the project, so that it commutes with those about other issues."""
    ref = event.project
    return (
        ref.external_id is not None
        and ref.external_id == project.external_id
        and (ref.is_public is None or ref.is_public is project.is_public)
    )


def _apply_run(
    session: Session, project: Project, run: Sequence[tuple[int, IssueSeen]], now: datetime
) -> Iterator[tuple[int, Verdict]]:
    if not run:
        return
    for ref in dict.fromkeys(event.project for _id, event in run):
        harvest.meet(session, project, ref, now)
    decisions = observe_many(session, project, [event.issue for _id, event in run], now)
    for (delivery_id, _event), decision in zip(run, decisions, strict=True):
        yield delivery_id, Verdict(Outcome.APPLIED, decision.value)


def _mark(session: Session, verdicts: Mapping[int, Verdict], blanked: Sequence[int], now: datetime) -> None:
    alike: dict[Verdict, list[int]] = defaultdict(list)
    for delivery_id, verdict in verdicts.items():
        alike[verdict].append(delivery_id)
    connection = session.connection()
    for verdict, ids in alike.items():
        done = update(Delivery).where(Delivery.id.in_(ids))
        connection.execute(done.values(processed_at=now, outcome=verdict.outcome.value, reason=verdict.reason or None))
    if blanked:
        connection.execute(update(Delivery).where(Delivery.id.in_(blanked)).values(body=None))


def _tell(rows: Sequence[Taken], verdicts: Mapping[int, Verdict]) -> None:
    """One line for the deliveries that went the usual way, and one for each that did not."""
    for row in rows:
        if verdicts[row.id].outcome is Outcome.QUARANTINED:
            log.info(
                "delivery quarantined", delivery=row.external_id, hook=row.hook_id, because=verdicts[row.id].reason
            )
    counts = Counter(verdict.reason for verdict in verdicts.values() if verdict.outcome is not Outcome.QUARANTINED)
    log.info("deliveries processed", count=len(rows), became=dict(counts))
