"""The sums of a report."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from connector.reports.rules import Line, Result, hours_of, pseudonym, report, result_of, totals

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def line(
    days: str, task: int | None = 1, *, confirmed: bool = False, result: Result = Result.ACCEPTED, on: int = 3
) -> Line:
    hours, is_conventional = hours_of(Decimal(days), None)
    return Line(
        date=date(2026, 11, on), person="V-07", days=Decimal(days), hours=hours, is_conventional=is_conventional,
        project="herbier/site", task_id=task, task="Relire", kind="code", result=result, url="", status="declared",
        declared_at=NOW, confirmed_at=NOW if confirmed else None,
    )  # fmt: skip


def test_totals_are_sums_of_the_lines() -> None:
    found = totals([line("1"), line("0.5", 2, confirmed=True), line("0.5", 2), line("1", None)])
    assert (found.days, found.hours, found.tasks) == (Decimal("3.0"), Decimal("21.0"), 2)
    assert (found.confirmed_days, found.days_to_confirm) == (Decimal("0.5"), Decimal("2.5"))


def test_published_half_years_add_up() -> None:
    days = [line(days) for days in ("70.5", "213", "236.5")]
    assert totals(days).days == Decimal("520.0")


def test_nothing_adds_up_to_zero() -> None:
    assert report("Lanterne", date(2026, 11, 1), date(2026, 11, 30), []).totals == totals([])


@pytest.mark.parametrize(
    ("declared", "expected"),
    [(None, (Decimal("3.5"), True)), (Decimal(4), (Decimal(4), False)), (Decimal(0), (Decimal(0), False))],
)
def test_hours_are_conventional_only_where_none_were_declared(
    declared: Decimal | None, expected: tuple[Decimal, bool]
) -> None:
    assert hours_of(Decimal("0.5"), declared) == expected


def test_a_report_has_one_section_for_each_nonprofit() -> None:
    found = report(
        "Lanterne",
        date(2026, 11, 1),
        date(2026, 11, 30),
        [("Dys", line("1", 1)), ("abeilles", line("0.5", 2)), ("Dys", line("1", 3))],
    )
    assert [(section.name, section.totals.days) for section in found.sections] == [
        ("abeilles", Decimal("0.5")),
        ("Dys", Decimal(2)),
    ]
    assert found.totals.days == Decimal("2.5")
    assert found.totals.tasks == 3


def test_of_a_task_with_several_lines_the_latest_result_counts() -> None:
    lines = [("A", line("1", 1, result=Result.HANDED_OVER, on=3)), ("A", line("1", 1, on=4)), ("A", line("1", None))]
    assert report("L", date(2026, 11, 1), date(2026, 11, 30), lines).results() == {Result.ACCEPTED: 1}


@pytest.mark.parametrize(
    ("ended_as", "status", "outcome", "result"),
    [
        ("submitted", "done", "accepted", Result.ACCEPTED),
        ("submitted", "done", "rejected", Result.REJECTED),
        ("submitted", "in_review", None, Result.SUBMITTED),
        ("submitted", "ready", None, Result.REJECTED),
        ("handed_over", "done", "accepted", Result.HANDED_OVER),
        ("recalled", "claimed", None, Result.HANDED_OVER),
        ("expired", "ready", None, Result.HANDED_OVER),
        (None, "claimed", None, Result.NONE),
        (None, "done", "accepted", Result.ACCEPTED),
        (None, "", None, Result.NONE),
        ("withdrawn", "withdrawn", None, Result.NONE),
    ],
)
def test_the_result_follows_the_hold_and_then_the_project(
    ended_as: str | None, status: str, outcome: str | None, result: Result
) -> None:
    assert result_of(ended_as, status, outcome) is result


def test_a_pseudonym_names_nobody() -> None:
    assert (pseudonym(7), pseudonym(123)) == ("V-07", "V-123")
