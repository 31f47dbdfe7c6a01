"""Log lines: one JSON object each, whoever starts the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from connector import app
from connector.db import migrate


@pytest.fixture(autouse=True)
def usual_logs() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_another_server_writes_the_same_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WECENA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WECENA_LOG_LEVEL", "warning")
    migrate.upgrade(f"sqlite:///{tmp_path / 'wecena.db'}")
    app.wsgi_from_environment()
    structlog.get_logger("test").info("too fine")
    structlog.get_logger("test").warning("told", path=tmp_path, count=2)
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line) | {"timestamp": ""} for line in lines] == [
        {"event": "told", "level": "warning", "path": repr(tmp_path), "count": 2, "timestamp": ""}
    ]
