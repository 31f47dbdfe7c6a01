"""What was set aside: the kinds there are, and how one is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

HELD = "held since a restore: it may have been done after the backup"
"""The reason that what waited in a backup carries until somebody releases it."""


class Kind(StrEnum):
    """What was set aside. A quarantined delivery was not understood; a parked one failed too often."""

    QUARANTINED = "quarantined"
    DELIVERY = "delivery"
    JOB = "job"
    EFFECT = "effect"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Parked:
    """One thing that was set aside. ``about`` is a forge's event, a job's or an effect's kind with its object.

    ``where`` is a project's path, an owner whose hook covers many projects, or empty; ``can_retry`` is False where its content is kept no longer.
    """

    kind: Kind
    id: int
    since: datetime
    about: str
    reason: str
    where: str = ""
    project_id: int | None = None
    can_retry: bool = True

    @property
    def name(self) -> str:
        """How a command names it."""
        return f"{self.kind}/{self.id}"

    @property
    def is_held(self) -> bool:
        """Whether only a restore keeps it from being sent."""
        return self.reason == HELD


def parse_name(text: str) -> tuple[Kind, int | None] | None:
    """``job/12`` is one of them, ``job`` all of a kind; None for anything else."""
    kind, slash, number = text.partition("/")
    if kind not in set(Kind) or (slash and not (number.isascii() and number.isdigit() and len(number) < 19)):
        return None
    return Kind(kind), int(number) if slash else None
