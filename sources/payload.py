"""JSON of strangers: decoded within limits, and read without trusting its shape."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import NoReturn

import msgspec

from sources.errors import UnreadablePayload

DEEPEST = 64
MOST_NODES = 100_000
LONGEST_INTEGER = 20

Json = Mapping[str, object]
"""A JSON object. Read it with the functions below: every key may be missing, null or of another type."""

# Only a body with one of these escapes can hold a character that a text column refuses.
_SUSPICIOUS = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Escapes that the fast way leaves to the careful one: those, and colons, which it counts.
_ESCAPES = re.compile(rb"\\u(0000|003[aA]|[dD][89a-fA-F])")
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TOO_MANY = "The body holds more than {} values."
_NUL = rb"\u0000"
_ALL_DIGITS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_TOO_LONG = b"0" * (LONGEST_INTEGER + 1)


def decode(body: bytes, *, most_nodes: int = MOST_NODES) -> object:
    """The JSON value of ``body``; NUL and lone surrogates in texts become U+FFFD.

    Raises `UnreadablePayload` for anything that is not UTF-8 JSON, for duplicate keys, NaN and Infinity, and
    beyond the limits of depth, size and digits.
    """
    _refuse_many(body, most_nodes)
    try:
        value = msgspec.json.decode(body)
        if _is_plain(body, value, most_nodes):
            return value
    except (ValueError, RecursionError):
        pass  # the careful decoder says what is wrong, or reads what the fast one cannot
    return decode_carefully(body, most_nodes=most_nodes)


def _refuse_many(body: bytes, most_nodes: int) -> None:
    """Refuse what commas outside of texts divide into more values than that, before any of them takes memory."""
    if body.count(b",") < most_nodes:
        return
    found = after = 0
    for text in _TEXT.finditer(body):
        found += body.count(b",", after, text.start())
        after = text.end()
        if found >= most_nodes:
            break
    if found + body.count(b",", after) >= most_nodes:
        raise UnreadablePayload(_TOO_MANY.format(most_nodes))


def _is_plain(body: bytes, value: object, most_nodes: int) -> bool:
    """Whether a text that the fast decoder took is clearly within every limit. It may say no too often, never too rarely."""
    written = msgspec.json.encode(value)  # in its shortest form
    filled = written.count(b'{"') + written.count(b"[")  # at least as many as containers with something in them
    if filled >= DEEPEST or _may_have_long_integer(body):
        return False
    if len(written) >= most_nodes and filled + written.count(b",") >= most_nodes:  # a value takes two characters
        return False
    return _NUL not in body if written == body else _has_all_keys(body, written)


def _may_have_long_integer(body: bytes) -> bool:
    # Of that many digits on end at least three are among every seventh character: most texts need no closer look.
    if b"000" not in body[::7].translate(_ALL_DIGITS_ZERO):
        return False
    return _TOO_LONG in body.translate(_ALL_DIGITS_ZERO)


def _has_all_keys(body: bytes, written: bytes) -> bool:
    """Whether no key was lost and every text can be stored. Text that came in its shortest form lost no key.

    Else there is a colon for each key and those of the texts. Of a key that occurred twice one is lost, so there are
    fewer than in the body (unless a colon is written as an escape).
    """
    return written.count(b":") == body.count(b":") and not (b"\\u" in body and _ESCAPES.search(body))


def decode_carefully(body: bytes, *, most_nodes: int = MOST_NODES) -> object:
    """As `decode`, by a slower way that looks at each rule itself."""
    _refuse_many(body, most_nodes)
    try:
        value = _DECODER.decode(body.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise UnreadablePayload("The body is not UTF-8.") from exc
    except RecursionError as exc:
        raise UnreadablePayload(f"The body is nested deeper than {DEEPEST} levels.") from exc
    except ValueError as exc:
        raise UnreadablePayload(f"The body is not JSON: {exc}"[:200]) from exc
    _measure(value, most_nodes)
    return _storable(value) if _SUSPICIOUS.search(body) else value


def decode_object(body: bytes) -> Json:
    """As `decode`; a value that is no object raises `UnreadablePayload` too."""
    value = decode(body)
    if not isinstance(value, dict):
        raise UnreadablePayload("The body is not a JSON object.")
    return value


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > LONGEST_INTEGER:
        raise ValueError(f"an integer has more than {LONGEST_INTEGER} digits")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number is out of range")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not allowed")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_duplicates, parse_int=_integer, parse_float=_number, parse_constant=_no_constant
)


def _measure(value: object, most_nodes: int) -> None:
    level: list[object] = [value] if isinstance(value, (dict, list)) else []
    nodes, depth = 1, 0
    while level:
        inner = [item for container in level for item in _inside(container)]
        nodes, depth = nodes + len(inner), depth + 1
        if nodes > most_nodes:
            raise UnreadablePayload(_TOO_MANY.format(most_nodes))
        if depth > DEEPEST:
            raise UnreadablePayload(f"The body is nested deeper than {DEEPEST} levels.")
        level = [item for item in inner if isinstance(item, (dict, list))]


def _inside(container: object) -> Iterable[object]:
    if isinstance(container, dict):
        return container.values()
    return container if isinstance(container, list) else ()


def _storable(value: object) -> object:
    if isinstance(value, str):
        return _UNSTORABLE.sub("�", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub("�", key): _storable(item) for key, item in value.items()}
    return value


def digest(value: object) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of a value."""
    try:
        canonical = msgspec.json.encode(value, order="sorted")
    except (TypeError, ValueError):  # half a surrogate pair: only in values that did not come through `decode`
        canonical = json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(canonical).hexdigest()


def as_object(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def child(data: Json, key: str) -> Json:
    """The object at ``key``, empty where there is none."""
    return as_object(data.get(key))


def children(data: Json, key: str) -> list[Json]:
    """The objects of the list at ``key``; entries of another type are left out."""
    value = data.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(data: Json, key: str) -> str:
    """The text at ``key``, empty where there is none; numbers become text."""
    value = data.get(key)
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, (str, int, float)) else ""


def integer(data: Json, key: str) -> int | None:
    """The whole number at ``key``, also when it is written as text, else None."""
    value = data.get(key)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20 else None


def flag(data: Json, key: str) -> bool | None:
    """The boolean at ``key``, None where there is none."""
    value = data.get(key)
    return value if isinstance(value, bool) else None
