"""One report in every format: the same numbers, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from connector.app import create_app
from connector.db.engine import Database
from connector.errors import NotFoundError, UserError
from connector.reports import exports, queries
from connector.reports.rules import Report
from connector.settings import load_settings
from tests.connector.reports.conftest import Fill


@pytest.fixture
def november(db: Database, fill: Fill, now: datetime) -> Report:
    """Lanterne's November."""
    with db.sessions.begin() as session:
        fill(session, now)
    return read(db)


def read(db: Database, nonprofit: str = "") -> Report:
    with db.readers() as session:
        return queries.completion(
            session,
            company=queries.company_named(session, "lanterne conseil"),
            nonprofit=queries.nonprofit_named(session, nonprofit) if nonprofit else None,
            start=date(2026, 11, 1),
            end=date(2026, 11, 30),
        )


def rows(report: Report, language: str) -> list[list[str]]:
    text = exports.render(report, "csv", language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if language == "fr" else ","))


def test_the_json_has_the_keys_that_scripts_rely_on(november: Report) -> None:
    value = json.loads(exports.render(november, "json", "en"))
    assert list(value) == ["company", "from", "to", "nonprofits", "totals"]
    assert (value["company"], value["from"], value["to"]) == ("Lanterne Conseil", "2026-11-01", "2026-11-30")
    assert [section["name"] for section in value["nonprofits"]] == ["Dys & Lire", "Les Herbiers"]
    assert value["nonprofits"][1] == {
        "name": "Les Herbiers",
        "lines": [
            {
                "date": "2026-11-03", "days": 1.0, "hours": 7.0, "project": "herbiers/flora", "task": "=Corriger l’import",
                "outcome": "accepted", "url": "https://forge.example/herbiers/flora/pulls/9",
            },
            {
                "date": "2026-11-04", "days": 0.5, "hours": 4.5, "project": "herbiers/flora", "task": "=Corriger l’import",
                "outcome": "accepted", "url": "https://forge.example/herbiers/flora/pulls/9",
            },
        ],
        "totals": {"days": 1.5, "hours": 11.5, "tasks": 1},
    }  # fmt: skip
    assert value["totals"] == {"days": 3.0, "hours": 22.0, "tasks": 2}


def test_lines_lead_to_the_request_that_was_given(november: Report) -> None:
    first, last = november.sections[0].lines
    assert (first.result.value, first.url) == ("submitted", "https://forge.example/dys/lire/pulls/4")
    assert (last.result.value, last.url, last.task) == ("none", "", "")


@pytest.mark.parametrize(("language", "sign"), [("fr", ","), ("en", ".")])
def test_every_format_has_the_same_totals(november: Report, language: str, sign: str) -> None:
    table = rows(november, language)
    days = [Decimal(row[4].replace(sign, ".")) for row in table[1:] if row[2][:4] == "2026"]
    hours = [Decimal(row[5].replace(sign, ".")) for row in table[1:] if row[2][:4] == "2026"]
    assert (sum(days), sum(hours)) == (november.totals.days, november.totals.hours) == (3, 22)
    assert [row[4] for row in table if row[2] == "Total"][-1] == "3"
    app = create_app(load_settings({"WECENA_SECRET_KEY": "k" * 40, "WECENA_DATA_DIR": "/nonexistent"}))
    with app.app_context():
        page = exports.render(november, "html", language).decode()
    assert re.findall(r"<dd>([^<]*)</dd>", page) == [f"3{sign}0", f"22{sign}0", "2", "2"]
    assert page.count("V-0") == 4
    assert "malo" not in page


def test_a_spreadsheet_takes_the_file_without_running_anything(november: Report) -> None:
    raw = exports.render(november, "csv", "fr")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert [row[8] for row in rows(november, "fr")[1:]][3] == "'=Corriger l’import"
    assert {len(row) for row in rows(november, "fr")} == {14}
    assert "2026-11-03" in raw.decode()


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("\t=1+1", "'=1+1"), ("\ufeff@SUM(A1)", "'@SUM(A1)"), ("two\r\nlines", "two lines"), ("a\x00b\x1bc", "a b c"),
        ("invoice\u202excod.exe", "invoice xcod.exe"), ("\u2066=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("family 👨\u200d👩\u200d👧, می\u200cخواهم", "family 👨\u200d👩\u200d👧, می\u200cخواهم"),
    ],
)  # fmt: skip
def test_a_cell_shows_what_it_holds_and_is_no_formula(november: Report, title: str, cell: str) -> None:
    (first, *others), *sections = november.sections[0].lines, *november.sections[1:]
    section = replace(november.sections[0], lines=(replace(first, task=title), *others))
    shown = rows(replace(november, sections=(section, *sections)), "en")
    assert (shown[1][8], {len(row) for row in shown}) == (cell, {14})


def test_one_nonprofit_alone_has_its_own_totals(november: Report, db: Database) -> None:
    alone = read(db, "les herbiers")
    assert alone.sections == november.sections[1:]
    assert alone.totals == alone.sections[0].totals


@pytest.mark.parametrize("wanted", ["xlsx", "pdf"])
def test_a_later_format_is_refused_clearly(november: Report, wanted: str) -> None:
    with pytest.raises(UserError, match=r"not available yet: use html, csv or json"):
        exports.render(november, wanted, "en")


def test_an_unknown_company_is_answered_with_those_known(november: Report, db: Database) -> None:
    with db.readers() as session, pytest.raises(NotFoundError, match=r"Lanterne Conseil"):
        queries.company_named(session, "Lanterne")


def test_a_nonprofit_sees_the_days_it_was_given(november: Report, db: Database) -> None:
    with db.readers() as session:
        herbiers = queries.nonprofit_named(session, "Les Herbiers")
        found = queries.days_of_nonprofit(session, herbiers.id)
    assert [(company, line.date.day) for company, line in found] == [
        ("Autre", 5),
        ("Lanterne Conseil", 4),
        ("Lanterne Conseil", 3),
    ]
