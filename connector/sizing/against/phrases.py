"""A small language for phrases, so that the many ways of saying a thing are data that reads like what people write.

One phrase a line; a line that is further in goes on with the one before; lines that begin with ``--`` are headings. A
phrase is words between which anything but a word may stand, compared without case and accents:

    (is|are) still [a] draft*     one of several, one that may be missing, any ending
    blocked by .. #1              up to seven words between; a reference such as #12, !12 or the address of an issue
    ^waiting for @x               only at the start of a sentence; a handle. ``$`` at the end: only at its end
    Name is on it                 a word with a capital, none that stands for anybody
    wip /                         only before a comma, a bracket, the end
    needs version 1.0 _           a number; any word
    working on this !project      not followed by this; a sign such as ":" is one that stands before the next word

    (key|token) & (leak*|public)  both, in any order, in one sentence or the next

A phrase is looked for only in sentences that have the words it cannot do without, which is quick.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, cached_property
from itertools import takewhile


def names(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())


_BETWEEN = r"\W{1,4}"
_PAUSE = r"(?=\s{0,2}(?:\Z|[^\w\s'-]| - ))"
_GAP = r"(?:\W{1,4}\w{1,40}){0,7}?"
_SIGNS = {"^": r"(?:\A|(?<=: )|(?<=\) ))\W{0,8}", "$": r"\W{0,4}\Z", "/": _PAUSE, "..": _GAP}
_PLACES = {
    "#1": (
        r"(?:(?:the|issues?|tickets?|pr|mr|pull|merge|requests?|bugs?|tasks?|le|la|les|fiches?|demandes?) ){0,3}"
        r"(?:(?:\w[\w./-]{0,60})?[#!]\d{1,7}|gh-\d{1,7}|https?://\S{1,200}/(?:issues|pulls?|merge_requests|work_items)/\d{1,9}"
        r"|(?-i:(?!UTF|ISO|SHA|RFC|CVE|GHSA|HTTP|IEEE)[A-Z][A-Z0-9]{1,9}-\d{1,7}))"
    ),
    "@x": r"@\w[\w.-]{0,38}",
    "1.0": r"v?\d[\w.]{0,20}",
    "_": r"\w[\w.'-]{0,30}",
    "Name": (
        r"(?-i:(?!(?:Nobody|Anybody|Anyone|Somebody|Someone|Everybody|Everyone|Who|One|It|This|That|There|Which|What|He|She|They|"
        r"Personne|Quelqu|Qui|Rien|Tout|On|Il|Elle|Ils|Elles|Ce|Cela|Ceci|The|La|Le|Les|Un|Une|If|Si)\b)[A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{0,20})?)"
    ),
}
_COMMON = names("""
    this that the a an is are be to of in on it we i you and or not no with have has for will from must need can only when
    le la les de du des un une ne n pas est sont en a au pour dans avec sur ce cet cett par que qui il on je j
