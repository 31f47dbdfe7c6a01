"""What sentences hint at: a small model by hand, and the packaged one on sentences that it was not learned from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.sizing import hints
from connector.sizing.against.prose import quoted, sentences
from connector.sizing.hints import Hint, Model, grams, heard
from connector.sizing.suitability import hinting, judge

BY_HAND = hints.from_json(
    {
        "rules": ["blocked", "draft"], "bias": [-1, -1], "hints_from": [0, 0], "says_from": [1.5, 1.5],
        "weights": {"wait": [0, 600], "wait for": [0, 600], "todo": [1, 600]},
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
    nothing = Model(("blocked",), (-1.0,), (0.0,), (2.0,), {})
    assert heard(nothing, ["Any sentence of some words."]) == (frozenset(), None)


def test_the_packaged_model_knows_rules_and_its_size_is_bounded() -> None:
    model = hints.packaged()
    assert all(low <= high for low, high in zip(model.hints_from, model.says_from, strict=True))
    assert Path(hints.__file__).with_name(hints.FILE).stat().st_size < 700_000


def test_a_sentence_is_quoted_as_the_text_spells_it() -> None:
    text = "Voilà.\nC’est déjà réservé à **Zoé** (`x`), voir plus bas. Merci !"
    flat = sentences(text)[1]
    assert quoted(text, flat.strip()) == "" or "déjà réservé" in quoted(text, flat)
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
    unnoticed = [case["id"] for case in own if _judged(case) == (False, False)]
    assert len(unnoticed) <= MOST_UNNOTICED * len(own), unnoticed


@pytest.mark.parametrize("language", ["en", "fr"])
def test_few_look_alikes_are_refused(language: str) -> None:
    own = [case for case in CASES if not case["rule"] and case["language"] == language]
    refused = [case["id"] for case in own if _judged(case)[0]]
    assert len(refused) <= MOST_REFUSED * len(own), refused


def _judged(case: dict[str, str]) -> tuple[bool, bool]:
    judged = judge(case["title"], case["body"], tuple(case["labels"]))
    return bool(judged.against), judged.hint is not None
