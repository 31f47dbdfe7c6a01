"""A schedule with a period of seconds, and a process that counts what it fires."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from connector.app import build_services
from connector.cli.processes import until_told_to_stop
from connector.cli.worker import enqueue_once
from connector.queue.rules import Pace
from connector.queue.schedule import Firing, Schedule
from connector.queue.service import Leased
from connector.queue.worker import Loop, Worker, run_loop
from connector.settings import Settings
from tests.drills.faults import Fault

TICK = "tick"
PERIOD = timedelta(seconds=5)
PACE = Pace(lease=timedelta(seconds=2), election=timedelta(seconds=0.2), leadership=timedelta(seconds=1))
FIRED = "fired"
"""The file that gets a line for each job that was done."""
ELECTED = "elected"
"""The file that gets the id of whoever looks whether a period has begun."""
READY = "ready"
"""The file that gets the id of whoever stands for election from now on."""


def schedule(settings: Settings, _fault: Fault) -> None:
    """Only the schedule, in an election with the other processes that do the same."""
    services = build_services(settings)
    firing = Firing(TICK, PERIOD, partial(_enqueue, settings.data_dir / ELECTED))
    standing = Schedule(services.db, services.clock, [firing], pace=PACE)
    _append(settings.data_dir / READY, str(os.getpid()))
    run_loop(Loop("schedule", standing.elect, PACE.election.total_seconds()), until_told_to_stop())
    standing.close()


def count_firings(settings: Settings, _fault: Fault) -> None:
    """Only the jobs, out of the election: each leaves a line with its period."""
    services = build_services(settings)
    handlers = {TICK: partial(_note, settings.data_dir / FIRED)}
    worker = Worker(services.db, services.clock, loops=(), handlers=handlers, firings=(), pace=PACE)
    run_loop(Loop("jobs", worker.run_one_job, 0.1), until_told_to_stop())


def _enqueue(path: Path, session: Session, start: datetime, now: datetime) -> None:
    _append(path, str(os.getpid()))
    enqueue_once(TICK, session, start, now)


def _note(path: Path, job: Leased) -> None:
    _append(path, job.key)


def _append(path: Path, line: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(file, f"{line}\n".encode())
    os.close(file)
