"""Amounts of working time in plain words ("1-2 hours", "une demi-journée", "2d 4h"), read as hours.

A day is 8 hours, a week 40, a month 160.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DAY = 8.0
JUST_ABOVE = 1.001
"""Makes "more than a day" a lower bound that no longer fits a day."""

HALF = DAY / 2
UNITS = {
    "mn": 1 / 60, "min": 1 / 60, "mins": 1 / 60, "minute": 1 / 60, "minutes": 1 / 60,
    "h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "heure": 1, "heures": 1,
    "d": DAY, "day": DAY, "days": DAY, "j": DAY, "jr": DAY, "jrs": DAY, "jour": DAY, "jours": DAY, "journee": DAY, "journees": DAY,
    "workday": DAY, "workdays": DAY, "manday": DAY, "mandays": DAY, "md": DAY, "mds": DAY, "pd": DAY, "pds": DAY, "j/h": DAY, "jh": DAY, "j.h": DAY,
    "morning": HALF, "mornings": HALF, "afternoon": HALF, "afternoons": HALF, "matinee": HALF, "matinees": HALF,
    "apres-midi": HALF, "apres midi": HALF, "w": 40, "wk": 40, "wks": 40, "week": 40, "weeks": 40, "semaine": 40, "semaines": 40,
    "mo": 160, "month": 160, "months": 160, "mois": 160,
    "quarter": 480, "quarters": 480, "trimestre": 480, "trimestres": 480,
    "semester": 960, "semesters": 960, "semestre": 960, "semestres": 960,
    "year": 1920, "years": 1920, "an": 1920, "ans": 1920, "annee": 1920, "annees": 1920,
}  # fmt: skip
PERSON_DAYS = {"j/h", "jh", "j.h", "md", "mds", "pd", "pds", "manday", "mandays"}
COUNTS = {
    "half": 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5, "one half": 0.5, "demi": 0.5, "demie": 0.5, "une demi": 0.5, "une demie": 0.5,
    "un demi": 0.5, "half of a": 0.5, "½": 0.5, "a ½": 0.5, "une ½": 0.5, "1/2": 0.5, "a 1/2": 0.5, "une 1/2": 0.5, "one half of a": 0.5,
    "quarter": 0.25, "quarter of a": 0.25, "a quarter": 0.25, "a quarter of a": 0.25, "a quarter of an": 0.25, "quarter of an": 0.25,
    "un quart de": 0.25, "un quart d'": 0.25, "quart d'": 0.25, "1/4": 0.25, "1/4 de": 0.25, "1/4 d'": 0.25, "¼": 0.25, "¼ de": 0.25,
    "three quarters of a": 0.75, "three-quarters of a": 0.75, "3/4 of a": 0.75, "¾ de": 0.75, "¾ of a": 0.75, "½ de": 0.5, "three quarters of an": 0.75, "three-quarters of an": 0.75, "trois quarts d'": 0.75, "un petit quart d'": 0.25, "un bon quart d'": 0.25, "une bonne demi": 0.5, "une petite demi": 0.5, "une grosse demi": 0.5, "trois quarts de": 0.75,
    "3/4": 0.75, "3/4 of an": 0.75, "3/4 d'": 0.75, "3/4 de": 0.75, "¾": 0.75, "¾ d'": 0.75, "¾ of an": 0.75,
    "two half": 1, "2 half": 1, "deux demi": 1, "2 demi": 1, "trois demi": 1.5, "3 demi": 1.5, "three half": 1.5, "3 half": 1.5,
    "a": 1, "an": 1, "one": 1, "single": 1, "a single": 1, "un": 1, "une": 1, "une seule": 1, "un seul": 1,
    "two": 2, "deux": 2, "a couple of": 2, "couple of": 2, "a couple": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4,
    "five": 5, "cinq": 5, "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "nine": 9, "neuf": 9, "ten": 10, "dix": 10,
    "half a dozen": 6, "une demi-douzaine d'": 6, "une demi-douzaine de": 6, "eleven": 11, "onze": 11, "twelve": 12, "douze": 12,
    "a dozen": 12, "une douzaine d'": 12, "une douzaine de": 12, "une dizaine d'": 10, "une dizaine de": 10, "fifteen": 15, "quinze": 15,
    "une quinzaine de": 15, "une quinzaine d'": 15, "sixteen": 16, "seize": 16, "twenty": 20, "vingt": 20, "une vingtaine de": 20,
    "une vingtaine d'": 20, "thirty": 30, "trente": 30, "une trentaine de": 30, "forty": 40, "quarante": 40, "forty-five": 45,
    "quarante-cinq": 45, "fifty": 50, "sixty": 60, "ninety": 90, "one and a half": 1.5, "two and a half": 2.5, "three and a half": 3.5,
}  # fmt: skip
VAGUE = {
    "a few": (2, 4), "few": (2, 4), "quelques": (2, 4), "several": (2, 5), "multiple": (2, 5), "plusieurs": (2, 5),
}  # fmt: skip
AT_MOST_BEFORE = (
    "<", "<=", "≤", "less than", "fewer than", "shorter than", "lower than", "under", "just under", "below", "within", "inside of", "at most",
    "at the most", "at the very most", "no more than", "not more than", "no longer than", "not longer than", "never more than", "up to",
    "max", "max.", "maximum", "a maximum of", "maximum of", "moins d'", "moins de", "au plus",
    "tout au plus", "au maximum", "un maximum de", "pas plus d'", "pas plus de", "jamais plus de", "jusqu'a", "en dessous de", "inferieur a",
    "inferieure a", "sans depasser", "en moins de", "en moins d'", "au pire",
)  # fmt: skip
AT_MOST_AFTER = (
    "or less", "or under", "or so at most", "at most", "at the most", "at the very most", "max", "maximum", "tops", "top", "at worst", "or fewer", "not more", "no more", "pas plus", "maxi",
    "ou moins", "au plus", "tout au plus", "au maximum", "au grand maximum", "grand maximum", "a tout casser", "au pire", "grand max", "upper bound",
)  # fmt: skip
AT_LEAST_BEFORE = (">", "more than", "over", "well over", "longer than", "greater than", "upwards of", "plus d'", "plus de", "bien plus d'",
    "bien plus de", "superieur a", "superieure a", "au-dela de", "au-dela d'")  # fmt: skip
AS_LEAST_BEFORE = (">=", "≥", "at least", "at the least", "at the very least", "no less than", "not less than", "a minimum of", "minimum of", "minimum",
    "au moins", "au minimum", "au bas mot", "un minimum de", "pas moins de", "pas moins d'", "min.")  # fmt: skip
AS_LEAST_AFTER = (
    "<", "+", "or more", "or longer", "and up", "and more", "at least", "minimum", "at minimum", "at a minimum", "upwards",
    "ou plus", "et plus", "au moins", "au minimum", "au bas mot", "min", "minimum", "a minima",
)  # fmt: skip
HEDGES = (
    "about", "around", "roughly", "approximately", "approx", "approx.", "circa", "ca.", "maybe", "probably", "perhaps", "some", "nearly",
    "almost", "close to", "likely", "really", "only", "just", "easily", "definitely", "certainly", "possibly", "well", "easily", "something like", "anywhere", "anything",
    "somewhere", "in the region of", "on the order of", "i'd say", "i would say", "i'd guess", "i guess", "i think", "let's say", "say", "a good", "a solid",
    "environ", "env.", "env", "a peu pres", "peut-etre", "a priori", "probablement", "sans doute", "approximativement", "grosso modo", "disons", "pres de",
    "quasiment", "presque", "je dirais", "je pense", "dans les", "autour de", "autour d'", "de l'ordre de", "de l'ordre d'", "grand", "largement",
    "seulement", "juste", "a vue de nez", "surement", "certainement", "peut etre", "a la louche", "au doigt mouille", "facilement", "bien", "vers", "some", "~", "≈", "±", "=", "de", "d'", "from",
)  # fmt: skip
_OF_PEOPLE = "person|people|man|men|dev|developer|engineer|engineering|work|working|business|full|whole|entire|single|solid|good|ideal|focused|bonnes?|petites?|grosses?|grandes?|pleines?|longues?|hommes?|personnes?|net"
_AFTER_UNIT = (
    r"[-/ .](?:hommes?|personnes?|ouvrees?|ouvres?|ouvrables?|entieres?|pleines?|completes?|developpeurs?|dev)\b"
)
_PLURALS = r"hours|days|weeks|heures|jours|journees|semaines"
_ACCENTS = str.maketrans(
    "àâäéèêëîïôöùûüç’‘–—‑−\u00a0\u202f\u2009", "aaaeeeeiioouuuc''----   ", "\u200b\u200d\ufe0f\u0301"
)
_SHORT = re.compile(r"[a-z./]{1,3}")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNT = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?(?: ?[½¼¾]| (?:1/[24]|3/4|et demie?|and a half)(?![\w/]))?|{_any_of([*COUNTS, *VAGUE])})"
_ISO = re.compile(r"(?<!\w)p(?:(\d{1,2})d)?(?:t(?:(\d{1,2})h)?(?:(\d{1,3})m)?)?(?!\w)")
_CLOCK = r"(?P<hours>\d{1,2}) ?(?:h ?(?P<past>[0-5]\d)(?: ?(?:m|mn|min))?|:(?P<past2>[0-5]\d) ?h)(?![\w:])"
_COUNTED = (
    rf"(?P<low>{_COUNT})(?: ?(?P<sep>-|~|to|a|or|ou|and|et) ?(?:(?:d'|de )?(?P<high>{_COUNT})))?"
    rf"(?:(?<=') ?|[- (]?)(?:(?:{_OF_PEOPLE})[ -]){{0,2}}(?P<unit>{_any_of(UNITS)})(?!\w|'(?!s? )|:\d)(?P<people>{_AFTER_UNIT})?"
    rf"(?: ?/ ?(?P<top>{_PLURALS})\b|(?: (?:or|ou) (?P<later>two|three|deux|trois|2|3)\b(?! (?:{_any_of(UNITS)})\b))|"
    r"(?P<half> and a half| et demie?\b))?"
)
_AMOUNT = re.compile(rf"(?<!\w)(?<!\d[.,:/])(?:{_CLOCK}|{_COUNTED})")
_RATE_AFTER = re.compile(
    r" ?(?:(?:an?|per|par|/|each|every|chaque|by) ?|(?:une|deux) fois par )(?:day|week|month|year|quarter|sprint|jour|journee|semaine|mois|an|trimestre|person|user|"
    r"personne|request|run|page|item|file|hour|heure|session|build|night|nuit|module|plugin|call|job|d|w|j)\b"
)
_RATE_BEFORE = re.compile(r"(?:\b(?:every|each|(?<!in )all|per|par|toutes les|tous les|chaque)) (?:other )?$")
_SMALLER = re.compile(rf" ?(?:,|and|et)? ?(?P<count>\d{{1,2}}) ?(?P<unit>m|{_any_of(UNITS)})(?![\w'])")
_JOIN = re.compile(r" ?(?:(?P<sum>\+|plus)|-|~|to|a|or|ou|and|et|but|mais) ?(?:d'|de )?")
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:(?P<most>{_any_of(AT_MOST_BEFORE)})|(?P<above>{_any_of(AT_LEAST_BEFORE)})|(?P<least>{_any_of(AS_LEAST_BEFORE)}))(?: an?)?"
    rf"|(?P<between>between|entre)|{_any_of(HEDGES)}) ?$"
)
_AFTER = re.compile(
    rf" ?[,(]? ?(?:(?P<most>{_any_of(AT_MOST_AFTER)})|(?P<least>{_any_of(AS_LEAST_AFTER)})|(?:or so|ou a peu pres|environ|a peu pres|approx))(?!\w)"
)
_NEGATED = re.compile(r"(?:n['o]t|never|\bn'|\bne\b|\bpas\b|\bjamais\b)[^,.;:()]{0,40}$")
_OF_DAY = re.compile(r"(\d{1,2}) ?h ?(?:\d\d)? ?(?:-|to|a) ?(\d{1,2}) ?h ?(?:\d\d)?")
_LONGEST_BEFORE = 28


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
class Found:
    """A time named in a text, with the words that bound it ("less than"), and where it stands."""

    start: int
    end: int
    duration: Duration


@dataclass(frozen=True, slots=True)
class _Amount:
    low: float
    high: float
    end: int


def plain(text: str) -> str:
    """The text in lower case, without accents, with plain spaces, hyphens and apostrophes."""
    return text.lower().translate(_ACCENTS)


def read(text: str) -> Duration | None:
    """The time that a short text means as a whole, or None where it names none."""
    return union([found.duration for found in find(plain(text))])


def union(durations: Iterable[Duration]) -> Duration | None:
    """What several times of one text say together: "more than two hours", "less than a day"."""
    all_of = list(durations)
    if not all_of:
        return None
    if any(one.low == 0 or one.high is None for one in all_of):
        lowest = max(one.low for one in all_of)
        tops = [one.high for one in all_of if one.high is not None]
        return Duration(lowest, max(min(tops), lowest) if tops else None)
    return Duration(min(one.low for one in all_of), max(one.high for one in all_of if one.high is not None))


def find(text: str) -> list[Found]:
    """The times named in a text that is `plain`, from left to right. "2 hours a day" and "every 2 hours" name none."""
    found: list[Found] = []
    at = 0
    for match in _starts(text):
        if match.start() < at:
            continue
        if (amount := _iso(match) if match.re is _ISO else _joined(text, match)) is None:
            continue
        one = _bounded(text, match.start(), amount, floor=at)
        at = one.end
        if rate := _RATE_AFTER.match(text, at):
            at = rate.end()
        elif not _RATE_BEFORE.search(text, max(0, one.start - 20), one.start):
            _append(found, one, text)
    return found


def _starts(text: str) -> list[re.Match[str]]:
    matches = list(_AMOUNT.finditer(text))
    if "pt" in text or re.search(r"\bp\d", text):
        matches += _ISO.finditer(text)
    return sorted(matches, key=lambda match: match.start())


def _append(found: list[Found], one: Found, text: str) -> None:
    """Bounds that stand beside each other are one time: "more than two hours but less than a day"."""
    last = found[-1] if found else None
    if last and last.duration.high is None and one.duration.low == 0 and _JOIN.fullmatch(text[last.end : one.start]):
        found[-1] = Found(last.start, one.end, Duration(last.duration.low, one.duration.high))
    else:
        found.append(one)


def _iso(match: re.Match[str]) -> _Amount | None:
    days, hours, minutes = (int(part or 0) for part in match.groups())
    total = days * DAY + hours + minutes / 60
    return _Amount(total, total, match.end()) if total else None


def _joined(text: str, match: re.Match[str]) -> _Amount | None:
    """An amount, or the range or sum of the two that follow each other."""
    amount = _amount(text, match)
    join = _JOIN.match(text, amount.end) if amount else None
    later = _AMOUNT.match(text, join.end()) if join else None
    second = _amount(text, later) if later else None
    if amount is None or join is None or second is None:
        return amount
    if _is_of_day(text[match.start() : second.end]):
        return None
    if join["sum"]:
        return _Amount(amount.low + second.low, amount.high + second.high, second.end)
    is_range = join[0].strip() not in {"and", "et", "but", "mais"} or _is_between(text, match.start())
    return _Amount(amount.low, second.high, second.end) if is_range and second.high >= amount.low else amount


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    if match["hours"]:
        hours = int(match["hours"]) + int(match["past"] or match["past2"]) / 60
        return _Amount(hours, hours, match.end())
    if not _is_sound(match) or (match["sep"] in {"and", "et"} and not _is_between(text, match.start())):
        return None
    unit = UNITS[match["unit"]]
    low, high = _count(match["low"])
    high = _count(match["high"])[1] if match["high"] else high
    high = float(_count(match["later"])[1]) if match["later"] else high
    more = unit / 2 if match["half"] else 0.0
    rest, end = (0.0, match.end()) if match["people"] else _smaller(text, match.end(), unit)
    top = UNITS[match["top"]] if match["top"] else unit
    return _Amount(low * unit + more + rest, high * top + more + rest, end)


def _is_sound(match: re.Match[str]) -> bool:
    """A unit of few letters needs digits; "1/2 days" may be a half, or one to two."""
    first, unit = match["low"], match["unit"]
    if _SHORT.fullmatch(unit) and unit not in {"min", "day", "ans"} and not (first[0].isdigit() or first[0] in "½¼¾"):
        return False
    if unit == "an" or (unit == "ans" and not first[0].isdigit()):
        return first in {"un", "1"} or unit == "ans"
    return not (first in {"1/2", "3/4", "1/4", "half"} and re.fullmatch(_PLURALS, unit))


def _is_of_day(words: str) -> bool:
    """Of "9 h - 17 h": they are no times of work."""
    hours = _OF_DAY.fullmatch(words)
    return bool(hours and int(hours[1]) >= 6 and int(hours[2]) >= 11)


def _is_between(text: str, at: int) -> bool:
    return bool(re.search(r"\b(?:between|entre) (?:about |environ )?$", text[max(0, at - 18) : at]))


def _count(words: str) -> tuple[float, float]:
    if span := VAGUE.get(words):
        return span
    if words in COUNTS:
        return COUNTS[words], COUNTS[words]
    number = re.match(r"\d+(?:[.,]\d+)?", words)
    whole, rest = (number[0], words[number.end() :].strip()) if number else ("0", "")
    fraction = 0.5 if "demi" in rest or "half" in rest else COUNTS.get(rest, 0)
    value = float(whole.replace(",", ".")) + fraction
    return value, value


def _smaller(text: str, at: int, unit: float) -> tuple[float, int]:
    """The "30m" of "1h 30m": hours and where it ends."""
    match = _SMALLER.match(text, at)
    below = (1 / 60 if match["unit"] == "m" else UNITS[match["unit"]]) if match else unit
    if match is None or below >= unit:
        return 0.0, at
    more, end = _smaller(text, match.end(), below)
    return int(match["count"]) * below + more, end


def _bounded(text: str, start: int, amount: _Amount, *, floor: int) -> Found:
    bounds: set[str] = set()
    at, end = start, amount.end
    while (before := _BEFORE.search(text, max(floor, at - _LONGEST_BEFORE), at)) and before.start() < at:
        at = before.start()
        bounds |= {name for name, words in before.groupdict().items() if words}
    while after := _AFTER.match(text, end):
        end = after.end()
        bounds |= {name for name, words in after.groupdict().items() if words}
    is_negated = bool(bounds & {"most", "above", "least"}) and bool(_NEGATED.search(text[max(0, at - 60) : at]))
    return Found(at, end, _within(bounds, amount, is_negated=is_negated))


def _within(bounds: Mapping[str, str] | set[str], amount: _Amount, *, is_negated: bool) -> Duration:
    if "above" in bounds:
        return Duration(0, amount.high) if is_negated else Duration(amount.high * JUST_ABOVE, None)
    if "least" in bounds and "most" not in bounds:
        return Duration(amount.low, None)
    if "most" in bounds:
        return Duration(0, amount.high)
    return Duration(amount.low, amount.high)
