"""The documents against the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from connector.settings import SECRETS, Settings, variable

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| `(WECENA_[A-Z_]+)`( \*secret\*)? \| ([^|]+) \|", re.MULTILINE)


def rows() -> dict[str, tuple[bool, str]]:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return {name: (bool(secret), default.strip()) for name, secret, default in ROW.findall(text)}


def test_every_setting_is_on_its_page_and_no_other() -> None:
    assert set(rows()) == {variable(field) for field in Settings.model_fields}


def test_the_page_says_which_settings_may_come_from_a_file() -> None:
    assert {name for name, (is_secret, _default) in rows().items() if is_secret} == {variable(name) for name in SECRETS}


@pytest.mark.parametrize(
    "field",
    ["host", "port", "admin_email", "mail_from", "programme_name", "default_language", "timezone", "web_workers",
     "max_body_bytes", "harvest_minutes", "log_level"],
)  # fmt: skip
def test_the_page_gives_the_default(field: str) -> None:
    assert rows()[variable(field)][1] == f"`{Settings.model_fields[field].default}`"
