"""What a snapshot of an issue means for us: whether it counts, whether it is a task, and what happens to that task.

Three questions, each a pure function: `decide` (does the snapshot count?), `judge` (is it a task, and what keeps it
from being offered?), `next_step` (what happens to the task that is there?).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256

from connector.projects.rules import carries_agreed_label, is_for_newcomers, same_label
from connector.sizing.suitability import speaks_for
from connector.tasks.rules import VISIBLE_FOR, NotOffered, Status, WithdrawnFor, in_order
from sources.model import ClosedAs, Issue, Remark, RequestState

OPT_OUT_LABEL = "no-wecena"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
SPOKEN_FOR = timedelta(days=14)
"""How long the word of somebody who takes an issue keeps it from being offered."""
MARKER = "<!-- wecena:"
"""What every comment of ours holds: how `outbox.comments.marker` begins, which rules do not import."""


# --- does the snapshot count? -------------------------------------------------------------------------------------


class Decision(Enum):
    """What to do with a snapshot."""

    APPLY = "applied"
    NOTHING = "unchanged"
    STALE = "stale"
    HIDE = "hidden"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Known:
    """What we know of an issue: the time and digest of the snapshot applied last, and whether it is hidden or gone.

    ``hidden_at`` is when we learned that it is hidden, by our own clock.
    """

    updated_at: datetime
    digest: str = ""
    is_hidden: bool = False
    is_gone: bool = False
    hidden_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How a project is treated. ``can_ask``: an issue can be read again at the tracker."""

    labels: tuple[str, ...] = ()
    is_agreed: bool = False
    is_public: bool = False
    is_archived: bool = False
    is_paused: bool = False
    can_ask: bool = True

    @property
    def may_offer(self) -> bool:
        """Whether any of its issues may be offered."""
        return self.is_agreed and self.is_public and not self.is_archived and not self.is_paused


def decide(
    seen: Issue, known: Known | None, policy: Policy, *, was_read: bool = False, asked_at: datetime | None = None
) -> Decision:
    """Whether a snapshot counts. ``was_read``: it was read from the tracker, it did not arrive by itself.

    An older snapshot never counts, and none that is delivered after the issue was deleted. On a tie what was read
    wins; a delivered one is read again where that is possible, else the greater digest wins, so that the order of
    arrival does not matter. Hiding wins every tie, and what was asked for (``asked_at``, by our clock; None: just now)
    before we learned of the hiding shows nothing again.
    """
    if known is None:
        return _decide_first(seen, policy, was_read=was_read)
    if _is_stale(seen, known, was_read=was_read):
        return Decision.STALE
    if seen.is_confidential:
        return Decision.HIDE
    is_tie = _second(seen.updated_at) == _second(known.updated_at)
    if is_tie and seen.digest == known.digest and not known.is_hidden:
        return Decision.NOTHING
    if was_read:
        return Decision.REREAD if _was_asked_too_early(known, asked_at) else Decision.APPLY
    if policy.can_ask and (is_tie or seen.is_partial or known.is_hidden):
        return Decision.REREAD
    loses = is_tie and (known.is_hidden or seen.digest < known.digest)
    return Decision.STALE if loses else Decision.APPLY


def _decide_first(seen: Issue, policy: Policy, *, was_read: bool) -> Decision:
    if seen.is_confidential:
        return Decision.HIDE
    return Decision.REREAD if seen.is_partial and policy.can_ask and not was_read else Decision.APPLY


def _is_stale(seen: Issue, known: Known, *, was_read: bool) -> bool:
    if was_read and not seen.is_confidential:
        return seen.updated_at < known.updated_at
    return is_late(seen.updated_at, known) or (known.is_gone and not was_read)


def _was_asked_too_early(known: Known, asked_at: datetime | None) -> bool:
    return known.hidden_at is not None and asked_at is not None and asked_at < known.hidden_at


def is_late(updated_at: datetime | None, known: Known | None) -> bool:
    """Whether news that arrives with this time is older than what we know.

    GitLab delivers whole seconds and lists milliseconds: within a second, what is delivered is never late.
    """
    return updated_at is not None and known is not None and updated_at < _second(known.updated_at)


def decide_hidden(updated_at: datetime | None, known: Known | None) -> Decision:
    """What to do with the news that an issue is confidential since then."""
    return Decision.STALE if is_late(updated_at, known) else Decision.HIDE


def decide_gone(updated_at: datetime | None, known: Known | None, policy: Policy) -> Decision:
    """What to do with the news that an issue was deleted or moved away then: older news than ours is looked into."""
    if not is_late(updated_at, known):
        return Decision.HIDE
    return Decision.REREAD if policy.can_ask else Decision.STALE


