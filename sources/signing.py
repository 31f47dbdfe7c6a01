"""Signatures of deliveries, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """The raw 32 bytes of HMAC-SHA256."""
    return hmac.new(key, message, hashlib.sha256).digest()


def same(given: str, expected: str) -> bool:
    """Compare two texts in constant time; a text that is not ASCII is simply different."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode("utf-8"))


def hex_signature(key: bytes, body: bytes) -> str:
    """``sha256=`` and the hexadecimal HMAC of the body, as GitHub sends it."""
    return "sha256=" + hmac_sha256(key, body).hex()


def standard_signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """``v1,`` and the base64 HMAC of ``id.timestamp.body``, as Standard Webhooks defines it."""
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogateescape") + body
    return "v1," + base64.b64encode(hmac_sha256(key, signed)).decode("ascii")


def content_id(event: str, body: bytes) -> str:
    """An id for a delivery that has none: the same event and body give the same id."""
    return hashlib.sha256(event.encode("utf-8", "surrogateescape") + b"\n" + body).hexdigest()
