"""What requests upstream amount to, and which of their steps are worth a line on the page of a task."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sources.model import Checks, RequestState, Review


class Step(StrEnum):
    """What happened to a request. ``opened`` and ``merged`` have their times in the request itself."""

    DRAFT = "draft"
    READY = "ready"
    REVIEW_REQUESTED = "review_requested"
    APPROVED = "approved"
    CHANGES_WANTED = "changes_wanted"
    CHECKS_FAILED = "checks_failed"
    CHECKS_PASSED = "checks_passed"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands. ``review`` and ``checks`` are None where nobody says anything."""

    state: RequestState
    is_draft: bool = False
    review: Review | None = None
    checks: Checks | None = None


_OF_REVIEW = {
    Review.REQUESTED: Step.REVIEW_REQUESTED,
    Review.APPROVED: Step.APPROVED,
    Review.CHANGES_WANTED: Step.CHANGES_WANTED,
}


def reviews_after(known: Mapping[str, str], told: Iterable[tuple[str, Review]] | None) -> dict[str, str]:
    """Each reviewer's last word once ``told`` is known. Who was asked and is not named there is asked no more.

    ``told`` None: the tracker did not speak of reviews.
    """
    if told is None:
        return dict(known)
    kept = {who: word for who, word in known.items() if word != Review.REQUESTED.value}
    return kept | {who: review.value for who, review in told}


def review_of(words: Collection[str]) -> Review | None:
    """What the reviewers say together: who wants changes is heard first, then who approves, then who was asked."""
    weights = (Review.CHANGES_WANTED, Review.APPROVED, Review.REQUESTED)
    return next((review for review in weights if review.value in words), None)


def checks_of(words: Collection[str]) -> Checks | None:
    """What the checks say together: one that failed is enough."""
    weights = (Checks.FAILED, Checks.RUNNING, Checks.PASSED)
    return next((checks for checks in weights if checks.value in words), None)


def steps(before: Standing | None, after: Standing, *, was_failing: bool = False) -> list[Step]:
    """What happened between two views of a request; ``before`` None: it was not known.

    ``was_failing``: the last that was told of its checks is that they failed.
    """
    found = [*_of_state(before, after)]
    asked = before.review if before else None
    if after.review is not None and after.review is not asked:
        found.append(_OF_REVIEW[after.review])
    if after.checks is Checks.FAILED and not was_failing:
        found.append(Step.CHECKS_FAILED)
    if after.checks is Checks.PASSED and was_failing:
        found.append(Step.CHECKS_PASSED)
    return found


def _of_state(before: Standing | None, after: Standing) -> Iterable[Step]:
    was_draft = before is not None and before.is_draft
    if after.is_draft and not was_draft:
        yield Step.DRAFT
    if was_draft and not after.is_draft:
        yield Step.READY
    state = before.state if before else RequestState.OPEN
    if after.state is RequestState.CLOSED and state is not RequestState.CLOSED:
        yield Step.CLOSED
    if after.state is RequestState.OPEN and state is RequestState.CLOSED:
        yield Step.REOPENED


def shares_owner(path: str, other: str) -> bool:
    """Whether two projects belong to the same owner or top-level group: only then one may close issues of the other."""
    return path.partition("/")[0].lower() == other.partition("/")[0].lower()
