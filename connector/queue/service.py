"""Job rows: put in by whoever decides, leased by the database's clock, finished, tried again or parked."""

from __future__ import annotations

from collections.abc import Collection
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
    at = database_time(session)
    moments = {"at": at, "latest": now, "lease_end": at + lease}
    row = session.connection().execute(_taking(frozenset(kinds)), moments).first()
    if row is None:
        return None
    if rules.is_poison(row.tries - 1):
        died = update(Job).where(Job.id == row.id)
        session.connection().execute(
            died.values(parked_reason="its worker died each time", leased_until=None, tries=row.tries - 1)
        )
        return lease_next(session, now=now, kinds=kinds, lease=lease)
    return Leased(id=row.id, key=row.key, kind=row.kind, ref=row.ref, tries=row.tries, until=at + lease)


def renew(session: Session, job: Leased, *, lease: timedelta = rules.LEASE) -> Leased | None:
    """Keep the job for longer; from now on only the answer counts as ours. None where somebody else has taken it."""
    until = database_time(session) + lease
    return replace(job, until=until) if _settle(session, job, leased_until=until) else None


def finish(session: Session, job: Leased, now: datetime) -> bool:
    """Mark the job done; False where somebody else has taken it since."""
    ours = {"job_id": job.id, "token": job.until, "moment": now}
    return session.connection().execute(_FINISHED, ours).rowcount == 1


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
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until < at))
        .values(holder=holder, until=at + length)
        .returning(Lease.name)
    )
    return taken.first() is not None


def give_up_lease(session: Session, name: str, holder: str) -> None:
    """Let another process be elected at once."""
    at = database_time(session)
    session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=at))


@cache
def _taking(kinds: frozenset[str]) -> ReturningUpdate[int, str, str, str, int]:
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
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    wanted = due.where(Job.kind.in_(kinds)) if kinds else due
    taken = update(Job).where(Job.id == wanted.scalar_subquery())
    return taken.values(tries=Job.tries + 1, leased_until=bindparam("lease_end")).returning(
        Job.id, Job.key, Job.kind, Job.ref, Job.tries
    )


_FINISHED = (
    update(Job)
    .where(Job.id == bindparam("job_id"), Job.leased_until == bindparam("token"))
    .values(done_at=bindparam("moment"), leased_until=None)
)


def _settle(session: Session, job: Leased, **values: object) -> bool:
    # The lease's end is the token: whoever took the job over wrote another one.
    ours = update(Job).where(Job.id == job.id, Job.leased_until == job.until)
    return session.connection().execute(ours.values(**values)).rowcount == 1


def delete_done(session: Session, before: datetime) -> int:
    """Delete jobs that were done before this moment; how many. Their period is over, so they cannot come back."""
    done = session.execute(delete(Job).where(Job.done_at < before).returning(Job.id))
    return len(done.all())
