"""Size words and weights are never hours by themselves."""

from __future__ import annotations

import pytest

from connector.sizing.rules import Sizeable, estimate
from connector.sizing.words import agreed, size_word

BODY = "word " * 40
"""Long enough to be judged by a chance."""

LABELS = (
    "S",
    "easy",
    "Effort::S",
    "size/XL",
    "T-shirt: M",
    "E-easy",
    "difficulté : facile",
    "Taille: petite",
    "small",
    "hard",
)


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Effort::S", "s"), ("size/XL", "xl"), ("size: small", "small"), ("T-shirt: M", "m"), ("Easy", "easy"),
        ("E-easy", "easy"), ("difficulté : facile", "facile"), ("XS", "xs"), ("Taille=petite", "petite"),
        ("S", "s"), ("M", "m"), ("high", None), ("priority: high", None), ("bug", None), ("good first issue", None), ("", None),
        ("hard fork", None), ("small screens", None), ("area/small", None), ("x" * 10_000, None), ("short", None),
    ],
)  # fmt: skip
def test_a_size_word_is_found_where_it_speaks_of_size(label: str, word: str | None) -> None:
    assert size_word(label) == word


@pytest.mark.parametrize("label", LABELS)
def test_nobody_guesses_what_a_size_word_means(label: str) -> None:
    with_it, without = (estimate(Sizeable("1", "Show the map", BODY, labels)) for labels in ((label,), ()))
    assert (with_it.hours_mid, with_it.is_judged) == (without.hours_mid, True)


@pytest.mark.parametrize(
    ("labels", "weight", "meanings", "hours"),
    [
        (("Effort::S",), None, {"s": 4.0}, 4), (("Effort::S",), None, {"m": 8.0}, None), (("Effort::S",), None, {"s": None}, None),
        ((), 3, {"weight": 2.0}, 6), ((), 3, {"weight": None}, None), ((), 3, {}, None), ((), 0, {"weight": 2.0}, None),
        (("Effort::S",), 3, {"weight": 2.0, "s": 4.0}, 6), (("Effort::L", "easy"), None, {"easy": 1.0}, 1),
    ],
)  # fmt: skip
def test_what_was_explained_is_used(
    labels: tuple[str, ...], weight: int | None, meanings: dict[str, float | None], hours: int | None
) -> None:
    found = agreed(labels, weight, meanings)
    assert (found.duration.mid if found else None) == hours
    size = estimate(Sizeable("1", "Show the map", BODY, labels, weight=weight, meanings=meanings))
    assert (size.hours_mid == hours, size.version == "agreed-1", size.is_judged) == (
        (hours is not None,) * 2 + (hours is None,)
    )


def test_a_stated_time_wins_over_a_word_that_was_explained() -> None:
    size = estimate(Sizeable("1", "Show the map", "Estimate: 1h", ("Effort::S",), meanings={"s": 4.0}))
    assert (size.hours_mid, size.version) == (1, "stated-1")


def test_more_than_a_day_is_split_first_and_the_reason_is_told() -> None:
    size = estimate(Sizeable("1", "Show the map", BODY, ("Effort::L",), meanings={"l": 16.0}))
    assert (size.offer, size.unsuitable) == (False, ("too_big",))
    assert "The label “Effort::L” means more than a day in this project, as somebody of it said." in [
        one.text for one in size.reasons
    ]
