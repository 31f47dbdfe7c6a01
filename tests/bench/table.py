"""What a scenario found: a table of figures, and the goals they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median


class Sense(Enum):
    """Which side of its limit a figure should be on."""

    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the limit it should keep."""

    what: str
    value: float
    sense: Sense
    limit: float
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure is on the right side."""
        return self.value >= self.limit if self.sense is Sense.AT_LEAST else self.value <= self.limit

    def __str__(self) -> str:
        verdict = "met" if self.is_met else "MISSED"
        unit = f" {self.unit}" if self.unit else ""
        return f"{verdict:<7} {self.what}: {self.value:.2f}{unit} (goal {self.sense.value} {self.limit:g}{unit})"


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of figures under named columns. The first column is text, the others are right-aligned."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()

    def __str__(self) -> str:
        grid = (self.columns, *self.lines)
        widths = [max(len(cell) for cell in column) for column in zip(*grid, strict=True)]
        rule = tuple("-" * width for width in widths)
        body = "\n".join(_line(cells, widths) for cells in (self.columns, rule, *self.lines))
        return "\n".join([self.title, "", body, "", *map(str, self.goals)])


@dataclass(frozen=True, slots=True)
class Size:
    """How much a scenario does: seconds of each measurement, rounds to take the median of, things to count."""

    seconds: float = 4.0
    rounds: int = 3
    count: int = 5_000


def ratio_of_medians(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How our figures compare with those measured around them in the same run."""
    return median(ours) / median(theirs)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if place == 0 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()
