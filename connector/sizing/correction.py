"""What a project's own finished tasks teach: its issues take longer or shorter than those of others.

A residual is log2 of the hours of the team over the hours that were expected: +1 means twice as long. The mean is
shrunk towards none: a few tasks move little, and old ones less than new ones. Tasks that were given up count for the
time spent so far, if that is already more than was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from connector.sizing.calibrating import NO_SHIFT, Shift, shifted
from connector.sizing.model import Calibration, Model, Prediction, chance, range_at

OUTSIDER = 2.0
"""How much longer somebody new needs than a member of the team: an assumption, until our volunteers say better."""
OUTSIDER_WEIGHT = 20
"""How many finished tasks of volunteers weigh as much as that assumption."""
REMEMBERED = 60
"""So many of the last finished tasks of a project count."""
HALVED_AFTER = 12
"""A finished task weighs half as much once so many others of its project were finished after it."""
OWN_RANGE_FROM = 30
"""From so many finished tasks on the project's own residuals bound the range."""
INSIDE = 0.84
"""Share of a project's own residuals inside its range: more than the 80 % promised, for tasks to come differ."""
SAID_WEIGHT = 0.5
"""What somebody who overrode a size said counts half a finished task: they know, and it is still a forecast."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours that volunteers reported for a task, and the hours of the team that had been expected."""

    hours: float
    expected: float
    is_finished: bool = True


@dataclass(frozen=True, slots=True)
class Experience:
    """What finished tasks say: the residuals of this project, oldest first, and how much longer volunteers take.

    ``said``: residuals of sizes that people overrode. ``known``: the last observation there was, 0 for none.
    """

    past: tuple[float, ...] = ()
    outsider: float = OUTSIDER
    said: tuple[float, ...] = ()
    known: int = 0
    shift: Shift = NO_SHIFT


NONE_YET = Experience()
_OBSERVED, _CALIBRATED = re.compile(r" o(\d+)\b"), re.compile(r" c(\d+)\b")
_MOVED = re.compile(r" ([+-]\d+\.\d+) ")


def version_of(model: str, experience: Experience, moved: float) -> str:
    """What an estimate was made with: enough to make it again. ``moved`` in log2 of hours."""
    calibrated = f"{model} c{experience.shift.id}" if experience.shift.id else model
    if not (experience.past or experience.said):
        return calibrated
    counts = f"n{len(experience.past)}+{len(experience.said)}"
    return f"{calibrated} o{experience.known} {counts} {moved:+.3f} x{experience.outsider:.2f}"


def known_to(version: str) -> tuple[int, int]:
    """The last observation and the calibration that an estimate of this version was made with; 0 for none."""
    found = [pattern.search(version) for pattern in (_OBSERVED, _CALIBRATED)]
    observed, calibrated = (int(one[1]) if one else 0 for one in found)
    return observed, calibrated


def uncorrected(hours: float, version: str) -> float:
    """The hours that the model alone had expected, where an estimate of this version said ``hours``."""
    found = _MOVED.search(version)
    return hours / 2 ** float(found[1]) if found else hours


def outsider_factor(worked: Iterable[Worked]) -> float:
    """How much longer our volunteers take than a team was expected to, all projects together.

    A task that was given up took at least this long: it counts only where that is more than follows from finished ones.
    """
    known = [one for one in worked if _is_known(one)]
    finished = [_longer(one) for one in known if one.is_finished]
    usual = _shrunk(finished)
    return 2 ** _shrunk([*finished, *(_longer(one) for one in known if not one.is_finished and _longer(one) > usual)])


def residuals(worked: Iterable[Worked], factor: float) -> tuple[float, ...]:
    """The last residuals of one project, oldest first, in hours of its team."""
    found = [(_longer(one) - math.log2(factor), one.is_finished) for one in worked if _is_known(one)]
    return tuple(residual for residual, is_finished in found if is_finished or residual > 0)[-REMEMBERED:]


def by_age(count: int) -> list[float]:
    """What so many residuals weigh, oldest first; the newest weighs 1."""
    return [0.5 ** (age / HALVED_AFTER) for age in reversed(range(count))]


def correct(model: Model, said: Prediction, experience: Experience) -> Prediction:
    """The prediction moved by the project's residuals; then by the calibration; unchanged where there is neither.

    The half day of the team stands for the day of somebody new while those take twice as long; where volunteers were
    seen to take longer or shorter, the chance is that of the part of a day that is then as good.
    """
    past, said_so = experience.past, experience.said
    if not (past or said_so) or model.warm is None:
        return shifted(said, experience.shift)
    ages = by_age(len(past))
    weight = sum(ages) + SAID_WEIGHT * len(said_so)
    moved = said.log_hours + (
        sum(age * residual for age, residual in zip(ages, past, strict=True)) + SAID_WEIGHT * sum(said_so)
    ) / (weight + model.prior)
    low, high = _range(model.warm, moved, past)
    corrected = replace(
        said,
        log_hours=moved,
        p_half_day=chance(model.warm.half_day, moved + math.log2(experience.outsider / OUTSIDER)),
        p_day=chance(model.warm.day, moved),
        low=low,
        high=high,
    )
    return shifted(corrected, experience.shift)


def _is_known(one: Worked) -> bool:
    return one.hours > 0 and one.expected > 0


def _longer(one: Worked) -> float:
    return math.log2(one.hours / one.expected)


def _shrunk(longer: Sequence[float]) -> float:
    prior = math.log2(OUTSIDER) * OUTSIDER_WEIGHT
    return (sum(longer) + prior) / (len(longer) + OUTSIDER_WEIGHT)


def _range(calibration: Calibration, moved: float, past: Sequence[float]) -> tuple[float, float]:
    if len(past) >= OWN_RANGE_FROM:
        middle = fmean(past)
        below, above = shortest([residual - middle for residual in past])
        return 2 ** (moved + below), 2 ** (moved + above)
    return range_at(calibration, moved)


def shortest(values: Iterable[float]) -> tuple[float, float]:
    """The shortest window that holds so many of the values and of one to come that 80 % of later ones stay inside."""
    ordered = sorted(values)
    width = min(math.ceil(INSIDE * (len(ordered) + 1)), len(ordered) - 1)
    return min(
        ((ordered[at], ordered[at + width]) for at in range(len(ordered) - width)),
        key=lambda window: window[1] - window[0],
    )