""")  # fmt: skip
"""Words that hardly narrow the choice of sentences."""
_RUN, _RUNS = re.compile(r"[^\W_]"), re.compile(r"[a-z0-9]+")
_PLAIN = re.compile(r"[a-z0-9'*.+=/-]+")
KEPT, WHOLE = 4, 9
"""Letters by which words are found: of those with any ending, and of others."""

TOGETHER = " & "


def lines(text: str, **lists: str) -> tuple[str, ...]:
    """The phrases of a block of text, with its named lists ("{start}") written out."""
    found = list[str]()
    for line in textwrap.dedent(text).splitlines():
        if line.startswith(" ") and found:
            found[-1] += line.lstrip() if found[-1].endswith("|") else f" {line.lstrip()}"
        elif line and not line.startswith("--"):
            found.append(line)
    for name, words in lists.items():
        written = "".join(map(str.strip, words.splitlines()))
        found = [phrase.replace(f"{{{name}}}", f"({written})") for phrase in found]
    return tuple(map(str.rstrip, found))


def beginnings(sentence: str) -> frozenset[str]:
    """The first letters of each word, by which phrases are found: few with a star, and more."""
    words = set(_RUNS.findall(sentence.lower()))
    return frozenset([word[:WHOLE] for word in words] + [f"{word[:KEPT]}*" for word in words if len(word) >= KEPT])


class Phrase:
    """A phrase: its patterns, and sets of beginnings of words of each of which a sentence must have one."""

    def __init__(self, source: str) -> None:
        parts = [_parsed(part, _BETWEEN) for part in source.split(TOGETHER)]
        self._sources = [pattern for pattern, _ in parts]
        self.needs = tuple(sorted((need for _, needs in parts for need in needs), key=_weight))

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """Compiled when first needed: most phrases never are."""
        return tuple(re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE) for source in self._sources)

    def places(self, sentence: str) -> Iterator[tuple[re.Match[str], ...]]:
        """Where it stands: of several parts, the first place of each."""
        first, *others = self.patterns
        if not others:
            yield from ((match,) for match in first.finditer(sentence))
            return
        found = tuple(takewhile(bool, (pattern.search(sentence) for pattern in self.patterns)))
        if len(found) == len(self.patterns):
            yield tuple(filter(None, found))


def pattern_of(source: str) -> str:
    """The regular expression of a phrase whose words stand without anything between them, as in a label."""
    return _parsed(source, "")[0]


NEEDS = 4
Met = tuple[int, int, int, int]
"""For each of the first needs, the phrases of a book that have it met, a bit each."""


class Phrasebook:
    """Phrases by what they mean, and those that a sentence may hold.

    Each phrase is a bit. A word has a number whose bits are the phrases that need it, one number for each of the first
    few needs: those of all words of a sentence together tell which phrases have all they need.
    """

    def __init__(self, meanings: Mapping[str, Iterable[str]]) -> None:
        self.phrases = [(meaning, Phrase(source)) for meaning, sources in meanings.items() for source in sources]
        self._needed: dict[str, list[int]] = {}
        self._free = [0] * NEEDS
        for number, (_, phrase) in enumerate(self.phrases):
            for place in range(NEEDS):
                if place >= len(phrase.needs):
                    self._free[place] |= 1 << number
                    continue
                for word in phrase.needs[place]:
                    self._needed.setdefault(word, [0] * NEEDS)[place] |= 1 << number

    def met(self, words: Set[str]) -> Met:
        """Which needs these `beginnings` meet. Those of two sentences together are the ``|`` of each."""
        one, two, three, four = self._free
        for word in self._needed.keys() & words:
            needed = self._needed[word]
            one |= needed[0]
            two |= needed[1]
            three |= needed[2]
            four |= needed[3]
        return one, two, three, four

    def places(
        self, sentence: str, met: Met, *, beside: Set[str] = frozenset()
    ) -> Iterator[tuple[str, tuple[re.Match[str], ...]]]:
        """What a sentence may say whose words meet this, with its places, but for the meanings in ``beside``: it may grow."""
        for number in _bits(met[0] & met[1] & met[2] & met[3]):
            meaning, phrase = self.phrases[number]
            if meaning not in beside:
                for match in phrase.places(sentence):
                    yield meaning, match


def _bits(left: int) -> Iterator[int]:
    while left:
        lowest = left & -left
        yield lowest.bit_length() - 1
        left ^= lowest


_Need = frozenset[str]
_PIECE = re.compile(r"[()\[\]|^]|[^ ()\[\]|^]+")


def _weight(need: Set[str]) -> int:
    return sum(20 if word in _COMMON else 1 for word in need)


def _parsed(source: str, between: str) -> tuple[str, list[_Need]]:
    parser = _Parser(source, between)
    found = parser.alternatives()
    if parser.rest:
        raise ValueError(f"unbalanced brackets: {source}")
    return found


class _Parser:
    """Reads a phrase from left to right into a pattern and the words that it needs."""

    def __init__(self, source: str, between: str) -> None:
        self.source, self.between = source, between
        self.rest = _PIECE.findall(source)[::-1]

    def alternatives(self, between: str = "") -> tuple[str, list[_Need]]:
        """What any of them says, after what stands before each: nothing before a sign."""
        choices = [self._choice(between)]
        while self.rest and self.rest[-1] == "|":
            self.rest.pop()
            choices.append(self._choice(between))
        words = "|".join(pattern for pattern, _, is_sign in choices if not is_sign)
        signs = [pattern for pattern, _, is_sign in choices if is_sign]
        found = "|".join([f"{between}(?:{words})" if between and words else words, *signs][not words :])
        if len(choices) == 1:
            return found, choices[0][1]
        best = [min(needs, key=_weight) for _, needs, _ in choices if needs]
        return found, [frozenset[str]().union(*best)] if len(best) == len(choices) else []

    def _choice(self, between: str) -> tuple[str, list[_Need], bool]:
        is_sign = bool(between and self.rest and _is_sign(self.rest[-1]))
        return *self._sequence(between if is_sign else ""), is_sign

    def _sequence(self, between: str = "") -> tuple[str, list[_Need]]:
        pattern, needs = "", list[_Need]()
        while self.rest and self.rest[-1] not in "|)]":
            piece = self.rest.pop()
            if piece == "[":
                inner, _ = self._until("]", between)
                pattern += f"(?:{inner})?" if between else f"(?:(?:{inner}){self.between})?"
                continue
            if piece == "!" and self.rest and self.rest[-1] == "(":
                self.rest.pop()
                pattern += rf"(?!\W{{1,4}}(?:{self._until(')')[0]})(?!\w))"
                continue
            if piece == "(":
                inner, needed = self._until(")", between)
                pattern += f"(?:{inner})"
            else:
                joined, alone, needed = _word(piece)
                pattern += f"{between}{joined}" if joined else alone or _sign(piece, has_begun=bool(between))
            needs += needed
            if piece != "^":
                between = self.between
        return pattern, needs

    def _until(self, closing: str, between: str = "") -> tuple[str, list[_Need]]:
        found = self.alternatives(between)
        if not self.rest or self.rest.pop() != closing:
            raise ValueError(f"unbalanced brackets: {self.source}")
        return found


@cache
def _word(piece: str) -> tuple[str, str, list[_Need]]:
    """Of a piece its pattern where something stands between it and the one before, or where nothing does; its needs."""
    if piece in _PLACES:
        return f"(?:{_PLACES[piece]})", "", []
    if piece in _SIGNS:
        return "", _SIGNS[piece], []
    if piece.startswith("!"):
        return "", rf"(?!\W{{1,4}}{piece[1:]})", []
    if not _RUN.search(piece):
        return "", "", []
    if not _PLAIN.fullmatch(piece):
        raise ValueError(f"not lower case, or with accents: {piece}")
    written = re.escape(piece).replace(r"\*", r"\w*").replace("'", "'?").replace(r"\-", "[- ]?")
    runs = re.findall(r"[a-z0-9]+\*?", piece)
    found = [_beginning(max(runs, key=len)), _beginning("".join(runs))]
    return written.removesuffix("'?"), "", [frozenset(found)] if all(found) else []


def _is_sign(piece: str) -> bool:
    return piece in {"/", "$"} or not (
        _RUN.search(piece) or piece in _PLACES or piece in _SIGNS or piece[0] in "([|])!"
    )


def _sign(piece: str, *, has_begun: bool) -> str:
    sign = re.escape(piece)
    return rf"(?:\s{{0,2}}{sign}|(?<={re.escape(piece[-1])}))" if has_begun else sign


def _beginning(run: str) -> str:
    """The letters a word is found by; none where its ending is free and too much of it is."""
    if not run.endswith("*"):
        return run[:WHOLE]
    return f"{run[:KEPT]}*" if len(run) > KEPT else ""
