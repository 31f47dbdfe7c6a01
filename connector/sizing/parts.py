"""What an issue could be split into, read from its text: unchecked items, numbered steps, listed files or languages.

Boxes of a template ("I have searched"), done items, code and items that are issues themselves are no parts. The order
of the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from connector.sizing.statements import outside_code

FEWEST, MOST = 2, 12
LONGEST_TITLE = 200
READ_AT_MOST = 50_000
LINES_AT_MOST = 2_000


class Basis(StrEnum):
    """What in the text says how to split."""

    ITEMS = "items"
    STEPS = "steps"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Split:
    """Titles of the parts, in the order of the text."""

    basis: Basis
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """An item of a list with the heading above it; ``is_open`` None: it has no box."""

    indent: int
    text: str
    heading: str
    is_open: bool | None = None
    is_numbered: bool = False


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<a>\S[^\n]{0,200})|\*\*(?P<b>[^*\n]{2,120})\*\*:?|(?P<c>[^\n]{2,120}):")
_ITEM = re.compile(
    r"(?P<indent>[ \t]{0,40})(?:[-*+]|(?P<number>\d{1,3})[.)])[ \t]+(?:\[(?P<box>[ xX])\][ \t]+)?(?P<text>\S.*)"
)
_ISSUE = re.compile(
    r"(?:^|[\s(\[])(?:[\w.-]{1,60}/[\w.-]{1,60})?[#!]\d+\b|https?://\S{1,300}/(?:issues|pull|merge_requests|work_items)/\d+"
)
_TEMPLATE_ITEM = re.compile(
    r"(?:i(?:['’]m| am|['’]ve| have| did| will| confirm| agree| understand| searched| checked| read)\b|"
    r"j['’](?:ai|accepte)\b|je (?:suis|confirme|comprends)\b|yes\b|no\b|oui\b|non\b|bug\b.{0,12}$|feature(?: request)?\b.{0,12}$|"
    r"(?:this|the) (?:issue|bug|request) (?:is|has)\b|(?:searched|checked|read) )",
    re.IGNORECASE,
)
_TEMPLATE_HEADING = re.compile(
    r"\b(?:checklist|check list|before (?:you )?(?:submit|post|open)\w*|prerequisites?|pre-?flight|guidelines|code of conduct|"
    r"type of (?:issue|change)|environment|avant d[e’'])",
    re.IGNORECASE,
)
_TASK_HEADING = re.compile(
    r"^\W{0,4}(?:(?:sub-?)?tasks?|to-?dos?|to do|steps?|plan|work(?: items)?|implementation(?: steps)?|proposed (?:steps|changes)|"
    r"what (?:needs|has) to be done|what to do|(?:sous-)?tâches?|à faire|étapes?|travail|ce qu['’]il (?:faut|y a à) faire)\b(?P<rest>.{0,60})$",
    re.IGNORECASE,
)
_REPRODUCE = re.compile(r"reproduc|repro\b|reproduire|observ|expected|attendu", re.IGNORECASE)
_LIST_HEADING = re.compile(
    r"\b(?:files?|components?|pages?|modules?|packages?|templates?|classes|endpoints?|locales?|languages?|translations?|"
    r"fichiers?|composants?|gabarits?|langues?|traductions?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"`[^`\n]{1,120}`|[\w./@-]{1,120}\.\w{1,8}|[\w-]{1,60}(?:/[\w.-]{1,60}){1,8}|[a-z]{2,3}(?:[-_][A-Z]{2})?|[A-ZÀ-Þ][\w-]{2,40}"
)
_LOCALE_OR_NAME_ONLY = re.compile(rf"(?:{_NAME.pattern})(?:\s*\([^()\n]{{1,60}}\))?\W{{0,2}}")
_EMPHASIS = re.compile(r"\*\*|__|~~|\[([^\]\n]{1,200})\]\([^)\n]{1,400}\)")


def parts_of(title: str, body: str) -> Split | None:
    """How the issue could be split; None where its text does not say it. At most twelve parts: neighbours are joined."""
    lines = _items(_COMMENT.sub("", outside_code(body[:READ_AT_MOST])))
    found: Iterable[tuple[Basis, list[str]]] = (
        (Basis.ITEMS, _unchecked(lines)),
        (Basis.STEPS, _steps(lines)),
        (Basis.LISTED, _listed(lines, title)),
    )
    return next((Split(basis, _bounded(titles)) for basis, titles in found if len(titles) >= FEWEST), None)


def _items(text: str) -> list[_Line]:
    heading, found = "", []
    for line in text.splitlines()[:LINES_AT_MOST]:
        item = _ITEM.fullmatch(line[:1000].rstrip())
        if item:
            found.append(_line(item, heading))
        elif title := _HEADING.fullmatch(line.strip()[:300]):
            heading = title["a"] or title["b"] or title["c"]
    return found


def _line(item: re.Match[str], heading: str) -> _Line:
    box = item["box"]
    indent = len(item["indent"].expandtabs(4))
    return _Line(indent, item["text"], heading, None if box is None else box == " ", item["number"] is not None)


def _unchecked(lines: Sequence[_Line]) -> list[str]:
    boxes = [line for line in lines if line.is_open and not _is_template(line)]
    outer = min((line.indent for line in boxes), default=0)
    return _titles(line.text for line in boxes if line.indent <= outer + 1)


def _is_template(line: _Line) -> bool:
    return bool(_TEMPLATE_HEADING.search(line.heading) or _TEMPLATE_ITEM.match(line.text))


def _steps(lines: Sequence[_Line]) -> list[str]:
    return _titles(line.text for line in lines if line.is_numbered and line.indent < 2 and _is_work(line.heading))


def _is_work(heading: str) -> bool:
    found = _TASK_HEADING.match(heading)
    return bool(found) and not _REPRODUCE.search(heading)


def _listed(lines: Sequence[_Line], title: str) -> list[str]:
    named = [line for line in lines if line.is_open is None and _LIST_HEADING.search(line.heading)]
    own = [line for line in named if named and line.heading == named[0].heading and line.indent < 2]
    if not own or not all(_LOCALE_OR_NAME_ONLY.fullmatch(line.text) for line in own):
        return []
    return [f"{title.strip()[: LONGEST_TITLE // 2]}: {name.strip('`')}" for name in _titles(line.text for line in own)]


def _titles(texts: Iterable[str]) -> list[str]:
    plain = (_plain(text) for text in texts if not _ISSUE.search(text))
    return list(dict.fromkeys(text for text in plain if text))


def _plain(text: str) -> str:
    said = _EMPHASIS.sub(lambda found: found[1] or "", text).strip().rstrip(";,.")
    return said[:LONGEST_TITLE]


def _bounded(titles: Sequence[str]) -> tuple[str, ...]:
    """At most twelve: neighbours share a part where there are more, as evenly as can be."""
    count = min(len(titles), MOST)
    edges = [round(place * len(titles) / count) for place in range(count + 1)]
    return tuple("; ".join(titles[start:end])[:LONGEST_TITLE] for start, end in pairwise(edges))
