"""The worker: jobs end as they should, loops outlive faults, and schedules fire once a period."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from connector.clock import frozen
from connector.db.engine import Database
from connector.db.tables import Job
from connector.queue import service
from connector.queue.rules import PACE, Pace
from connector.queue.schedule import Firing, Schedule
from connector.queue.worker import Handler, Loop, Worker, run_loop
from sources.errors import Forbidden, RateLimited, Unavailable
from tests.fakes import FakeClock


def worker(db: Database, now: datetime, handler: Handler, pace: Pace = PACE) -> Worker:
    with db.sessions.begin() as session:
        service.enqueue(session, "k", "harvest", ref="3", run_at=now, now=now)
    return Worker(db, frozen(now), loops=[], handlers={"harvest": handler}, firings=[], pace=pace)


def only_job(db: Database) -> Job:
    with db.readers() as session:
        return session.query(Job).one()


def test_a_job_is_handed_to_its_handler_once(sqlite_db: Database, now: datetime) -> None:
    refs: list[str] = []
    running = worker(sqlite_db, now, lambda job: refs.append(job.ref))
    assert [running.run_one_job(), running.run_one_job()] == [1, 0]
    assert refs == ["3"]
    assert only_job(sqlite_db).done_at == now


@pytest.mark.parametrize(
    ("error", "parked", "minutes"),
    [
        (Forbidden("no permission to read issues"), "no permission to read issues", 0),
        (Unavailable(), None, 10 / 60),
        (RateLimited(datetime.fromisoformat("2026-11-23T09:35:00+00:00")), None, 30),
    ],
)
def test_a_failing_job_is_parked_or_waits(
    sqlite_db: Database, now: datetime, error: Exception, parked: str | None, minutes: float
) -> None:
    def fail(job: service.Leased) -> None:
        raise error

    assert worker(sqlite_db, now, fail).run_one_job() == 1
    row = only_job(sqlite_db)
    assert (row.done_at, row.leased_until, row.parked_reason) == (None, None, parked)
    assert row.run_at == now + timedelta(minutes=minutes)


def test_a_job_that_takes_longer_than_its_lease_is_renewed_and_finished(db: Database, now: datetime) -> None:
    """R6: a lease is short, and a job may be long."""
    seen: list[service.Leased | None] = []

    def outlast(job: service.Leased) -> None:
        while datetime.now(UTC) <= job.until:
            running.keep_leases()
        with db.sessions.begin() as session:
            seen.append(service.lease_next(session, now=now))

    running = worker(db, now, outlast, Pace(lease=timedelta(milliseconds=200)))
    assert running.run_one_job() == 1
    assert seen == [None]
    assert only_job(db).done_at == now


def test_jobs_that_would_have_to_wait_for_a_long_one_are_left_to_others(db: Database, now: datetime) -> None:
    """R6: what ended is recorded meanwhile, and the long one stays ours."""
    taken: list[list[str]] = []

    def do(job: service.Leased) -> None:
        if job.ref != "long":
            return
        running.keep_leases()
        with db.sessions.begin() as session:
            left = service.lease_some(session, now=now, most=9)
            taken.append([one.key for one in left])
            service.finish(session, left, now)

    with db.sessions.begin() as session:
        for key, ref in (("a", ""), ("b", "long"), ("c", "")):
            service.enqueue(session, key, "harvest", ref=ref, run_at=now, now=now)
    running = Worker(db, frozen(now), loops=[], handlers={"harvest": do}, firings=[])
    assert running.run_jobs(threading.Event()) == 2
    assert taken == [["c"]]
    with db.readers() as session:
        assert session.query(Job).filter(Job.done_at.is_(None)).count() == 0
        assert [(job.key, job.tries) for job in session.query(Job).order_by(Job.key)] == [("a", 1), ("b", 1), ("c", 1)]


def test_a_worker_that_is_told_to_stop_gives_back_what_it_has_not_begun(db: Database, now: datetime) -> None:
    stop = threading.Event()
    with db.sessions.begin() as session:
        for key in "abc":
            service.enqueue(session, key, "harvest", run_at=now, now=now)
    running = Worker(db, frozen(now), loops=[], handlers={"harvest": lambda _job: stop.set()}, firings=[])
    assert running.run_jobs(stop) == 1
    with db.readers() as session:
        found = [(job.key, job.tries, job.leased_until, job.done_at) for job in session.query(Job).order_by(Job.key)]
    assert found == [("a", 1, None, now), ("b", 0, None, None), ("c", 0, None, None)]


def test_nothing_is_renewed_after_a_fault(sqlite_db: Database, now: datetime) -> None:
    """R6: else a job that failed for a reason nobody foresaw would be held for ever."""

    def fail(job: service.Leased) -> None:
        raise ValueError("a bug")

    running = worker(sqlite_db, now, fail)
    with pytest.raises(ValueError, match="a bug"):
        running.run_one_job()
    held = only_job(sqlite_db).leased_until
    running.keep_leases()
    assert only_job(sqlite_db).leased_until == held


@pytest.mark.parametrize(
    "error", [None, Unavailable(), Forbidden("no"), RateLimited(datetime(2026, 11, 23, 10, tzinfo=UTC))]
)
def test_no_log_line_names_the_object_of_a_job(sqlite_db: Database, now: datetime, error: Exception | None) -> None:
    """S3: it may be an issue that is not public any more."""

    def do(_job: service.Leased) -> None:
        if error is not None:
            raise error

    with sqlite_db.sessions.begin() as session:
        service.enqueue(session, "reread:1:4711", "reread", ref="1:4711", run_at=now, now=now)
    with capture_logs() as lines:
        Worker(sqlite_db, frozen(now), loops=[], handlers={"reread": do}, firings=[]).run_one_job()
    assert len(lines) == 1
    assert "4711" not in repr(lines)


def test_a_loop_outlives_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector.queue.worker.AFTER_A_FAULT", 0)  # the wait itself is not the point
    stop, calls = threading.Event(), []

    def step() -> int:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("a bug")
        stop.set()
        return 1

    run_loop(Loop("test", step, 0), stop)
    assert len(calls) == 2


def test_two_schedules_fire_once_in_a_period(sqlite_db: Database, now: datetime) -> None:
    def enqueue(session: Session, start: datetime, at: datetime) -> None:
        service.enqueue(session, f"expire:{start.isoformat()}", "expire", run_at=at, now=at)

    firing = Firing("expire", timedelta(minutes=15), enqueue)
    for minutes in (0, 1, 9):
        Schedule(sqlite_db, frozen(now + timedelta(minutes=minutes)), [firing]).fire(firing)
    with sqlite_db.readers() as session:
        assert session.query(Job).count() == 1
    Schedule(sqlite_db, frozen(now + timedelta(minutes=10)), [firing]).fire(firing)
    with sqlite_db.readers() as session:
        assert session.query(Job).count() == 2


def test_only_the_elected_schedule_runs_and_another_takes_over(sqlite_db: Database, now: datetime) -> None:
    fired: list[str] = []
    schedules = {
        name: Schedule(
            sqlite_db, frozen(now), [Firing("f", timedelta(hours=1), lambda *_args, n=name: fired.append(n))]
        )
        for name in ("one", "two")
    }
    schedules["one"].elect()
    schedules["two"].elect()
    assert fired == ["one"]
    schedules["one"].close()
    schedules["two"].elect()
    schedules["two"].close()
    assert fired == ["one", "two"]


@pytest.mark.parametrize(("hours", "started"), [(0, 1), (1, 1), (-1, 2)])
def test_a_schedule_starts_anew_when_the_clock_goes_back(
    sqlite_db: Database, now: datetime, hours: int, started: int
) -> None:
    """R8: its timers wait for a time of day that would come again only later."""
    clock = FakeClock(now)
    fired: list[datetime] = []
    firing = Firing("f", timedelta(days=1), lambda _session, _start, at: fired.append(at))
    schedule = Schedule(sqlite_db, clock, [firing])
    schedule.elect()
    clock.advance(hours=hours)
    schedule.elect()
    schedule.close()
    assert len(fired) == started


def test_a_worker_stops_when_told(sqlite_db: Database, now: datetime) -> None:
    stop = threading.Event()
    running = Worker(
        sqlite_db, frozen(now), loops=[Loop("once", lambda: stop.set() or 0, 0.01)], handlers={}, firings=[]
    )
    running.run(stop)
    assert stop.is_set()
