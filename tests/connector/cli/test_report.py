"""``wecena report`` and ``wecena doctor``."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from connector.db.engine import open_database
from tests.connector.cli.conftest import Wecena
from tests.connector.reports.conftest import Fill, _fill

NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def filled(wecena: Wecena, sqlite_url: str, now: datetime) -> Wecena:
    """The command over the days of two companies."""
    fill: Fill = _fill
    db = open_database(sqlite_url)
    with db.sessions.begin() as session:
        fill(session, now)
    db.engine.dispose()
    return wecena


def test_a_report_goes_to_stdout_or_into_a_file(filled: Wecena, tmp_path: Path) -> None:
    arguments = ("report", "--company", "lanterne conseil", *NOVEMBER, "--format", "json")
    answer = json.loads(filled(*arguments).stdout)
    assert answer["totals"] == {"days": 3.0, "hours": 22.0, "tasks": 2}
    assert filled(*arguments, "-o", str(tmp_path / "r.json")).stdout == ""
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == answer
    one = json.loads(filled(*arguments, "--nonprofit", "Les Herbiers").stdout)
    assert [section["name"] for section in one["nonprofits"]] == ["Les Herbiers"]


def test_the_page_stands_alone_in_the_language_of_the_service(filled: Wecena) -> None:
    page = filled("report", "--company", "Lanterne Conseil", *NOVEMBER, "--format", "html").stdout
    assert page.lstrip().startswith("<!doctype html>")
    assert '<html lang="fr"' in page
    assert "novembre 2026" in page
    assert "<link" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--company", "Nobody", *NOVEMBER, "--format", "csv"), "Known: Autre, Lanterne Conseil"),
        (
            ("--company", "Autre", *NOVEMBER, "--format", "csv", "--nonprofit", "None"),
            "Known: Dys & Lire, Les Herbiers",
        ),
        (("--company", "Autre", *NOVEMBER, "--format", "pdf"), "not available yet"),
        (("--company", "Autre", *NOVEMBER, "--format", "xlsx"), "not available yet"),
        (
            ("--company", "Autre", "--from", "2026-11-02", "--to", "2026-11-01", "--format", "csv"),
            "ends before it starts",
        ),
        (("--company", "Autre", *NOVEMBER, "--format", "csv", "-o", "/nonexistent/x"), "cannot be written"),
    ],
)
def test_a_wrong_wish_is_refused_with_a_sentence(filled: Wecena, arguments: tuple[str, ...], words: str) -> None:
    found = filled("report", *arguments)
    assert found.exit_code == 1
    assert words in found.stderr
    assert found.stderr.count("\n") == 1


def test_the_doctor_finds_a_sound_installation_sound(wecena: Wecena) -> None:
    wecena("project", "add", "https://github.com/a/b", "--offline")
    found = wecena("doctor", "--json")
    assert found.exit_code == 0
    by_name = {finding["about"]: finding for finding in json.loads(found.stdout)}
    assert by_name["durability"]["what"] == "journal_mode=WAL, synchronous=FULL"
    assert by_name["a/b"]["level"] == "advice"
    assert all(finding["do"] for finding in by_name.values() if finding["level"] != "ok")


def test_the_doctor_says_what_to_do_without_a_database(wecena_without_database: Wecena, tmp_path: Path) -> None:
    found = wecena_without_database("doctor")
    assert found.exit_code == 1
    assert "wecena migrate" in found.stdout
    assert not (tmp_path / "var").exists()


def test_the_doctor_finds_a_key_that_others_can_read(wecena: Wecena, tmp_path: Path) -> None:
    wecena("project", "list")
    (tmp_path / "var" / "secret.key").chmod(0o644)
    found = wecena("doctor")
    assert found.exit_code == 1
    assert "chmod 600" in found.stdout


def test_the_doctor_finds_a_key_that_does_not_open_the_secrets(wecena: Wecena, tmp_path: Path) -> None:
    wecena("project", "add", "https://github.com/a/b", "--offline")
    (tmp_path / "var" / "secret.key").write_text("another key that is long enough to pass", encoding="ascii")
    found = wecena("doctor")
    assert found.exit_code == 1
    assert "is not the key" in found.stdout


def test_the_doctor_tries_the_mail_server(wecena: Wecena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECENA_SMTP_URL", "smtp://127.0.0.1:1")
    found = wecena("doctor", "--mail", "lea@example.org")
    assert found.exit_code == 1
    assert "check WECENA_SMTP_URL" in found.stdout
