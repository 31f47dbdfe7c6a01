"""Steady load: 50 deliveries a second while the forge is dead, and what visitors wait for meanwhile."""

from __future__ import annotations

import http.client
import json
import random
import socket
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import payloads, servers
from tests.bench.sender import Report
from tests.bench.table import Goal, Sense, Size, Table
from tests.ports import free_port

RATE = 50
PAGES_A_SECOND = 4
CONNECTIONS = 4
PATIENCE = 30.0
FOLLOWED = 10


def measure(size: Size) -> Iterator[Table]:
    """`wecena run` with one web process for ``size.seconds``; deliveries, pages and a forge that answers nobody."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecena-bench-")))
        forge = stack.enter_context(_dead_forge())
        port = free_port()
        place = servers.installation(folder, allowed_networks="127.0.0.0/8", harvest_minutes=1, log_level="warning")
        _offer_everything(folder)
        hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
        for number in range(FOLLOWED):
            servers.hook_of(place, "http://x", f"https://github.com/acme/other-{number}")
        running = stack.enter_context(servers.wecena(place, "run", port))
        task = _first_task(running.url, hook)
        _depend_on(folder, forge)
        intake, pages = _under_load(running.url, hook, ("/", f"/tasks/{task}", "/api/v1/tasks"), size.seconds)
    yield _table(size, intake, pages)


def _under_load(
    url: str, hook: payloads.Hook, paths: tuple[str, ...], seconds: float
) -> tuple[Report, dict[str, Report]]:
    intake, pages = Report(seconds=seconds), {path: Report(seconds=seconds) for path in paths}
    requests = payloads.requests(hook, bodies=200)
    guard = threading.Lock()

    def deliver(connection: socket.socket) -> int:
        with guard:
            request = next(requests)
        connection.sendall(request)
        return int(connection.recv(4096)[9:12])

    latest = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_steadily, args=(RATE / CONNECTIONS, latest, intake, _over_socket(url, deliver)))
        for _ in range(CONNECTIONS)
    ] + [
        threading.Thread(target=_steadily, args=(PAGES_A_SECOND, latest, report, _getting(url, path)))
        for path, report in pages.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return intake, pages


def _steadily(rate: float, latest: float, report: Report, act: Callable[[], int]) -> None:
    """Act so often a second, at random moments. A wait counts from when it was due, so that a stall is not hidden."""
    chance, due = random.Random(), time.monotonic()  # noqa: S311  (arrivals, not secrets)
    while due < latest:
        time.sleep(max(0.0, due - time.monotonic()))
        status = act()
        report.waits.append(time.monotonic() - due)
        report.statuses[status] += 1
        due += chance.expovariate(rate)


def _over_socket(url: str, deliver: Callable[[socket.socket], int]) -> Callable[[], int]:
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname or "", address.port or 80), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return lambda: deliver(connection)


def _getting(url: str, path: str) -> Callable[[], int]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)

    def get() -> int:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return get


def _first_task(url: str, hook: payloads.Hook) -> int:
    """Deliver a few issues and wait for the first task that is made of them."""
    deliver = iter(payloads.requests(hook, bodies=20, prefix="first"))
    connection = socket.create_connection((urlsplit(url).hostname or "", urlsplit(url).port or 80), timeout=PATIENCE)
    with connection:
        for _ in range(20):
            connection.sendall(next(deliver))
            connection.recv(4096)
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        found = _json(url, "/api/v1/tasks")["items"]
        if found:
            return int(found[0]["id"])
        time.sleep(0.1)
    raise TimeoutError("no task was made of the deliveries")


def _json(url: str, path: str) -> dict[str, list[dict[str, int]]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request("GET", path)
    found: dict[str, list[dict[str, int]]] = json.loads(connection.getresponse().read())
    return found


@contextmanager
def _dead_forge() -> Iterator[str]:
    """A forge that takes connections and never answers: the slowest there is."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def _offer_everything(folder: Path) -> None:
    """Draw the line at nothing: the issues are random words, which say of themselves that they take long."""
    with closing(sqlite3.connect(folder / "wecena.db", timeout=PATIENCE)) as connection, connection:
        connection.execute("INSERT INTO offer_line (chance, created_at) VALUES (0, '2026-01-01 00:00:00')")


def _depend_on(folder: Path, forge: str) -> None:
    """Let every project be harvested, and its doubts be cleared, at this forge."""
    with closing(sqlite3.connect(folder / "wecena.db", timeout=PATIENCE)) as connection, connection:
        connection.execute("UPDATE project SET is_offline = 0, api_url = ?", (forge,))


def _table(size: Size, intake: Report, pages: dict[str, Report]) -> Table:
    named = {"POST /webhooks/...": intake, **{_shown(path): report for path, report in pages.items()}}
    lines = tuple(
        (
            name, f"{len(report.waits) / report.seconds:.1f}", f"{report.wait(0.5):.1f}", f"{report.wait(0.99):.1f}",
            f"{max(report.waits) * 1000:.1f}", _told(report.statuses),
        )
        for name, report in named.items()
    )  # fmt: skip
    worst_page = max(report.wait(0.99) for report in pages.values())
    goals = (
        Goal("intake p99 under load", intake.wait(0.99), Sense.AT_MOST, 100, "ms"),
        Goal("pages p99 under load", worst_page, Sense.AT_MOST, 200, "ms"),
        Goal("deliveries not answered 202", intake.statuses.total() - intake.statuses[202], Sense.AT_MOST, 0),
    )
    title = f"Load: {RATE} deliveries a second for {size.seconds:.0f} s on `wecena run`, the forge dead"
    return Table(title, ("request", "a second", "p50 ms", "p99 ms", "most ms", "answers"), lines, goals)


def _told(statuses: Counter[int]) -> str:
    return ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))


def _shown(path: str) -> str:
    return "GET /tasks/..." if path.startswith("/tasks/") else f"GET {path}"
