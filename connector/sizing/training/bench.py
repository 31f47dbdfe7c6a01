"""The table of `make bench-sizing`: the model beside a constant, the length and TF-IDF, cross-validated by project."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge

from connector.sizing.correction import REMEMBERED, Experience, correct
from connector.sizing.line import MEASURED
from connector.sizing.model import Model, Prediction, from_json, predict
from connector.sizing.training.figures import auc, auc_inside, calibration_error, interval_of, precision
from connector.sizing.training.fit import Packs, by_project, fit, words_of
from connector.sizing.training.packs import Pack

FOLDS = 8
HALF_DAY, DAY = 4.0, 8.0
PROMISED = 0.8
"""How many of the offered issues are to fit, by the default line."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one contender says of every issue, each answered by a model that never saw its project."""

    name: str
    half_day: np.ndarray
    day: np.ndarray
    log_hours: np.ndarray
    low: np.ndarray
    high: np.ndarray


def models_of(packs: Packs) -> list[Model]:
    """For each fold a model that saw none of its projects."""
    words, folds = words_of(packs), by_project(packs.hours.projects, FOLDS)
    return [from_json(fit(packs, words, folds != fold)) for fold in range(FOLDS)]


def answers(packs: Packs, models: list[Model]) -> list[Answers]:
    """The contenders, plainest first."""
    pack = packs.hours
    folds = by_project(pack.projects, FOLDS)
    baselines = [_baseline(name, pack, folds) for name in ("constant", "length", "TF-IDF")]
    text = [predict(models[fold], pack.texts[place]) for place, fold in enumerate(folds)]
    labelled = [
        predict(models[fold], pack.texts[place], kind=pack.kinds[place], priority=pack.priorities[place])
        for place, fold in enumerate(folds)
    ]
    return [*baselines, _answers("model, text only", text), _answers("model, with kind and priority", labelled)]


def table(packs: Packs) -> str:
    """All figures as Markdown."""
    pack, models = packs.hours, models_of(packs)
    found = answers(packs, models)
    lines = [
        f"{len(pack.ids)} issues, {len(np.unique(pack.projects))} projects, {FOLDS} folds of whole projects",
        "",
        "| | AUC inside, 4 h / 8 h | safest quarter, 4 h / 8 h | ECE, 4 h / 8 h | log2 error | interval: coverage, high/low |",
        "|---|---|---|---|---|---|",
        *[_line(pack, one) for one in found],
        "",
        "| paired difference of the AUC inside projects, 95 % interval | 4 h | 8 h |",
        "|---|---|---|",
        *[_paired(pack, found[one], found[other]) for one, other in ((3, 2), (3, 1), (4, 3), (4, 2))],
        "",
        _warm(packs, models, found[4]),
        "",
        _lines(pack, found[3], found[4]),
        "",
        _speed(packs, models[0]),
    ]
    return "\n".join(lines)


def _warm(packs: Packs, models: list[Model], cold: Answers) -> str:
    """With the finished tasks of the project: each issue corrected by what was known when it was written."""
    pack, folds = packs.hours, by_project(packs.hours.projects, FOLDS)
    said = []
    for place, fold in enumerate(folds):
        known = pack.projects == pack.projects[place]
        known &= np.array(pack.resolved) < pack.created[place]
        finished = sorted(np.flatnonzero(known), key=lambda other: pack.resolved[other])
        past = [float(pack.effort[other] - cold.log_hours[other]) for other in finished]
        first = predict(models[fold], pack.texts[place], kind=pack.kinds[place], priority=pack.priorities[place])
        said.append((len(past), correct(models[fold], first, Experience(tuple(past[-REMEMBERED:])))))
    counts, warm = np.array([count for count, _ in said]), _answers("", [one for _, one in said])
    lines = [
        "| finished tasks of the project | issues | AUC, 4 h / 8 h: cold, warm | log2 error: cold, warm | interval, warm |",
        "|---|---|---|---|---|",
    ]
    for name, low, high in (("none", 0, 1), ("1 to 9", 1, 10), ("10 and more", 10, 10_000)):
        part = (counts >= low) & (counts < high)
        lines.append(_warm_line(f"{name} | {part.sum()}", pack, part, cold, warm))
    return "\n".join(lines)


def _warm_line(name: str, pack: Pack, part: np.ndarray, cold: Answers, warm: Answers) -> str:
    fits = (pack.hours <= HALF_DAY)[part], (pack.hours <= DAY)[part]
    order = [f"{auc(fits[0], one.half_day[part]):.3f} / {auc(fits[1], one.day[part]):.3f}" for one in (cold, warm)]
    error = [f"{np.mean(abs(pack.effort - one.log_hours)[part]):.3f}" for one in (cold, warm)]
    covered = np.mean(((pack.hours >= warm.low) & (pack.hours <= warm.high))[part])
    return f"| {name} | {', '.join(order)} | {', '.join(error)} | {covered:.3f}, {np.median((warm.high / warm.low)[part]):.1f} |"


