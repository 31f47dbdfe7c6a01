"""A service's database and settings beside two bad forges: one project on each, volunteers with tokens, issues to take."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from connector.accounts import service as accounts
from connector.accounts.rules import Role
from connector.app import build_services
from connector.clock import utc_now
from connector.db.tables import Account, Person, Project
from connector.harvest import pulling
from connector.projects import hooks
from connector.projects.service import nonprofit_named
from connector.settings import Settings, load_settings
from connector.web.services import Services
from sources import registry
from tests.drills.forges import BadForge, make_forges
from tests.ports import free_port

BOT = "wecena-bot"
LABEL = "good first issue"
PATH = "asso/site"
HOSTS = {"github": "github.com", "gitlab": "gitlab.com"}
VOLUNTEERS = 6


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who takes tasks through the API."""

    login: str
    token: str


@dataclass(frozen=True, slots=True)
class World:
    """What survives all processes of the service. ``environ`` is what they are started with."""

    folder: Path
    environ: Mapping[str, str]
    settings: Settings
    services: Services
    forges: Mapping[str, BadForge]
    volunteers: tuple[Volunteer, ...]

    @property
    def url(self) -> str:
        """Where the service answers."""
        return self.settings.public_url

    def add_issue(self, name: str, title: str) -> int:
        """A new issue that is a task; its number."""
        forge = self.forges[name].forge
        return forge.add_issue(forge.find(PATH), title, body="Something is wrong.", labels=(LABEL,)).number

    def harvest(self) -> None:
        """One sweep over both forges."""
        with self.services.db.readers() as session:
            ids = [project.id for project in session.query(Project)]
        for project_id in ids:
            pulling.pull(self.services.db, self.services.connect, project_id, self.services.clock)


@contextmanager
def make_world(folder: Path, database_url: str, *, issues: int = 12, volunteers: int = VOLUNTEERS) -> Iterator[World]:
    """Everything but the service's processes, on a migrated database of its own."""
    environ = _environ(folder, database_url)
    settings = load_settings(environ)
    services = build_services(settings)
    forges = make_forges()
    with ExitStack() as running:
        running.callback(services.db.engine.dispose)
        for forge in forges.values():
            running.enter_context(forge)
        people = tuple(_volunteer(services, f"volunteer{number}") for number in range(volunteers))
        for name, forge in forges.items():
            _follow(services, name, forge, [one.login for one in people])
        world = World(folder, environ, settings, services, forges, people)
        for number in range(issues):
            for name in forges:
                world.add_issue(name, f"Issue {number}")
        world.harvest()
        yield world


def _environ(folder: Path, database_url: str) -> dict[str, str]:
    port = free_port()
    return {
        "WECENA_DATA_DIR": str(folder),
        "WECENA_DATABASE_URL": database_url,
        "WECENA_SECRET_KEY": secrets.token_urlsafe(48),
        "WECENA_PORT": str(port),
        "WECENA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8",
        "WECENA_GITHUB_TOKEN": "token-github",
        "WECENA_GITLAB_TOKEN": "token-gitlab",
        "WECENA_RATE_LIMITS": "off",
        "WECENA_LOG_LEVEL": "warning",
    }


def _volunteer(services: Services, login: str) -> Volunteer:
    now = utc_now()
    with services.db.sessions.begin() as session:
        person = Person(email=f"{login}@example.org", name=login, role=Role.VOLUNTEER.value, created_at=now)
        session.add(person)
        session.flush()
        for source, host in HOSTS.items():
            session.add(Account(person_id=person.id, source=source, host=host, login=login, created_at=now))
        return Volunteer(login, accounts.make_token(session, person, now))


def _follow(services: Services, name: str, server: BadForge, logins: list[str]) -> None:
    """A project at this forge, followed under the host our token is for, and told of what happens there."""
    now, forge = utc_now(), server.forge
    forge.add_token(f"token-{name}", BOT)
    there = forge.add_project(PATH, labels=(LABEL,), members=("mainteneuse", BOT, *logins))
    with services.db.sessions.begin() as session:
        web = f"https://{HOSTS[name]}"
        project = Project(
            nonprofit=nonprofit_named(session, "Asso", now), source=name, host=HOSTS[name], path=PATH,
            external_id=str(there.id), base_url=web, api_url=server.api_url, web_url=f"{web}/{PATH}", is_public=True,
            visible_at=now, labels=[LABEL], known_labels=[LABEL], agreed_at=now, allows=["assign", "comment"],
            wip_cap=1000, created_at=now,
        )  # fmt: skip
        session.add(project)
        session.flush()
        hook, key = hooks.make_hook(session, project, vault=services.vault, now=now)
        url = hooks.webhook_url(services.settings, hook)
    typed = registry.source(name).credentials(key)
    forge.add_hook(there, url, secret=typed["webhook_secret"], signing_token=typed.get("signing_token", ""))
