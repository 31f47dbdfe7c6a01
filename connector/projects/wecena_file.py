"""The file that a project may keep in its repository: what it wishes, line by line, in a small and strict part of YAML.

Understood are ``key: value``, lists (``[a, b]`` or one ``- a`` a line), one level of keys below a key, quoted texts,
texts of several lines (``|``) and comments. Whatever else YAML knows is refused with its line, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from connector.courtesy.rules import MAX_CAP, OFFERED_WRITES

NAME = ".wecena.yml"
LARGEST = 64 * 1024
MOST_ITEMS = 50
LONGEST_TEXT = 4000
NEEDS = ("browser", "git", "install", "docker")
LANGUAGES = re.compile(r"[a-z]{2,3}")
YES, NO = ("true", "yes", "on"), ("false", "no", "off")
_STOP = re.compile(rf"stop[ ]*:[ ]+(?:{'|'.join(YES)})[ ]*(?:#.*)?", re.IGNORECASE)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ ]*:(?:[ ]+(?P<value>.*))?")
_COMMENT = re.compile(r"(?:^|[ ])#.*$")
_SPECIAL = "&*!%@`{}>"


class Why(StrEnum):
    """Why a line cannot be taken."""

    TOO_LARGE = "too_large"
    TAB = "tab"
    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_KEY = "unknown_key"
    TWICE = "twice"
    NO_VALUE = "no_value"
    NEEDS_LIST = "needs_list"
    NEEDS_TEXT = "needs_text"
    NEEDS_YES_OR_NO = "needs_yes_or_no"
    NEEDS_NUMBER = "needs_number"
    NOT_ONE_OF = "not_one_of"
    UNCLOSED = "unclosed"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be taken. ``word`` is what is meant, ``allowed`` what would be."""

    line: int
    why: Why
    word: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a project's file says; None: it says nothing about that."""

    labels: tuple[str, ...] | None = None
    language: str | None = None
    start: tuple[str, ...] | None = None
    needs: str | None = None
    at_once: int | None = None
    allow: tuple[str, ...] | None = None
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read. Where there are faults, only ``stop`` counts: a project that says no is heard in any case."""

    wishes: Wishes
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with what stands beside it and below it."""

    line: int
    key: str
    value: str
    below: tuple[_Line, ...]


class _Refused(Exception):
    """A line that cannot be taken."""

    def __init__(self, line: int, why: Why, word: str = "", allowed: str = "") -> None:
        super().__init__(why)
        self.fault = Fault(line, why, word[:60], allowed)


def read(text: str) -> Read:
    """What a file says, or all lines that keep it from being taken."""
    if len(text) > LARGEST:
        return Read(Wishes(), (Fault(1, Why.TOO_LARGE, allowed=str(LARGEST)),))
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    stop = any(_STOP.fullmatch(line.rstrip()) for line in lines)
    values: dict[str, object] = {}
    faults: list[Fault] = []
    try:
        for entry in _entries(list(_significant(lines))):
            _take(entry, values, faults, lines)
    except _Refused as refusal:
        faults.append(refusal.fault)
    if faults:
        return Read(Wishes(stop=stop), tuple(faults))
    return Read(Wishes(**values))  # type: ignore[arg-type]  # each was checked by the reader of its key


def _take(entry: _Entry, values: dict[str, object], faults: list[Fault], lines: Sequence[str]) -> None:
    try:
        for name, value in _read_key(entry, lines):
            if name in values:
                raise _Refused(entry.line, Why.TWICE, entry.key)
            values[name] = value
    except _Refused as refusal:
        faults.append(refusal.fault)


# --- lines and entries --------------------------------------------------------------------------------------------


def _significant(lines: Sequence[str]) -> Iterator[_Line]:
    for number, line in enumerate(lines, 1):
        bare = line.lstrip(" ")
        if not bare.strip() or bare.startswith("#") or (number == 1 and line.strip() == "---"):
            continue
        yield _Line(number, len(line) - len(bare), bare.rstrip())


def _entries(lines: Sequence[_Line], indent: int = 0) -> Iterator[_Entry]:
    place = 0
    while place < len(lines):
        line = lines[place]
        found = _KEY.fullmatch(line.text)
        if line.text.startswith("\t"):
            raise _Refused(line.number, Why.TAB)
        if line.indent != indent or found is None:
            raise _Refused(line.number, Why.NOT_UNDERSTOOD, line.text)
        end = place + 1
        while end < len(lines) and (lines[end].indent > indent or lines[end].text.startswith("- ")):
            end += 1
        value = (found["value"] or "").strip()
        yield _Entry(line.number, found["key"], _uncommented(value), tuple(lines[place + 1 : end]))
        place = end


def _uncommented(value: str) -> str:
    return value if value[:1] in {'"', "'"} or value.startswith("[") else _COMMENT.sub("", value).strip()


# --- values -------------------------------------------------------------------------------------------------------


def _scalar(written: str, line: int) -> str:
    """A text as it stands, or in quotes."""
    if written[:1] in {'"', "'"}:
        return _quoted(written, line)
    plain = _COMMENT.sub("", written).strip()
    if not plain:
        raise _Refused(line, Why.NO_VALUE)
    if plain[0] in _SPECIAL or plain[0] in "|[" or ": " in plain or plain.endswith(":"):
        raise _Refused(line, Why.NOT_UNDERSTOOD, plain)
    return plain


def _quoted(written: str, line: int) -> str:
    mark = written[0]
    end = written.find(mark, 1)
    rest = written[end + 1 :].strip() if end > 0 else ""
    if end < 0:
        raise _Refused(line, Why.UNCLOSED, written)
    if (rest and not rest.startswith("#")) or "\\" in written[:end]:
        raise _Refused(line, Why.NOT_UNDERSTOOD, written)
    return written[1:end]


