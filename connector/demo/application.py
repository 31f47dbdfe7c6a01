"""The demonstration put together: its settings, its forges with their story, and its pages."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import select

from connector.accounts import service
from connector.accounts.rules import LinkKind
from connector.app import build_services, wsgi
from connector.clock import frozen, utc_now
from connector.db.tables import Person
from connector.demo import scenario, views
from connector.demo.content import Content
from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from connector.demo.stage import Moment, Stage
from connector.settings import Settings, load_settings
from connector.web.site import Site

FROZEN_AT = datetime.fromisoformat("2026-11-23T09:05:00+01:00")
FROZEN_WEB = {"github": "https://github.demo.example", "gitlab": "https://gitlab.demo.example"}
LOOPBACK = "127.0.0.0/8"


def settings(folder: Path, *, host: str, port: int, is_frozen: bool = False) -> Settings:
    """Settings of a throw-away service; nothing is taken from the environment."""
    return load_settings(
        {},
        data_dir=folder,
        host=host,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        programme_name="Démonstration",
        admin_email="sarah.lind@programme.example",
        allowed_networks=LOOPBACK,
        log_level="warning",
        frozen_at=FROZEN_AT if is_frozen else None,
    )


def demo_wsgi(settings: Settings) -> Site:
    """The service with the demonstration's line above its pages."""
    return wsgi(settings, extend=[views.install])


class Demo:
    """Two forges whose story was told to the service's database. Leaves them running until the end of the block.

    Frozen, they call themselves by names that do not depend on their ports.
    """

    def __init__(self, settings: Settings, content: Content) -> None:
        self.settings = settings
        self.content = content
        self._start = settings.frozen_at or utc_now().replace(microsecond=0)
        self._clock = Moment(datetime(2026, 1, 1, tzinfo=UTC))
        names = FROZEN_WEB if settings.frozen_at else {}
        self.servers: dict[str, ForgeServer] = {
            "github": GitHubServer(Forge(self._clock), web_url=names.get("github", "")),
            "gitlab": GitLabServer(Forge(self._clock, shares_numbers=False), web_url=names.get("gitlab", "")),
        }
        self._running = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for server in self.servers.values():
                stack.enter_context(server)
            self._tell()
            present = frozen(self._start) if self.settings.frozen_at else utc_now
            for server in self.servers.values():
                server.forge.clock = present
                stack.enter_context(Deliveries(server))
            self._running = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def links(self) -> list[tuple[str, str, str]]:
        """A new sign-in link for each person: name, role, address."""
        services = build_services(self.settings)
        now = services.clock()
        with services.db.sessions.begin() as session:
            people = session.scalars(select(Person).order_by(Person.id)).all()
            made = [
                (one.name, one.role, service.make_link(session, one, LinkKind.INVITATION, now=now)) for one in people
            ]
        services.db.engine.dispose()
        return [(name, role, service.link_url(self.settings.public_url, token)) for name, role, token in made]

    def _tell(self) -> None:
        self._clock.at = scenario.beginning(self._start, self.content)
        with Stage(self.settings, self.servers, self._clock, start=self._start) as stage:
            scenario.tell(stage, self.content)
