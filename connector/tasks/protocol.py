"""Claim, hand-over and handing in as pure decisions: what a claim is judged by, and where a task goes when it is let go.

The services read the task under its lock, ask here, and write what is answered in the same transaction; of two claims
that come between, the unique indexes of `assignment` let one through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from connector.courtesy.rules import NotTaken
from connector.tasks.rules import EndedAs, Refusal, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """A task as a claim is judged by. ``closed``: what its project's policy has against one more."""

    status: Status
    version: int
    is_removed: bool = False
    closed: NotTaken | None = None


def why_not(standing: Standing, *, holds_another: bool, version: int | None) -> Refusal | None:
    """What stands against a claim; ``version`` is the one of the form it was taken from, None: of no form."""
    if standing.status is Status.CLAIMED:
        return Refusal.TAKEN
    if standing.status is not Status.READY or standing.is_removed:
        return Refusal.NOT_READY
    if standing.closed is NotTaken.PAUSED:
        return Refusal.PROJECT_PAUSED
    if version is not None and version != standing.version:
        return Refusal.STALE
    if holds_another:
        return Refusal.ALREADY_HOLDS_A_TASK
    return Refusal.PROJECT_FULL if standing.closed is NotTaken.FULL else None


GOES_TO: Mapping[EndedAs, Status] = {
    EndedAs.RECALLED: Status.READY,
    EndedAs.HANDED_OVER: Status.READY,
    EndedAs.EXPIRED: Status.READY,
    EndedAs.SUBMITTED: Status.IN_REVIEW,
    EndedAs.WITHDRAWN: Status.WITHDRAWN,
}
"""Where a task goes when somebody's hold on it ends so: never to nobody while it says that it is claimed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One person's last hold on a task."""

    is_open: bool
    submitted_url: str | None = None


class HandedIn(Enum):
    """What it means that a person hands in a request."""

    REFUSED = "refused"
    """They never held the task."""
    AGAIN = "again"
    """A second press: it is known already."""
    SUBMITS = "submits"
    LATE = "late"
    """They hold it no longer: kept beside the task, which belongs to whoever has it now."""


def hand_in(hold: Hold | None, url: str) -> HandedIn:
    """What to do with the address of a request that a person hands in."""
    if hold is None:
        return HandedIn.REFUSED
    if hold.submitted_url == url:
        return HandedIn.AGAIN
    return HandedIn.SUBMITS if hold.is_open else HandedIn.LATE
