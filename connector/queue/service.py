"""Job rows: put in by whoever decides, leased by the database's clock, finished, tried again or parked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from connector.db.clock import database_time
from connector.db.inserts import insert_or_ignore
from connector.db.tables import Job, Lease
from connector.queue import rules

Taking = ReturningUpdate[int, str, str, str, int, datetime | None, datetime]


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that is ours until ``until``; a later answer of ours about it is refused."""

    id: int
    key: str
    kind: str
    ref: str
    tries: int
    until: datetime


def enqueue(session: Session, key: str, kind: str, *, ref: str = "", run_at: datetime, now: datetime) -> bool:
    """Put a job in; False where a job with this key was there already."""
    insert = insert_or_ignore(session, Job, key=["key"]).values(
        key=key, kind=kind, ref=ref, run_at=run_at, tries=0, created_at=now
    )
    return session.execute(insert.returning(Job.id)).first() is not None


def enqueue_unless_waiting(session: Session, key: str, kind: str, *, ref: str, now: datetime) -> bool:
    """Put a job in unless one of this kind about this object is due and not begun; False where that is so."""
    of_object = select(Job.id).where(Job.kind == kind, Job.ref == ref, Job.done_at.is_(None), Job.run_at <= now)
    waits = of_object.where(Job.parked_reason.is_(None), Job.leased_until.is_(None)).limit(1)
    if session.scalar(waits) is not None:
        return False
    return enqueue(session, key, kind, ref=ref, run_at=now, now=now)


def lease_next(
    session: Session, *, now: datetime, kinds: Collection[str] = (), lease: timedelta = rules.LEASE
) -> Leased | None:
    """Take the job that has been due longest, or None. ``kinds`` empty: of any kind.

    A job whose lease ran out too often (its process died each time) is parked instead.
    """
    return next(iter(lease_some(session, now=now, kinds=kinds, lease=lease, most=1)), None)


def lease_some(
    session: Session, *, now: datetime, kinds: Collection[str] = (), lease: timedelta = rules.LEASE, most: int
) -> list[Leased]:
    """Take the job that has been due longest, and up to ``most`` together with others that were never tried.

    One that was tried before is alone, so that what kills a process or holds it up takes no others with it.
    """
    if most < 1:
        return []
    at = database_time(session)
    moments = {"at": at, "latest": now, "lease_end": at + lease}
    first = _take(session, _taking(frozenset(kinds)), moments | {"most": 1})
    while first and rules.is_poison(first[0].tries - 1):
        tries = first[0].tries - 1
        _settle(session, first[0], parked_reason="its worker died each time", leased_until=None, tries=tries)
        first = _take(session, _taking(frozenset(kinds)), moments | {"most": 1})
    if most == 1 or not first or first[0].tries > 1:
        return first
    return first + _take(session, _taking(frozenset(kinds), is_fresh=True), moments | {"most": most - 1})


def renew(session: Session, job: Leased, *, lease: timedelta = rules.LEASE) -> Leased | None:
    """Keep the job for longer; from now on only the answer counts as ours. None where somebody else has taken it."""
    until = database_time(session) + lease
    return replace(job, until=until) if _settle(session, job, leased_until=until) else None


def finish(session: Session, jobs: Sequence[Leased], now: datetime) -> int:
    """Mark jobs done, except those that somebody else has taken since; tells how many."""
    if not jobs:
        return 0
    return session.connection().execute(_FINISHED, [_ours(job) | {"moment": now} for job in jobs]).rowcount


def give_back(session: Session, jobs: Sequence[Leased]) -> None:
    """Let others take jobs that were not begun, as if they had not been leased."""
    if jobs:
        session.connection().execute(_GIVEN_BACK, [_ours(job) for job in jobs])


def fail(session: Session, job: Leased, *, error: str, now: datetime, permanent: bool = False) -> bool:
    """Try the job again later, or park it with the reason; False where somebody else has taken it since."""
    if permanent or rules.is_poison(job.tries):
        return _settle(session, job, parked_reason=error[:500], leased_until=None)
    return _settle(session, job, run_at=now + rules.wait_after(job.tries), leased_until=None)


def postpone(session: Session, job: Leased, run_at: datetime) -> bool:
    """Run the job later without counting this as a failure; False where somebody else has taken it since."""
    return _settle(session, job, run_at=run_at, tries=job.tries - 1, leased_until=None)


def retry_parked(session: Session, job_id: int, now: datetime) -> bool:
    """Give a parked job another chance; False where it is not parked."""
    done = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.parked_reason.is_not(None))
        .values(parked_reason=None, tries=0, run_at=now, leased_until=None)
        .returning(Job.id)
    )
    return done.first() is not None


def hold_lease(session: Session, name: str, *, holder: str, length: timedelta) -> bool:
    """Become or stay the one process elected for ``name``; False where another one is."""
    at = database_time(session)
    insert = insert_or_ignore(session, Lease, key=["name"]).values(name=name, holder=holder, until=at + length)
    if session.execute(insert.returning(Lease.name)).first() is not None:
        return True
    taken = session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until <= at))
        .values(holder=holder, until=at + length)
        .returning(Lease.name)
    )
    return taken.first() is not None


def give_up_lease(session: Session, name: str, holder: str) -> None:
    """Let another process be elected at once."""
    at = database_time(session)
    session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=at))


def _take(session: Session, taking: Taking, moments: Mapping[str, object]) -> list[Leased]:
    found = session.connection().execute(taking, moments).all()
    rows = sorted(found, key=lambda row: (row.run_at, row.id))  # the database returns them in any order
    return [Leased(row.id, row.key, row.kind, row.ref, row.tries, row.leased_until) for row in rows]


@cache
def _taking(kinds: frozenset[str], *, is_fresh: bool = False) -> Taking:
    # Made once: putting the statement together takes longer than running it.
    due = (
        select(Job.id)
        .where(
            Job.done_at.is_(None),
            Job.parked_reason.is_(None),
            Job.run_at <= bindparam("latest"),
            or_(Job.leased_until.is_(None), Job.leased_until < bindparam("at")),
        )
        .order_by(Job.run_at, Job.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    if kinds:
        due = due.where(Job.kind.in_(kinds))
    if is_fresh:
        due = due.where(Job.tries == 0)
    # Chosen once and before anything is updated, whatever the planner does with a subquery.
    chosen = due.cte("due")
    taken = update(Job).where(Job.id.in_(select(chosen.c.id)))
    return taken.values(tries=Job.tries + 1, leased_until=bindparam("lease_end")).returning(
        Job.id, Job.key, Job.kind, Job.ref, Job.tries, Job.leased_until, Job.run_at
    )


# The lease's end is the token: whoever took the job over wrote another one.
_OURS = update(Job).where(Job.id == bindparam("job_id"), Job.leased_until == bindparam("token"))
_FINISHED = _OURS.values(done_at=bindparam("moment"), leased_until=None)
_GIVEN_BACK = _OURS.values(tries=Job.tries - 1, leased_until=None)


def _ours(job: Leased) -> dict[str, object]:
    return {"job_id": job.id, "token": job.until}


def _settle(session: Session, job: Leased, **values: object) -> bool:
    return session.connection().execute(_OURS.values(**values), _ours(job)).rowcount == 1


def delete_done(session: Session, before: datetime) -> int:
    """Delete jobs that were done before this moment; how many. Their period is over, so they cannot come back."""
    done = session.execute(delete(Job).where(Job.done_at < before).returning(Job.id))
    return len(done.all())
