"""What waits for the coordinator: which kinds there are, and how old each thing is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kind(Enum):
    """What a thing that waits is about."""

    DAYS_TO_CONFIRM = "days_to_confirm"
    EMPTY_HANDOVER = "empty_handover"
    EXPIRED_CLAIM = "expired_claim"
    PAUSED_PROJECT = "paused_project"
    NO_AGREEMENT = "no_agreement"
    WRITING_HELD = "writing_held"
    DELIVERIES = "deliveries"
    HARVEST = "harvest"
    EFFECTS = "effects"
    TO_SPLIT = "to_split"
    SIZE_WORDS = "size_words"
    RANGES = "ranges"
    TOKEN = "token"  # noqa: S105  (a kind of thing, not a secret)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``ref`` is the id of what its link leads to: a task, a project, or nothing (0).

    ``count`` is how many were put together; ``note`` is a reason as it was written down.
    """

    kind: Kind
    since: datetime
    where: str
    ref: int
    count: int = 1
    note: str = ""


def oldest_first(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """The order of the page; equal ages by kind and place, so that it stays the same."""
    return tuple(sorted(found, key=lambda each: (each.since, each.kind.value, each.where, each.ref)))
