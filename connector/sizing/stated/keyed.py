"""Times that stand after a key: "Estimated effort: 2h", a table's row or column, an answer under its heading."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum

from connector.sizing.durations import DAY, Duration
from connector.sizing.stated import key_words, phrases
from connector.sizing.stated.sentences import TIME, Line, Sentence, Text


class Strength(IntEnum):
    """How clearly a key speaks of work: "Time" less than "Estimated time"."""

    NONE = 0
    WEAK = 1
    STRONG = 2
    LAST = 3
    """The total, or what was estimated anew: it stands above the others."""


LONGEST_LIST = 30
"""Rows of a table or options of a list that are looked through."""
_SIZES = "|".join(sorted(key_words.SIZE_WORDS, key=len, reverse=True))
_SIZE_BEFORE = re.compile(rf"(?:(?<=[:=|])|(?<=[:=|] )|^)(?:(?:{_SIZES})\b[ ,=/-]{{0,3}})?[^\w§:=|,;.]{{0,8}}$")
_KEY = re.compile(r"(?P<key>[a-z][^:=|,;\[\]§]{1,70}?) ?(?:[:=|]{1,3}|->|→)[ |:]{0,4}$")
_DASHED_KEY = re.compile(r"^(?P<key>[a-z][a-z' ()]{2,40}?) ?(?:-|is|are|would be)? ?$")
_STOP = re.compile(r"[.!,;:)(]|$")
_SAYS_MORE = re.compile(r" (?:is|isn't|was|are|not|doesn't|n'est|ne|est|mal)\b")
_PARTS = re.compile(r" - |[(\[]|\. |/ ")
_WORD = re.compile(r"j/h|[a-z]+")
_COUNT = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_NUMBER = re.compile(rf"\(?{_COUNT}(?: ?(?:-|to|a) ?{_COUNT})? ?[).|]*")
_NUMBERED_KEY = re.compile(r"(?P<key>[a-z][a-z/ ()\[\].,'-]{1,60}?) ?[:=|]{1,2} ?(?P<value>\S.{0,20})?")
_UNIT_OF_KEY = {
    "minutes": 1 / 60, "hours": 1.0, "hour": 1.0, "h": 1.0, "heures": 1.0, "heure": 1.0, "days": DAY, "day": DAY, "d": DAY,
    "jours": DAY, "jour": DAY, "j": DAY, "j/h": DAY, "jh": DAY, "pd": DAY, "md": DAY,
}  # fmt: skip
_OTHERS = ({"temps", "charge"}, {"il", "y"}, {"duree", "charge"})
"""Words that together speak of something else: charging, "two days ago"."""
_TOTAL = {"total", "totaux", "totals", "sum", "somme", "overall", "ensemble", "all", "tout"}
_RULE = re.compile(r"^[|\s:-]{3,}$")


def strength(key: str) -> Strength:
    """How clearly a key speaks of the work; NONE where one of its words is unknown."""
    words = set(_WORD.findall(f"estimated {key[4:]}" if key.startswith("est ") else key))
    if not words or len(words) > 9 or not words <= key_words.KEY_WORDS or any(others <= words for others in _OTHERS):
        return Strength.NONE
    if words & key_words.BOUNDS and not words & key_words.SAYS_WORK:
        return Strength.NONE
    is_sized = words & key_words.SIZES_WORK or (words & key_words.SAYS_TIME and words & key_words.OF_THE_WORK)
    if words & key_words.SAYS_WORK or is_sized:
        return Strength.LAST if words & key_words.SAYS_LAST else Strength.STRONG
    if {"how", "long"} <= words:
        return Strength.STRONG if words & key_words.OF_THE_WORK else Strength.WEAK
    is_weak = words & key_words.MAY_SAY_WORK and not words & key_words.SAYS_LAST
    return Strength.WEAK if is_weak else Strength.NONE


def keyed(sentence: Sentence) -> tuple[Strength, int]:
    """How clearly a key stands before a time of the sentence, and which time."""
    head, is_followed = "", sentence.text.split(TIME)
    for index, part in enumerate(is_followed[:-1]):
        head += part
        found = _of_head(head) or (_of_opening(head, is_followed[1]) if index == 0 else Strength.NONE)
        if found and _is_value(is_followed[index + 1], found):
            return found, index
        head += TIME
    return Strength.NONE, 0


def introduced(text: Text, sentence: Sentence) -> Strength:
    """How clearly the line above asks for the time that this sentence begins with."""
    if sentence.before.endswith("?") and sentence.text.startswith(TIME):
        return strength(sentence.before.rstrip(" ?"))
    if sentence.before or not _SIZE_BEFORE.fullmatch(sentence.text.partition(TIME)[0]):
        return Strength.NONE
    above = text.above(sentence.line.number)
    while above and (above.is_unchecked or above.is_checked) and sentence.line.number - above.number < LONGEST_LIST:
        above = text.above(above.number)
    if above is None or "|" in above.text or (above.number == 0 and not above.is_heading):
        return Strength.NONE
    return strength(above.text.rstrip(" :?"))


def with_unit(text: Text, line: Line) -> tuple[Strength, Duration] | None:
    """The number after a key that has the unit in it: "Estimated hours: 5", "J/H : 4"."""
    match = _NUMBERED_KEY.fullmatch(line.text.strip("| ")) or re.fullmatch("(?P<key>.{3,60}?)(?P<value>:)?", line.text)
    words = _WORD.findall(match["key"]) if match else []
    unit = next((_UNIT_OF_KEY[word] for word in reversed(words) if word in _UNIT_OF_KEY), None)
    if match is None or unit is None:
        return None
    said = strength(" ".join(words)) if set(words) & key_words.KEY_WORDS - _UNIT_OF_KEY.keys() else Strength.NONE
    if set(words) & {"j/h", "jh"} or set(words) in ({"person", "days"}, {"man", "days"}, {"person", "hours"}):
        said = max(said, Strength.STRONG)
    value = match["value"] if match["value"] and match["value"] != ":" else _value_below(text, line)
    number = _NUMBER.fullmatch(value or "")
    if said < Strength.STRONG or number is None:
        return None
    low, high = (float(part.replace(",", ".")) * unit for part in (number[1], number[2] or number[1]))
    return said, Duration(low, high)


def in_table(text: Text, line: Line) -> tuple[Strength, Duration] | None:
    """The time in a table's column that asks for it: of its only row, or of the row of the total."""
    if line.text.count("|") < 2:
        return None
    rows = [line]
    while (
        len(rows) < LONGEST_LIST
        and (above := text.above(rows[0].number))
        and "|" in above.text
        and above.number == rows[0].number - 1
    ):
        rows.insert(0, above)
    if len(rows) < 3 or not _RULE.match(rows[1].text):
        return None
    is_total = set(_WORD.findall(_cells(line)[0])) <= _TOTAL and bool(_cells(line)[0])
    below = text.below(line.number)
    is_only = len(rows) == 3 and not (below and "|" in below.text and below.number == line.number + 1)
    if not is_total and not is_only:
        return None
    for head, cell in zip(_cells(rows[0]), _cells(line), strict=False):
        said = strength(head)
        found = next(iter(text.sentences(replace(line, text=cell))), None)
        if said and found and len(found.times) == 1 and found.text == TIME:
            return max(said, Strength.STRONG), found.times[0]
    return None


