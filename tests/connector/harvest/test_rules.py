"""Which snapshots count, which issues are tasks, and what happens to a task: the whole tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from connector.harvest.rules import (
    Decision,
    Holder,
    Known,
    Offer,
    Policy,
    Requests,
    State,
    Step,
    Upstream,
    decide,
    decide_gone,
    decide_hidden,
    is_holders_own,
    is_visible,
    is_wanted,
    judge,
    next_step,
    relabelled,
    why_withdrawn,
)
from connector.tasks.rules import Status
from sources.model import ClosedAs, Issue, RequestState
from tests.fakes import issue

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
MILLISECONDS = NOW + timedelta(milliseconds=700)
EARLIER, LATER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
AGREED = Policy(labels=("Good First Issue",), is_agreed=True, is_public=True)
OPEN, CLOSED, MERGED = RequestState.OPEN, RequestState.CLOSED, RequestState.MERGED


def seen(at: datetime = NOW, digest: str = "m", **changes: object) -> Issue:
    return issue(updated_at=at, digest=digest, **changes)


HIDDEN = Known(NOW, "", is_hidden=True)
DELETED = Known(EARLIER, is_hidden=True, is_gone=True)
DECISIONS = [
    # snapshot, known, can ask, was read, decision
    (seen(), None, True, False, Decision.APPLY),
    (seen(LATER), Known(NOW, "m"), True, False, Decision.APPLY),
    (seen(EARLIER), Known(NOW, "m"), True, False, Decision.STALE),
    (seen(EARLIER), Known(NOW, "m"), True, True, Decision.STALE),
    (seen(), Known(NOW, "m"), True, False, Decision.NOTHING),
    (seen(), Known(NOW, "m"), False, False, Decision.NOTHING),
    (seen(), Known(NOW, "other"), True, False, Decision.REREAD),
    (seen(), Known(NOW, "other"), True, True, Decision.APPLY),
    (seen(digest="z"), Known(NOW, "m"), False, False, Decision.APPLY),
    (seen(digest="a"), Known(NOW, "m"), False, False, Decision.STALE),
    (seen(is_confidential=True), None, True, False, Decision.HIDE),
    (seen(is_confidential=True), Known(NOW, "m"), True, False, Decision.HIDE),
    (seen(is_confidential=True), Known(NOW, "m"), False, True, Decision.HIDE),
    (seen(EARLIER, is_confidential=True), Known(NOW, "m"), True, False, Decision.STALE),
    (seen(), HIDDEN, True, False, Decision.REREAD),
    (seen(), HIDDEN, False, False, Decision.STALE),
    (seen(LATER), HIDDEN, True, False, Decision.REREAD),
    (seen(LATER), HIDDEN, False, False, Decision.APPLY),
    (seen(), HIDDEN, True, True, Decision.APPLY),
    (seen(LATER), DELETED, True, False, Decision.STALE),
    (seen(LATER), DELETED, True, True, Decision.APPLY),
    (seen(LATER, is_partial=True), Known(NOW, "m"), True, False, Decision.REREAD),
    (seen(is_partial=True), None, True, False, Decision.REREAD),
    # GitLab delivers whole seconds and lists milliseconds: within one second nothing delivered is late
    (seen(), Known(MILLISECONDS, "m"), True, False, Decision.NOTHING),
    (seen(), Known(MILLISECONDS, "other"), True, False, Decision.REREAD),
    (seen(is_confidential=True), Known(MILLISECONDS, "m"), True, False, Decision.HIDE),
    (seen(), Known(MILLISECONDS, "other"), True, True, Decision.STALE),
    (seen(MILLISECONDS), Known(NOW, "other"), True, True, Decision.APPLY),
    (seen(LATER, is_partial=True), Known(NOW, "m"), False, False, Decision.APPLY),
]


@pytest.mark.parametrize(("snapshot", "known", "can_ask", "was_read", "decision"), DECISIONS)
def test_a_snapshot_counts_or_not(
    snapshot: Issue, known: Known | None, *, can_ask: bool, was_read: bool, decision: Decision
) -> None:
    assert decide(snapshot, known, Policy(can_ask=can_ask), was_read=was_read) is decision


@pytest.mark.parametrize(
    ("asked", "at", "decision"),
    [(EARLIER, NOW, Decision.REREAD), (EARLIER, LATER, Decision.REREAD), (NOW, NOW, Decision.APPLY)],
)
def test_an_answer_to_what_was_asked_before_the_hiding_shows_nothing_again(
    asked: datetime, at: datetime, decision: Decision
) -> None:
    """S3: a list asked for before we learned that an issue is confidential may still hold its text."""
    hidden = Known(NOW, is_hidden=True, hidden_at=NOW)
    assert decide(seen(at), hidden, Policy(), was_read=True, asked_at=asked) is decision


def test_news_of_the_same_second_hides(now: datetime) -> None:
    """S3: GitLab says whole seconds of a hiding, and listed the issue with milliseconds before."""
    known = Known(MILLISECONDS, "m")
    assert decide_hidden(NOW, known) is Decision.HIDE
    assert decide_gone(NOW, known, Policy()) is Decision.HIDE
    assert decide_hidden(EARLIER, known) is Decision.STALE


def test_ties_end_alike_whatever_the_order_of_arrival() -> None:
    snapshots = [seen(digest="a"), seen(digest="b"), seen(EARLIER, digest="z"), seen(digest="c", is_partial=True)]
    ends = set()
    for order in permutations(snapshots):
        known = None
        for snapshot in order:
            if decide(snapshot, known, Policy(can_ask=False)) is Decision.APPLY:
                known = Known(snapshot.updated_at, snapshot.digest)
        ends.add(known)
    assert ends == {Known(NOW, "c")}


@pytest.mark.parametrize(
    ("labels", "policy", "wanted"),
    [
        (("good first issue",), AGREED, True),
        (("bug", "GOOD FIRST ISSUE"), AGREED, True),
        (("easy",), AGREED, False),
        ((), AGREED, False),
        (("easy",), Policy(), True),
        (("bug",), Policy(), False),
        (("help wanted",), Policy(), False),
        (("good first issue", "no-wecena"), AGREED, False),
        (("easy", "No-Wecena"), Policy(), False),
    ],
)
def test_labels_make_a_task_or_not(labels: tuple[str, ...], policy: Policy, *, wanted: bool) -> None:
    assert is_wanted(labels, policy) is wanted


GFI = ("good first issue",)


@pytest.mark.parametrize(
    ("state", "policy", "offer"),
    [
        (State(GFI), AGREED, Offer(True)),
        (State(GFI, is_open=False), AGREED, Offer(False)),
        (State(GFI, is_request=True), AGREED, Offer(False)),
        (State(GFI, is_visible=False), AGREED, Offer(False)),
        (State(("bug",)), AGREED, Offer(False)),
        (State(GFI, is_locked=True), AGREED, Offer(True, ("locked",))),
        (State(GFI, is_assigned=True), AGREED, Offer(True, ("assigned",))),
        (State(GFI, is_blocked=True), AGREED, Offer(True, ("blocked",))),
        (State(GFI, is_quiet=True), AGREED, Offer(True, ("stale",))),
        (State(GFI, is_quiet=True, is_wanted_still=True), AGREED, Offer(True)),
        (State(GFI), Policy(is_public=True), Offer(True, ("not_agreed",))),
        (State(GFI), Policy(labels=GFI, is_agreed=True), Offer(True, ("not_public",))),
        (State(GFI), Policy(GFI, is_agreed=True, is_public=True, is_archived=True), Offer(True, ("archived",))),
        (State(GFI), Policy(GFI, is_agreed=True, is_public=True, is_paused=True), Offer(True, ("paused",))),
    ],
)
def test_an_issue_is_offered_or_a_draft_or_no_task(state: State, policy: Policy, offer: Offer) -> None:
    assert judge(state, policy) == offer


def test_somebodys_word_that_it_is_wanted_answers_a_label_too_and_nothing_else() -> None:
    offer = judge(State(GFI, is_wanted_still=True), AGREED, unsuitable=["discussion", "stale"])
    assert offer.not_offered == ("discussion",)


def test_what_was_set_aside_was_only_read_in_the_text() -> None:
    state = State(GFI, is_blocked=True, set_aside=frozenset({"blocked", "draft"}))
    assert judge(state, AGREED, unsuitable=["blocked", "draft", "discussion"]).not_offered == ("blocked", "discussion")


def test_all_reasons_are_told_by_precedence_and_once() -> None:
    state = State(GFI, is_assigned=True, is_blocked=True)
    offer = judge(state, Policy(is_public=False), unsuitable=["blocked", "too_big"], has_open_request=True)
    assert offer.not_offered == ("not_public", "not_agreed", "assigned", "linked_request", "blocked", "too_big")


@pytest.mark.parametrize(
    ("is_public", "hours", "ages", "visible"),
    [
        (True, 23, True, True), (True, 25, True, False), (True, 25, False, True), (True, None, True, False),
        (False, 0, False, False), (None, 0, True, False),
    ],
)  # fmt: skip
def test_a_project_is_shown_as_long_as_it_was_seen_lately(
    hours: int | None, *, is_public: bool | None, ages: bool, visible: bool
) -> None:
    at = None if hours is None else NOW - timedelta(hours=hours)
    assert is_visible(at, NOW, is_public=is_public, ages=ages) is visible


@pytest.mark.parametrize(
    ("labels", "old", "new", "result"),
    [
        (["a"], None, "b", ["a", "b"]),
        (["a"], None, "A", ["a"]),
        (["a", "b"], "A", None, ["b"]),
        (["a", "b"], "a", "c", ["b", "c"]),
        (["a"], "x", "y", ["a", "y"]),
    ],
)
def test_labels_are_replaced(labels: list[str], old: str | None, new: str | None, result: list[str]) -> None:
    assert relabelled(labels, old=old, new=new) == result


TASK, NO_TASK = Offer(True), Offer(False)
SHUT = State(GFI, is_open=False)
AS_DONE = State(GFI, is_open=False, closed_as=ClosedAs.COMPLETED)
REFUSED = State(GFI, is_open=False, closed_as=ClosedAs.NOT_PLANNED)
OWN_OPEN, OWN_MERGED, OWN_CLOSED = (Requests(own=frozenset({state})) for state in (OPEN, MERGED, CLOSED))
OTHERS_OPEN, OTHERS_MERGED = (Requests(others=frozenset({state})) for state in (OPEN, MERGED))

STEPS = [
    # before anybody took it
    (Status.DRAFT, Upstream(State(GFI), TASK), Step.OFFER),
    (Status.READY, Upstream(State(GFI), TASK), Step.OFFER),
    (Status.READY, Upstream(State(("bug",)), NO_TASK), Step.WITHDRAW),
    (Status.DRAFT, Upstream(AS_DONE, NO_TASK), Step.WITHDRAW),
    (Status.WITHDRAWN, Upstream(State(GFI), TASK), Step.OFFER),
    (Status.WITHDRAWN, Upstream(SHUT, NO_TASK), Step.NOTHING),
    # while somebody holds it
    (Status.CLAIMED, Upstream(State(GFI), TASK), Step.NOTHING),
    (Status.CLAIMED, Upstream(State(GFI, is_locked=True), Offer(True, ("locked",))), Step.NOTHING),
    (Status.CLAIMED, Upstream(State(("bug",)), NO_TASK), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(State(GFI, is_visible=False), NO_TASK), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(State(GFI), TASK, is_public=False), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(State(GFI), TASK, is_archived=True), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(State(GFI), TASK, is_taken=True), Step.LOSE),
    (Status.CLAIMED, Upstream(State(GFI), TASK, OTHERS_OPEN), Step.LOSE),
    (Status.CLAIMED, Upstream(State(GFI), TASK, OWN_OPEN), Step.SUBMIT),
    (Status.CLAIMED, Upstream(State(("in progress",)), NO_TASK, OWN_OPEN), Step.SUBMIT),
    (Status.CLAIMED, Upstream(State(GFI), TASK, OWN_CLOSED), Step.NOTHING),
    (Status.CLAIMED, Upstream(State(GFI), TASK, OWN_MERGED), Step.ACCEPT),
    (Status.CLAIMED, Upstream(AS_DONE, NO_TASK), Step.ACCEPT),
    (Status.CLAIMED, Upstream(SHUT, NO_TASK), Step.ACCEPT),
    (Status.CLAIMED, Upstream(REFUSED, NO_TASK), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(AS_DONE, NO_TASK, OTHERS_MERGED), Step.WITHDRAW),
    (Status.CLAIMED, Upstream(AS_DONE, NO_TASK, OWN_CLOSED), Step.REJECT),
    # after it was submitted
    (Status.IN_REVIEW, Upstream(State(GFI), TASK, OWN_OPEN), Step.NOTHING),
    (Status.IN_REVIEW, Upstream(State(()), NO_TASK, OWN_OPEN), Step.NOTHING),
    (Status.IN_REVIEW, Upstream(State(GFI), TASK, is_taken=True), Step.NOTHING),
    (Status.IN_REVIEW, Upstream(State(GFI), TASK, OWN_MERGED), Step.ACCEPT),
    (Status.IN_REVIEW, Upstream(State(GFI), TASK, OWN_CLOSED), Step.SEND_BACK),
    (Status.IN_REVIEW, Upstream(State(GFI), TASK, Requests(own=frozenset({CLOSED, OPEN}))), Step.NOTHING),
    (Status.IN_REVIEW, Upstream(SHUT, NO_TASK, OWN_CLOSED), Step.REJECT),
    (Status.IN_REVIEW, Upstream(AS_DONE, NO_TASK), Step.ACCEPT),
    (Status.IN_REVIEW, Upstream(SHUT, NO_TASK), Step.ACCEPT),
    (Status.IN_REVIEW, Upstream(REFUSED, NO_TASK), Step.WITHDRAW),
    (Status.IN_REVIEW, Upstream(State(is_visible=False), NO_TASK, OWN_OPEN), Step.WITHDRAW),
    # final
    (Status.DONE, Upstream(State(GFI), TASK), Step.NOTHING),
    (Status.SPLIT, Upstream(SHUT, NO_TASK), Step.NOTHING),
]


@pytest.mark.parametrize(("status", "upstream", "step"), STEPS)
def test_what_happens_upstream_moves_the_task(status: Status, upstream: Upstream, step: Step) -> None:
    assert next_step(status, upstream) is step


@pytest.mark.parametrize(
    ("upstream", "is_gone", "reason"),
    [
        (Upstream(State(is_visible=False), NO_TASK), True, "gone"),
        (Upstream(State(is_visible=False), NO_TASK), False, "confidential"),
        (Upstream(State(GFI), TASK, is_public=False), False, "not_public"),
        (Upstream(SHUT, NO_TASK), False, "closed"),
        (Upstream(State(GFI), TASK, is_archived=True), False, "archived"),
        (Upstream(State(()), NO_TASK), False, "unlabelled"),
    ],
)
def test_a_withdrawn_task_says_why(upstream: Upstream, is_gone: bool, reason: str) -> None:  # noqa: FBT001  (a column)
    assert why_withdrawn(upstream, is_gone=is_gone) == reason


URL = "https://github.com/asso/site/pull/9"


@pytest.mark.parametrize(
    ("holder", "author", "created_at", "own"),
    [
        (Holder(frozenset({"bob"}), NOW), "Bob", EARLIER, True),
        (Holder(frozenset({"bob"}), NOW), "eve", LATER, False),
        (Holder(frozenset({"bob"}), NOW), None, LATER, False),
        (Holder(frozenset({"bob"}), NOW, URL + "/"), "eve", EARLIER, True),
        (Holder(frozenset(), NOW), "anyone", LATER, True),
        (Holder(frozenset(), NOW), "anyone", NOW, True),
        (Holder(frozenset(), NOW), "anyone", EARLIER, False),
        (Holder(frozenset(), NOW), "anyone", None, False),
    ],
)
def test_a_request_is_the_holders_own_or_not(
    holder: Holder, author: str | None, created_at: datetime | None, *, own: bool
) -> None:
    assert is_holders_own(author, created_at, URL, holder) is own
