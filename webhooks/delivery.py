"""The values at the door: which secrets a hook has, what it sent, and what became of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from sources.base import Proof

STORED_HEADERS = re.compile(
    r"content-type|user-agent|idempotency-key|webhook-(id|timestamp)"
    r"|x-[a-z]+-(event|event-type|event-uuid|webhook-uuid|instance|delivery|hook-id)"
    r"|x-[a-z]+-(hook-installation-target-(id|type)|enterprise-(host|version))"
)
"""The headers that are kept. An allow-list: forges have sent secrets in headers nobody expected."""
MAX_HEADER_LENGTH = 500
MAX_ID_LENGTH = 255
MAX_EVENT_LENGTH = 100


@dataclass(frozen=True, slots=True)
class HookKeys:
    """What the door must know of a hook: its live keys, and whether a plain token is no longer enough."""

    hook_id: int
    source: str
    keys: tuple[bytes, ...]
    signed_only: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One genuine webhook request, ready to be stored.

    ``headers`` are those worth keeping; ``body`` is what may be kept of the body. ``proof`` says how it was verified,
    ``first_signed`` that no signed delivery was known of this hook before.
    """

    hook_id: int
    source: str
    external_id: str
    event: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    proof: Proof = Proof.SIGNATURE
    first_signed: bool = False


class Accepted(Enum):
    """What became of a delivery: committed now, or known before. Either way it is on disk."""

    STORED = "stored"
    SEEN = "seen"


class InboxUnavailable(Exception):
    """The delivery could not be committed: the sender must be told so."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a request's line and headers say. Header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]


def stored_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those headers that are worth keeping and hold no secret. Names are in lower case."""
    return {name: value.replace("\0", "")[:MAX_HEADER_LENGTH] for name, value in headers.items() if is_kept(name)}


@lru_cache(maxsize=256)
def is_kept(name: str) -> bool:
    """Whether a header of this name is worth keeping and holds no secret."""
    return STORED_HEADERS.fullmatch(name) is not None


def storable_id(text: str) -> str:
    """The id as it is stored: itself, or its SHA-256 where it is too long or odd to be a text in a column."""
    if text.isascii() and text.isprintable() and 0 < len(text) <= MAX_ID_LENGTH:
        return text
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