def _of_head(head: str) -> Strength:
    head = _SIZE_BEFORE.sub("", head)
    if match := _KEY.search(head):
        key = match["key"]
        said = strength(key) or strength(_PARTS.split(key)[-1])
        lead = head[: match.start("key")].rstrip()
        starts = lead[-1:] in {",", "|", ";", "[", "("} or not any(letter.isalnum() for letter in lead)
        return said if said > Strength.WEAK or starts else Strength.NONE
    return Strength.NONE


def _of_opening(head: str, rest: str) -> Strength:
    """A key without a colon: "Effort ~2h"."""
    match = _DASHED_KEY.match(head)
    is_clear = match and set(_WORD.findall(match["key"])) & key_words.CLEAR and _STOP.match(rest)
    said = strength(match["key"]) if match and is_clear else Strength.NONE
    return said if said >= Strength.STRONG else Strength.NONE


def _is_value(rest: str, said: Strength) -> bool:
    if phrases.SPEAKS_OF_OTHER.match(rest) or _SAYS_MORE.match(rest):
        return False
    return said > Strength.WEAK or re.match(r"[\s|.)!]*(?:[,(].{0,60})?$", rest) is not None


def _value_below(text: Text, line: Line) -> str | None:
    below = text.below(line.number)
    return below.text if below else None


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in line.text.strip().strip("|").split("|")]
