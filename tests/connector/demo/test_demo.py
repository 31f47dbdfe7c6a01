"""The demonstration: its story goes through the real services, and its pages let anybody be anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from connector.accounts.rules import Role
from connector.app import build_services, create_app
from connector.db.tables import Account, Company, DayRecord, Delivery, Handover, Nonprofit, Task
from connector.demo import application, content, views
from connector.demo.application import Demo
from connector.demo.live import Life
from connector.settings import Settings

VARIES = re.compile(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"')


def started(folder: Path, template: Path) -> Settings:
    settings = application.settings(folder, host="127.0.0.1", port=8000, is_frozen=True)
    (folder / "wecena.db").write_bytes(template.read_bytes())
    return settings


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Demo]:
    settings = started(tmp_path_factory.mktemp("demo"), sqlite_template)
    with Demo(settings, content.load()) as running:
        yield running


@pytest.fixture
def browser(demo: Demo) -> FlaskClient:
    return create_app(demo.settings, extend=[views.install]).test_client()


def test_the_content_is_what_was_promised() -> None:
    found = content.load()
    assert {person.role for person in found.people} == {role.value for role in Role}
    assert (len(found.people), len({project.nonprofit for project in found.projects})) == (8, 3)
    assert 38 <= len(found.issues) <= 44
    titles = [issue.title for issue in found.issues]
    assert any("\u0600" <= title[0] <= "\u06ff" for title in titles)
    assert max(map(len, titles)) >= 120
    assert max(len(word) for title in titles for word in title.split()) >= 60


def test_the_story_leaves_every_kind_of_task(demo: Demo) -> None:
    with build_services(demo.settings).db.readers() as session:
        states = Counter(session.scalars(select(Task.status)))
        assert states["ready"] >= 20
        assert min(states[state] for state in ("draft", "claimed", "in_review", "done")) >= 1
        assert session.scalar(select(func.count()).select_from(Handover)) == 2
        assert session.scalar(select(func.count()).select_from(Company)) == 2
        assert session.scalar(select(func.count()).select_from(Nonprofit)) == 3
        assert session.scalar(select(func.count()).select_from(DayRecord)) == 10
        assert {row.outcome for row in session.scalars(select(Delivery))} == {"applied"}
        assert session.scalar(select(func.count()).select_from(Account)) == 6


def test_a_link_is_made_for_each_person(demo: Demo, browser: FlaskClient) -> None:
    links = demo.links()
    assert len(links) == 8
    assert all(url.startswith("http://127.0.0.1:8000/sign-in/") for _name, _role, url in links)
    assert browser.get(links[0][2].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_pages_say_the_same_at_every_start(demo: Demo, tmp_path: Path, sqlite_template: Path) -> None:
    with Demo(started(tmp_path, sqlite_template), content.load()) as again:
        for person, path in ((1, "/coordinator/waiting"), (2, "/"), (2, "/tasks/13"), (8, "/coordinator/projects")):
            assert seen(again, person, path) == seen(demo, person, path), path


def seen(demo: Demo, person: int, path: str) -> str:
    browser = create_app(demo.settings, extend=[views.install]).test_client()
    go_on_as(browser, person)
    answer = browser.get(path)
    assert answer.status_code == 200
    return VARIES.sub("", answer.text)


def go_on_as(browser: FlaskClient, person: int) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/maintainers").text)
    assert token is not None
    answer = browser.post("/demo/continue", data={"csrf_token": token[1], "person": str(person)})
    assert answer.status_code == 302


def test_one_may_go_on_as_anybody(browser: FlaskClient) -> None:
    assert browser.get("/coordinator/waiting").status_code == 302
    go_on_as(browser, 1)
    assert browser.get("/coordinator/waiting").status_code == 200


def test_nobody_may_go_on_as_anybody_elsewhere(demo: Demo) -> None:
    browser = create_app(demo.settings).test_client()
    assert "/demo/continue" not in browser.get("/maintainers").text
    assert browser.post("/demo/continue", data={"person": "1"}).status_code in {400, 404}


def test_life_goes_on(demo: Demo) -> None:
    life = Life(demo.servers, demo.content.projects)
    before = {name: len(server.requests) for name, server in demo.servers.items()}
    counts = [changes(demo)]
    for _ in range(12):
        life.step()
        counts.append(changes(demo))
    assert len(set(counts)) == len(counts), "every step changes something"
    assert before == {name: len(server.requests) for name, server in demo.servers.items()}


def changes(demo: Demo) -> str:
    forges = (server.forge for server in demo.servers.values())
    projects = [project for forge in forges for project in forge.projects.values()]
    return repr([(project.issues, project.requests) for project in projects])
