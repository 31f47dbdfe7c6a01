"""What the question bar and the filters find among the tasks on offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from connector.tasks.forms import Answers
from connector.tasks.pages import Row, ranked
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
    """The rows of one page, with what the page says around them. ``others``: tasks that other answers would show."""

    rows: Sequence[Row]
    page: Page
    filters: Sequence[Filter]
    others: int


def find(rows: Sequence[Row], answers: Answers, *, q: str, ticked: frozenset[str], page: int) -> Found:
    """Sift and rank the tasks on offer."""
    fitting = [row for row in rows if (answers.days is None or row.days <= answers.days) and _speaks_of(row, q)]
    filters = [Filter(name, label, _count(fitting, test), name in ticked) for name, label, test in _tests()]
    for name, _label, test in _tests():
        if name in ticked:
            fitting = [row for row in fitting if test(row)]
    total = len(fitting)
    here = Page(min(page, max(1, -(-total // PER_PAGE))), total)
    return Found(ranked(fitting)[here.first - 1 : here.last], here, filters, len(rows) - total)


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


def _tests() -> tuple[tuple[str, str, Callable[[Row], bool]], ...]:
    language = current_language()
    return (
        ("waits", _("A handover is waiting"), lambda row: row.waits is not None),
        ("browser", _("Just a browser"), lambda row: row.needs == "browser"),
        ("known", _("What I know"), lambda row: row.fit > 0),
        ("tongue", _("In English"), lambda row: row.language in {"", language}),
    )


def _count(rows: Sequence[Row], test: Callable[[Row], bool]) -> int:
    return sum(test(row) for row in rows)


def _speaks_of(row: Row, q: str) -> bool:
    haystack = f"{row.title} {row.nonprofit} {row.project}".lower()
    return all(word in haystack for word in q.lower().split())
