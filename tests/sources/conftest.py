"""A tiny HTTP server whose every answer the test decides."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
import stamina

from sources.transport import Transport

LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass
class Asked:
    """A request as it arrived. Header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """The body, decoded."""
        return json.loads(self.body)


@dataclass
class Reply:
    """An answer. ``chunks`` are sent as they come, without a length; else ``body`` (encoded when it is no bytes)."""

    status: int = 200
    body: object = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Iterable[bytes] | None = None

    @property
    def content(self) -> bytes:
        """The bytes to send."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class ScriptedServer:
    """Answers each ``METHOD target`` with its script: a reply, a list of replies to use up, or a function."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: dict[str, Reply | list[Reply] | Callable[[Asked], Reply]] = {}
        self.url = ""

    @property
    def targets(self) -> list[str]:
        """``METHOD target`` of all requests so far."""
        return [f"{asked.method} {asked.target}" for asked in self.asked]

    def answer(self, asked: Asked) -> Reply:
        """What the script says, 404 where it says nothing."""
        self.asked.append(asked)
        planned = self.script.get(f"{asked.method} {asked.target}", Reply(404, {"message": "Not Found"}))
        if isinstance(planned, list):
            return planned.pop(0) if len(planned) > 1 else planned[0]
        return planned(asked) if callable(planned) else planned


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = server.answer(Asked(self.command, self.path, headers, body))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.chunks is None:
                self.send_header("Content-Length", str(len(reply.content)))
            else:
                self.send_header("Connection", "close")
            self.end_headers()
            for chunk in [reply.content] if reply.chunks is None else reply.chunks:
                try:
                    self.wfile.write(chunk)
                except OSError:
                    return

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _answer  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    return Handler


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Tests cut connections on purpose."""


@contextmanager
def running(scripted: ScriptedServer) -> Iterator[None]:
    """The server, on a free port of 127.0.0.1."""
    httpd = _QuietServer(("127.0.0.1", 0), _handler(scripted))
    scripted.url = f"http://127.0.0.1:{httpd.server_address[1]}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """The scripted server, running."""
    scripted = ScriptedServer()
    with running(scripted):
        yield scripted


@pytest.fixture
def transport() -> Iterator[Transport]:
    """A transport that may talk to this machine and does not wait between tries."""
    made = Transport(allowed_networks=LOOPBACK)
    with stamina.set_testing(True, attempts=3):
        yield made
    made.close()
