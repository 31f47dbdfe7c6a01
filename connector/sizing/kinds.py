"""What the labels of an issue say of its kind and its weight, on any tracker: "type: bug", "Priority::Minor", "P3"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_KINDS = {
    "bug": "bug defect regression crash bugfix fix patch anomalie bogue",
    "feature": "feature featurerequest newfeature enhancementrequest story userstory fonctionnalité nouvellefonctionnalité",
    "improvement": "improvement enhancement amélioration",
    "task": "task chore maintenance tâche",
    "part": "subtask partof soustâche",
    "refactoring": "refactoring refactor cleanup technicaldebt techdebt codequality dettetechnique",
}
_PRIORITIES = {
    "blocker": "blocker blocking",
    "critical": "critical urgent highest showstopper critique",
    "major": "major high important majeur",
    "minor": "minor low mineur",
    "trivial": "trivial lowest optional",
}
KINDS = {spelling: kind for kind, spellings in _KINDS.items() for spelling in spellings.split()}
PRIORITIES = {spelling: level for level, spellings in _PRIORITIES.items() for spelling in spellings.split()}
KIND_PREFIXES = frozenset("type kind t k c category issuetype nature".split())  # noqa: SIM905 - a list of words
PRIORITY_PREFIXES = frozenset("priority prio p severity priorité sévérité".split())  # noqa: SIM905 - a list of words
_SEPARATOR = re.compile(r"::|[/:=]")


def kind_of(labels: Iterable[str]) -> str | None:
    """``bug``, ``feature``, ``improvement``, ``task``, ``part`` or ``refactoring``; None where no label says it."""
    return next((kind for label in labels if (kind := _read(label)[0])), None)


def priority_of(labels: Iterable[str]) -> str | None:
    """``blocker`` to ``trivial``, None where no label says it. Words such as "low" need "priority" before them."""
    return next((level for label in labels if (level := _read(label)[1])), None)


@lru_cache(maxsize=4096)
def _read(label: str) -> tuple[str | None, str | None]:
    prefix, separator, rest = (
        part.strip() for part in _SEPARATOR.sub(":", label[:100].lower(), count=1).partition(":")
    )
    if not separator:
        word = _letters(prefix)
        clear = word in {"blocker", "critical", "major", "minor", "trivial", "optional"}
        return KINDS.get(word), PRIORITIES.get(word.removesuffix("priority")) if clear or "priority" in word else None
    before, word = _letters(prefix), _letters(rest)
    kind = KINDS.get(word) if before in KIND_PREFIXES else None
    return kind, PRIORITIES.get(word) if before in PRIORITY_PREFIXES else None


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
