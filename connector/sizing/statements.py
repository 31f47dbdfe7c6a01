"""Where people state how long an issue takes: labels and phrases such as "Estimate: 3h"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from connector.sizing import durations
from connector.sizing.durations import DAY, Duration
from connector.sizing.stated import key_words, phrases
from connector.sizing.stated.keyed import Strength, in_table, introduced, keyed, with_unit
from connector.sizing.stated.sentences import TIME, Line, Sentence, Text, has_open_fence, outside_code, tidy

__all__ = ["ends_of", "of_label", "of_labels", "of_text", "outside_code"]

READ_OF_START, READ_OF_END = 65_536, 8_192
"""Characters of a text in which a time is looked for."""
_SEVERAL_IN_A_DAY = re.compile(
    r"\b(?:multiple|several|a few|two|three|plusieurs)\b[^.\n]{0,30}\b(?:in|per|par)\s(?:a\s|one\s|un\s|une\s)?(?:day|jour|journee)\b"
)
_BEYOND_A_DAY = re.compile(
    r"\b(?:big|large|huge|major) (?:re-?design|re-?write|refactor(?:ing)?|architectur\w+|undertaking|project)\b"
)
_MINUTES = re.compile(r"(?<=\d)m\b")
_AMBIGUOUS_NAME = re.compile(r"[23] ?d|24 ?h|48 ?h|72 ?h")
"""Of labels: three dimensions, a promise to answer."""
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_CLAUSE = re.compile(r"[,;:()]|\b(?:but|so|mais|donc|and|et) ")
_ALONE = re.compile(
    r"\(?(?:(?:\w+ly|\w+ment|say|disons),? )?§(?:,? (?:in total|all in all|altogether|overall|au total|en tout|tout compris|full[- ]time|a temps plein|montre en main|promis|(?:including |with )?(?:the )?(?:tests?|docs?|reviews?|relecture)(?: (?:included|compris\w*|incluse?s?))?))?[.!)]{0,3}"
)
_KEY = re.compile(r"[^:]{2,40}(?= ?:)")
_ENDS_TITLE = re.compile(r":[^:]*§[.)\]]*$")
_ABOUT_IN_TITLE = re.compile(r"[\[(][~≈] ?\d[^()\[\]]{0,12}[\])]$")
_IN_TITLE = re.compile(
    r"^[\[(]§[\])]|[\[(](?:est|estimation|estimate|estime|quick|easy|effort|timebox)[ :]{0,2}§[\])]$|[\[(]§ (?:of work|de travail|job|task)[\])]$"
)
_NEGATED = re.compile(r"(?:n't|\bnot|\bne|\bn'|\bpas|\bjamais)(?!\w)[^,:;(.]{0,60}§$")
_BOUND = re.compile(r"\b(?:max|maximum|maximale?|min|minimum|minimale?)\b")
_CONDITION = re.compile(
    r"\b(?:if|si|otherwise|sinon|depending|selon|suivant|unless|new|newcomers?|experienced?|debutante?s?|worst|pire|otherwise|familiar|connait|connaissez|for someone|pour quelqu'un)\b"
)


def of_label(name: str, description: str = "") -> Duration | None:
    """The time a label means, if its name or its description states one. A size word alone states none."""
    title = tidy(name[:100])
    if (named := _of_name(title)) or not description:
        return named
    text = durations.plain(description[:300])
    words = set(_NOT_A_WORD.split(title))
    if phrases.WAITS.search(text) or phrases.IS_A_PROGRAM.search(text) or words & key_words.NAMES_A_PRIORITY:
        return None
    if _SEVERAL_IN_A_DAY.search(text):
        return Duration(0, DAY / 2)
    is_of_work = bool(words & key_words.LABEL_WORDS) or phrases.WORKS.search(text)
    if is_of_work and (stated := durations.read(text)):
        return stated
    return Duration(DAY * durations.JUST_ABOVE, None) if _BEYOND_A_DAY.search(text) else None


def of_labels(names: Iterable[str], descriptions: Mapping[str, str]) -> tuple[str, Duration] | None:
    """The first label that states a time, and that time."""
    for name in names:
        if stated := of_label(name, descriptions.get(name, "")):
            return name, stated
    return None


def of_text(text: str) -> Duration | None:
    """The time that a text states for its own work ("Estimate: 3h", "Temps estimé : une journée"), outside of code.

    None where it states several that disagree: they may be parts, or of something else.
    """
    parts = Text(text)
    if command := parts.command():
        return durations.read(command)
    stated: list[_Statement] = []
    for line in parts.timed():
        stated += _of_line(parts, line)
    return _agreed(stated)


def ends_of(body: str) -> str:
    """The beginning and the end of a long text, where people say how long it takes; its code blocks stay code."""
    if len(body) <= READ_OF_START + READ_OF_END:
        return body
    start, left_out, end = body[:READ_OF_START], body[READ_OF_START:-READ_OF_END], body[-READ_OF_END:]
    return f"{start}\n```\n{end}" if has_open_fence(left_out) else f"{start}\n{end}"


class _Tier(IntEnum):
    """What wins: a key or a phrase that says what it speaks of, then what needs a guess."""

    VAGUE = 0
    SAID = 1
    KEYED = 2
    LAST = 3


@dataclass(frozen=True, slots=True)
class _Statement:
    tier: _Tier
    duration: Duration | None
    """None: several times that do not go together."""
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    index: int
    is_negated: bool


def _agreed(stated: list[_Statement]) -> Duration | None:
    if not stated:
        return None
    best = max(one.tier for one in stated)
    said = list(dict.fromkeys(one.duration for one in stated if one.tier == best))
    if len(said) > 1 and None not in said and any(one.is_conditional for one in stated if one.tier == best):
        return durations.union([one for one in said if one])
    return said[0] if len(said) == 1 else None


def _of_name(title: str) -> Duration | None:
    """A label that is a time, with words around it that speak of size and work only."""
    if _AMBIGUOUS_NAME.fullmatch(title):
        return None
    found = durations.find(_MINUTES.sub("min", title))
    if len(found) != 1:
        return None
    around = _MINUTES.sub("min", title)
    rest = {word for word in _NOT_A_WORD.split(around[: found[0].start] + " " + around[found[0].end :]) if word}
    return (
        found[0].duration if rest <= key_words.LABEL_WORDS and not re.search(r"\d", around[: found[0].start]) else None
    )


def _of_line(text: Text, line: Line) -> Iterator[_Statement]:
    if named := in_table(text, line) or with_unit(text, line):
        yield _Statement(_tier(named[0]), named[1])
        return
    for sentence in text.sentences(line):
        if sentence.times and (said := _of_sentence(text, sentence)):
            yield said


def _of_sentence(text: Text, sentence: Sentence) -> _Statement | None:
    if phrases.IS_SHOWN.search(sentence.text):
        return None
    said, index = keyed(sentence)
    if said and _is_title(text, sentence) and not _ENDS_TITLE.search(sentence.text):
        return None
    if not said:
        said, index = introduced(text, sentence), 0
    if sentence.line.is_unchecked:
        return None
    if said > Strength.WEAK or (said and not _is_about_times(text, sentence)):
        return _Statement(_tier(said), _within_key(sentence, index), _is_conditional(sentence))
    if place := _of_phrase(text, sentence):
        stated = _together(sentence, place.index)
        return _Statement(_Tier.SAID, _at_most(stated) if place.is_negated else stated, _is_conditional(sentence))
    return _Statement(_Tier.VAGUE, sentence.times[0]) if _is_alone(text, sentence) else None


def _is_title(text: Text, sentence: Sentence) -> bool:
    return text.has_body and sentence.line.number == 0


def _is_about_times(text: Text, sentence: Sentence) -> bool:
    around = (text.above(sentence.line.number), text.below(sentence.line.number))
    keys = [key for line in around if line and line.number and (key := _KEY.match(line.text))]
    is_other = any(not key_words.BESIDE & set(_NOT_A_WORD.split(key[0])) for key in keys)
    return is_other or bool(phrases.IS_ABOUT_TIMES.search(text.title))


def _tier(said: Strength) -> _Tier:
    return _Tier.LAST if said is Strength.LAST else _Tier.KEYED if said is Strength.STRONG else _Tier.VAGUE


def _of_phrase(text: Text, sentence: Sentence) -> _Place | None:
    """Which time of a sentence stands in a phrase that speaks of the work. A title asks for what is to be done."""
    if _is_title(text, sentence):
        return None
    for pattern in (*phrases.SAID, *phrases.TAKES):
        for match in pattern.finditer(sentence.text):
            at = match.start() + match[0].index(TIME)
            if _is_of_work(sentence.text, at, match.end()) and (
                pattern in phrases.SAID or _is_of_people(text, sentence, at)
            ):
                return _Place(sentence.text.count(TIME, 0, at), bool(_NEGATED.search(match[0])))
    return None


def _is_of_work(text: str, at: int, end: int) -> bool:
    is_other = phrases.SPEAKS_OF_OTHER.match(text, at + 1) or phrases.SPEAKS_OF_OTHER.match(text, end)
    return not is_other and not phrases.IS_OTHER.search(_clause_before(text, at))


def _is_of_people(text: Text, sentence: Sentence, at: int) -> bool:
    """Not of a program: "the import takes two hours"."""
    return not phrases.IS_A_PROGRAM.search(_clause_before(sentence.text, at)) and not phrases.IS_SLOW.search(text.title)


def _clause_before(text: str, at: int) -> str:
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
    return text[start:at]


def _is_alone(text: Text, sentence: Sentence) -> bool:
    """A time that is a sentence or a bracket of the title, where nothing else asks for it."""
    if phrases.IS_ABOUT_TIMES.search(text.title) or phrases.IS_ABOUT_TIMES.search(sentence.before):
        return False
    line = sentence.line
    if line.number == 0 and (_IN_TITLE.search(sentence.text) or _ABOUT_IN_TITLE.search(line.text)):
        return True
    if _is_title(text, sentence):
        return False
    if line.is_item or line.is_heading or not _ALONE.fullmatch(sentence.text):
        return False
    if sentence.before:
        return sentence.before.endswith((".", "!")) and sentence.is_last
    return text.stands_apart(line.number) and not _asks(text.above(line.number))


def _asks(above: Line | None) -> bool:
    """Whether the paragraph above asks for something else: "Timeout:", "How often?", a heading."""
    if above is None or above.is_heading:
        return above is not None
    return above.text.endswith((":", "?")) if above.number == 0 else not above.text.endswith((".", "!", ")"))


def _together(sentence: Sentence, index: int) -> Duration | None:
    """A time with those after it in the sentence: an addition, the same in other words, a case of its own."""
    stated = sentence.times[index]
    between = sentence.text.split(TIME)[index + 1 : -1]
    for words, other in zip(between, sentence.times[index + 1 :], strict=True):
        if _is_same(stated, other) or phrases.IS_OTHER.search(words) or phrases.WAITS.search(words):
            continue
        if "+" in words or re.search(r"\bplus\b", words):
            stated = Duration(
                stated.low + other.low, None if stated.high is None or other.high is None else stated.high + other.high
            )
        elif _is_conditional(sentence) or words.strip() in {",", "("}:
            stated = durations.union([stated, other]) or stated
        else:
            return None
    return stated


def _at_most(stated: Duration | None) -> Duration | None:
    """What "this won't take a day" means."""
    return Duration(0, stated.high) if stated and stated.high is not None else stated


def _within_key(sentence: Sentence, index: int) -> Duration | None:
    """The time after a key, which may bound it: "Maximum effort"."""
    stated = _together(sentence, index)
    bound = _BOUND.search(sentence.text.partition(TIME)[0])
    if stated and bound and stated.high is not None and stated.low:
        return Duration(0, stated.high) if bound[0].startswith("max") else Duration(stated.low, None)
    return stated


def _is_same(one: Duration, other: Duration) -> bool:
    return one == other or (one.high is not None and one.high == other.high)


def _is_conditional(sentence: Sentence) -> bool:
    return bool(_CONDITION.search(sentence.text))
