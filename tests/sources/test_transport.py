"""The one way out: addresses, limits, redirects, errors, repeats."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest

from sources import session
from sources.addresses import may_connect, parsed
from sources.answers import Answer, failure
from sources.errors import (
    AddressRefused,
    BadCredentials,
    Blocked,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    Rejected,
    SourceError,
    Unavailable,
)
from sources.transport import Transport
from tests.sources.conftest import LOOPBACK, Asked, Reply, ScriptedServer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8
::ffff:0:10.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::a00:1 100::1 2001::1 2001:0:7f00:1::1 2001:10::1
2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
PUBLIC = "8.8.8.8 140.82.121.3 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2a01:4f8::1 2606:50c0:8000::154"


@pytest.mark.parametrize("text", PRIVATE.split())
def test_a_private_address_is_refused(text: str) -> None:
    assert not may_connect(parsed(text), port=443, is_encrypted=True, allowed=())


@pytest.mark.parametrize("text", PUBLIC.split())
def test_a_public_address_needs_https_on_its_usual_port(text: str) -> None:
    address = ip_address(text)
    assert may_connect(address, port=443, is_encrypted=True, allowed=())
    assert not may_connect(address, port=80, is_encrypted=False, allowed=())
    assert not may_connect(address, port=443, is_encrypted=False, allowed=())
    assert not may_connect(address, port=8443, is_encrypted=True, allowed=())


def test_an_allowed_network_lifts_the_rules_for_itself_only() -> None:
    allowed = (ip_network("10.1.0.0/16"),)
    assert may_connect(ip_address("10.1.2.3"), port=8080, is_encrypted=False, allowed=allowed)
    assert not may_connect(ip_address("10.2.0.1"), port=443, is_encrypted=True, allowed=allowed)
    assert not may_connect(ip_address("::ffff:10.1.2.3"), port=443, is_encrypted=True, allowed=allowed)


SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "127.1",
    "0177.0.0.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_this_machine_is_refused(host: str, server: ScriptedServer) -> None:
    guarded = Transport()
    with pytest.raises((AddressRefused, Unavailable)):
        guarded.session().get(server.url.replace("127.0.0.1", host))
    guarded.close()
    assert server.asked == []


def resolving_to(*addresses: str) -> object:
    return lambda host, port, **_: [
        (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
        for address in addresses
    ]


def test_a_name_is_resolved_once_and_the_checked_address_is_used(
    server: ScriptedServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script["GET /"] = Reply(200, {})
    asked: list[str] = []
    real = socket.getaddrinfo

    def spy(host: str, *args: object, **options: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "forge.example" else host, *args, **options)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(socket, "getaddrinfo", spy)
    answer = transport.get(server.url.replace("127.0.0.1", "forge.example") + "/")
    assert answer.status == 200
    assert asked.count("forge.example") == 1
    assert server.asked[0].headers["host"].startswith("forge.example")


@pytest.mark.parametrize("found", [["10.0.0.1"], ["169.254.169.254", "fe80::1"], ["64:ff9b::7f00:1"]])
def test_a_public_name_that_means_a_private_address_is_refused(
    found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(*found))
    guarded = Transport()
    with pytest.raises(AddressRefused, match="WECENA_ALLOWED_NETWORKS"):
        guarded.get("https://forge.example/")


def test_of_several_addresses_only_permitted_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("10.0.0.1", "8.8.8.8", "::1"))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unavailable):
        Transport().session().get("https://forge.example/")
    assert tried == ["8.8.8.8"]


def test_a_proxy_from_the_environment_is_not_used(
    server: ScriptedServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.script["GET /a"] = Reply(200, [])
    assert transport.get(server.url + "/a").json() == []


def test_cookies_are_not_kept(server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /a"] = Reply(200, [], {"Set-Cookie": "session=1"})
    transport.get(server.url + "/a")
    transport.get(server.url + "/a")
    assert "cookie" not in server.asked[1].headers


def test_a_redirect_on_the_same_host_keeps_the_question(server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /old?labels=bug&page=1"] = Reply(301, b"", {"Location": "/new"})
    server.script["GET /new?labels=bug&page=1"] = Reply(200, ["row"])
    answer = transport.get(server.url + "/old", params={"labels": "bug", "page": "1"})
    assert answer.json() == ["row"]
    assert answer.url.endswith("/new?labels=bug&page=1")


@pytest.mark.parametrize(
    "goal",
    [
        "http://127.0.0.2:{port}/new",
        "http://127.0.0.1:1/new",
        "https://127.0.0.1:{port}/x",
        "//evil.example/",
        "http://[",
    ],
)
def test_a_redirect_to_another_server_is_refused(goal: str, server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /old"] = Reply(302, b"", {"Location": goal.format(port=server.url.rpartition(":")[2])})
    with pytest.raises(AddressRefused):
        transport.get(server.url + "/old", headers={"Authorization": "Bearer secret"})
    assert len(server.asked) == 1


def test_more_than_three_redirects_are_too_many(server: ScriptedServer, transport: Transport) -> None:
    for number in range(9):
        server.script[f"GET /{number}"] = Reply(302, b"", {"Location": f"/{number + 1}"})
    with pytest.raises(Unavailable):
        transport.session().get(server.url + "/0")
    assert len(server.asked) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_write_does_not_follow_a_redirect(status: int, server: ScriptedServer, transport: Transport) -> None:
    server.script["POST /old"] = Reply(status, b"", {"Location": "/new"})
    assert transport.session().post(server.url + "/old", data=b"x").status_code == status
    assert server.targets == ["POST /old"]


def test_a_read_is_tried_again_while_the_tracker_is_in_trouble(server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /a"] = [Reply(502, b"<html>"), Reply(500, b""), Reply(200, {"ok": 1})]
    count: list[int] = []
    assert transport.get(server.url + "/a", count=lambda: count.append(1)).json() == {"ok": 1}
    assert len(server.asked) == len(count) == 3


def test_a_read_is_given_up_after_three_tries(server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /a"] = Reply(503)
    with pytest.raises(Unavailable, match="503"):
        transport.get(server.url + "/a")
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 429, 451])
def test_a_refused_read_is_not_repeated(status: int, server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /a"] = Reply(status, b"Retry later\n")
    with pytest.raises(SourceError):
        transport.get(server.url + "/a")
    assert len(server.asked) == 1


def test_nobody_there_is_unavailable(transport: Transport) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(Unavailable):
        transport.get(f"http://127.0.0.1:{port}/")


def test_a_gzip_bomb_is_not_unpacked(server: ScriptedServer, transport: Transport) -> None:
    bomb = gzip.compress(bytes(60 * 1024 * 1024))
    assert len(bomb) < 100_000
    server.script["GET /bomb"] = Reply(200, bomb, {"Content-Encoding": "gzip"})
    with pytest.raises(Unavailable, match="larger"):
        transport.session().get(server.url + "/bomb")


def test_an_answer_larger_than_the_limit_is_not_read_to_its_end(server: ScriptedServer, transport: Transport) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            sent.append(1)
            yield bytes(1024 * 1024)

    server.script["GET /endless"] = Reply(200, chunks=endless())
    with pytest.raises(Unavailable, match="larger"):
        transport.session().get(server.url + "/endless")
    assert len(sent) < 30


def drip(server: ScriptedServer, *, before_headers: bool) -> tuple[socket.socket, threading.Thread]:
    """A server that sends one byte every 50 milliseconds."""
    listening = socket.create_server(("127.0.0.1", 0))
    server.url = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            if not before_headers:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(200):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return
                time.sleep(0.05)

    thread = threading.Thread(target=serve)
    thread.start()
    return listening, thread


@pytest.mark.parametrize("before_headers", [True, False])
def test_a_dripping_answer_ends_with_the_call(before_headers: bool, server: ScriptedServer) -> None:  # noqa: FBT001 (a parameter of the test)
    listening, thread = drip(server, before_headers=before_headers)
    hasty = Transport(allowed_networks=LOOPBACK, call_seconds=0.3)
    started = time.monotonic()
    with pytest.raises(Unavailable):
        hasty.session().get(server.url + "/")
    assert time.monotonic() - started < 2
    hasty.close()
    thread.join()
    listening.close()


def test_a_silent_server_is_given_up(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "READ_SECONDS", 0.2)
    released = threading.Event()

    def wait(_: Asked) -> Reply:
        released.wait(5)
        return Reply(200, {})

    server.script["GET /"] = wait
    quick = Transport(allowed_networks=LOOPBACK)
    with pytest.raises(Unavailable):
        quick.session().get(server.url + "/")
    released.set()
    quick.close()


def test_a_connection_serves_many_calls(server: ScriptedServer, transport: Transport) -> None:
    server.script["GET /a"] = Reply(200, {})
    for _ in range(5):
        transport.get(server.url + "/a")
    assert len(server.asked) == 5


def test_each_thread_has_a_session_of_its_own(transport: Transport) -> None:
    others: list[object] = []
    thread = threading.Thread(target=lambda: others.append(transport.session()))
    thread.start()
    thread.join()
    assert transport.session() is transport.session()
    assert others[0] is not transport.session()


REFUSALS: list[tuple[int, dict[str, str], bytes, type[SourceError]]] = [
    (401, {}, b"", BadCredentials),
    (403, {}, b'{"message": "Resource not accessible by integration"}', Forbidden),
    (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795338000"}, b"", RateLimited),
    (403, {"Retry-After": "30"}, b"", RateLimited),
    (403, {}, b'{"message": "You have exceeded a secondary rate limit"}', RateLimited),
    (403, {"x-ratelimit-remaining": "12"}, b'{"message": "Must have admin rights"}', Forbidden),
    (404, {}, b"not json", NotFound),
    (410, {}, b'{"message": "This issue was deleted"}', Gone),
    (451, {}, b'{"block": {"reason": "dmca"}}', Blocked),
    (422, {}, b'{"message": "Validation Failed"}', Rejected),
    (400, {}, b"", Rejected),
    (408, {}, b"", Unavailable),
    (429, {}, b"Retry later\n", RateLimited),
    (500, {}, b"", Unavailable),
    (504, {}, b"", Unavailable),
    (599, {}, b"", Unavailable),
]


@pytest.mark.parametrize(("status", "headers", "body", "kind"), REFUSALS)
def test_a_refusal_becomes_its_error(
    status: int, headers: dict[str, str], body: bytes, kind: type[SourceError]
) -> None:
    problem = failure(status, headers, body, now=NOW)
    assert type(problem) is kind
    assert str(problem)
    assert problem.permanent == (kind not in (RateLimited, Unavailable))


def test_a_legal_reason_is_kept_with_the_refusal() -> None:
    body = b'{"message": "Repository access blocked", "block": {"reason": "dmca", "created_at": "2026-01-01"}}'
    assert str(failure(451, {}, body, now=NOW)) == "Blocked for legal reasons: Repository access blocked (dmca)"
    assert str(failure(451, {}, b"", now=NOW)) == "Blocked for legal reasons."


@pytest.mark.parametrize("status", [200, 201, 204, 304, 301])
def test_a_success_is_no_error(status: int) -> None:
    assert failure(status, {}, b"", now=NOW) is None


WAITS = [
    ({}, 60),
    ({"Retry-After": "30"}, 30),
    ({"retry-after": "0"}, 1),
    ({"Retry-After": "Sun, 22 Nov 2026 09:05:00 GMT"}, 300),
    ({"Retry-After": "Sun, 22 Nov 2026 08:05:00 GMT"}, 60),
    ({"Retry-After": "soon"}, 60),
    ({"Retry-After": "-5"}, 60),
    ({"Retry-After": "99999999999999999999"}, 86400),
    ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 120)}, 120),
    ({"x-ratelimit-remaining": "9", "x-ratelimit-reset": str(int(NOW.timestamp()) + 120)}, 60),
    ({"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOW.timestamp()) + 7)}, 7),
    ({"x-ratelimit-reset": "never"}, 60),
    ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) - 9)}, 60),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_how_long_a_limit_asks_us_to_wait(headers: dict[str, str], seconds: int) -> None:
    problem = failure(429, headers, b"Retry later", now=NOW)
    assert isinstance(problem, RateLimited)
    assert problem.until == NOW + timedelta(seconds=seconds)


def test_a_missing_permission_is_named() -> None:
    problem = failure(403, {"X-Accepted-GitHub-Permissions": "issues=write"}, b"{}", now=NOW)
    assert "issues=write" in str(problem)


@pytest.mark.parametrize("body", [b"<html>", b"", b'{"a": ', b"\xff", b"[" * 100_000])
def test_an_answer_that_is_not_json_is_the_trackers_fault(body: bytes) -> None:
    with pytest.raises(Unavailable):
        Answer(200, "https://forge.example", {}, body).json()


def test_links_are_read() -> None:
    header = '<https://x.example/?page=2>; rel="next", <https://x.example/?page=9>; rel="last", <broken'
    assert Answer(200, "", {"link": header}, b"").links["next"] == "https://x.example/?page=2"
    assert Answer(200, "", {}, b"").links == {}
