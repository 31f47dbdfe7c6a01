"""Fit the linear model: rankers on story points and on sentence vectors first, then the logged hours, all folded into one.

Everything is by whole projects: words count only if several projects use them, hours are centred by project in part
(a project's habits are not an issue's size), and the calibration is fitted on scores of projects left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression, Ridge

from connector.sizing.correction import REMEMBERED, by_age
from connector.sizing.model import FURTHEST
from connector.sizing.training.names import names_of
from connector.sizing.training.packs import Pack, inside_projects, less_project

VERSION = "words-4"
FIELDS = ("title", "body")
FEWEST_PROJECTS, FEWEST_ISSUES = 2, 3
FEWEST_TO_SAY = 3
"""A word of fewer projects weighs, but no reason is made of it."""
CENTRED = 0.5
"""How much of a project's mean is taken away from its hours: 0.5 keeps calibration, and nearly all of the ranking."""
LEAST, MOST = 0.0, 4.0
"""log2 of hours between which a difference counts while training: one hour to two days."""
PENALTY, POINTS_PENALTY, TAUGHT_PENALTY = 50.0, 100.0, 0.5
TAUGHT_HOURS = 4.0
"""What an issue of ``hours`` weighs beside one of the other packs while the answers of `TAUGHT` are learned."""
RANKER_SCALE, SHAPE_SCALE, KIND_SCALE = 0.2, 0.1, 2.0
"""How freely each group of features may be used: a larger scale is a smaller penalty."""
FEWEST_OF_A_KIND = 10
LEAST_SPREAD = 0.01
LIMITS = (0.02, 0.95)
PRIORS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
HELD, LEAST_HELD = 0.81, 0.76
"""Share of the issues learned from inside their ranges, in all and at each step: 80 % then hold in projects left out."""
STEPS = 20
NEAR, FEWEST_NEAR = 0.15, 100
"""The range of a step is that of this share of all issues, those with the nearest scores, and of so many at least."""
DEAREST = 64.0
"""In doublings of a range: nobody widens it that much to hold every last issue."""
ROUND_HOURS = (
    0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 60, 80, 120, 160, 240, 480,
)  # fmt: skip
"""Where ranges begin and end: seven in ten issues were logged with one of these figures."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Counts of words: a matrix with a row for each issue, a column for each word of either field."""

    names: tuple[tuple[str, str], ...]
    counts: dict[str, sparse.csr_matrix]
    in_title: np.ndarray


@dataclass(frozen=True, slots=True)
class Packs:
    """All that a model is made of. ``hours`` alone has targets that count."""

    hours: Pack
    points: Pack
    firm: Pack

    def items(self) -> list[tuple[str, Pack]]:
        """Each pack under its name."""
        return [("hours", self.hours), ("points", self.points), ("firm", self.firm)]


def words_of(packs: Packs) -> Words:
    """Count the words of all packs."""
    column: dict[tuple[str, str], int] = {}
    counts = {name: _count(pack, column) for name, pack in packs.items()}
    for name, matrix in counts.items():
        counts[name] = sparse.csr_matrix((matrix.data, matrix.indices, matrix.indptr), (matrix.shape[0], len(column)))
    return Words(tuple(column), counts, np.array([field == "title" for field, _ in column]))


def _count(pack: Pack, column: dict[tuple[str, str], int]) -> sparse.csr_matrix:
    data, indices, indptr = [], [], [0]
    for text in pack.texts:
        for field in FIELDS:
            for word, count in getattr(text, field).items():
                indices.append(column.setdefault((field, word), len(column)))
                data.append(1 + math.log(count))
        indptr.append(len(indices))
    return sparse.csr_matrix((data, indices, indptr), (len(pack.texts), len(column)))


def fit(packs: Packs, words: Words, train: np.ndarray) -> Json:
    """The model from the issues of ``hours`` that ``train`` marks, as JSON. Deterministic."""
    maker = _Maker(packs, words, train)
    left_out = np.zeros((2, len(train)))
    folds = by_project(packs.hours.projects[train], 5)
    places = np.flatnonzero(train)
    for fold in range(5):
        inside = np.zeros(len(train), dtype=bool)
        inside[places[folds != fold]] = True
        weights = maker.weights(inside)
        outside = places[folds == fold]
        left_out[:, outside] = maker.scores(weights)[:, outside]
    calibrations = [_calibrate(left_out[known][train], packs.hours, train) for known in (0, 1)]
    start, slope = calibrations[1]["hours"]
    warm = _warm(packs.hours, train, start + slope * left_out[1])
    made = maker.as_json(maker.weights(train))
    return {
        **made,
        "without_kind": calibrations[0],
        "with_kind": calibrations[1],
        "warm": warm["calibration"],
        "prior": warm["prior"],
        "names": maker.names_said(packs, {word for words in made["words"].values() for word in words}),
    }


