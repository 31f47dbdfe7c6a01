"""Which labels invite newcomers, in all the spellings projects use, and which ones a project agreed to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

DEFAULT_LABELS = ("good first issue", "easy", "beginner", "newcomer", "up-for-grabs")
"""What we look for before a maintainer agreed to anything: for previews and proposals only."""

KNOWN_BUT_OFF = ("help wanted",)
"""Says that help is welcome, not that the work is easy."""

LEVELS = (
    "beginner", "beginners", "beginner friendly", "beginner suitable", "beginner experience", "easy", "easy fix",
    "easy hack", "easy issue", "easy pick", "easy task", "easy to contribute", "easy to fix", "easy win", "newbie",
    "newbie friendly", "newbies", "newcomer", "newcomers", "newcomer friendly", "novice", "novice issue", "starter",
    "starter issue", "starter task", "trivial",
)  # fmt: skip
INVITATIONS = (
    "bite size", "bite sized", "bitesize", "contribution starter", "first contribution", "first contributions",
    "first good issue", "first issue", "first timer", "first timer only", "first timers", "first timers only",
    "good first", "good first bug", "good first contribution", "good first issue", "good first patch", "good first pr",
    "good first step", "good first task", "good for beginners", "good for first time contributors",
    "good for newcomers", "good next issue", "good starter issue", "good starter task", "great first issue", "jump in",
    "junior", "junior job", "junior task", "low hanging fruit", "simple task", "simple issue", "teaser task",
    "up for grabs", "upforgrabs", "you take it",
)  # fmt: skip
_VOCABULARY = frozenset(LEVELS + INVITATIONS)
_PREFIX = re.compile(
    r"(?:difficulty|effort|e|d|exp|experience|level|skill|complexity|type|kind|tag|flag|status|info|hint|hacktoberfest)"
    r"\s*[-/:_=. ]\s*"
)
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_SEPARATORS = re.compile(r"[\W_]+")


class Proof(StrEnum):
    """What shows that a project's maintainers agreed."""

    ATTESTED = "attested"
    """The dated word of a person of ours."""
    HOOK = "hook"
    """Somebody who administers the project typed our secret into its form, and its first message came."""
    FILE = "file"
    """A file in the repository says so."""
    APP = "app"
    """Somebody who administers the project installed our App there."""


WARN_DAYS = (1, 7, 30)
"""How many days before a token ends it is told."""


def warning_due(ends: datetime, now: datetime, *, warned: int | None) -> int | None:
    """Which warning of a token's end is to be given now: the number of days of its step, None for none."""
    step = next((days for days in WARN_DAYS if ends - now <= timedelta(days=days)), None)
    return step if step is not None and (warned is None or step < warned) else None


def shown_state(state: str, *, is_paused: bool) -> str:
    """The state people see: trial, accepted or paused. A pause hides the other and does not forget it."""
    return "paused" if is_paused else state


def normalised(label: str) -> str:
    """The label in words: lower case, without emoji, separators or a prefix such as ``difficulty/``.

    An empty text is returned where nothing but signs is left.
    """
    words = _SHORTCODE.sub(" ", unicodedata.normalize("NFKC", label).lower()).strip()
    words = re.sub(r"^[\W_]+", "", words)
    rest = _PREFIX.sub("", words, count=1) if _PREFIX.match(words) else words
    return " ".join(_SEPARATORS.sub(" ", rest or words).split())


def is_for_newcomers(label: str) -> bool:
    """Whether the label says, in one of the usual spellings, that somebody new can do it."""
    words = normalised(label)
    return words in _VOCABULARY or words.removesuffix("s") in _VOCABULARY


def asks_for_help(label: str) -> bool:
    """Whether the label is ``help wanted`` in some spelling: known, and not counted as easy."""
    return normalised(label) in KNOWN_BUT_OFF


def same_label(one: str, other: str) -> bool:
    """Whether two labels are the same to a forge: case and outer blanks do not count."""
    return _folded(one) == _folded(other)


def carries_agreed_label(labels: Iterable[str], agreed: Iterable[str]) -> bool:
    """Whether one of the issue's labels is one the maintainer agreed to."""
    wanted = {_folded(label) for label in agreed}
    return any(_folded(label) in wanted for label in labels)


def missing_labels(wanted: Iterable[str], existing: Iterable[str]) -> tuple[str, ...]:
    """The wanted labels that the project does not have, as they were written."""
    have = {_folded(label) for label in existing}
    return tuple(label for label in wanted if _folded(label) not in have)


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())
