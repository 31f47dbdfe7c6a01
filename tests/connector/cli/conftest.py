"""Commands run in this process, over a database of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from connector.cli.main import main

Wecena = Callable[..., Result]


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """What a command sets for its process must not reach other tests."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def wecena(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Wecena:
    """Runs the command with these arguments over a migrated SQLite database."""
    _surround(monkeypatch, tmp_path / "var", sqlite_url)
    return _run


@pytest.fixture
def wecena_without_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Wecena:
    """The same where no database was made yet."""
    _surround(monkeypatch, tmp_path / "var", "")
    return _run


def _surround(monkeypatch: pytest.MonkeyPatch, folder: Path, database_url: str) -> None:
    monkeypatch.setenv("WECENA_DATA_DIR", str(folder))
    monkeypatch.setenv("WECENA_DATABASE_URL", database_url)
    for name in ("WECENA_SECRET_KEY", "WECENA_SMTP_URL", "WECENA_PUBLIC_URL", "WECENA_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)


def _run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)
