"""The schedule: one elected process puts in a keyed job for each period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.queue import rules, service

SCHEDULE = "schedule"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Firing:
    """Something due once in each period. ``enqueue(session, start, now)`` only puts in jobs keyed by the period."""

    name: str
    every: timedelta
    enqueue: Callable[[Session, datetime, datetime], None]


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
