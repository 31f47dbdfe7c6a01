"""Which issues of its own project a pull or merge request says to close, read from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.links import parts_of

MOST_ISSUES = 100
LONGEST_TEXT = 200_000

# GitHub knows close, fix and resolve; GitLab's default pattern adds the -ing forms and "implement".
_KEYWORD = r"(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)"
_PATH = r"[\w.-]+(?:/[\w.-]+)*"
_REFERENCE = rf"(?:https?://[^\s,;()<>\[\]\"']+|(?:{_PATH})?#\d{{1,9}}|GH-\d{{1,9}})\b"
_CLOSING = re.compile(
    rf"(?<![\w/-]){_KEYWORD}(?:\s+issues?)?:?\s+(?P<first>{_REFERENCE})"
    rf"(?P<rest>(?:\s*(?:,\s*(?:and\s+)?|and\s+|&\s*){_REFERENCE})*)",
    re.IGNORECASE,
)
_ONE = re.compile(_REFERENCE, re.IGNORECASE)
_SHORT = re.compile(r"(?:(?P<path>.*)#|GH-)(?P<number>\d+)", re.IGNORECASE)
_ISSUE_PATH = re.compile(r"/(?P<path>.+?)(?:/-)?/(?:issues|work_items)/(?P<number>\d{1,9})/?")
# What is opened and never closed goes on to the end, as in Markdown; that also keeps the search linear.
_NOT_PROSE = re.compile(r"<!--.*?(?:-->|\Z)|```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)


def closed_issues(*texts: str, path: str, web_url: str) -> tuple[int, ...]:
    """The issue numbers, in order of appearance, each once.

    ``path`` and ``web_url`` name the project itself: references to other projects are left out. Code and HTML
    comments (as in request templates) do not count. After a keyword a list counts whole: "Closes #1, #2 and #3".
    """
    found: dict[int, None] = {}
    for given in texts:
        for reference in _references(_NOT_PROSE.sub(" ", given[:LONGEST_TEXT])):
            number = _own_number(reference, path, web_url)
            if number and len(found) < MOST_ISSUES:
                found[number] = None
    return tuple(found)


def closed_elsewhere(*texts: str, path: str, web_url: str) -> tuple[tuple[str, int], ...]:
    """The issues of other projects of the same tracker that are named so: (path, number), each once.

    Only by a whole path or an address: "archive#3" could be a project of any owner.
    """
    found: dict[tuple[str, int], None] = {}
    for given in texts:
        for reference in _references(_NOT_PROSE.sub(" ", given[:LONGEST_TEXT])):
            other = _other_issue(reference, path, web_url)
            if other and other[0].lower() != path.lower() and len(found) < MOST_ISSUES:
                found[other] = None
    return tuple(found)


def _other_issue(reference: str, path: str, web_url: str) -> tuple[str, int] | None:
    if "://" not in reference:
        short = _SHORT.fullmatch(reference)
        named = (short["path"] or "") if short else ""
        return (named, int(short["number"])) if short and "/" in named and int(short["number"]) else None
    given, ours = parts_of(reference), parts_of(web_url)
    below = ours.path.lower().removesuffix(path.lower())  # a forge may live below a path of its host
    found = _ISSUE_PATH.fullmatch(given.path.rstrip("."))
    if found is None or given.netloc.lower() != ours.netloc.lower() or not given.path.lower().startswith(below):
        return None
    return f"/{found['path']}"[len(below) :], int(found["number"])


def _references(prose: str) -> Iterator[str]:
    for closing in _CLOSING.finditer(prose):
        yield closing["first"]
        yield from _ONE.findall(closing["rest"])


def _own_number(reference: str, path: str, web_url: str) -> int | None:
    if "://" in reference:
        return _number_in_address(reference, web_url)
    short = _SHORT.fullmatch(reference)
    if short is None:
        return None
    named = (short["path"] or "").lower()
    # "archive#3" is a neighbour of the same namespace on GitLab; only our own name means us.
    ours = path.lower()
    return int(short["number"]) if named in ("", ours, ours.rpartition("/")[2]) else None


def _number_in_address(reference: str, web_url: str) -> int | None:
    given, ours = parts_of(reference), parts_of(web_url)
    if given.netloc.lower() != ours.netloc.lower():
        return None
    found = _ISSUE_PATH.fullmatch(given.path.rstrip("."))
    if found is None or found["path"].lower() != ours.path.strip("/").lower():
        return None
    return int(found["number"])
