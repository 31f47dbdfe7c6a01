"""Recorded lists, served with the forges' own paging, come whole through our clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project
from connector.demo.forges.recorded import Recorded, load_recorded
from connector.demo.forges.server import ForgeServer
from sources import registry
from sources.base import Client, Connection, IssueQuery
from sources.model import ProjectRef
from sources.times import parse_time
from sources.transport import Transport


@pytest.fixture(scope="module")
def recorded(test_data: Path) -> Recorded:
    return load_recorded(test_data / "recorded")


@pytest.fixture(params=["github", "gitlab"])
def server(recorded: Recorded, request: pytest.FixtureRequest) -> Iterator[ForgeServer]:
    kinds = {"github": GitHubServer, "gitlab": GitLabServer}
    with kinds[request.param](recorded.forges[request.param]) as started:
        yield started


def client_of(server: ForgeServer, project: Project, transport: Transport) -> Client:
    connection = Connection(api_url=server.api_url, project=ProjectRef(str(project.id), project.path))
    return registry.source(server.kind).connect(connection, transport)


def test_all_recorded_rows_are_read_and_the_newest_kept(recorded: Recorded) -> None:
    assert recorded.entries == 893
    kept = {name: sum(len(one.issues) for one in forge.projects.values()) for name, forge in recorded.forges.items()}
    assert kept == {"github": 539, "gitlab": 77}


def test_every_open_issue_comes_once(server: ForgeServer, transport: Transport) -> None:
    for project in server.forge.projects.values():
        client = client_of(server, project, transport)
        seen = Counter(issue.number for page in client.issues(IssueQuery()) for issue in page)
        public = [one for one in project.issues.values() if one.is_open and not one.is_confidential]
        assert seen == Counter(one.number for one in public), project.path
        assert client.usage.requests == max(-(-len(public) // 100), 1)


def test_everything_since_comes_once(server: ForgeServer, transport: Transport) -> None:
    since = parse_time("2001-01-01T00:00:00Z")
    for project in server.forge.projects.values():
        client = client_of(server, project, transport)
        seen = Counter(issue.number for page in client.issues(IssueQuery(since=since)) for issue in page)
        assert seen == Counter(one.number for one in project.issues.values() if not one.is_confidential)


def test_requests_are_marked_and_titles_kept(server: ForgeServer, transport: Transport) -> None:
    for project in server.forge.projects.values():
        issues = [one for page in client_of(server, project, transport).issues(IssueQuery()) for one in page]
        for issue in issues:
            raw = project.issues[issue.number].raw or {}
            assert issue.title == raw["title"]
            assert issue.body == (raw.get("body") or raw.get("description") or "")
            assert issue.is_request == ("pull_request" in raw)
