"""Order and ages of what waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.waiting.rules import Kind, Waiting, oldest_first
from connector.web.ages import Age, age

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (timedelta(days=9, hours=5), Age(9, 0)),
        (timedelta(hours=24), Age(1, 0)),
        (timedelta(hours=3, minutes=59), Age(0, 3)),
        (timedelta(0), Age(0, 0)),
        (timedelta(hours=-2), Age(0, 0)),
    ],
)
def test_ages_are_whole_days_or_hours(past: timedelta, expected: Age) -> None:
    assert age(NOW - past, NOW) == expected


def test_the_oldest_comes_first_and_ties_keep_their_order() -> None:
    old = Waiting(Kind.HARVEST, NOW - timedelta(days=2), "b", 1)
    tied = [Waiting(Kind.DELIVERIES, NOW, "a", 2), Waiting(Kind.DELIVERIES, NOW, "b", 1)]
    assert oldest_first([tied[1], old, tied[0]]) == (old, *tied)
