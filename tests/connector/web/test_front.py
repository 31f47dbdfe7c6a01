"""The service under granian: bodies are read in time and within bounds, and nobody waits for somebody else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar

import pytest

from connector.web.front import SMALL_BODY, Front, Header
from connector.web.groups import Groups
from connector.web.site import Site
from sources import registry
from webhooks.delivery import Accepted, Delivery, HookKeys
from webhooks.receiver import Receiver

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
KEY = b"k" * 32
MOST = 200_000
NEVER = 3600.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as granian describes it."""

    path: str = "/webhooks/github/k"
    method: str = "POST"
    sent: tuple[Header, ...] = ()
    query_string: str = ""
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.1:50000"
    scheme: str = "http"

    @property
    def headers(self) -> Asked:
        return self

    def items(self) -> list[Header]:
        return list(self.sent)


@dataclass(slots=True)
class Talk:
    """A client that sends its body in pieces, ``pause`` seconds apart, and what it was answered."""

    pieces: tuple[bytes, ...] = ()
    pause: float = 0.0
    hangs: bool = False
    read: int = 0
    status: int = 0
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(self.pause)
            self.read += len(piece)
            yield piece
        if self.hangs:
            await asyncio.sleep(NEVER)

    def response_bytes(self, status: int, headers: list[Header], body: bytes) -> None:
        assert self.status == 0, "answered twice"
        self.status, self.headers, self.body = status, headers, body


