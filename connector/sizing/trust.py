"""How well sizes came true: announced chances beside what happened, and how often the range held."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import accumulate, groupby

PUBLIC_FROM = 50
"""Finished tasks before a comparison says anything to the public."""
PROMISED = 0.8
"""How often a range is said to hold."""
LATEST = 30
ALARM_BELOW = 0.7


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task: what was announced before anybody took it, and what it took. Hours are hours of the team.

    ``fitted``: a day was enough. Not ``is_finished``: it takes more than these hours; such a task is only known where
    it did not fit. ``at`` is when it was finished.
    """

    project: str
    at: datetime
    chance: float
    low: float
    high: float
    hours: float
    fitted: bool
    is_finished: bool = True

    @property
    def was_covered(self) -> bool:
        """Did the range hold?"""
        return self.low <= self.hours <= self.high


@dataclass(frozen=True, slots=True)
class Bin:
    """Tasks whose announced chance lay between two tenths: their number, the mean chance and the share that fitted."""

    start: float
    end: float
    count: int
    announced: float
    happened: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the range held; ``name`` is a project's path, empty for all together."""

    name: str
    count: int
    covered: float


class Verdict(Enum):
    """What happened, beside what was said: off by more than luck explains, or not."""

    FEWER = "fewer"
    AS_SAID = "as_said"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many tasks, how many it was to be true of by what was said, and how many it was true of."""

    count: int
    expected: float
    happened: int
    verdict: Verdict

    @property
    def said(self) -> float:
        """The share that was to be."""
        return self.expected / self.count

    @property
    def share(self) -> float:
        """The share that there was."""
        return self.happened / self.count


def finished(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those whose time is known to the end."""
    return [one for one in outcomes if one.is_finished]


def reliability(outcomes: Iterable[Outcome]) -> tuple[Bin, ...]:
    """A bin for each tenth of chance that was announced at all, smallest first."""
    ordered = sorted(outcomes, key=lambda one: one.chance)
    return tuple(_bin(tenth, list(members)) for tenth, members in groupby(ordered, key=_tenth))


def coverage(outcomes: Iterable[Outcome]) -> tuple[Coverage, ...]:
    """Of finished tasks: overall first, then each project by name."""
    by_name = sorted(finished(outcomes), key=lambda one: one.project)
    each = [_coverage(name, list(members)) for name, members in groupby(by_name, key=lambda one: one.project)]
    return (_coverage("", by_name), *each) if by_name else ()


def fitting(outcomes: Sequence[Outcome]) -> Tally:
    """How many fitted one day, beside what the chances add up to."""
    return _tally([one.chance for one in outcomes], sum(one.fitted for one in outcomes))


def holding(outcomes: Iterable[Outcome]) -> Tally:
    """For how many finished tasks the range held, beside the share that is promised."""
    known = finished(outcomes)
    return _tally([PROMISED] * len(known), sum(one.was_covered for one in known))


def alarming_since(outcomes: Iterable[Outcome]) -> datetime | None:
    """Since when the range holds for too few of the latest finished tasks; None where it holds for enough of them.

    ``outcomes`` come in the order they were finished in.
    """
    known = finished(outcomes)
    held = [0, *accumulate(one.was_covered for one in known)]
    since: datetime | None = None
    for last, one in enumerate(known[LATEST - 1 :], start=LATEST):
        is_alarming = (held[last] - held[last - LATEST]) / LATEST < ALARM_BELOW
        since = (since or one.at) if is_alarming else None
    return since


def _tenth(outcome: Outcome) -> int:
    return min(int(outcome.chance * 10), 9)


def _bin(tenth: int, members: Sequence[Outcome]) -> Bin:
    count = len(members)
    announced, fitted = sum(one.chance for one in members), sum(one.fitted for one in members)
    return Bin(tenth / 10, (tenth + 1) / 10, count, announced / count, fitted / count)


def _coverage(name: str, members: Sequence[Outcome]) -> Coverage:
    return Coverage(name, len(members), sum(one.was_covered for one in members) / len(members))


def _tally(said: Sequence[float], happened: int) -> Tally:
    """Luck is two standard deviations of what the chances would give were they true."""
    expected, luck = sum(said), 2 * math.sqrt(sum(chance * (1 - chance) for chance in said))
    if happened < expected - luck:
        return Tally(len(said), expected, happened, Verdict.FEWER)
    return Tally(len(said), expected, happened, Verdict.MORE if happened > expected + luck else Verdict.AS_SAID)
