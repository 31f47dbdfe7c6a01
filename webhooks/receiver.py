"""The door for deliveries: a WSGI application that verifies, has the delivery committed, and answers.

It parses nothing and writes no body. Mounted in front of the web framework, because it is the hot path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, BinaryIO

import structlog

from sources import registry
from sources.base import Proof, Source
from sources.errors import BadSignature, SourceError, UnknownSource
from webhooks.delivery import (
    MAX_EVENT_LENGTH,
    Accepted,
    Delivery,
    HookKeys,
    InboxUnavailable,
    Request,
    storable_id,
    stored_headers,
)

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import StartResponse

Lookup = Callable[[str, str], HookKeys | None]
Accept = Callable[[Delivery], Accepted]
AcceptAll = Callable[[Sequence[Delivery]], Sequence[Accepted | None]]
Environ = dict[str, Any]  # WSGI puts strings, streams and flags into one dictionary

PREFIX = "/webhooks/"
CONTENT_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})
IS_LENGTH = re.compile(r"[0-9]*")  # int() would take signs, spaces, underscores and other scripts' digits too
PIECE = 64 * 1024

log = structlog.get_logger(__name__)


class Receiver:
    """Answers ``POST /webhooks/<source>/<key>`` with 202, 200, 400, 401, 404, 405, 413, 415 or 503 and no body.

    ``lookup`` gives the live keys of a hook or None; ``accept`` commits a delivery, ``accept_all`` several in one
    transaction; ``reread`` gives the keys anew for a signature that fails under those of ``lookup``, or None. All may
    raise `InboxUnavailable`. ``at_hand`` gives the live keys where that waits for nothing, else None. Only verified
    deliveries are handed on.

    Servers call it for one request, or take the steps apart: `refusal` before the body is read, then `judged_at_once` or
    `judged`, then `kept`.
    """

    def __init__(
        self,
        lookup: Lookup,
        accept: Accept,
        *,
        clock: Callable[[], datetime],
        max_body_bytes: int,
        accept_all: AcceptAll | None = None,
        reread: Lookup = lambda _source, _key: None,
        at_hand: Lookup = lambda _source, _key: None,
        source: Callable[[str], Source] = registry.source,
    ) -> None:
        self._lookup = lookup
        self._accept = accept
        self._accept_all = accept_all or self._each_accepted
        self._reread = reread
        self._at_hand = at_hand
        self._clock = clock
        self._source = source
        self.max_body_bytes = max_body_bytes

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status = self._answer(environ)
        start_response(f"{status.value} {status.phrase}", answer_headers(status))
        return []

    def refusal(self, request: Request) -> HTTPStatus | None:
        """What the request line and the headers alone already rule out."""
        if hook_address(request.path) is None:
            return HTTPStatus.NOT_FOUND
        return refusal_before_reading(request, self.max_body_bytes)

    def judged_at_once(self, request: Request, body: bytes) -> Delivery | None:
        """A genuine delivery, as `judged` gives it; None where the answer takes longer, or is another."""
        hook = self._at_hand(*(hook_address(request.path) or ("", "")))
        if hook is None:
            return None
        try:
            return self._genuine(request, hook, body)
        except BadSignature:
            return None

    def judged(self, request: Request, body: bytes) -> Delivery | HTTPStatus:
        """The delivery to keep, or how the request is refused. May wait for the database."""
        hook = self._hook(request)
        return hook if isinstance(hook, HTTPStatus) else self._verified(request, hook, body)

    def kept(self, deliveries: Sequence[Delivery]) -> Sequence[HTTPStatus]:
        """The answers to deliveries that came at the same time, which are committed together."""
        return [told(*pair) for pair in zip(deliveries, self._all_accepted(deliveries), strict=True)]

    def _answer(self, environ: Environ) -> HTTPStatus:
        request = request_of(environ)
        refusal = self.refusal(request)
        if refusal is not None:
            return refusal
        hook = self._hook(request)
        if isinstance(hook, HTTPStatus):
            return hook
        body = capped_body(environ["wsgi.input"], declared_length(request.headers), self.max_body_bytes)
        if body is None:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        delivery = self._verified(request, hook, body)
        return delivery if isinstance(delivery, HTTPStatus) else told(delivery, self._accepted(delivery))

    def _hook(self, request: Request) -> HookKeys | HTTPStatus:
        address = hook_address(request.path)
        if address is None:
            return HTTPStatus.NOT_FOUND
        try:
            self._source(address[0])
            return self._lookup(*address) or HTTPStatus.NOT_FOUND
        except UnknownSource:
            return HTTPStatus.NOT_FOUND
        except InboxUnavailable:
            return HTTPStatus.SERVICE_UNAVAILABLE

    def _verified(self, request: Request, hook: HookKeys, body: bytes) -> Delivery | HTTPStatus:
        try:
            return self._genuine(request, hook, body)
        except BadSignature as exc:
            newer = self._newer(request, hook)
            if newer is not None:
                return self._verified(request, newer, body)
            log.warning("delivery refused", hook=hook.hook_id, source=hook.source, because=str(exc))
            return HTTPStatus.UNAUTHORIZED

    def _genuine(self, request: Request, hook: HookKeys, body: bytes) -> Delivery:
        source, now = self._source(hook.source), self._clock()
        proof = source.verify(request.headers, body, keys=hook.keys, now=now, signed_only=hook.signed_only)
        return delivery_of(source, hook, request.headers, body=body, now=now, proof=proof)

    def _newer(self, request: Request, hook: HookKeys) -> HookKeys | None:
        """The hook's keys where others are live by now: a secret was made since they were looked up."""
        try:
            newer = self._reread(*(hook_address(request.path) or ("", "")))
        except InboxUnavailable:
            return None
        return newer if newer is not None and newer.keys != hook.keys else None

    def _accepted(self, delivery: Delivery) -> Accepted | None:
        try:
            return self._accept(delivery)
        except InboxUnavailable:
            return None

    def _each_accepted(self, deliveries: Sequence[Delivery]) -> Sequence[Accepted | None]:
        return [self._accepted(delivery) for delivery in deliveries]

    def _all_accepted(self, deliveries: Sequence[Delivery]) -> Sequence[Accepted | None]:
        try:
            return self._accept_all(deliveries)
        except InboxUnavailable:
            return [None] * len(deliveries)


