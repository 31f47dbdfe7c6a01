"""The process that does what waits: loops in threads, and the schedule of whichever process is elected.

The loops and the jobs' handlers are handed in; nothing here knows what they do.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.errors import UserError
from connector.queue import rules, service
from connector.queue.dispatcher import Dispatcher, Threads
from connector.queue.schedule import Firing, Schedule
from sources.errors import RateLimited, SourceError

Handler = Callable[[service.Leased], None]
AFTER_A_FAULT = 2.0
LEASED_TOGETHER = 10
RECORDED_WITHIN = 0.05
"""How many seconds a job that ended may wait for others to be recorded with it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Loop:
    """Something done again and again. ``step`` tells how much it did; after nothing it waits ``pause`` seconds."""

    name: str
    step: Callable[[], int]
    pause: float


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
        self._loops = (*loops, Loop("leases", self.keep_leases, pace.renewal.total_seconds()))
        self._schedule = Schedule(db, clock, firings, pace=pace)
        self._dispatcher = dispatcher or Threads()
        self._holding = threading.Lock()
        self._waiting: deque[service.Leased] = deque()
        self._running: service.Leased | None = None
        self._ended: list[service.Leased] = []
        self._recorded_at = time.monotonic()

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
        job = self._next(most=1)
        if job is None:
            return 0
        self._do(job)
        self._next(most=0)
        return 1

    def run_jobs(self, stop: threading.Event) -> int:
        """Do due jobs one after the other until none is left or ``stop`` is set; tells how many.

        Several are leased together, and those that ended are recorded together with the next lease: one commit for all.
        """
        done = 0
        while (job := self._next(most=0 if stop.is_set() else LEASED_TOGETHER)) is not None:
            self._do(job)
            done += 1
        return done

    def keep_leases(self) -> int:
        """Keep the job that runs now, record what ended, and leave to others what would have to wait for it.

        Where a job was lost to another worker, our answer about it will be refused.
        """
        with self._holding:
            if self._running is not None:
                with self._db.sessions.begin() as session:
                    service.finish(session, self._ended, self._clock())
                    service.give_back(session, self._waiting)
                    kept = service.renew(session, self._running, lease=self._pace.lease)
                self._ended, self._waiting, self._running = [], deque(), kept or self._running
        return 0

    def _next(self, *, most: int) -> service.Leased | None:
        """The job to begin with now, of those that wait or of up to ``most`` that are leased when none does."""
        with self._holding:
            is_late = time.monotonic() > self._recorded_at + RECORDED_WITHIN
            if is_late or most == 0 or not self._waiting:
                self._turn_over(most)
            self._running = self._waiting.popleft() if self._waiting else None
            return self._running

    def _turn_over(self, most: int) -> None:
        """Record what ended; lease more where none waits, give back what waits where no more is wanted."""
        with self._db.sessions.begin() as session:
            service.finish(session, self._ended, self._clock())
            if most == 0:
                service.give_back(session, self._waiting)
                self._waiting = deque()
            elif not self._waiting:
                self._waiting = deque(self._lease(session, most))
        self._ended, self._recorded_at = [], time.monotonic()

    def _lease(self, session: Session, most: int) -> list[service.Leased]:
        return service.lease_some(session, now=self._clock(), kinds=self._handlers, lease=self._pace.lease, most=most)

    def _do(self, job: service.Leased) -> None:
        try:
            self._handlers[job.kind](job)
        except RateLimited as exc:
            self._postpone(self._let_go(job), exc.until)
        except (SourceError, UserError, SQLAlchemyError) as exc:
            self._note_failure(self._let_go(job), exc)
        else:
            self._ended.append(self._let_go(job))
            log.info("job done", job=job.id, kind=job.kind)
        finally:
            self._running = None

    def _let_go(self, job: service.Leased) -> service.Leased:
        """The job as it was renewed last, and never again."""
        with self._holding:
            held, self._running = self._running, None
        return held or job

    def _postpone(self, job: service.Leased, until: datetime) -> None:
        with self._db.sessions.begin() as session:
            service.postpone(session, job, until)
        log.warning("job postponed", job=job.id, kind=job.kind, until=until.isoformat())

    def _note_failure(self, job: service.Leased, error: Exception) -> None:
        permanent = isinstance(error, UserError) or (isinstance(error, SourceError) and error.permanent)
        text = type(error).__name__ if isinstance(error, SQLAlchemyError) else str(error)
        with self._db.sessions.begin() as session:
            service.fail(session, job, error=text, now=self._clock(), permanent=permanent)
        log.warning("job failed", job=job.id, kind=job.kind, because=text, permanent=permanent)


def run_loop(loop: Loop, stop: threading.Event) -> None:
    """Repeat a loop's step until ``stop``. A fault is logged and never ends the loop."""
    while not stop.is_set():
        try:
            pause = 0.0 if loop.step() else loop.pause
        except Exception:  # the worker loop must outlive every fault
            log.exception("loop failed", loop=loop.name)
            pause = AFTER_A_FAULT
        stop.wait(pause)
