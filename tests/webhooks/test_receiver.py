"""The door: what it answers, what it hands on, and what it never does."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from sources.base import Headers, Proof
from sources.errors import BadSignature, UnknownSource, UnreadablePayload
from webhooks.delivery import Accepted, Delivery, HookKeys, InboxUnavailable
from webhooks.receiver import Receiver, capped_body

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
HOOK = HookKeys(hook_id=7, source="simple", keys=(b"secret",))


class SimpleSource:
    """A tracker whose signature is the body's hash under the key."""

    def verify(
        self, headers: Headers, body: bytes, *, keys: tuple[bytes, ...], now: datetime, signed_only: bool
    ) -> Proof:
        if headers.get("x-simple-token") == "token" and not signed_only:
            return Proof.TOKEN
        if headers.get("x-simple-signature") not in [sign(body, key) for key in keys]:
            raise BadSignature
        return Proof.SIGNATURE

    def delivery_id(self, headers: Headers, body: bytes) -> str:
        return headers.get("x-simple-delivery", "none")

    def event_name(self, headers: Headers) -> str:
        return headers.get("x-simple-event", "")

    def storable(self, headers: Headers, body: bytes) -> bytes:
        if body == b"confidential and broken":
            raise UnreadablePayload
        return body


@dataclass
class Door:
    """A receiver with an inbox that remembers what it was given."""

    hook: HookKeys | None = HOOK
    answer: Accepted | Exception = Accepted.STORED
    accepted: list[Delivery] = field(default_factory=list)
    sent_headers: list[tuple[str, str]] = field(default_factory=list)

    def receiver(self, max_body_bytes: int = 1000) -> Receiver:
        return Receiver(self.lookup, self.accept, clock=lambda: NOW, max_body_bytes=max_body_bytes, source=simple_only)

    def lookup(self, source: str, key: str) -> HookKeys | None:
        return self.hook if key == "k" else None

    def accept(self, delivery: Delivery) -> Accepted:
        if isinstance(self.answer, Exception):
            raise self.answer
        self.accepted.append(delivery)
        return self.answer

    def post(self, body: bytes = b"{}", *, max_body_bytes: int = 1000, **changes: object) -> int:
        statuses: list[int] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], object]:
            statuses.append(int(status[:3]))
            self.sent_headers = headers
            return lambda data: None

        environ = {**request(body), **changes}
        pieces = self.receiver(max_body_bytes)({k: v for k, v in environ.items() if v is not None}, start_response)
        assert b"".join(pieces) == b""
        return statuses[0]


def simple_only(name: str) -> SimpleSource:
    if name != "simple":
        raise UnknownSource
    return SimpleSource()


def sign(body: bytes, key: bytes) -> str:
    return hashlib.sha256(key + body).hexdigest()


def request(body: bytes) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/webhooks/simple/k",
        "CONTENT_TYPE": "application/json; charset=utf-8",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_SIMPLE_EVENT": "issues",
        "HTTP_X_SIMPLE_DELIVERY": "abc",
        "HTTP_X_SIMPLE_SIGNATURE": sign(body, b"secret"),
        "wsgi.input": io.BytesIO(body),
    }


def test_a_signed_delivery_is_handed_on_and_answered_202() -> None:
    door = Door()
    assert door.post(b'{"a": 1}') == 202
    (delivery,) = door.accepted
    assert (delivery.hook_id, delivery.external_id, delivery.event) == (7, "abc", "issues")
    assert (delivery.body, delivery.received_at) == (b'{"a": 1}', NOW)
    assert (delivery.proof, delivery.first_signed) == (Proof.SIGNATURE, True)


