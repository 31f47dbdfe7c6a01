"""What happens on a simulated forge arrives at its hooks in the real shapes, signed with the typed secrets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from sources import registry
from sources.base import Proof
from sources.errors import BadSignature
from sources.model import (
    Event,
    IssueGone,
    IssueHidden,
    IssueSeen,
    LabelChanged,
    Ping,
    ProjectChanged,
    RemarkSeen,
    RequestSeen,
    RequestState,
)
from tests.fakes import FakeClock
from tests.openapi import OpenApi

KEY = bytes(range(32))
Arrived = tuple[dict[str, str], bytes]
Act = Callable[[Forge, Project], object]


class Inbox:
    """An address that keeps what it is sent."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                inbox.arrived.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(202)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the parent's name)
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    made = Inbox()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def hooked(server: ForgeServer, inbox: Inbox) -> Project:
    """A project with one issue that carries ``bug``, whose hook is this inbox."""
    project = server.forge.add_project("asso/site", labels=("bug", "easy"))
    server.forge.add_issue(project, "one", body="text", labels=("bug",))
    typed = registry.source(server.kind).credentials(KEY)
    signing_token = typed.get("signing_token", "")
    server.forge.add_hook(project, inbox.url, secret=typed["webhook_secret"], signing_token=signing_token)
    return project


def told(server: ForgeServer, inbox: Inbox, act: Act) -> list[Arrived]:
    """What arrives because of ``act``."""
    with Deliveries(server) as deliveries:
        project = hooked(server, inbox)
        deliveries.settle()
        before = len(inbox.arrived)
        act(server.forge, project)
        deliveries.settle()
    return inbox.arrived[before:]


def parsed(kind: str, arrived: list[Arrived]) -> list[Event]:
    return [registry.source(kind).parse(headers, body) for headers, body in arrived]


GITHUB = [
    (lambda forge, one: forge.label_issue(one, 1, "easy"), IssueSeen, "issues", "labeled"),
    (lambda forge, one: forge.unlabel_issue(one, 1, "bug"), IssueSeen, "issues", "unlabeled"),
    (lambda forge, one: forge.assign(one, 1, "mainteneuse"), IssueSeen, "issues", "assigned"),
    (lambda forge, one: forge.edit_issue(one, 1, title="two"), IssueSeen, "issues", "edited"),
    (lambda forge, one: forge.close_issue(one, 1), IssueSeen, "issues", "closed"),
    (lambda forge, one: forge.lock_issue(one, 1), IssueSeen, "issues", "locked"),
    (lambda forge, one: forge.delete_issue(one, 1), IssueGone, "issues", "deleted"),
    (lambda forge, one: forge.add_issue(one, "new", author="ana"), IssueSeen, "issues", "opened"),
    (lambda forge, one: forge.comment(one, 1, "hello", by="ana"), RemarkSeen, "issue_comment", "created"),
    (lambda forge, one: forge.open_request(one, "x", author="ana", closes=(1,)), RequestSeen, "pull_request", "opened"),
    (lambda forge, one: forge.rename_label(one, "bug", "defect"), LabelChanged, "label", "edited"),
    (lambda forge, one: forge.archive(one), ProjectChanged, "repository", "archived"),
    (lambda forge, one: forge.rename(one, "asso/new"), ProjectChanged, "repository", "renamed"),
    (lambda forge, one: forge.make_private(one), ProjectChanged, "repository", "privatized"),
]


@pytest.mark.parametrize(("act", "meaning", "event", "action"), GITHUB)
def test_github_says_what_happened(
    github: GitHubServer, inbox: Inbox, act: Act, meaning: type[Event], event: str, action: str
) -> None:
    arrived = told(github, inbox, act)
    assert [headers["x-github-event"] for headers, _ in arrived] == [event]
    (seen,) = parsed("github", arrived)
    assert isinstance(seen, meaning)
    assert getattr(seen, "action", action) == action


