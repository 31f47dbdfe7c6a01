"""The service under granian: a request's body is read before a thread is taken, and in time.

A WSGI server that lets a thread read the body gives that thread to whoever sends slowly. Here the event loop waits for
all clients at once, and the application finds the whole body in memory.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

from connector.web.groups import Groups
from connector.web.site import Site
from webhooks.delivery import Delivery, Request
from webhooks.receiver import PREFIX, answer_headers, declared_length

Environ = dict[str, Any]  # WSGI puts strings, streams and flags into one dictionary
Header = tuple[str, str]

READ_SECONDS = 10.0
HELD_BYTES = 24 * 1024 * 1024
"""How much all bodies together may hold, from their first piece until they are answered."""
SMALL_BODY = 64 * 1024
CLOSE: list[Header] = [("connection", "close"), ("content-length", "0")]
CHECK_THREADS = 2
PAGE_THREADS = 4
PAGE_BODY_BYTES = 1024 * 1024


class _Headers(Protocol):
    def items(self) -> list[Header]: ...


class Scope(Protocol):
    """What granian says of a request. ``path`` is decoded, names in ``headers`` are in lower case."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: _Headers


class Exchange(Protocol):
    """granian's way to read a request's body, whole or in pieces, and to answer it."""

    def __call__(self) -> Awaitable[bytes]: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[Header], body: bytes) -> None: ...


class _Refused(Exception):
    """The body is not read to its end."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(slots=True)
class _Answer:
    """What the application told the server."""

    status: int = 500
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""

    def start(self, status: str, headers: list[Header], exc_info: object = None) -> Callable[[bytes], object]:  # noqa: ARG002  (the WSGI signature)
        self.status, self.headers = int(status[:3]), headers
        return _no_write


class Front:
    """Serves a site through granian's asynchronous interface (RSGI).

    Deliveries have a thread of their own, so that slow pages never keep one waiting.
    """

    def __init__(self, site: Site, *, read_seconds: float = READ_SECONDS, held_bytes: int = HELD_BYTES) -> None:
        self._site = site
        self._read_seconds = read_seconds
        self._held_bytes = held_bytes
        self._held = 0
        self._reading: dict[asyncio.Timeout, bytearray] = {}  # the oldest first
        self._checks = ThreadPoolExecutor(CHECK_THREADS, "checks")
        self._deliveries: Groups[Delivery] = Groups(site.door.kept)
        self._pages = ThreadPoolExecutor(PAGE_THREADS, "pages")

    async def answer(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        request = Request(scope.method, scope.path, joined(scope.headers.items()))
        body = bytearray()
        try:
            if request.path.startswith(PREFIX):
                answer = await self._delivered(request, exchange, body)
            else:
                answer = await self._shown(scope, request, exchange, body)
        except TimeoutError:
            answer = _Answer(HTTPStatus.REQUEST_TIMEOUT, CLOSE)
        except _Refused as exc:
            answer = _Answer(exc.status, CLOSE)
        finally:
            self._held -= len(body)
        exchange.response_bytes(answer.status, answer.headers, answer.body)

    async def _delivered(self, request: Request, exchange: Exchange, body: bytearray) -> _Answer:
        door = self._site.door
        status = door.refusal(request)
        if status is None:
            await self._read(request, exchange, body, most=door.max_body_bytes)
            status = await self._kept(request, bytes(body))
        return _Answer(status, answer_headers(status))

    async def _kept(self, request: Request, body: bytes) -> HTTPStatus:
        door = self._site.door
        # A thread costs more than this check, unless it takes long or has to wait.
        delivery = door.judged_at_once(request, body) if len(body) <= SMALL_BODY else None
        if delivery is not None:
            return await self._deliveries.answer(delivery)
        judged = await asyncio.get_running_loop().run_in_executor(self._checks, door.judged, request, body)
        return judged if isinstance(judged, HTTPStatus) else await self._deliveries.answer(judged)

    async def _shown(self, scope: Scope, request: Request, exchange: Exchange, body: bytearray) -> _Answer:
        await self._read(request, exchange, body, most=PAGE_BODY_BYTES)
        environ = environ_of(scope, request, bytes(body))
        return await asyncio.get_running_loop().run_in_executor(self._pages, self._page, environ)

    def _page(self, environ: Environ) -> _Answer:
        answer = _Answer()
        pieces = self._site.pages(environ, answer.start)
        try:
            answer.body = b"".join(pieces)
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()
        return answer

    async def _read(self, request: Request, exchange: Exchange, body: bytearray, *, most: int) -> None:
        """Fill ``body``; raises `TimeoutError` where it comes too slowly, `_Refused` where it is too long."""
        length = declared_length(request.headers)
        if length is None and "transfer-encoding" not in request.headers:
            return
        async with asyncio.timeout(self._read_seconds) as limit:
            self._reading[limit] = body
            try:
                if length is not None and length <= min(SMALL_BODY, most):
                    self._take(await exchange(), limit, most=most)
                    return
                async for piece in exchange:
                    self._take(piece, limit, most=most)
            finally:
                self._reading.pop(limit, None)

    def _take(self, piece: bytes, limit: asyncio.Timeout, *, most: int) -> None:
        body = self._reading.get(limit)
        if body is None:
            raise TimeoutError
        body += piece
        self._held += len(piece)
        if len(body) > most:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        while self._held > self._held_bytes:
            self._make_room(body)

    def _make_room(self, newest: bytearray) -> None:
        """Give up the body that has been on its way for longest: whoever sends slowly keeps nobody else out."""
        limit, body = next(iter(self._reading.items()))
        if body is newest:
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE)
        del self._reading[limit]
        self._held -= len(body)
        body.clear()
        limit.reschedule(0)


def joined(headers: list[Header]) -> dict[str, str]:
    """The headers by name; those that came more than once joined as the protocol says."""
    by_name: dict[str, str] = {}
    for name, value in headers:
        by_name[name] = f"{by_name[name]},{value}" if name in by_name else value
    return by_name


def environ_of(scope: Scope, request: Request, body: bytes) -> Environ:
    """The request as WSGI wants it."""
    server, client = urlsplit(f"//{scope.server}"), urlsplit(f"//{scope.client}")
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    content_type, _length = headers.pop("HTTP_CONTENT_TYPE", ""), headers.pop("HTTP_CONTENT_LENGTH", "")
    return headers | {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": server.hostname,
        "SERVER_PORT": str(server.port),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.hostname,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _no_write(data: bytes) -> object:
    raise NotImplementedError("Applications return what they answer.")
