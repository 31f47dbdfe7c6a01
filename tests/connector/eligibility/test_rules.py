"""Which answers are answers, and what they amount to."""

from __future__ import annotations

import pytest

from connector.eligibility.rules import (
    Answer,
    PublicFacts,
    Question,
    against,
    is_possible,
    may_be_accepted,
    most_days,
    proposed,
    unanswered,
)

GOOD = (
    Answer(Question.RECEIPTS, "pending"),
    Answer(Question.TEAM, "yes", days=4),
    Answer(Question.VOLUME, "tasks"),
    Answer(Question.PLACE, "remote"),
    Answer(Question.CONTACT, "yes", "Mira, else Paul"),
    Answer(Question.NO_SECRETS, "yes"),
)


@pytest.mark.parametrize(
    ("answer", "possible"),
    [
        *((one, True) for one in GOOD),
        (Answer(Question.TEAM, "yes"), False),
        (Answer(Question.TEAM, "yes", days=0), False),
        (Answer(Question.TEAM, "yes", days=501), False),
        (Answer(Question.TEAM, "no"), True),
        (Answer(Question.CONTACT, "yes", " "), False),
        (Answer(Question.CONTACT, "no"), True),
        (Answer(Question.PLACE, "workshop"), False),
        (Answer(Question.PLACE, "workshop", "Lyon, each Friday"), True),
        (Answer(Question.VOLUME, "batch"), False),
        (Answer(Question.VOLUME, "perhaps"), False),
        (Answer(Question.RECEIPTS, "yes", days=3), False),
    ],
)
def test_an_answer_has_the_words_or_the_number_it_needs(answer: Answer, *, possible: bool) -> None:
    assert is_possible(answer) is possible


def test_all_six_are_asked_before_a_project_is_accepted() -> None:
    assert may_be_accepted(GOOD)
    for left_out in range(len(GOOD)):
        rest = [one for place, one in enumerate(GOOD) if place != left_out]
        assert unanswered(rest) == [GOOD[left_out].question]
        assert not may_be_accepted(rest)


@pytest.mark.parametrize(
    ("question", "is_against"), [(question, question is not Question.RECEIPTS) for question in Question]
)
def test_a_no_stands_against_all_but_receipts(question: Question, *, is_against: bool) -> None:
    answers = [one for one in GOOD if one.question is not question] + [Answer(question, "no")]
    assert against(answers) == ([question] if is_against else [])
    assert may_be_accepted(answers) is not is_against


def test_volunteers_give_at_most_five_days_for_each_of_the_teams() -> None:
    assert most_days(GOOD) == 20
    assert most_days([]) is None
    assert most_days([Answer(Question.TEAM, "no")]) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (PublicFacts(), {}),
        (PublicFacts(9, takes_requests=True), {Question.PLACE: "remote"}),
        (PublicFacts(10), {Question.VOLUME: "tasks"}),
    ],
)
def test_public_data_suggests_and_no_more(facts: PublicFacts, expected: dict[Question, str]) -> None:
    assert proposed(facts) == expected
