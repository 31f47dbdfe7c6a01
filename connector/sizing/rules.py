"""Size an issue: how likely it fits a day, how many hours, and why. Plain values in, a plain value out.

Hours of work spread over orders of magnitude, so a size is a log-normal distribution: a middle and a spread.
Without a statement the distribution passes through the base rates measured on 2,034 issues of 53 projects with
logged hours (0.655 within 4 hours, 0.789 within 8), and what the text looks like moves its middle a little. An
explicit statement replaces all of that; its spread is the one measured between 8,217 expert estimates and the hours
really spent. "One day" of somebody new to a project is taken as half a day of a member of its team.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from connector.sizing import statements
from connector.sizing.durations import DAY, Duration
from connector.sizing.suitability import unsuitable as unsuitable_rules

RULES_VERSION = "plain-1"
HALF_DAY = DAY / 2
TOO_BIG = "too_big"
BLOCKED = "blocked"

BASE_MIDDLE = math.log(2.02)
BASE_SPREAD = 1.716
STATED_SPREAD = 0.55
OPEN_ENDED_SPREAD = 1.0
TENTH = 1.2816
"""A tenth of a normal distribution lies beyond this many spreads on either side."""
SMALLEST, LARGEST = 0.1, 2000.0
READ_AT_MOST = 50_000
"""Characters of a body that the nudges look at; statements are looked for in up to a million."""
STATEMENTS_READ_AT_MOST = 1_000_000
STALE_AFTER = timedelta(days=180)
MANY_ITEMS = 3

N_ = str
"""Marks a sentence for the catalogue; looked up where it is shown."""

SENTENCES = {
    "stated_label": N_("The label “%(label)s” says %(hours)s hours."),
    "stated_text": N_("The text says %(hours)s hours."),
    "stated_field": N_("The project's own estimate is %(hours)s hours."),
    "base_rate": N_("Two in three issues take someone of the project half a day at most."),
    "newcomer_label": N_("The project marked it for newcomers."),
    "small_change": N_("The title speaks of a small change."),
    "stack_trace": N_("An error trace shows where to look."),
    "long_list": N_("It lists several things to do."),
    "has_code": N_("Its description goes into code."),
    "building": N_("The title speaks of building something new."),
    "no_text": N_("There is no description."),
    "stale": N_("There has been no news for more than 180 days."),
    "too_big": N_("It is said to take more than a day."),
    "rejecting_label": N_("A label rules it out."),
    "discussion": N_("It is still being discussed."),
    "security": N_("It is about security."),
    "needs_access": N_("It needs restricted access."),
    "blocked": N_("Another issue blocks it."),
}
"""Reason id -> English sentence; pages look up its translation."""


@dataclass(frozen=True, slots=True)
class Sizeable:
    """What is known of an issue when it is harvested. Nothing that is known only after the work."""

    id: str
    title: str
    body: str = ""
    labels: tuple[str, ...] = ()
    label_descriptions: Mapping[str, str] = field(default_factory=dict)
    estimate_hours: float | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    seen_at: datetime | None = None
    comments: int = 0
    is_blocked: bool = False


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


@dataclass(frozen=True, slots=True)
class Size:
    """A size. Hours are hours of a team member; low and high bound 80 % of the cases.

    ``days`` is what a volunteer is asked for: half a day where at most four hours are stated, two where more than a
    day is stated, else one.
    """

    p_one_day: float
    p_team_day: float
    hours_mid: float
    hours_low: float
    hours_high: float
    offer: bool
    reasons: tuple[Reason, ...]
    unsuitable: tuple[str, ...]
    days: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Statement:
    duration: Duration
    reason: Reason


def estimate(issue: Sizeable) -> Size:
    """The size of an issue, with its reasons, strongest first."""
    statement = _statement(issue)
    unsuitable = _unsuitable(issue, statement)
    if statement:
        spread = OPEN_ENDED_SPREAD if statement.duration.high is None else STATED_SPREAD
        middle = math.log(min(max(statement.duration.mid, SMALLEST), LARGEST))
        reasons: tuple[Reason, ...] = (statement.reason,)
    else:
        middle, spread, reasons = _from_looks(issue)
    against = tuple(Reason(rule, "-") for rule in unsuitable)
    within = partial(_chance_within, middle=middle, spread=spread)
    return Size(
        p_one_day=round(within(HALF_DAY), 3),
        p_team_day=round(within(DAY), 3),
        hours_mid=_hours(middle),
        hours_low=_hours(middle - TENTH * spread),
        hours_high=_hours(middle + TENTH * spread),
        offer=not unsuitable,
        reasons=(*against, *reasons, *_remarks(issue)),
        unsuitable=unsuitable,
        days=_days(statement),
    )


def _statement(issue: Sizeable) -> _Statement | None:
    """The most deliberate statement wins: the tracker's own field, then a label, then the text."""
    if issue.estimate_hours:
        stated = Duration(issue.estimate_hours, issue.estimate_hours)
        return _Statement(stated, _stated("stated_field", stated))
    if named := statements.of_labels(issue.labels, issue.label_descriptions):
        return _Statement(named[1], _stated("stated_label", named[1], label=named[0]))
    text = f"{issue.title}\n{issue.body[:STATEMENTS_READ_AT_MOST]}"
    if duration := statements.of_text(text):
        return _Statement(duration, _stated("stated_text", duration))
    return None


