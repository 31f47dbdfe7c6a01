"""How requests stand, and which of their steps are told."""

from __future__ import annotations

import pytest

from connector.tracking.rules import Standing, Step, checks_of, review_of, reviews_after, shares_owner, steps
from sources.model import Checks, RequestState, Review

OPEN, CLOSED, MERGED = RequestState.OPEN, RequestState.CLOSED, RequestState.MERGED


@pytest.mark.parametrize(
    ("known", "told", "after"),
    [
        ({}, (("1", Review.REQUESTED),), {"1": "requested"}),
        ({"1": "requested"}, (), {}),
        ({"1": "requested"}, None, {"1": "requested"}),
        ({"1": "approved"}, (), {"1": "approved"}),
        ({"1": "approved"}, (("1", Review.REQUESTED),), {"1": "requested"}),
        ({"1": "requested"}, (("1", Review.CHANGES_WANTED),), {"1": "changes_wanted"}),
        ({"1": "changes_wanted"}, (("1", Review.NOTHING), ("2", Review.REQUESTED)), {"1": "nothing", "2": "requested"}),
    ],
)
def test_each_reviewers_last_word_counts(
    known: dict[str, str], told: tuple[tuple[str, Review], ...] | None, after: dict[str, str]
) -> None:
    assert reviews_after(known, told) == after


@pytest.mark.parametrize(
    ("words", "review"),
    [
        ((), None),
        (("nothing",), None),
        (("requested", "nothing"), Review.REQUESTED),
        (("requested", "approved"), Review.APPROVED),
        (("approved", "changes_wanted"), Review.CHANGES_WANTED),
        (("a word of tomorrow",), None),
    ],
)
def test_who_wants_changes_is_heard_first(words: tuple[str, ...], review: Review | None) -> None:
    assert review_of(words) is review


@pytest.mark.parametrize(
    ("words", "checks"),
    [((), None), (("passed", "running"), Checks.RUNNING), (("passed", "failed", "running"), Checks.FAILED)],
)
def test_one_check_that_failed_is_enough(words: tuple[str, ...], checks: Checks | None) -> None:
    assert checks_of(words) is checks


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, Standing(OPEN), []),
        (None, Standing(OPEN, is_draft=True), [Step.DRAFT]),
        (None, Standing(CLOSED), [Step.CLOSED]),
        (None, Standing(MERGED, review=Review.APPROVED), [Step.APPROVED]),
        (Standing(OPEN, is_draft=True), Standing(OPEN), [Step.READY]),
        (Standing(OPEN), Standing(OPEN, is_draft=True), [Step.DRAFT]),
        (Standing(OPEN), Standing(OPEN, review=Review.REQUESTED), [Step.REVIEW_REQUESTED]),
        (
            Standing(OPEN, review=Review.REQUESTED),
            Standing(OPEN, review=Review.CHANGES_WANTED),
            [Step.CHANGES_WANTED],
        ),
        (Standing(OPEN, review=Review.APPROVED), Standing(OPEN, review=Review.APPROVED), []),
        (Standing(OPEN, review=Review.APPROVED), Standing(OPEN), []),
        (Standing(OPEN), Standing(CLOSED), [Step.CLOSED]),
        (Standing(CLOSED), Standing(OPEN), [Step.REOPENED]),
        (Standing(OPEN), Standing(OPEN, checks=Checks.PASSED), []),
        (Standing(OPEN), Standing(OPEN, checks=Checks.FAILED), [Step.CHECKS_FAILED]),
    ],
)
def test_what_is_told_of_a_change(before: Standing | None, after: Standing, told: list[Step]) -> None:
    assert steps(before, after) == told


def test_checks_pass_again_only_after_they_failed() -> None:
    running, passed = Standing(OPEN, checks=Checks.RUNNING), Standing(OPEN, checks=Checks.PASSED)
    assert steps(running, passed) == []
    assert steps(running, passed, was_failing=True) == [Step.CHECKS_PASSED]
    assert steps(passed, Standing(OPEN, checks=Checks.FAILED), was_failing=True) == []


@pytest.mark.parametrize(
    ("path", "other", "same"),
    [("asso/site", "Asso/tool", True), ("group/sub/a", "group/b", True), ("asso/site", "other/site", False)],
)
def test_only_projects_of_one_owner_close_issues_of_each_other(path: str, other: str, *, same: bool) -> None:
    assert shares_owner(path, other) is same
