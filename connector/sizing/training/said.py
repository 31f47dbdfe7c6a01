"""Learn what sentences hint at from those written for it, in ``said``: one file for each rule and language.

A line begins with ``+`` where it states the rule, with ``-`` where it only sounds like it; in ``none`` there are ordinary
sentences of issues. Sentences of real issues, whose work was done, are more of what states nothing. What they say, such
as TODO, is said by issues: none of it is a note of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from connector.sizing.against.prose import flat, sentences, without_asides
from connector.sizing.hints import SCALE, grams
from connector.sizing.statements import outside_code
from connector.sizing.training.packs import Pack

FOLDER = Path(__file__).with_name("said")
RULES = ("in_progress", "blocked", "needs_access", "platform", "security", "draft", "discussion", "sub_issues")
FREEDOM = 10.0
"""C of the logistic regression."""
FEWEST_TIMES = 2
SMALLEST = 15
"""Weights below, in parts of `SCALE`, are left out."""
REAL, OF_AN_ISSUE = 4000, 30
"""Real issues whose sentences are learned from, and how many of each."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the rule that it states; empty: none."""

    rule: str
    text: str


def written() -> list[Said]:
    """All sentences of the folder, in the order of their files."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        rule = path.name.partition(".")[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            sign, _, text = line.partition(" ")
            found.append(Said(rule if sign == "+" else "", text))
    return found


def fit(packs: list[Pack]) -> Json:
    """The model of `hints`, from the written sentences and those of these packs."""
    said = written()
    stated = np.array([each.rule for each in said])
    seen = [grams(flat(without_asides(each.text))) for each in said]
    real = [grams(sentence) for sentence in _real(packs)]
    counts = Counter(gram for each in seen for gram in each)
    columns = {
        gram: number for number, gram in enumerate(sorted(gram for gram, n in counts.items() if n >= FEWEST_TIMES))
    }
    own, others = _matrix(seen, columns), _matrix(real, columns)
    rows = [_fitted(own, others, stated == rule) for rule in RULES]
    weights: dict[str, str] = {}
    for gram, column in columns.items():
        every = [(n, round(float(row.coef_[0][column]) * SCALE)) for n, row in enumerate(rows)]
        if kept := [f"{n}:{weight}" for n, weight in every if abs(weight) >= SMALLEST]:
            weights[gram] = " ".join(kept)
    return {
        "rules": list(RULES),
        "bias": [round(float(row.intercept_[0]), 3) for row in rows],
        "weights": weights,
    }


def _fitted(own: sparse.csr_matrix, others: sparse.csr_matrix, target: np.ndarray) -> LogisticRegression:
    states = np.concatenate([target, np.zeros(others.shape[0], dtype=bool)])
    return LogisticRegression(C=FREEDOM, solver="liblinear", max_iter=500).fit(sparse.vstack([own, others]), states)


def _matrix(seen: list[set[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    found = [[columns[gram] for gram in sorted(each) if gram in columns] for each in seen]
    values = [1 / sqrt(len(each)) for each, row in zip(seen, found, strict=True) for _ in row]
    starts = [0, *accumulate(map(len, found))]
    return sparse.csr_matrix((values, [*chain.from_iterable(found)], starts), shape=(len(seen), len(columns)))


def _real(packs: list[Pack]) -> list[str]:
    """Sentences of real issues, every pack in turn, from all its projects alike."""
    found = []
    for pack in packs:
        step = max(1, len(pack.plain) * len(packs) // REAL)
        for text in islice(pack.plain, 0, None, step):
            title, _, body = re.sub(r"\A\s+", "", text).partition(" . ")
            asserted = (*sentences(without_asides(title)), *sentences(without_asides(outside_code(body))))
            found += asserted[:OF_AN_ISSUE]
    return found
