"""Labels beside others, one assignee on GitLab, proposals on GitHub: what is put there and taken away, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connector.demo.forges import model
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from sources import registry
from sources.base import Client, Connection
from sources.model import ProjectRef
from sources.transport import Transport
from tests.sources.conftest import Reply, running
from tests.sources.small_forgejo import SmallForgejo

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
PATH = "asso/site"
SERVERS = {"github": GitHubServer, "gitlab": GitLabServer}


def client_at(kind: str, api_url: str, transport: Transport, *, path: str = PATH, token: str = "t0ken") -> Client:
    return registry.source(kind).connect(Connection(api_url, ProjectRef(None, path), token=token), transport)


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[ForgeServer]:
    """A simulated forge with a project of three labels."""
    forge = Forge(lambda: NOW, shares_numbers=request.param == "github")
    forge.add_token("t0ken", "wecena-bot")
    forge.add_project(PATH, labels=["bug", "In progress", "a/b"], members=["ana", "bo", "wecena-bot"])
    with SERVERS[request.param](forge) as serving:
        yield serving


@pytest.fixture
def issue(server: ForgeServer) -> model.Issue:
    return server.forge.add_issue(server.forge.find(PATH), "One", labels=["bug"])


@pytest.fixture
def client(server: ForgeServer, transport: Transport) -> Client:
    return client_at(server.kind, server.api_url, transport)


@pytest.mark.parametrize("name", ["In progress", "a/b"])
def test_a_label_is_put_beside_the_others_and_taken_away_alone(client: Client, issue: model.Issue, name: str) -> None:
    """PLATFORM trap 27: a list of labels is never replaced."""
    assert client.add_label(issue.number, name) is True
    assert issue.labels == ["bug", name]
    client.remove_label(issue.number, name)
    client.remove_label(issue.number, name)
    assert issue.labels == ["bug"]


def test_a_label_that_the_project_does_not_have_is_not_made(
    client: Client, issue: model.Issue, server: ForgeServer
) -> None:
    """PLATFORM trap 27: both forges would make it."""
    assert client.add_label(issue.number, "wecena") is False
    assert issue.labels == ["bug"]
    assert "wecena" not in server.forge.find(PATH).labels
    assert not [one for one in server.requests if one.method != "GET"]


def test_an_assignee_is_proposed_where_the_forge_can(client: Client, issue: model.Issue, server: ForgeServer) -> None:
    assert client.suggest(issue.number, "ana") is (server.kind == "github")
    assert issue.suggested == (["ana"] if server.kind == "github" else [])
    assert issue.assignees == []


def test_somebody_else_s_place_is_not_taken(client: Client, issue: model.Issue, server: ForgeServer) -> None:
    """PLATFORM trap 29: GitLab's free tier has one place."""
    server.forge.assign(server.forge.find(PATH), issue.number, "bo")
    assert client.assign(issue.number, "ana") is (server.kind == "github")
    assert "bo" in [one.login for one in issue.assignees]


def test_forgejo_takes_labels_by_their_numbers(transport: Transport) -> None:
    server = SmallForgejo()
    with running(server):
        server.add("One", "bug")
        marks = "/api/v1/repos/halfeld/archive/issues/1/labels"
        server.script[f"POST {marks}"] = server.script[f"DELETE {marks}/1"] = Reply(200, [])
        client = client_at("forgejo", f"{server.url}/api/v1", transport, path=server.path, token="good")
        assert client.add_label(1, "EASY") is True
        assert server.asked[-1].json == {"labels": [1]}
        client.remove_label(1, "easy")
        assert server.targets[-1] == f"DELETE {marks}/1"
        assert client.add_label(1, "unknown") is False
        assert client.suggest(1, "mira") is False
