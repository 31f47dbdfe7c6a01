"""The door answers alike under both servers that are documented."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import payloads, servers
from tests.ports import free_port

PATIENCE = 60.0


@pytest.fixture(params=["granian", "gunicorn"])
def hook(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[payloads.Hook]:
    place, port = servers.installation(tmp_path / "var"), free_port()
    hook = servers.hook_of(place, f"http://127.0.0.1:{port}")
    started = (
        servers.wecena(place, "web", port)
        if request.param == "granian"
        else servers.gunicorn("connector.app:wsgi_from_environment()", place.environment, port)
    )
    with started:
        yield hook


def status(hook: payloads.Hook, request: bytes) -> int:
    host, port = hook.url.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
        client.sendall(request)
        return int(client.recv(4096)[9:12])


def in_chunks(request: bytes) -> bytes:
    """The same request without a declared length."""
    head, _end, body = request.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    pieces = [body[start : start + 5_000] for start in range(0, len(body), 5_000)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n" + chunks + b"0\r\n\r\n"


def test_the_door_answers_the_same_under_every_server(hook: payloads.Hook) -> None:
    """R1, R6, S1 from outside, framing included, where servers differ most."""
    requests = payloads.requests(hook)
    first = next(requests)
    assert (status(hook, first), status(hook, first)) == (202, 200)
    assert status(hook, in_chunks(next(requests))) == 202
    assert status(hook, next(requests)[:-1] + b" ") == 401
    assert status(hook, next(requests).replace(b"application/json", b"text/plain")) == 415
    assert status(hook, next(requests).replace(b"Accept: */*", b"Content-Encoding: gzip")) == 415
    head, _end, _body = next(requests).partition(b"\r\n\r\n")
    longest = b"Content-Length: %d" % (5 * 1024 * 1024)
    lines = [longest if line.startswith(b"Content-Length") else line for line in head.split(b"\r\n")]
    assert status(hook, b"\r\n".join(lines) + b"\r\n\r\n") == 413
    assert status(hook, b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % first.split(b" ")[1]) == 405
