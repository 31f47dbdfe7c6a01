"""Size an issue: how likely it fits a day, how many hours, and why. Plain values in, a plain value out.

A statement of the project wins: its spread is the one measured between 8,217 expert estimates and the hours really
spent. Without one a linear model of words and shape speaks (docs/sizing.md). "One day" of somebody new to a project is
taken as half a day of a member of its team: an assumption, until the project's own finished tasks say better.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from connector.sizing import model, reasons, statements, words
from connector.sizing.correction import NONE_YET, Experience, correct, version_of
from connector.sizing.durations import DAY, Duration
from connector.sizing.kinds import kind_of, priority_of
from connector.sizing.language import guess_language
from connector.sizing.line import SAYS_ENOUGH
from connector.sizing.model import Prediction
from connector.sizing.reasons import Reason
from connector.sizing.suitability import READ_AT_MOST, READ_OF_A_TITLE, Judgement, judge
from connector.sizing.text import LONGEST_LENGTH, READ_OF_BODY, READ_OF_TITLE, count_words, read, without_comments

RULES_VERSION = "words-4"
STATED_VERSION = "stated-1"
AGREED_VERSION = "agreed-1"
OVERRIDDEN_VERSION = "person-1"
HALF_DAY = DAY / 2
TOO_BIG = "too_big"
BLOCKED = "blocked"

STATED_SPREAD = 0.55
OPEN_ENDED_SPREAD = 1.0
TENTH = 1.2816
"""A tenth of a normal distribution lies beyond this many spreads on either side."""
SMALLEST, LARGEST = 0.1, 2000.0
QUIET_AFTER = timedelta(days=180)
PERHAPS = "perhaps_"
"""How the reason begins that a sentence only hints at a rule."""
WIDER = 1.25
"""How much wider, in powers of two, the range is for a text in another language than the model learned from."""
WIDER_FOR_FEW = 1.08
"""Of fewer than `SAYS_ENOUGH` words the range has to be wider to hold as often: 79 instead of 76 % on development data."""


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
    project: str = ""
    """Its path: words of it are no reasons."""
    weight: int | None = None
    meanings: Mapping[str, float | None] = field(default_factory=dict)
    """What somebody of the project said its size words and a weight of 1 mean, in hours; None: no time."""


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
    version: str = RULES_VERSION
    """The model, and how far the project's finished tasks moved it: enough to say it again later."""
    is_judged: bool = False
    """Whether its chance decides between offering and splitting."""


@dataclass(frozen=True, slots=True)
class _Statement:
    duration: Duration
    reason: Reason
    version: str = STATED_VERSION


@dataclass(frozen=True, slots=True)
class _Found:
    """Hours of the team with their chances, before rules and remarks."""

    p_half_day: float
    p_day: float
    mid: float
    low: float
    high: float
    reasons: tuple[Reason, ...]
    version: str = RULES_VERSION
    says_little: bool = False


def estimate(issue: Sizeable, experience: Experience = NONE_YET) -> Size:
    """The size of an issue, with its reasons, strongest first. ``experience``: with finished tasks of its project."""
    statement = _statement(issue)
    judged = judge(issue.title[:READ_OF_A_TITLE], issue.body[:READ_AT_MOST], issue.labels)
    unsuitable = _unsuitable(issue, judged, statement)
    found = _as_stated(statement) if statement else _as_learned(issue, experience)
    against = tuple(Reason(rule, "-") for rule in unsuitable)
    return Size(
        p_one_day=round(found.p_half_day, 3),
        p_team_day=round(max(found.p_day, found.p_half_day), 3),
        hours_mid=_hours(found.mid),
        hours_low=_hours(min(found.low, found.mid)),
        hours_high=_hours(max(found.high, found.mid)),
        offer=not unsuitable,
        reasons=(*against, *found.reasons, *_remarks(issue, judged)),
        unsuitable=unsuitable,
        days=_days(statement),
        version=found.version,
        is_judged=statement is None and not found.says_little,
    )


def stated_by_hand(days: Decimal) -> Size:
    """A size that a person gave, as if the project had stated it. ``days`` above one: it does not fit, and is split."""
    stated = Duration(float(days) * DAY, float(days) * DAY)
    found = _as_stated(_Statement(stated, _stated("overridden", stated)))
    fits = days <= 1
    return Size(
        p_one_day=round(found.p_half_day, 3),
        p_team_day=round(found.p_day, 3),
        hours_mid=_hours(found.mid),
        hours_low=_hours(found.low),
        hours_high=_hours(found.high),
        offer=fits,
        reasons=found.reasons,
        unsuitable=() if fits else (TOO_BIG,),
        days=days,
        version=OVERRIDDEN_VERSION,
    )


def besides_size(unsuitable: Iterable[str]) -> tuple[str, ...]:
    """The rules that nobody's word about the hours answers."""
    return tuple(rule for rule in unsuitable if rule != TOO_BIG)


