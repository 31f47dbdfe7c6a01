"""A cheap sender: keep-alive connections in one thread, each with one request under way at a time."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import urlsplit

from tests.bench.table import percentile

ANSWER_SECONDS = 30.0
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


@dataclass(slots=True)
class Report:
    """What came back: how many of each status, how long each answer took (seconds), over how long."""

    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Accepted requests a second."""
        return sum(count for status, count in self.statuses.items() if status < 300) / self.seconds

    def wait(self, share: float) -> float:
        """The wait in milliseconds that this share of the answers did not exceed."""
        return percentile(self.waits, share) * 1000


@dataclass(slots=True)
class _Line:
    socket: socket.socket
    sent_at: float = 0.0
    answer: bytes = b""


def send(url: str, requests: Iterator[bytes], *, connections: int, seconds: float) -> Report:
    """Send as fast as the answers come, over so many connections, for so long."""
    latest = time.perf_counter() + seconds
    return send_all(url, takewhile(lambda _request: time.perf_counter() < latest, requests), connections=connections)


def send_all(url: str, requests: Iterator[bytes], *, connections: int) -> Report:
    """Send these as fast as the answers come, over so many connections."""
    report = Report()
    lines = _connected(url, connections)
    begin = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        busy = 0
        for line, request in zip(lines, requests, strict=False):
            selector.register(line.socket, selectors.EVENT_READ, line)
            _ask(line, request)
            busy += 1
        while busy:
            ready = selector.select(ANSWER_SECONDS)
            if not ready:
                raise TimeoutError(f"nothing was answered for {ANSWER_SECONDS:.0f} s")
            for key, _events in ready:
                if not _is_answered(key.data, report):
                    continue
                request = next(requests, b"")
                if request:
                    _ask(key.data, request)
                else:
                    busy -= 1
    report.seconds = time.perf_counter() - begin
    for line in lines:
        line.socket.close()
    return report


def _connected(url: str, connections: int) -> list[_Line]:
    address = urlsplit(url)
    made = []
    for _ in range(connections):
        opened = socket.create_connection((address.hostname or "", address.port or 80), timeout=ANSWER_SECONDS)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.append(_Line(opened))
    return made


def _ask(line: _Line, request: bytes) -> None:
    line.sent_at = time.perf_counter()
    line.socket.sendall(request)


def _is_answered(line: _Line, report: Report) -> bool:
    """Read what is there; the door writes no body, a peer that fails does."""
    piece = line.socket.recv(4096)
    if not piece:
        raise ConnectionResetError("The server closed a connection that was to be kept.")
    line.answer += piece
    head, ended, body = line.answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    if not ended or len(body) < int(length[1] if length else 0):
        return False
    report.waits.append(time.perf_counter() - line.sent_at)
    report.statuses[int(line.answer[9:12])] += 1
    line.answer = b""
    return True