class NotShown(Enum):
    """What it means that the tracker does not show an issue that we asked for."""

    NOTHING = "nothing"
    HIDE = "hide"
    """It may be a fault of the moment: nothing of it is shown, and it is asked for once more."""
    FORGET = "forget"


def decide_not_shown(known: Known | None) -> NotShown:
    """What to do about an issue that was asked for and is not shown."""
    if known is None or known.is_gone:
        return NotShown.NOTHING
    return NotShown.FORGET if known.is_hidden else NotShown.HIDE


def shown(seen: Issue) -> Known:
    """What is known of an issue once this snapshot was applied."""
    return Known(seen.updated_at, seen.digest)


def blanked(known: Known | None, updated_at: datetime | None, now: datetime, *, is_gone: bool) -> Known:
    """What is known of an issue once it was hidden at ``now``, for a reason that dates from ``updated_at``."""
    times = [updated_at, known.updated_at if known else None]
    return Known(
        max((at for at in times if at is not None), default=NEVER), is_hidden=True, is_gone=is_gone, hidden_at=now
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


# --- is it a task? ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """An issue as we know it now. ``is_visible`` is False for one that is confidential or gone."""

    labels: tuple[str, ...] = ()
    is_open: bool = True
    closed_as: ClosedAs | None = None
    is_visible: bool = True
    is_request: bool = False
    is_locked: bool = False
    is_blocked: bool = False
    has_open_parts: bool = False
    is_assigned: bool = False
    is_spoken_for: bool = False
    is_quiet: bool = False
    """There was no news for longer than the programme allows."""
    is_wanted_still: bool = False
    """Somebody of the project, or who looks after it, said so lately."""
    set_aside: frozenset[str] = frozenset()
    """Rules that somebody said its text does not state."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether an issue is a task, and what keeps it from being offered (empty: it is ready)."""

    is_task: bool
    not_offered: tuple[str, ...] = ()


def opts_out(labels: Iterable[str]) -> bool:
    """Does one of the labels say that the project wants none of this? A new one on any issue stops the project."""
    return any(name.strip().lower() == OPT_OUT_LABEL for name in labels)


def is_wanted(labels: Iterable[str], policy: Policy) -> bool:
    """Whether these labels make an issue a task: agreed ones, or the usual ones as a preview where none is agreed."""
    names = tuple(labels)
    if opts_out(names):
        return False
    if policy.is_agreed:
        return carries_agreed_label(names, policy.labels)
    return any(is_for_newcomers(name) for name in names)


def relabelled(labels: Iterable[str], *, old: str | None, new: str | None) -> list[str]:
    """The labels without ``old`` and with ``new``, each once."""
    kept = [label for label in labels if old is None or not same_label(label, old)]
    return kept if new is None or any(same_label(label, new) for label in kept) else [*kept, new]


def judge(state: State, policy: Policy, *, unsuitable: Iterable[str] = (), has_open_request: bool = False) -> Offer:
    """Whether the issue is a task and, if so, all rule ids that keep it from being offered, by precedence."""
    if state.is_request or not state.is_visible or not state.is_open or not is_wanted(state.labels, policy):
        return Offer(is_task=False)
    holds = {
        NotOffered.NOT_PUBLIC: not policy.is_public,
        NotOffered.ARCHIVED: policy.is_archived,
        NotOffered.PAUSED: policy.is_paused,
        NotOffered.NOT_AGREED: not policy.is_agreed,
        NotOffered.LOCKED: state.is_locked,
        NotOffered.ASSIGNED: state.is_assigned,
        NotOffered.LINKED_REQUEST: has_open_request,
        NotOffered.BLOCKED: state.is_blocked,
        NotOffered.IN_PROGRESS: state.is_spoken_for,
        NotOffered.SUB_ISSUES: state.has_open_parts,
        NotOffered.STALE: state.is_quiet,
    }
    read = set(unsuitable) - state.set_aside
    reasons = {*(reason.value for reason, is_so in holds.items() if is_so), *read}
    if state.is_wanted_still:
        reasons.discard(NotOffered.STALE)
    return Offer(is_task=True, not_offered=tuple(in_order(reasons)))


def text_digest(title: str, body: str) -> str:
    """What tells one text of an issue from the next."""
    return sha256(f"{title}\n{body}".encode(errors="replace")).hexdigest()[:16]


def taken_at(remarks: Iterable[Remark], now: datetime) -> datetime | None:
    """When somebody last took the issue by a comment that still counts. Programs, and we ourselves, take nothing."""
    taking = [
        remark.at
        for remark in remarks
        if remark.at is not None
        and now - remark.at < SPOKEN_FOR
        and not (remark.is_ours or MARKER in remark.body or (remark.author is not None and remark.author.is_bot))
        and speaks_for(remark.body)
    ]
    return max(taking, default=None)


def without_people(state: State) -> State:
    """The issue as its parts see it: who is assigned, or said so, may be at work on another part."""
    return replace(state, is_assigned=False, is_spoken_for=False)


def is_visible(visible_at: datetime | None, now: datetime, *, is_public: bool | None, ages: bool) -> bool:
    """Whether a project may be shown to the public: it was seen to be public, and lately where that can be checked."""
    if is_public is not True:
        return False
    return not ages or (visible_at is not None and now - visible_at < VISIBLE_FOR)


# --- what happens to its task? ------------------------------------------------------------------------------------


class Step(Enum):
    """What happens to a task because of what happened upstream."""

    NOTHING = "nothing"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    LOSE = "lose"
    """Somebody else took it upstream: they win, the claim ends, the task stays as far as it may."""
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests that say they close the issue: the states of the holder's own, and of everybody else's.

    A draft counts as open among the others', and not at all among the holder's own: it is not submitted yet.
    """

    own: frozenset[RequestState] = frozenset()
    others: frozenset[RequestState] = frozenset()

    @property
    def own_is_rejected(self) -> bool:
        """The holder's last word upstream was refused."""
        return self.own == frozenset({RequestState.CLOSED})


@dataclass(frozen=True, slots=True)
class Upstream:
    """All that matters upstream for a task that somebody holds or has submitted."""

    state: State
    offer: Offer
    requests: Requests = Requests()
    is_public: bool = True
    is_archived: bool = False
    is_taken: bool = False
    """Somebody who is not the holder is assigned."""


def seen_by_a_part(upstream: Upstream) -> Upstream:
    """What happened upstream as a part of the issue sees it: open requests and assignees of others concern other parts."""
    others = upstream.requests.others - {RequestState.OPEN}
    return replace(upstream, requests=replace(upstream.requests, others=others), is_taken=False)


def next_step(status: Status, upstream: Upstream) -> Step:
    """What happens to a task in this state. Final states (done, split) stay as they are."""
    match status:
        case Status.DRAFT | Status.READY | Status.WITHDRAWN:
            if upstream.offer.is_task:
                return Step.OFFER
            return Step.NOTHING if status is Status.WITHDRAWN else Step.WITHDRAW
        case Status.CLAIMED:
            return _while_claimed(upstream)
        case Status.IN_REVIEW:
            return _while_in_review(upstream)
        case _:
            return Step.NOTHING


def _while_claimed(upstream: Upstream) -> Step:
    end = _ended(upstream)
    if end is not None:
        return end
    if RequestState.OPEN in upstream.requests.own:
        return Step.SUBMIT
    if upstream.is_archived or not upstream.offer.is_task:
        return Step.WITHDRAW
    if upstream.is_taken or RequestState.OPEN in upstream.requests.others:
        return Step.LOSE
    return Step.NOTHING


def _while_in_review(upstream: Upstream) -> Step:
    end = _ended(upstream)
    if end is not None:
        return end
    return Step.SEND_BACK if upstream.requests.own_is_rejected else Step.NOTHING


def _ended(upstream: Upstream) -> Step | None:
    """What ends the work whoever is at it: hidden, merged, closed; None: it goes on."""
    if not upstream.state.is_visible or not upstream.is_public:
        return Step.WITHDRAW
    if RequestState.MERGED in upstream.requests.own:
        return Step.ACCEPT
    if upstream.state.is_open:
        return None
    if upstream.requests.own_is_rejected:
        return Step.REJECT
    if upstream.state.closed_as is ClosedAs.NOT_PLANNED or RequestState.MERGED in upstream.requests.others:
        return Step.WITHDRAW
    return Step.ACCEPT


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a task, or submitted it last: the logins they named, since when, and the address they gave."""

    logins: frozenset[str]
    claimed_at: datetime
    submitted_url: str | None = None


def is_holders_own(author: str | None, created_at: datetime | None, url: str, holder: Holder) -> bool:
    """Whether a request is the holder's: by its address, by its author, or, without a named login, by its time."""
    if holder.submitted_url is not None and holder.submitted_url.rstrip("/") == url.rstrip("/"):
        return True
    if holder.logins:
        return author is not None and author.lower() in holder.logins
    return created_at is not None and created_at >= holder.claimed_at


def why_withdrawn(upstream: Upstream, *, is_gone: bool) -> str:
    """The reason that a withdrawn task carries."""
    if not upstream.state.is_visible:
        return (WithdrawnFor.GONE if is_gone else WithdrawnFor.CONFIDENTIAL).value
    if not upstream.is_public:
        return NotOffered.NOT_PUBLIC.value
    if not upstream.state.is_open:
        return WithdrawnFor.CLOSED.value
    return (NotOffered.ARCHIVED if upstream.is_archived else WithdrawnFor.UNLABELLED).value
