"""Requests, quota and writes of reading 300 projects with 5,940 labelled issues, and again in a night without changes."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from github import Github
from github.Auth import Token

from connector.db import migrate
from connector.db.engine import open_database
from connector.harvest.sweeping import sweep
from tests.bench.table import Goal, Sense, Size, Table
from tests.fakes import FakeClock
from tests.many_projects import LABEL, TOKEN, Many, forge, harvest_all, sizes, writes

PROJECTS, ISSUES, BIG = 300, 5_940, 10
FIRST, SWEPT, NIGHT = "wecena: first harvest", "wecena: first sweep", "wecena: unchanged night"
LISTS, LOOP = "PyGithub: lists of 100, no row looked into", "PyGithub: plain loop"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a way of reading took."""

    requests: int
    quota: int
    writes: int
    seconds: float


def measure(_size: Size) -> Iterator[Table]:
    """Each way once: requests and writes are counted, and do not vary."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder:
        url, clock = f"sqlite:///{Path(folder) / 'wecena.db'}", FakeClock()
        migrate.upgrade(url)
        with forge(clock) as server:
            many = Many(open_database(url), server, clock, sizes(PROJECTS, ISSUES, big=BIG))
            found = dict(_costs(many, clock))
    floor = many.floor
    lines = tuple(
        (name, str(cost.requests), f"{cost.requests / floor:.2f}", str(cost.quota), str(cost.writes), f"{cost.seconds:.1f}")
        for name, cost in found.items()
    )  # fmt: skip
    goals = (
        Goal("requests of the first harvest", found[FIRST].requests / floor, Sense.AT_MOST, 1.05, "x floor"),
        Goal("quota of an unchanged night", found[NIGHT].quota, Sense.AT_MOST, 0),
        Goal("writes of an unchanged night", found[NIGHT].writes, Sense.AT_MOST, 0),
    )
    columns = (f"{PROJECTS} projects, {ISSUES:,} labelled issues", "requests", "x floor", "quota", "writes", "seconds")
    yield Table(f"Harvest: floor {floor} requests", columns, lines, goals)


def _costs(many: Many, clock: FakeClock) -> Iterator[tuple[str, Cost]]:
    yield FIRST, _cost(many, harvest_all)
    clock.advance(hours=2)
    yield SWEPT, _cost(many, _sweep_all)
    clock.advance(hours=6)
    yield NIGHT, _cost(many, _sweep_all)
    for name, per_page in ((LISTS, 100), (LOOP, 30)):
        yield name, _cost(many, lambda many, size=per_page: _loop(many, size))  # type: ignore[misc]  # bound early


def _cost(many: Many, act: Callable[[Many], None]) -> Cost:
    many.server.requests.clear()
    used, began = many.used, time.perf_counter()
    with writes(many.db) as noted:
        act(many)
    took = time.perf_counter() - began
    return Cost(len(many.server.requests), many.used - used, len(noted.statements), took)


def _sweep_all(many: Many) -> None:
    for project_id in many.project_ids:
        sweep(many.db, many.connect, project_id, many.clock, is_whole=True)


def _loop(many: Many, per_page: int) -> None:
    """As a script does it; its pauses between requests are left out. With pages of 30 each row is asked what it is."""
    hub = Github(
        auth=Token(TOKEN), base_url=many.server.api_url, per_page=per_page, seconds_between_requests=0, retry=None
    )
    seen = 0
    for path in many.paths:
        for issue in hub.get_repo(path).get_issues(state="open", labels=[LABEL]):
            seen += per_page == 100 or issue.pull_request is None
    if seen != sum(many.sizes):
        raise RuntimeError(f"{seen} issues were seen")
