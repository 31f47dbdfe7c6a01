"""How announced chances and ranges are compared with what happened."""

from __future__ import annotations

import pytest

from connector.sizing.trust import Bin, Coverage, Outcome, coverage, is_alarming, reliability


def outcome(chance: float = 0.75, hours: float = 2.0, project: str = "a/b", *, fitted: bool = True) -> Outcome:
    return Outcome(project, chance, 1.0, 4.0, hours, fitted)


def test_chances_are_compared_in_tenths() -> None:
    found = reliability([outcome(0.72), outcome(0.78, fitted=False), outcome(1.0), outcome(0.05, fitted=False)])
    assert found == (Bin(0.0, 1, 0.05, 0.0), Bin(0.7, 2, 0.75, 0.5), Bin(0.9, 1, 1.0, 1.0))


def test_the_range_is_counted_for_all_and_for_each_project() -> None:
    found = coverage([outcome(), outcome(hours=9.0), outcome(project="a/a")])
    assert found == (Coverage("", 3, pytest.approx(2 / 3)), Coverage("a/a", 1, 1.0), Coverage("a/b", 2, 0.5))
    assert coverage([]) == ()


@pytest.mark.parametrize(("missed", "alarming"), [(9, False), (10, True)])
def test_an_alarm_looks_at_the_latest_thirty(missed: int, alarming: bool) -> None:  # noqa: FBT001 - a table of cases
    old = [outcome(hours=50.0)] * 40
    assert is_alarming([*old, *[outcome(hours=9.0)] * missed, *[outcome()] * (30 - missed)]) is alarming
    assert not is_alarming([outcome(hours=9.0)] * 29)
