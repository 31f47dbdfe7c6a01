"""The door for deliveries: a WSGI application that verifies, has the delivery committed, and answers.

It parses nothing and writes no body. Mounted in front of the web framework, because it is the hot path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    storable_id,
    stored_headers,
)

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import StartResponse

Lookup = Callable[[str, str], HookKeys | None]
Accept = Callable[[Delivery], Accepted]
Environ = dict[str, Any]  # WSGI puts strings, streams and flags into one dictionary

PREFIX = "/webhooks/"
CONTENT_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})
PIECE = 64 * 1024

log = structlog.get_logger(__name__)


class Receiver:
    """Answers ``POST /webhooks/<source>/<key>`` with 202, 200, 401, 404, 405, 413, 415 or 503 and no body.

    ``lookup`` gives the live keys of a hook or None; ``accept`` commits a delivery. Both may raise
    `InboxUnavailable`. ``accept`` is called with verified deliveries only.
    """

    def __init__(
        self,
        lookup: Lookup,
        accept: Accept,
        *,
        clock: Callable[[], datetime],
        max_body_bytes: int,
        source: Callable[[str], Source] = registry.source,
    ) -> None:
        self._lookup = lookup
        self._accept = accept
        self._clock = clock
        self._max_body_bytes = max_body_bytes
        self._source = source

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status = self._answer(environ)
        headers = [("Content-Length", "0")]
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "POST"))
        start_response(f"{status.value} {status.phrase}", headers)
        return []

    def _answer(self, environ: Environ) -> HTTPStatus:
        address = hook_address(environ)
        if address is None:
            return HTTPStatus.NOT_FOUND
        refusal = refusal_before_reading(environ, self._max_body_bytes)
        if refusal is not None:
            return refusal
        name, key = address
        try:
            source = self._source(name)
            hook = self._lookup(name, key)
        except UnknownSource:
            return HTTPStatus.NOT_FOUND
        except InboxUnavailable:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.NOT_FOUND if hook is None else self._read(environ, source, hook)

    def _read(self, environ: Environ, source: Source, hook: HookKeys) -> HTTPStatus:
        body = capped_body(environ["wsgi.input"], declared_length(environ), self._max_body_bytes)
        if body is None:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        headers = header_names_lowered(environ)
        now = self._clock()
        try:
            proof = source.verify(headers, body, keys=hook.keys, now=now, signed_only=hook.signed_only)
        except BadSignature as exc:
            log.warning("delivery refused", hook=hook.hook_id, source=hook.source, because=str(exc))
            return HTTPStatus.UNAUTHORIZED
        return self._store(delivery_of(source, hook, headers, body=body, now=now, proof=proof))

    def _store(self, delivery: Delivery) -> HTTPStatus:
        try:
            accepted = self._accept(delivery)
        except InboxUnavailable:
            log.error("delivery not stored", hook=delivery.hook_id, delivery=delivery.external_id)
            return HTTPStatus.SERVICE_UNAVAILABLE
        log.info(
            "delivery",
            hook=delivery.hook_id,
            delivery=delivery.external_id,
            kind=delivery.event,
            accepted=accepted.value,
        )
        return HTTPStatus.ACCEPTED if accepted is Accepted.STORED else HTTPStatus.OK


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


def hook_address(environ: Environ) -> tuple[str, str] | None:
    """Source and key in the path, or None, also where no key looks so. The mount point may be cut off already."""
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
    pieces = path.removeprefix(PREFIX).split("/") if path.startswith(PREFIX) else []
    is_possible = len(pieces) == 2 and all(pieces) and path.isascii() and path.isprintable()
    return (pieces[0], pieces[1]) if is_possible else None


def refusal_before_reading(environ: Environ, max_body_bytes: int) -> HTTPStatus | None:
    """What the request line and the headers alone already rule out."""
    if environ["REQUEST_METHOD"] != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if media_type not in CONTENT_TYPES or environ.get("HTTP_CONTENT_ENCODING"):
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if (declared_length(environ) or 0) > max_body_bytes:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def declared_length(environ: Environ) -> int | None:
    """The declared length; None where there is none (a chunked body)."""
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() else None


def capped_body(stream: BinaryIO, length: int | None, max_body_bytes: int) -> bytes | None:
    """The whole body, or None where it is longer than allowed. Never reads more than one byte too much."""
    left = max_body_bytes + 1 if length is None else length
    pieces: list[bytes] = []
    while left > 0 and (piece := stream.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
    body = b"".join(pieces)
    return body if len(body) <= max_body_bytes else None


def header_names_lowered(environ: Environ) -> dict[str, str]:
    """The request's headers as ``{"x-github-event": ...}``."""
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    return headers


def printable(text: str) -> str:
    """The text without what a text column or a log line must not hold."""
    return "".join(character for character in text if character.isprintable())