def run(work: Coroutine[Any, Any, T]) -> T:
    """What comes of it, in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Place:
    """A front with a door that keeps what it is given, and with a page that shows what it was asked."""

    def __init__(self, *, read_seconds: float = 10.0, held_bytes: int = 10 * MOST) -> None:
        self.kept: list[Delivery] = []
        self.gate = threading.Event()
        self.gate.set()
        door = Receiver(self.lookup, self.accept, clock=lambda: NOW, max_body_bytes=MOST)
        self.front = Front(Site(door, self.page), read_seconds=read_seconds, held_bytes=held_bytes)

    def lookup(self, source: str, key: str) -> HookKeys | None:
        return HookKeys(hook_id=7, source=source, keys=(KEY,)) if key == "k" else None

    def accept(self, delivery: Delivery) -> Accepted:
        if delivery.event == "poison":
            raise ZeroDivisionError
        self.kept.append(delivery)
        return Accepted.STORED

    def page(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.gate.wait(10)
        start_response("200 OK", [("X-Length", environ["CONTENT_LENGTH"])])
        return [environ["PATH_INFO"].encode("latin-1"), b" ", environ["wsgi.input"].read()]

    def talk(self, *talks: tuple[Asked, Talk]) -> list[Talk]:
        """All these at once, until each is answered."""

        async def all_of_them() -> None:
            await asyncio.gather(*(self.front.answer(asked, talk) for asked, talk in talks))

        run(all_of_them())
        return [talk for _asked, talk in talks]


def delivery(body: bytes = b"{}", *, event: str = "issues", number: int = 0, declares: bool = True) -> Asked:
    """A signed one, with its length declared or in chunks."""
    signed = registry.source("github").sign(body, key=KEY, event=event, delivery_id=f"d{number}", now=NOW)
    framing = ("content-length", str(len(body))) if declares else ("transfer-encoding", "chunked")
    return Asked(sent=(*signed.items(), framing))


@pytest.mark.parametrize("declares", [True, False])
@pytest.mark.parametrize("length", [2, SMALL_BODY, SMALL_BODY + 1, MOST])
def test_a_delivery_reaches_the_door_whole(length: int, declares: bool) -> None:  # noqa: FBT001  (a parameter of the table)
    place, body = Place(), b"x" * length
    pieces = tuple(body[start : start + 60_000] for start in range(0, length, 60_000))
    (talk,) = place.talk((delivery(body, declares=declares), Talk(pieces)))
    assert (talk.status, talk.headers, [each.body for each in place.kept]) == (202, [("Content-Length", "0")], [body])


@pytest.mark.parametrize("pieces", [(b"{}",), (b"{" * (SMALL_BODY + 1), b"}")])
def test_a_body_that_comes_too_slowly_is_refused_and_holds_nobody(pieces: tuple[bytes, ...]) -> None:
    """R6: the slow ones are answered 408 and closed, whoever comes meanwhile is served."""
    place, body = Place(read_seconds=0.2), b"".join(pieces)
    slow = [(delivery(body, number=number), Talk(pieces, pause=NEVER)) for number in range(50)]
    *refused, quick = place.talk(*slow, (delivery(number=99), Talk((b"{}",))))
    assert {talk.status for talk in refused} == {408}
    assert ("connection", "close") in refused[0].headers
    assert (quick.status, len(place.kept)) == (202, 1)


def test_a_body_longer_than_allowed_is_not_read_to_its_end() -> None:
    place = Place()
    endless = Talk((b"x" * 50_000,) * 100)
    assert place.talk((delivery(b"x", declares=False), endless))[0].status == 413
    assert endless.read == MOST + 50_000


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (Asked("/webhooks/github"), 404),
        (Asked(method="GET"), 405),
        (Asked(sent=(("content-type", "text/plain"),)), 415),
        (Asked(sent=(("content-type", "application/json"), ("content-encoding", "gzip"))), 415),
        (Asked(sent=(("content-type", "application/json"), ("content-length", str(MOST + 1)))), 413),
        (Asked(sent=(("content-type", "application/json"), ("content-length", "9" * 5000))), 413),
        (Asked(sent=(("content-type", "application/json"), ("content-length", "5"), ("content-length", "5"))), 400),
    ],
)
def test_what_the_head_rules_out_is_refused_before_anything_is_read(asked: Asked, status: int) -> None:
    talk = Talk((b"x",), pause=NEVER)
    assert Place().talk((asked, talk))[0].status == status
    assert talk.read == 0


def test_a_request_without_a_body_is_not_waited_for() -> None:
    place = Place()
    (talk,) = place.talk((Asked(sent=(("content-type", "application/json"),)), Talk((b"x",), pause=NEVER)))
    assert (talk.status, talk.read) == (401, 0)


def test_all_bodies_together_are_bounded_and_given_back() -> None:
    """R6: memory for what strangers send has an end, and the next is served again."""
    place, body = Place(held_bytes=2 * MOST), b"x" * MOST
    many = [(delivery(body, number=number), Talk((body,), pause=0.05)) for number in range(8)]
    statuses = [talk.status for talk in place.talk(*many)]
    assert set(statuses) == {202, 503}
    assert place.talk((delivery(body, number=9), Talk((body,))))[0].status == 202


def test_those_that_send_slowly_make_room_for_others() -> None:
    """R6: however many never end, and however long they may take, a whole delivery is taken."""
    place, body = Place(read_seconds=1.0, held_bytes=2 * MOST), b"x" * MOST
    slow = [(delivery(body, number=number), Talk((body[:-1],), hangs=True)) for number in range(20)]
    quick = [(delivery(body, number=number), Talk((body,), pause=0.05)) for number in (98, 99)]
    *refused, first, second = place.talk(*slow, *quick)
    assert (first.status, second.status) == (202, 202)
    assert {talk.status for talk in refused} == {408}


def test_deliveries_that_fail_by_an_error_of_ours_harm_no_other() -> None:
    place = Place()
    poison = (delivery(event="poison", number=50), Talk((b"{}",)))
    *good, bad = place.talk(*((delivery(number=number), Talk((b"{}",))) for number in range(10)), poison)
    assert {talk.status for talk in good} == {202}
    assert bad.status == 500
    assert {each.external_id for each in place.kept} == {f"d{number}" for number in range(10)}


def test_a_page_gets_the_request_as_wsgi_wants_it() -> None:
    asked = Asked("/tâches/1", sent=(("content-length", "3"), ("x-a", "1"), ("x-a", "2")))
    (talk,) = Place().talk((asked, Talk((b"a=b",))))
    assert (talk.status, talk.body, talk.headers) == (200, "/tâches/1 a=b".encode(), [("X-Length", "3")])


def test_pages_that_hang_keep_no_delivery_waiting() -> None:
    """R7: every thread for pages is taken, and the door answers."""
    place = Place()
    place.gate.clear()

    async def both() -> Talk:
        pages = [asyncio.create_task(place.front.answer(Asked("/"), Talk())) for _ in range(20)]
        talk = Talk((b"{}",))
        await place.front.answer(delivery(), talk)
        assert not any(page.done() for page in pages)
        place.gate.set()
        await asyncio.gather(*pages)
        return talk

    assert run(both()).status == 202


def test_what_comes_while_a_group_is_answered_makes_the_next() -> None:
    sizes: list[int] = []

    def answers(items: Sequence[int]) -> Sequence[HTTPStatus]:
        sizes.append(len(items))
        return [HTTPStatus(item) for item in items]

    async def ask() -> list[HTTPStatus]:
        groups: Groups[int] = Groups(answers)
        return await asyncio.gather(*(groups.answer(200 + number % 3) for number in range(250)))

    assert run(ask()) == [HTTPStatus(200 + number % 3) for number in range(250)]
    assert (len(sizes), sum(sizes), max(sizes)) == (3, 250, 100)
