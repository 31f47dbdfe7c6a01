"""The task's page tells what the tracker says of the issue besides its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from connector.accounts.rules import Role
from tests.browser import application, signed_in
from tests.connector.tasks.conftest import Programme

FACTS = {
    "type": "<b>Bug</b>", "milestone": "Spring", "parts": [3, 1], "boxes": [5, 2], "weight": 0, "spent_hours": 1.5,
    "fields": {"Size": "S"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Milestone: <bdi>Spring</bdi>",
                "Sub-issues done: 1 of 3",
                "ticked in the text: 2 of 5",
                "Weight: 0",
                "1.5 h",
            ],
        ),
        (
            "fr",
            [
                "Jalon\u00a0: <bdi>Spring</bdi>",
                "Sous-demandes terminées\u00a0: 1 sur 3",
                "Poids\u00a0: 0",
                "1,5\u00a0h",
            ],
        ),
    ],
)
def test_what_is_known_besides_is_shown_as_text(
    sqlite_url: str,
    tmp_path: Path,
    now: datetime,
    programme: Callable[[Session], Programme],
    language: str,
    said: list[str],
) -> None:
    app = application(sqlite_url, tmp_path, now)
    with app.extensions["wecena"].db.sessions.begin() as session:
        plain = programme(session).task(1).id
        told = programme(session).task(2, facts=FACTS).id
    browser = signed_in(app, Role.VOLUNTEER, now, company="Lanterne")
    page = browser.get(f"/tasks/{told}?lang={language}").text
    for words in said:
        assert words in page
    assert "&lt;b&gt;Bug&lt;/b&gt;" in page
    assert "Spring" not in browser.get(f"/tasks/{plain}").text
    app.extensions["wecena"].db.engine.dispose()