def _stated(reason: str, duration: Duration, **params: str) -> Reason:
    effect = "-" if duration.fits_one_day is not True else "+"
    return Reason(reason, effect, {**params, "hours": _range(duration)})


def _range(duration: Duration) -> str:
    low = f"{duration.low:.3g}"
    if duration.high is None:
        return f"> {low}"
    high = f"{duration.high:.3g}"
    return high if low == high else f"{low}–{high}"


def _days(statement: _Statement | None) -> Decimal:
    high = statement.duration.high if statement else None
    if statement and statement.duration.fits_one_day is False:
        return Decimal(2)
    return Decimal("0.5") if high is not None and high <= HALF_DAY else Decimal(1)


def _unsuitable(issue: Sizeable, statement: _Statement | None) -> tuple[str, ...]:
    body = statements.outside_code(issue.body[:READ_AT_MOST])
    rules = unsuitable_rules(issue.title[:1000], body, issue.labels)
    too_big = (TOO_BIG,) if statement and statement.duration.fits_one_day is False else ()
    return (*too_big, *rules, *((BLOCKED,) if issue.is_blocked else ()))


_SMALL = re.compile(
    r"\b(?:typos?|spelling|rename|readme|docs?|documentation|broken links?|links?|translations?|label|wording|remove|bump|"
    r"faute|coquille|renommer|lien|traduction|supprimer|libellé)\b",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"\b(?:refactor\w*|redesign|rewrite|support|implement\w*|create|migrat\w+|investigate|architecture|framework|integrat\w+|"
    r"refonte|réécrire|implémenter|créer|migrer|intégrer)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[ \t]{0,8}(?:[-*+]|\d{1,2}[.)])[ \t]", re.MULTILINE)
_TRACE = re.compile(r"Traceback \(most recent call last\)|^\s{0,12}at [\w$.<>]{3,200}\(", re.MULTILINE)
_CODE = re.compile(r"```|~~~|\{code|\{noformat")
_NEWCOMERS = re.compile(
    r"good.?first|first.?timers?|beginner|newcomer|newbie|starter|easy|low.?hanging|bite.?size|up.?for.?grabs|trivial|facile|débutant",
    re.IGNORECASE,
)


def _from_looks(issue: Sizeable) -> tuple[float, float, tuple[Reason, ...]]:
    """Middle, spread and reasons where nobody stated a time. The shifts follow a regression on logged hours."""
    body = issue.body[:READ_AT_MOST]
    looks = (
        ("long_list", 0.55, len(_ITEM.findall(body)) >= MANY_ITEMS),
        ("building", 0.45, bool(_BUILDING.search(issue.title[:1000]))),
        ("has_code", 0.25, bool(_CODE.search(body))),
        ("small_change", -0.3, bool(_SMALL.search(issue.title[:1000]))),
        ("newcomer_label", -0.25, any(_NEWCOMERS.search(label[:100]) for label in issue.labels)),
        ("stack_trace", -0.2, bool(_TRACE.search(body))),
        ("no_text", 0.0, not body.strip()),
    )
    seen = [(name, shift) for name, shift, holds in looks if holds]
    reasons = tuple(Reason(name, "+" if shift < 0 else "-") for name, shift in seen)
    return BASE_MIDDLE + sum(shift for _, shift in seen), BASE_SPREAD, (*reasons, Reason("base_rate", "+"))


def _remarks(issue: Sizeable) -> tuple[Reason, ...]:
    if issue.updated_at and issue.seen_at and issue.seen_at - issue.updated_at > STALE_AFTER:
        return (Reason("stale", "-"),)
    return ()


def _chance_within(hours: float, *, middle: float, spread: float) -> float:
    chance = 0.5 * (1 + math.erf((math.log(hours) - middle) / spread / math.sqrt(2)))
    return min(max(chance, 0.01), 0.99)


def _hours(log_hours: float) -> float:
    return round(min(max(math.exp(log_hours), SMALLEST), LARGEST), 2)
