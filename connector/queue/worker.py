"""The process that does what waits: loops in threads, and the schedule of whichever process is elected.

The loops and the jobs' handlers are handed in; nothing here knows what they do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.errors import UserError
from connector.queue import rules, service
from connector.queue.dispatcher import Dispatcher, Threads
from sources.errors import RateLimited, SourceError

Handler = Callable[[service.Leased], None]
AFTER_A_FAULT = 2.0
SCHEDULE = "schedule"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Loop:
    """Something done again and again. ``step`` tells how much it did; after nothing it waits ``pause`` seconds."""

    name: str
    step: Callable[[], int]
    pause: float


@dataclass(frozen=True, slots=True)
class Firing:
    """Something due once in each period. ``enqueue(session, start, now)`` only puts in jobs keyed by the period."""

    name: str
    every: timedelta
    enqueue: Callable[[Session, datetime, datetime], None]


class Worker:
    """Runs loops, jobs and the schedule until told to stop."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        *,
        loops: Sequence[Loop],
        handlers: Mapping[str, Handler],
        firings: Sequence[Firing],
        pace: rules.Pace = rules.PACE,
        dispatcher: Dispatcher | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._handlers = dict(handlers)
        self._pace = pace
        self._loops = (
            *loops,
            Loop("leases", self.renew_lease, pace.renewal.total_seconds()),
        )
        self._schedule = Schedule(db, clock, firings, pace=pace)
        self._dispatcher = dispatcher or Threads()
        self._held: service.Leased | None = None
        self._holding = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; what was begun is ended first."""
        threads = [threading.Thread(target=run_loop, args=(loop, stop), name=loop.name) for loop in self._loops]
        for thread in threads:
            thread.start()
        threads.append(self._dispatcher.start(lambda: run_loop(Loop("jobs", partial(self.run_jobs, stop), 0.5), stop)))
        try:
            run_loop(Loop("schedule", self._schedule.elect, self._pace.election.total_seconds()), stop)
        finally:
            self._schedule.close()
            for thread in threads:
                thread.join()

    def run_one_job(self) -> int:
        """Take one due job and do it; 0 where none is due."""
        with self._db.sessions.begin() as session:
            job = self._lease(session)
        if job is None:
            return 0
        self._do(job)
        return 1

    def run_jobs(self, stop: threading.Event) -> int:
        """Do due jobs one after the other until none is left or ``stop`` is set; tells how many.

        A job is finished and the next one taken in the same transaction: one commit each.
        """
        done = 0
        with self._db.sessions.begin() as session:
            job = self._lease(session)
        while job is not None:
            job = self._do(job, goes_on=lambda: not stop.is_set())
            done += 1
        return done

    def _lease(self, session: Session) -> service.Leased | None:
        return service.lease_next(session, now=self._clock(), kinds=self._handlers, lease=self._pace.lease)

    def _do(self, job: service.Leased, goes_on: Callable[[], bool] = lambda: False) -> service.Leased | None:
        """Do a job; the next one where it ended well and there is one to go on with."""
        self._held = job
        try:
            self._handlers[job.kind](job)
        except RateLimited as exc:
            self._postpone(self._let_go(job), exc.until)
        except (SourceError, UserError, SQLAlchemyError) as exc:
            self._note_failure(self._let_go(job), exc)
        else:
            return self._finish(self._let_go(job), goes_on=goes_on())
        finally:
            self._held = None
        return None

    def renew_lease(self) -> int:
        """Keep the job that runs now; where it was lost to another worker, our answer about it will be refused."""
        with self._holding:
            if self._held is not None:
                with self._db.sessions.begin() as session:
                    self._held = service.renew(session, self._held, lease=self._pace.lease) or self._held
        return 0

    def _let_go(self, job: service.Leased) -> service.Leased:
        """The job as it was renewed last, and never again."""
        with self._holding:
            held, self._held = self._held, None
        return held or job

    def _finish(self, job: service.Leased, *, goes_on: bool) -> service.Leased | None:
        with self._db.sessions.begin() as session:
            service.finish(session, job, self._clock())
            following = self._lease(session) if goes_on else None
        log.info("job done", job=job.key)
        return following

    def _postpone(self, job: service.Leased, until: datetime) -> None:
        with self._db.sessions.begin() as session:
            service.postpone(session, job, until)
        log.warning("job postponed", job=job.key, until=until.isoformat())

    def _note_failure(self, job: service.Leased, error: Exception) -> None:
        permanent = isinstance(error, UserError) or (isinstance(error, SourceError) and error.permanent)
        text = type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error)
        with self._db.sessions.begin() as session:
            service.fail(session, job, error=text, now=self._clock(), permanent=permanent)
        log.warning("job failed", job=job.key, because=text, permanent=permanent)


class Schedule:
    """A clock that only puts in keyed jobs, so that two of them would do no harm; one process is elected all the same."""

    def __init__(self, db: Database, clock: Clock, firings: Sequence[Firing], *, pace: rules.Pace = rules.PACE) -> None:
        self._db = db
        self._clock = clock
        self._firings = tuple(firings)
        self._pace = pace
        self._holder = uuid4().hex
        self._looked_at = clock()
        self._scheduler: BackgroundScheduler | None = None

    def elect(self) -> int:
        """Keep or win the election, and run the schedule exactly as long as it is won."""
        try:
            with self._db.sessions.begin() as session:
                won = service.hold_lease(session, SCHEDULE, holder=self._holder, length=self._pace.leadership)
        except SQLAlchemyError:
            won = False  # without the database nobody knows who is elected
        if self._went_back():
            self._stop()  # it would wait until the clock shows again what it showed before
        if won and self._scheduler is None:
            self._start()
        elif not won:
            self._stop()
        return 0

    def close(self) -> None:
        """Stop, and let another process be elected at once."""
        if self._scheduler is not None:
            self._stop()
            try:
                with self._db.sessions.begin() as session:
                    service.give_up_lease(session, SCHEDULE, self._holder)
            except SQLAlchemyError:
                log.warning("lease not given up")

    def fire(self, firing: Firing) -> None:
        """Put in the jobs of the present period; those of a period that were put in before stay as they are."""
        now = self._clock()
        try:
            with self._db.sessions.begin() as session:
                firing.enqueue(session, rules.period(now, firing.every), now)
        except SQLAlchemyError as exc:
            log.warning("firing failed", firing=firing.name, because=type(exc).__name__)

    def _went_back(self) -> bool:
        before, self._looked_at = self._looked_at, self._clock()
        return self._looked_at < before

    def _start(self) -> None:
        scheduler = BackgroundScheduler(timezone="UTC", daemon=True)
        for firing in self._firings:
            seconds = rules.look_every(firing.every).total_seconds()  # late rather than never
            scheduler.add_job(
                self.fire, "interval", args=(firing,), seconds=seconds, coalesce=True, misfire_grace_time=None
            )
            self.fire(firing)
        scheduler.start()
        self._scheduler = scheduler
        log.info("schedule started")

    def _stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
            log.info("schedule stopped")


def run_loop(loop: Loop, stop: threading.Event) -> None:
    """Repeat a loop's step until ``stop``. A fault is logged and never ends the loop."""
    while not stop.is_set():
        try:
            pause = 0.0 if loop.step() else loop.pause
        except Exception:  # the worker loop must outlive every fault
            log.exception("loop failed", loop=loop.name)
            pause = AFTER_A_FAULT
        stop.wait(pause)
