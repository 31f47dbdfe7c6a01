"""The GitLab client and the simulated GitLab, which other tests and the demo rely on, agree with each other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from connector.demo.forges.answers import Answer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Change, Project
from connector.demo.forges.state import OWNER, Forge
from sources.base import Client, Connection, IssueQuery, Proof
from sources.errors import BadCredentials, NotFound, RateLimited, Unavailable
from sources.gitlab.source import GitLab
from sources.model import IssueHidden, IssueSeen, ProjectRef
from sources.transport import Transport

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LABEL = "good first issue"


@pytest.fixture
def forge() -> Forge:
    """A forge whose clock moves by a minute at each look."""
    ticks = count()
    made = Forge(lambda: START + timedelta(minutes=next(ticks)), shares_numbers=False)
    made.add_token("member", OWNER)
    return made


@pytest.fixture
def project(forge: Forge) -> Project:
    """A project in a sub-group."""
    return forge.add_project("halfeld/records/archive", labels=[LABEL, "easy"], languages={"Python": 9, "Shell": 1})


@pytest.fixture
def server(forge: Forge) -> Iterator[GitLabServer]:
    """The simulated GitLab, listening."""
    with GitLabServer(forge) as running:
        yield running


@pytest.fixture
def client(server: GitLabServer, project: Project, transport: Transport) -> Client:
    """A client with the token of a member."""
    return connected(server, project, transport)


def connected(
    server: GitLabServer, project: Project, transport: Transport, *, token: str | None = "member", by_path: str = ""
) -> Client:
    reference = ProjectRef(None if by_path else str(project.id), by_path or project.path)
    return GitLab().connect(Connection(server.api_url, reference, token), transport)


def numbers(client: Client, query: IssueQuery) -> list[int]:
    return [issue.number for page in client.issues(query) for issue in page]


@pytest.mark.parametrize(("rows", "requests"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_list_costs_one_request_for_each_hundred_rows(
    rows: int, requests: int, forge: Forge, project: Project, client: Client
) -> None:
    for number in range(rows):
        forge.add_issue(project, f"Issue {number}", labels=[LABEL])
    assert sorted(numbers(client, IssueQuery((LABEL,)))) == list(range(1, rows + 1))
    assert client.usage.requests == requests


def test_what_is_offered_comes_once_and_nothing_else(forge: Forge, project: Project, client: Client) -> None:
    both = forge.add_issue(project, "Both labels", labels=[LABEL, "easy"])
    easy = forge.add_issue(project, "Easy", labels=["easy"])
    forge.add_issue(project, "No label")
    forge.add_issue(project, "Secret", labels=["easy"], is_confidential=True)
    forge.close_issue(project, forge.add_issue(project, "Closed", labels=["easy"]).number)
    assert sorted(numbers(client, IssueQuery((LABEL, "easy")))) == [both.number, easy.number]


def test_changes_since_a_moment_include_the_closed_and_the_hidden(
    forge: Forge, project: Project, client: Client
) -> None:
    old, closed, hidden = (forge.add_issue(project, name, labels=["easy"]) for name in ("Old", "Closed", "Hidden"))
    since = forge.clock()
    forge.close_issue(project, closed.number)
    forge.make_confidential(project, hidden.number)
    found = {issue.number: issue for page in client.issues(IssueQuery(("easy",), since)) for issue in page}
    assert set(found) == {closed.number, hidden.number}
    assert old.number not in found
    assert not found[closed.number].is_open
    assert (found[hidden.number].is_confidential, found[hidden.number].title) == (True, "")


def test_an_issue_that_became_confidential_is_not_found(forge: Forge, project: Project, client: Client) -> None:
    issue = forge.add_issue(project, "Search ignores accents", estimate_hours=2)
    seen = client.issue(issue.number)
    assert (seen.title, seen.estimate_hours) == ("Search ignores accents", 2)
    forge.make_confidential(project, issue.number)
    with pytest.raises(NotFound):
        client.issue(issue.number)
    with pytest.raises(NotFound):
        client.issue(9999)


def test_the_facts_and_labels_of_the_project(forge: Forge, project: Project, client: Client) -> None:
    forge.add_label(project, "easy-ish", description="half a day")
    facts = client.facts()
    assert (facts.external_id, facts.path, facts.is_public) == (str(project.id), project.path, True)
    assert facts.languages == ("Python", "Shell")
    assert {label.name: label.description for label in client.labels()}["easy-ish"] == "half a day"
    forge.archive(project)
    assert client.facts().is_archived


def test_a_comment_is_found_again_edited_and_never_a_command(forge: Forge, project: Project, client: Client) -> None:
    issue = forge.add_issue(project, "Search ignores accents")
    made = client.create_comment(issue.number, "Reserved.\n/close\n<!-- wecena:7 -->")
    assert issue.comments[0].body == "Reserved.\n\\/close\n<!-- wecena:7 -->"
    found = client.find_comment(issue.number, "<!-- wecena:7 -->")
    assert found is not None
    assert found.external_id == made.external_id
    client.edit_comment(issue.number, made.external_id, "Free again. <!-- wecena:7 -->")
    assert [comment.body for comment in issue.comments] == ["Free again. <!-- wecena:7 -->"]
    assert client.find_comment(issue.number, "<!-- wecena:8 -->") is None


def test_only_our_own_marked_comments_are_found_and_deleted(forge: Forge, project: Project, client: Client) -> None:
    issue = forge.add_issue(project, "Search ignores accents")
    forge.comment(project, issue.number, "I quote: <!-- wecena:7 -->", by="joon")
    first, second = (client.create_comment(issue.number, f"{n} <!-- wecena:7 -->") for n in (1, 2))
    client.create_comment(issue.number, "<!-- wecena:77 -->")
    assert client.find_comments(issue.number, "<!-- wecena:7 -->") == [first, second]
    client.delete_comment(issue.number, second.external_id)
    client.delete_comment(issue.number, second.external_id)
    assert client.find_comments(issue.number, "<!-- wecena:7 -->") == [first]
    assert len(issue.comments) == 3


def test_the_comments_since_a_moment_are_the_last_ones(
    server: GitLabServer, forge: Forge, project: Project, client: Client
) -> None:
    issue = forge.add_issue(project, "Search ignores accents")
    first = [forge.comment(project, issue.number, f"No. {number}", by="joon") for number in range(230)]
    since = first[29].created_at
    before = len(server.requests)
    read = client.recent_remarks(issue.number, since)
    assert len(server.requests) - before == 2
    assert {one.body for one in read} == {one.body for one in first[30:]}
    last = max(read, key=lambda one: one.at or START)
    assert (last.external_id, last.at) == (str(first[-1].id), first[-1].created_at)
    assert {one.body for one in client.recent_remarks(issue.number, first[-2].created_at)} == {"No. 228", "No. 229"}


@pytest.mark.parametrize("hidden", ["system", "internal", "confidential"])
def test_notes_that_are_not_for_everybody_are_no_comments(
    server: GitLabServer, project: Project, client: Client, hidden: str
) -> None:
    row = {
        "id": 1,
        "body": "I'll take this",
        "created_at": "2026-11-02T10:00:00Z",
        "author": {"id": 3, "username": "joon"},
    }
    rows = [{**row, hidden: True}, {**row, "id": 2, hidden: False}]
    server.answers.program("GET", "*/notes", Answer(status=200, body=rows))
    assert [one.external_id for one in client.recent_remarks(1, START)] == ["2"]


def test_a_stale_list_does_not_show_what_was_just_written(
    server: GitLabServer, forge: Forge, project: Project, client: Client
) -> None:
    issue = forge.add_issue(project, "Search ignores accents")
    made = client.create_comment(issue.number, "<!-- wecena:7 -->")
    server.stale_seconds = 3600  # each look at this clock takes a minute
    assert client.find_comments(issue.number, "<!-- wecena:7 -->") == []
    server.stale_seconds = 0
    assert client.find_comments(issue.number, "<!-- wecena:7 -->") == [made]


def test_a_comment_whose_answer_was_lost_was_posted_once_and_is_found(
    server: GitLabServer, forge: Forge, project: Project, client: Client
) -> None:
    issue = forge.add_issue(project, "Search ignores accents")
    server.answers.program("POST", "*/notes", Answer(drop_after_applying=True))
    with pytest.raises(Unavailable):
        client.create_comment(issue.number, "Reserved. <!-- wecena:7 -->")
    assert len(issue.comments) == 1
    assert client.find_comment(issue.number, "wecena:7") is not None


def test_the_free_tier_has_one_assignee(forge: Forge, project: Project, client: Client) -> None:
    forge.account("joon")
    issue = forge.add_issue(project, "Search ignores accents")
    assert client.assign(issue.number, "joon") is True
    assert client.assign(issue.number, OWNER) is False, "the one place is taken"
    assert client.assign(issue.number, "nobody-at-all") is False
    assert [account.login for account in issue.assignees] == ["joon"]
    client.unassign(issue.number, OWNER)
    assert [account.login for account in issue.assignees] == ["joon"]
    client.unassign(issue.number, "joon")
    assert issue.assignees == []


def test_a_renamed_project_is_still_found(
    server: GitLabServer, forge: Forge, project: Project, transport: Transport
) -> None:
    forge.add_issue(project, "One", labels=["easy"])
    forge.add_issue(project, "Two", labels=[LABEL])
    old = project.path
    forge.rename(project, "halfeld/papers")
    client = connected(server, project, transport, by_path=old)
    assert client.facts().path == "halfeld/papers"
    assert numbers(client, IssueQuery(("easy",))) == [1]


def test_strangers_read_the_public_and_nothing_else(
    server: GitLabServer, forge: Forge, project: Project, transport: Transport
) -> None:
    forge.add_issue(project, "One", labels=["easy"])
    anonymous = connected(server, project, transport, token=None)
    assert numbers(anonymous, IssueQuery(("easy",))) == [1]
    forge.make_private(project)
    with pytest.raises(NotFound):
        numbers(anonymous, IssueQuery(("easy",)))
    with pytest.raises(BadCredentials):
        connected(server, project, transport, token="expired").facts()


def test_a_limit_is_reported_at_once_and_not_waited_for(
    server: GitLabServer, forge: Forge, project: Project, client: Client
) -> None:
    forge.add_issue(project, "One")
    server.answers.program("GET", "*/issues/1", Answer(429, {"Retry-After": "3000"}, "Retry later\n"))
    began = time.monotonic()
    with pytest.raises(RateLimited):
        client.issue(1)
    assert time.monotonic() - began < 5
    assert client.issue(1).title == "One"
    assert client.usage.rate_limit_left is not None
    assert client.usage.requests == len(server.requests) == 2


def test_what_the_forge_delivers_verifies_and_says_the_same_as_its_api(
    server: GitLabServer, forge: Forge, project: Project, client: Client
) -> None:
    source, key = GitLab(), bytes(range(32))
    hook = forge.add_hook(project, "http://127.0.0.1:9/", signing_token=source.credentials(key)["signing_token"])
    changes: list[Change] = []
    forge.listeners.append(changes.append)
    issue = forge.add_issue(project, "Search ignores accents", body="« été »", labels=["easy"], estimate_hours=2)
    forge.label_issue(project, issue.number, LABEL)
    ((event, body),) = [made for change in changes[-1:] if (made := server.payload(change))]
    raw = json.dumps(body).encode()
    headers = server.delivery_headers(hook, raw, event=event, delivery_id="d-1")
    proof = source.verify(headers, raw, keys=[key], now=forge.clock(), signed_only=True)
    seen = source.parse(headers, raw)
    assert proof is Proof.SIGNATURE
    assert isinstance(seen, IssueSeen)
    told = client.issue(issue.number)
    assert (seen.issue.title, seen.issue.body, seen.issue.updated_at) == (told.title, told.body, told.updated_at)
    assert (seen.issue.label_names, seen.issue.estimate_hours) == (told.label_names, told.estimate_hours)
    assert (seen.project.external_id, seen.project.is_public, seen.issue.is_partial) == (str(project.id), True, False)
    forge.make_confidential(project, issue.number)
    made = server.payload(changes[-1])
    assert made is not None
    hidden = source.parse({"x-gitlab-event": made[0]}, json.dumps(made[1]).encode())
    assert isinstance(hidden, IssueHidden)
