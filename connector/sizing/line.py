"""What the programme offers: where the line is between offering and splitting, and how old an issue may be.

What each line let through was measured on development data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

UNLIKELY = "unlikely"
"""The rule id of an issue below the line."""
DEFAULT = 0.67
"""The lowest line at which 80 % of what it let through held, on development data."""

SAYS_ENOUGH = 30
"""Issues of fewer words are not judged by a chance: the model has little to go by, and their maintainer invited newcomers."""


@dataclass(frozen=True, slots=True)
class Line:
    """From which chance on an issue is offered, and how many days without news at most; None: whatever its age."""

    chance: float = DEFAULT
    quiet_days: int | None = None

    def is_past(self, last_news: datetime, now: datetime) -> bool:
        """Whether there was no news of an issue for too long."""
        return self.quiet_days is not None and now - last_news > timedelta(days=self.quiet_days)


@dataclass(frozen=True, slots=True)
class LetThrough:
    """On development data: the share of issues that a line lets through, and how many of those fitted half a day."""

    line: float
    share: float
    held: float


MEASURED = tuple(
    LetThrough(line, share, held)
    for line, share, held in (
        (0.00, 1.000, 0.655), (0.40, 0.880, 0.689), (0.50, 0.773, 0.720), (0.55, 0.705, 0.743), (0.60, 0.622, 0.765),
        (0.64, 0.554, 0.786), (0.67, 0.505, 0.800), (0.70, 0.455, 0.818), (0.75, 0.368, 0.833), (0.80, 0.278, 0.863),
        (0.85, 0.192, 0.889), (0.90, 0.102, 0.923),
    )
)  # fmt: skip
"""2,034 issues of 49 projects, each judged with and without its kind by a model that never saw its project (`make bench-sizing`)."""


def is_below(chance: float, line: float, *, is_judged: bool) -> bool:
    """Whether an issue is to be split rather than offered. Stated and overridden sizes are not judged by a chance."""
    return is_judged and chance < line