def test_a_delivery_seen_before_is_answered_200() -> None:
    assert Door(answer=Accepted.SEEN).post() == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"REQUEST_METHOD": "GET"}, 405),
        ({"REQUEST_METHOD": "PUT"}, 405),
        ({"PATH_INFO": "/webhooks/simple/other"}, 404),
        ({"PATH_INFO": "/webhooks/gogs/k"}, 404),
        ({"PATH_INFO": "/webhooks/simple"}, 404),
        ({"PATH_INFO": "/webhooks/simple/k/more"}, 404),
        ({"PATH_INFO": "/webhooks/simple/"}, 404),
        ({"PATH_INFO": "/elsewhere/simple/k"}, 404),
        ({"PATH_INFO": "/webhooks/simple/k\0"}, 404),
        ({"PATH_INFO": "/webhooks/simple/\xff"}, 404),
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"CONTENT_TYPE": ""}, 415),
        ({"CONTENT_TYPE": None}, 415),
        ({"CONTENT_TYPE": "application/jsonx"}, 415),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415),
        ({"CONTENT_LENGTH": "1001"}, 413),
        ({"CONTENT_LENGTH": "99999999999999999999"}, 413),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"CONTENT_LENGTH": "-2"}, 400),
        ({"CONTENT_LENGTH": "+2"}, 400),
        ({"CONTENT_LENGTH": "1_0"}, 400),
        ({"CONTENT_LENGTH": "2, 2"}, 400),
        ({"CONTENT_LENGTH": "٢"}, 400),
        ({"CONTENT_LENGTH": "0"}, 401),
        ({"HTTP_X_SIMPLE_SIGNATURE": None}, 401),
        ({"HTTP_X_SIMPLE_SIGNATURE": ""}, 401),
        ({"HTTP_X_SIMPLE_SIGNATURE": sign(b"{}", b"another secret")}, 401),
        ({"CONTENT_LENGTH": "1"}, 401),
    ],
)
def test_a_request_that_breaks_a_rule_is_refused_and_not_handed_on(changes: dict[str, object], status: int) -> None:
    door = Door()
    assert door.post(**changes) == status
    assert door.accepted == []


@pytest.mark.parametrize(
    "changes",
    [
        {"CONTENT_TYPE": "Application/JSON"},
        {"CONTENT_TYPE": "application/x-www-form-urlencoded"},
        {"CONTENT_LENGTH": None},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "0" * 5000 + "2"},
        {"SCRIPT_NAME": "/webhooks", "PATH_INFO": "/simple/k"},
    ],
)
def test_what_servers_and_forges_do_differently_is_taken(changes: dict[str, object]) -> None:
    assert Door().post(**changes) == 202


def test_a_refused_method_names_the_allowed_one() -> None:
    door = Door()
    door.post(REQUEST_METHOD="DELETE")
    assert ("Allow", "POST") in door.sent_headers


def test_a_body_without_declared_length_is_still_capped() -> None:
    door = Door()
    assert door.post(b"x" * 1001, CONTENT_LENGTH=None) == 413
    assert door.post(b"x" * 1000, CONTENT_LENGTH=None) == 202


def test_no_more_than_one_byte_too_much_is_read() -> None:
    stream = io.BytesIO(b"x" * 5000)
    assert capped_body(stream, None, 1000) is None
    assert stream.tell() == 1001


@pytest.mark.parametrize("where", ["lookup", "accept"])
def test_a_database_that_is_away_is_answered_503(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(answer=InboxUnavailable())
    if where == "lookup":

        def away(source: str, key: str) -> HookKeys | None:
            raise InboxUnavailable

        monkeypatch.setattr(door, "lookup", away)
    assert door.post() == 503


def test_only_listed_headers_are_kept() -> None:
    door = Door()
    door.post(
        HTTP_X_GITLAB_TOKEN="s", HTTP_X_GITHUB_ENCODED_SECRET="s", HTTP_AUTHORIZATION="s", HTTP_USER_AGENT="Forge"
    )
    assert door.accepted[0].headers == {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Forge",
        "x-simple-delivery": "abc",
        "x-simple-event": "issues",
    }


def test_a_plain_token_is_no_proof_once_signatures_were_seen() -> None:
    without = {"HTTP_X_SIMPLE_SIGNATURE": None, "HTTP_X_SIMPLE_TOKEN": "token"}
    door = Door()
    assert door.post(**without) == 202
    assert not door.accepted[0].first_signed
    assert Door(hook=HookKeys(hook_id=7, source="simple", keys=(b"secret",), signed_only=True)).post(**without) == 401


def test_an_unreadable_confidential_body_is_not_kept() -> None:
    door = Door()
    assert door.post(b"confidential and broken") == 202
    assert door.accepted[0].body == b""


@pytest.mark.parametrize("odd", ["x" * 256, "a\0b", "é", ""])
def test_an_odd_delivery_id_becomes_one_that_can_be_stored(odd: str) -> None:
    door = Door()
    door.post(HTTP_X_SIMPLE_DELIVERY=odd)
    assert door.accepted[0].external_id == hashlib.sha256(odd.encode()).hexdigest()


def test_the_door_needs_neither_web_framework_nor_database() -> None:
    code = "import sys, webhooks.receiver; print({'flask', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  (our own code)
    assert done.stdout.strip() == "set()"
