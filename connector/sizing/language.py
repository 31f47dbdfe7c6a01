"""Guess the human language of an issue from its small words: French, English, or unknown."""

from __future__ import annotations

import re

HEAD = 1000
SHORT = 8
CLEAR_LEAD = 2
_FRENCH_WORDS = (
    "le la les des du une est sont dans pour sur avec pas que qui nous vous il elle ce cette ces au aux être avoir fait "
    "lorsque quand mais donc comme faut peut doit plus ajouter corriger"
)
FRENCH = frozenset(_FRENCH_WORDS.split())
_ENGLISH_WORDS = (
    "the and is are of to in for on with not that which we you it this these be have when but should can must as an from "
    "add fix would does"
)
ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WEIGHT = dict.fromkeys(FRENCH, 1) | dict.fromkeys(ENGLISH, -1)
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalpha()}


def guess_language(title: str, body: str = "") -> str | None:
    """``fr``, ``en``, or None where neither clearly leads."""
    text = f"{title}\n{body[:HEAD]}".lower()
    words = text.translate(_ASCII_SEPARATORS).split() if text.isascii() else _WORD.findall(text)
    lead = sum(filter(None, map(_WEIGHT.get, words)))
    if abs(lead) < (1 if len(words) <= SHORT else CLEAR_LEAD):
        return None
    return "fr" if lead > 0 else "en"
