"""What is never offered, on issues written for this: in both languages, beside others that only look like it."""

from __future__ import annotations

import time

import pytest

from connector.projects.reasons import REASONS
from connector.sizing.reasons import SENTENCES
from connector.sizing.rules import Sizeable, estimate
from connector.sizing.suitability import RULES
from tests import blind_issues, oblique_issues, sized_issues, varied_issues
from tests.sized_issues import Case

MOST_LET_THROUGH, MOST_REFUSED = 0.05, 0.10
SETS: dict[str, tuple[Case, ...]] = {
    "ours": sized_issues.UNSUITABLE + sized_issues.SUITABLE,
    "varied": varied_issues.UNSUITABLE + varied_issues.SUITABLE,
    "oblique": oblique_issues.UNSUITABLE + oblique_issues.SUITABLE,
    "English": blind_issues.ENGLISH,
    "French": blind_issues.FRENCH,
}
ALL = tuple(case for cases in SETS.values() for case in cases)


def unsuitable(title: str, body: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    return estimate(Sizeable("1", title, body, labels)).unsuitable


def test_enough_issues_of_both_kinds_were_written() -> None:
    assert len(set(ALL)) == len(ALL) >= 900
    assert {rule for *_, rule in ALL} >= {rule.id for rule in RULES}


@pytest.mark.parametrize("name", SETS)
def test_few_unsuitable_issues_are_let_through(name: str) -> None:
    own = [case for case in SETS[name] if case[3]]
    through = [case for case in own if not unsuitable(*case[:3])]
    assert len(through) / len(own) < MOST_LET_THROUGH, through


@pytest.mark.parametrize("name", SETS)
def test_few_suitable_issues_are_refused(name: str) -> None:
    own = [case for case in SETS[name] if not case[3]]
    refused = [(case, unsuitable(*case[:3])) for case in own if unsuitable(*case[:3])]
    assert len(refused) / len(own) < MOST_REFUSED, refused


def test_no_issue_of_security_is_let_through() -> None:
    own = [case for case in ALL if case[3] == "security"]
    assert [case for case in own if "security" not in unsuitable(*case[:3])] == []


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_each_rule_stops_what_it_is_for(rule: str) -> None:
    own = [case for case in ALL if case[3] == rule]
    stopped = [case for case in own if rule in unsuitable(*case[:3])]
    assert len(stopped) >= 0.8 * len(own), [case for case in own if case not in stopped]


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("Resolution: Won't Do", "rejecting_label"), ("statut::inactif", "stale"), (":snail: stale", "stale"),
        ("⛔ bloqué", "blocked"), ("MR ouverte", "in_progress"), ("type/question", "rejecting_label"),
        ("component: question", None), ("page::discussion", None), ("docs/windows", None), ("blocked users list", None),
        ("needs-tests", None), ("good first issue", None), ("metadata", None),
    ],
)  # fmt: skip
def test_labels_count_after_a_prefix_but_for_that_of_a_part(label: str, rule: str | None) -> None:
    assert unsuitable("Fix the footer", "", (label,)) == ((rule,) if rule else ())


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Blocked by #4.", "blocked"), ("Blocked by #4, which is merged now.", None), ("~~Blocked by #4.~~", None),
        ("Blocked by #4. Unblocked, anybody may start.", None), ("Dépend de #4, toujours ouvert.", "blocked"),
        ("Dépendait de #4 : plus rien ne bloque.", None), ("> ⚠️ This issue is not ready yet.", "draft"),
        ("> This issue is not ready yet.", None), ("- [ ] I'm working on this", None),
        ("Is anybody working on this?", None), ("We have decided: port 80. Should we also log it?", None),
        ("cle privee\u00a0: elle est dans le de\u0301po\u0302t public", "security"),
    ],
)  # fmt: skip
def test_what_is_over_or_framed_is_told_apart(body: str, rule: str | None) -> None:
    assert unsuitable("Fix the footer", body, ()) == ((rule,) if rule else ())


@pytest.mark.parametrize(
    ("body", "is_draft"),
    [
        ("## Description\n\n## Steps\n", True), ("### What\n<!-- say it -->\n\n### Why\n_No response_", True),
        ("**Describe the bug**\nA clear and concise description of what the bug is.\n\n**To Reproduce**\n1. Go to '...'", True),
        ("## Décrire\n_Décrivez ici le problème_\n\n## Étapes\n1. Aller sur...", True), ("Criteria\n-\n-\n-", True),
        ("", False), ("Fix it.", False), ("## Output\n```\n1\n```\n\n## Expected\n```\n2\n```", False),
        ("**Describe the bug**\nThe year is wrong.\n\n**Screenshots**\n\n**Additional context**\n", False),
        ("## Where\n`nav.css`\n\n## Fix\n", False), ("Describe the option in the guide.", False),
    ],
)  # fmt: skip
def test_a_form_that_nobody_filled_in_is_a_draft(body: str, is_draft: bool) -> None:  # noqa: FBT001 - a column of the table
    assert ("draft" in unsuitable("Bug report", body, ())) is is_draft


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
    "piece",
    [
        "needs ", "- [ ] #1 ", "I'm ", "<!-- ", '"', "> ", "blocked by #1, ", "only on a ", "« ", "the password is public. ",
        "once the release of a version is ", "n'importe qui peut lire ", "| ? ", "#1 ", "il faut un compte payant pour ",
    ],
)  # fmt: skip
def test_long_texts_are_judged_in_one_pass(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    unsuitable("T", text, ())
    started = time.process_time()
    unsuitable("T", text + " ", ())
    assert time.process_time() - started < 1
