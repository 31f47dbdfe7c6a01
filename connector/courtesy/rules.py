"""A project's policy: what may be written there and what may be taken there, as one value that everything asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

DEFAULT_CAP = 2
MAX_CAP = 50
MOST_AN_HOUR = 30
"""Writes in one project an hour. More than that is a fault of ours: everything is held until somebody has looked."""
WRITES_A_CLAIM = 6
"""A mark, a label and a comment, each put there and taken back: large caps need more than `MOST_AN_HOUR`."""
MOST_QUIET = 30
REJECTIONS = 2
SILENCE = timedelta(days=14)
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})")


class Upstream(StrEnum):
    """What a project may allow us to write, each by itself."""

    COMMENT = "comment"
    ASSIGN = "assign"
    LABEL = "label"


OFFERED_WRITES = tuple(Upstream)
"""What a maintainer can switch on."""

ACTIONS: Mapping[str, Upstream] = {
    "comment": Upstream.COMMENT,
    "assign": Upstream.ASSIGN,
    "unassign": Upstream.ASSIGN,
    "label": Upstream.LABEL,
    "unlabel": Upstream.LABEL,
}
"""Kind of effect -> the action that the project must have opted in to."""

TAKES_BACK = frozenset({"unassign", "unlabel"})
"""What leaves less of us in a project than there was."""


class AiPolicy(StrEnum):
    """What a project says of contributions made with an AI. One that says nothing is asked as if it said disclose."""

    FORBIDDEN = "forbidden"
    DISCLOSE = "disclose"
    FREE = "free"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days on which a project wants its peace, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project's maintainers allow and wish now, all of it.

    ``open_cap``: tasks in hand or in review at once. ``weekly_cap``: tasks taken in a week, None for no such limit.
    ``kept``: how many of the tasks on offer are left to the project's own newcomers.
    ``claim_label``: the project's own label that marks what is taken; empty: none. ``suggests``: an assignee is only
    proposed, where the forge can do that. ``is_stopped``: paused, opted out or followed no longer. ``is_held``: we
    wrote too much there, and nobody has looked yet.
    """

    allows: frozenset[Upstream] = frozenset()
    open_cap: int = DEFAULT_CAP
    weekly_cap: int | None = None
    kept: int = 0
    quiet: tuple[Quiet, ...] = ()
    ai: AiPolicy = AiPolicy.UNKNOWN
    claim_label: str = ""
    suggests: bool = False
    language: str = "en"
    is_stopped: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What a project has of us now: tasks on offer, in hand or in review, and taken since Monday."""

    ready: int = 1
    open: int = 0
    this_week: int = 0


class NotWritten(Enum):
    """Why something is not written."""

    NOT_ALLOWED = "the project no longer allows it"
    STOPPED = "the project wants no more of it"
    QUIET = "the project has a quiet week"
    NOT_PUBLIC = "the issue is not public any more"
    UNFIT = "the text of ours breaks a rule of courtesy"
    HELD = "too much was written in this project within an hour; a coordinator has to look"

    @property
    def passes(self) -> bool:
        """Whether waiting helps."""
        return self in {NotWritten.QUIET, NotWritten.HELD}


class NotTaken(Enum):
    """Why no task of a project can be taken now."""

    PAUSED = "paused"
    FULL = "full"


def why_not_write(policy: Policy, kind: str, today: date, *, is_new: bool = True) -> NotWritten | None:
    """What stands against an effect of this kind. ``is_new`` False: it changes a comment that stands there already.

    What takes a mark of ours away again, or says in our own comment that nobody is at work, goes out after a stop too.
    """
    if ACTIONS.get(kind) not in policy.allows:
        return NotWritten.NOT_ALLOWED
    if policy.is_held:
        return NotWritten.HELD
    if kind in TAKES_BACK or (kind == "comment" and not is_new):
        return None
    if policy.is_stopped:
        return NotWritten.STOPPED
    return NotWritten.QUIET if is_quiet(policy, today) else None


def why_not_take(policy: Policy, load: Load, today: date) -> NotTaken | None:
    """What stands against taking one more task of this project."""
    if policy.is_stopped or is_quiet(policy, today):
        return NotTaken.PAUSED
    if load.open >= policy.open_cap or load.ready <= policy.kept:
        return NotTaken.FULL
    is_spent = policy.weekly_cap is not None and load.this_week >= policy.weekly_cap
    return NotTaken.FULL if is_spent else None


def is_quiet(policy: Policy, today: date) -> bool:
    """Whether the project wants its peace today."""
    return quiet_until(policy, today) is not None


def quiet_until(policy: Policy, today: date) -> date | None:
    """The last day of the peace that holds today, weeks that follow each other taken together; None: none holds."""
    last: date | None = None
    for each in sorted(policy.quiet, key=lambda quiet: quiet.first):
        reached = today if last is None else last + timedelta(days=1)
        if each.first <= reached <= each.last:
            last = each.last
    return last


def wrote_too_much(policy: Policy, written: int) -> bool:
    """Whether so many writes in one project within an hour must be a fault."""
    return written >= max(MOST_AN_HOUR, WRITES_A_CLAIM * policy.open_cap)


def narrowed(allowed: Iterable[str], by_file: Iterable[str] | None) -> frozenset[Upstream]:
    """What people allowed, less what the project's own file does not name; None: it says nothing of that."""
    known = {action.value for action in Upstream}
    kept = {name for name in allowed if name in known and (by_file is None or name in by_file)}
    return frozenset(Upstream(name) for name in kept)


def effective_cap(wished: int, *others: int | None) -> int:
    """The lowest of the caps: what people wish, what the project's file says, and what the forge itself takes."""
    return min([wished, *(cap for cap in others if cap is not None)])


def monday(today: date) -> date:
    """The first day of this week."""
    return today - timedelta(days=today.weekday())


def weeks(text: str) -> tuple[Quiet, ...] | None:
    """Quiet weeks as typed: ``2026-W52`` or ``2026-12-21 2027-01-03``, one a line; None where one is not understood."""
    found: list[Quiet] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        quiet = _week(line)
        if quiet is None:
            return None
        found.append(quiet)
    return tuple(sorted(found, key=lambda quiet: quiet.first)) if len(found) <= MOST_QUIET else None


def _week(line: str) -> Quiet | None:
    try:
        if named := _WEEK.fullmatch(line):
            first = date.fromisocalendar(int(named["year"]), int(named["week"]), 1)
            return Quiet(first, first + timedelta(days=6))
        ends = [date.fromisoformat(word) for word in line.split()]
    except ValueError:
        return None
    if not 1 <= len(ends) <= 2 or ends[0] > ends[-1]:
        return None
    return Quiet(ends[0], ends[-1])


def is_refused_too_often(outcomes: Iterable[str]) -> bool:
    """Whether the last contributions, newest first, were all declined."""
    newest = list(outcomes)[:REJECTIONS]
    return len(newest) == REJECTIONS and set(newest) == {"rejected"}
