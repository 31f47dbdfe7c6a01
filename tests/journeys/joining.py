"""A service, a forge whose deliveries reach it, and people who press buttons: what the journeys of joining start from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts import service as people
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app, make_door
from connector.cli import worker
from connector.db import migrate
from connector.db.tables import Hook, Job, Project, Task
from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import OWNER, Forge
from connector.inbox import service as inbox
from connector.queue.service import Leased
from connector.settings import load_settings
from tests.fakes import FakeClock
from webhooks.replay import post

LABEL = "good first issue"
TOKEN = "t0ken"


class Joining:
    """Everything runs in this thread, except the forge; time stands still until it is moved."""

    def __init__(self, kind: str, database_url: str, folder: Path, *, token: str | None = TOKEN) -> None:
        self.clock = FakeClock()
        is_github = kind == "github"
        forge = Forge(self.clock, shares_numbers=is_github)
        self.server: ForgeServer = GitHubServer(forge) if is_github else GitLabServer(forge)
        self.server.start()
        self.forge = forge
        forge.add_token(TOKEN, OWNER)
        forge.add_owner("asso")
        self.there = forge.add_project("asso/site", labels=[LABEL, "bug"], languages={"Python": 9})
        host = urlsplit(self.server.url).netloc
        environment = {
            "WECENA_DATABASE_URL": database_url,
            "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8",
            "WECENA_RATE_LIMITS": "off",
            **({"WECENA_FORGE_TOKENS": f"{host}={token}"} if token else {}),
        }
        migrate.upgrade(database_url)
        self.settings = load_settings(environment, data_dir=folder)
        self.app = create_app(self.settings, clock=self.clock)
        self.services = self.app.extensions["wecena"]
        self.door = make_door(self.services)
        self.deliveries = Deliveries(self.server, self._post).start()
        self.kind, self.host = kind, host
        self.client = self.app.test_client()

    def close(self) -> None:
        """End everything."""
        self.deliveries.stop()
        self.server.stop()
        self.services.db.engine.dispose()

    # --- people ---

    def sign_in(self, role: Role = Role.ADMIN) -> FlaskClient:
        """A browser in which somebody with this role is signed in."""
        with self.services.db.sessions.begin() as session:
            person = people.invite(session, Invitation(f"{role}@example.org", role), now=self.clock()).person
            token = people.make_link(session, person, LinkKind.SIGN_IN, now=self.clock())
        client = self.app.test_client()
        self.press(client, f"/sign-in/{token}", page=f"/sign-in/{token}")
        return client

    def press(self, client: FlaskClient, path: str, *, page: str, **form: str) -> tuple[int, str]:
        """Send a form that stands on ``page``; status, and address or text of the answer."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
        answer = client.post(path, data={**form, "csrf_token": token[1] if token else ""})
        return answer.status_code, answer.headers.get("Location", answer.text)

    def follow(self, client: FlaskClient, path: str = "asso/site", **form: str) -> tuple[int, str]:
        """Paste the address of a project and add it."""
        form = {"url": f"{self.server.url}/{path}", "source": self.kind, **form}
        return self.press(client, "/coordinator/projects/add/save", page="/coordinator/projects/add", **form)

    # --- time ---

    def work(self, **later: float) -> None:
        """Let the worker do what is due, deliveries included."""
        self.clock.advance(**(later or {"seconds": 2}))
        self.deliveries.settle()
        while inbox.drain(self.services.db, self.clock):
            pass
        self._do_jobs()
        self.deliveries.settle()
        while inbox.drain(self.services.db, self.clock):
            pass

    def _do_jobs(self) -> None:
        handlers = worker.jobs(self.services)
        with self.services.db.sessions.begin() as session:
            due = session.scalars(select(Job).where(Job.done_at.is_(None), Job.run_at <= self.clock())).all()
            for job in due:
                job.done_at = self.clock()
        for job in due:
            handlers[job.kind](Leased(job.id, job.key, job.kind, job.ref, job.tries, self.clock()))

    # --- what came of it ---

    def project(self, path: str = "asso/site") -> Project:
        with self.services.db.readers() as session:
            return session.scalars(select(Project).where(Project.path == path).order_by(Project.id.desc())).first()

    def hooks(self) -> list[Hook]:
        with self.services.db.readers() as session:
            return list(session.scalars(select(Hook).order_by(Hook.id)))

    def tasks(self) -> dict[str, str]:
        with self.services.db.readers() as session:
            return {task.stored_title: task.status for task in session.scalars(select(Task))}

    def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        lowered = {name.lower(): value for name, value in headers.items()}
        return post(self.door, urlsplit(url).path, headers=lowered, body=body)
