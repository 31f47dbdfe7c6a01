"""The sums of a completion report. A day counts because it was worked, whatever became of the contribution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

HOURS_A_DAY = Decimal(7)
ZERO = Decimal(0)
GIVEN_ON = frozenset({"handed_over", "recalled", "expired"})


class Result(Enum):
    """What became of the work of a line."""

    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    HANDED_OVER = "handed_over"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One day record. ``person`` is a pseudonym; ``hours`` are conventional where nobody declared any."""

    date: date
    person: str
    days: Decimal
    hours: Decimal
    is_conventional: bool
    project: str
    task_id: int | None
    task: str
    kind: str
    result: Result
    url: str
    status: str
    declared_at: datetime
    confirmed_at: datetime | None

    @property
    def is_confirmed(self) -> bool:
        """Whether the nonprofit said that this day took place."""
        return self.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of lines; ``tasks`` counts distinct ones."""

    days: Decimal
    hours: Decimal
    tasks: int
    confirmed_days: Decimal

    @property
    def days_to_confirm(self) -> Decimal:
        """Declared, and not confirmed yet."""
        return self.days - self.confirmed_days


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one nonprofit, oldest first."""

    name: str
    lines: tuple[Line, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Report:
    """A company's days in a period, both ends included, by nonprofit."""

    company: str
    start: date
    end: date
    sections: tuple[Section, ...]
    totals: Totals

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all nonprofits, in the order of the sections."""
        return tuple(line for section in self.sections for line in section.lines)

    def results(self) -> dict[Result, int]:
        """How many tasks had which result; of a task's several lines the latest counts."""
        latest = {line.task_id: line.result for line in sorted(self.lines, key=lambda each: each.date) if line.task_id}
        found = list(latest.values())
        return {result: found.count(result) for result in Result if result in found}


def hours_of(days: Decimal, declared: Decimal | None) -> tuple[Decimal, bool]:
    """The hours of a day record, and whether they are conventional (seven a day) rather than declared."""
    return (days * HOURS_A_DAY, True) if declared is None else (declared, False)


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of these lines."""
    rows = list(lines)
    return Totals(
        days=sum((line.days for line in rows), ZERO),
        hours=sum((line.hours for line in rows), ZERO),
        tasks=len({line.task_id for line in rows if line.task_id is not None}),
        confirmed_days=sum((line.days for line in rows if line.is_confirmed), ZERO),
    )


def report(company: str, start: date, end: date, lines: Iterable[tuple[str, Line]]) -> Report:
    """The report of these lines, each with the name of its nonprofit; sections by name."""
    by_nonprofit: dict[str, list[Line]] = {}
    for nonprofit, line in lines:
        by_nonprofit.setdefault(nonprofit, []).append(line)
    sections = tuple(
        Section(name, tuple(found), totals(found))
        for name, found in sorted(by_nonprofit.items(), key=lambda item: item[0].casefold())
    )
    return Report(company, start, end, sections, totals(line for section in sections for line in section.lines))


def result_of(ended_as: str | None, status: str, outcome: str | None) -> Result:
    """What became of somebody's work: how their hold on the task ended, then what the project made of it.

    ``ended_as`` None: they hold it still, or it was completed while they held it.
    """
    if ended_as in GIVEN_ON:
        return Result.HANDED_OVER
    if status == "done":
        return Result.REJECTED if outcome == "rejected" else Result.ACCEPTED
    if ended_as == "submitted":
        return Result.SUBMITTED if status == "in_review" else Result.REJECTED
    return Result.NONE


def pseudonym(person_id: int) -> str:
    """How a volunteer is called in a report: the same in every report, and no name."""
    return f"V-{person_id:02d}"
