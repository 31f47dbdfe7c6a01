"""What volunteers type and choose: read once, bounded, never trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, Self

MAX_NOTE = 4000
MAX_SKILLS = 12
SKILL = re.compile(r"[\w+#.\- ]{1,30}")
DAYS = {"0": Decimal(0), "0.5": Decimal("0.5"), "1": Decimal(1)}
TIMES = ("0.5", "1", "2")
STEPS = range(0, 16 * 60 + 1, 15)
"""Minutes that somebody may say they worked: quarters of an hour, two long days at most."""
TAPS = (15, 30, 60, 90, 120, 180, 240, 300, 420)
"""Those that have a button of their own."""


class Values(Protocol):
    """A form or a query, as the web framework gives it."""

    def get(self, key: str, default: str) -> str:
        """One value."""
        ...

    def getlist(self, key: str) -> list[str]:
        """All values of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Answers:
    """How long somebody has (in days, as text; empty: not said) and what they know, in lower case."""

    time: str = ""
    skills: tuple[str, ...] = ()

    @classmethod
    def of_query(cls, query: Values) -> Self:
        """From the question bar; what is not an answer is ignored."""
        time = query.get("time", "")
        return cls(time if time in TIMES else "", _skills(query.getlist("skill")))

    @classmethod
    def of_cookie(cls, text: str) -> Self:
        """From what `as_cookie` wrote."""
        time, _bar, skills = text.partition("|")
        return cls(time if time in TIMES else "", _skills(skills.split(",")))

    def as_cookie(self) -> str:
        """One short text, to be remembered."""
        return f"{self.time}|{','.join(self.skills)}"

    @property
    def days(self) -> Decimal | None:
        """The longest task that fits; None: any."""
        return Decimal(self.time) if self.time else None


@dataclass(frozen=True, slots=True)
class Note:
    """A handover note and the time worked; ``days`` (counted for today) and ``minutes`` (in all) None: not answered."""

    done: str = ""
    remaining: str = ""
    link: str = ""
    days: Decimal | None = None
    minutes: int | None = None

    @classmethod
    def of_form(cls, form: Values) -> Self:
        """From the three fields; nothing is required."""
        done, remaining, link = (form.get(name, "").strip() for name in ("done", "remaining", "link"))
        return cls(done=done, remaining=remaining, link=link, days=days_of(form), minutes=minutes_of(form))

    def too_long(self) -> list[str]:
        """The names of the fields that hold more than 4,000 characters."""
        return [name for name in ("done", "remaining", "link") if len(getattr(self, name)) > MAX_NOTE]


def days_of(form: Values) -> Decimal | None:
    """The time counted for today; None where it was not answered."""
    return DAYS.get(form.get("days", ""))


def minutes_of(form: Values) -> int | None:
    """The minutes worked on the task; the list of all lengths is asked where no button was pressed."""
    text = form.get("minutes", "") or form.get("more_minutes", "")
    minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
    return minutes if minutes in STEPS else None


def version_of(form: Values) -> int | None:
    """The version of the task that the form was rendered from."""
    text = form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def page_of(query: Values) -> int:
    """The page asked for, from 1."""
    text = query.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _skills(values: Sequence[str]) -> tuple[str, ...]:
    tidy = (" ".join(value.lower().split()) for value in values)
    return tuple(dict.fromkeys(value for value in tidy if SKILL.fullmatch(value)))[:MAX_SKILLS]
