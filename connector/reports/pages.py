"""What the pages and the files of a report say in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from connector.reports.rules import Report, Result
from connector.web import formats
from connector.web.i18n import gettext as _
from connector.web.i18n import ngettext


def result_words(result: Result, kind: str) -> str:
    """What became of a line, as a status."""
    match result:
        case Result.ACCEPTED:
            return _("Merged") if kind == "code" else _("Accepted")
        case Result.SUBMITTED:
            return _("In review")
        case Result.REJECTED:
            return _("Declined by the project")
        case Result.HANDED_OVER:
            return _("Handed over")
        case Result.NONE:
            return _("Under way") if kind else ""


def summary(report: Report) -> str:
    """One sentence: what became of the tasks."""
    counted = report.results()
    if not counted:
        return ""
    parts = ", ".join(_counted(result, count) for result, count in counted.items())
    return ngettext(
        "What became of the one task: %(parts)s.",
        "What became of the %(num)s tasks: %(parts)s.",
        num=report.totals.tasks,
        parts=parts,
    )


def period(report: Report) -> str:
    """Novembre 2026 where the period is a whole month, else its two dates."""
    if _is_whole_month(report.start, report.end):
        return formats.month(report.start)
    return _("%(start)s to %(end)s", start=formats.dated(report.start), end=formats.dated(report.end))


def scale(value: Decimal) -> float:
    """A number for drawing."""
    return float(value)


def words() -> dict[str, object]:
    """The functions that the report's templates call."""
    return {"result_words": result_words, "summary": summary, "period": period, "scale": scale}


def _is_whole_month(start: date, end: date) -> bool:
    same_month = (start.year, start.month) == (end.year, end.month)
    return same_month and start.day == 1 and (end + timedelta(days=1)).day == 1


def _counted(result: Result, count: int) -> str:
    match result:
        case Result.ACCEPTED:
            return ngettext("one merged or accepted", "%(num)s merged or accepted", num=count)
        case Result.SUBMITTED:
            return ngettext("one in review", "%(num)s in review", num=count)
        case Result.REJECTED:
            return ngettext("one declined", "%(num)s declined", num=count)
        case Result.HANDED_OVER:
            return ngettext("one handed over", "%(num)s handed over", num=count)
        case Result.NONE:
            return ngettext("one under way", "%(num)s under way", num=count)
