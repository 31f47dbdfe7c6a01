"""What a sentence hints at where no phrase says it outright: "Priya took this at Saturday's hack day".

A linear model for each rule of `suitability`, of words and pairs of neighbours, learned from sentences written for it
(`training/said`). The file beside this module is written by ``make train``. A score that look-alikes hardly ever reach
speaks against the issue like a phrase; one that they seldom reach is a hint, for people to read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import sqrt
from typing import Any

FILE = "hints.json.gz"
LETTERS = 6
"""Words count by so many letters, so that their endings matter less."""
FEWEST = 4
"""Of fewer words a sentence hints at nothing."""
SCALE = 100
"""Weights are kept as whole numbers of this part of one."""
_HANDLE, _REFERENCE = re.compile(r"@\w[\w.-]*"), re.compile(r"[#!]\d+|\b[A-Z]{2,9}-\d+|https?://\S+")
_NUMBER = re.compile(r"\d[\d.,:/x]*")
_WORD = re.compile(r"[a-z]+|[#@]x|0|[?:!]")


@dataclass(frozen=True, slots=True)
class Hint:
    """The sentence that hints most at something, and the rule."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Model:
    """For each rule the score of a sentence that says nothing, and from which on it hints, and says so.

    ``weights``: word or pair -> numbers of rules and what it adds to them.
    """

    rules: tuple[str, ...]
    bias: tuple[float, ...]
    hints_from: tuple[float, ...]
    says_from: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]


def from_json(data: Mapping[str, Any]) -> Model:
    """A model as ``make train`` writes it."""
    return Model(
        rules=tuple(data["rules"]),
        bias=tuple(data["bias"]),
        hints_from=tuple(data["hints_from"]),
        says_from=tuple(data["says_from"]),
        weights={
            gram: tuple((rule, weight / SCALE) for rule, weight in zip(flat[::2], flat[1::2], strict=True))
            for gram, flat in data["weights"].items()
        },
    )


@cache
def packaged() -> Model:
    """The model that this version ships, read once."""
    packed = resources.files("connector.sizing").joinpath(FILE).read_bytes()
    return from_json(json.loads(gzip.decompress(packed)))


def heard(model: Model, sentences: Iterable[str]) -> tuple[frozenset[str], Hint | None]:
    """The rules that sentences state, and the strongest hint at one. Sentences as `prose.sentences` gives them.

    A question states nothing.
    """
    said = set[str]()
    best, hint = 0.0, None
    for sentence in filter(_speaks, sentences):
        for number, score in _scores(model, sentence):
            if score >= model.says_from[number] and not sentence.rstrip().endswith("?"):
                said.add(model.rules[number])
            if score - model.hints_from[number] > best:
                best, hint = score - model.hints_from[number], Hint(model.rules[number], sentence)
    return frozenset(said), hint


def _speaks(sentence: str) -> bool:
    """Whether it is more than a heading or a field of a form."""
    return sentence.count(" ") >= FEWEST - 1 and not sentence.lstrip().startswith("#")


def grams(sentence: str) -> set[str]:
    """The words of a flat sentence and its pairs of neighbours; names of people, references and numbers count alike."""
    plain = _NUMBER.sub(" 0 ", _HANDLE.sub(" @x ", _REFERENCE.sub(" #x ", sentence)).lower())
    words = ["^", *(word[:LETTERS] for word in _WORD.findall(plain)), "$"]
    return {*words, *(f"{one} {two}" for one, two in pairwise(words))}


def _scores(model: Model, sentence: str) -> Iterator[tuple[int, float]]:
    """Rules that the sentence hints at, by number, with their scores."""
    seen = grams(sentence)
    sums = [0.0] * len(model.rules)
    for gram in model.weights.keys() & seen:
        for rule, weight in model.weights[gram]:
            sums[rule] += weight
    length = sqrt(len(seen))
    for number, total in enumerate(sums):
        score = model.bias[number] + total / length
        if score >= model.hints_from[number]:
            yield number, score
