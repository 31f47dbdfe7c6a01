"""Promise 6: whatever is sent, and however much of it at once, the memory of the whole service stays bounded."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.bench import servers
from tests.bench.memory import pss
from tests.bench.payloads import Hook
from tests.ports import free_port

MEGABYTES = 64
"""RELIABILITY.md 7: at most twice what it holds at rest, and this."""
CAP = 4 * 1024 * 1024
LARGE = b'{"action":"opened","issue":{"body":"' + b"x" * (CAP - 100) + b'"}}'
BODIES = {
    "as large as allowed": LARGE,
    "larger than allowed": b"x" * (CAP + 1),
    "deep": b"[" * (CAP // 2),
    "wide": b"[" + b"0," * (CAP // 2 - 2) + b"0]",
    "many keys": b"{" + b",".join(b'"%d":{}' % number for number in range(300_000)) + b"}",
    "numbers": b'{"issue":' + b"9" * (CAP - 20) + b"}",
    "escapes": b'{"a":"' + b"\\u0041" * (CAP // 8) + b'"}',
}
CLIENTS, TURNS = 24, 2
SLOW_CLIENTS = 60
LOOK_SECONDS = 0.1


class Peak:
    """The most that a process group held while it was watched, in megabytes."""

    def __init__(self, group: int) -> None:
        self._group = group
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.megabytes = pss(group)

    @contextmanager
    def watched(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self.megabytes = max(self.megabytes, pss(self._group))


@pytest.fixture
def place(tmp_path: Path) -> servers.Installation:
    return servers.installation(tmp_path / "var", web_workers=1, log_level="error")


def test_hostile_bodies_leave_the_memory_bounded(place: servers.Installation) -> None:
    """Promise 6, R6: peak at most twice the memory at rest and 64 MiB, over server and worker together."""
    port = free_port()
    hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
    with servers.wecena(place, "run", port) as running:
        assert servers.get(f"{running.url}/") == 200
        at_rest, peak = pss(running.group), Peak(running.group)
        with peak.watched():
            answers = flood(hook, running.url)
            with endless(port, urlsplit(hook.url).path):
                assert servers.get(f"{running.url}/") == 200
            servers.until_drained(place.folder, 120)
    assert all(status < 500 or status == 503 for status in answers), answers
    assert answers[202] >= TURNS
    assert peak.megabytes <= 2 * at_rest + MEGABYTES


def flood(hook: Hook, url: str) -> Counter[int]:
    """Send everything, many times at once; how it was answered."""
    wishes = [(name, body) for body in BODIES.values() for name in ("signed", "unsigned", "packed", "page")] * TURNS
    with ThreadPoolExecutor(CLIENTS) as pool:
        return Counter(pool.map(lambda wish: _sent(hook, url, *wish), wishes))


def _sent(hook: Hook, url: str, kind: str, body: bytes) -> int:
    headers = {"Content-Type": "application/json", "X-GitHub-Event": "issues"}
    if kind == "packed":
        body = gzip.compress(body * 8)
        headers["Content-Encoding"] = "gzip"
    if kind != "unsigned":
        headers["X-Hub-Signature-256"] = "sha256=" + hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
    address = f"{url}/sign-in" if kind == "page" else hook.url
    try:
        return requests.post(address, data=body, headers=headers, timeout=60).status_code
    except requests.ConnectionError:
        return 0  # the server does not read on what it has refused


@contextmanager
def endless(port: int, path: str) -> Iterator[None]:
    """Clients that have sent almost all of the largest body and never send the rest."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {CAP}\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(SLOW_CLIENTS):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            with suppress(OSError):  # the server holds as much as it wants to, and refuses the others
                client.sendall(head.encode() + b"x" * (CAP - 1))
        yield
