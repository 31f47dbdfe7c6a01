"""R1, promise 6: signed deliveries that mean nothing are taken, and each ends as applied, ignored, quarantined or parked."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connector.db.tables import Delivery
from connector.inbox.service import drain
from tests.drills.exposed import Exposed, exposed
from webhooks.replay import post

FIXTURES = Path(__file__).parents[1] / "sources" / "fixtures"
ODD_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 2**31, 2**63, 10**19, 10**30, 0.5, 1e308, "", "\0", "\ud800", "x" * 5000, "😀" * 300, "NaN", [], {}, [None], [[[]]],
    {"id": {}}, ["\0"], "2026-13-99T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "<script>", "../..",
    "https://[::1", "٣", "1" * 30,
)  # fmt: skip
ODD_BODIES = (
    b"", b"null", b"[]", b'""', b"{", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"[" * 50_000, b'{"a":' * 100 + b"1" + b"}" * 100,
    b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":' + b"9" * 6000 + b"}", b'{"a":"\xed\xa0\x80"}', b"[" + b"0," * 150_000 + b"0]",
    b"payload=%7B%7D", b"payload=" + b"%5B" * 5000, b"\0" * 1000, b"\x1f\x8b\x08\0",
)  # fmt: skip
ODD_EVENTS = (
    "",
    "unknown",
    "issues",
    "Issue Hook",
    "Confidential Issue Hook",
    "pull_request",
    "x" * 3000,
    "issues\0",
    "é",
    "push",
)
FINAL = {"applied", "ignored", "quarantined", "parked"}


def mutated(value: object, chance: random.Random, depth: int = 0) -> object:
    """The value with something in it replaced, taken away or repeated."""
    if not isinstance(value, (dict, list)) or not value or (depth and chance.random() < 0.2):
        return chance.choice(ODD_VALUES)
    if isinstance(value, list):
        place = chance.randrange(len(value))
        return [*value[:place], mutated(value[place], chance, depth + 1), *value[place:]]
    name = chance.choice(list(value))
    if chance.random() < 0.15:
        return {key: one for key, one in value.items() if key != name}
    return {**value, name: mutated(value[name], chance, depth + 1)}


def bodies(name: str, chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """So many events with bodies: our fixtures with some damage, and whole nonsense."""
    fixtures = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FIXTURES / name).glob("*.json"))]
    whole = [one for one in fixtures if "body" in one]
    for _number in range(count):
        fixture = chance.choice(whole)
        event = next((text for key, text in fixture["headers"].items() if key.endswith("-event")), "")
        event = event if chance.random() < 0.9 else chance.choice(ODD_EVENTS)
        body = fixture["body"]
        for _damage in range(chance.choice((1, 1, 2, 5))):
            body = mutated(body, chance)
        yield event, chance.choice(ODD_BODIES) if chance.random() < 0.1 else json.dumps(body).encode()


def deliver(service: Exposed, count: int, seed: int) -> Counter[int]:
    """Sign and hand in so many at each door; how they were answered."""
    statuses: Counter[int] = Counter()
    for name, door in service.doors.items():
        chance = random.Random(f"{name} {seed}")  # noqa: S311  (no secret is drawn)
        for number, (event, body) in enumerate(bodies(name, chance, count)):
            headers = door.source.sign(body, key=door.key, event=event, delivery_id=f"{name}-{number}", now=service.now)
            statuses[post(service.serve, door.path, headers=headers, body=body)] += 1
    return statuses


def prove(service: Exposed, count: int, seed: int) -> None:
    """All are taken, none stays, each that was not applied says why, and none of them is an error of ours."""
    assert deliver(service, count, seed) == {202: count * len(service.doors)}
    while drain(service.services.db, lambda: service.now):
        pass
    with service.services.db.readers() as session:
        ends = session.execute(
            select(Delivery.outcome, Delivery.reason, func.count()).group_by(Delivery.outcome, Delivery.reason)
        )
        found = [(str(outcome), reason, number) for outcome, reason, number in ends]
    assert sum(number for _outcome, _reason, number in found) == count * len(service.doors)
    assert {outcome for outcome, _reason, _number in found} <= FINAL
    assert [end for end in found if end[0] != "applied" and not end[1]] == []
    assert [end for end in found if end[0] == "parked"] == []


def test_no_signed_nonsense_stays_in_the_inbox(database_url: str, tmp_path: Path, now: datetime) -> None:
    """R1: 100 for each tracker on each database."""
    with exposed(database_url, tmp_path, now) as service:
        prove(service, 100, seed=1)


@pytest.mark.drill
def test_no_signed_nonsense_stays_in_the_inbox_in_earnest(database_url: str, tmp_path: Path, now: datetime) -> None:
    """R1: 20,000 for each tracker on each database."""
    with exposed(database_url, tmp_path, now) as service:
        prove(service, 20_000, seed=2)