def _list(entry: _Entry) -> tuple[str, ...]:
    items = tuple(_flow(entry)) if entry.value else tuple(_block(entry))
    if len(items) > MOST_ITEMS:
        raise _Refused(entry.line, Why.TOO_MANY, entry.key, str(MOST_ITEMS))
    return items


def _block(entry: _Entry) -> Iterator[str]:
    if not entry.below:
        raise _Refused(entry.line, Why.NO_VALUE, entry.key)
    for line in entry.below:
        if not line.text.startswith("- ") or line.indent != entry.below[0].indent:
            raise _Refused(line.number, Why.NEEDS_LIST, entry.key)
        yield _scalar(line.text[2:].strip(), line.number)


def _flow(entry: _Entry) -> Iterator[str]:
    written = entry.value
    if not written.startswith("["):
        raise _Refused(entry.line, Why.NEEDS_LIST, entry.key)
    if entry.below:
        raise _Refused(entry.below[0].number, Why.NOT_UNDERSTOOD, entry.below[0].text)
    end = written.rfind("]")
    rest = written[end + 1 :].strip()
    if end < 0 or (rest and not rest.startswith("#")):
        raise _Refused(entry.line, Why.UNCLOSED, written)
    inner = written[1:end].strip()
    for item in _split(inner) if inner else ():
        yield _scalar(item.strip(), entry.line)


def _split(inner: str) -> list[str]:
    """The items between commas, of which those in quotes separate nothing; a comma at the end is none."""
    items, mark = [""], ""
    for letter in inner.removesuffix(","):
        if letter == "," and not mark:
            items.append("")
            continue
        if letter == mark:
            mark = ""
        elif letter in "\"'" and not items[-1].strip():
            mark = letter
        items[-1] += letter
    return items


def _text(entry: _Entry, lines: Sequence[str]) -> tuple[str, ...]:
    """Lines: a list of them, a text of several lines after ``|``, or one line."""
    if entry.value in {"|", "|-"}:
        if not entry.below:
            raise _Refused(entry.line, Why.NO_VALUE, entry.key)
        first, last = entry.below[0], entry.below[-1]
        return tuple(line[first.indent :].rstrip() for line in lines[first.number - 1 : last.number])
    if not entry.value or entry.value.startswith("["):
        return _list(entry)
    return (_one(entry),)


def _one(entry: _Entry) -> str:
    if entry.value:
        found = _scalar(entry.value, entry.line)
        if not entry.below:
            return found
    if entry.below:
        raise _Refused(entry.below[0].number, Why.NEEDS_TEXT, entry.key)
    raise _Refused(entry.line, Why.NO_VALUE, entry.key)


# --- keys ---------------------------------------------------------------------------------------------------------

Values = Iterator[tuple[str, object]]


def _labels(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    yield "labels", _list(entry)


def _language(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    code = _one(entry).lower()
    if not LANGUAGES.fullmatch(code):
        raise _Refused(entry.line, Why.NOT_ONE_OF, code, "en, fr, de, es, ...")
    yield "language", code


def _start(entry: _Entry, lines: Sequence[str]) -> Values:
    steps = _text(entry, lines)
    if sum(map(len, steps)) > LONGEST_TEXT:
        raise _Refused(entry.line, Why.TOO_LARGE, entry.key, str(LONGEST_TEXT))
    yield "start", steps


def _needs(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    yield "needs", _among(_one(entry), NEEDS, entry.line)


def _limits(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    if entry.value or not entry.below:
        raise _Refused(entry.line, Why.NO_VALUE, entry.key)
    for inner in _entries(entry.below, entry.below[0].indent):
        if inner.key != "at_once":
            raise _Refused(inner.line, Why.UNKNOWN_KEY, inner.key, "at_once")
        yield "at_once", _number(inner)


def _allow(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    allowed = tuple(action.value for action in OFFERED_WRITES)
    yield "allow", tuple(_among(item, allowed, entry.line) for item in _list(entry))


def _stop(entry: _Entry, lines: Sequence[str]) -> Values:  # noqa: ARG001  (readers look alike)
    word = _one(entry).lower()
    if word not in YES + NO:
        raise _Refused(entry.line, Why.NEEDS_YES_OR_NO, word)
    yield "stop", word in YES


def _number(entry: _Entry) -> int:
    word = _one(entry)
    if not (word.isascii() and word.isdigit() and len(word) < 4 and 1 <= int(word) <= MAX_CAP):
        raise _Refused(entry.line, Why.NEEDS_NUMBER, word, f"1-{MAX_CAP}")
    return int(word)


def _among(word: str, allowed: Sequence[str], line: int) -> str:
    if word not in allowed:
        raise _Refused(line, Why.NOT_ONE_OF, word, ", ".join(allowed))
    return word


_KEYS: Mapping[str, Callable[[_Entry, Sequence[str]], Values]] = {
    "labels": _labels,
    "language": _language,
    "start": _start,
    "needs": _needs,
    "limits": _limits,
    "allow": _allow,
    "stop": _stop,
}


def _read_key(entry: _Entry, lines: Sequence[str]) -> Values:
    reader = _KEYS.get(entry.key)
    if reader is None:
        raise _Refused(entry.line, Why.UNKNOWN_KEY, entry.key, ", ".join(_KEYS))
    return reader(entry, lines)


def said(wishes: Wishes) -> dict[str, object]:
    """What a file says, without what it leaves out, as JSON."""
    named = {field.name: getattr(wishes, field.name) for field in fields(wishes)}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in named.items()}
    return {name: value for name, value in values.items() if value is not None and value is not False}
