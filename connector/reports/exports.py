"""A completion report as a file. Every format shows the same numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal

from flask import current_app

from connector.errors import UserError
from connector.reports import pages
from connector.reports.rules import Line, Report, Section, Totals
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking
from connector.web.pages import STATIC

FORMATS = ("html", "csv", "json")
LATER = ("xlsx", "pdf")
TYPES = {"html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json"}
FORMULA_STARTS = ("=", "+", "-", "@")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Control characters, line ends and what turns the direction of writing: a cell is one line that shows what it holds."""
BYTE_ORDER_MARK = "\ufeff"


def render(report: Report, wanted: str, language: str) -> bytes:
    """The report in one of `FORMATS`; HTML needs an application context. Raises `UserError` for another format."""
    if wanted in LATER:
        raise UserError(_("The format %(name)s is not available yet: use html, csv or json.", name=wanted))
    with speaking(language):
        match wanted:
            case "json":
                text = as_json(report)
            case "csv":
                text = as_csv(report, language)
            case "html":
                text = as_html(report, language)
            case _:
                raise UserError(_("There is no format %(name)s: use html, csv or json.", name=wanted))
    return text.encode()


def as_json(report: Report) -> str:
    """The keys that scripts rely on; days and hours are numbers."""
    value = {
        "company": report.company,
        "from": report.start.isoformat(),
        "to": report.end.isoformat(),
        "nonprofits": [_section(section) for section in report.sections],
        "totals": _totals(report.totals),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report, language: str) -> str:
    """One row per line, then the totals; opens as a table in a spreadsheet set to this language."""
    is_french = language == "fr"
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";" if is_french else ",", lineterminator="\r\n")
    for row in _rows(report):
        writer.writerow([_cell(value, "," if is_french else ".") for value in row])
    return out.getvalue()


def as_html(report: Report, language: str) -> str:
    """A page of its own, ready to print, that needs no other file."""
    template = current_app.jinja_env.get_template("reports/standalone.html")
    css = (STATIC / "wecena.css").read_text(encoding="utf-8")
    return template.render(report=report, language=language, css=css, **pages.words())


def file_name(report: Report, wanted: str) -> str:
    """A name for the download, without anything a file system minds."""
    company = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in report.company).strip("-")
    return f"wecena-{company.lower() or 'report'}-{report.start}-{report.end}.{wanted}"


def _section(section: Section) -> dict[str, object]:
    lines = [_json_line(line) for line in section.lines]
    return {"name": section.name, "lines": lines, "totals": _totals(section.totals)}


def _json_line(line: Line) -> dict[str, object]:
    return {
        "date": line.date.isoformat(),
        "days": float(line.days),
        "hours": float(line.hours),
        "project": line.project,
        "task": line.task,
        "outcome": line.result.value,
        "url": line.url,
    }


def _totals(totals: Totals) -> dict[str, object]:
    return {"days": float(totals.days), "hours": float(totals.hours), "tasks": totals.tasks}


def _rows(report: Report) -> Iterator[list[object]]:
    yield [
        _("Company"), _("Nonprofit"), _("Date"), _("Person"), _("Days"), _("Hours"), _("Kind of hours"), _("Project"),
        _("Task"), _("Result"), _("Address"), _("Declared on"), _("Confirmed on"), _("Tasks"),
    ]  # fmt: skip
    for section in report.sections:
        for line in section.lines:
            yield [report.company, section.name, *_line(line)]
        yield [report.company, section.name, *_sum(_("Total"), section.totals)]
    yield [report.company, "", *_sum(_("Total"), report.totals)]


def _line(line: Line) -> list[object]:
    kind = _("conventional") if line.is_conventional else _("declared")
    confirmed = line.confirmed_at.date().isoformat() if line.confirmed_at else ""
    return [
        line.date.isoformat(), line.person, line.days, line.hours, kind, line.project, line.task,
        pages.result_words(line.result, line.kind), line.url, line.declared_at.date().isoformat(), confirmed, "",
    ]  # fmt: skip


def _sum(name: str, totals: Totals) -> list[object]:
    return [name, "", totals.days, totals.hours, "", "", "", "", "", "", "", totals.tasks]


def _cell(value: object, decimal_sign: str) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", decimal_sign)
    text = UNSEEN.sub(" ", str(value)).strip()
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
