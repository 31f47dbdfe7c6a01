"""Failed deliveries are asked for at the forge itself, arrive under their old id, and are applied once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from connector.app import build_services, make_door
from connector.cli import worker
from connector.db.engine import Database
from connector.db.tables import Delivery, Hook, Issue, Job
from connector.demo.forges.answers import Answer
from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import OWNER, Forge
from connector.inbox import recovery
from connector.inbox import service as inbox
from connector.projects.hooks import make_hook, webhook_url
from connector.settings import load_settings
from sources import registry
from sources.base import Client, Connection
from sources.model import ProjectRef
from sources.transport import Transport
from tests.fakes import FakeClock
from tests.rows import project_row
from webhooks.replay import post

LABEL = "good first issue"


class Place:
    """A service and a forge whose deliveries may be lost on the way."""

    def __init__(self, database_url: str, folder: Path, server: ForgeServer, clock: FakeClock) -> None:
        self.server, self.forge, self.clock = server, server.forge, clock
        settings = load_settings({"WECENA_DATABASE_URL": database_url}, data_dir=folder)
        self.token: str | None = "t0ken"
        self.services = replace(build_services(settings, clock), connect=lambda _project: self.client())
        self.transport = Transport(allowed_networks=load_settings({"WECENA_ALLOWED_NETWORKS": "127.0.0.0/8"}).networks)
        self.there = self.forge.add_project("asso/site", labels=[LABEL])
        self.forge.add_token("t0ken", OWNER)
        self.door = make_door(self.services)
        source = registry.source(server.kind)
        with self.services.db.sessions.begin() as session:
            project = project_row(
                session, clock(), source=server.kind, external_id=str(self.there.id), path="asso/site",
                base_url=server.url, api_url=server.api_url, web_url=server.url,
            )  # fmt: skip
            hook, key = make_hook(session, project, vault=self.services.vault, now=clock())
            self.hook_id, self.url = hook.id, webhook_url(settings, hook)
        typed = source.credentials(key)
        self.deliveries = Deliveries(server, self._post)
        self.deliveries.start()
        self.forge.add_hook(
            self.there, self.url, secret=typed["webhook_secret"], signing_token=typed.get("signing_token", "")
        )
        self.deliveries.settle()

    def client(self) -> Client:
        ref = ProjectRef(str(self.there.id), "asso/site")
        return registry.source(self.server.kind).connect(
            Connection(self.server.api_url, ref, self.token), self.transport
        )

    def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        return post(
            self.door,
            "/webhooks/" + url.partition("/webhooks/")[2],
            headers={name.lower(): value for name, value in headers.items()},
            body=body,
        )

    def lose(self, *titles: str) -> None:
        self.deliveries.is_losing = True
        for title in titles:
            self.clock.advance(seconds=2)
            self.forge.add_issue(self.there, title, labels=[LABEL])
        self.deliveries.settle()
        self.deliveries.is_losing = False

    def recover(self) -> int:
        self.clock.advance(minutes=15)
        left = recovery.recover(self.services.db, self.hook_id, self.clock, self.client(), url=self.url)
        self.deliveries.settle()
        while inbox.drain(self.services.db, self.clock):
            pass
        return left

    @property
    def db(self) -> Database:
        return self.services.db

    def titles(self) -> list[str]:
        with self.db.readers() as session:
            return list(session.scalars(select(Issue.title).order_by(Issue.number)))

    def hook(self) -> Hook:
        with self.db.readers() as session:
            return session.get_one(Hook, self.hook_id)


@pytest.fixture(params=["github", "gitlab"])
def place(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Place]:
    clock = FakeClock()
    is_github = request.param == "github"
    forge = Forge(clock, shares_numbers=is_github)
    with GitHubServer(forge) if is_github else GitLabServer(forge) as server:
        made = Place(database_url, tmp_path, server, clock)
        yield made
        made.deliveries.stop()
        made.db.engine.dispose()


def test_what_was_lost_comes_in_under_its_old_id(place: Place) -> None:
    """R1 and R4: without any harvest."""
    place.lose("One", "Two")
    ids = {
        attempt.delivery_id for hook in place.there.hooks.values() for attempt in hook.attempts if not attempt.status
    }
    assert place.recover() == 0
    assert place.titles() == ["One", "Two"]
    with place.db.readers() as session:
        assert ids <= set(session.scalars(select(Delivery.external_id)))
    before = len(place.deliveries.sent)
    assert place.recover() == 0
    assert len(place.deliveries.sent) == before, "nothing is asked for twice"
    assert place.hook().recovery_refused is None


def test_more_than_the_forge_takes_at_once_comes_in_turns(place: Place) -> None:
    place.lose(*(f"Issue {number}" for number in range(7)))
    assert place.recover() == 2
    assert len(place.titles()) == 5
    assert place.recover() == 0
    assert len(place.titles()) == 7


def test_what_fails_again_is_asked_for_again(place: Place) -> None:
    place.lose("One")
    place.deliveries.is_losing = True
    place.recover()
    assert place.titles() == []
    place.deliveries.is_losing = False
    place.recover()
    assert place.titles() == ["One"]


def test_an_answer_lost_on_its_way_asks_for_nothing(place: Place) -> None:
    """A delivery that we committed is ours, whatever the forge believes."""
    place.lose("One")
    place.recover()
    before = len(place.deliveries.sent)
    with place.db.sessions.begin() as session:
        session.execute(update(Hook).values(recovered_to=None))
    for hook in place.there.hooks.values():
        hook.attempts[:] = [replace(attempt, status=0) for attempt in hook.attempts]
    place.recover()
    assert len(place.deliveries.sent) == before


@pytest.mark.parametrize("token", [None, "stranger"])
def test_without_the_right_the_reason_is_kept_and_nothing_else_happens(place: Place, token: str | None) -> None:
    place.forge.add_token("stranger", "stranger")
    place.token = token
    place.lose("One")
    assert place.recover() == 0
    assert place.hook().recovery_refused
    assert place.titles() == []
    place.token = "t0ken"
    place.recover()
    assert place.titles() == ["One"]
    assert place.hook().recovery_refused is None


def test_each_hook_is_looked_at_once_a_period_and_again_while_something_is_left(place: Place) -> None:
    start = place.clock()
    place.lose(*(f"Issue {number}" for number in range(6)))
    for _firing in range(2):
        with place.db.sessions.begin() as session:
            worker.enqueue_recoveries(session, start, place.clock())
    working = worker.make_worker(place.services)
    assert working.run_one_job() == 1
    place.deliveries.settle()
    with place.db.readers() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "recover").order_by(Job.id)).all()
    assert [job.done_at is not None for job in jobs] == [True, False]
    assert jobs[1].run_at == place.clock() + worker.NEXT_LOOK


def test_a_delivery_that_the_forge_forgot_stops_nothing(place: Place) -> None:
    place.lose("One", "Two")
    place.server.answers.program("POST", "*", Answer(status=404))
    place.recover()
    assert place.titles() == ["Two"]
