"""The lists of a text, as trees of items under the headings above them. Code, comments and quotations hold none.

It is read line by line, as forges show it: a list in a code block is no list, one indented below another belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

READ_AT_MOST = 65_536
LINES_AT_MOST = 2_500
LONGEST_LINE = 1_000
FOLDED, BOLD, INTRODUCED = 0, 7, 8
"""Levels of what a fold is called, of a heading that is only bold, and of a line that ends with a colon."""


@dataclass(frozen=True, slots=True)
class Item:
    """``is_open`` None: it has no box. ``beside``: what stands in the same row of a table."""

    text: str
    is_open: bool | None = None
    is_numbered: bool = False
    items: tuple[Item, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list or table. ``headings``: those it stands under, the outermost first."""

    headings: tuple[str, ...]
    items: tuple[Item, ...]
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """``labels``: headings, and words before a colon at the start of a line. ``is_whole``: nothing was too long to read."""

    listings: tuple[Listing, ...]
    labels: tuple[str, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    indent: int
    offset: int
    """Where its text begins: what is indented as far belongs to it."""
    item: Item


@dataclass(frozen=True, slots=True)
class _Fence:
    mark: str
    within: int
    """How far a line must be indented to stand in the same item; 0: the block is in no list."""
    is_code: bool = True
    """False for a list of tasks, as GitHub wrote them."""

    def ends_at(self, line: str) -> bool:
        bare = line.strip()
        return bare.startswith(self.mark) and set(bare) == {self.mark[0]}

    def is_left_by(self, line: str) -> bool:
        return bool(line.strip()) and _indent(line) < self.within


_FENCE = re.compile(
    r"(?P<before>[ \t]{0,40}(?:(?:[-*+]|\d{1,3}[.)])[ \t]{1,8}(?:\[[ xX]\][ \t]{1,8})?){0,3})(?:(?P<a>`{3,})[^`]*|(?P<b>~{3,})[^~]*)"
)
_ITEM = re.compile(
    r"(?P<indent>[ \t]{0,40})(?:(?:(?:[-*+•]|(?P<number>\d{1,3})[.)])(?:[ \t]+|(?=\[[ xX]\] )))(?:\[(?P<box>[ \u00a0xX~-]?)\](?:[ \t]+|(?=\*\*)|(?<=[ xX]\])(?=\w)))?"
    r"|\[(?P<bare>[ xX])\][ \t]+)(?P<text>\S.*)"
)
_HEADING = re.compile(
    r"(?P<marks>#{1,6})[ \t]+(?P<a>\S.{0,200}?)[ \t]*#*|(?:\*\*|__)(?P<b>[^*\n]{2,120}?)(?:\*\*|__)[ \t]*:?"
    r"|<(?:h(?P<level>[1-6])|summary)\b[^<>]{0,100}>(?P<c>[^\n]{2,200}?)(?:</[^\n]*)?|(?P<d>[^>|\n][^\n]{1,120}):"
)
_BARE_HEADING = re.compile(
    r"(?:to-? ?dos?(?: list)?|(?:sub-?)?tasks|(?:reste )?à faire|(?:sous-)?tâches)", re.IGNORECASE
)
_UNDERLINE = re.compile(r"={2,}|-{2,}")
_ROW_LINE = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|){0,30}[ \t]*(?::?-+:?[ \t]*)?")
_LABEL = re.compile(r"[\W_]{0,12}(?P<label>[^\W_][^:*\n]{1,60}?)[ \t]*(?::|\*\*)")
_TAG = re.compile(r"<[^<>\n]{1,100}>")
_COMMENT = re.compile(r"(`+)[^`\n]*\1|<!--.*?-->")
_HIDDEN = (("<!--", "-->"), ("<pre", "</pre>"))
_SHOWN_DONE, _SHOWN_OPEN = re.compile(r"[✅☑✔]\ufe0f?[ \t]*"), re.compile(r"(?:[☐⬜🔲❌]\ufe0f?)[ \t]*")
_NO_NAME = re.compile(r"\W*(?:id|n[o°º]|number|numéro)?\W*", re.IGNORECASE)


