"""What a tracker answered, and which error a refusing answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from requests.utils import parse_header_links

from sources.errors import (
    BadCredentials,
    Blocked,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    Rejected,
    SourceError,
    Unavailable,
    UnreadablePayload,
)
from sources.payload import as_object, child, decode, text

SHORTEST_PAUSE = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(hours=24)
MOST_NODES = 2_000_000
_LIMIT_TEXT = re.compile(r"rate limit|abuse detection|retry later|too many requests|wait a few minutes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. Header names are in lower case; ``body`` is decompressed."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """The decoded body; raises `Unavailable` when it is not JSON, as a tracker in trouble answers."""
        try:
            return decode(self.body, most_nodes=MOST_NODES)
        except UnreadablePayload as exc:
            raise Unavailable(f"The tracker's answer cannot be read. {exc}") from exc

    @property
    def links(self) -> dict[str, str]:
        """The ``Link`` header: relation -> address."""
        parsed = parse_header_links(self.headers.get("link", ""))
        return {link["rel"]: link["url"] for link in parsed if link.get("rel") and link.get("url")}


def failure(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> SourceError | None:
    """The error that a status means, None below 400. ``headers`` may have any case."""
    if status < 400:
        return None
    lowered = {str(name).lower(): str(value) for name, value in headers.items()}
    if status == 429 or (status == 403 and _is_limited(lowered, body)):
        until = _limited_until(lowered, now)
        said = "The tracker asks us to wait: rate limit."
        return RateLimited(until or now + SHORTEST_PAUSE, said, is_guess=until is None)
    if status == 451:
        return Blocked(_legal_reason(body))
    return _refusal(status, lowered, _said(body))


def _refusal(status: int, headers: Mapping[str, str], said: str) -> SourceError:
    match status:
        case 401:
            return BadCredentials()
        case 403:
            return Forbidden(_missing_permission(headers, said))
        case 404:
            return NotFound()
        case 410:
            return Gone(said)
        case _ if status >= 500 or status in (408, 425):
            return Unavailable(f"The tracker answered {status}.")
        case _:
            return Rejected(f"The tracker answered {status}: {said}" if said else f"The tracker answered {status}.")


def _missing_permission(headers: Mapping[str, str], said: str) -> str:
    wanted = headers.get("x-accepted-github-permissions") or headers.get("x-accepted-oauth-scopes")
    if wanted:
        return f"The tracker refuses: the permission {wanted} is missing."
    return f"The tracker refuses: {said}" if said else ""


def _is_limited(headers: Mapping[str, str], body: bytes) -> bool:
    left = headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining"))
    return "retry-after" in headers or left == "0" or bool(_LIMIT_TEXT.search(body[:2000].decode("utf-8", "replace")))


def _limited_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When to try again: ``Retry-After`` (seconds or a date), else the reset time; None where neither says."""
    wish = _retry_after(headers.get("retry-after", ""), now)
    if wish is None and headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining", "0")) == "0":
        wish = _epoch(headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or "")
    if wish is None or wish <= now:
        return None
    return min(wish, now + LONGEST_PAUSE)


def _retry_after(value: str, now: datetime) -> datetime | None:
    value = value.strip()
    if value.isascii() and value.isdigit():
        return now + timedelta(seconds=max(1, min(int(value[:9]), 10**6)))
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _epoch(value: str) -> datetime | None:
    if not (value.isascii() and value.isdigit() and len(value) <= 11):
        return None
    return datetime.fromtimestamp(int(value), UTC)


def _legal_reason(body: bytes) -> str:
    try:
        block = child(as_object(decode(body)), "block")
    except UnreadablePayload:
        block = {}
    said, reason = _said(body), text(block, "reason")[:60]
    named = f"{said} ({reason})" if reason else said
    return f"Blocked for legal reasons: {named}" if named else "Blocked for legal reasons."


def _said(body: bytes) -> str:
    """The tracker's own sentence, at most 200 characters, on one line."""
    try:
        answer = as_object(decode(body))
    except UnreadablePayload:
        return ""
    said = text(answer, "message") or text(answer, "error")
    return " ".join(said.split())[:200]
