"""What can be seen in the text of an issue: its words and its shape. Any text, in bounded time."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

READ_OF_TITLE, READ_OF_BODY = 300, 2500
"""Characters that are read. The rest of a long text hardly changes what its beginning says."""
LONGEST_LENGTH = 8000
"""Lengths beyond it count as this: training texts are cut there."""
LONGEST_WORD = 25

NAME, RELEASE, NUMBER, LONG = "identifiername", "versionnumber", "0", "longname"
"""Words that stand for a whole class of words, such as every identifier."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, which are written without spaces."""
_WIDE_MARK = re.compile("[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_URL = re.compile(r"(?:https?://|www\.)\S{1,300}")
_FENCE = re.compile(r"```|~~~|\{code[^}\n]{0,60}\}|\{noformat[^}\n]{0,60}\}|</?pre>|</?code>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|\{(?:html|color|quote|panel)[^}\n]{0,60}\}|&\w{2,6};")
_IN_LINE = re.compile(r"`[^`\n]{1,200}`")
_TYPED = re.compile(
    r"^(?:\t| {4,}).*|^[ \t]{0,12}(?:at [\w$.<>]{3,200}\(|File \"|Caused by:|Traceback \(|[\w.]{0,200}(?:Error|Exception)\b:?).*",
    re.MULTILINE,
)
"""Lines that a program wrote, without a fence: indented code, error traces."""
_TRACE = re.compile(r"^[ \t]{0,12}at [\w$.<>]{3,200}\(|File \"[^\"\n]{1,200}\", line \d|^Caused by:", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]{0,8}(?:[-*#+]{1,3}|\d{1,2}[.)])[ \t]", re.MULTILINE)
_BOX = re.compile(r"[-*] \[[ xX]\]")
_HEADING = re.compile(r"^(?:#{1,6}|h\d\.)[ \t]", re.MULTILINE)
_FILE = re.compile(
    r"(?<=\w)\.(?:java|py|xml|js|ts|c|h|cpp|rb|go|xhtml|jsp|properties|jar|html|css|php|sh|json|yml|yaml|md|txt)\b"
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif)\b|!\[|screenshot")
_IDENTIFIER = re.compile(
    r"\b(?:[a-z]{1,60}[A-Z]\w{1,60}|[A-Z][a-z]{1,60}[A-Z]\w{1,60}|\w{1,60}\.\w{1,60}\(|[^\W_]{1,60}_\w{1,60}|"
    r"\w{1,60}\.\w{1,60}\.[\w.]{1,120})"
)
_RELEASE = re.compile(r"\b\d{1,9}\.\d{1,9}(?:\.\w{1,20}){0,5}\b")
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of title and body with how often they occur, and numbers that describe the shape of both."""

    title: Mapping[str, int]
    body: Mapping[str, int]
    shape: Mapping[str, float]


def read(title: str, body: str) -> Text:
    """See a text. Code blocks count for the shape only; addresses, markup and identifiers are no words."""
    head, start = title[:READ_OF_TITLE], body[:READ_OF_BODY]
    parts = _FENCE.split(start)
    prose, code = "\n".join(parts[::2]), "\n".join(parts[1::2])
    said, urls = _URL.subn(" ", prose)
    plain, names = _plain(said)
    plain_title, names_in_title = _plain(_URL.sub(" ", head))
    title_words, body_words = _words(plain_title), _words(plain)
    shape = {
        "title_length": math.log1p(len(head)),
        "title_words": math.log1p(len(title_words)),
        "title_names": float(min(names_in_title, 3)),
        "title_asks": float("?" in head),
        "body_length": math.log1p(min(len(body), LONGEST_LENGTH)),
        "body_words": math.log1p(len(body_words)),
        "body_lines": math.log1p(prose.count("\n") + 1),
        "body_empty": float(not start.strip()),
        "code_length": math.log1p(len(code)),
        "traces": math.log1p(len(_TRACE.findall(start))),
        "items": math.log1p(len(_ITEM.findall(prose))),
        "boxes": float(min(len(_BOX.findall(prose)), 20)),
        "headings": math.log1p(len(_HEADING.findall(prose))),
        "links": math.log1p(urls),
        "files": math.log1p(len(_FILE.findall(prose))),
        "pictures": math.log1p(len(_PICTURE.findall(prose))),
        "names": math.log1p(names),
        "questions": math.log1p(prose.count("?")),
    }
    return Text(Counter(title_words), Counter(body_words), shape)


def without_comments(text: str) -> str:
    """The text without HTML comments, which templates are full of and nobody sees."""
    return _COMMENT.sub(" ", text) if "<!--" in text else text


def prose(text: str) -> str:
    """What a person wrote in words: no comments, code, traces, addresses or markup."""
    spoken = "\n".join(_FENCE.split(without_comments(text))[::2])
    return _MARKUP.sub(" ", _URL.sub(" ", _TYPED.sub("", _IN_LINE.sub(" ", spoken))))


def count_words(text: str) -> float:
    """How many words there are between spaces; a letter of a script without spaces counts half a word."""
    if text.isascii():
        return len(text.split())
    spaced, letters = _UNSPACED.subn(" ", text)
    return len((_WIDE_MARK.sub(" ", spaced) if letters else spaced).split()) + letters / 2


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """An English word in lower case without its commonest endings: ``fixes`` and ``fixed`` meet ``fix``."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    elif len(word) > 4 and word.endswith(("xes", "shes", "ches", "sses")):
        return word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _plain(text: str) -> tuple[str, int]:
    """The text without markup, its versions and identifiers replaced, and the number of identifiers."""
    return _IDENTIFIER.subn(f" {NAME} ", _RELEASE.sub(f" {RELEASE} ", _MARKUP.sub(" ", text)))


def _words(text: str) -> list[str]:
    return [_class_or_stem(word) for word in _WORD.findall(text.lower())]


def _class_or_stem(word: str) -> str:
    if word[0].isdigit():
        return NUMBER
    return LONG if len(word) > LONGEST_WORD else stem(word)