def read(text: str) -> Lists:
    """Every list and table of a text in its order, and how it calls its sections."""
    lines = text[:READ_AT_MOST].splitlines()
    reader = _Reader()
    for line in _shown(line[:LONGEST_LINE].rstrip() for line in lines[:LINES_AT_MOST]):
        reader.take(line)
    reader.close()
    is_whole = len(text) <= READ_AT_MOST and len(lines) <= LINES_AT_MOST
    return Lists(tuple(reader.listings), tuple(reader.labels), is_whole)


def _shown(lines: Iterable[str]) -> Iterator[str]:
    """The lines outside of code blocks and comments; an empty one stands for what is hidden."""
    fence: _Fence | None = None
    end, offset = "", 0
    for line in lines:
        if fence and not fence.is_left_by(line):
            is_over = fence.ends_at(line)
            yield "" if is_over or fence.is_code else line
            fence = None if is_over else fence
            continue
        fence = None
        if end:
            _, found, line = line.partition(end)  # noqa: PLW2901 - the rest of the line is shown
            end = "" if found else end
        if opened := _FENCE.fullmatch(line):
            indent = len(opened["before"].expandtabs(4))
            is_marked = bool(opened["before"].strip())
            within = indent if is_marked else offset if offset <= indent else 0
            fence = _Fence(opened["a"] or opened["b"], within, is_code="[tasklist]" not in line)
            yield ""
            continue
        plain = _COMMENT.sub(lambda found: found[0] if found[1] else "", line)
        for start, stop in _HIDDEN:
            if plain.lstrip().lower().startswith(start) and stop not in plain:
                plain, end = "", stop
        if found_item := _ITEM.fullmatch(plain):
            offset = _offset(found_item)
        elif plain.strip() and _indent(plain) < 2:
            offset = 0
        yield plain


