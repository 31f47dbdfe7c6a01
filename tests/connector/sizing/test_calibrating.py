"""A shift is learned from what was announced and what happened, in plain Python."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from connector.sizing.calibrating import NO_SHIFT, Announced, Shift, fitted, shifted
from connector.sizing.model import Prediction


def announced(count: int, *, happened: float, said: float = 0.7, hours: float = 2.0) -> list[Announced]:
    return [Announced(said, 1.0, 2.0, 4.0, hours, fitted=place < happened * count) for place in range(count)]


def test_nothing_happened_moves_nothing() -> None:
    assert fitted([]) == NO_SHIFT


@pytest.mark.parametrize(("said", "happened"), [(0.7, 0.5), (0.7, 0.9), (0.4, 0.6)])
def test_chances_move_towards_what_happened_and_more_tasks_move_them_further(said: float, happened: float) -> None:
    far = []
    for count in (50, 500):
        shift = replace(fitted(announced(count, happened=happened, said=said)), id=1)
        now = shifted(Prediction(1.0, said, said, 1.0, 4.0, ()), shift).p_half_day
        assert min(said, happened) < now < max(said, happened) + 0.005
        far.append(abs(now - happened))
    assert far[1] < far[0] < abs(said - happened)
    assert far[1] < 0.03


@pytest.mark.parametrize(("spread", "wider"), [(1.0, 1.28), (0.5, 0.64), (20.0, 3.0), (0.01, 0.5)])
def test_the_range_becomes_as_wide_as_eight_of_ten_need(spread: float, wider: float) -> None:
    drawn = random.Random(5)  # noqa: S311  (no secret is drawn)
    seen = [Announced(0.7, 1.0, 2.0, 4.0, 2.0 * 2 ** drawn.gauss(0, spread), fitted=True) for _ in range(2000)]
    assert fitted(seen).wider == pytest.approx(wider, rel=0.07)


def test_with_few_tasks_the_range_is_never_said_to_hold() -> None:
    assert fitted(announced(3, happened=1.0)).wider == 3.0


def test_what_a_calibration_did_can_be_taken_back() -> None:
    shift = Shift(3, 0.3, 0.8, 1.4)
    said = shifted(Prediction(1.0, 0.7, 0.8, 1.0, 4.0, ()), shift)
    before = Announced(said.p_half_day, said.low, 2.0, said.high).without(shift)
    assert (before.chance, before.low, before.high) == pytest.approx((0.7, 1.0, 4.0))


def test_the_first_calibration_that_there_is_none_of_changes_nothing() -> None:
    said = Prediction(1.0, 0.7, 0.8, 1.0, 4.0, ())
    assert shifted(said, NO_SHIFT) is said
