"""The sentences of an issue that name a time, each with what stands around it. Code, quotes and comments are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from connector.sizing.durations import Duration, find, plain

TIME = "§"
"""Stands for a time in the text of a sentence."""
LONGEST_LINE = 1_500
"""Longer lines are data, no sentences."""
MOST_TIMES = 12
"""Lines that name more times are data, too."""
READ_OF_FIRST, READ_OF_LAST = 60, 30
"""Lines with a time that are read; those between are a log."""
_FENCE = re.compile(r"(?:^|\n)(?:```|~~~)")
_UNIT = re.compile(
    r"(?:min(?:ute)?s?|hours?|heures?|days?|jours?|journ[ée]es?|weeks?|semaines?|months?|mois|mornings?|afternoons?|matin[ée]es?|apr[èe]s.midi|hrs?|wks?|"
    r"mandays?|workdays?)(?![a-z])|[\d½¼¾] ?(?:[hdjw]|mn|jrs?|[mp]ds?|jh)(?![a-z])|\dh\d\d|\bpt?\d|\bj[/.]?h\b|\([hdj]\)"
)
_OF_UNITS = (
    "min",
    "hour",
    "heure",
    "day",
    "jour",
    "week",
    "semaine",
    "month",
    "mois",
    "morning",
    "noon",
    "matin",
    "midi",
    "hr",
    "wk",
    "j/h",
    "jh",
    "j.h",
    "(h)",
    "(d)",
    "(j)",
)
_WITH_DIGIT = re.compile(r"[\d½¼¾] ?[hdjwmp]|pt?\d")
"""Any time has one of these. Looked for first: it is several times faster in logs."""
_MARKS = re.compile(r"^(?:[\s>*•◦#+-]|\d{1,2}[.)] |h\d\. )*(?:\[(?P<box>[ x✓])\] ?)?")
_QUOTES = re.compile(r"\"[^\"]{0,300}\"|«[^»]{0,300}»|“[^”]{0,300}”|„[^“”]{0,300}[“”]|(?<!: )(?<!\| )`[^`]{1,300}`")
_MARKUP = re.compile(r"~~[^~]{1,300}~~|</?[a-z][^<>]{0,100}>|\{[a-z]+(?::[^{}]{0,60})?\}")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,300}\)")
_ABBREVIATION = re.compile(r"\b(approx|env|est|max|min|ca|hrs?|mins?|incl|estim|c|dev)\.(?= |\d|$)")
_BETWEEN = re.compile(r"(?<=[.!?;…])\s+(?=\S)|\s[•·]\s")
_EMPTY = " \t\r-="
_COMMAND = re.compile(r"(?:^|\n)[ \t]{0,3}/estimate[ \t]{1,4}([^\n]{1,40})")
_MINUTES = re.compile(r"(?<=\d)m\b")
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True)
class Line:
    """A line without markup, in plain words."""

    number: int
    text: str
    is_item: bool
    is_heading: bool
    is_unchecked: bool
    is_checked: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence of a line; `TIME` stands in its text for each time it names."""

    text: str
    times: tuple[Duration, ...]
    line: Line
    before: str
    """The sentence before it in its line."""
    is_last: bool


class Text:
    """A text cut into lines, those with a time into sentences."""

    def __init__(self, text: str) -> None:
        self._text = _without_comments(outside_code(text)).replace(TIME, " ").lower()
        self._raw = self._text.split("\n")
        self._lines: dict[int, Line] = {}

    @property
    def has_body(self) -> bool:
        """Whether there is more than the first line."""
        return len(self._raw) > 1

    @cached_property
    def title(self) -> str:
        """The first line, with its times marked."""
        return _marked(self.line(0).text)[0]

    def command(self) -> str:
        """What follows the tracker's own command for an estimate; of several, the last. A "m" there is a minute."""
        commands = _COMMAND.findall(self._text)
        return _MINUTES.sub("min", commands[-1]) if commands else ""

    def line(self, number: int) -> Line:
        """The line without markup."""
        if number not in self._lines:
            self._lines[number] = _line(number, self._raw[number])
        return self._lines[number]

    def above(self, number: int) -> Line | None:
        """The line before it that is not empty; None at the top."""
        above = range(number - 1, max(-1, number - 12), -1)
        return next((self.line(at) for at in above if self._raw[at].strip(_EMPTY)), None)

    def below(self, number: int) -> Line | None:
        """The line after it that is not empty; None at the end."""
        end = min(len(self._raw), number + 6)
        return next((self.line(at) for at in range(number + 1, end) if self._raw[at].strip()), None)

    def stands_apart(self, number: int) -> bool:
        """Whether the line begins a paragraph."""
        return number <= 1 or not self._raw[number - 1].strip()

    def timed(self) -> Iterator[Line]:
        """The lines that may name a time."""
        units = [unit for unit in _OF_UNITS if unit in self._text]
        numbers = [number for number, raw in enumerate(self._raw) if _may_name_a_time(raw, units)]
        if len(numbers) > READ_OF_FIRST + READ_OF_LAST:
            numbers = numbers[:READ_OF_FIRST] + numbers[-READ_OF_LAST:]
        for number in numbers:
            if len(_UNIT.findall(self._raw[number])) <= MOST_TIMES:
                yield self.line(number)

    def sentences(self, line: Line) -> Iterator[Sentence]:
        """The sentences of a line, those without a time too."""
        before = ""
        parts = _BETWEEN.split(line.text)
        for number, part in enumerate(parts, start=1):
            text, times = _marked(part.strip())
            yield Sentence(text, times, line, before, number == len(parts))
            before = text


def outside_code(text: str) -> str:
    """The text without its fenced blocks."""
    return "\n".join(_FENCE.split(text)[::2])


def has_open_fence(text: str) -> bool:
    """Whether a code block that begins in the text does not end in it."""
    return sum(1 for _ in _FENCE.finditer(text)) % 2 == 1


def tidy(text: str) -> str:
    """A line in plain words, without markup, quotes and code."""
    words = _LINK.sub(r"\1", plain(unescape(text)))
    words = _QUOTES.sub("…", _MARKUP.sub("", words))
    words = words.replace("*", "").replace("`", "")
    return _SPACES.sub(" ", _ABBREVIATION.sub(r"\1", words)).strip()


def _line(number: int, raw: str) -> Line:
    marks = _MARKS.match(raw)
    start = marks.end() if marks else 0
    lead, box = raw[:start].strip(), marks["box"] if marks else None
    is_item = bool(re.match(r"[*•◦+-](?!\*)|\d", lead)) and not raw.lstrip().startswith("**")
    return Line(number, tidy(raw[start : start + LONGEST_LINE]), is_item, "#" in lead, box == " ", box in {"x", "✓"})


def _may_name_a_time(raw: str, units: list[str]) -> bool:
    has_unit = any(unit in raw for unit in units) or _WITH_DIGIT.search(raw)
    return bool(has_unit and len(raw) <= LONGEST_LINE and _UNIT.search(raw))


def _marked(text: str) -> tuple[str, tuple[Duration, ...]]:
    found = find(text)
    parts, at = [], 0
    for one in found:
        space = " " if one.start and text[one.start - 1 : one.start].isalnum() else ""
        parts.append(text[at : one.start] + space + TIME)
        at = one.end
    return "".join(parts) + text[at:], tuple(one.duration for one in found)


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]
