"""Requests in lists, and what a forge remembers of its deliveries: both clients against both simulated forges."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import OWNER, Forge
from sources import registry
from sources.base import Client, Connection, Undelivered
from sources.errors import Forbidden, NotFound
from sources.model import ProjectRef, RequestState
from sources.transport import Transport
from tests.sources.conftest import Reply, ScriptedServer

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
URL = "https://wecena.example.org/webhooks/x/key"


class Place:
    """A forge that posts to an address which is down as long as ``status`` says so."""

    def __init__(self, server: ForgeServer, transport: Transport) -> None:
        self.server, self.forge, self._transport = server, server.forge, transport
        self.project: Project = self.forge.add_project("asso/site", labels=["easy"])
        self.forge.add_token("t0ken", OWNER)
        self.status = 202
        self.arrived: list[str] = []
        self.deliveries = Deliveries(server, self._post)

    def client(self, token: str | None = "t0ken") -> Client:
        ref = ProjectRef(str(self.project.id), self.project.path)
        source = registry.source(self.server.kind)
        return source.connect(Connection(self.server.api_url, ref, token), self._transport)

    def _post(self, _url: str, headers: Mapping[str, str], body: bytes) -> int:
        lowered = {name.lower(): value for name, value in headers.items()}
        if self.status == 202:
            self.arrived.append(registry.source(self.server.kind).delivery_id(lowered, body))
        return self.status


@pytest.fixture(params=["github", "gitlab"])
def place(request: pytest.FixtureRequest, transport: Transport) -> Iterator[Place]:
    ticks = count()
    is_github = request.param == "github"
    forge = Forge(lambda: START + timedelta(minutes=next(ticks)), shares_numbers=is_github)
    with GitHubServer(forge) if is_github else GitLabServer(forge) as server:
        made = Place(server, transport)
        with made.deliveries:
            yield made


def test_requests_that_changed_since_come_whatever_their_state(place: Place) -> None:
    first = place.forge.add_issue(place.project, "One", labels=["easy"])
    place.forge.open_request(place.project, "Old", author="eve")
    since = place.forge.clock()
    merged = place.forge.open_request(place.project, "Merged", author="eve", closes=[first.number])
    place.forge.merge_request(place.project, merged.number)
    opened = place.forge.open_request(place.project, "Open", author="bob", is_draft=True)
    found = {one.number: one for page in place.client().requests(since) for one in page}
    assert found.keys() == {merged.number, opened.number}
    assert (found[merged.number].state, found[merged.number].closes) == (RequestState.MERGED, (first.number,))
    assert found[opened.number].is_draft
    assert place.client().request(merged.number) == found[merged.number]
    with pytest.raises(NotFound):
        place.client().request(999)


def test_a_failed_delivery_is_found_and_made_again_under_its_id(place: Place) -> None:
    """R1: what was never answered 2xx can still be brought in, and keeps the id by which it is told."""
    place.forge.add_hook(place.project, "https://elsewhere.example.org/")
    place.forge.add_hook(place.project, URL)
    place.forge.add_issue(place.project, "Arrives", labels=["easy"])
    place.deliveries.settle()
    client = place.client()
    before = client.undelivered(URL)
    assert before.failed == ()
    place.status = 503
    place.forge.add_issue(place.project, "Lost", labels=["easy"])
    place.deliveries.settle()
    place.arrived.clear()
    log = client.undelivered(URL, after=before.newest)
    (lost,) = log.failed
    assert lost.number <= log.newest
    client.redeliver(lost)
    place.deliveries.settle()
    assert len(client.undelivered(URL, after=before.newest).failed) == 1, "it failed again"
    place.status = 202
    client.redeliver(lost)
    place.deliveries.settle()
    assert place.arrived == [lost.delivery_id]
    assert client.undelivered(URL, after=before.newest).failed == ()
    again = json.loads(place.deliveries.sent[-1].body)
    assert "Lost" in (again.get("issue") or again["object_attributes"])["title"]


def test_what_was_looked_at_is_not_looked_at_again(place: Place) -> None:
    place.forge.add_hook(place.project, URL)
    place.deliveries.settle()
    place.deliveries.is_losing = True
    for number in range(3):
        place.forge.add_issue(place.project, f"Lost {number}", labels=["easy"])
    place.deliveries.settle()
    log = place.client().undelivered(URL)
    assert len(log.failed) == 3
    assert place.client().undelivered(URL, after=log.newest).failed == ()
    assert len(place.client().undelivered(URL, after=log.failed[0].number).failed) == 2


def test_who_may_not_see_the_hooks_is_told_so(place: Place) -> None:
    place.forge.add_hook(place.project, URL)
    place.forge.add_token("stranger", "stranger")
    for token in (None, "stranger"):
        with pytest.raises(Forbidden):
            place.client(token).undelivered(URL)
    with pytest.raises(NotFound):
        place.client().undelivered("https://nobody.example.org/")


def test_a_forgejo_lists_its_requests_but_not_its_deliveries(server: ScriptedServer, transport: Transport) -> None:
    rows = [
        {
            "id": number, "number": number, "title": "A fix", "state": "open", "body": "Closes #3",
            "html_url": f"https://codeberg.org/a/b/pulls/{number}", "updated_at": f"2026-11-0{number}T09:00:00Z",
            "user": {"id": 7, "login": "eve"},
            "base": {"repo": {"id": 5, "full_name": "a/b", "html_url": "https://codeberg.org/a/b"}},
        }
        for number in (3, 2, 1)
    ]  # fmt: skip
    lists = "GET /api/v1/repos/a/b/pulls?state=all&sort=recentupdate&limit=50&page=1"
    server.script = {lists: Reply(body=rows), "GET /api/v1/repos/a/b/pulls/3": Reply(body=rows[0])}
    connection = Connection(f"{server.url}/api/v1", ProjectRef("5", "a/b"), "t0ken")
    client = registry.source("forgejo").connect(connection, transport)
    found = [one for page in client.requests(START + timedelta(hours=1)) for one in page]
    assert [(one.number, one.closes) for one in found] == [(3, (3,))]
    assert client.request(3) == found[0]
    with pytest.raises(Forbidden):
        client.undelivered(URL)
    with pytest.raises(Forbidden):
        client.redeliver(Undelivered(1, "id", "1"))
