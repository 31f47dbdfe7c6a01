"""Where the line between offering and splitting is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connector.sizing.line import DEFAULT, MEASURED, is_below
from connector.sizing.rules import Sizeable, estimate, stated_by_hand

LONG = "The page is slow because each row asks the database again. " * 5


def test_the_default_is_the_lowest_line_at_which_four_of_five_held() -> None:
    assert min(one.line for one in MEASURED if one.held >= 0.8) == DEFAULT


def test_a_higher_line_lets_less_through_and_more_of_it_holds() -> None:
    assert [one.share for one in MEASURED] == sorted((one.share for one in MEASURED), reverse=True)
    assert [one.held for one in MEASURED] == sorted(one.held for one in MEASURED)


@pytest.mark.parametrize(
    ("chance", "is_judged", "below"), [(0.66, True, True), (0.67, True, False), (0.9, True, False), (0.1, False, False)]
)
def test_only_what_is_judged_can_be_below(chance: float, *, is_judged: bool, below: bool) -> None:
    assert is_below(chance, DEFAULT, is_judged=is_judged) is below


@pytest.mark.parametrize(
    ("title", "body", "is_judged"),
    [("Slow page", LONG, True), ("Slow page", "", False), ("Slow page", f"Estimate: 6h\n{LONG}", False)],
)
def test_a_few_words_and_stated_times_are_not_judged_by_a_chance(title: str, body: str, *, is_judged: bool) -> None:
    assert estimate(Sizeable("1", title, body)).is_judged is is_judged


@pytest.mark.parametrize(("days", "offer"), [("0.5", True), ("1", True), ("2", False)])
def test_a_persons_word_fits_up_to_one_day(days: str, *, offer: bool) -> None:
    size = stated_by_hand(Decimal(days))
    assert (size.offer, size.days, size.is_judged) == (offer, Decimal(days), False)
    assert size.hours_low <= float(days) * 8 <= size.hours_high


def test_of_few_words_the_range_is_wider_and_that_is_told() -> None:
    few, more = (estimate(Sizeable("1", "Slow page", "page " * count)) for count in (27, 28))
    assert few.hours_high / few.hours_low > more.hours_high / more.hours_low * 1.05
    assert ["few_words" in [reason.id for reason in size.reasons] for size in (few, more)] == [True, False]
