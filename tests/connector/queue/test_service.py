"""Jobs are taken by one worker at a time, tried again, and parked in the end (R6, R8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Job
from connector.queue import rules, service

ALREADY_OVER = timedelta(seconds=-1)


def put(db: Database, now: datetime, key: str = "harvest:1", **changes: datetime) -> bool:
    with db.sessions.begin() as session:
        return service.enqueue(session, key, "harvest", ref="1", run_at=changes.get("run_at", now), now=now)


def take(db: Database, now: datetime, *, lease: timedelta = rules.LEASE) -> service.Leased | None:
    with db.sessions.begin() as session:
        return service.lease_next(session, now=now, lease=lease)


def test_the_same_key_is_put_in_once(db: Database, now: datetime) -> None:
    assert [put(db, now), put(db, now)] == [True, False]


def test_a_leased_job_is_not_given_to_another_worker(db: Database, now: datetime) -> None:
    put(db, now)
    assert take(db, now) is not None
    assert take(db, now) is None


def test_the_job_due_longest_comes_first_and_a_later_one_not_yet(db: Database, now: datetime) -> None:
    put(db, now, "second", run_at=now)
    put(db, now, "first", run_at=now - timedelta(hours=1))
    put(db, now, "tomorrow", run_at=now + timedelta(days=1))
    taken = [take(db, now), take(db, now), take(db, now)]
    assert [job and job.key for job in taken] == ["first", "second", None]


def test_only_jobs_of_the_asked_kinds_are_taken(db: Database, now: datetime) -> None:
    put(db, now)
    with db.sessions.begin() as session:
        assert service.lease_next(session, now=now, kinds=["expire"]) is None
        assert service.lease_next(session, now=now, kinds=["harvest"]) is not None


def test_jobs_never_tried_are_taken_together_and_one_tried_before_alone(db: Database, now: datetime) -> None:
    """R8: what killed its process takes no other jobs with it the next time."""
    put(db, now, "b", run_at=now - timedelta(minutes=2))
    put(db, now, "tried", run_at=now - timedelta(minutes=3))
    assert take(db, now, lease=ALREADY_OVER) is not None
    put(db, now, "a", run_at=now - timedelta(minutes=4))
    put(db, now, "c", run_at=now - timedelta(minutes=1))
    put(db, now, "tomorrow", run_at=now + timedelta(days=1))
    with db.sessions.begin() as session:
        rounds = [service.lease_some(session, now=now, most=2) for _round in range(4)]
    assert [[job.key for job in jobs] for jobs in rounds] == [["a", "b"], ["tried"], ["c"], []]


def test_jobs_that_are_given_back_are_as_if_they_had_not_been_taken(db: Database, now: datetime) -> None:
    put(db, now, "a")
    put(db, now, "b")
    with db.sessions.begin() as session:
        jobs = service.lease_some(session, now=now, most=2)
        service.give_back(session, jobs)
        again = service.lease_some(session, now=now, most=2)
    assert [(job.key, job.tries) for job in again] == [("a", 1), ("b", 1)]


def test_a_late_answer_of_an_old_owner_is_refused(db: Database, now: datetime) -> None:
    put(db, now)
    old = take(db, now, lease=ALREADY_OVER)
    new = take(db, now)
    assert old is not None
    assert new is not None
    with db.sessions.begin() as session:
        assert not service.finish(session, [old], now)
        assert not service.fail(session, old, error="late", now=now)
        assert service.finish(session, [new], now)
    assert take(db, now) is None


def test_a_renewed_job_stays_with_its_worker_and_only_the_renewed_answer_counts(db: Database, now: datetime) -> None:
    """R6."""
    put(db, now)
    taken = take(db, now, lease=ALREADY_OVER)
    assert taken is not None
    with db.sessions.begin() as session:
        renewed = service.renew(session, taken)
    assert take(db, now) is None
    assert renewed is not None
    with db.sessions.begin() as session:
        assert not service.finish(session, [taken], now)
        assert service.finish(session, [renewed], now)


def test_a_job_that_somebody_else_has_taken_is_not_renewed(db: Database, now: datetime) -> None:
    """R6."""
    put(db, now)
    old = take(db, now, lease=ALREADY_OVER)
    new = take(db, now)
    assert old is not None
    assert new is not None
    with db.sessions.begin() as session:
        assert service.renew(session, old) is None
        assert service.finish(session, [new], now)


def test_a_failed_job_waits_and_is_parked_after_the_last_try(db: Database, now: datetime) -> None:
    put(db, now)
    for tries in range(1, rules.MAX_TRIES + 1):
        job = take(db, now)
        assert job is not None
        assert job.tries == tries
        with db.sessions.begin() as session:
            service.fail(session, job, error="the tracker does not answer", now=now)
        assert take(db, now) is None
        now += timedelta(hours=1)
    assert take(db, now) is None
    with db.sessions.begin() as session:
        row = session.query(Job).one()
        assert row.parked_reason == "the tracker does not answer"
        assert service.retry_parked(session, row.id, now)
    assert take(db, now) is not None


def test_a_permanent_failure_is_parked_at_once(db: Database, now: datetime) -> None:
    put(db, now)
    job = take(db, now)
    assert job is not None
    with db.sessions.begin() as session:
        service.fail(session, job, error="no permission", now=now, permanent=True)
    assert take(db, now + timedelta(days=9)) is None


def test_a_postponed_job_keeps_its_tries(db: Database, now: datetime) -> None:
    put(db, now)
    job = take(db, now)
    assert job is not None
    with db.sessions.begin() as session:
        service.postpone(session, job, now + timedelta(minutes=5))
    assert take(db, now) is None
    again = take(db, now + timedelta(minutes=5))
    assert again is not None
    assert again.tries == 1


def test_a_job_whose_worker_dies_each_time_is_parked(db: Database, now: datetime) -> None:
    put(db, now)
    for _ in range(rules.MAX_TRIES):
        assert take(db, now, lease=ALREADY_OVER) is not None
    assert take(db, now) is None
    with db.readers() as session:
        row = session.query(Job).one()
        assert (row.parked_reason, row.leased_until) == ("its worker died each time", None)


def test_one_process_is_elected_until_its_lease_ends(db: Database) -> None:
    def hold(holder: str, seconds: float) -> bool:
        with db.sessions.begin() as session:
            return service.hold_lease(session, "schedule", holder=holder, length=timedelta(seconds=seconds))

    assert hold("a", 60)
    assert not hold("b", 60)
    assert hold("a", -1)
    assert hold("b", 60)
    assert not hold("a", 60)
    with db.sessions.begin() as session:
        service.give_up_lease(session, "schedule", "b")
    assert hold("a", 60)


def test_jobs_done_long_ago_are_deleted_and_no_other(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        for key, done_at in (("old", now - timedelta(days=8)), ("new", now), ("waits", None)):
            session.add(Job(key=key, kind="harvest", run_at=now, done_at=done_at, created_at=now))
    with db.sessions.begin() as session:
        assert service.delete_done(session, now - timedelta(days=7)) == 1
        assert sorted(session.scalars(select(Job.key))) == ["new", "waits"]
