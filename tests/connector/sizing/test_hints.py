"""What sentences hint at: a small model by hand, and the packaged one on sentences that it was not learned from."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from connector.sizing import hints
from connector.sizing.against.prose import quoted, sentences
from connector.sizing.hints import Hint, Model, grams, heard
from connector.sizing.suitability import READ_IN_TEXTS, hinting, judge
from tests import passing_english, passing_french

BY_HAND = hints.from_json(
    {
        "rules": ["blocked", "draft", "security"], "bias": [-2, -2, -2],
        "weights": {"wait": "0:600", "wait for": "0:600 1:-50", "todo": "1:600", "passwo": "2:600"},
    }
)  # fmt: skip
CASES = [json.loads(line) for line in Path(__file__).with_name("in_passing.jsonl").read_text("utf-8").splitlines()]
MOST_UNNOTICED, MOST_REFUSED = 0.25, 0.20
"""Bounds on what happens, not what is wanted: half of the look-alikes share nearly all words with what states a rule."""


@pytest.mark.parametrize(
    ("sentence", "said", "hint"),
    [
        ("We wait for the new map tiles.", {"blocked"}, "blocked"),
        ("We have to wait until the map loads.", set(), "blocked"),
        ("Shall we wait for the new map tiles?", set(), "blocked"),
        ("## Why we wait for it so long", set(), None),
        ("wait for it", set(), None),
        ("Show the map of the todo list", set(), "draft"),
        ("Show the map of the password list", {"security"}, None),
        ("Shall we show the map of the password list?", set(), None),
        ("Show the map on the page", set(), None),
        ("", set(), None),
    ],
)
def test_a_sentence_states_hints_or_says_nothing(sentence: str, said: set[str], hint: str | None) -> None:
    found, best = heard(BY_HAND, [sentence])
    assert (found, best and best.rule) == (said, hint)


def test_the_strongest_hint_is_told() -> None:
    weak, strong = "We have to wait until the map loads.", "We wait for the new map tiles."
    assert heard(BY_HAND, [weak, strong, weak])[1] == Hint("blocked", strong)


def test_people_references_and_numbers_count_alike() -> None:
    one = grams("Ask @anna about #12 and ABC-7 before 12:30")
    assert one == grams("ask @bob-2 about https://x.example/issues/3 and !4 before 9")
    assert {"@x", "#x", "0", "^ ask", "0 $"} <= one


def test_words_of_nothing_known_leave_the_score_where_it_began() -> None:
    nothing = Model(("blocked",), (-2.0,), {})
    assert heard(nothing, ["Any sentence of some words."]) == (frozenset(), None)


def test_the_packaged_model_knows_the_rules_that_are_read_in_texts_and_is_small() -> None:
    assert set(hints.packaged().rules) == READ_IN_TEXTS
    assert Path(hints.__file__).with_name(hints.FILE).stat().st_size < 700_000


def test_a_sentence_is_quoted_as_the_text_spells_it() -> None:
    text = "Voilà.\nC’est déjà réservé à **Zoé**, voir plus bas. Merci !"
    assert quoted(text, sentences(text)[1]) == "C’est déjà réservé à **Zoé**, voir plus bas."
    assert quoted(text, "nothing of it") == ""


def test_a_hint_is_quoted_only_where_nothing_is_stated() -> None:
    hinted = next(
        case for case in CASES if (judged := judge(case["title"], case["body"], ())).hint and not judged.against
    )
    assert hinting(hinted["title"], hinted["body"], ())
    assert hinting(hinted["title"], hinted["body"], ("wontfix",)) == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_few_issues_that_say_so_in_passing_go_unnoticed(language: str) -> None:
    own = [case for case in CASES if case["rule"] and case["language"] == language]
    unnoticed = [case["id"] for case in own if not noticed(case["title"], case["body"], tuple(case["labels"]))]
    assert len(unnoticed) <= MOST_UNNOTICED * len(own), unnoticed


@pytest.mark.parametrize("language", ["en", "fr"])
def test_few_look_alikes_are_refused(language: str) -> None:
    own = [case for case in CASES if not case["rule"] and case["language"] == language]
    refused = [case["id"] for case in own if judge(case["title"], case["body"], tuple(case["labels"])).against]
    assert len(refused) <= MOST_REFUSED * len(own), refused


@pytest.mark.parametrize("cases", [passing_english, passing_french], ids=["english", "french"])
def test_single_hints_in_short_issues_are_seen_more_often_than_not(cases: ModuleType) -> None:
    unnoticed = [title for title, body, labels, _ in cases.UNSUITABLE if not noticed(title, body, labels)]
    assert len(unnoticed) <= 0.33 * len(cases.UNSUITABLE), unnoticed
    refused = [title for title, body, labels, _ in cases.SUITABLE if judge(title, body, labels).against]
    assert len(refused) <= 0.03 * len(cases.SUITABLE), refused


def noticed(title: str, body: str, labels: tuple[str, ...]) -> bool:
    judged = judge(title, body, labels)
    return bool(judged.against or judged.hint)
