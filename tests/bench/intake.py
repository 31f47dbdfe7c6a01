"""Durable intake: signed deliveries of 12 KB over 16 connections, beside a bare endpoint and one insert per request."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import payloads, servers
from tests.bench.payloads import Hook
from tests.bench.sender import Report, send
from tests.bench.table import Goal, Sense, Size, Table
from tests.ports import free_port

CONNECTIONS = 16
WARM_SECONDS = 2.0
THREADS = 16
"""Of a process of ours under gunicorn, as `docs/deploy.md` says: each waits for the commit of its delivery."""
BARE = "(a) Flask, HMAC only, gunicorn"
INSERTING = "(b) Flask, one insert a request, gunicorn"
OURS = "wecena web, 2 processes"
OURS_ON_GUNICORN = "wecena under gunicorn"
ORDER = (BARE, OURS, INSERTING, OURS_ON_GUNICORN, BARE)
"""Once a round: each of ours has the bare endpoint before or after it."""


def measure(size: Size) -> Iterator[Table]:
    """Each server in turn, ``size.rounds`` times over."""
    found: dict[str, list[Report]] = {name: [] for name in ORDER}
    for _ in range(size.rounds):
        for name in ORDER:
            found[name].append(_measured(name, size.seconds))
    yield _table(found)


def _measured(name: str, seconds: float) -> Report:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecena-bench-")))
        hook = stack.enter_context(_door(name, folder))
        send(hook.url, payloads.requests(hook, prefix="warm"), connections=CONNECTIONS, seconds=WARM_SECONDS)
        report = send(hook.url, payloads.requests(hook), connections=CONNECTIONS, seconds=seconds)
    if set(report.statuses) != {202}:
        raise RuntimeError(f"{name} answered {dict(report.statuses)}")
    return report


def _door(name: str, folder: Path) -> AbstractContextManager[Hook]:
    match name:
        case "(a) Flask, HMAC only, gunicorn":
            return _peer("bare", folder)
        case "(b) Flask, one insert a request, gunicorn":
            return _peer("inserting", folder)
        case _:
            return _ours(folder, on_gunicorn=name == OURS_ON_GUNICORN)


@contextmanager
def _peer(name: str, folder: Path) -> Iterator[Hook]:
    environment = {**os.environ, "PEER_SECRET": servers.SECRET, "PEER_DATABASE": str(folder / "peer.db")}
    with servers.gunicorn(f"tests.bench.peers.{name}:app", environment, free_port()) as running:
        yield Hook(f"{running.url}/webhooks/github/key", servers.SECRET)


@contextmanager
def _ours(folder: Path, *, on_gunicorn: bool) -> Iterator[Hook]:
    place = servers.installation(folder, web_workers=2)
    port = free_port()
    hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
    start = (
        partial(servers.gunicorn, "connector.app:wsgi_from_environment()", place.environment, threads=THREADS)
        if on_gunicorn
        else partial(servers.wecena, place, "web")
    )
    with start(port):
        yield hook


def _table(found: dict[str, list[Report]]) -> Table:
    bare = _rate(found[BARE])
    lines = tuple(
        (
            name, f"{_rate(reports):,.0f}", f"{_rate(reports) / bare:.2f}", f"{_wait(reports, 0.5):.1f}",
            f"{_wait(reports, 0.99):.1f}", f"{min(each.rate for each in reports):,.0f}",
            f"{max(each.rate for each in reports):,.0f}",
        )
        for name, reports in found.items()
    )  # fmt: skip
    goals = (
        Goal("intake beside (a)", _rate(found[OURS]) / bare, Sense.AT_LEAST, 0.9, "x"),
        Goal("intake beside (b)", _rate(found[OURS]) / _rate(found[INSERTING]), Sense.AT_LEAST, 3, "x"),
        Goal("intake p99", _wait(found[OURS], 0.99), Sense.AT_MOST, 50, "ms"),
        Goal("intake on gunicorn beside (a)", _rate(found[OURS_ON_GUNICORN]) / bare, Sense.AT_LEAST, 0.55, "x"),
    )
    columns = ("16 connections, 12 KB, SQLite FULL", "median/s", "x (a)", "p50 ms", "p99 ms", "least/s", "most/s")
    return Table("Durable intake", columns, lines, goals)


def _rate(reports: list[Report]) -> float:
    return median(each.rate for each in reports)


def _wait(reports: list[Report], share: float) -> float:
    return median(each.wait(share) for each in reports)