@pytest.mark.parametrize(("act", "event", "action"), [(act, event, action) for act, _, event, action in GITHUB])
def test_githubs_deliveries_are_as_github_describes_them(
    github: GitHubServer, inbox: Inbox, openapi: OpenApi, act: Act, event: str, action: str
) -> None:
    for _, body in told(github, inbox, act):
        assert openapi.delivery(event, action, json.loads(body)) == []


@pytest.mark.parametrize(
    ("act", "meaning", "event"),
    [
        (lambda forge, one: forge.label_issue(one, 1, "easy"), IssueSeen, "Issue Hook"),
        (lambda forge, one: forge.edit_issue(one, 1, body="more"), IssueSeen, "Issue Hook"),
        (lambda forge, one: forge.assign(one, 1, "mainteneuse"), IssueSeen, "Issue Hook"),
        (lambda forge, one: forge.close_issue(one, 1), IssueSeen, "Issue Hook"),
        (lambda forge, one: forge.make_confidential(one, 1), IssueHidden, "Confidential Issue Hook"),
        (lambda forge, one: forge.comment(one, 1, "hello"), RemarkSeen, "Note Hook"),
        (lambda forge, one: forge.open_request(one, "x", author="ana", closes=(1,)), RequestSeen, "Merge Request Hook"),
    ],
)
def test_gitlab_says_what_happened(
    gitlab: GitLabServer, inbox: Inbox, act: Act, meaning: type[Event], event: str
) -> None:
    arrived = told(gitlab, inbox, act)
    assert [headers["x-gitlab-event"] for headers, _ in arrived] == [event]
    (seen,) = parsed("gitlab", arrived)
    assert isinstance(seen, meaning)


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_deliveries_prove_themselves_with_what_was_typed(
    kind: str, request: pytest.FixtureRequest, inbox: Inbox, clock: FakeClock
) -> None:
    server: ForgeServer = request.getfixturevalue(kind)
    ((headers, body),) = told(server, inbox, lambda forge, one: forge.label_issue(one, 1, "easy"))
    source = registry.source(kind)
    assert source.verify(headers, body, keys=[KEY], now=clock()) is Proof.SIGNATURE
    with pytest.raises(BadSignature):
        source.verify(headers, body + b" ", keys=[KEY], now=clock())


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_merge_is_told_before_the_issue_it_closes(kind: str, request: pytest.FixtureRequest, inbox: Inbox) -> None:
    server: ForgeServer = request.getfixturevalue(kind)

    def merge(forge: Forge, project: Project) -> None:
        forge.merge_request(project, forge.open_request(project, "x", author="ana", closes=(1,)).number)

    opened, merged, closed = parsed(kind, told(server, inbox, merge))
    assert isinstance(opened, RequestSeen)
    assert opened.request.closes == (1,)
    assert isinstance(merged, RequestSeen)
    assert merged.request.state is RequestState.MERGED
    assert isinstance(closed, IssueSeen)
    assert not closed.issue.is_open


def test_a_new_hook_of_github_is_pinged(github: GitHubServer, inbox: Inbox, openapi: OpenApi) -> None:
    with Deliveries(github) as deliveries:
        hooked(github, inbox)
        deliveries.settle()
    ((headers, body),) = inbox.arrived
    assert headers["x-github-event"] == "ping"
    assert isinstance(registry.source("github").parse(headers, body), Ping)
    assert openapi.delivery("ping", "", json.loads(body)) == []


def test_nothing_is_told_in_silence(github: GitHubServer, inbox: Inbox) -> None:
    def quietly(forge: Forge, project: Project) -> None:
        with forge.silent():
            forge.label_issue(project, 1, "easy")

    assert told(github, inbox, quietly) == []


def test_a_delivery_may_be_sent_again_with_the_same_id(github: GitHubServer, inbox: Inbox) -> None:
    with Deliveries(github) as deliveries:
        hooked(github, inbox)
        deliveries.settle()
        again = deliveries.send_again(deliveries.sent[0])
    assert again.status == 202
    assert inbox.arrived[0] == inbox.arrived[1]