def _lines(pack: Pack, plain: Answers, labelled: Answers) -> str:
    """What `line.MEASURED` says: each issue judged with and without its kind, and the lowest line that keeps its promise."""
    chance = np.concatenate([plain.half_day, labelled.half_day])
    fitted = np.tile(pack.hours <= HALF_DAY, 2)
    grid = [round(0.01 * step, 2) for step in range(100)]
    lowest = next(line for line in grid if fitted[chance >= line].mean() >= PROMISED)
    return "\n".join(
        [
            "| line | let through | fitted half a day |",
            "|---|---|---|",
            *(
                f"| {line:.2f} | {np.mean(chance >= line):.3f} | {fitted[chance >= line].mean():.3f} |"
                for line in sorted({*(entry.line for entry in MEASURED), lowest})
            ),
            "",
            f"The lowest line at which {PROMISED:.0%} held: {lowest:.2f}",
        ]
    )


def _line(pack: Pack, one: Answers) -> str:
    fits = pack.hours <= HALF_DAY, pack.hours <= DAY
    said = one.half_day, one.day
    pairs = [
        [auc_inside(pack.projects, happened, chance) for happened, chance in zip(fits, said, strict=True)],
        [precision(happened, chance) for happened, chance in zip(fits, said, strict=True)],
        [calibration_error(happened, chance) for happened, chance in zip(fits, said, strict=True)],
    ]
    shown = " | ".join(f"{a:.3f} / {b:.3f}" for a, b in pairs)
    error = np.mean(abs(pack.effort - one.log_hours))
    covered = np.mean((pack.hours >= one.low) & (pack.hours <= one.high))
    return f"| {one.name} | {shown} | {error:.3f} | {covered:.3f}, {np.median(one.high / one.low):.1f} |"


def _paired(pack: Pack, one: Answers, other: Answers) -> str:
    shown = []
    for bar, first, second in ((HALF_DAY, one.half_day, other.half_day), (DAY, one.day, other.day)):
        happened = pack.hours <= bar
        value = _difference(pack.projects, happened, first, second)
        low, high = interval_of(_difference, pack.projects, happened, first, second)
        shown.append(f"{value:+.3f} [{low:+.3f}, {high:+.3f}]")
    return f"| {one.name} against {other.name} | {' | '.join(shown)} |"


def _difference(projects: np.ndarray, happened: np.ndarray, first: np.ndarray, second: np.ndarray) -> float:
    return auc_inside(projects, happened, first) - auc_inside(projects, happened, second)


def _baseline(name: str, pack: Pack, folds: np.ndarray) -> Answers:
    bars = [pack.hours <= bar for bar in (HALF_DAY, DAY)]
    chances, middle = [np.zeros(len(folds)) for _ in bars], np.zeros(len(folds))
    low, high = np.zeros(len(folds)), np.zeros(len(folds))
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        seen, unseen = _features(name, pack, train, test)
        for chance, bar in zip(chances, bars, strict=True):
            chance[test] = LogisticRegression(C=1.0, max_iter=2000).fit(seen, bar[train]).predict_proba(unseen)[:, 1]
        line = Ridge(alpha=3.0).fit(seen, pack.effort[train])
        left = np.quantile(pack.effort[train] - line.predict(seen), [0.1, 0.9])
        middle[test] = line.predict(unseen)
        low[test], high[test] = 2 ** (middle[test] + left[0]), 2 ** (middle[test] + left[1])
    return Answers(name, chances[0], chances[1], middle, low, high)


def _features(name: str, pack: Pack, train: np.ndarray, test: np.ndarray) -> tuple[object, object]:
    if name == "TF-IDF":
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_df=0.5, sublinear_tf=True, max_features=40000)
        plain = np.array(pack.plain, dtype=object)
        return words.fit_transform(plain[train]), words.transform(plain[test])
    column = np.zeros((len(train), 1)) if name == "constant" else np.log1p(np.array(pack.lengths, float))[:, None]
    return column[train], column[test]


def _answers(name: str, said: list[Prediction]) -> Answers:
    return Answers(
        name,
        np.array([one.p_half_day for one in said]),
        np.array([one.p_day for one in said]),
        np.array([one.log_hours for one in said]),
        np.array([one.low for one in said]),
        np.array([one.high for one in said]),
    )


def _speed(packs: Packs, model: Model) -> str:
    start = time.perf_counter()
    for text in packs.hours.texts:
        predict(model, text)
    took = (time.perf_counter() - start) / len(packs.hours.texts)
    return f"{took * 1e6:.0f} microseconds for a prediction, the reading of the text not counted"


__all__ = ["answers", "auc", "table"]