def by_project(projects: np.ndarray, folds: int) -> np.ndarray:
    """A fold for each issue; whole projects, the largest first into the smallest fold."""
    names, sizes = np.unique(projects, return_counts=True)
    load, of = [0] * folds, {}
    for size, name in sorted(zip(sizes.tolist(), names.tolist(), strict=True), reverse=True):
        of[name] = load.index(min(load))
        load[of[name]] += size
    return np.array([of[name] for name in projects])


class _Maker:
    """Matrices of one training set, and the weights fitted on parts of it."""

    def __init__(self, packs: Packs, words: Words, train: np.ndarray) -> None:
        self.hours, self.train = packs.hours, train
        rows = {
            "hours": train,
            "points": np.ones(len(packs.points.ids), bool),
            "firm": np.ones(len(packs.firm.ids), bool),
        }
        seen = {name: words.counts[name][rows[name]] for name in rows}
        projects = {name: pack.projects[rows[name]] for name, pack in packs.items()}
        projects["firm"] = np.full(len(projects["firm"]), "firm")
        kept, self.rarity, self.users = _vocabulary(seen, projects)
        self.names = [words.names[column] for column in kept]
        in_title = words.in_title[kept]
        self.matrices = {name: _normed(words.counts[name][:, kept], self.rarity, in_title) for name in rows}
        self.rankers = [
            _ridge(self.matrices["points"], inside_projects(packs.points), POINTS_PENALTY),
            self._taught(packs),
        ]
        shapes = np.array([list(text.shape.values()) for text in self.hours.texts])
        self.mean, self.spread = shapes[train].mean(0), np.maximum(shapes[train].std(0), LEAST_SPREAD)
        self.shape = np.clip((shapes - self.mean) / self.spread, -FURTHEST, FURTHEST) * SHAPE_SCALE
        self.kinds, self.kind_names = _one_hot(self.hours.kinds, train)
        self.priorities, self.priority_names = _one_hot(self.hours.priorities, train)

    def weights(self, inside: np.ndarray) -> Json:
        """Ridge on the issues inside, each seen twice: with its kind and without."""
        ranks = np.column_stack([self.matrices["hours"] @ ranker for ranker in self.rankers])
        scale, shift = RANKER_SCALE / ranks[inside].std(0), ranks[inside].mean(0)
        base = sparse.hstack(
            [self.matrices["hours"], sparse.csr_matrix(np.column_stack([self.shape, (ranks - shift) * scale]))]
        )
        kinds = np.column_stack([self.kinds, self.priorities])
        rows = sparse.vstack(
            [
                sparse.hstack([base, sparse.csr_matrix(kinds * KIND_SCALE)]),
                sparse.hstack([base, sparse.csr_matrix(kinds * 0.0)]),
            ]
        )
        target = less_project(np.clip(self.hours.effort[inside], LEAST, MOST), self.hours.projects[inside], CENTRED)
        both = np.concatenate([inside, inside])
        ridge = Ridge(alpha=PENALTY, solver="sparse_cg", tol=1e-6).fit(
            rows.tocsr()[both], np.tile(target - target.mean(), 2), sample_weight=np.full(2 * len(target), 0.6)
        )
        words, shape, rank, kind = np.split(ridge.coef_, np.cumsum([len(self.names), self.shape.shape[1], 2]))
        folded = words + sum(weight * ranker for weight, ranker in zip(rank * scale, self.rankers, strict=True))
        kind = kind * KIND_SCALE
        return {
            "bias": float(ridge.intercept_ - (rank * scale) @ shift),
            "words": folded,
            "shape": shape * SHAPE_SCALE,
            "kinds": kind,
        }

    def scores(self, weights: Json) -> np.ndarray:
        """Scores of all issues, without and with their kind."""
        plain = (
            weights["bias"] + self.matrices["hours"] @ weights["words"] + self.shape / SHAPE_SCALE @ weights["shape"]
        )
        return np.array([plain, plain + np.column_stack([self.kinds, self.priorities]) @ weights["kinds"]])

    def as_json(self, weights: Json) -> Json:
        """The model without its calibration; words rounded as they are stored."""
        words: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for (field, word), rarity, weight in sorted(
            zip(self.names, self.rarity, weights["words"], strict=True), key=lambda entry: entry[0]
        ):
            if round(weight * 1000):
                words[field][word] = (round(rarity * 100), round(weight * 1000))
        named = list(zip([*self.kind_names, *self.priority_names], weights["kinds"], strict=True))
        return {
            "version": VERSION,
            "bias": round(weights["bias"], 5),
            "words": words,
            "shape": {
                name: (round(mean, 5), round(spread, 5), round(weight, 5))
                for name, mean, spread, weight in zip(
                    self.hours.texts[0].shape, self.mean, self.spread, weights["shape"], strict=True
                )
            },
            "kinds": _less_mean(dict(named[: len(self.kind_names)]), self._seen(self.hours.kinds)),
            "priorities": _less_mean(dict(named[len(self.kind_names) :]), self._seen(self.hours.priorities)),
        }

    def names_said(self, packs: Packs, known: set[str]) -> list[str]:
        """The words of a model that only name something, or that too few projects use to say so."""
        texts = [text for _, pack in packs.items() for text in pack.plain]
        projects = [str(name) for _, pack in packs.items() for name in np.unique(pack.projects)]
        shared = {word for (_, word), users in zip(self.names, self.users, strict=True) if users >= FEWEST_TO_SAY}
        return sorted(known & set(names_of(texts, projects)) | known - shared)

    def _taught(self, packs: Packs) -> np.ndarray:
        """What each word adds where words say what the ranker on sentence vectors says of whole texts."""
        answers = {name: pack.taught.copy() for name, pack in packs.items()}
        answers["hours"][~self.train] = np.nan
        known = {name: np.flatnonzero(np.isfinite(scores)) for name, scores in answers.items()}
        target = np.concatenate([answers[name][rows] for name, rows in known.items()])
        if not len(target):
            raise ValueError("Sentence vectors were never asked about these packs: make vectors DATA=FOLDER first.")
        weights = np.concatenate(
            [np.full(len(rows), TAUGHT_HOURS if name == "hours" else 1.0) for name, rows in known.items()]
        )
        matrix = sparse.vstack([self.matrices[name][rows] for name, rows in known.items()]).tocsr()
        return _ridge(matrix, target - np.average(target, weights=weights), TAUGHT_PENALTY, weights)

    def _seen(self, values: tuple[str | None, ...]) -> list[str | None]:
        return [value for value, is_in in zip(values, self.train, strict=True) if is_in]


