"""How announced chances and ranges are compared with what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connector.sizing.trust import (
    Bin,
    Coverage,
    Outcome,
    Verdict,
    alarming_since,
    coverage,
    finished,
    fitting,
    holding,
    reliability,
)

START = datetime(2026, 11, 1, tzinfo=UTC)


def outcome(chance: float = 0.75, hours: float = 2.0, project: str = "a/b", *, fitted: bool = True) -> Outcome:
    return Outcome(project, START, chance, 1.0, 4.0, hours, fitted)


GIVEN_UP = replace(outcome(hours=9.0, fitted=False), is_finished=False)


def day_by_day(outcomes: list[Outcome]) -> list[Outcome]:
    return [replace(one, at=START + timedelta(days=day)) for day, one in enumerate(outcomes)]


def test_chances_are_compared_in_tenths() -> None:
    found = reliability([outcome(0.72), outcome(0.78, fitted=False), outcome(1.0), outcome(0.05, fitted=False)])
    assert found == (Bin(0.0, 0.1, 1, 0.05, 0.0), Bin(0.7, 0.8, 2, 0.75, 0.5), Bin(0.9, 1.0, 1, 1.0, 1.0))


def test_the_range_is_counted_for_all_and_for_each_project() -> None:
    found = coverage([outcome(), outcome(hours=9.0), outcome(project="a/a")])
    assert found == (Coverage("", 3, pytest.approx(2 / 3)), Coverage("a/a", 1, 1.0), Coverage("a/b", 2, 0.5))
    assert coverage([]) == ()


def test_a_task_given_up_counts_among_chances_and_not_among_ranges() -> None:
    found = [outcome(), GIVEN_UP]
    assert reliability(found) == (Bin(0.7, 0.8, 2, 0.75, 0.5),)
    assert coverage(found) == (Coverage("", 1, 1.0), Coverage("a/b", 1, 1.0))
    assert (finished(found), coverage([GIVEN_UP])) == ([outcome()], ())


@pytest.mark.parametrize(
    ("happened", "verdict"), [(66, Verdict.FEWER), (67, Verdict.AS_SAID), (83, Verdict.AS_SAID), (84, Verdict.MORE)]
)
def test_what_happened_is_told_apart_from_luck(happened: int, verdict: Verdict) -> None:
    found = fitting([outcome(fitted=number < happened) for number in range(100)])
    assert (found.count, found.expected, found.happened, found.verdict) == (100, 75.0, happened, verdict)


def test_ranges_are_held_to_eight_of_ten_finished_tasks() -> None:
    found = holding([*[outcome()] * 60, *[outcome(hours=9.0)] * 40, *[GIVEN_UP] * 50])
    assert (found.count, round(found.expected), found.happened) == (100, 80, 60)
    assert found.verdict is Verdict.FEWER


@pytest.mark.parametrize(("missed", "alarming"), [(9, False), (10, True)])
def test_an_alarm_looks_at_the_latest_thirty(missed: int, alarming: bool) -> None:  # noqa: FBT001 - a table of cases
    old = [outcome(hours=50.0)] * 40
    latest = [*[outcome(hours=9.0)] * missed, *[outcome()] * (30 - missed), *[GIVEN_UP] * 30]
    assert (alarming_since([*old, *latest]) is not None) is alarming
    assert alarming_since([outcome(hours=9.0)] * 29) is None


def test_an_alarm_is_as_old_as_the_task_that_raised_it_last() -> None:
    held, missed = outcome(), outcome(hours=9.0)
    story = day_by_day([*[missed] * 30, *[held] * 40, *[missed] * 14])
    assert alarming_since(story[:30]) == story[29].at
    assert alarming_since(story[:60]) is None, "thirty that held ended it"
    assert alarming_since(story) == story[79].at, "the tenth that missed"
