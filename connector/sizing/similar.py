"""Which finished tasks an issue is like: words that both texts share, the rarer the more. Any text, in bounded time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connector.sizing.reasons import SMALL_WORDS
from connector.sizing.text import read

MOST_COMPARED = 200
"""So many finished tasks are looked at, those given first."""
READ_OF_BODY = 600
TITLE_WEIGHT = 2.0
ALIKE = 0.12
"""Texts below this likeness (0 to 1) are not alike."""
NEARER = 2.0
"""A task of the same project goes before one of another that is less than so many times as alike."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The text of a finished task."""

    id: int
    title: str
    body: str
    is_same_project: bool


def most_alike(title: str, body: str, finished: Sequence[Candidate], *, most: int = 3) -> list[int]:
    """The ids of the most similar ones, best first; those of the same project are preferred."""
    compared = finished[:MOST_COMPARED]
    texts = [_words(each.title, each.body) for each in compared]
    own = _words(title, body)
    seen_in = Counter(word for text in [*texts, own] for word in text)
    rarity = {word: math.log((len(texts) + 2) / count) for word, count in seen_in.items()}
    likeness = [
        (_cosine(own, text, rarity) * (NEARER if each.is_same_project else 1.0), -place, each.id)
        for place, (each, text) in enumerate(zip(compared, texts, strict=True))
    ]
    return [each for alike, _, each in sorted(likeness, reverse=True)[:most] if alike >= ALIKE]


def _words(title: str, body: str) -> Mapping[str, float]:
    text = read(title, body[:READ_OF_BODY])
    found: dict[str, float] = {}
    for field, weight in ((text.title, TITLE_WEIGHT), (text.body, 1.0)):
        for word in field:
            if word not in SMALL_WORDS:
                found[word] = found.get(word, 0.0) + weight
    return found


def _cosine(one: Mapping[str, float], other: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    shared = sum(one[word] * other[word] * rarity[word] ** 2 for word in one.keys() & other.keys())
    lengths = [math.sqrt(sum((weight * rarity[word]) ** 2 for word, weight in text.items())) for text in (one, other)]
    return shared / (lengths[0] * lengths[1]) if shared else 0.0
