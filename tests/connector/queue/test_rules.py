"""When jobs are tried again, and which period a moment is in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.queue.rules import MAX_TRIES, PACE, is_poison, look_every, period, wait_after


@pytest.mark.parametrize(
    ("tries", "seconds"), [(0, 10), (1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (10_000, 3600)]
)
def test_waits_double_up_to_an_hour(tries: int, seconds: int) -> None:
    assert wait_after(tries) == timedelta(seconds=seconds)


def test_a_job_is_poison_after_the_last_try() -> None:
    assert [is_poison(tries) for tries in (0, MAX_TRIES - 1, MAX_TRIES)] == [False, False, True]


@pytest.mark.parametrize(("minute", "second", "start"), [(0, 0, 0), (14, 59, 0), (15, 0, 15), (59, 59, 45)])
def test_a_moment_belongs_to_the_period_it_is_in(minute: int, second: int, start: int) -> None:
    moment = datetime(2026, 11, 23, 9, minute, second, tzinfo=UTC)
    assert period(moment, timedelta(minutes=15)) == datetime(2026, 11, 23, 9, start, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "look"), [(60, 30), (119, 59.5), (120, 60), (86400, 60)])
def test_a_period_is_looked_at_twice_before_it_is_over(seconds: int, look: float) -> None:
    """R8: a look that comes late must not fall into the next period."""
    assert look_every(timedelta(seconds=seconds)) == timedelta(seconds=look)


def test_a_dead_worker_is_replaced_in_half_a_minute_and_within_the_shortest_period() -> None:
    """R6, R8."""
    assert PACE.lease <= timedelta(seconds=30)
    assert PACE.leadership + PACE.election < timedelta(minutes=1)
    assert PACE.renewal * 3 < PACE.lease