def told(delivery: Delivery, accepted: Accepted | None) -> HTTPStatus:
    """The answer for what became of a delivery, None where it was not committed; and its line in the log."""
    if accepted is None:
        log.error("delivery not stored", hook=delivery.hook_id, delivery=delivery.external_id)
        return HTTPStatus.SERVICE_UNAVAILABLE
    log.info(
        "delivery", hook=delivery.hook_id, delivery=delivery.external_id, kind=delivery.event, accepted=accepted.value
    )
    return HTTPStatus.ACCEPTED if accepted is Accepted.STORED else HTTPStatus.OK


def answer_headers(status: HTTPStatus) -> list[tuple[str, str]]:
    """The headers of an answer without a body."""
    headers = [("Content-Length", "0")]
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append(("Allow", "POST"))
    return headers


def delivery_of(
    source: Source, hook: HookKeys, headers: Mapping[str, str], *, body: bytes, now: datetime, proof: Proof
) -> Delivery:
    """What is kept of a verified request."""
    return Delivery(
        hook_id=hook.hook_id,
        source=hook.source,
        external_id=storable_id(source.delivery_id(headers, body)),
        event=printable(source.event_name(headers))[:MAX_EVENT_LENGTH],
        headers=stored_headers(headers),
        body=_storable(source, headers, body),
        received_at=now,
        proof=proof,
        first_signed=proof is Proof.SIGNATURE and not hook.signed_only,
    )


def _storable(source: Source, headers: Mapping[str, str], body: bytes) -> bytes:
    try:
        return source.storable(headers, body)
    except SourceError:
        return b""  # announced as confidential and unreadable: nothing of it may be kept


def hook_address(path: str) -> tuple[str, str] | None:
    """Source and key in the path, or None, also where no key looks so."""
    pieces = path.removeprefix(PREFIX).split("/") if path.startswith(PREFIX) else []
    is_possible = len(pieces) == 2 and all(pieces) and path.isascii() and path.isprintable()
    return (pieces[0], pieces[1]) if is_possible else None


def refusal_before_reading(request: Request, max_body_bytes: int) -> HTTPStatus | None:
    """What method, content type and declared length rule out."""
    if request.method != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    headers = request.headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in CONTENT_TYPES or headers.get("content-encoding"):
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if not IS_LENGTH.fullmatch(headers.get("content-length", "")):
        return HTTPStatus.BAD_REQUEST
    if (declared_length(headers) or 0) > max_body_bytes:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def declared_length(headers: Mapping[str, str]) -> int | None:
    """The declared length, cut to 18 digits; None where there is none (a chunked body)."""
    digits = headers.get("content-length", "")
    return int(digits.lstrip("0")[:18] or 0) if digits else None


def capped_body(stream: BinaryIO, length: int | None, max_body_bytes: int) -> bytes | None:
    """The whole body, or None where it is longer than allowed. Never reads more than one byte too much."""
    left = max_body_bytes + 1 if length is None else length
    pieces: list[bytes] = []
    while left > 0 and (piece := stream.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
    body = b"".join(pieces)
    return body if len(body) <= max_body_bytes else None


def request_of(environ: Environ) -> Request:
    """The request as a WSGI server describes it. The mount point may or may not be cut off the path already."""
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    headers["content-length"] = environ.get("CONTENT_LENGTH", "")
    return Request(
        environ["REQUEST_METHOD"], f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}", headers
    )


def printable(text: str) -> str:
    """The text without what a text column or a log line must not hold."""
    return "".join(character for character in text if character.isprintable())
