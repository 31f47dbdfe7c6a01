"""The reader of stated times on issues of others, and on many ways to say a time. Nothing may be invented or misread."""

from __future__ import annotations

import pytest

from connector.sizing.durations import Duration
from connector.sizing.statements import ends_of, of_label, of_labels, of_text
from tests import stated_times, time_phrases
from tests.stated_times import Case

NEAR = 0.26
LOST_AT_MOST = 0.05


@pytest.mark.parametrize("cases", [stated_times.ENGLISH, stated_times.FRENCH], ids=["english", "french"])
def test_times_that_others_stated_are_read_as_they_meant_them(cases: tuple[Case, ...]) -> None:
    read = [(case, _read(case)) for case in cases]
    assert [case for case, stated in read if case[3] is None and stated] == []
    assert [case for case, stated in read if stated and case[3] and not _agrees(stated, *case[3])] == []
    lost = [case for case, stated in read if case[3] and stated is None]
    assert len(lost) <= LOST_AT_MOST * sum(1 for case in cases if case[3])


@pytest.mark.parametrize(("text", "low", "high"), time_phrases.ENGLISH + time_phrases.FRENCH)
def test_a_body_may_state_its_time(text: str, low: float, high: float | None) -> None:
    stated = of_text(f"Change the menu\n\n{text}")
    assert stated is not None
    assert _agrees(stated, low, high)


@pytest.mark.parametrize(("text", "low", "high"), time_phrases.WITH_TITLE)
def test_a_title_may_state_its_time(text: str, low: float, high: float | None) -> None:
    stated = of_text(text)
    assert stated is not None
    assert _agrees(stated, low, high)


@pytest.mark.parametrize(("name", "description", "low", "high"), time_phrases.LABELS)
def test_a_label_may_state_a_time(name: str, description: str, low: float, high: float | None) -> None:
    stated = of_label(name, description)
    assert stated is not None
    assert _agrees(stated, low, high)


@pytest.mark.parametrize("text", time_phrases.NO_TIME)
def test_a_time_of_something_else_is_not_read(text: str) -> None:
    assert of_text(f"Change the menu\n\n{text}") is None


@pytest.mark.parametrize("text", time_phrases.NO_TIME_WITH_TITLE)
def test_a_time_under_a_title_about_times_is_not_read(text: str) -> None:
    assert of_text(text) is None


@pytest.mark.parametrize(("name", "description"), time_phrases.LABELS_WITHOUT_TIME)
def test_a_label_about_something_else_states_no_time(name: str, description: str) -> None:
    assert of_label(name, description) is None


@pytest.mark.parametrize(
    "text",
    [
        "Estimate: 2h\n\nEstimate: 3 days",
        "1. Parser\n   Estimate: 2h\n2. Form\n   Estimate: 3h",
        "The form is two days of work. The parser is one day of work.",
        "Estimate: 2 hours, the rest of the page 3 days",
    ],
)
def test_times_that_disagree_state_nothing(text: str) -> None:
    assert of_text(f"Change the menu\n\n{text}") is None


def _read(case: Case) -> Duration | None:
    title, body, labels, _ = case
    named = of_labels([name for name, _ in labels], dict(labels))
    return named[1] if named else of_text(f"{title}\n{ends_of(body)}")


def _agrees(stated: Duration, low: float, high: float | None) -> bool:
    is_low = low == 0 or abs(stated.low - low) <= NEAR
    is_high = stated.high == high or (stated.high is not None and high is not None and abs(stated.high - high) <= 0.02)
    return is_low and is_high
