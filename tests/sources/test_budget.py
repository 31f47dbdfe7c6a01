"""The budget of a credential: the rest of an hour is left to writes, and a minute is not overspent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sources import registry
from sources.budget import Budget
from sources.errors import RateLimited
from tests.fakes import FakeClock


class Minute:
    """A budget whose waiting moves its own clock."""

    def __init__(self, per_minute: int | None) -> None:
        self.clock, self.at, self.waits = FakeClock(), 0.0, list[float]()
        self.budget = Budget(per_minute, clock=self.clock, ticks=lambda: self.at, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds
        self.clock.advance(seconds=seconds)

    def told(self, left: int, *, limit: int = 5000, minutes: float = 30, prefix: str = "x-ratelimit") -> None:
        reset = int((self.clock() + timedelta(minutes=minutes)).timestamp())
        self.budget.learn(
            {f"{prefix}-limit": str(limit), f"{prefix}-remaining": str(left), f"{prefix}-reset": str(reset)}
        )


def test_a_minute_takes_what_it_may_and_then_an_even_pace() -> None:
    minute = Minute(60)
    for _ in range(60):
        minute.budget.read()
    assert minute.waits == []
    for _ in range(30):
        minute.budget.read()
    assert sum(minute.waits) == pytest.approx(30)


def test_a_write_weighs_as_much_as_five_reads() -> None:
    minute = Minute(60)
    for _ in range(12):
        minute.budget.write()
    assert minute.waits == []
    minute.budget.write()
    assert minute.waits == [pytest.approx(5)]


def test_where_no_limit_is_known_nothing_waits() -> None:
    minute = Minute(None)
    for _ in range(10_000):
        minute.budget.read()
    assert minute.waits == []


def test_the_rest_of_the_hour_is_left_to_writes() -> None:
    minute = Minute(None)
    minute.told(101)
    minute.budget.read()
    minute.told(100)
    with pytest.raises(RateLimited) as caught:
        minute.budget.read()
    assert caught.value.until == minute.clock() + timedelta(minutes=30)
    minute.budget.write()
    minute.clock.advance(minutes=31)
    minute.budget.read()


def test_an_answer_tells_what_a_minute_takes_at_gitlab() -> None:
    minute = Minute(100)
    minute.told(1999, limit=2000, minutes=0.5, prefix="ratelimit")
    minute.budget.read()
    for _ in range(99):
        minute.budget.read()
    minute.sleep(60)
    minute.waits.clear()
    for _ in range(2000):
        minute.budget.read()
    assert minute.waits == []


def test_a_minute_that_is_used_up_is_waited_for_and_ends_nothing() -> None:
    minute = Minute(100)
    minute.told(0, limit=100, minutes=0.5, prefix="ratelimit")
    minute.budget.read()
    assert minute.waits == [pytest.approx(30, abs=1)]


@pytest.mark.parametrize(
    "headers", [{}, {"x-ratelimit-remaining": "0"}, {"ratelimit-remaining": "x", "ratelimit-reset": "²"}]
)
def test_what_says_nothing_changes_nothing(headers: dict[str, str]) -> None:
    minute = Minute(None)
    minute.budget.learn(headers)
    minute.budget.read()
    assert minute.waits == []


@pytest.mark.parametrize(
    ("source", "host", "points"),
    [
        ("github", "github.com", 900),
        ("github", "ghes.example.org", None),
        ("gitlab", "gitlab.com", 100),
        ("gitlab", "framagit.org", None),
        ("forgejo", "codeberg.org", None),
    ],
)
def test_each_forge_has_its_own_minute(source: str, host: str, points: int | None) -> None:
    assert registry.source(source).per_minute(host) == points
