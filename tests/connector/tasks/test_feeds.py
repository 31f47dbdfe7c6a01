"""Badges and feeds: what a visitor sees, well formed whatever strangers wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from connector.accounts.rules import Role
from connector.db.engine import Database
from tests.browser import application, signed_in
from tests.connector.tasks.conftest import Programme

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert(1)</script> & \x0b\x1f \ufffe “é”"


@pytest.fixture
def app(
    sqlite_url: str, tmp_path: Path, now: datetime, programme: Callable[[Session], Programme]
) -> Iterator[APIFlask]:
    """The application with a public project of two tasks on offer and a draft, and one that is not public."""
    app = application(sqlite_url, tmp_path, now)
    with database(app).sessions.begin() as session:
        here = programme(session)
        here.task(1, title=HOSTILE)
        here.task(2)
        here.task(3, "too_big")
        hidden = here.project("asso/hidden", is_public=False)
        here.task(4, project=hidden, title="canary")
    yield app
    database(app).engine.dispose()


def database(app: APIFlask) -> Database:
    found: Database = app.extensions["wecena"].db
    return found


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


def test_the_feed_lists_what_is_on_offer_and_can_be_read(client: FlaskClient) -> None:
    answer = client.get("/tasks.atom")
    feed = ET.fromstring(answer.text)  # noqa: S314  (our own answer)
    assert answer.mimetype == "application/atom+xml"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert {entry.findtext(f"{ATOM}id").rpartition("/")[2] for entry in entries} == {"1", "2"}
    assert "script" not in {element.tag for element in feed.iter()}
    assert all(link.get("href", "").startswith("http") for link in feed.iter(f"{ATOM}link"))
    for element in (feed, *entries):
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo is not None
        assert element.findtext(f"{ATOM}title")
    assert "canary" not in answer.text


@pytest.mark.parametrize(
    ("query", "status", "entries"),
    [
        ("?project=1", 200, 2), ("?nonprofit=1", 200, 2), ("?lang=fr", 200, 2), ("?project=2", 404, 0),
        ("?project=99", 404, 0), ("?project=x", 404, 0), ("?nonprofit=99999999999999999999", 404, 0),
    ],
)  # fmt: skip
def test_a_feed_is_of_one_project_or_nonprofit_that_anybody_may_see(
    client: FlaskClient, query: str, status: int, entries: int
) -> None:
    answer = client.get(f"/tasks.atom{query}")
    assert answer.status_code == status
    assert answer.text.count("<entry>") == entries


@pytest.mark.parametrize("path", ["/badge/1.svg", "/badge/nonprofit/1.svg"])
def test_a_badge_counts_the_tasks_in_both_languages(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?lang=en")
    picture = ET.fromstring(answer.text)  # noqa: S314  (our own answer)
    assert answer.mimetype == "image/svg+xml"
    assert picture.get("aria-label", "").endswith(": 2 tasks of a day")
    assert "2 tâches d’un jour" in client.get(f"{path}?lang=fr").text
    assert "http" not in answer.text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("path", ["/badge/2.svg", "/badge/99.svg", "/badge/nonprofit/99.svg"])
def test_a_hidden_and_an_unknown_project_have_no_badge(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/badge/1.svg", "/tasks.atom"])
def test_who_has_it_already_is_told_so(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "max-age=300" in first.headers["Cache-Control"]


def test_a_feed_shows_a_coordinator_no_more_than_a_visitor(app: APIFlask, now: datetime) -> None:
    assert "canary" not in signed_in(app, Role.COORDINATOR, now).get("/tasks.atom").text