def _as_stated(statement: _Statement) -> _Found:
    # Who states a time under an issue for newcomers states it for them: their day is the day, not half of it.
    spread = OPEN_ENDED_SPREAD if statement.duration.high is None else STATED_SPREAD
    middle = min(max(statement.duration.mid, SMALLEST), LARGEST)
    chance = _chance_within(DAY, middle=middle, spread=spread)
    return _Found(
        chance,
        chance,
        middle,
        middle * math.exp(-TENTH * spread),
        middle * math.exp(TENTH * spread),
        (statement.reason,),
        statement.version,
    )


@dataclass(frozen=True, slots=True)
class _Learned:
    said: Prediction
    reasons: tuple[Reason, ...]
    wider: float
    says_little: bool


def _as_learned(issue: Sizeable, experience: Experience) -> _Found:
    seen = without_comments(issue.body[:LONGEST_LENGTH])
    body, length = seen[:READ_OF_BODY], len(seen)
    kind, priority = kind_of(issue.labels), priority_of(issue.labels)
    learned = _learned(
        issue.title[:READ_OF_TITLE], body.ljust(length), kind=kind, priority=priority, project=issue.project
    )
    said = correct(model.packaged(), learned.said, experience)
    mid, moved = 2**said.log_hours, said.log_hours - learned.said.log_hours
    return _Found(
        said.p_half_day,
        said.p_day,
        mid,
        mid * (said.low / mid) ** learned.wider,
        mid * (said.high / mid) ** learned.wider,
        (*_own_tasks(experience, moved), *learned.reasons, *_base_rate(said)),
        version_of(RULES_VERSION, experience, moved),
        learned.says_little,
    )


@lru_cache(maxsize=512)
def _learned(title: str, body: str, *, kind: str | None, priority: str | None, project: str) -> _Learned:
    # Deliveries repeat the text of their issue: a comment or a label changes none of it.
    text = read(title, body)
    said = model.predict(model.packaged(), text, kind=kind, priority=priority)
    language, is_short = guess_language(title, body), count_words(f"{title} {body}") < SAYS_ENOUGH
    is_foreign, is_english = language == "fr", language == "en" or (language is None and is_short)
    told = (("other_language", is_foreign), ("few_words", is_short))
    names = model.packaged().names | reasons.names_in(project)
    parts = said.parts if is_english else reasons.without_words(said.parts)
    why = (
        *reasons.of_parts(parts, text.shape, title, body, names=names),
        *(Reason(name, "-") for name, so in told if so),
    )
    return _Learned(said, why, (WIDER if is_foreign else 1.0) * (WIDER_FOR_FEW if is_short else 1.0), is_short)


def forget() -> None:
    """Drop what is remembered of texts: for measurements."""
    _learned.cache_clear()


def _own_tasks(experience: Experience, moved: float) -> tuple[Reason, ...]:
    effect = "+" if moved <= 0 else "-"
    counts = (("own_tasks", len(experience.past)), ("own_words", len(experience.said)))
    return tuple(Reason(name, effect, {"count": str(count)}) for name, count in counts if count)


def _base_rate(said: Prediction) -> tuple[Reason, ...]:
    return (Reason("base_rate", "+"),) if said.p_half_day >= 0.5 else ()


def _statement(issue: Sizeable) -> _Statement | None:
    """The most deliberate wins: the tracker's own field, a label, the text, then a word or weight that was explained."""
    if issue.estimate_hours:
        stated = Duration(issue.estimate_hours, issue.estimate_hours)
        return _Statement(stated, _stated("stated_field", stated))
    if named := statements.of_labels(issue.labels, issue.label_descriptions):
        return _Statement(named[1], _stated("stated_label", named[1], label=named[0]))
    if duration := statements.of_text(f"{issue.title[:READ_OF_A_TITLE]}\n{statements.ends_of(issue.body)}"):
        return _Statement(duration, _stated("stated_text", duration))
    if said := words.agreed(issue.labels, issue.weight, issue.meanings):
        name = "agreed_weight" if said.is_weight else "agreed_word"
        return _Statement(said.duration, _stated(name, said.duration, label=said.label), AGREED_VERSION)
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


def _unsuitable(issue: Sizeable, judged: Judgement, statement: _Statement | None) -> tuple[str, ...]:
    rules = judged.against
    too_big = (TOO_BIG,) if statement and statement.duration.fits_one_day is False else ()
    blocked = (BLOCKED,) if issue.is_blocked and BLOCKED not in rules else ()
    return (*too_big, *rules, *blocked)


def _remarks(issue: Sizeable, judged: Judgement) -> tuple[Reason, ...]:
    is_quiet = issue.updated_at and issue.seen_at and issue.seen_at - issue.updated_at > QUIET_AFTER
    perhaps = judged.hint.rule if judged.hint and not judged.against else ""
    told = ((f"{PERHAPS}{perhaps}", perhaps), ("quiet", is_quiet))
    return tuple(Reason(name, "-") for name, is_so in told if is_so)


def _chance_within(hours: float, *, middle: float, spread: float) -> float:
    chance = 0.5 * (1 + math.erf((math.log(hours) - math.log(middle)) / spread / math.sqrt(2)))
    return min(max(chance, 0.01), 0.99)


def _hours(hours: float) -> float:
    return round(min(max(hours, SMALLEST), LARGEST), 2)
