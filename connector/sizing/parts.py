"""What an issue could be split into, read from its text: unchecked items, numbered steps, listed files or languages.

`splitting.lists` finds the lists, `splitting.work` chooses what of them is work; here the parts are named and bounded. The
order of the text is kept, and every item of it is named in a part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from connector.sizing import statements
from connector.sizing.splitting import lists, work
from connector.sizing.splitting.work import Piece
from connector.sizing.suitability import READ_AT_MOST, unsuitable

FEWEST, MOST = 2, 12
LONGEST_TITLE = 200
LONGEST_ABOVE = 60
SUB_ISSUES = "sub_issues"
SHORTEST = 12
"""Letters of an item below which its name says nothing."""
_UMBRELLA = frozenset("epic epics meta umbrella tracking tracker roadmap milestone parent épopée chapeau suivi".split())  # noqa: SIM905 - a list of words
_WORD = re.compile(r"[^\W\d_]+")


class Basis(StrEnum):
    """What in the text says how to split."""

    ITEMS = "items"
    STEPS = "steps"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Split:
    """Titles of the parts, in the order of the text.

    ``count``: the items they name; more than there are parts where neighbours were joined. ``is_whole``: the text was
    not too long to be read to its end.
    """

    basis: Basis
    titles: tuple[str, ...]
    count: int
    is_whole: bool = True


def parts_of(title: str, body: str) -> Split | None:
    """How the issue could be split; None where its text does not say it. At most twelve parts: neighbours are joined."""
    text = lists.read(body)
    for basis, choose in (
        (Basis.ITEMS, work.boxes), (Basis.STEPS, work.steps), (Basis.ITEMS, work.bullets), (Basis.LISTED, work.places),
    ):  # fmt: skip
        titles = _titles(choose(text), title)
        if len(titles) >= FEWEST:
            return Split(basis, _bounded(titles), len(titles), text.is_whole)
    return None


def labels_of_parts(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels of an issue that hold for its parts, too: not the time of the whole, not that it is an umbrella."""
    return tuple(label for label in labels if not (statements.of_label(label) or _says_umbrella(label)))


def rules_of_parts(title: str, body: str, labels: Iterable[str]) -> tuple[str, ...]:
    """The rules of an issue that stop its parts, too: not its size, and not that it is a list of others."""
    found = unsuitable(title, body[:READ_AT_MOST], labels_of_parts(labels))
    return tuple(rule for rule in found if rule != SUB_ISSUES)


def _says_umbrella(label: str) -> bool:
    return not _UMBRELLA.isdisjoint(_WORD.findall(label.lower()))


def _titles(pieces: Sequence[Piece], title: str) -> list[str]:
    """A name for each, once: equal texts under several headings are told apart by them."""
    headings = defaultdict[tuple[tuple[str, ...], str], list[tuple[str, ...]]](list)
    for piece in pieces:
        headings[piece.above, piece.text].append(piece.headings)
    named = (_title(piece, title, _apart(piece.headings, headings[piece.above, piece.text])) for piece in pieces)
    return list(dict.fromkeys(named))


def _apart(own: Sequence[str], all_alike: Sequence[Sequence[str]]) -> list[str]:
    """The headings that not all of these share."""
    return [heading for heading in own if not all(heading in others for others in all_alike)]


def _title(piece: Piece, title: str, headings: Sequence[str]) -> str:
    if piece.is_place and not headings:
        return f"{shortened(title.strip(), LONGEST_TITLE // 2)}: {piece.text.replace('`', '')}"
    above = [shortened(each.rstrip(": "), LONGEST_ABOVE) for each in (*headings, *piece.above)[-2:]]
    return ": ".join([*filter(None, above), piece.text])


def _bounded(titles: Sequence[str]) -> tuple[str, ...]:
    """At most twelve: neighbours share a part where there are more, as evenly as can be."""
    count = min(len(titles), MOST)
    edges = [round(place * len(titles) / count) for place in range(count + 1)]
    return tuple(_joined(titles[start:end]) for start, end in pairwise(edges))


def _joined(titles: Sequence[str]) -> str:
    """One title that names them all; first, last and their number where they are too many for that."""
    limit = _fair([len(title) for title in titles], LONGEST_TITLE - 2 * (len(titles) - 1))
    if limit < SHORTEST:
        first, last = (shortened(title, LONGEST_TITLE // 2 - 10) for title in (titles[0], titles[-1]))
        return f"{first} … {last} ({len(titles)})"
    names = [shortened(title, limit) for title in titles]
    if len(set(names)) < len(names):  # they begin alike: what tells them apart is at their ends
        names = [_without_middle(title, limit) for title in titles]
    return "; ".join(names)


def _fair(lengths: Sequence[int], room: int) -> int:
    """How long each may be so that all find room: what the short ones leave goes to the long ones."""
    limit = LONGEST_TITLE
    for place, length in enumerate(sorted(lengths)):
        limit = max(room // (len(lengths) - place), 0)
        if length > limit:
            break
        room -= length
    return limit


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, up to a word, and an ellipsis where it is longer."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    words, _, rest = cut.rpartition(" ")
    return (words if len(rest) < 20 and len(words) > limit // 2 else cut).rstrip(" ,;:") + "…"


def _without_middle(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    start = (limit - 1) // 2
    return f"{text[:start].rstrip()}…{text[len(text) - (limit - 1 - start) :].lstrip()}"
