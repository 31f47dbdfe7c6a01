"""Reasons: nothing is said both ways, and words that say nothing of the work are not told."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.sizing import unsaid
from connector.sizing.model import packaged
from connector.sizing.reasons import ALIKE, PLURALS, SENTENCES, of_parts
from connector.sizing.rules import Size, Sizeable, estimate, stated_by_hand
from connector.sizing.text import read

WORDS = {"word_less", "word_more"}


def size(title: str, body: str = "", *labels: str) -> Size:
    return estimate(Sizeable("1", title, body, labels))


def words(found: Size, ids: Collection[str] = WORDS) -> set[str]:
    return {reason.params["word"] for reason in found.reasons if reason.id in ids}


def texts(found: Size) -> list[str]:
    return [reason.text for reason in found.reasons]


def test_the_parts_of_a_word_are_summed_over_title_and_body() -> None:
    parts = [("title:typo", -0.5), ("body:typo", 0.3), ("body:spell", 0.06), ("title:spell", -0.05)]
    found = of_parts(parts, read("typo spelling", "").shape, "typo spelling", "")
    assert [(reason.id, dict(reason.params)) for reason in found] == [("word_less", {"word": "typo"})]


@given(
    st.lists(st.sampled_from(sorted(packaged().words["title"].keys() & packaged().words["body"].keys())), max_size=30)
)
def test_no_word_is_said_both_ways_nor_twice(stems: list[str]) -> None:
    found = size("Please fix the " + " ".join(stems[:8]), "It is in the " + " ".join(stems))
    told = [reason.params["word"] for reason in found.reasons if reason.id in WORDS]
    starts = [word[:ALIKE] for word in told]
    assert len(starts) == len(set(starts))


@given(st.text(max_size=200), st.text(max_size=600), st.sampled_from([(), ("bug",), ("feature", "priority: high")]))
def test_no_reason_stands_on_both_sides(title: str, body: str, labels: tuple[str, ...]) -> None:
    ids = [reason.id for reason in estimate(Sizeable("1", title, body, labels)).reasons if reason.id not in WORDS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "word",
    "roger monday cheers less hour three january thanks hello recieve seperate hibernate forge jbpm camel maven gradle "  # noqa: SIM905 - a list of words
    "spring jboss eclipse hadoop thomas please which should django github twitter yesterday someone".split(),
)
@pytest.mark.parametrize("text", ["Fix the {0}", "{0} {0}", "The {0} is broken and has to be fixed for {0}"])
def test_noise_and_names_are_no_reasons(word: str, text: str) -> None:
    assert word not in words(size(text.format(word), text.format(word)))


@pytest.mark.parametrize("word", ["typo", "design", "documentation", "cluster", "refactor", "css", "translation"])
def test_words_about_the_work_are_told(word: str) -> None:
    assert word in words(size(f"Fix the {word}", f"It is about the {word} of it."))


def test_the_list_of_words_is_sorted_and_each_stands_once() -> None:
    for name in ("_NAMES", "_PEOPLE", "_TIMES", "_CHAT", "_FUNCTION", "_MISSPELT", "_FRENCH"):
        listed = getattr(unsaid, name).split()
        assert listed == sorted(set(listed)), name


def test_comments_of_a_template_are_neither_quoted_nor_counted() -> None:
    body = "The page is slow because each row asks the database again. " * 4
    template = "<!-- Describe the design of the cluster, the prototype and the documentation here. -->\n"
    plain, filled = size("Slow page", body), size("Slow page", template + body)
    assert not words(filled) & {"design", "cluster", "prototype", "documentation"}
    assert filled.hours_mid == pytest.approx(plain.hours_mid, rel=0.05)
    assert "few_words" in [reason.id for reason in size("Slow page", template * 10).reasons]


def test_code_is_not_quoted() -> None:
    found = size("Fix the page", "The design is wrong here, as is seen in:\n```\nDesigned cluster prototype\n```")
    assert not words(found) & {"designed", "cluster", "prototype"}


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Corriger le design du cluster",
            "Le design du cluster n'est pas bon, il faut le refactor au moment du change.",
        ),
        ("Moment du change dans la page", ""),
        (
            "Fehler beim Speichern",
            "Wenn man auf den Knopf im Design drückt, passiert nichts. Die Seite lädt nicht. " * 4,
        ),
    ],
)
def test_of_a_text_in_another_language_no_single_words_are_told(title: str, body: str) -> None:
    found = size(title, body, "bug")
    assert not words(found)
    assert "kind_bug" in [reason.id for reason in found.reasons]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Slow map", ("short_title", "-")),
        ("x" * 100_000, ("long_title", "+")),
        ("word " * 50, ("long_title", "+")),
        ("Show the opening hours on the map", None),
    ],
)
def test_a_title_is_short_or_long_as_it_is(title: str, reason: tuple[str, str] | None) -> None:
    told = [(one.id, one.effect) for one in size(title).reasons if one.id in {"short_title", "long_title"}]
    assert told == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Estimate: 30 minutes", "The text says 30 min."),
        ("Estimate: 1-2 hours", "The text says 1–2 h."),
        ("Estimate: at most 8 hours", "The text says at most 8 h."),
        ("Estimate: more than 4 hours", "The text says more than 4 h."),
    ],
)
def test_a_stated_time_is_told_in_words(body: str, said: str) -> None:
    assert said in texts(size("Show the map", body))


@pytest.mark.parametrize(("days", "said"), [("0.5", "half a day"), ("1", "one day"), ("2", "more than a day")])
def test_a_persons_word_is_told_as_it_was_chosen(days: str, said: str) -> None:
    assert texts(stated_by_hand(Decimal(days))) == [f"A person who knows the project said: {said}."]


@pytest.mark.parametrize(("text", "is_little"), [("显" * 1500, False), ("显" * 20, True), ("word " * 40, False)])
def test_a_text_without_spaces_is_not_little(text: str, *, is_little: bool) -> None:
    found = size("页面显示错误", text)
    assert ("few_words" in [reason.id for reason in found.reasons]) is is_little
    assert found.is_judged is not is_little


def test_a_sentence_has_one_or_many_forms_not_both() -> None:
    assert not SENTENCES.keys() & PLURALS.keys()
