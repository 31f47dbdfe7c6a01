"""What is typed and chosen is read once, bounded, never trusted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from connector.tasks.forms import Answers, Note, page_of, version_of


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ([], Answers()),
        ([("time", "1"), ("skill", "Python"), ("skill", " python ")], Answers("1", ("python",))),
        ([("time", "7"), ("skill", "<b>"), ("skill", "x" * 31)], Answers()),
        ([("skill", "c++"), ("skill", "c#"), ("skill", "node.js")], Answers("", ("c++", "c#", "node.js"))),
        ([("skill", f"s{number}") for number in range(20)], Answers("", tuple(f"s{number}" for number in range(12)))),
    ],
)
def test_answers_survive_the_cookie(query: list[tuple[str, str]], answers: Answers) -> None:
    read = Answers.of_query(MultiDict(query))
    assert read == answers
    assert Answers.of_cookie(read.as_cookie()) == answers


@pytest.mark.parametrize("text", ["", "|", "9|x", "\x00|\x00", "1|" + "a," * 5000])
def test_a_broken_cookie_is_no_answer_or_less(text: str) -> None:
    assert len(Answers.of_cookie(text).skills) <= 12


@pytest.mark.parametrize(
    ("text", "page", "version"),
    [("3", 3, 3), ("0", 1, 0), ("-1", 1, None), ("x", 1, None), ("", 1, None), ("9" * 30, 1, None), ("²", 1, None)],
)
def test_numbers_are_numbers(text: str, page: int, version: int | None) -> None:
    assert page_of(MultiDict([("page", text)])) == page
    assert version_of(MultiDict([("version", text)])) == version


def test_a_note_is_trimmed_and_its_days_are_one_of_three() -> None:
    note = Note.of_form(MultiDict([("done", " here "), ("days", "0.5")]))
    assert (note.done, note.days) == ("here", Decimal("0.5"))
    assert Note.of_form(MultiDict([("days", "3")])).days is None
    assert Note(done="x" * 4001, link="y").too_long() == ["done"]
