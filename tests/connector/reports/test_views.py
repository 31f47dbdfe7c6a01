"""Report pages: who sees which company, and that downloads are the same numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.reports import queries
from tests.browser import application, signed_in
from tests.connector.reports.conftest import Fill

NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime, fill: Fill) -> Iterator[APIFlask]:
    """The application over the days of two companies."""
    app = application(sqlite_url, tmp_path, now)
    db: Database = app.extensions["wecena"].db
    with db.sessions.begin() as session:
        fill(session, now)
    yield app
    db.engine.dispose()


def company_id(app: APIFlask, name: str) -> int:
    db: Database = app.extensions["wecena"].db
    with db.readers() as session:
        return queries.company_named(session, name).id


def test_a_coordinator_chooses_a_company_and_reads_its_report(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.COORDINATOR, now)
    assert "Lanterne Conseil" in browser.get("/coordinator/reports?lang=en").text
    page = browser.get(f"/coordinator/reports?lang=en&company={company_id(app, 'Lanterne Conseil')}").text
    assert "Lanterne Conseil, November 2026" in page
    assert "<dd>3.0</dd>" in page
    assert "2.0 days remain to be confirmed" in page
    assert "V-" in page
    assert "malo" not in page


@pytest.mark.parametrize(("wanted", "kind"), [("csv", "text/csv"), ("json", "application/json"), ("html", "text/html")])
def test_a_report_is_downloaded_as_a_file(app: APIFlask, now: datetime, wanted: str, kind: str) -> None:
    browser = signed_in(app, Role.COORDINATOR, now)
    company = company_id(app, "Lanterne Conseil")
    answer = browser.get(f"/coordinator/reports?company={company}&{NOVEMBER}&format={wanted}")
    assert answer.mimetype == kind
    name = f"wecena-lanterne-conseil-2026-11-01-2026-11-30.{wanted}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    if wanted == "json":
        assert json.loads(answer.data)["totals"] == {"days": 3.0, "hours": 22.0, "tasks": 2}


@pytest.mark.parametrize("query", ["from=yesterday", "from=2026-11-30&to=2026-11-01", "from=1900-01-01", "format=pdf"])
def test_a_wrong_wish_is_answered_with_a_sentence(app: APIFlask, now: datetime, query: str) -> None:
    browser = signed_in(app, Role.COORDINATOR, now)
    company = company_id(app, "Lanterne Conseil")
    assert browser.get(f"/coordinator/reports?company={company}&{query}").status_code == 400


def test_a_company_sees_its_own_report_and_no_other(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.COMPANY_CONTACT, now, company="Autre")
    own, other = company_id(app, "Autre"), company_id(app, "Lanterne Conseil")
    page = browser.get(f"/company?lang=en&{NOVEMBER}").text
    assert "Autre, November 2026" in page
    assert "<dd>1.0</dd>" in page
    assert browser.get(f"/company/{own}/report?{NOVEMBER}").status_code == 200
    assert browser.get(f"/company/{other}/report?{NOVEMBER}").status_code == 404
    assert browser.get("/company/999999/report").status_code == 404
    assert browser.get("/coordinator/reports").status_code == 403


def test_a_nonprofit_sees_the_days_it_was_given(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.NONPROFIT_CONTACT, now, nonprofit="Dys & Lire")
    page = browser.get("/nonprofit?lang=en").text
    assert "Days given to Dys &amp; Lire" in page
    assert "Afficher la date; vite" in page
    assert "Corriger l’import" not in page


def test_an_empty_month_says_so(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.COMPANY_CONTACT, now, company="Autre")
    assert "No day was declared in this period." in browser.get("/company?lang=en&from=2020-01-01").text
