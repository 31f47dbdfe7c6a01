"""What must be true when all is at rest, told from the database, the forges and what the outside was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Assignment, Base, Delivery, Effect, Hook, Issue, Job, Person, Project, Task, TaskEvent
from connector.outbox.comments import marker
from connector.tasks.rules import Happening, Status
from tests.drills.load import Ledger
from tests.drills.world import PATH, World

LEADS_TO = {
    Happening.DRAFTED: Status.DRAFT, Happening.OFFERED: Status.READY, Happening.CLAIMED: Status.CLAIMED,
    Happening.RECALLED: Status.READY, Happening.HANDED_OVER: Status.READY, Happening.EXPIRED: Status.READY,
    Happening.SENT_BACK: Status.READY, Happening.SUBMITTED: Status.IN_REVIEW, Happening.COMPLETED: Status.DONE,
    Happening.WITHDRAWN: Status.WITHDRAWN,
}  # fmt: skip
"""Event -> the state that the task is in afterwards; the others change none."""


def waiting(db: Database) -> list[str]:
    """What is not yet at rest."""
    with db.readers() as session:
        counts = {
            "deliveries": select(func.count()).where(Delivery.processed_at.is_(None)),
            "effects": select(func.count()).where(Effect.sent_at.is_(None), Effect.next_attempt_at.is_not(None)),
            "effects in doubt": select(func.count()).where(
                or_(Effect.sweep_at.is_not(None), Effect.claimed_at.is_not(None))
            ),
            "jobs": select(func.count()).where(
                Job.done_at.is_(None), Job.parked_reason.is_(None), Job.run_at <= func.current_timestamp()
            ),
        }
        found = {name: session.scalar(query) for name, query in counts.items()}
    return [f"{number} {name}" for name, number in found.items() if number]


def stored(session: Session) -> set[tuple[str, str]]:
    """Hook key and id of every delivery that is there."""
    return {
        (key, external_id) for key, external_id in session.execute(select(Hook.key, Delivery.external_id).join(Hook))
    }


def lost(world: World, ledger: Ledger) -> list[str]:
    """R1: acknowledged deliveries that are not stored, or neither processed nor parked with a reason."""
    with world.services.db.readers() as session:
        rows = session.execute(
            select(Delivery.external_id, Delivery.outcome, Delivery.reason, Delivery.processed_at)
        ).all()
        missing = [f"not stored: {key}" for key in ledger.acknowledged - stored(session)]
    unfit = [
        f"{external_id}: {outcome} {reason}"
        for external_id, outcome, reason, processed_at in rows
        if processed_at is None or outcome not in {"applied", "ignored"}
    ]
    return missing + unfit


def forgotten(world: World, ledger: Ledger) -> list[str]:
    """R1, R2: claims that were granted over HTTP and are not in the database."""
    with world.services.db.readers() as session:
        held = select(Assignment.task_id, Person.name).join(Person, Person.id == Assignment.person_id)
        kept = Counter((task, name) for task, name in session.execute(held))
    return [f"claim of {key}" for key, number in ledger.granted.items() if kept[key] < number]


def written_wrongly(world: World) -> tuple[list[str], list[str]]:
    """R3: comments that were wished and recorded, but are missing; and copies of one comment, by marker."""
    with world.services.db.readers() as session:
        wishes = session.execute(
            select(Effect.key, Effect.sent_at, Effect.error, Effect.data, Project.source)
            .join(Project)
            .where(Effect.kind == "comment")
        ).all()
    missing, copies = [], []
    for key, sent_at, error, data, source in wishes:
        seen = _copies(world, source, int(data["number"]), marker(key))
        if seen == 0 or sent_at is None:
            missing.append(f"{key}: {seen} comments, sent {sent_at}, {error}")
        if seen > 1:
            copies.append(f"{key}: {seen}")
    return missing, copies


def torn(session: Session) -> Iterator[str]:
    """R2, R5: states, assignments, events and wishes that do not agree."""
    tasks = {task.id: task.status for task in session.scalars(select(Task))}
    told: dict[int, str] = {}
    claims: Counter[int] = Counter()
    for event in session.scalars(select(TaskEvent).order_by(TaskEvent.id)):
        told[event.task_id] = LEADS_TO.get(Happening(event.kind), told.get(event.task_id, ""))
        claims[event.task_id] += event.kind == Happening.CLAIMED
    yield from (
        f"task {one}: {status}, its events say {told.get(one)}"
        for one, status in tasks.items()
        if told.get(one) != status
    )
    rows = session.scalars(select(Assignment)).all()
    held = Counter(row.task_id for row in rows if row.ended_at is None)
    yield from (f"task {task}: {number} open assignments" for task, number in held.items() if number > 1)
    yield from (
        f"task {task}: {status} with {held[task]} open assignments"
        for task, status in tasks.items()
        if (status == Status.CLAIMED) != bool(held[task])
    )
    made = Counter(row.task_id for row in rows)
    yield from (
        f"task {task}: {made[task]} assignments, {claims[task]} claims" for task in tasks if made[task] != claims[task]
    )
    wished = set(session.scalars(select(Effect.key)))
    yield from (f"assignment {row.id}: no wish upstream" for row in rows if f"claim:{row.id}" not in wished)


def running_without_lease(session: Session) -> Iterator[str]:
    """R6: at rest nobody holds anything."""
    held = select(Job).where(Job.done_at.is_(None), Job.leased_until.is_not(None))
    yield from (f"job {job.key} until {job.leased_until}" for job in session.scalars(held))
    yield from (
        f"effect {key} is claimed" for key in session.scalars(select(Effect.key).where(Effect.claimed_at.is_not(None)))
    )


def unlike_the_forges(world: World) -> list[str]:
    """R4: issues whose mirror differs from the forge after a sweep."""
    found = []
    with world.services.db.readers() as session:
        for issue, source in session.execute(select(Issue, Project.source).join(Project)):
            there = world.forges[source].forge.find(PATH).issues.get(issue.number)
            if there is not None and (issue.title, issue.is_open) != (there.title, there.is_open):
                found.append(f"{source} {issue.number}: {issue.title} {issue.is_open}")
    return found


def parked(session: Session) -> list[str]:
    """R6: jobs that were given up, each with its reason."""
    return [
        f"{key}: {why}"
        for key, why in session.execute(select(Job.key, Job.parked_reason).where(Job.parked_reason.is_not(None)))
    ]


def damage(db: Database) -> list[str]:
    """What the database's own checks find, and rows whose foreign key leads nowhere."""
    with db.readers() as session:
        found = list(_orphans(session))
        if session.get_bind().dialect.name == "sqlite":
            found += [row[0] for row in session.execute(text("pragma integrity_check")) if row[0] != "ok"]
            found += [str(row) for row in session.execute(text("pragma foreign_key_check"))]
    return found


def _orphans(session: Session) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            parent = key.column.table.alias()
            there = select(parent.c[key.column.name])
            query = select(func.count()).select_from(table).where(key.parent.is_not(None), key.parent.not_in(there))
            if number := session.scalar(query):
                yield f"{table.name}.{key.parent.name}: {number} lead nowhere"


def _copies(world: World, source: str, number: int, mark: str) -> int:
    issue = world.forges[source].forge.find(PATH).issues[number]
    return sum(mark in comment.body for comment in issue.comments)
