"""Amounts of working time in plain words ("1-2 hours", "une demi-journée", "2d 4h"), read as hours.

A day is 8 hours, a week 40, a month 160.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 8.0
JUST_ABOVE = 1.001
"""Makes "more than a day" a lower bound that no longer fits a day."""

UNITS = {
    "m": 1 / 60, "min": 1 / 60, "mins": 1 / 60, "minute": 1 / 60, "minutes": 1 / 60,
    "h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "heure": 1, "heures": 1,
    "d": DAY, "day": DAY, "days": DAY, "j": DAY, "jour": DAY, "jours": DAY, "journée": DAY, "journées": DAY,
    "w": 40, "week": 40, "weeks": 40, "semaine": 40, "semaines": 40,
    "mo": 160, "month": 160, "months": 160, "mois": 160,
    "quarter": 480, "quarters": 480, "trimestre": 480, "trimestres": 480,
    "semester": 960, "semesters": 960, "semestre": 960, "semestres": 960,
    "year": 1920, "years": 1920, "an": 1920, "ans": 1920, "année": 1920, "années": 1920,
}  # fmt: skip
COUNTS = {
    "half": (0.5, 0.5), "half a": (0.5, 0.5), "half an": (0.5, 0.5), "a half": (0.5, 0.5),
    "demi": (0.5, 0.5), "demie": (0.5, 0.5), "une demi": (0.5, 0.5), "une demie": (0.5, 0.5),
    "a": (1, 1), "an": (1, 1), "one": (1, 1), "single": (1, 1), "a single": (1, 1), "un": (1, 1), "une": (1, 1),
    "two": (2, 2), "deux": (2, 2), "a couple of": (2, 2), "couple of": (2, 2), "three": (3, 3), "trois": (3, 3),
    "four": (4, 4), "quatre": (4, 4), "five": (5, 5), "cinq": (5, 5), "six": (6, 6),
    "a few": (2, 4), "few": (2, 4), "quelques": (2, 4), "several": (2, 5), "plusieurs": (2, 5),
}  # fmt: skip
RANGE_WORDS = {"-", "to", "or", "and", "à", "ou", "et", "~"}
AT_MOST_BEFORE = (
    "<", "≤", "less than", "under", "below", "within", "at most", "no more than", "not more than", "up to", "max",
    "maximum", "moins d", "moins de", "au plus", "pas plus d", "pas plus de", "jusqu à", "t take more than",
)  # fmt: skip
AT_MOST_AFTER = ("or less", "or under", "at most", "max", "maximum", "tops", "ou moins", "au plus")
AT_LEAST_BEFORE = (">", "≥", "more than", "over", "at least", "longer than", "plus d", "plus de", "au moins")
AT_LEAST_AFTER = ("<", "+", "or more", "or longer", "ou plus")

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[<>≤≥+/~-]")
_CLOCK = re.compile(r"(\d)\s?h\s?([0-5]\d)\b")
_DECIMAL_COMMA = re.compile(r"(\d),(\d)")
_DASHES = str.maketrans({"–": "-", "—": "-", "\u2011": "-", "−": "-"})


@dataclass(frozen=True, slots=True)
class Duration:
    """Hours of work; ``high`` None: no upper bound was given."""

    low: float
    high: float | None

    @property
    def mid(self) -> float:
        """The middle; twice the lower bound where there is no upper one."""
        return self.low * 2 if self.high is None else (self.low + self.high) / 2

    @property
    def fits_one_day(self) -> bool | None:
        """None where it cannot be told: more than four hours may be five or fifty."""
        if self.low > DAY or (self.high is not None and self.high > DAY):
            return False
        return None if self.high is None else True


@dataclass(frozen=True, slots=True)
class _Amount:
    low: float
    high: float
    start: int
    end: int


def read(text: str) -> Duration | None:
    """The time that a short text means as a whole, or None where it names none."""
    words = _words(text)
    amounts = _amounts(words)
    if not amounts:
        return None
    bounds = [_bounded(amount, words) for amount in amounts]
    if any(low == 0 or high is None for low, high in bounds):
        lowest = max(low for low, _ in bounds)
        tops = [high for _, high in bounds if high is not None]
        return Duration(lowest, max(min(tops), lowest) if tops else None)
    return Duration(min(low for low, _ in bounds), max(high for _, high in bounds if high is not None))


def _words(text: str) -> list[str]:
    plain = _DECIMAL_COMMA.sub(r"\1.\2", text.lower().translate(_DASHES))
    return _TOKEN.findall(_CLOCK.sub(r"\1 h \2 min", plain))


def _amounts(words: list[str]) -> list[_Amount]:
    found, at = [], 0
    while at < len(words):
        amount = _amount(words, at)
        if amount:
            found.append(amount)
        at = amount.end if amount else at + 1
    return found


def _amount(words: list[str], start: int) -> _Amount | None:
    counted = _range(words, start)
    if counted is None:
        return None
    low, high, at = counted
    at += _word(words, at) == "-"
    unit = _unit(words, at, is_number=words[start][0].isdigit())
    if unit is None:
        return None
    top, at = unit, at + 1
    if _word(words, at) == "/" and _word(words, at + 1) in UNITS:
        top, at = UNITS[words[at + 1]], at + 2
    if _word(words, at) in {"or", "ou"} and (later := _count(words, at + 1)):
        high, at = later[1], later[2]
    rest = _smaller(words, at, unit)
    return _Amount(low * unit + rest[0], high * top + rest[0], start, rest[1])


def _range(words: list[str], at: int) -> tuple[float, float, int] | None:
    first = _count(words, at)
    if first and _word(words, first[2]) in RANGE_WORDS and (last := _count(words, first[2] + 1)):
        return first[0], last[1], last[2]
    return first


def _count(words: list[str], at: int) -> tuple[float, float, int] | None:
    if at < len(words) and words[at][0].isdigit():
        return float(words[at]), float(words[at]), at + 1
    for length in (3, 2, 1):
        span = COUNTS.get(" ".join(words[at : at + length]))
        if span and at + length <= len(words):
            return span[0], span[1], at + length
    return None


def _unit(words: list[str], at: int, *, is_number: bool) -> float | None:
    word = _word(words, at)
    if word == "m" or (len(word) <= 2 and not is_number):
        return None
    return UNITS.get(word)


def _smaller(words: list[str], at: int, unit: float) -> tuple[float, int]:
    """The "30m" of "1h 30m": hours and where it ends."""
    if at + 1 < len(words) and words[at][0].isdigit() and 0 < UNITS.get(words[at + 1], 0) < unit:
        more, end = _smaller(words, at + 2, UNITS[words[at + 1]])
        return float(words[at]) * UNITS[words[at + 1]] + more, end
    return 0.0, at


def _bounded(amount: _Amount, words: list[str]) -> tuple[float, float | None]:
    before = " ".join(words[max(0, amount.start - 4) : amount.start])
    after = " ".join(words[amount.end : amount.end + 2])
    if _ends_with(before, AT_MOST_BEFORE) or _starts_with(after, AT_MOST_AFTER):
        return 0, amount.high
    if _ends_with(before, AT_LEAST_BEFORE):
        return amount.high * JUST_ABOVE, None
    if _starts_with(after, AT_LEAST_AFTER):
        return amount.high, None
    return amount.low, amount.high


def _word(words: list[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _ends_with(text: str, phrases: tuple[str, ...]) -> bool:
    return any(text == phrase or text.endswith(" " + phrase) for phrase in phrases)


def _starts_with(text: str, phrases: tuple[str, ...]) -> bool:
    return any(text == phrase or text.startswith(phrase + " ") for phrase in phrases)
