"""Memory of the whole process group (PSS): at rest with one web process, and its growth after many deliveries with two."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from tests.bench import payloads, servers
from tests.bench.sender import send_all
from tests.bench.table import Goal, Sense, Size, Table
from tests.ports import free_port

CONNECTIONS = 16
SETTLE_SECONDS = 5.0
WARM_ROUNDS, WARM_DELIVERIES = 20, 1_000
"""Rounds with connections of their own: kept ones may all belong to one of the processes, the other stays cold."""
DRAIN_SECONDS = 600.0
AT_REST = "at rest, one web process"
WARM = f"two web processes, after {WARM_DELIVERIES} deliveries"


def measure(size: Size) -> Iterator[Table]:
    """`wecena run` at rest, and before and after ``size.count`` deliveries."""
    figures = {AT_REST: _at_rest()}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecena-bench-")))
        port = free_port()
        place = servers.installation(folder, web_workers=2, log_level="warning")
        hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
        running = stack.enter_context(servers.wecena(place, "run", port))
        for each in range(WARM_ROUNDS):
            _send(hook, WARM_DELIVERIES // WARM_ROUNDS, f"warm{each}")
        figures[WARM] = _drained(folder, running.group)
        last = f"two web processes, after {size.count:,} more"
        _send(hook, size.count, "more")
        figures[last] = _drained(folder, running.group)
    growth = figures[last] - figures[WARM]
    yield Table(
        "Memory: PSS of the process group of `wecena run`",
        ("moment", "MB"),
        tuple((name, f"{value:.1f}") for name, value in figures.items()),
        (
            Goal("memory at rest", figures[AT_REST], Sense.AT_MOST, 180, "MB"),
            Goal(f"growth after {size.count:,} deliveries", growth, Sense.AT_MOST, 20, "MB"),
        ),
    )


def _at_rest() -> float:
    with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder:
        place, port = servers.installation(Path(folder)), free_port()
        with servers.wecena(place, "run", port) as running:
            servers.get(f"{running.url}/")
            time.sleep(SETTLE_SECONDS)
            return pss(running.group)


def _send(hook: payloads.Hook, count: int, prefix: str) -> None:
    send_all(hook.url, islice(payloads.requests(hook, bodies=200, prefix=prefix), count), connections=CONNECTIONS)


def _drained(folder: Path, group: int) -> float:
    """Wait until all that was sent is processed, and look."""
    servers.until_drained(folder, DRAIN_SECONDS)
    time.sleep(SETTLE_SECONDS)
    return pss(group)


def pss(group: int) -> float:
    """Megabytes that this process group holds, shared pages divided among those that share them."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                found += _pss_kilobytes((folder / "smaps_rollup").read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return found / 1024


def _pss_kilobytes(text: str) -> int:
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
