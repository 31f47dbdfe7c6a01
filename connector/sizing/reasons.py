"""Why a size is what it is, in sentences: statements, rules, and the strongest parts of the model's sum."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from connector.sizing.text import READ_OF_BODY, READ_OF_TITLE, stem

N_ = str
"""Marks a sentence for the catalogue; looked up where it is shown."""

SENTENCES = {
    "stated_label": N_("The label “%(label)s” says %(hours)s h."),
    "stated_text": N_("The text says %(hours)s h."),
    "stated_field": N_("The project's own estimate is %(hours)s h."),
    "agreed_word": N_("The label “%(label)s” means %(hours)s h in this project, as somebody of it said."),
    "agreed_weight": N_("A weight of %(label)s means %(hours)s h in this project, as somebody of it said."),
    "overridden": N_("A person who knows the project said %(hours)s h."),
    "unlikely": N_("It is unlikely to fit one day: it is split first."),
    "base_rate": N_("Two in three issues take someone of the project half a day at most."),
    "own_tasks": N_("%(count)s finished tasks of this project stand behind it."),
    "own_words": N_("People who know the project said how long %(count)s of its tasks take."),
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
    "short_title": N_("The title is short."),
    "long_title": N_("The title says much."),
    "has_code": N_("Its description goes into code."),
    "stack_trace": N_("An error trace shows where to look."),
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
    "stale": N_("There has been no news for more than 180 days."),
    "too_big": N_("It is said to take more than a day."),
    "rejecting_label": N_("A label rules it out."),
    "discussion": N_("It is still being discussed."),
    "security": N_("It is about security."),
    "needs_access": N_("It needs restricted access."),
    "blocked": N_("Something else has to be done first."),
    "draft": N_("It is still being written."),
    "sub_issues": N_("It is a list of other issues: those are offered instead."),
    "in_progress": N_("Somebody says they are at work on it."),
    "platform": N_("It needs a certain operating system or device."),
}
"""Reason id -> English sentence; pages look up its translation. Ids of earlier rules stay: their estimates are kept."""

MOST_EACH_WAY = 3
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
        return SENTENCES[self.id] % self.params

    def as_json(self) -> dict[str, object]:
        """As stored and as answered by the API and by ``wecena size``."""
        return {"id": self.id, "text": self.text, "effect": self.effect, "params": dict(self.params)}


def of_parts(
    parts: Iterable[tuple[str, float]],
    shape: Mapping[str, float],
    title: str,
    body: str,
    *,
    names: Collection[str] = (),
) -> tuple[Reason, ...]:
    """The strongest parts that can be said in a sentence, at most three each way; ``parts`` come strongest first.

    Words whose stems are in ``names`` are never said.
    """
    chosen: dict[str, list[Reason]] = {"+": [], "-": []}
    spoken = {word: spelt for word, spelt in _spoken(title, body).items() if word not in names}
    for name, part in parts:
        effect = "+" if part < 0 else "-"
        reason = _of_part(name, effect, shape, spoken)
        is_new = reason is not None and all(
            reason != other and reason.id not in _once(other) for other in chosen[effect]
        )
        if reason is not None and is_new and len(chosen[effect]) < MOST_EACH_WAY:
            chosen[effect].append(reason)
    return (*chosen["+"], *chosen["-"])


def _once(reason: Reason) -> set[str]:
    return {reason.id} - {"word_less", "word_more"}


def _of_part(name: str, effect: str, shape: Mapping[str, float], spoken: Mapping[str, str]) -> Reason | None:
    group, separator, value = name.partition(":")
    if not separator:
        return _of_shape(name, effect, shape)
    if group in {"kind", "priority"}:
        return Reason(f"kind_{value}" if group == "kind" else PRIORITY_REASONS[value], effect)
    if value in SMALL_WORDS or value not in spoken:
        return None
    return Reason("word_less" if effect == "+" else "word_more", effect, {"word": spoken[value]})


def _of_shape(name: str, effect: str, shape: Mapping[str, float]) -> Reason | None:
    if name == "title_length":
        return Reason("short_title" if shape["title_words"] < 1.8 else "long_title", effect)
    return Reason(PRESENT[name], effect) if name in PRESENT and shape[name] > 0 else None


def names_in(path: str) -> frozenset[str]:
    """The stems of the words of a project's path."""
    return frozenset(stem(word) for word in _SPOKEN.findall(path[:200].lower()))


def _spoken(title: str, body: str) -> dict[str, str]:
    """Each stem as the text first spells it; the title's spelling before the body's."""
    words = _SPOKEN.findall(f"{title[:READ_OF_TITLE]}\n{body[:READ_OF_BODY]}".lower())
    return {stem(word): word for word in reversed(words)}
