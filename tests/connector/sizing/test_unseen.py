"""What the rules and the reader of times do on issues that were put aside until they were written."""

from __future__ import annotations

import pytest

from connector.sizing.rules import Sizeable, estimate
from tests import unseen_issues
from tests.sized_issues import Case
from tests.stated_times import Case as Timed

MOST_LET_THROUGH, MOST_REFUSED, MOST_LOST = 0.10, 0.05, 0.10
"""A bound on what they do, not what is wanted (0.05, 0.10 and 0.05 on issues they were written for)."""
NEAR = 0.26

both = pytest.mark.parametrize("cases", [unseen_issues.ENGLISH, unseen_issues.FRENCH], ids=["english", "french"])


def rules(case: Case) -> tuple[str, ...]:
    title, body, labels, _ = case
    return estimate(Sizeable("1", title, body, labels)).unsuitable


@both
def test_few_unsuitable_issues_are_let_through(cases: tuple[Case, ...]) -> None:
    own = [case for case in cases if case[3]]
    through = [case for case in own if not rules(case)]
    assert len(through) <= MOST_LET_THROUGH * len(own), through


@both
def test_few_suitable_issues_are_refused(cases: tuple[Case, ...]) -> None:
    own = [case for case in cases if not case[3]]
    refused = [case for case in own if rules(case)]
    assert len(refused) <= MOST_REFUSED * len(own), refused


def test_no_issue_of_security_is_let_through() -> None:
    own = [case for case in (*unseen_issues.ENGLISH, *unseen_issues.FRENCH) if case[3] == "security"]
    assert [case for case in own if "security" not in rules(case)] == []


@pytest.mark.parametrize("cases", [unseen_issues.ENGLISH_TIMES, unseen_issues.FRENCH_TIMES], ids=["english", "french"])
def test_stated_times_are_read_and_none_is_invented(cases: tuple[Timed, ...]) -> None:
    said = [(case, estimate(Sizeable("1", *case[:2], tuple(dict(case[2])), dict(case[2])))) for case in cases]
    stated = [(case, size) for case, size in said if size.version == "stated-1"]
    assert [case for case, _ in stated if case[3] is None] == []
    lost = sum(1 for case, size in said if case[3] and size.version != "stated-1")
    assert lost <= MOST_LOST * sum(1 for case in cases if case[3])
    wrong = [
        case
        for case, size in stated
        if case[3] and case[3][1] and abs(size.hours_mid - max((case[3][0] + case[3][1]) / 2, 0.1)) > NEAR
    ]
    assert wrong == []
