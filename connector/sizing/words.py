"""Size words and weights: they are never hours by themselves, only by what somebody of the project said they mean there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connector.sizing.durations import Duration

WEIGHT = "weight"
"""The key of what a weight of 1 means."""
HOURS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""What may be answered, beside that it means no time; the last one is more than a day."""
_SPELLINGS = {
    "xs": "xs tiny trivial minuscule",
    "s": "s small easy simple short quick low petit petite facile court courte faible",
    "m": "m medium moderate intermediate normal moyen moyenne",
    "l": "l large big hard difficult long high grand grande gros grosse difficile élevé élevée",
    "xl": "xl xxl huge",
}
_WORDS = {spelling for spellings in _SPELLINGS.values() for spelling in spellings.split()}
_CLEAR = _WORDS - set("low high normal long short quick trivial simple big hard".split())  # noqa: SIM905 - a list of words
"""Words that speak of size without anything before them; "high" alone is a priority, "hard" may be a nickname."""
_ABOUT_SIZE = frozenset(
    "size effort taille difficulty difficulté complexity complexité estimate estimation est tshirt sizing charge d e".split()  # noqa: SIM905 - a list of words
)
_PARTED = re.compile(r"^(?P<about>[^\W\d_ -]{1,20})\s*(?:::|[:/=_-]|\s)\s*(?P<word>[^\W\d_]{1,20})$")


@dataclass(frozen=True, slots=True)
class Agreed:
    """Hours that follow from what the project said. ``label`` is the word as the issue has it, or the weight."""

    label: str
    is_weight: bool
    duration: Duration


def size_word(label: str) -> str | None:
    """The size word that a label is, in lower case: ``s`` of "Effort::S" and of "size/S"; None where it is none."""
    plain = label.strip().lower()[:60].replace("t-shirt", "tshirt")
    if plain in _CLEAR:
        return plain
    found = _PARTED.match(plain)
    return found["word"] if found and found["about"] in _ABOUT_SIZE and found["word"] in _WORDS else None


def size_words(labels: Iterable[str]) -> list[str]:
    """The size words among labels, in order, each once."""
    return list(dict.fromkeys(word for label in labels if (word := size_word(label))))


def agreed(labels: Iterable[str], weight: int | None, meanings: Mapping[str, float | None]) -> Agreed | None:
    """The hours that a weight or a size word stands for in this project; None where nobody said, or it means no time."""
    of_weight = meanings.get(WEIGHT)
    if weight and of_weight:
        return Agreed(str(weight), is_weight=True, duration=Duration(weight * of_weight, weight * of_weight))
    for label in labels:
        word = size_word(label)
        hours = meanings.get(word) if word else None
        if hours:
            return Agreed(label, is_weight=False, duration=Duration(hours, hours))
    return None
