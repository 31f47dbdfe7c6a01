"""What the inbox decides about a delivery before anything is applied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sources.model import Event, IssueHidden, IssueSeen, ProjectChanged, ProjectRef

MAX_TRIES = 5
DIED = "its worker died each time"
FIRST_AT_ONCE, MOST_AT_ONCE = 10, 100
"""Deliveries that share a transaction: where little is known of what they cost, and at the most."""
LONGEST_HELD = 0.06
"""Seconds for which a transaction may keep the door from storing what arrives: on SQLite nobody else writes meanwhile."""
OTHER_REPOSITORY = "other_repository"
NO_REPOSITORY = "no_repository"
NOT_FOLLOWED = "not_followed"


class Outcome(StrEnum):
    """What became of a delivery."""

    APPLIED = "applied"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a delivery, and why."""

    outcome: Outcome
    reason: str = ""


def is_about(ref: ProjectRef | None, event: Event, *, external_id: str | None, path: str) -> bool:
    """Whether an event is about the hook's own project.

    Numeric ids decide; a path does so only as long as the project's id is unknown, or where the payload has none.
    """
    if ref is None:
        return False
    if ref.external_id is not None and external_id is not None:
        return ref.external_id == external_id
    old_path = event.old_path if isinstance(event, ProjectChanged) else None
    return path.lower() in {ref.path.lower(), (old_path or "").lower()}


def must_be_blanked(event: Event) -> bool:
    """Whether the stored body holds text that must not be kept, although no header announced it."""
    match event:
        case IssueHidden():
            return True
        case IssueSeen():
            return event.issue.is_confidential
        case _:
            return getattr(event, "reason", "").startswith("confidential")


def next_at_once(at_once: int, done: int, seconds: float) -> int:
    """How many deliveries to take next, after ``done`` of ``at_once`` took so long."""
    if seconds > LONGEST_HELD:
        return max(1, min(at_once, done) // 2)
    if done < at_once:
        return min(at_once, FIRST_AT_ONCE)  # all is done; what comes next may be of another kind
    return min(MOST_AT_ONCE, at_once * 2) if seconds < LONGEST_HELD / 2 else at_once
