"""Every row of the retry table, and how fast a forge may be written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.outbox.rules import (
    MAX_ATTEMPTS,
    Scope,
    is_moot,
    is_unsure,
    lately,
    pause_until,
    retry,
    room_at,
)  # fmt: skip
from sources.errors import (
    BadCredentials,
    Blocked,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    Rejected,
    SourceError,
    Unavailable,
)

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "attempts", "seconds", "scope"),
    [
        (Unavailable(), 1, 11, Scope.EFFECT),
        (Unavailable(), 2, 21, Scope.EFFECT),
        (Unavailable(), 10, 3601, Scope.EFFECT),
        (Unavailable(), MAX_ATTEMPTS, None, Scope.EFFECT),
        (SourceError(), 1, 11, Scope.EFFECT),
        (RateLimited(NOW + timedelta(seconds=90)), 1, 0, Scope.CREDENTIAL),
        (RateLimited(NOW), MAX_ATTEMPTS + 5, 0, Scope.CREDENTIAL),
        (BadCredentials(), 1, 0, Scope.CREDENTIAL),
        (Blocked(), 1, None, Scope.EFFECT),
        (Forbidden(), 1, None, Scope.EFFECT),
        (NotFound(), 1, 600, Scope.EFFECT),
        (NotFound(), 2, None, Scope.EFFECT),
        (Gone(), 1, 600, Scope.EFFECT),
        (Gone(), 2, None, Scope.EFFECT),
        (Rejected(), 1, None, Scope.EFFECT),
    ],
)
def test_each_failure_has_its_answer(error: SourceError, attempts: int, seconds: float | None, scope: Scope) -> None:
    verdict = retry(error, attempts, NOW, chance=1.0)
    assert verdict.at == (None if seconds is None else NOW + timedelta(seconds=seconds))
    assert verdict.scope is scope
    assert verdict.reason


def test_waits_are_spread_over_the_whole_span() -> None:
    waits = [retry(Unavailable(), 5, NOW, chance=chance).at for chance in (0.0, 0.5)]
    assert waits == [NOW + timedelta(seconds=1), NOW + timedelta(seconds=81)]


@pytest.mark.parametrize(
    ("error", "limits", "seconds"),
    [
        (RateLimited(NOW + timedelta(seconds=5)), 3, 5),
        (RateLimited(NOW + timedelta(hours=5)), 0, 18000),
        (RateLimited(NOW - timedelta(hours=1)), 0, 60),
        (RateLimited(NOW + timedelta(seconds=60), is_guess=True), 0, 60),
        (RateLimited(NOW + timedelta(seconds=60), is_guess=True), 2, 240),
        (RateLimited(NOW + timedelta(seconds=60), is_guess=True), 50, 3600),
    ],
)
def test_a_limit_is_kept_as_told_or_doubles(error: RateLimited, limits: int, seconds: float) -> None:
    assert pause_until(error, limits, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [
        ([], 0),
        ([0.4], 0.6),
        ([1], 0),
        ([50 - n * 0.1 for n in range(59)], 0),
        ([50 - n * 0.1 for n in range(60)], 10),
        ([3599 - n for n in range(399)], 0),
        ([3590 - n * 8 for n in range(400)], 10),
    ],
)
def test_a_forge_is_not_written_to_too_fast(ago: list[float], seconds: float) -> None:
    """At most one write a second, 60 a minute and 400 an hour."""
    writes = [(NOW - timedelta(seconds=before)).timestamp() for before in ago]
    assert room_at(writes, NOW) == NOW + timedelta(seconds=seconds)


def test_only_the_last_hours_writes_count_also_when_the_clock_was_set_back() -> None:
    at = NOW.timestamp()
    assert lately([at - 3601, at - 3599, at + 1, at, at + 61], NOW) == [at - 3599, at, at + 1]


@pytest.mark.parametrize(
    ("error", "unsure"),
    [(Unavailable(), True), (SourceError(), True), (RateLimited(NOW), False), (Rejected(), False), (NotFound(), False)],
)
def test_after_a_refusal_it_is_known_that_nothing_was_written(error: SourceError, unsure: bool) -> None:  # noqa: FBT001  (a column)
    assert is_unsure(error) is unsure


@pytest.mark.parametrize(
    ("kind", "wanted", "was_tried", "moot"),
    [
        ("assign", "unassign", False, True),
        ("assign", "unassign", True, False),
        ("unassign", "unassign", False, False),
        ("comment", "comment", False, False),
    ],
)
def test_who_was_never_put_on_need_not_be_taken_off(kind: str, wanted: str, was_tried: bool, moot: bool) -> None:  # noqa: FBT001  (columns)
    assert is_moot(kind, wanted, was_tried=was_tried) is moot
