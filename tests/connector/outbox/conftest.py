"""A project at a simulated forge over real HTTP, the service's worker, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

import pytest
import stamina
from pydantic import SecretStr
from sqlalchemy import select

from connector.app import build_services
from connector.cli import worker
from connector.db.tables import Credential, Effect, Issue, Job
from connector.demo.forges import model
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from connector.outbox import service as outbox
from connector.projects.connections import make_connect
from connector.queue import service as queue
from connector.settings import load_settings
from connector.web.services import Services
from sources.transport import Transport
from tests.fakes import FakeClock
from tests.postgres import PostgresServer
from tests.rows import project_row

LOOPBACK = (ip_network("127.0.0.0/8"),)
SERVERS = {"github": GitHubServer, "gitlab": GitLabServer}
HOSTS = {"github": "github.com", "gitlab": "gitlab.com"}
PATH = "asso/site"
TOKEN = "t0ken"
CALL_SECONDS = 0.4


@dataclass
class Upstream:
    """One forge, one project there, one issue."""

    server: ForgeServer
    services: Services
    clock: FakeClock
    project: model.Project
    project_id: int
    issue: model.Issue

    @property
    def notes(self) -> str:
        """Where comments of the issue are written."""
        return f"*/issues/{self.issue.number}/{'notes' if self.server.kind == 'gitlab' else 'comments'}"

    def wish(self, key: str = "claim:1", kind: str = "comment", **data: object) -> None:
        wanted = {"number": self.issue.number, **({"state": "claimed"} if kind == "comment" else {}), **data}
        with self.services.db.sessions.begin() as session:
            assert outbox.add(
                session, key=key, project_id=self.project_id, task_id=None, kind=kind, data=wanted, now=self.clock()
            )

    def send(self) -> int:
        return worker.send(self.services)

    def read(self) -> None:
        """Put in a job to read the issue."""
        ref = f"{self.project_id}:{self.issue.number}"
        with self.services.db.sessions.begin() as session:
            queue.enqueue(session, f"reread:{ref}", "reread", ref=ref, run_at=self.clock(), now=self.clock())

    def work(self) -> int:
        """Do one job."""
        return worker.make_worker(self.services).run_one_job()

    def effect(self, key: str = "claim:1") -> Effect:
        with self.services.db.readers() as session:
            return session.scalars(select(Effect).where(Effect.key == key)).one()

    def credential(self) -> Credential:
        with self.services.db.readers() as session:
            return session.scalars(select(Credential).where(Credential.source == self.server.kind)).one()

    def jobs(self) -> list[Job]:
        with self.services.db.readers() as session:
            return list(session.scalars(select(Job).order_by(Job.id)))

    def mirrored(self) -> Issue | None:
        with self.services.db.readers() as session:
            return session.scalar(select(Issue).where(Issue.project_id == self.project_id))

    def comments(self) -> list[str]:
        return [one.body for one in self.issue.comments]

    def use_token(self, token: str) -> None:
        """Start again with another token."""
        new = {"github_token": SecretStr(token), "gitlab_token": SecretStr(token)}
        settings = self.services.settings.model_copy(update=new)
        transport = Transport(allowed_networks=LOOPBACK, clock=self.clock)
        self.services = replace(self.services, settings=settings, connect=make_connect(settings, transport))

    def asked(self) -> int:
        return len(self.server.requests)


def forge_with_a_project(kind: str, clock: FakeClock) -> tuple[ForgeServer, model.Project, model.Issue]:
    forge = Forge(clock, shares_numbers=kind == "github")
    forge.add_token(TOKEN, "wecena-bot")
    project = forge.add_project(PATH, labels=["good first issue"], members=["mainteneuse", "wecena-bot"])
    issue = forge.add_issue(project, "Search ignores accents", labels=["good first issue"])
    return SERVERS[kind](forge), project, issue


def upstream_at(kind: str, services: Services, clock: FakeClock, server: ForgeServer, issue: model.Issue) -> Upstream:
    project = server.forge.find(PATH)
    with services.db.sessions.begin() as session:
        row = project_row(
            session, clock(), source=kind, host=HOSTS[kind], external_id=str(project.id), base_url=server.url,
            api_url=server.api_url, web_url=f"{server.url}/{PATH}", allows=["comment", "assign"],
        )  # fmt: skip
    return Upstream(server, services, clock, project, row.id, issue)


@pytest.fixture
def clock(now: datetime) -> FakeClock:
    return FakeClock(now)


@pytest.fixture(params=sorted(SERVERS))
def kind(request: pytest.FixtureRequest) -> str:
    """GitHub and GitLab in turn."""
    return str(request.param)


@pytest.fixture
def paired_url(kind: str, request: pytest.FixtureRequest) -> str:
    """Both forges and both kinds of database, though not in all four pairs: the cases are many."""
    if kind == "github":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.copy("wecena_template")


@pytest.fixture
def services(paired_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Services]:
    """Services with a token at both forges, short limits of time and no waits between reads."""
    environ = {
        "WECENA_DATABASE_URL": paired_url, "WECENA_DATA_DIR": str(tmp_path),
        "WECENA_GITHUB_TOKEN": TOKEN, "WECENA_GITLAB_TOKEN": TOKEN,
    }  # fmt: skip
    settings = load_settings(environ)
    transport = Transport(allowed_networks=LOOPBACK, clock=clock, call_seconds=CALL_SECONDS)
    built = replace(build_services(settings, clock), connect=make_connect(settings, transport))
    with stamina.set_testing(True, attempts=3):
        yield built
    transport.close()
    built.db.engine.dispose()


@pytest.fixture
def upstream(kind: str, services: Services, clock: FakeClock) -> Iterator[Upstream]:
    """A project at a forge of this kind."""
    server, _project, issue = forge_with_a_project(kind, clock)
    with server:
        yield upstream_at(kind, services, clock, server, issue)


@pytest.fixture
def other(upstream: Upstream, clock: FakeClock) -> Iterator[Upstream]:
    """The other forge, of the same service."""
    kind = "gitlab" if upstream.server.kind == "github" else "github"
    server, _project, issue = forge_with_a_project(kind, clock)
    with server:
        yield upstream_at(kind, upstream.services, clock, server, issue)
