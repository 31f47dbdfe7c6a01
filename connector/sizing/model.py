"""A linear model of words and shape: from a text to hours, chances and an interval. Standard library only.

The file beside this module is written by ``make train``; docs/sizing.md is its model card. The score is a sum: each
word and each feature of the shape adds its part, so that the parts are the reasons.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from connector.sizing.text import Text

FILE = "model.json.gz"
FURTHEST = 3.0
"""Shapes further from the mean than so many standard deviations count as this: a log file is not ten times a log."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a score becomes hours, chances and a range. Pairs are (at zero, for each unit of score)."""

    hours: tuple[float, float]
    half_day: tuple[float, float]
    day: tuple[float, float]
    steps: tuple[float, ...]
    ranges: tuple[tuple[float, float], ...]
    """Hours from low to high that held 80 %: below the first step, then from each step of the score on. Round figures,
    for such are logged: a range that ends just before eight hours would miss what one issue in eighteen took."""
    limits: tuple[float, float] = (-math.inf, math.inf)
    """Scores beyond count as these: what is odder than nearly all that was learned from is no surer for it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model. ``words``: for title and body, word -> (rarity, weight); other weights are by name."""

    version: str
    bias: float
    words: Mapping[str, Mapping[str, tuple[float, float]]]
    shape: Mapping[str, tuple[float, float, float]]
    kinds: Mapping[str, float]
    priorities: Mapping[str, float]
    calibrations: tuple[Calibration, Calibration]
    """Without and with a known kind."""
    prior: float = 8.0
    """How many finished tasks of a project weigh as much as what other projects taught."""
    warm: Calibration | None = None
    """From log2 of hours, once a project has finished tasks."""
    names: frozenset[str] = frozenset()
    """Stems of words that only name something: they weigh, but no reason is made of them."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says. ``parts``: what each feature adds to log2 of the hours, strongest first."""

    log_hours: float
    p_half_day: float
    p_day: float
    low: float
    high: float
    parts: tuple[tuple[str, float], ...]


def from_json(data: Mapping[str, Any]) -> Model:
    """A model as ``make train`` writes it."""
    return Model(
        version=data["version"],
        bias=data["bias"],
        words={
            field: {word: (rarity / 100, weight / 1000) for word, (rarity, weight) in known.items()}
            for field, known in data["words"].items()
        },
        shape={name: (mean, spread, weight) for name, (mean, spread, weight) in data["shape"].items()},
        kinds=data["kinds"],
        priorities=data["priorities"],
        calibrations=(_calibration(data["without_kind"]), _calibration(data["with_kind"])),
        prior=data.get("prior", 8.0),
        warm=_calibration(data["warm"]) if "warm" in data else None,
        names=frozenset(data.get("names", ())),
    )


@cache
def packaged() -> Model:
    """The model that this version ships, read once."""
    packed = resources.files("connector.sizing").joinpath(FILE).read_bytes()
    return from_json(json.loads(gzip.decompress(packed)))


def predict(model: Model, text: Text, *, kind: str | None = None, priority: str | None = None) -> Prediction:
    """Hours and chances of a member of the team. Unknown words, kinds and priorities add nothing."""
    known_kind, known_priority = model.kinds.get(kind or "", 0.0), model.priorities.get(priority or "", 0.0)
    parts = [
        *_words(model, "title", text.title),
        *_words(model, "body", text.body),
        *_shape(model, text.shape),
        (f"kind:{kind}", known_kind),
        (f"priority:{priority}", known_priority),
    ]
    score = model.bias + sum(part for _, part in parts)
    calibration = model.calibrations[kind in model.kinds]
    score = min(max(score, calibration.limits[0]), calibration.limits[1])
    log_hours, scale = _line(calibration.hours, score), calibration.hours[1]
    low, high = range_at(calibration, score)
    return Prediction(
        log_hours=log_hours,
        p_half_day=chance(calibration.half_day, score),
        p_day=chance(calibration.day, score),
        low=low,
        high=high,
        parts=tuple(sorted(((name, part * scale) for name, part in parts if part), key=lambda part: -abs(part[1]))),
    )


def chance(pair: tuple[float, float], score: float) -> float:
    """The logistic of a line."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, _line(pair, score)))))


def range_at(calibration: Calibration, score: float) -> tuple[float, float]:
    """Hours, low and high, that 80 % of the issues with about this score took."""
    return calibration.ranges[bisect_right(calibration.steps, score)]


def _words(model: Model, field: str, counts: Mapping[str, int]) -> list[tuple[str, float]]:
    known = model.words[field]
    seen = [(word, (1 + math.log(count)) * known[word][0]) for word, count in counts.items() if word in known]
    length = math.sqrt(sum(value * value for _, value in seen)) or 1.0
    return [(f"{field}:{word}", value / length * known[word][1]) for word, value in seen]


def _shape(model: Model, shape: Mapping[str, float]) -> list[tuple[str, float]]:
    return [
        (name, max(-FURTHEST, min(FURTHEST, (shape[name] - mean) / spread)) * weight)
        for name, (mean, spread, weight) in model.shape.items()
    ]


def _line(pair: tuple[float, float], score: float) -> float:
    return pair[0] + pair[1] * score


def _calibration(data: Mapping[str, Any]) -> Calibration:
    return Calibration(
        hours=tuple(data["hours"]),
        half_day=tuple(data["half_day"]),
        day=tuple(data["day"]),
        steps=tuple(data["steps"]),
        ranges=tuple((low, high) for low, high in data["ranges"]),
        limits=tuple(data.get("limits", (-math.inf, math.inf))),
    )
