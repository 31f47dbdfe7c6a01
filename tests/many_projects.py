"""Many projects at one simulated GitHub and in our database, for counts of requests and of writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import event, select

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Project
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.state import Forge
from connector.harvest.pulling import pull
from connector.harvest.surveying import survey
from connector.projects.connections import make_connect
from connector.settings import load_settings
from sources.transport import Transport
from tests.rows import project_row

LABEL = "good first issue"
TOKEN = "t0ken-of-many"
PER_PAGE = 100


@dataclass(slots=True)
class Writes:
    """The statements that changed rows, and the commits after them."""

    statements: list[str] = field(default_factory=list)


class Many:
    """``sizes[n]`` labelled issues in the nth project, each of which has a few others besides."""

    def __init__(self, db: Database, server: GitHubServer, clock: Clock, sizes: list[int]) -> None:
        self.db, self.server, self.clock, self.sizes = db, server, clock, sizes
        server.forge.add_token(TOKEN, "wecena-bot")
        settings = load_settings(
            {
                "WECENA_SECRET_KEY": "k" * 32,
                "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8",
                "WECENA_FORGE_TOKENS": f"127.0.0.1={TOKEN}",
            }
        )
        self.connect = make_connect(settings, Transport(allowed_networks=settings.networks))
        for number, size in enumerate(sizes):
            self._add(f"asso-{number}/site", size)
        with db.readers() as session:
            self.project_ids = list(session.scalars(select(Project.id).order_by(Project.id)))

    @property
    def floor(self) -> int:
        """The pages of the labelled lists: fewer requests cannot bring them."""
        return sum(max(1, -(-size // PER_PAGE)) for size in self.sizes)

    @property
    def paths(self) -> list[str]:
        """Where the projects are."""
        return [project.path for project in self.server.forge.projects.values()]

    @property
    def used(self) -> int:
        """What was used up of the token's quota."""
        return self.server.used_by("wecena-bot")

    def _add(self, path: str, size: int) -> None:
        forge = self.server.forge
        there = forge.add_project(path, labels=[LABEL, "bug"], languages={"Python": 900, "Shell": 100})
        for number in range(size):
            at = self.clock() - timedelta(hours=1 + number)
            forge.add_issue(there, f"Something {number} is wrong", body="See page 1.", labels=[LABEL], created_at=at)
        forge.add_issue(there, "Not for newcomers", labels=["bug"])
        with self.db.sessions.begin() as session:
            project_row(
                session, self.clock(), source="github", host="127.0.0.1", path=path, labels=[LABEL],
                external_id=str(there.id), base_url=self.server.url, api_url=self.server.api_url,
                web_url=f"{self.server.url}/{path}",
            )  # fmt: skip


def harvest_all(many: Many) -> None:
    """As ``wecena harvest`` does it."""
    with many.db.readers() as session:
        projects = session.scalars(select(Project).order_by(Project.id)).all()
    told = survey(many.connect, projects)
    for project in projects:
        pull(many.db, many.connect, project.id, many.clock, told=told.get(project.id))


def sizes(projects: int, issues: int, *, big: int = 0) -> list[int]:
    """How many labelled issues each project has: ``big`` of them have 101, the others share the rest."""
    small = projects - big
    share, rest = divmod(issues - big * (PER_PAGE + 1), small)
    return [PER_PAGE + 1] * big + [share + (place < rest) for place in range(small)]


def forge(clock: Clock) -> GitHubServer:
    """A GitHub whose token has quota enough for a day of tests."""
    server = GitHubServer(Forge(clock))
    server.limit = 1_000_000
    return server


@contextmanager
def writes(db: Database) -> Iterator[Writes]:
    """Note each statement within this block that is meant to change a row."""
    noted = Writes()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE", "REPLACE"}:
            noted.statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
