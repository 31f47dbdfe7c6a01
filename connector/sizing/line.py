"""Where the line is between offering an issue and splitting it, and what each line let through on development data."""

from __future__ import annotations

from dataclasses import dataclass

UNLIKELY = "unlikely"
"""The rule id of an issue below the line."""
DEFAULT = 0.67
"""The lowest line at which 80 % of what it let through held, on development data."""

SAYS_ENOUGH = 30
"""Issues of fewer words are not judged by a chance: the model has little to go by, and their maintainer invited newcomers."""


@dataclass(frozen=True, slots=True)
class LetThrough:
    """On development data: the share of issues that a line lets through, and how many of those fitted half a day."""

    line: float
    share: float
    held: float


MEASURED = tuple(
    LetThrough(line, share, held)
    for line, share, held in (
        (0.00, 1.000, 0.655), (0.40, 0.883, 0.687), (0.50, 0.773, 0.721), (0.55, 0.703, 0.742), (0.60, 0.619, 0.766),
        (0.64, 0.557, 0.781), (0.67, 0.506, 0.800), (0.70, 0.456, 0.812), (0.75, 0.363, 0.838), (0.80, 0.281, 0.863),
        (0.85, 0.195, 0.886), (0.90, 0.103, 0.928),
    )
)  # fmt: skip
"""2,034 issues of 49 projects, each judged with and without its kind by a model that never saw its project (`make bench-sizing`)."""


def is_below(chance: float, line: float, *, is_judged: bool) -> bool:
    """Whether an issue is to be split rather than offered. Stated and overridden sizes are not judged by a chance."""
    return is_judged and chance < line
