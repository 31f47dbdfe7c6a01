"""From what was announced and what happened to the shift that makes the next announcements come true. Plain values.

A chance is moved along the line start + slope x logit; a range is made wider or narrower around its middle until it
would have held for 80 % of the tasks and of one to come. Few tasks move the chances little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from connector.sizing.model import Prediction

INSIDE = 0.8
START_SPREAD, SLOPE_SPREAD = 0.5, 0.25
"""How far start and slope are expected to be from 0 and 1, before anything happened."""
ROUNDS = 25
NARROWEST, WIDEST = 0.5, 3.0
SUREST = 0.995
LEAST_WIDTH = 0.05


@dataclass(frozen=True, slots=True)
class Shift:
    """A calibration: ``id`` 0 is none at all."""

    id: int = 0
    start: float = 0.0
    slope: float = 1.0
    wider: float = 1.0


NO_SHIFT = Shift()


@dataclass(frozen=True, slots=True)
class Announced:
    """What was said of a task, and what it took: hours of the team; ``fitted``: a volunteer's day was enough."""

    chance: float
    low: float
    mid: float
    high: float
    hours: float = 0.0
    fitted: bool = False

    def of(self, hours: float, *, fitted: bool) -> Announced:
        """The same with what happened."""
        return replace(self, hours=hours, fitted=fitted)

    def without(self, shift: Shift) -> Announced:
        """As it was before this calibration."""
        return replace(
            self,
            chance=_logistic((_logit(self.chance) - shift.start) / shift.slope),
            low=self.mid * (self.low / self.mid) ** (1 / shift.wider),
            high=self.mid * (self.high / self.mid) ** (1 / shift.wider),
        )


def shifted(said: Prediction, shift: Shift) -> Prediction:
    """The prediction after this calibration; the hours stay."""
    if not shift.id:
        return said
    mid = 2**said.log_hours
    return replace(
        said,
        p_half_day=_logistic(shift.start + shift.slope * _logit(said.p_half_day)),
        p_day=_logistic(shift.start + shift.slope * _logit(said.p_day)),
        low=mid * (said.low / mid) ** shift.wider,
        high=mid * (said.high / mid) ** shift.wider,
    )


def fitted(announced: Sequence[Announced]) -> Shift:
    """The shift that suits what happened best; none without anything announced."""
    if not announced:
        return NO_SHIFT
    start, slope = _line(announced)
    return Shift(0, round(start, 4), round(slope, 4), round(_wider(announced), 4))


def _line(announced: Sequence[Announced]) -> tuple[float, float]:
    """Newton's method on the logistic likelihood with the two expectations above."""
    points = [(_logit(one.chance), float(one.fitted)) for one in announced]
    start, slope = 0.0, 1.0
    for _ in range(ROUNDS):
        said = [_logistic(start + slope * logit) for logit, _ in points]
        first = sum(p - y for p, (_, y) in zip(said, points, strict=True)) + start / START_SPREAD**2
        second = sum((p - y) * x for p, (x, y) in zip(said, points, strict=True)) + (slope - 1) / SLOPE_SPREAD**2
        weights = [p * (1 - p) for p in said]
        a = sum(weights) + 1 / START_SPREAD**2
        b = sum(w * x for w, (x, _) in zip(weights, points, strict=True))
        c = sum(w * x * x for w, (x, _) in zip(weights, points, strict=True)) + 1 / SLOPE_SPREAD**2
        down = a * c - b * b
        start, slope = start - (c * first - b * second) / down, slope - (a * second - b * first) / down
    return start, max(slope, SLOPE_SPREAD)


def _wider(announced: Sequence[Announced]) -> float:
    """The least width at which the range had held for 80 % and one more; at most three times as wide."""
    needed = sorted(_needed(one) for one in announced)
    place = math.ceil(INSIDE * (len(needed) + 1)) - 1
    return min(max(needed[place], NARROWEST), WIDEST) if place < len(needed) else WIDEST


def _needed(one: Announced) -> float:
    off = math.log2(max(one.hours, 0.01) / one.mid)
    width = math.log2(one.high / one.mid) if off > 0 else math.log2(one.mid / one.low)
    return abs(off) / max(width, LEAST_WIDTH)


def _logit(chance: float) -> float:
    bounded = min(max(chance, 1 - SUREST), SUREST)
    return math.log(bounded / (1 - bounded))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
