"""What finished tasks of a project change, and how little a few of them do."""

from __future__ import annotations

import math

import pytest

from connector.sizing.calibrating import Shift
from connector.sizing.correction import (
    Experience,
    Worked,
    by_age,
    correct,
    known_to,
    outsider_factor,
    residuals,
    shortest,
    uncorrected,
    version_of,
)
from connector.sizing.model import packaged, predict
from connector.sizing.rules import RULES_VERSION, Sizeable, estimate
from connector.sizing.text import read

SAID = predict(packaged(), read("Show the map on the page", "It is missing."))


def test_without_finished_tasks_nothing_changes() -> None:
    assert correct(packaged(), SAID, Experience()) is SAID


def test_a_few_tasks_move_little_and_many_move_much() -> None:
    few = correct(packaged(), SAID, Experience((1.0,)))
    many = correct(packaged(), SAID, Experience((1.0,) * 40))
    assert 0 < few.log_hours - SAID.log_hours < 0.6
    assert 0.6 < many.log_hours - SAID.log_hours < 1
    assert many.p_half_day < few.p_half_day


def test_a_project_that_is_quicker_than_expected_has_better_chances() -> None:
    slow, quick = (correct(packaged(), SAID, Experience((way,) * 12)) for way in (1.0, -1.0))
    assert quick.p_half_day > slow.p_half_day
    assert quick.p_day > slow.p_day


def test_many_own_tasks_bound_the_range_by_their_own_spread() -> None:
    even = correct(packaged(), SAID, Experience(tuple((number % 11 - 5) / 10 for number in range(33))))
    assert even.high / even.low < 2


def test_quicker_volunteers_have_better_chances_in_a_day() -> None:
    usual, quick = (correct(packaged(), SAID, Experience((0.0,) * 12, outsider)) for outsider in (2.0, 1.2))
    assert quick.p_half_day > usual.p_half_day
    assert quick.p_day == usual.p_day


def test_outsiders_are_taken_for_half_as_fast_until_they_say_better() -> None:
    assert outsider_factor([]) == 2
    assert outsider_factor([Worked(8, 8)] * 20) == pytest.approx(math.sqrt(2))


@pytest.mark.parametrize("times", [1.1, 1.5, 1.9])
def test_giving_up_early_makes_nobody_quicker(times: float) -> None:
    given_up = [Worked(8 * times, 8, is_finished=False)] * 20
    assert outsider_factor(given_up) == 2
    assert outsider_factor([*[Worked(19.2, 8)] * 20, *given_up]) == outsider_factor([Worked(19.2, 8)] * 20)


def test_giving_up_late_makes_volunteers_slower() -> None:
    assert outsider_factor([Worked(32, 8, is_finished=False)] * 20) > 2.5


def test_a_task_given_up_counts_only_for_more_time_than_expected() -> None:
    worked = [Worked(2, 4, is_finished=False), Worked(16, 4, is_finished=False), Worked(8, 4), Worked(0, 4)]
    assert residuals(worked, 2.0) == (1.0, 0.0)


def test_what_a_version_says_can_be_taken_back() -> None:
    version = version_of("words-1", Experience((1.0,) * 60, 1.8, (1.0,) * 20, 99_999, Shift(12)), 0.5)
    assert len(version) <= 40
    assert known_to(version) == (99_999, 12)
    assert uncorrected(4.0, version) == pytest.approx(4 / math.sqrt(2), rel=0.001)
    assert uncorrected(4.0, "words-1") == 4.0


def test_a_project_that_became_quicker_is_believed() -> None:
    slower, quicker = ((-1.0,) * 30 + (1.0,) * 30, (1.0,) * 30 + (-1.0,) * 30)
    assert by_age(3)[-1] == 1.0
    assert sum(by_age(60)[:30]) < sum(by_age(60)[30:]) / 4
    found = [correct(packaged(), SAID, Experience(past)).log_hours - SAID.log_hours for past in (slower, quicker)]
    assert found[0] > 0.3 > -0.3 > found[1]


def test_the_shortest_window_leaves_the_strays_out() -> None:
    assert shortest([-50.0, *range(40), 90.0]) in {(start, start + 37) for start in range(3)}


def test_the_estimate_names_the_tasks_behind_it() -> None:
    issue = Sizeable("1", "Show the map on the page", "It is missing.")
    found = estimate(issue, Experience((1.0,) * 12, known=7))
    assert found.reasons[0].text == "12 tasks of this project stand behind it."
    assert (found.reasons[0].effect, found.version[:17]) == ("-", f"{RULES_VERSION} o7 n12+0 ")
    assert found.p_one_day < estimate(issue).p_one_day


def test_what_people_said_counts_half_a_finished_task() -> None:
    issue = Sizeable("1", "Show the map on the page", "It is missing.")
    words, tasks = estimate(issue, Experience(said=(1.0,) * 2)), estimate(issue, Experience((1.0,)))
    assert words.hours_mid == tasks.hours_mid > estimate(issue).hours_mid
    assert words.reasons[0].text == "People who know the project said how long 2 of its tasks take."


def test_one_task_is_told_in_the_singular() -> None:
    issue = Sizeable("1", "Show the map on the page", "It is missing.")
    found = [one.text for one in estimate(issue, Experience((1.0,), said=(1.0,))).reasons]
    assert found[0] == "One task of this project stands behind it."
    assert found[1] == "People who know the project said how long one of its tasks takes."
