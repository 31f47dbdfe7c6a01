"""The coordinator's first page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.tables import Nonprofit, Project
from tests.browser import application, signed_in
from tests.rows import project_row


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application over an empty database."""
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


def test_nothing_waits_at_first(app: APIFlask, now: datetime) -> None:
    page = signed_in(app, Role.COORDINATOR, now).get("/coordinator/waiting?lang=en").text
    assert "Nothing waits for you." in page


def test_what_waits_is_shown_with_its_age_and_its_next_step(app: APIFlask, now: datetime) -> None:
    db: Database = app.extensions["wecena"].db
    with db.sessions.begin() as session:
        nonprofit = Nonprofit(name="Les Herbiers", created_at=now)
        session.add(nonprofit)
        session.flush()
        for number, reason in ((1, "two refusals <b>"), (2, "")):
            session.add(
                Project(
                    id=number, nonprofit_id=nonprofit.id, source="github", host="forge.example", path=f"toit/dispo{number}",
                    base_url="x", api_url="x", web_url="x", created_at=now, agreed_at=now,
                    paused_at=now - timedelta(days=number), paused_reason=reason,
                )
            )  # fmt: skip
    page = signed_in(app, Role.COORDINATOR, now).get("/coordinator/waiting?lang=en").text
    assert "Two things, from the oldest to the newest." in page
    assert page.index("toit/dispo2") < page.index("toit/dispo1")
    assert "two refusals &lt;b&gt;" in page
    assert 'href="/coordinator/projects/1"' in page
    assert "2 d</p>" in page


def test_held_writing_leads_to_where_it_is_let_go(app: APIFlask, now: datetime) -> None:
    with app.extensions["wecena"].db.sessions.begin() as session:
        number = project_row(session, now, held_at=now).id
    page = signed_in(app, Role.COORDINATOR, now).get("/coordinator/waiting?lang=en").text
    assert "Writing held" in page
    assert f'href="/maintainers/projects/{number}/policy"' in page


def test_the_way_in_leads_to_what_waits(app: APIFlask, now: datetime) -> None:
    answer = signed_in(app, Role.COORDINATOR, now).get("/coordinator/")
    assert answer.headers["Location"].endswith("/coordinator/waiting")
