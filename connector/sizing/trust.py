"""How well sizes came true: announced chances beside what happened, and how often the range held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

PUBLIC_FROM = 50
"""Finished tasks before a comparison says anything to the public."""
LATEST = 30
ALARM_BELOW = 0.7


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished task: what was announced, and what it took. Hours are hours of the team."""

    project: str
    chance: float
    low: float
    high: float
    hours: float
    fitted: bool

    @property
    def was_covered(self) -> bool:
        """Did the range hold?"""
        return self.low <= self.hours <= self.high


@dataclass(frozen=True, slots=True)
class Bin:
    """Tasks whose announced chance lay in one tenth: their number, the mean chance and the share that fitted."""

    start: float
    count: int
    announced: float
    happened: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the range held; ``name`` is a project's path, empty for all together."""

    name: str
    count: int
    covered: float


def reliability(outcomes: Iterable[Outcome]) -> tuple[Bin, ...]:
    """A bin for each tenth of chance that was announced at all, smallest first."""
    ordered = sorted(outcomes, key=lambda one: one.chance)
    return tuple(_bin(tenth, list(members)) for tenth, members in groupby(ordered, key=_tenth))


def coverage(outcomes: Sequence[Outcome]) -> tuple[Coverage, ...]:
    """Overall first, then each project by name."""
    by_name = sorted(outcomes, key=lambda one: one.project)
    each = [_coverage(name, list(members)) for name, members in groupby(by_name, key=lambda one: one.project)]
    return (_coverage("", outcomes), *each) if outcomes else ()


def is_alarming(outcomes: Sequence[Outcome]) -> bool:
    """Whether the range held for too few of the latest tasks; ``outcomes`` come oldest first."""
    latest = outcomes[-LATEST:]
    return len(latest) == LATEST and _coverage("", latest).covered < ALARM_BELOW


def _tenth(outcome: Outcome) -> int:
    return min(int(outcome.chance * 10), 9)


def _bin(tenth: int, members: Sequence[Outcome]) -> Bin:
    count = len(members)
    return Bin(
        tenth / 10, count, sum(one.chance for one in members) / count, sum(one.fitted for one in members) / count
    )


def _coverage(name: str, members: Sequence[Outcome]) -> Coverage:
    return Coverage(name, len(members), sum(one.was_covered for one in members) / len(members))
