"""The simulated GitHub's answers, and our requests to it, agree with GitHub's own description."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from connector.demo.forges.github import GitHubServer
from sources import registry
from sources.base import Client, Connection, IssueQuery
from sources.model import ProjectRef
from sources.transport import Transport
from tests.fakes import NOW
from tests.openapi import OpenApi

REPOSITORY = "/repos/{owner}/{repo}"
ISSUE = REPOSITORY + "/issues/{issue_number}"


@pytest.fixture
def filled(github: GitHubServer) -> GitHubServer:
    forge = github.forge
    project = forge.add_project("asso/site", labels=("bug",), languages={"Python": 900}, description="Un site")
    forge.add_issue(project, "one", body=None, labels=("bug",), assignees=("ana",))
    forge.add_issue(project, "two", author=None)
    forge.comment(project, 1, "hello", by="ana")
    forge.close_issue(project, 2, "not_planned")
    forge.open_request(project, "three", author="ana", closes=(1,))
    forge.add_hook(project, "http://127.0.0.1:9/hook", secret="typed", events=("issues",))
    return github


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (REPOSITORY, "/repos/asso/site"),
        (REPOSITORY + "/languages", "/repos/asso/site/languages"),
        (REPOSITORY + "/labels", "/repos/asso/site/labels"),
        (REPOSITORY + "/issues", "/repos/asso/site/issues?state=all"),
        (ISSUE, "/repos/asso/site/issues/1"),
        (ISSUE + "/comments", "/repos/asso/site/issues/1/comments"),
        (REPOSITORY + "/hooks", "/repos/asso/site/hooks"),
    ],
)
def test_answers_are_as_github_describes_them(filled: GitHubServer, openapi: OpenApi, path: str, asked: str) -> None:
    answer = requests.get(filled.url + asked, headers={"Authorization": "Bearer t"}, timeout=5)
    assert answer.json()
    assert openapi.answer(path, "get", 200, answer.json()) == []


def test_a_wrong_answer_would_be_noticed(openapi: OpenApi) -> None:
    assert openapi.answer(ISSUE, "get", 200, {"number": "one"})
    assert openapi.delivery("issues", "labeled", {"action": "labeled", "issue": None})


@pytest.fixture
def client(filled: GitHubServer, transport: Transport) -> Client:
    connection = Connection(api_url=filled.url, project=ProjectRef(None, "asso/site"), token="t")
    return registry.source("github").connect(connection, transport)


def test_we_ask_lists_in_githubs_own_words(filled: GitHubServer, client: Client, openapi: OpenApi) -> None:
    client.labels()
    for query in (IssueQuery(), IssueQuery(labels=("bug",)), IssueQuery(since=NOW)):
        assert list(client.issues(query))
    for asked in filled.requests:
        described = asked.path.replace("/repos/asso/site", REPOSITORY)
        assert set(asked.query) <= openapi.parameters(described)
        assert asked.headers["x-github-api-version"] == "2026-03-10"


@pytest.mark.parametrize(
    ("act", "method", "path"),
    [
        (lambda client: client.create_comment(1, "hello"), "POST", ISSUE + "/comments"),
        (lambda client: client.assign(1, "ana"), "POST", ISSUE + "/assignees"),
        (lambda client: client.unassign(1, "ana"), "DELETE", ISSUE + "/assignees"),
    ],
)
def test_what_we_write_is_as_github_describes_it(
    filled: GitHubServer, client: Client, openapi: OpenApi, act: Callable[[Client], object], method: str, path: str
) -> None:
    act(client)
    written = [one for one in filled.requests if one.method == method]
    assert len(written) == 1
    assert openapi.request(path, method, written[0].body) == []
