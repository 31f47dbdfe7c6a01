"""Nightly backups: the newest few are kept, by their owner alone, without the key; ages and gaps are told."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from connector.cli import nightly, worker
from connector.cli.nightly import back_up, nightly_backups
from connector.db.engine import Database
from connector.db.tables import Job
from connector.settings import Settings, load_settings
from tests.connector.cli.conftest import Wecena


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    if database_url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    return load_settings({"WECENA_DATABASE_URL": database_url, "WECENA_BACKUPS": "3"}, data_dir=tmp_path / "data")


def test_the_newest_few_are_kept(settings: Settings, now: datetime) -> None:
    for night in range(5):
        back_up(settings, now + timedelta(days=night))
    assert back_up(settings, now + timedelta(days=4)) == nightly_backups(settings)[0], "twice in a night is one file"
    names = [file.name for file in nightly_backups(settings)]
    assert names == [f"wecena-2026-11-{day}.tar.gz" for day in (27, 26, 25)]
    for file in nightly_backups(settings):
        assert file.stat().st_mode & 0o777 == 0o600
        with tarfile.open(file) as archive:
            assert "secret.key" not in archive.getnames()
    assert nightly.folder_of(settings).stat().st_mode & 0o077 == 0
    assert [path.name for path in nightly.folder_of(settings).iterdir() if path.suffix != ".gz"] == []


def test_none_are_made_where_none_are_wanted(sqlite_url: str, tmp_path: Path, now: datetime) -> None:
    settings = load_settings({"WECENA_DATABASE_URL": sqlite_url, "WECENA_BACKUPS": "0"}, data_dir=tmp_path / "data")
    assert back_up(settings, now) is None
    assert nightly_backups(settings) == []


def test_other_files_in_the_folder_stay(settings: Settings, now: datetime) -> None:
    nightly.folder_of(settings).mkdir()
    mine = nightly.folder_of(settings) / "wecena-before-the-move.tar.gz"
    mine.touch()
    for night in range(5):
        back_up(settings, now + timedelta(days=night))
    assert mine.exists()


def test_one_backup_is_put_in_for_each_night(db: Database, now: datetime) -> None:
    start = now.replace(hour=0, minute=0)
    for at in (start, start + timedelta(hours=9)):
        with db.sessions.begin() as session:
            worker.enqueue_backup(session, start, at)
    with db.readers() as session:
        (job,) = session.scalars(select(Job)).all()
    assert (job.kind, job.run_at) == ("backup", start + timedelta(hours=1))


def test_the_doctor_tells_how_backups_stand(wecena: Wecena, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> dict[str, str]:
        return {
            each["about"]: f"{each['level']} {each['what']}" for each in json.loads(wecena("doctor", "--json").stdout)
        }

    wecena("project", "list")
    assert said()["backups"].startswith("ok none yet")
    file = back_up(load_settings(), datetime.now(UTC))
    assert file is not None
    assert "without the key" in said()["backups"]
    old = datetime.now(UTC).timestamp() - 48 * 3600
    os.utime(file, (old, old))
    assert said()["backups"].startswith("fault the newest is")
    monkeypatch.setenv("WECENA_BACKUPS", "0")
    assert said()["backups"].startswith("advice none are made")


def test_the_doctor_tells_what_waits_too_long_and_what_was_set_aside(
    wecena: Wecena, sqlite_db: Database, now: datetime
) -> None:
    """R6."""
    past = datetime.now(UTC) - timedelta(minutes=20)
    with sqlite_db.sessions.begin() as session:
        session.add(Job(key="a", kind="x", run_at=past, created_at=past))
        session.add(Job(key="b", kind="x", run_at=past, parked_reason="broken", created_at=past))
    found = wecena("doctor")
    assert found.exit_code == 1
    assert "1 wait, the oldest for 20 minutes" in found.stdout
    assert "1 were set aside" in found.stdout
