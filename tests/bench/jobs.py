"""Jobs taken and finished, beside huey on SQLite: with the same durability, and with huey's defaults."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import structlog
from huey import SqliteHuey

from connector.clock import utc_now
from connector.db import migrate
from connector.db.engine import open_database
from connector.queue import service
from connector.queue.worker import Worker
from tests.bench.table import Goal, Sense, Size, Table, ratio_of_medians

FSYNC, DEFAULT, OURS = "(a) huey, fsync", "(b) huey, its defaults (no fsync)", "wecena, SQLite FULL"


def measure(size: Size) -> Iterator[Table]:
    """Each in turn, ``size.rounds`` times over, ``size.count`` jobs each."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ways: dict[str, Callable[[Path, int], float]] = {
        FSYNC: lambda folder, count: _huey(folder, count, fsync=True), OURS: _ours,
        DEFAULT: lambda folder, count: _huey(folder, count, fsync=False),
    }  # fmt: skip
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(size.rounds):
        for name in (FSYNC, OURS, DEFAULT, FSYNC):
            with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder:
                found[name].append(size.count / ways[name](Path(folder), size.count))
    lines = tuple(
        (
            name, f"{median(rates):,.0f}", f"{ratio_of_medians(rates, found[FSYNC]):.2f}",
            f"{ratio_of_medians(rates, found[DEFAULT]):.2f}", "repeated" if name == OURS else "lost",
        )
        for name, rates in found.items()
    )  # fmt: skip
    goals = (Goal("jobs beside (a)", ratio_of_medians(found[OURS], found[FSYNC]), Sense.AT_LEAST, 0.7, "x"),)
    columns = (f"{size.count:,} empty jobs, one worker", "median/s", "x (a)", "x (b)", "after kill -9 a job is")
    yield Table("Claim and finish of jobs", columns, lines, goals)


def _ours(folder: Path, count: int) -> float:
    path = folder / "wecena.db"
    migrate.upgrade(f"sqlite:///{path}")
    db, now, did = open_database(f"sqlite:///{path}"), utc_now(), []
    with db.sessions.begin() as session:
        for number in range(count):
            service.enqueue(session, f"key:{number}", "nothing", run_at=now, now=now)
    worker = Worker(db, utc_now, loops=[], handlers={"nothing": did.append}, firings=[])
    began = time.perf_counter()
    while worker.run_jobs(threading.Event()):
        pass
    took = time.perf_counter() - began
    db.engine.dispose()
    if len(did) != count:
        raise RuntimeError(f"{len(did)} of {count} jobs were done")
    return took


def _huey(folder: Path, count: int, *, fsync: bool) -> float:
    huey, did = SqliteHuey(filename=str(folder / "huey.db"), fsync=fsync), []

    @huey.task()
    def nothing(number: int) -> None:
        did.append(number)

    for number in range(count):
        nothing(number)
    began = time.perf_counter()
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    took = time.perf_counter() - began
    huey.storage.close()
    if len(did) != count:
        raise RuntimeError(f"{len(did)} of {count} jobs were done")
    return took
