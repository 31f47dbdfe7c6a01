"""Adding a project by its address, through the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts import service as people
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app
from connector.db.engine import Database
from connector.db.tables import Job, Project
from connector.settings import load_settings
from connector.web.services import KEY
from sources.base import Client, IssueQuery
from sources.errors import NotFound, SourceError, Unavailable
from sources.model import Issue, Label, ProjectFacts

URL = "https://github.com/agenda/solidaire"
FACTS = ProjectFacts("42", "agenda/solidaire", URL, f"{URL}.git", is_public=True, description="Shared diary")
PAGE = "/coordinator/projects/add"


@dataclass
class Forge:
    """A forge with one project of two labels and one issue."""

    now: datetime
    error: SourceError | None = None

    def facts(self) -> ProjectFacts:
        """The project, or the refusal."""
        if self.error is not None:
            raise self.error
        return FACTS

    def labels(self) -> Sequence[Label]:
        """Two labels."""
        return (Label("good first issue"), Label("bug"))

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """One issue under the first of them."""
        assert query.labels == ("good first issue",)
        yield [Issue("1", 7, "Fix <b>a typo</b>", f"{URL}/issues/7", self.now, labels=(Label("good first issue"),))]


@pytest.fixture
def forge(now: datetime) -> Forge:
    """The forge that every project of the test lives on."""
    return Forge(now)


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime, forge: Forge) -> Iterator[APIFlask]:
    """The application, talking to that forge."""
    settings = load_settings(
        {"WECENA_DATABASE_URL": sqlite_url, "WECENA_DATA_DIR": str(tmp_path), "WECENA_RATE_LIMITS": "off"}
    )
    app = create_app(settings, clock=lambda: now)
    client: Client = forge  # type: ignore[assignment]  # the three calls that are made
    app.extensions[KEY] = replace(app.extensions[KEY], connect=lambda _project: client)
    yield app
    app.extensions[KEY].db.engine.dispose()


@pytest.fixture
def base(app: APIFlask) -> Database:
    """The application's database."""
    found: Database = app.extensions[KEY].db
    return found


@pytest.fixture
def coordinator(app: APIFlask, base: Database, now: datetime) -> FlaskClient:
    """A coordinator's browser."""
    with base.sessions.begin() as session:
        person = people.invite(session, Invitation("anne@example.org", Role.COORDINATOR), now=now).person
        token = people.make_link(session, person, LinkKind.SIGN_IN, now=now)
    client = app.test_client()
    send(client, f"/sign-in/{token}", page=f"/sign-in/{token}")
    return client


def send(client: FlaskClient, path: str, *, page: str = PAGE, **form: str | list[str]) -> tuple[int, str]:
    """Send a form that stands on ``page``; status, and address or text of the answer."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"{page}?lang=en").text)
    answer = client.post(f"{path}?lang=en", data={**form, "csrf_token": token[1] if token else ""})
    return answer.status_code, answer.headers.get("Location", answer.text)


def projects(base: Database) -> Sequence[Project]:
    """What is followed."""
    with base.readers() as session:
        return session.scalars(select(Project)).all()


def test_looking_shows_labels_and_sizes_and_saves_nothing(coordinator: FlaskClient, base: Database) -> None:
    status, text = send(coordinator, PAGE, url=URL)
    assert status == 200
    assert "good first issue: one open issue" in text
    assert "Fix &lt;b&gt;a typo&lt;/b&gt;" in text
    assert "1 issues for newcomers, 1 could be offered" in text
    assert not projects(base)


def test_saving_shows_the_secret_once_and_reads_the_issues_soon(coordinator: FlaskClient, base: Database) -> None:
    form = {"url": URL, "labels": ["good first issue"], "agreed_note": "Malo, by mail, 3 Nov", "nonprofit": "Agenda"}
    status, text = send(coordinator, f"{PAGE}/save", **form)
    project = projects(base)[0]
    assert (status, project.labels, project.agreed_note) == (200, ["good first issue"], "Malo, by mail, 3 Nov")
    assert project.known_labels == ["good first issue", "bug"]
    assert re.search(r"http://127\.0\.0\.1:8000/webhooks/github/[\w-]{20,}", text)
    secret = re.search(r"<pre>([0-9a-f]{64})</pre>", text)
    assert secret is not None
    assert secret[1] not in coordinator.get(f"/coordinator/projects/{project.id}").text
    with base.readers() as session:
        assert session.scalars(select(Job.kind)).all() == ["harvest"]


def test_without_a_label_the_project_is_followed_and_nothing_offered(coordinator: FlaskClient, base: Database) -> None:
    assert send(coordinator, f"{PAGE}/save", url=URL)[0] == 200
    assert (projects(base)[0].labels, projects(base)[0].agreed_at) == ([], None)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"url": "hello"}, "not the address of a project"),
        ({"url": URL, "label": "fun"}, "Say who agreed"),
        ({"url": URL, "label": "fun", "agreed_note": "Malo"}, "It has: bug, good first issue."),
        ({"url": "https://forge.example/a/b", "source": "gitlab"}, "an admin adds its first project"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_saved(
    coordinator: FlaskClient, base: Database, form: dict[str, str], words: str
) -> None:
    status, text = send(coordinator, f"{PAGE}/save", **form)
    assert status in {400, 403}
    assert words in text
    assert not projects(base)


@pytest.mark.parametrize(
    ("error", "words"), [(NotFound(), "shows no such project"), (Unavailable(), "Try again later")]
)
def test_a_forge_that_refuses_or_is_away_is_said_so(
    coordinator: FlaskClient, forge: Forge, error: SourceError, words: str
) -> None:
    forge.error = error
    status, text = send(coordinator, PAGE, url=URL)
    assert (status, words in text, f'value="{URL}"' in text) == (400, True, True)


def test_a_project_is_added_once(coordinator: FlaskClient) -> None:
    send(coordinator, f"{PAGE}/save", url=URL)
    status, text = send(coordinator, f"{PAGE}/save", url=URL)
    assert (status, "already followed" in text) == (400, True)
