"""The life of a task: its states, what may follow what, why it is not offered, and how long a claim lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum, StrEnum


class Status(StrEnum):
    """Where a task is. Only done and split are final."""

    DRAFT = "draft"
    READY = "ready"
    CLAIMED = "claimed"
    IN_REVIEW = "in_review"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    SPLIT = "split"


class Outcome(StrEnum):
    """What became of the contribution of a done task."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class EndedAs(StrEnum):
    """How somebody's hold on a task ended."""

    SUBMITTED = "submitted"
    HANDED_OVER = "handed_over"
    RECALLED = "recalled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Refusal(Enum):
    """Why a task does not follow a person's wish now."""

    TAKEN = "TAKEN"
    NOT_READY = "NOT_READY"
    ALREADY_HOLDS_A_TASK = "ALREADY_HOLDS_A_TASK"
    PROJECT_PAUSED = "PROJECT_PAUSED"
    PROJECT_FULL = "PROJECT_FULL"
    STALE = "STALE"


class NotOffered(StrEnum):
    """Why a labelled issue is a draft. The order is the precedence: in the funnel an issue counts at its first reason."""

    CLOSED = "closed"
    ARCHIVED = "archived"
    NOT_PUBLIC = "not_public"
    NOT_AGREED = "not_agreed"
    UNLABELLED = "unlabelled"
    PAUSED = "paused"
    ASSIGNED = "assigned"
    LINKED_REQUEST = "linked_request"
    LOCKED = "locked"
    BLOCKED = "blocked"
    TOO_BIG = "too_big"
    UNLIKELY = "unlikely"
    """The chance that it fits one day is below the programme's line."""
    SECURITY = "security"
    REJECTING_LABEL = "rejecting_label"
    IN_PROGRESS = "in_progress"
    SUB_ISSUES = "sub_issues"
    DRAFT = "draft"
    DISCUSSION = "discussion"
    NEEDS_ACCESS = "needs_access"
    PLATFORM = "platform"
    STALE = "stale"


class Happening(StrEnum):
    """What a task event tells."""

    DRAFTED = "drafted"
    OFFERED = "offered"
    CLAIMED = "claimed"
    NOTICED = "noticed"
    """The holder was told that the claim ends soon."""
    RECALLED = "recalled"
    HANDED_OVER = "handed_over"
    NOTE_WRITTEN = "note_written"
    EXPIRED = "expired"
    SUBMITTED = "submitted"
    LATE_WORK = "late_work"
    """Work handed in by somebody who no longer holds the task."""
    SENT_BACK = "sent_back"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    SPLIT = "split"
    SIZED = "sized"
    """Somebody said how long it takes."""


class WithdrawnFor(StrEnum):
    """Why a task went away; a rule id of `NotOffered` is as good where it says it."""

    CLOSED = "closed"
    UNLABELLED = "unlabelled"
    SOMEBODY_ELSE = "somebody_else"
    CONFIDENTIAL = "confidential"
    GONE = "gone"
    PROJECT_REMOVED = "project_removed"
    STOPPED = "stopped"


TRANSITIONS: dict[Status | None, frozenset[Status]] = {
    None: frozenset({Status.DRAFT, Status.READY}),
    Status.DRAFT: frozenset({Status.READY, Status.WITHDRAWN, Status.SPLIT}),
    Status.READY: frozenset({Status.DRAFT, Status.CLAIMED, Status.WITHDRAWN, Status.SPLIT}),
    Status.CLAIMED: frozenset({Status.READY, Status.IN_REVIEW, Status.WITHDRAWN}),
    Status.IN_REVIEW: frozenset({Status.READY, Status.DONE, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.DRAFT, Status.READY}),
    Status.DONE: frozenset(),
    Status.SPLIT: frozenset(),
}
"""The one table of what may follow what; None: before the task existed."""

FINAL = frozenset(status for status, following in TRANSITIONS.items() if status and not following)
IN_HAND = frozenset({Status.CLAIMED, Status.IN_REVIEW})
"""What counts against a project's limit of work in progress."""

SHOWN_TO_VISITORS = frozenset({Status.READY, Status.CLAIMED, Status.IN_REVIEW, Status.DONE})

WORKING_DAYS = 2
NOTE_STAYS_OPEN = timedelta(hours=24)
NOTICE = timedelta(hours=12)
"""How long before its end the holder is told; a claim never ends sooner than this after the notice."""
VISIBLE_FOR = timedelta(hours=24)
MAX_TEXT = 4000
DAY_CHOICES = (Decimal(0), Decimal("0.5"), Decimal(1))
FULL_DAY = Decimal(1)


_SATURDAY = 5
_END_OF_DAY = time(23, 59, 59)
_REQUEST = re.compile(r"(?P<place>(?:/-)?/(?:pull|pulls|merge_requests)/(?P<number>[1-9]\d{0,17}))(?:[/?#].*)?")


def may_follow(status: Status | None, following: Status) -> bool:
    """Whether the table allows this step."""
    return following in TRANSITIONS[status]


def in_order(reasons: Iterable[str]) -> list[str]:
    """Rule ids without doubles, by precedence; those this version does not know come last."""
    known = [reason.value for reason in NotOffered]
    return sorted(set(reasons), key=lambda reason: (known.index(reason) if reason in known else len(known), reason))


def last_day(claimed_on: date, available_until: date | None) -> date:
    """The last day of a claim: the end of the declared availability, at most two working days, the first included."""
    day, worked = claimed_on, int(_is_working_day(claimed_on))
    while worked < WORKING_DAYS:
        day += timedelta(days=1)
        worked += _is_working_day(day)
    return min(day, available_until) if available_until and available_until >= claimed_on else day


def claim_ends(claimed_at: datetime, available_until: date | None, zone: tzinfo) -> datetime:
    """The end of the claim's last day, in the programme's time zone."""
    day = last_day(claimed_at.astimezone(zone).date(), available_until)
    return datetime.combine(day, _END_OF_DAY, tzinfo=zone)


def is_noticed_now(expires_at: datetime, noticed_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to tell the holder that the claim ends soon."""
    return noticed_at is None and now >= expires_at - NOTICE


def has_expired(expires_at: datetime, noticed_at: datetime | None, now: datetime) -> bool:
    """Whether the claim is over: its time has come, and the holder was told long enough ago."""
    return noticed_at is not None and now >= max(expires_at, noticed_at + NOTICE)


def note_open_until(ended_at: datetime) -> datetime:
    """Until when a note can be completed by its author."""
    return ended_at + NOTE_STAYS_OPEN


def fits_the_date(already: Decimal, more: Decimal) -> bool:
    """Whether a date can take these days too: two halves at most."""
    return already + more <= FULL_DAY


@dataclass(frozen=True, slots=True)
class RequestAddress:
    """A request of a project: its number and its address without a tail."""

    number: int
    url: str


def request_address(url: str, project_url: str) -> RequestAddress | None:
    """The pull or merge request of this project that an address shows; None where it shows anything else."""
    home = project_url.rstrip("/")
    given = url.strip()
    if not given.lower().startswith(f"{home.lower()}/"):
        return None
    match = _REQUEST.fullmatch(given[len(home) :])
    return RequestAddress(int(match["number"]), home + match["place"]) if match else None


def _is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY
