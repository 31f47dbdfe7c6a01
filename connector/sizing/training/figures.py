"""The figures a model is judged by: inside projects, by whole projects, with intervals from resampling projects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FEWEST = 10
"""Projects with fewer issues say nothing about the order inside them."""


def auc(happened: np.ndarray, score: np.ndarray) -> float:
    """The chance that an issue where it happened scores above one where it did not; NaN with one class only."""
    positive, negative = score[happened], score[~happened]
    if not len(positive) or not len(negative):
        return float("nan")
    ordered = np.sort(negative)
    wins = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(wins.sum() / 2 / len(positive) / len(negative))


def auc_inside(projects: np.ndarray, happened: np.ndarray, score: np.ndarray) -> float:
    """The mean of the projects' AUC, weighted by their sizes."""
    values, sizes = [], []
    for name in np.unique(projects):
        own = projects == name
        value = auc(happened[own], score[own]) if own.sum() >= FEWEST else float("nan")
        if np.isfinite(value):
            values.append(value)
            sizes.append(own.sum())
    return float(np.average(values, weights=sizes)) if values else float("nan")


def precision(happened: np.ndarray, score: np.ndarray, share: float = 0.25) -> float:
    """How many of the safest share it happened for; a tie at the border counts by its mean."""
    wanted = max(1, round(share * len(score)))
    border = np.sort(score)[::-1][wanted - 1]
    above, tied = score > border, score == border
    return float((happened[above].sum() + (wanted - above.sum()) * happened[tied].mean()) / wanted)


def calibration_error(happened: np.ndarray, chance: np.ndarray, bins: int = 10) -> float:
    """The mean distance between chance and share in bins of equal width."""
    of = np.clip((chance * bins).astype(int), 0, bins - 1)
    return float(
        sum(
            abs(happened[of == b].mean() - chance[of == b].mean()) * (of == b).mean()
            for b in range(bins)
            if (of == b).any()
        )
    )


def interval_of(
    figure: Callable[..., float], projects: np.ndarray, *columns: np.ndarray, rounds: int = 300
) -> tuple[float, float]:
    """A 95 % interval: whole projects are drawn again, then issues inside each."""
    random, names = np.random.default_rng(0), np.unique(projects)
    places = {name: np.flatnonzero(projects == name) for name in names}
    values = []
    for _ in range(rounds):
        drawn = np.concatenate(
            [random.choice(places[name], len(places[name])) for name in random.choice(names, len(names))]
        )
        value = figure(projects[drawn], *(column[drawn] for column in columns))
        if np.isfinite(value):
            values.append(value)
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
