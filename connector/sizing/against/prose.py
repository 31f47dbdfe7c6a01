"""What a text asserts, sentence by sentence: without accents, quotations, code, template comments and crossed-out words."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SENTENCE = 600
_ASIDE = re.compile(
    r"<!--(?:(?!<!--)[\s\S]){0,5000}?-->|`[^`\n]{1,300}`|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|~~[^~\n]{1,300}~~|"
    r"https?://(?!\S{1,200}/(?:issues|pulls?|merge_requests|work_items)/\d)[^\s)>\]]{1,500}"
)
_QUOTED = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z)){1,400}", re.MULTILINE)
_CALLOUT = re.compile(
    r"[\s>*_]{0,8}(?:\[!\w{4,9}\]|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]|(?:note|nb|edit|update|maintainers?|team|warning|attention|important|"
    r"status|statut|réponse|mainteneu\w{1,3}|équipe|mise à jour|remarque|avertissement|info)\b[^\n:]{0,30}:)",
    re.IGNORECASE,
)
"""A quotation that begins so is no quotation but a framed remark."""
_OFFERED = re.compile(r"^[ \t>]{0,8}(?:[-*+] ?\[ ?\]|[☐⬜])[^\n]*$", re.MULTILINE)
"""A box that nobody ticked."""
_WRAPPED = re.compile(r"\n(?=[a-zà-ÿ(])(?<=[^\n]{40}\n)(?<![.:;!?|>)\]\s]\n)")
_END = re.compile(r"(?<=[.!?…])[\"»”)*_]{0,3}\s+")
_MARKS = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "‑": "-", "–": "-", "—": "-", "*": "", "…": "...", "œ": "oe", "Œ": "Oe", "æ": "ae"}  # fmt: skip
_LETTERS = "àâäáãçèéêëîïìíôöòóùûüúÿñÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸ"
_FLAT = str.maketrans(
    _MARKS
    | {letter: unicodedata.normalize("NFD", letter)[0] for letter in _LETTERS}
    | dict.fromkeys("\u0300\u0301\u0302\u0308\u0327\ufe0f\u200b", "")
)
_UNDERLINED = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")


def flat(text: str) -> str:
    """The text without accents, with one kind of apostrophe, dash and space, and without marks of emphasis."""
    plain = text.replace("*", "") if text.isascii() else text.translate(_FLAT)
    return _UNDERLINED.sub("", plain) if "_" in plain else plain


def without_asides(text: str) -> str:
    """The text less what it only quotes."""
    if ">" in text:
        text = _QUOTED.sub(lambda quoted: _of_quotation(quoted[0]), text)
    return _ASIDE.sub(" ", text)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences that the text asserts, each once, flat. Boxes that nobody ticked assert nothing."""
    joined = _WRAPPED.sub(" ", _OFFERED.sub("", text))
    lines = dict.fromkeys(flat(joined).splitlines())
    found = (part for line in lines for part in _END.split(line) if part and not part.isspace())
    return tuple(dict.fromkeys(piece for part in found for piece in _pieces(part)))


def quoted(text: str, sentence: str) -> str:
    """One of its `sentences` as the text spells it; empty where it runs over several lines."""
    parts = (part for line in text.splitlines() for part in _END.split(line))
    return next((part.strip() for part in parts if flat(without_asides(part)).strip() == sentence.strip()), "")


def _of_quotation(quotation: str) -> str:
    if not _CALLOUT.match(quotation):
        return "\n"
    return "".join(line.lstrip(" \t>") for line in quotation.splitlines(keepends=True))


def _pieces(sentence: str) -> tuple[str, ...]:
    """A sentence without an end is cut, so that no search grows with the square of its length."""
    if len(sentence) <= LONGEST_SENTENCE:
        return (sentence,)
    starts = range(0, len(sentence), LONGEST_SENTENCE)
    return tuple(sentence[start : start + LONGEST_SENTENCE] for start in starts)
