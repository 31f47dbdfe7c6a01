"""What a sentence hints at where no phrase says it outright: "Priya took this at Saturday's hack day".

A linear model for each rule of `suitability`, of words and pairs of neighbours, learned from sentences written for it
(`training/said`). The file beside this module is written by ``make train``. What more likely states a rule than not
counts as said, like a phrase; what states one with a chance of a quarter is a hint, for people to read.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

FILE = "hints.json.gz"
LETTERS = 6
"""Words count by so many letters, so that their endings matter less."""
FEWEST = 4
"""Of fewer words a sentence hints at nothing."""
SCALE = 100
"""Weights are kept as whole numbers of this part of one."""
SAYS, HINTS = 0.0, -1.0
"""Scores from which on a sentence states a rule, and from which on it hints at it: chances of 0.5 and 0.27."""
KEPT_BACK = "security"
"""The rule of which a hint counts as said: what may be a weakness is offered to nobody, and not quoted."""
_HANDLE, _REFERENCE = re.compile(r"@\w[\w.-]*"), re.compile(r"[#!]\d+|\b[A-Z]{2,9}-\d+|https?://\S+")
_NUMBER = re.compile(r"\d[\d.,:/x]*")
_SPOKEN = re.compile(r"[^\W\d_]{2,}")
_WORD = re.compile(r"[a-z]+|[#@]x|0|[?:!]")


@dataclass(frozen=True, slots=True)
class Hint:
    """The sentence that hints most at something, and the rule."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Model:
    """For each rule the score of a sentence of nothing that is known.

    ``weights``: word or pair -> what it adds, such as "0:12 3:-45": 12 to the first rule, in parts of `SCALE`. Most are
    never asked for, so they are read when they are.
    """

    rules: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, str]


def from_json(data: Mapping[str, Any]) -> Model:
    """A model as ``make train`` writes it."""
    return Model(tuple(data["rules"]), tuple(data["bias"]), data["weights"])


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
    best, hint = -math.inf, None
    for sentence in filter(_speaks, sentences):
        asks = sentence.rstrip().endswith("?")
        for rule, score in _scores(model, sentence):
            is_kept_back = rule == KEPT_BACK
            if not asks and (is_kept_back or score >= SAYS):
                said.add(rule)
            if not is_kept_back and score > best:
                best, hint = score, Hint(rule, sentence)
    return frozenset(said), hint


def _speaks(sentence: str) -> bool:
    """Whether it is prose: more than a heading, a field of a form, or a line of code."""
    return len(_SPOKEN.findall(sentence)) >= FEWEST and not sentence.startswith(("#", "    ", "\t", "<"))


def grams(sentence: str) -> set[str]:
    """The words of a flat sentence and its pairs of neighbours; names of people, references and numbers count alike."""
    plain = _NUMBER.sub(" 0 ", _HANDLE.sub(" @x ", _REFERENCE.sub(" #x ", sentence)).lower())
    words = ["^", *(word[:LETTERS] for word in _WORD.findall(plain)), "$"]
    return {*words, *(f"{one} {two}" for one, two in pairwise(words))}


def _scores(model: Model, sentence: str) -> Iterator[tuple[str, float]]:
    """Rules that the sentence hints at, with their scores."""
    seen = grams(sentence)
    sums = [0.0] * len(model.rules)
    for gram in model.weights.keys() & seen:
        for number, weight in _added(model.weights[gram]):
            sums[number] += weight
    length = math.sqrt(len(seen))
    for rule, bias, total in zip(model.rules, model.bias, sums, strict=True):
        score = bias + total / length
        if score >= HINTS:
            yield rule, score


@lru_cache(maxsize=16_384)
def _added(weights: str) -> tuple[tuple[int, float], ...]:
    """Numbers of rules, and what is added to each."""
    pairs = (pair.split(":") for pair in weights.split())
    return tuple((int(number), int(weight) / SCALE) for number, weight in pairs)
