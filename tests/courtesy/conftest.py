"""A followed project on each simulated forge, volunteers with logins there, and a list of what we wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from connector.accounts import logins
from connector.accounts import service as people
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.cli import worker
from connector.db.tables import Audit, Job, Mail, Person, Project, Task
from connector.demo.forges import model
from connector.demo.forges.server import Logged
from tests.journeys.joining import LABEL, TOKEN, Joining
from tests.postgres import PostgresServer

FORGES = ("github", "gitlab")
US = "wecena-bot"


class Manners:
    """What the tests of courtesy do, and what they look at."""

    def __init__(self, joining: Joining) -> None:
        self.joining = joining
        self.forge, self.there, self.server = joining.forge, joining.there, joining.server
        self.clock, self.services = joining.clock, joining.services
        self.services.transport.clock = self.clock
        self.forge.add_token(TOKEN, US)
        self.there.members.add(US)
        self.admin = joining.sign_in()
        self.issues: list[model.Issue] = []
        for title in ("First", "Second", "Third"):
            self.issues.append(self.forge.add_issue(self.there, title, labels=[LABEL]))

    def follow(self, **form: str) -> None:
        """Follow the project; with the maintainer's agreement unless told otherwise."""
        form = form or {"labels": LABEL, "agreed_note": "Ana, on Monday"}
        self.joining.follow(self.admin, **form)
        self.harvest()

    def harvest(self) -> None:
        """Read the project, as is done every quarter of an hour."""
        with self.services.db.sessions.begin() as session:
            worker.enqueue_harvests(session, self.clock(), self.clock())
        self.settle(minutes=2)

    def settle(self, **later: float) -> None:
        """Let everything be done that is due, writes included."""
        self.joining.work(**later)
        for _turn in range(40):
            self.clock.advance(seconds=2)
            if not worker.send(self.services):
                break
        self.joining.work()

    def later(self, **time: float) -> None:
        """Let time pass, with what is done hourly."""
        self.clock.advance(**time)
        with self.services.db.sessions.begin() as session:
            for kind in (worker.EXPIRE, worker.PATIENCE):
                worker.enqueue_once(kind, session, self.clock(), self.clock())
        self.settle()

    # --- people ---

    def volunteer(self, name: str) -> FlaskClient:
        """A browser of a volunteer who named their login and may be assigned."""
        self.forge.account(name)
        self.there.members.add(name)
        with self.services.db.sessions.begin() as session:
            person = people.invite(session, Invitation(f"{name}@firm.example", Role.VOLUNTEER), now=self.clock()).person
            person.name, person.language = name, "en"
            logins.add(session, person.id, name, source=self.joining.kind, host=self.joining.host, now=self.clock())
            token = people.make_link(session, person, LinkKind.SIGN_IN, now=self.clock())
        return self._signed_in(token)

    def again(self, email: str) -> FlaskClient:
        """The same person, signed in again: no session outlasts a week."""
        with self.services.db.sessions.begin() as session:
            person = session.scalars(select(Person).where(Person.email == email)).one()
            token = people.make_link(session, person, LinkKind.SIGN_IN, now=self.clock())
        return self._signed_in(token)

    def _signed_in(self, token: str) -> FlaskClient:
        client = self.joining.app.test_client()
        self.joining.press(client, f"/sign-in/{token}", page=f"/sign-in/{token}")
        return client

    def maintainer(self) -> None:
        """Somebody who speaks for the project here."""
        with self.services.db.sessions.begin() as session:
            wanted = Invitation("ana@asso.example", Role.MAINTAINER, project_ids=(self.project.id,))
            people.invite(session, wanted, now=self.clock())

    def claim(self, client: FlaskClient, title: str) -> int:
        """Take a task by its button; the status of the answer."""
        here = f"/tasks/{self.task(title).id}"
        status, then = self.joining.press(client, f"{here}/claim", page="/me")
        assert "/sign-in" not in then
        return status

    def press(self, client: FlaskClient, title: str, verb: str, **form: str) -> int:
        """Send one of a task's other forms; the status of the answer."""
        status, then = self.joining.press(client, f"/tasks/{self.task(title).id}/{verb}", page="/me", **form)
        assert "/sign-in" not in then
        return status

    def submit(self, client: FlaskClient, title: str, login: str) -> model.Request:
        """Open a request upstream from one's own account, and tell its address."""
        issue = next(one for one in self.issues if one.title == title)
        request = self.forge.open_request(self.there, title, author=login, closes=[issue.number])
        kind = "pull" if self.joining.kind == "github" else "-/merge_requests"
        url = f"{self.project.web_url}/{kind}/{request.number}"
        assert self.press(client, title, "submit", url=url, tested="1") == 302
        self.settle()
        return request

    # --- the project ---

    @property
    def project(self) -> Project:
        return self.joining.project()

    def allow(self, *actions: str, **changes: object) -> None:
        """What the maintainers allow and wish, straight into the row."""
        with self.services.db.sessions.begin() as session:
            session.execute(update(Project).values(allows=list(actions), **changes))

    def task(self, title: str) -> Task:
        with self.services.db.readers() as session:
            return session.scalars(select(Task).where(Task.stored_title == title).order_by(Task.id.desc())).first()

    # --- what came of it ---

    def writes(self) -> list[Logged]:
        """Everything we sent to the forge that was no question."""
        asked = {"GET", "HEAD"}
        return [one for one in self.server.requests if one.method not in asked and "graphql" not in one.path]

    def comments(self) -> list[str]:
        """What stands in our name on all issues."""
        ours = [one for issue in self.issues for one in issue.comments if one.author and one.author.login == US]
        return [one.body for one in ours]

    def audit(self) -> list[Audit]:
        """What the maintainer can read of it."""
        with self.services.db.readers() as session:
            return list(session.scalars(select(Audit).where(Audit.kind == "written_upstream").order_by(Audit.id)))

    def mails(self, role: Role | None = None) -> list[Mail]:
        """The mails so far, to people with this role."""
        with self.services.db.readers() as session:
            rows = select(Mail).join(Person, Person.email == Mail.to).order_by(Mail.id)
            return list(session.scalars(rows.where(Person.role == role.value) if role else rows))

    def jobs(self) -> list[Job]:
        with self.services.db.readers() as session:
            return list(session.scalars(select(Job)))

    def text(self, path: str, client: FlaskClient | None = None) -> str:
        """The words of a page in English."""
        page = (client or self.admin).get(f"{path}{'&' if '?' in path else '?'}lang=en").text
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture(params=FORGES)
def forge(request: pytest.FixtureRequest) -> str:
    """GitHub and GitLab in turn."""
    return str(request.param)


@pytest.fixture
def here(forge: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manners]:
    """An empty project on each forge; each with one of the databases."""
    server: PostgresServer = request.getfixturevalue("postgres")
    url = str(request.getfixturevalue("sqlite_url")) if forge == "github" else server.copy("wecena_template")
    joining = Joining(forge, url, tmp_path)
    yield Manners(joining)
    joining.close()
