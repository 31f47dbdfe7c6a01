"""A requests session that talks only to permitted addresses, within limits of time and size."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from http.cookiejar import DefaultCookiePolicy
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from sources.addresses import Network, may_connect, parsed
from sources.errors import AddressRefused, Unavailable

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
CALL_SECONDS = 30.0
MOST_ON_THE_WIRE = 10 * 1024 * 1024
MOST_DECOMPRESSED = 50 * 1024 * 1024
MOST_REDIRECTS = 3


class Watch:
    """Ends a call that takes too long, however slowly the other side drips its answer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        """Begin to count for one call."""
        self.is_over, self._socket = False, None
        self._timer = threading.Timer(self.seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """The call is done."""
        if self._timer is not None:
            self._timer.cancel()
        self._socket = None

    def follow(self, connected: socket.socket | None) -> None:
        """Name the socket of the running call; raises TimeoutError when the time is over already."""
        self._socket = connected
        if self.is_over:
            raise TimeoutError("the call took too long")

    def _end(self) -> None:
        self.is_over = True
        if self._socket is None:
            return
        try:
            # Not the method of a TLS socket: that one would go on in clear.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            return


class Guard:
    """What every connection of one session obeys."""

    def __init__(self, allowed: Sequence[Network], watch: Watch) -> None:
        self.allowed = tuple(allowed)
        self.watch = watch

    def connect(self, connection: HTTPConnection, *, is_encrypted: bool) -> socket.socket:
        """A socket to the first permitted address of the host, resolved here and only once."""
        host, port = connection.host.strip("[]"), connection.port or 443
        for address in self._permitted(connection, host, port, is_encrypted=is_encrypted):
            try:
                connected = socket.create_connection((address, port), float(connection.timeout or CONNECT_SECONDS))
            except TimeoutError as exc:
                raise ConnectTimeoutError(connection, f"{host} does not answer.") from exc
            except OSError as exc:
                failed = exc
                continue
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sys.audit("http.client.connect", connection, host, port)
            return connected
        raise NewConnectionError(connection, f"{host} cannot be reached: {failed}") from failed

    def _permitted(self, connection: HTTPConnection, host: str, port: int, *, is_encrypted: bool) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as exc:
            problem = exc if isinstance(exc, socket.gaierror) else socket.gaierror(str(exc))
            raise NameResolutionError(host, connection, problem) from exc
        addresses = [parsed(str(entry[4][0])) for entry in found]
        permitted = [
            str(address)
            for address in addresses
            if may_connect(address, port=port, is_encrypted=is_encrypted, allowed=self.allowed)
        ]
        if not permitted:
            _refuse(host, port, ", ".join(sorted({str(address) for address in addresses})))
        return permitted


def _refuse(host: str, port: int, addresses: str) -> NoReturn:
    raise AddressRefused(
        f"{host}:{port} ({addresses}) is not allowed: only https on port 443 of public addresses is. "
        "A private forge's network must be named in WECENA_ALLOWED_NETWORKS."
    )


def _pools(guard: Guard) -> dict[str, type[HTTPConnectionPool]]:
    """Pool classes whose connections ask ``guard`` before they connect."""

    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return guard.connect(self, is_encrypted=False)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 declares it too
            guard.watch.follow(self.sock)
            return super().getresponse()

    class EncryptedConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return guard.connect(self, is_encrypted=True)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 declares it too
            guard.watch.follow(self.sock)
            return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = EncryptedConnection

    return {"http": PlainPool, "https": EncryptedPool}


class _Capped:
    """A raw answer that may not grow beyond the limits."""

    def __init__(self, raw: BaseHTTPResponse) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the raw answer has)
        return getattr(self._raw, name)

    def stream(self, amount: int, decode_content: bool | None = None) -> Iterator[bytes]:  # noqa: FBT001 (urllib3's)
        """Chunks of the decompressed body."""
        size = 0
        for chunk in self._raw.stream(amount, decode_content=decode_content):
            size += len(chunk)
            if size > MOST_DECOMPRESSED or self._raw.tell() > MOST_ON_THE_WIRE:
                self._raw.close()
                raise Unavailable("The tracker's answer is larger than we take.")
            yield chunk


class GuardedAdapter(HTTPAdapter):
    """Connects through a `Guard`, with our time limits, and caps the answer."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(pool_connections=4, pool_maxsize=2, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _pools(guard)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # noqa: ANN401 (requests' own options)
        """Send one request; a caller's time limit is ours."""
        options.update(timeout=(CONNECT_SECONDS, READ_SECONDS), proxies=None)
        response = super().send(request, **options)
        response.raw = _Capped(response.raw)
        return response


class GuardedSession(requests.Session):
    """A requests session that raises `SourceError`s only; one thread at a time.

    Redirects are followed for GET on the same host, at most three; other redirects are returned as they are.
    """

    def __init__(self, *, allowed: Sequence[Network], user_agent: str, call_seconds: float = CALL_SECONDS) -> None:
        super().__init__()
        self.trust_env = False
        self.max_redirects = MOST_REDIRECTS
        self.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"})
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._watch = Watch(call_seconds)
        adapter = GuardedAdapter(Guard(allowed, self._watch))
        for scheme in ("http://", "https://"):
            self.mount(scheme, adapter)

    def request(self, *args: Any, **options: Any) -> requests.Response:  # noqa: ANN401 (requests' own options)
        """As `requests.Session.request`; raises `Unavailable` or `AddressRefused`."""
        self._watch.start()
        try:
            response = super().request(*args, **options)
        except (requests.RequestException, OSError) as exc:
            raise Unavailable(f"The tracker does not answer: {_in_short(exc)}") from exc
        finally:
            self._watch.stop()
        if self._watch.is_over:
            raise Unavailable(f"The tracker needed more than {self._watch.seconds:g} seconds.")
        return response

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where to go on, None to stop; raises `AddressRefused` when a GET is sent to another host."""
        target = super().get_redirect_target(resp)
        if target is None or resp.request.method not in ("GET", "HEAD"):
            return None
        try:
            asked, goal = urlsplit(resp.url), urlsplit(urljoin(resp.url, target))
        except ValueError as exc:
            resp.close()
            raise AddressRefused("The tracker redirects to what is no address.") from exc
        if goal[:2] != asked[:2]:
            resp.close()
            raise AddressRefused("The tracker redirects to another server.")
        # A renamed project must be asked the same question, not for everything.
        return goal.geturl() if goal.query else goal._replace(query=asked.query).geturl()


def _in_short(exc: Exception) -> str:
    """What happened, without the address of objects that library texts hold."""
    reason = getattr(exc.args[0], "reason", exc.args[0]) if exc.args else exc
    return type(reason).__name__ if isinstance(reason, Exception) else str(reason)[:200]
