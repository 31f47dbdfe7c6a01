"""The rules of a task's life, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from connector.tasks import rules
from connector.tasks.rules import NotOffered, RequestAddress, Status

PARIS = ZoneInfo("Europe/Paris")
HOME = "https://github.com/asso/site"


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (None, {"draft", "ready"}),
        ("draft", {"ready", "withdrawn", "split"}),
        ("ready", {"draft", "claimed", "withdrawn", "split"}),
        ("claimed", {"ready", "in_review", "withdrawn"}),
        ("in_review", {"ready", "done", "withdrawn"}),
        ("withdrawn", {"draft", "ready"}),
        ("done", set()),
        ("split", set()),
    ],
)
def test_each_state_is_followed_by_these_only(status: str | None, following: set[str]) -> None:
    allowed = {each.value for each in Status if rules.may_follow(Status(status) if status else None, each)}
    assert allowed == following


def test_only_done_and_split_are_final() -> None:
    assert {Status.DONE, Status.SPLIT} == rules.FINAL


def test_the_rule_ids_are_those_of_the_contract() -> None:
    promised = (
        "assigned, locked, blocked, closed, linked_request, archived, paused, too_big, unlabelled, not_agreed, not_public, "
        "rejecting_label, discussion, stale, security, needs_access"
    )
    # The contract says that the list may grow.
    added_since = {"draft", "in_progress", "platform", "sub_issues", "unlikely"}
    assert {each.value for each in NotOffered} == set(promised.split(", ")) | added_since


@pytest.mark.parametrize(
    ("reasons", "ordered"),
    [
        ([], []),
        (["too_big", "assigned"], ["assigned", "too_big"]),
        (["stale", "unlabelled", "stale", "closed"], ["closed", "unlabelled", "stale"]),
        (["from_a_newer_version", "needs_access"], ["needs_access", "from_a_newer_version"]),
    ],
)
def test_reasons_come_by_precedence_and_once(reasons: list[str], ordered: list[str]) -> None:
    assert rules.in_order(reasons) == ordered


@pytest.mark.parametrize(
    ("claimed_on", "available_until", "last"),
    [
        (date(2026, 11, 23), None, date(2026, 11, 24)),  # Monday
        (date(2026, 11, 26), None, date(2026, 11, 27)),
        (date(2026, 11, 27), None, date(2026, 11, 30)),  # Friday, over the weekend
        (date(2026, 11, 28), None, date(2026, 12, 1)),  # Saturday
        (date(2026, 11, 29), None, date(2026, 12, 1)),
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 12, 24), date(2026, 11, 24)),
        (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 24)),  # an availability that is over says nothing
    ],
)
def test_a_claim_lasts_two_working_days_at_most(claimed_on: date, available_until: date | None, last: date) -> None:
    assert rules.last_day(claimed_on, available_until) == last


@pytest.mark.parametrize(
    ("claimed_at", "ends"),
    [
        (datetime(2026, 11, 23, 9, 5, tzinfo=UTC), datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)),
        (
            datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
            datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC),
        ),  # Tuesday in Paris
        (datetime(2026, 3, 27, 9, 0, tzinfo=UTC), datetime(2026, 3, 30, 21, 59, 59, tzinfo=UTC)),  # summer time begins
        (datetime(2026, 10, 23, 9, 0, tzinfo=UTC), datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)),  # and ends
        (datetime(2028, 2, 28, 9, 0, tzinfo=UTC), datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC)),  # a leap day
    ],
)
def test_a_claim_ends_with_the_day_of_the_programme(claimed_at: datetime, ends: datetime) -> None:
    assert rules.claim_ends(claimed_at, None, PARIS) == ends


EXPIRY = datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "noticed_at", "is_noticed_now", "has_expired"),
    [
        (EXPIRY - timedelta(hours=13), None, False, False),
        (EXPIRY - timedelta(hours=12), None, True, False),
        (EXPIRY - timedelta(hours=1), EXPIRY - timedelta(hours=12), False, False),
        (EXPIRY, EXPIRY - timedelta(hours=12), False, True),
        (EXPIRY + timedelta(days=3), None, True, False),  # told first, however late
        (EXPIRY + timedelta(days=3, hours=11), EXPIRY + timedelta(days=3), False, False),
        (EXPIRY + timedelta(days=3, hours=12), EXPIRY + timedelta(days=3), False, True),
    ],
)
def test_a_claim_expires_only_after_notice(
    now: datetime, noticed_at: datetime | None, *, is_noticed_now: bool, has_expired: bool
) -> None:
    assert rules.is_noticed_now(EXPIRY, noticed_at, now) is is_noticed_now
    assert rules.has_expired(EXPIRY, noticed_at, now) is has_expired


@pytest.mark.parametrize(
    ("already", "more", "fits"),
    [("0", "1", True), ("0.5", "0.5", True), ("0.5", "1", False), ("1", "0.5", False), ("1", "0", True)],
)
def test_a_third_half_day_does_not_fit(already: str, more: str, *, fits: bool) -> None:
    assert rules.fits_the_date(Decimal(already), Decimal(more)) is fits


@pytest.mark.parametrize(
    ("url", "number", "tidy"),
    [
        (f"{HOME}/pull/12", 12, f"{HOME}/pull/12"),
        (f" {HOME}/pull/12/files?w=1#diff ", 12, f"{HOME}/pull/12"),
        ("https://GitHub.com/Asso/Site/pull/7", 7, f"{HOME}/pull/7"),
        (f"{HOME}/-/merge_requests/3/diffs", 3, f"{HOME}/-/merge_requests/3"),
        (f"{HOME}/merge_requests/3", 3, f"{HOME}/merge_requests/3"),
        (f"{HOME}/pulls/5", 5, f"{HOME}/pulls/5"),
    ],
)
def test_a_request_of_the_project_is_recognised(url: str, number: int, tidy: str) -> None:
    assert rules.request_address(url, HOME) == RequestAddress(number, tidy)


@pytest.mark.parametrize(
    "url",
    [
        "",
        HOME,
        f"{HOME}/issues/12",
        f"{HOME}/pull/",
        f"{HOME}/pull/0",
        f"{HOME}/pull/12a",
        f"{HOME}/pull/99999999999999999999",
        "https://github.com/asso/site2/pull/12",
        "https://evil.example/https://github.com/asso/site/pull/12",
        "javascript:alert(1)//github.com/asso/site/pull/12",
        f"{HOME}/tree/pull/12",
        "http://github.com/asso/site/pull/12",
    ],
)
def test_anything_else_is_no_request_of_the_project(url: str) -> None:
    assert rules.request_address(url, HOME) is None
