"""Why a size is what it is, in sentences: statements, rules, and the strongest parts of the model's sum."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from connector.sizing.text import READ_OF_BODY, READ_OF_TITLE, prose, stem
from connector.sizing.unsaid import is_told
from connector.web import amounts

N_ = str
"""Marks a sentence for the catalogue; looked up where it is shown."""


def _english(one: str, many: str, num: int) -> str:
    return (one if num == 1 else many) % {"num": num}


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - marks both forms for the catalogue
    """The same for a sentence about a number of things."""
    return one, many


SENTENCES = {
    "stated_label": N_("The label “%(label)s” says %(hours)s."),
    "stated_text": N_("The text says %(hours)s."),
    "stated_field": N_("The project's own estimate is %(hours)s."),
    "agreed_word": N_("The label “%(label)s” means %(hours)s in this project, as somebody of it said."),
    "agreed_weight": N_("A weight of %(label)s means %(hours)s in this project, as somebody of it said."),
    "overridden": N_("A person who knows the project said: %(hours)s."),
    "unlikely": N_("It is unlikely to fit one day: it is split first."),
    "base_rate": N_("Two in three issues take someone of the project half a day at most."),
    "word_less": N_("Issues that say “%(word)s” usually take less time."),
    "word_more": N_("Issues that say “%(word)s” usually take more time."),
    "kind_bug": N_("It is the report of a fault."),
    "kind_feature": N_("It asks for something new."),
    "kind_improvement": N_("It improves something that is there."),
    "kind_part": N_("It is a part of something larger."),
    "kind_refactoring": N_("It rebuilds what is there."),
    "kind_task": N_("It is marked as a task."),
    "priority_high": N_("The project gives it a high priority."),
    "priority_low": N_("The project gives it a low priority."),
    "short_title": N_("The title is short: such issues usually take more time."),
    "long_title": N_("The title is long: such issues usually take less time."),
    "has_code": N_("There is code in its description."),
    "stack_trace": N_("There is an error trace in its description."),
    "long_list": N_("It lists several things to do."),
    "has_links": N_("It links to more information."),
    "names_files": N_("It names the files."),
    "has_picture": N_("A picture shows it."),
    "names_code": N_("It names places in the code."),
    "other_language": N_("It is written in French, and the model learned from English: the range is wider."),
    "few_words": N_("It says little: the range is wider."),
    "newcomer_label": N_("The project marked it for newcomers."),
    "small_change": N_("The title speaks of a small change."),
    "building": N_("The title speaks of building something new."),
    "no_text": N_("There is no description."),
    "quiet": N_("There has been no news for more than 180 days."),
    "stale": N_("There has been no news for long."),
    "too_big": N_("It is said to take more than a day."),
    "rejecting_label": N_("A label rules it out."),
    "discussion": N_("It is still being discussed."),
    "security": N_("It is about security."),
    "needs_access": N_("It needs restricted access."),
    "blocked": N_("Something else has to be done first."),
    "draft": N_("It is still being written."),
    "sub_issues": N_("It is a list of other issues: those with an agreed label are offered instead."),
    "in_progress": N_("Somebody says they are at work on it."),
    "platform": N_("It needs a certain operating system or device."),
    "perhaps_discussion": N_("A sentence may mean that it is still being discussed."),
    "perhaps_needs_access": N_("A sentence may mean that it needs restricted access."),
    "perhaps_blocked": N_("A sentence may mean that something else has to be done first."),
    "perhaps_draft": N_("A sentence may mean that it is still being written."),
    "perhaps_sub_issues": N_("A sentence may mean that it is a list of other issues."),
    "perhaps_in_progress": N_("A sentence may mean that somebody is at work on it."),
    "perhaps_platform": N_("A sentence may mean that it needs a certain operating system or device."),
}
"""Reason id -> English sentence; pages look up its translation. Ids of earlier rules stay: their estimates are kept."""

PLURALS = {
    "own_tasks": NN_("One task of this project stands behind it.", "%(num)s tasks of this project stand behind it."),
    "own_words": NN_(
        "People who know the project said how long one of its tasks takes.",
        "People who know the project said how long %(num)s of its tasks take.",
    ),
}
"""The same for sentences about a number of things: one, many."""
MORE = "16"
IN_DAYS = {"4": N_("half a day"), "8": N_("one day"), MORE: N_("more than a day")}
"""What people choose between when they give a size, by the hours it is kept as."""
MOST_EACH_WAY = 3
WEAKEST = 0.04
"""log2 of hours: what changes the hours by less than three per cent is no reason."""
SHORT_TITLE, LONG_TITLE = math.log1p(28), math.log1p(75)
"""Letters below and above which a title is told to be short or long, as the shape counts them."""
ALIKE = 5
"""Words that share so many letters at their beginning are told once: "configure", "configuration"."""
PRESENT = {
    "code_length": "has_code", "traces": "stack_trace", "items": "long_list", "links": "has_links",
    "files": "names_files", "pictures": "has_picture", "names": "names_code", "title_names": "names_code",
}  # fmt: skip
"""Features of the shape that are a reason where they are there; that they are absent is none."""
PRIORITY_REASONS = {
    "blocker": "priority_high", "critical": "priority_high", "major": "priority_high",
    "minor": "priority_low", "trivial": "priority_low",
}  # fmt: skip
_SMALL_WORDS = (
    "an and are as at be been but by can could did do does doesn don each for from had has have how if in into is it its just "
    "like may more most need no nor not of on one only or other our out over per same should so some such than that the "
    "their them then there these they this those to too two until up us use used using very via was we were what when where "
    "which while who why will with would you your after all also any because before being both get here isn let now off "
    "please since still thank "
    "au aux avec ce cette ces dans de des du elle en est et il je la le les leur lui ma mais me mes mon ne nous ou par pas plus pour "
    "qu que qui sa se ses son sont sur te tu un une vous"
)
SMALL_WORDS = frozenset(stem(word) for word in _SMALL_WORDS.split())
_SPOKEN = re.compile(r"[^\W\d_]{2,40}")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a size is what it is. ``effect`` is "+" where it speaks for fitting a day, else "-"."""

    id: str
    effect: str
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason as an English sentence."""
        return told(self.id, self.params)

    def as_json(self) -> dict[str, object]:
        """As stored and as answered by the API and by ``wecena size``."""
        return {"id": self.id, "text": self.text, "effect": self.effect, "params": dict(self.params)}


def told(
    name: str,
    params: Mapping[str, str],
    *,
    translate: amounts.Translate = str,
    plural: Callable[[str, str, int], str] = _english,
) -> str:
    """A reason as a sentence. Raises `KeyError` for one that is not known."""
    if name in PLURALS:
        return plural(*PLURALS[name], int(params["count"]))
    values = dict(params)
    if "hours" in values:
        values["hours"] = _hours(name, values["hours"], translate)
    return translate(SENTENCES[name]) % values


def _hours(name: str, hours: str, translate: amounts.Translate) -> str:
    by_hand = IN_DAYS.get(hours) if name == "overridden" or (name == "agreed_word" and hours == MORE) else None
    return translate(by_hand) if by_hand else amounts.stated(hours, translate)


def of_parts(
    parts: Iterable[tuple[str, float]],
    shape: Mapping[str, float],
    title: str,
    body: str,
    *,
    names: Collection[str] = (),
) -> tuple[Reason, ...]:
    """What can be said of the parts in sentences, strongest first, at most three each way.

    Parts of which the same would be said count together, such as those of a word in title and body: nothing speaks
    both ways. Words whose stems are in ``names`` are never said.
    """
    spoken = _spoken(title, body)
    sums: defaultdict[str, float] = defaultdict(float)
    for name, part in parts:
        sums[_said_by(name)] += part
    strong = [(abs(total), said, "+" if total < 0 else "-") for said, total in sums.items() if abs(total) >= WEAKEST]
    chosen: dict[str, list[Reason]] = {"+": [], "-": []}
    words: set[str] = set()
    for _, said, effect in sorted(strong, key=lambda each: -each[0]):
        if len(chosen[effect]) == MOST_EACH_WAY:
            continue
        reason = _reason(said, effect, shape, spoken, names)
        start = reason.params.get("word", "")[:ALIKE] if reason else ""
        if reason and start not in words:
            chosen[effect].append(reason)
            words |= {start} - {""}
    return (*chosen["+"], *chosen["-"])


def without_words(parts: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """The parts that are no single words: for a text that may be in another language than the model learned from."""
    return [(name, part) for name, part in parts if name.partition(":")[0] not in {"title", "body"}]


@lru_cache(maxsize=16_384)
def _said_by(name: str) -> str:
    """The reason id that a part is told by, or ``word:`` and a stem; nothing where it is not told."""
    group, separator, value = name.partition(":")
    if not separator:
        return "title" if name in {"title_length", "title_words"} else PRESENT.get(name, "")
    if group == "priority":
        return PRIORITY_REASONS[value]
    return f"kind_{value}" if group == "kind" else f"word:{value}"


def _reason(
    said: str, effect: str, shape: Mapping[str, float], spoken: Mapping[str, str], names: Collection[str]
) -> Reason | None:
    if said.startswith("word:"):
        word = said.removeprefix("word:")
        spelt = spoken.get(word, "")
        if not spelt or word in names or word in SMALL_WORDS or not is_told(spelt):
            return None
        return Reason("word_less" if effect == "+" else "word_more", effect, {"word": spelt})
    if said == "title":
        return _of_title(effect, shape["title_length"])
    if said in PRESENT.values():
        return Reason(said, effect) if any(shape[name] > 0 for name, told in PRESENT.items() if told == said) else None
    return Reason(said, effect) if said else None


def _of_title(effect: str, length: float) -> Reason | None:
    if effect == "-":
        return Reason("short_title", effect) if length < SHORT_TITLE else None
    return Reason("long_title", effect) if length > LONG_TITLE else None


def names_in(path: str) -> frozenset[str]:
    """The stems of the words of a project's path."""
    return frozenset(stem(word) for word in _SPOKEN.findall(path[:200].lower()))


def _spoken(title: str, body: str) -> dict[str, str]:
    """Each stem as the text first spells it, outside code and comments; the title's spelling before the body's."""
    words = _SPOKEN.findall(f"{title[:READ_OF_TITLE]}\n{prose(body[:READ_OF_BODY])}".lower())
    return {stem(word): word for word in reversed(words)}
