"""Every row of the retry table, and how fast a forge may be written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.outbox.rules import MAX_ATTEMPTS, Scope, is_allowed, may_write, retry
from sources.errors import BadCredentials, Forbidden, Gone, NotFound, RateLimited, Rejected, SourceError, Unavailable

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "attempts", "seconds", "scope"),
    [
        (Unavailable(), 1, 11, Scope.EFFECT),
        (Unavailable(), 2, 21, Scope.EFFECT),
        (Unavailable(), 10, 3601, Scope.EFFECT),
        (Unavailable(), MAX_ATTEMPTS, None, Scope.EFFECT),
        (SourceError(), 1, 11, Scope.EFFECT),
        (RateLimited(NOW + timedelta(seconds=90)), 1, 90, Scope.CREDENTIAL),
        (RateLimited(NOW), 1, 60, Scope.CREDENTIAL),
        (RateLimited(NOW - timedelta(hours=1)), 3, 240, Scope.CREDENTIAL),
        (RateLimited(NOW + timedelta(hours=1)), MAX_ATTEMPTS + 5, 3600, Scope.CREDENTIAL),
        (BadCredentials(), 1, None, Scope.CREDENTIAL),
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
    ("kind", "allows", "allowed"),
    [
        ("comment", ["comment"], True),
        ("comment", ["assign"], False),
        ("assign", ["assign"], True),
        ("unassign", ["assign"], True),
        ("comment", [], False),
        ("close", ["comment", "assign", "label"], False),
        ("comment", None, False),
    ],
)
def test_nothing_is_written_that_was_not_agreed_to(kind: str, allows: object, allowed: bool) -> None:  # noqa: FBT001  (a column)
    assert is_allowed(kind, allows) is allowed


@pytest.mark.parametrize(
    ("ago", "lately", "free"), [(None, 0, True), (0.5, 1, False), (1, 1, True), (60, 399, True), (60, 400, False)]
)
def test_a_forge_is_not_written_to_too_fast(ago: float | None, lately: int, free: bool) -> None:  # noqa: FBT001  (a column)
    last = None if ago is None else NOW - timedelta(seconds=ago)
    assert may_write(last, lately, NOW) is free