@dataclass(slots=True)
class _Reader:
    """Puts lines together to lists and keeps the headings they stand under."""

    listings: list[Listing] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _above: list[tuple[int, str]] = field(default_factory=list)
    _open: list[_Line] = field(default_factory=list)
    _columns: list[str] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _before: str = ""
    _is_after_blank: bool = True

    def take(self, line: str) -> None:
        """The next line, without what is hidden."""
        if not line.strip():
            self._is_after_blank, self._before = True, ""
            self._end_table()
            return
        if self._is_code(line):
            return
        if label := _LABEL.match(line):
            self.labels.append(label["label"])
        self._place(line)
        self._is_after_blank, self._before = False, line

    def close(self) -> None:
        """There are no more lines."""
        self._end_list()
        self._end_table()

    def _place(self, line: str) -> None:
        bare = line.strip()
        if "|" not in line:
            self._end_table()
        if self._columns:
            self._rows.append(_cells(bare))
        elif "|" in self._before and _ROW_LINE.fullmatch(bare):
            self._end_list()
            self._columns = _cells(self._before.strip())
        elif item := _ITEM.fullmatch(line):
            self._add(item)
        elif self._is_underlined() and _UNDERLINE.fullmatch(bare):
            self._head(1 if bare[0] == "=" else 2, self._before.strip(" \t*_"))
        elif (heading := _HEADING.fullmatch(bare)) and (heading["marks"] or not self._belongs_to_item(line)):
            self._head(_level(heading), heading["a"] or heading["b"] or heading["c"] or heading["d"])
        elif _BARE_HEADING.fullmatch(bare):
            self._head(INTRODUCED, bare)
        elif self._belongs_to_item(line):
            self._go_on(bare)
        else:
            self._end_list()
            self._leave(INTRODUCED)
        if "</details>" in bare.lower():
            self._unfold()

    def _add(self, found: re.Match[str]) -> None:
        box, offset = found["box"] if found["bare"] is None else found["bare"], _offset(found)
        is_open = None if box is None else box in " \u00a0"
        item = _marked(found["text"], is_open=is_open, is_numbered=found["number"] is not None)
        self._open.append(_Line(len(found["indent"].expandtabs(4)), offset, item))

    def _go_on(self, bare: str) -> None:
        """Lines were broken for their length: the rest of a sentence begins with a small letter, right below."""
        last = self._open[-1]
        if self._is_after_blank or not bare[0].islower() or not 50 < len(self._before) < 120:
            return
        text = f"{last.item.text} {bare}"[:LONGEST_LINE]
        item = Item(text, last.item.is_open, last.item.is_numbered)
        self._open[-1] = _Line(last.indent, last.offset, item)

    def _head(self, level: int, title: str) -> None:
        self._end_list()
        self._end_table()
        self._leave(level or INTRODUCED)
        plain = _TAG.sub("", title).strip()
        self._above.append((level, plain))
        self.labels.append(plain)

    def _leave(self, level: int) -> None:
        while self._above and self._above[-1][0] >= level:
            self._above.pop()

    def _unfold(self) -> None:
        """The end of what was folded, and of the headings in it."""
        self._end_list()
        if any(level == FOLDED for level, _ in self._above):
            self._leave(FOLDED + 1)
            self._above.pop()

    def _end_list(self) -> None:
        if self._open:
            self.listings.append(Listing(tuple(title for _, title in self._above), _nested(self._open)))
        self._open = []

    def _end_table(self) -> None:
        named = next((at for at, name in enumerate(self._columns) if not _NO_NAME.fullmatch(name)), None)
        if named is not None:
            items = tuple(_of_row(row, named) for row in self._rows if len(row) > named and row[named])
            above = (*(title for _, title in self._above), self._columns[named])
            self.listings.append(Listing(above, items, is_table=True))
        self._columns, self._rows = [], []

    def _belongs_to_item(self, line: str) -> bool:
        return bool(self._open) and _indent(line) >= 2

    def _is_underlined(self) -> bool:
        """Whether the line before could be a heading that is underlined."""
        return bool(self._before) and self._before.lstrip()[0] not in "#>|" and not _ITEM.fullmatch(self._before)

    def _is_code(self, line: str) -> bool:
        """Four more columns after an empty line make code, in a list from where the text of its item begins."""
        return self._is_after_blank and _indent(line) >= (self._open[-1].offset if self._open else 0) + 4


def _nested(lines: Sequence[_Line]) -> tuple[Item, ...]:
    """The outer items of a list, each with those below it."""
    found, at = [], 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].indent > lines[at].indent + 1:
            end += 1
        own = lines[at].item
        found.append(Item(own.text, own.is_open, own.is_numbered, _nested(lines[at + 1 : end])))
        at = end
    return tuple(found)


def _marked(text: str, *, is_open: bool | None, is_numbered: bool) -> Item:
    """An item whose box may be a sign: ✅, ☐."""
    if done := _SHOWN_DONE.match(text):
        return Item(text[done.end() :], is_open=False, is_numbered=is_numbered)
    if still := _SHOWN_OPEN.match(text):
        return Item(text[still.end() :], is_open is not False, is_numbered)
    return Item(text, is_open, is_numbered)


def _of_row(cells: list[str], named: int) -> Item:
    found = _ITEM.fullmatch(cells[named])
    text, box = (found["text"], found["bare"]) if found and found["bare"] else (cells[named], None)
    return Item(text, None if box is None else box == " ", beside=" | ".join(cells[:named] + cells[named + 1 :]))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|")[:30]]


def _level(heading: re.Match[str]) -> int:
    if heading["marks"]:
        return len(heading["marks"])
    if heading["c"]:
        return int(heading["level"] or FOLDED)
    return BOLD if heading["b"] else INTRODUCED


def _offset(item: re.Match[str]) -> int:
    return len(item["indent"].expandtabs(4)) + (len(item["number"]) + 2 if item["number"] else 2)


def _indent(line: str) -> int:
    expanded = line[:80].expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
