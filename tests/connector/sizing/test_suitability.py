"""What is never offered, on issues written for this: in both languages, beside others that only look like it."""

from __future__ import annotations

import pytest

from connector.projects.reasons import REASONS
from connector.sizing.reasons import SENTENCES
from connector.sizing.rules import Sizeable, estimate
from connector.sizing.suitability import RULES
from tests.sized_issues import SUITABLE, UNSUITABLE

MOST_LET_THROUGH, MOST_REFUSED = 0.05, 0.10


def unsuitable(title: str, body: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    return estimate(Sizeable("1", title, body, labels)).unsuitable


def test_enough_issues_of_both_kinds_were_written() -> None:
    cases = [*UNSUITABLE, *SUITABLE]
    assert len(set(cases)) == len(cases) >= 150
    assert {rule for *_, rule in UNSUITABLE} >= {rule.id for rule in RULES}


def test_few_unsuitable_issues_are_let_through() -> None:
    through = [case for case in UNSUITABLE if not unsuitable(*case[:3])]
    assert len(through) / len(UNSUITABLE) < MOST_LET_THROUGH, through


def test_few_suitable_issues_are_refused() -> None:
    refused = [(case, unsuitable(*case[:3])) for case in SUITABLE if unsuitable(*case[:3])]
    assert len(refused) / len(SUITABLE) < MOST_REFUSED, refused


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_each_rule_stops_what_it_is_for(rule: str) -> None:
    own = [case for case in UNSUITABLE if case[3] == rule]
    stopped = [case for case in own if rule in unsuitable(*case[:3])]
    assert len(stopped) >= 0.8 * len(own), [case for case in own if case not in stopped]


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_each_rule_has_its_words_on_pages_and_in_estimates(rule: str) -> None:
    assert rule in SENTENCES
    assert rule in REASONS


@pytest.mark.parametrize(
    "text",
    [
        "`this needs discussion`", "> This needs discussion.", "<!-- this needs discussion -->",
        "```\nthis needs discussion\n```", "It says “this needs discussion”.", "This needs no discussion.",
    ],
)  # fmt: skip
def test_what_is_quoted_or_denied_stops_nothing(text: str) -> None:
    assert unsuitable("Fix the footer", text, ()) == ()


@pytest.mark.parametrize(
    "piece", ["needs ", "- [ ] #1 ", "I'm ", "<!-- ", '"', "> ", "blocked by #1, ", "only on a ", "« "]
)
def test_long_texts_are_judged_in_one_pass(piece: str) -> None:
    assert isinstance(unsuitable("T", piece * (50_000 // len(piece)), ()), tuple)
