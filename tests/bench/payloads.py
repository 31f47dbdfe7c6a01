"""Signed GitHub deliveries of the usual size, ready to be put on the wire."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

BODY_BYTES = 12 * 1024
REPOSITORY = {
    "id": 77, "name": "tool", "full_name": "acme/tool", "private": False, "html_url": "https://github.com/acme/tool",
    "owner": {"login": "acme"},
}  # fmt: skip
TEXT = """issue filter page table error shown button list when opening the empty result of a search in French keyboard
    label focus contrast export column date wrong missing after update volunteer server answer browser screen reader
    reads twice nothing nobody expected behaviour steps to reproduce version"""
WORDS = TEXT.split()


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to deliver, and the secret that signs."""

    url: str
    secret: str


def body(number: int, *, size: int = BODY_BYTES, second: int = 0) -> bytes:
    """A labelled issue as GitHub sends it, of about ``size`` bytes; the same number gives the same bytes."""
    chance = random.Random(number)  # noqa: S311  (text, not secrets)
    text: list[str] = []
    length = 0
    while length < size - 1_500:
        text.append(chance.choice(WORDS))
        length += len(text[-1]) + 1
    return json.dumps(
        {
            "action": "labeled", "issue": _issue(number, " ".join(text), second), "repository": REPOSITORY,
            "label": {"id": 1, "name": "good first issue"}, "sender": {"login": "ann", "id": 1, "type": "User"},
        }
    ).encode()  # fmt: skip


def requests(hook: Hook, bodies: int = 16, *, prefix: str = "") -> Iterator[bytes]:
    """Requests without end, each with an id of its own; the bodies repeat, since a signature covers the body alone."""
    address = urlsplit(hook.url)
    drafts = [_draft(address.path, address.netloc, hook.secret, body(number)) for number in range(1, bodies + 1)]
    for number in count():
        before, after = drafts[number % bodies]
        yield b"%s%s-%08d%s" % (before, prefix.encode(), number, after)


def _draft(path: str, host: str, secret: str, data: bytes) -> tuple[bytes, bytes]:
    signature = hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()
    before = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: GitHub-Hookshot/044aadd\r\nAccept: */*\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\nX-GitHub-Event: issues\r\n"
        f"X-GitHub-Hook-ID: 292430182\r\nX-GitHub-Hook-Installation-Target-ID: 79929171\r\n"
        f"X-GitHub-Hook-Installation-Target-Type: repository\r\nX-Hub-Signature-256: sha256={signature}\r\n"
        f"X-GitHub-Delivery: "
    )
    return before.encode(), b"\r\n\r\n" + data


def _issue(number: int, text: str, second: int) -> dict[str, object]:
    return {
        "id": 1000 + number, "number": number, "title": f"Fix the filter {number}", "body": text,
        "user": {"login": "ann", "id": 1, "type": "User"}, "assignees": [], "comments": 0, "state": "open",
        "labels": [{"id": 1, "name": "good first issue"}], "locked": False, "author_association": "MEMBER",
        "closed_at": None, "created_at": "2026-11-20T10:00:00Z", "updated_at": f"2026-11-20T10:00:{second:02}Z",
        "html_url": f"https://github.com/acme/tool/issues/{number}",
    }  # fmt: skip
