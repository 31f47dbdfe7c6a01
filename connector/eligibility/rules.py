"""Whether a project is one that volunteers of a day can help: six questions, all to be answered before it is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

VOLUNTEERS_PER_OWN_DAY = 5
"""Days of volunteers that a project may be offered for each day its own people spend, lest nobody can look after them."""
ENOUGH_TASKS = 10
MOST_DAYS = 500


class Question(StrEnum):
    """What has to be known of a project."""

    RECEIPTS = "receipts"
    TEAM = "team"
    VOLUME = "volume"
    PLACE = "place"
    CONTACT = "contact"
    NO_SECRETS = "no_secrets"


class Verdict(StrEnum):
    """What an answer means for the project."""

    GOOD = "good"
    REMARK = "remark"
    AGAINST = "against"


OPTIONS: Mapping[Question, Mapping[str, Verdict]] = {
    Question.RECEIPTS: {"yes": Verdict.GOOD, "pending": Verdict.REMARK, "no": Verdict.REMARK},
    Question.TEAM: {"yes": Verdict.GOOD, "no": Verdict.AGAINST},
    Question.VOLUME: {"tasks": Verdict.GOOD, "batch": Verdict.GOOD, "no": Verdict.AGAINST},
    Question.PLACE: {"remote": Verdict.GOOD, "workshop": Verdict.GOOD, "no": Verdict.AGAINST},
    Question.CONTACT: {"yes": Verdict.GOOD, "no": Verdict.AGAINST},
    Question.NO_SECRETS: {"yes": Verdict.GOOD, "no": Verdict.AGAINST},
}
"""Question -> what may be answered, and what each answer means. Without receipts a project's days enter no tax annex."""

TOLD_IN_WORDS = frozenset({(Question.CONTACT, "yes"), (Question.PLACE, "workshop"), (Question.VOLUME, "batch")})
"""Answers that say little without a few words: who answers and who else, where, which batch."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said. ``days``: of its own people a month, where that is the question."""

    question: Question
    choice: str
    note: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What anybody can see of a project: tasks of a day on offer, and whether it takes requests from outside."""

    tasks: int = 0
    takes_requests: bool = False


def is_possible(answer: Answer) -> bool:
    """Whether an answer is one of its question, with the number or the words that it needs."""
    if answer.choice not in OPTIONS[answer.question]:
        return False
    if (answer.question, answer.choice) in TOLD_IN_WORDS and not answer.note.strip():
        return False
    is_counted = answer.question is Question.TEAM and answer.choice == "yes"
    return (answer.days is not None and 0 < answer.days <= MOST_DAYS) if is_counted else answer.days is None


def proposed(facts: PublicFacts) -> dict[Question, str]:
    """What public data suggests; somebody has to say so."""
    found = {}
    if facts.tasks >= ENOUGH_TASKS:
        found[Question.VOLUME] = "tasks"
    if facts.takes_requests:
        found[Question.PLACE] = "remote"
    return found


def unanswered(answers: Iterable[Answer]) -> list[Question]:
    """What is still to be asked, in order."""
    known = {answer.question for answer in answers}
    return [question for question in Question if question not in known]


def against(answers: Iterable[Answer]) -> list[Question]:
    """What stands against the project, in order."""
    found = {one.question for one in answers if OPTIONS[one.question][one.choice] is Verdict.AGAINST}
    return [question for question in Question if question in found]


def may_be_accepted(answers: Iterable[Answer]) -> bool:
    """Whether all is answered, and nothing stands against it."""
    known = list(answers)
    return not unanswered(known) and not against(known)


def most_days(answers: Iterable[Answer]) -> int | None:
    """How many days of volunteers a month the project may be offered; None while nobody said what its own people spend."""
    spent = next((one.days for one in answers if one.question is Question.TEAM), None)
    return None if spent is None else spent * VOLUNTEERS_PER_OWN_DAY
