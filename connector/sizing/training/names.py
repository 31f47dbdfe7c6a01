"""Words that name a product, a project or a month: they may weigh in the sum, but they are no reason to show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from connector.sizing.text import stem

_INSIDE_A_SENTENCE = re.compile(r"(?<=[a-z,;] )([A-Za-z]{2,25})\b(?![._])")
_PROJECT_WORD = re.compile(r"[A-Za-z]{2,}")
FEWEST, SHARE = 5, 0.6
"""A word is a name where it is written with a capital inside sentences so often, and in this share of its places."""


def names_of(texts: Iterable[str], projects: Iterable[str]) -> list[str]:
    """The stems of such words, sorted; the words of the projects' own names among them. Acronyms are words."""
    capital, small = Counter[str](), Counter[str]()
    for text in texts:
        for word in _INSIDE_A_SENTENCE.findall(text):
            is_name = word[0].isupper() and not word.isupper()
            (capital if is_name else small)[stem(word.lower())] += 1
    often = {word for word, count in capital.items() if count >= FEWEST and count >= SHARE * (count + small[word])}
    own = {stem(word.lower()) for project in projects for word in _PROJECT_WORD.findall(project)}
    return sorted(often | own)
