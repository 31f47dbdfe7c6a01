"""The small language of phrases: what a phrase finds, and that it is looked for wherever it may stand."""

from __future__ import annotations

import pytest

from connector.sizing.against.phrases import Phrasebook, beginnings, lines, pattern_of
from connector.sizing.suitability import RULES


def finds(phrase: str, sentence: str) -> bool:
    book = Phrasebook({"it": [phrase]})
    return any(book.places(sentence, book.met(beginnings(sentence))))


@pytest.mark.parametrize(
    ("phrase", "sentence", "is_found"),
    [
        ("(is|are) still [a] draft*", "This is still a draft.", True),
        ("(is|are) still [a] draft*", "These are still drafts", True),
        ("(is|are) still [a] draft*", "This is a draft", False),
        ("blocked by .. #1", "Blocked (by the other team, see group/site#12)", True),
        ("blocked by .. #1", "blocked by a browser", False),
        ("waits for #1", "it waits for https://forge.example/a/b/-/issues/12", True),
        ("waits for #1", "it waits for UTF-8", False),
        ("^waiting for @x", "Waiting for @mina", True),
        ("^waiting for @x", "the page is waiting for @mina", False),
        ("on hold $", "This is on hold.", True),
        ("on hold $", "on hold music", False),
        ("wip /", "wip, sorry", True),
        ("wip /", "wip badge", False),
        ("blocked (/|by _)", "Blocked", True),
        ("blocked (/|by _)", "Blocked, alas", True),
        ("blocked (/|by _)", "Blocked by it", True),
        ("blocked (/|by _)", "Blocked users", False),
        ("taken [:] (see|,)", "Taken: see below", True),
        ("taken [:] (see|,)", "Taken, sorry", True),
        ("Name is on it", "Sana is on it", True),
        ("Name is on it", "Nobody is on it", False),
        ("needs version 1.0 _", "needs version v2.3 first", True),
        ("on this !(project|page)", "on this page", False),
        ("on this !(project|page)", "on this now", True),
        ("can't start", "We cant start", True),
        ("n'est pas d'accord", "il n'est pas d’accord".replace("’", "'"), True),
        ("(key|token) & (leak*|public)", "It is public now. Our key!", True),
        ("(key|token) & (leak*|public)", "Our key is lost", False),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, sentence: str, is_found: bool) -> None:  # noqa: FBT001 - a column of the table
    assert finds(phrase, sentence) is is_found


def test_lines_further_in_go_on_and_lists_are_written_out() -> None:
    text = """
    -- a heading
    one ({other}|
        two)
    three
        & four
    """
    assert lines(text, other="a|b") == ("one ((a|b)|two)", "three & four")


@pytest.mark.parametrize("source", ["one (two", "Upper", "où"])
def test_a_phrase_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|lower case"):
        Phrasebook({"it": lines(source)})


def test_a_label_is_compared_without_what_stands_between_its_words() -> None:
    assert pattern_of("in progress") == "inprogress"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_phrase_of_the_rules_can_be_read_and_is_there_once(rule: object) -> None:
    phrases = [phrase for kind in ("says", "together", "names", "lifted") for phrase in getattr(rule, kind)]
    assert len(set(phrases)) == len(phrases)
    book = Phrasebook({"it": phrases})
    assert all(phrase.needs and phrase.patterns for _, phrase in book.phrases)
