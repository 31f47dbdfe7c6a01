"""S3: what is not public upstream any more is in no answer, export, mail or log, with a signal and without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from structlog.testing import capture_logs

from connector.accounts import service as accounts
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app, make_door
from connector.cli.worker import deliver_mails
from connector.db.tables import Mail, Person, Task
from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project as ForgeProject
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from connector.harvest import pulling, sweeping
from connector.inbox import service as inbox
from connector.outbox import service as outbox
from connector.projects import hooks
from connector.queue import service as queue
from connector.settings import load_settings
from connector.tasks import service as tasks
from connector.web.services import Services
from sources import registry
from sources.errors import SourceError
from tests.fakes import FakeClock
from tests.rows import project_row
from webhooks.replay import post

SERVERS: dict[str, Callable[[Forge], ForgeServer]] = {"github": GitHubServer, "gitlab": GitLabServer}
PATH = "nest/egg"
NUMBER = 47110815
CANARIES = ("canarytitle", "canarybody", "canaryauthor", "canarylabel", str(NUMBER))
LABELS_OF_THE_PROJECT = {("coordinator /maintainers/projects/1/policy", "canarylabel")}
"""The labels of a public project are public, whichever issue bears them."""
SECRETS_OF_A_PROJECT = ("canarytitle", "canarybody", "canaryauthor", "canarylabel")


@dataclass
class Nest:
    """A service that follows one project of a simulated forge, with an issue that is full of canaries."""

    services: Services
    browsers: Mapping[str, FlaskClient]
    server: ForgeServer
    project: ForgeProject
    project_id: int
    deliveries: Deliveries
    clock: FakeClock

    def work(self, *, sweeps: bool) -> None:
        """What the worker does within a minute of a signal, or within 15 minutes without one."""
        db, connect = self.services.db, self.services.connect
        self.deliveries.settle()
        self.clock.advance(seconds=60)
        inbox.drain(db, self.clock)
        if sweeps:
            self.clock.advance(minutes=14)
            with suppress(SourceError):  # as the worker's loop does: a failed harvest is noted and tried again
                sweeping.sweep(db, connect, self.project_id, self.clock)
        self._read_again()
        outbox.send_due(db, connect, self.clock, public_url="https://wecena.example.org")
        deliver_mails(self.services, "test")

    def _read_again(self) -> None:
        while True:
            with self.services.db.sessions.begin() as session:
                job = queue.lease_next(session, now=self.clock(), kinds=["reread"])
                if job is None:
                    return
                queue.finish(session, [job], self.clock())
            number = int(job.ref.partition(":")[2])
            with suppress(SourceError):
                pulling.read_issue(self.services.db, self.services.connect, self.project_id, number, self.clock)

    def everything(self) -> dict[str, str]:
        """Every answer to a GET by everybody, by who asked and where."""
        rules = self.browsers["visitor"].application.url_map.iter_rules()
        addresses = {each for rule in rules if "GET" in (rule.methods or ()) for each in self._addresses(rule.rule)}
        return {
            f"{who} {address}": browser.get(address).get_data(as_text=True)
            for who, browser in self.browsers.items()
            for address in sorted(addresses)
        }

    def _addresses(self, rule: str) -> Iterator[str]:
        if "<path:" in rule or "<string:" in rule or re.search(r"<\w+>", rule):
            return
        yield re.sub(r"<int:\w+>", "1", rule)  # the one task, the one project, the first person
        if rule.endswith("/tasks"):
            yield from (f"{rule}?status=all", f"{rule}?q=sings&status=all")
        if rule == "/":
            yield "/?q=sings"

    def mails(self) -> str:
        """All mails that were written from now on."""
        with self.services.db.readers() as session:
            return "\n".join(f"{mail.to} {mail.subject} {mail.text}" for mail in session.scalars(select(Mail)))

    def forget_mails(self) -> None:
        """Mails that were written while the issue was public do not count."""
        with self.services.db.sessions.begin() as session:
            for mail in session.scalars(select(Mail)):
                session.delete(mail)


@pytest.fixture(params=["github", "gitlab"])
def nest(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Nest]:
    """A nest whose issue was seen, offered and taken by a volunteer."""
    clock = FakeClock()
    settings = load_settings(
        {"WECENA_RATE_LIMITS": "off", "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8", "WECENA_LOG_LEVEL": "debug"},
        data_dir=tmp_path / "data", database_url=database_url,
    )  # fmt: skip
    app = create_app(settings, clock=clock)
    services: Services = app.extensions["wecena"]
    door = make_door(services)

    def through_the_door(url: str, headers: Mapping[str, str], body: bytes) -> int:
        return post(
            door, urlsplit(url).path, headers={name.lower(): value for name, value in headers.items()}, body=body
        )

    with SERVERS[request.param](Forge(clock)) as server, Deliveries(server, post=through_the_door) as deliveries:
        project = server.forge.add_project(PATH, labels=["good first issue"])
        with services.db.sessions.begin() as session:
            row = project_row(
                session, clock(), source=request.param, host=urlsplit(server.url).netloc, path=PATH,
                external_id=str(project.id), base_url=server.url, api_url=server.api_url,
                web_url=f"{server.url}/{PATH}", allows=["comment"],
            )  # fmt: skip
            hook, key = hooks.make_hook(session, row, vault=services.vault, now=clock())
            credentials = registry.source(request.param).credentials(key)
            project_id, hook_key = row.id, hook.key
        server.forge.add_hook(
            project, f"https://wecena.example.org/webhooks/{request.param}/{hook_key}",
            secret=credentials["webhook_secret"], signing_token=credentials.get("signing_token", ""),
        )  # fmt: skip
        browsers = {role: signed_in(app.test_client(), services, role, clock) for role in ("volunteer", "coordinator")}
        nest = Nest(
            services, {"visitor": app.test_client(), **browsers}, server, project, project_id, deliveries, clock
        )
        server.forge.add_issue(
            project, "A canarytitle sings", body="It says canarybody.", author="canaryauthor",
            labels=["good first issue", "canarylabel"], number=NUMBER,
        )  # fmt: skip
        nest.work(sweeps=True)
        take(nest)
        nest.work(sweeps=False)
        yield nest
    services.db.engine.dispose()


def signed_in(browser: FlaskClient, services: Services, role: str, clock: FakeClock) -> FlaskClient:
    with services.db.sessions.begin() as session:
        invitation = Invitation(f"{role}@example.org", Role(role), company="C" if role == "volunteer" else "")
        person = accounts.invite(session, invitation, now=clock()).person
        link = accounts.make_link(session, person, LinkKind.SIGN_IN, now=clock())
    address = urlsplit(accounts.link_url("http://localhost", link)).path
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(address).get_data(as_text=True))
    assert token is not None
    answer = browser.post(address, data={"csrf_token": token[1]}, headers={"Origin": "http://localhost"})
    assert answer.status_code in {302, 303}, answer.get_data(as_text=True)
    return browser


def take(nest: Nest) -> None:
    """The volunteer takes the task."""
    with nest.services.db.sessions.begin() as session:
        task = session.scalars(select(Task)).one()
        person = session.scalars(select(Person).where(Person.role == "volunteer")).one()
        tasks.claim(session, task, person.id, now=nest.clock(), zone=ZoneInfo(nest.services.settings.timezone))


def songs(nest: Nest, canaries: tuple[str, ...]) -> list[tuple[str, str]]:
    """Where which canary sings: answers, mails, log."""
    with capture_logs() as lines:
        answers = nest.everything()
    found = {**answers, "mails": nest.mails(), "log": repr(lines)}
    return [(place, canary) for place, text in found.items() for canary in canaries if canary in text.lower()]


def make_confidential(nest: Nest) -> None:
    nest.server.forge.make_confidential(nest.project, NUMBER)


def delete(nest: Nest) -> None:
    nest.server.forge.delete_issue(nest.project, NUMBER)


def make_private(nest: Nest) -> None:
    nest.server.forge.make_private(nest.project)


def delete_project(nest: Nest) -> None:
    nest.server.forge.delete_project(nest.project)


CHANGES = {
    "confidential": make_confidential,
    "deleted": delete,
    "project private": make_private,
    "project deleted": delete_project,
}
TOLD = {("github", "deleted"), ("github", "project private"), ("gitlab", "confidential")}


@pytest.mark.parametrize("change", ["confidential", "deleted", "project private"])
def test_no_canary_sings_within_a_minute_of_a_signal(nest: Nest, change: str) -> None:
    if (nest.server.kind, change) not in TOLD:
        pytest.skip("this forge does not tell of it")
    public_until_now(nest)
    with capture_logs() as lines:
        CHANGES[change](nest)
        nest.work(sweeps=False)
    assert hits(nest, change, lines) == []


@pytest.mark.parametrize("change", CHANGES)
def test_no_canary_sings_15_minutes_later_without_a_signal(nest: Nest, change: str) -> None:
    if (nest.server.kind, change) == ("github", "confidential"):
        pytest.skip("GitHub has no confidential issues")
    public_until_now(nest)
    with capture_logs() as lines:
        with nest.server.forge.silent():
            CHANGES[change](nest)
        nest.work(sweeps=True)
    assert hits(nest, change, lines) == []


def public_until_now(nest: Nest) -> None:
    """While the issue is public its canaries do sing; mails of that time do not count."""
    for browser in nest.browsers.values():
        page = browser.get("/api/v1/tasks?status=all").get_data(as_text=True)
        assert "canarytitle" in page
        assert str(NUMBER) in page
    nest.forget_mails()


def hits(nest: Nest, change: str, lines: Sequence[object]) -> list[tuple[str, str]]:
    """Where which canary still sings after this change, the log of the change included."""
    is_issue = change in {"confidential", "deleted"}
    canaries = CANARIES if is_issue else SECRETS_OF_A_PROJECT
    allowed = LABELS_OF_THE_PROJECT if is_issue else set()
    sung = [*songs(nest, canaries), *(("log of the change", each) for each in canaries if each in repr(lines).lower())]
    return [each for each in sung if each not in allowed]
