"""What the question bar and the filters find among the tasks on offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connector.tasks.forms import Answers
from connector.tasks.pages import knows
from connector.tasks.queries import Offer
from connector.web.i18n import current_language, ngettext
from connector.web.i18n import gettext as _

PER_PAGE = 20
FILTERS = frozenset({"waits", "browser", "known", "tongue"})


@dataclass(frozen=True, slots=True)
class Filter:
    """A tick box under the question bar, and how many tasks it would leave."""

    name: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of the list: places ``first`` to ``last`` of ``total``."""

    number: int
    total: int

    @property
    def first(self) -> int:
        """The place of its first row, from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """The place of its last row."""
        return min(self.number * PER_PAGE, self.total)


@dataclass(frozen=True, slots=True)
class Found:
    """The tasks of one page, with what the page says around them. ``others``: tasks that other answers would show."""

    task_ids: Sequence[int]
    page: Page
    filters: Sequence[Filter]
    others: int


def find(offers: Sequence[Offer], answers: Answers, *, q: str, ticked: frozenset[str], page: int) -> Found:
    """Sift and rank the tasks on offer."""
    tests = _tests(answers)
    words = q.lower().split()
    fitting = [
        each
        for each in offers
        if (answers.days is None or each.days <= answers.days) and (not words or _speaks_of(each, words))
    ]
    filters = [Filter(name, label, _count(fitting, test), name in ticked) for name, label, test in tests]
    for name, _label, test in tests:
        if name in ticked:
            fitting = [each for each in fitting if test(each)]
    total = len(fitting)
    here = Page(min(page, max(1, -(-total // PER_PAGE))), total)
    best = ranked(fitting, answers)[here.first - 1 : here.last]
    return Found([each.task_id for each in best], here, filters, len(offers) - total)


def ranked(offers: Sequence[Offer], answers: Answers) -> list[Offer]:
    """Best match first, then the best chance to finish, then the oldest."""
    return sorted(offers, key=lambda each: (not knows(each.skills, answers), -each.p_one_day, each.task_id))


def heading(found: Found, answers: Answers) -> str:
    """How many tasks there are, and what they fit."""
    total = found.page.total
    match answers.time:
        case "0.5":
            return ngettext("One task fits your half-day", "%(num)s tasks fit your half-day", total)
        case "1":
            return ngettext("One task fits your day", "%(num)s tasks fit your day", total)
        case "2":
            return ngettext("One task fits your two days", "%(num)s tasks fit your two days", total)
        case _:
            return ngettext("One task on offer", "%(num)s tasks on offer", total)


def _tests(answers: Answers) -> tuple[tuple[str, str, Callable[[Offer], bool]], ...]:
    language = current_language()
    return (
        ("waits", _("A handover is waiting"), lambda each: each.was_handed_on),
        ("browser", _("Just a browser"), lambda each: each.needs == "browser"),
        ("known", _("What I know"), lambda each: knows(each.skills, answers)),
        ("tongue", _("In English"), lambda each: each.language in {"", language}),
    )


def _count(offers: Sequence[Offer], test: Callable[[Offer], bool]) -> int:
    return sum(test(each) for each in offers)


def _speaks_of(offer: Offer, words: Sequence[str]) -> bool:
    haystack = f"{offer.title} {offer.nonprofit} {offer.project}".lower()
    return all(word in haystack for word in words)
