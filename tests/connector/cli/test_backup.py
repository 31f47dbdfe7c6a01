"""Backup and restore: everything comes back, nothing is overwritten or sent by surprise."""

from __future__ import annotations

import json
import shutil
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from connector.db.engine import Database, open_database
from connector.db.tables import Effect, Mail, Project
from connector.parked.rules import HELD
from tests.connector.cli.conftest import Wecena
from tests.postgres import PostgresServer


def test_a_restored_database_has_everything_of_the_backup(wecena: Wecena, tmp_path: Path, sqlite_url: str) -> None:
    wecena("project", "add", "https://github.com/a/b", "--offline", "--label", "easy")
    file = tmp_path / "backup.tar.gz"
    found = wecena("backup", str(file))
    assert found.exit_code == 0
    assert "the secret key is not inside" in found.stdout
    before = wecena("project", "list", "--json").stdout
    wecena("project", "add", "https://github.com/a/later", "--offline")
    found = wecena("restore", str(file))
    assert found.exit_code == 1
    assert "--force" in found.stderr
    assert wecena("restore", str(file), "--force").exit_code == 0
    assert wecena("project", "list", "--json").stdout == before
    assert wecena("doctor").exit_code == 0


def test_the_key_is_inside_only_when_asked_for(wecena: Wecena, tmp_path: Path) -> None:
    wecena("project", "list")
    plain, full = tmp_path / "plain.tar.gz", tmp_path / "full.tar.gz"
    wecena("backup", str(plain))
    assert "the secret key is inside" in wecena("backup", str(full), "--with-key").stdout
    assert _names(plain) == {"manifest.json", "wecena.db"}
    assert _names(full) == {"manifest.json", "wecena.db", "secret.key"}
    assert full.stat().st_mode & 0o077 == 0


def test_a_restore_elsewhere_brings_the_key_along(
    wecena: Wecena, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wecena("project", "add", "https://github.com/a/b", "--offline")
    wecena("backup", str(tmp_path / "full.tar.gz"), "--with-key")
    monkeypatch.setenv("WECENA_DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("WECENA_DATABASE_URL", "")
    assert wecena("restore", str(tmp_path / "full.tar.gz")).exit_code == 0
    assert wecena("doctor").exit_code == 0
    shutil.copy(tmp_path / "var" / "secret.key", tmp_path / "other.key")
    (tmp_path / "elsewhere" / "secret.key").write_text("k" * 40, encoding="ascii")
    found = wecena("restore", str(tmp_path / "full.tar.gz"), "--force")
    assert found.exit_code == 1
    assert "another key" in found.stderr


def test_what_waited_to_be_sent_is_held(wecena: Wecena, tmp_path: Path, sqlite_db: Database, now: datetime) -> None:
    wecena("project", "add", "https://github.com/a/b", "--offline")
    with sqlite_db.sessions.begin() as session:
        project = session.scalars(select(Project)).one()
        for key, sent in (("waits", None), ("sent", now)):
            session.add(
                Effect(
                    key=key, project_id=project.id, kind="comment", created_at=now, next_attempt_at=now, sent_at=sent
                )
            )
        session.add(Mail(to="lea@example.org", subject="s", text="t", created_at=now - timedelta(days=1)))
    wecena("backup", str(tmp_path / "b.tar.gz"))
    sqlite_db.engine.dispose()
    assert "2 effects and mails are held" in wecena("restore", str(tmp_path / "b.tar.gz"), "--force").stdout
    with sqlite_db.readers() as session:
        found = {effect.key: (effect.next_attempt_at, effect.error) for effect in session.scalars(select(Effect))}
        mail = session.scalars(select(Mail)).one()
    assert found == {"waits": (None, HELD), "sent": (now, None)}
    assert mail.attempts >= 8


@pytest.mark.parametrize("content", [b"", b"nonsense", None])
def test_another_file_is_no_backup(wecena: Wecena, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "file"
    if content is None:
        (tmp_path / "manifest.json").write_text(
            json.dumps({"kind": "../x", "has_key": False, "schema": "", "made_at": ""})
        )
        with tarfile.open(file, "w:gz") as archive:
            archive.add(tmp_path / "manifest.json", "manifest.json")
    else:
        file.write_bytes(content)
    found = wecena("restore", str(file), "--force")
    assert found.exit_code == 1
    assert "backup" in found.stderr
    assert wecena("project", "list").exit_code == 0


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed")
def test_a_postgresql_database_comes_back_too(
    wecena: Wecena, tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WECENA_DATABASE_URL", postgres.copy("wecena_template"))
    wecena("project", "add", "https://github.com/a/b", "--offline")
    assert wecena("backup", str(tmp_path / "pg.tar.gz")).exit_code == 0
    wecena("project", "add", "https://github.com/a/later", "--offline")
    found = wecena("restore", str(tmp_path / "pg.tar.gz"), "--force")
    assert found.exit_code == 0, found.stderr
    assert [row["path"] for row in json.loads(wecena("project", "list", "--json").stdout)] == ["a/b"]


def _names(file: Path) -> set[str]:
    with tarfile.open(file) as archive:
        return set(archive.getnames())


def test_a_backup_is_whole_while_somebody_writes(
    wecena: Wecena, tmp_path: Path, sqlite_url: str, now: datetime
) -> None:
    db = open_database(sqlite_url)
    with db.sessions.begin() as session:
        session.add(Mail(to="x", subject="s", text="not committed", created_at=now))
        session.flush()
        assert wecena("backup", str(tmp_path / "b.tar.gz")).exit_code == 0
    db.engine.dispose()
    assert wecena("restore", str(tmp_path / "b.tar.gz"), "--force").exit_code == 0
    with (restored := open_database(sqlite_url)).readers() as session:
        assert session.scalars(select(Mail)).all() == []
    restored.engine.dispose()