def _vocabulary(
    seen: dict[str, sparse.csr_matrix], projects: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The columns of the words that enough projects and issues use, how rare each is, and how many projects use it."""
    issues = sum(np.asarray((matrix > 0).sum(0)).ravel() for matrix in seen.values())
    users = sum(
        np.asarray((matrix[projects[name] == project] > 0).max(0).todense()).ravel().astype(int)
        for name, matrix in seen.items()
        for project in np.unique(projects[name])
    )
    kept = np.flatnonzero((users >= FEWEST_PROJECTS) & (issues >= FEWEST_ISSUES))
    total = sum(matrix.shape[0] for matrix in seen.values())
    return kept, np.round(np.log(total / issues[kept]), 2), users[kept]


def _normed(counts: sparse.csr_matrix, rarity: np.ndarray, in_title: np.ndarray) -> sparse.csr_matrix:
    """Title and body, each as a vector of length one."""
    parts = []
    for mask in (in_title, ~in_title):
        part = (counts @ sparse.diags(np.where(mask, rarity, 0.0))).tocsr()
        length = np.sqrt(np.asarray(part.multiply(part).sum(1)).ravel())
        parts.append(sparse.diags(1 / np.maximum(length, 1e-9)) @ part)
    return (parts[0] + parts[1]).tocsr()


def _ridge(
    matrix: sparse.csr_matrix, target: np.ndarray, penalty: float, weights: np.ndarray | None = None
) -> np.ndarray:
    return Ridge(alpha=penalty, solver="sparse_cg", tol=1e-6).fit(matrix, target, sample_weight=weights).coef_


def _one_hot(values: tuple[str | None, ...], train: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """A column for each value common enough, less its share: an unknown value is a row of zeros, the average."""
    names, counts = np.unique(
        [value or "" for value, is_in in zip(values, train, strict=True) if is_in], return_counts=True
    )
    kept = [str(name) for name, count in zip(names, counts, strict=True) if name and count >= FEWEST_OF_A_KIND]
    columns = np.array([[float(value == name) for name in kept] for value in values])
    known = columns.sum(1) > 0
    columns[known] -= columns[train & known].mean(0)
    return columns, kept


def _less_mean(weights: dict[str, float], values: list[str | None]) -> dict[str, float]:
    known = [weights[value] for value in values if value in weights]
    mean = sum(known) / len(known)
    return {name: round(float(weight - mean), 5) for name, weight in weights.items()}


def _warm(pack: Pack, train: np.ndarray, log_hours: np.ndarray) -> Json:
    """What the finished tasks of a project add: how strongly to trust them, and the calibration that then holds."""
    sums, weight, counts = history(pack, train, log_hours)
    seen = train & (counts > 0)
    effort = pack.effort
    prior = min(PRIORS, key=lambda prior: np.mean(abs(effort - log_hours - sums / (weight + prior))[seen]))
    moved = log_hours + sums / (weight + prior)
    return {"prior": prior, "calibration": _calibrate(moved[seen], pack, seen, keeps_hours=True)}


def history(pack: Pack, train: np.ndarray, log_hours: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each issue the residuals of its project that were known when it was written: weighted sum, weight, number."""
    sums, weight, counts = np.zeros(len(train)), np.zeros(len(train)), np.zeros(len(train), dtype=int)
    resolved = np.array(pack.resolved)
    for name in np.unique(pack.projects[train]):
        own = np.flatnonzero(train & (pack.projects == name))
        own = own[np.argsort(resolved[own], kind="stable")]
        for place in own:
            past = own[resolved[own] < pack.created[place]][-REMEMBERED:]
            ages = np.array(by_age(len(past)))
            sums[place] = ages @ (pack.effort[past] - log_hours[past])
            weight[place], counts[place] = ages.sum(), len(past)
    return sums, weight, counts


def _calibrate(scores: np.ndarray, pack: Pack, part: np.ndarray, *, keeps_hours: bool = False) -> Json:
    """Lines from a score to hours and chances, the limits it may have, and the shortest ranges that hold 80 %."""
    effort, spent = pack.effort[part], pack.hours[part]
    scores = scores if keeps_hours else np.clip(scores, *np.quantile(scores, LIMITS))
    slope, start = (1.0, 0.0) if keeps_hours else np.polyfit(scores, effort, 1)
    start += 0.0 if keeps_hours else float(np.median(effort - (start + slope * scores)))
    chance = {
        name: LogisticRegression(C=100).fit(scores[:, None], effort <= bar)
        for name, bar in (("half_day", 2.0), ("day", 3.0))
    }
    return {
        "hours": (round(float(start), 5), round(float(slope), 5)),
        **{
            name: (round(float(line.intercept_[0]), 5), round(float(line.coef_[0][0]), 5))
            for name, line in chance.items()
        },
        "limits": [round(float(limit), 5) for limit in np.quantile(scores, LIMITS)],
        **_ranges(scores, spent),
    }


def _ranges(scores: np.ndarray, spent: np.ndarray) -> Json:
    """The range of round hours at each step of the score, for the issues with the nearest scores."""
    near = max(FEWEST_NEAR, round(NEAR * len(scores)))
    middles = np.quantile(scores, (np.arange(STEPS) + 0.5) / STEPS)
    found = shortest_ranges([spent[np.argsort(abs(scores - middle), kind="stable")[:near]] for middle in middles])
    begins = np.quantile(scores, np.arange(STEPS) / STEPS)
    kept = [at for at in range(STEPS) if not at or found[at] != found[at - 1]]
    return {"steps": [round(float(begins[at]), 5) for at in kept[1:]], "ranges": [found[at] for at in kept]}


def shortest_ranges(groups: list[np.ndarray]) -> list[tuple[float, float]]:
    """Low and high of `ROUND_HOURS` for each group of hours, neither ever falling from one group to the next.

    All hold `LEAST_HELD` of their group, and together `HELD`: the price of a share held is raised until they do.
    """
    pairs = list(combinations(ROUND_HOURS, 2))
    width = np.log2([high / low for low, high in pairs])
    held = np.array([[np.mean((group >= low) & (group <= high)) for low, high in pairs] for group in groups])
    allowed = held >= np.minimum(LEAST_HELD, held.max(axis=1, keepdims=True))
    cheap, dear = 0.0, DEAREST
    while dear - cheap > 0.01:
        price = (cheap + dear) / 2
        places = _rising(pairs, np.where(allowed, width - price * held, np.inf))
        cheap, dear = (price, dear) if held[range(len(groups)), places].mean() < HELD else (cheap, price)
    return [pairs[place] for place in _rising(pairs, np.where(allowed, width - dear * held, np.inf))]


def _rising(pairs: list[tuple[float, float]], cost: np.ndarray) -> list[int]:
    """A pair for each row of ``cost`` so that neither end falls and the sum is least (dynamic programming)."""
    low, high = np.array(pairs).T
    may_follow = (low[:, None] <= low) & (high[:, None] <= high)
    total, came_from = cost[0], []
    for row in cost[1:]:
        through = np.where(may_follow, total[:, None], np.inf)
        came_from.append(through.argmin(axis=0))
        total = row + through.min(axis=0)
    places = [int(total.argmin())]
    for before in reversed(came_from):
        places.append(int(before[places[-1]]))
    return places[::-1]
