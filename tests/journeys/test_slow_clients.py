"""Clients that send a byte a second, against the real server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests

from tests.bench import payloads, servers
from tests.ports import free_port

SLOW_CLIENTS = 120
PATIENCE = 60.0
HEADS = {
    "a head that never ends": b"POST %s HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "a body that never ends": (
        b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12000\r\n\r\n"
    ),
    "pieces that never end": (
        b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n"
    ),
}


@contextmanager
def slow_clients(port: int, path: str) -> Iterator[list[socket.socket]]:
    """Clients of each kind in turn; all send one byte a second until the end of the block."""
    heads = list(HEADS.values())
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(SLOW_CLIENTS)]
        for number, client in enumerate(clients):
            client.sendall(heads[number % len(heads)] % path.encode())
        over = threading.Event()
        dripping = threading.Thread(target=drip, args=(clients, over))
        dripping.start()
        try:
            yield clients
        finally:
            over.set()
            dripping.join()


def drip(clients: list[socket.socket], over: threading.Event) -> None:
    left = set(clients)
    while not over.wait(1):
        for client in list(left):
            try:
                client.send(b"x")
            except OSError:
                left.discard(client)  # the server has had enough of it


@pytest.fixture
def place(tmp_path: Path) -> servers.Installation:
    return servers.installation(tmp_path / "var", web_workers=1)


def test_slow_clients_keep_nobody_else_waiting(place: servers.Installation) -> None:
    """Thirty times more slow clients than threads; deliveries and pages are answered as ever (R6)."""
    port = free_port()
    hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
    with servers.wecena(place, "web", port) as running:
        path = hook.url.removeprefix(running.url)
        with slow_clients(port, path):
            for number, raw in zip(range(20), payloads.requests(hook), strict=False):
                assert post(port, raw) == 202, number
            assert requests.get(f"{running.url}/healthz", timeout=PATIENCE).ok


def post(port: int, raw: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(raw)
        return int(client.recv(4096)[9:12])
