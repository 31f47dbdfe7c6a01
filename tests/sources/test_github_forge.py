"""The GitHub client against the simulated GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from connector.demo.forges.answers import Answer
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.model import Project
from connector.demo.forges.state import Forge
from sources.apps import AppWish
from sources.base import Client, Connection, IssueQuery, Mark
from sources.errors import BadCredentials, Forbidden, NotFound, RateLimited, Unavailable
from sources.github.app import GitHubApp, app_form, make_app
from sources.github.source import GitHub
from sources.keeping import HookLevel, HookState, HookWish
from sources.model import IssueSeen, ProjectRef, RequestSeen
from sources.transport import Transport

PATH = "halfeld/archive"


@pytest.fixture
def forge() -> Iterator[GitHubServer]:
    with GitHubServer(Forge()) as running:
        running.forge.add_token("t0ken", "wecena-bot")
        running.forge.add_project(
            PATH,
            labels=["good first issue", "easy", "bug"],
            languages={"Python": 9, "CSS": 1},
            members=["owner", "wecena-bot"],
        )
        yield running


@pytest.fixture
def project(forge: GitHubServer) -> Project:
    return forge.forge.find(PATH)


@pytest.fixture
def client(forge: GitHubServer, transport: Transport) -> Client:
    return connect(forge, transport)


def connect(
    forge: GitHubServer, transport: Transport, token: str | None = "t0ken", known: Mapping[str, Mark] | None = None
) -> Client:
    ref = ProjectRef(str(forge.forge.find(PATH).id), PATH)
    client = GitHub().connect(Connection(GitHub().api_url(forge.url), ref, token), transport)
    client.usage.known = known or {}
    return client


def titles(client: Client, query: IssueQuery) -> list[str]:
    return [issue.title for page in client.issues(query) for issue in page]


def test_250_issues_take_three_requests_and_an_unchanged_night_three_304s(
    forge: GitHubServer, project: Project, transport: Transport
) -> None:
    for number in range(250):
        forge.forge.add_issue(project, f"Issue {number}", labels=["easy"])
    first = connect(forge, transport)
    assert len(set(titles(first, IssueQuery(labels=("easy",))))) == 250
    assert first.usage.requests == 3
    again = connect(forge, transport, known=first.usage.marks)
    left = first.usage.rate_limit_left
    assert titles(again, IssueQuery(labels=("easy",))) == []
    assert (again.usage.requests, again.usage.unchanged) == (3, 3)
    assert again.usage.rate_limit_left == left, "a 304 is free"


def test_lists_are_one_a_label_with_open_issues_only(forge: GitHubServer, project: Project, client: Client) -> None:
    both = forge.forge.add_issue(project, "Both", labels=["easy", "good first issue"])
    forge.forge.add_issue(project, "Other", labels=["bug"])
    forge.forge.close_issue(project, forge.forge.add_issue(project, "Closed", labels=["easy"]).number)
    forge.forge.open_request(project, "A request", author="ana-k")
    assert titles(client, IssueQuery(labels=("good first issue", "easy"))) == ["Both"]
    assert client.usage.requests == 2
    assert client.issue(both.number).label_names == ("easy", "good first issue")
    rows = [issue for page in client.issues(IssueQuery()) for issue in page]
    assert {issue.title: issue.is_request for issue in rows} == {"Both": False, "Other": False, "A request": True}


def test_changes_since_hold_the_closed_ones(forge: GitHubServer, project: Project, client: Client) -> None:
    issue = forge.forge.add_issue(project, "Closed", labels=["easy"])
    forge.forge.close_issue(project, issue.number, "not_planned")
    since = issue.updated_at - timedelta(minutes=5)
    assert titles(client, IssueQuery(since=since)) == ["Closed"]


def test_facts_and_labels_are_read(client: Client) -> None:
    facts = client.facts()
    assert (facts.path, facts.is_public, facts.languages) == (PATH, True, ("Python", "CSS"))
    assert {label.name for label in client.labels()} >= {"good first issue", "easy", "bug"}


def test_a_renamed_repository_is_read_and_written_under_its_new_name(
    forge: GitHubServer, project: Project, client: Client
) -> None:
    issue = forge.forge.add_issue(project, "Here", labels=["easy"])
    forge.forge.rename(project, "halfeld/scans")
    assert titles(client, IssueQuery(labels=("easy",))) == ["Here"]
    assert client.issue(issue.number).title == "Here"
    assert client.create_comment(issue.number, "Hello").body == "Hello"
    assert client.facts().path == "halfeld/scans"


def test_a_write_finds_the_new_name_by_itself(forge: GitHubServer, project: Project, client: Client) -> None:
    issue = forge.forge.add_issue(project, "Here")
    forge.forge.rename(project, "halfeld/scans")
    client.create_comment(issue.number, "Hello")
    assert [comment.body for comment in forge.forge.issue(project, issue.number).comments] == ["Hello"]


def test_a_stranger_who_took_the_name_is_refused(forge: GitHubServer, project: Project, client: Client) -> None:
    forge.forge.rename(project, "halfeld/scans")
    forge.forge.add_project(PATH)
    with pytest.raises(NotFound):
        client.facts()


def test_one_comment_is_written_found_and_edited(forge: GitHubServer, project: Project, client: Client) -> None:
    issue = forge.forge.add_issue(project, "Here")
    forge.forge.comment(project, issue.number, "Something else", by="ana-k")
    made = client.create_comment(issue.number, "Hello <!-- mark -->")
    assert client.find_comment(issue.number, "<!-- mark -->") == made
    assert client.edit_comment(issue.number, made.external_id, "Bye <!-- mark -->").external_id == made.external_id
    assert [one.body for one in forge.forge.issue(project, issue.number).comments] == [
        "Something else",
        "Bye <!-- mark -->",
    ]


def test_only_our_own_marked_comments_are_found_and_deleted(
    forge: GitHubServer, project: Project, client: Client
) -> None:
    issue = forge.forge.add_issue(project, "Here")
    forge.forge.comment(project, issue.number, "I quote: <!-- mark -->", by="ana-k")
    first, second = (client.create_comment(issue.number, f"{n} <!-- mark -->") for n in (1, 2))
    client.create_comment(issue.number, "<!-- mark 2 -->")
    assert client.find_comments(issue.number, "<!-- mark -->") == [first, second]
    client.delete_comment(issue.number, second.external_id)
    client.delete_comment(issue.number, second.external_id)
    assert client.find_comments(issue.number, "<!-- mark -->") == [first]
    assert len(forge.forge.issue(project, issue.number).comments) == 3


def test_a_stale_list_does_not_show_what_was_just_written(
    forge: GitHubServer, project: Project, client: Client
) -> None:
    issue = forge.forge.add_issue(project, "Here")
    made = client.create_comment(issue.number, "<!-- mark -->")
    forge.stale_seconds = 5
    assert client.find_comments(issue.number, "<!-- mark -->") == []
    forge.stale_seconds = 0
    assert client.find_comments(issue.number, "<!-- mark -->") == [made]


@pytest.mark.parametrize(
    "answer",
    [Answer(502, apply_first=True), Answer(drop_after_applying=True), Answer(500, body="<html>", apply_first=True)],
)
def test_a_write_whose_answer_is_lost_is_not_repeated(
    answer: Answer, forge: GitHubServer, project: Project, client: Client
) -> None:
    issue = forge.forge.add_issue(project, "Here")
    forge.answers.program("POST", "*/comments", answer)
    with pytest.raises(Unavailable):
        client.create_comment(issue.number, "Hello <!-- mark -->")
    assert client.find_comment(issue.number, "<!-- mark -->") is not None
    assert len(forge.forge.issue(project, issue.number).comments) == 1


def test_assigning_is_read_back(forge: GitHubServer, project: Project, client: Client) -> None:
    issue = forge.forge.add_issue(project, "Here")
    forge.forge.account("ana-k")
    assert client.assign(issue.number, "ana-k") is False
    forge.forge.comment(project, issue.number, "May I?", by="ana-k")
    assert client.assign(issue.number, "ana-k") is True
    assert [actor.login for actor in client.issue(issue.number).assignees] == ["ana-k"]
    client.unassign(issue.number, "ana-k")
    assert client.issue(issue.number).assignees == ()


def test_the_comments_since_a_moment_are_read_with_their_times(
    forge: GitHubServer, project: Project, client: Client
) -> None:
    issue = forge.forge.add_issue(project, "Here")
    old = forge.forge.comment(project, issue.number, "Me too", by="joon")
    old.created_at = old.updated_at = old.created_at - timedelta(days=20)
    said = forge.forge.comment(project, issue.number, "I'll take this", by="ana-k")
    read = client.recent_remarks(issue.number, said.created_at - timedelta(days=14))
    assert [(one.external_id, one.body, one.author.login if one.author else "") for one in read] == [
        (str(said.id), "I'll take this", "ana-k")
    ]
    assert read[0].at == said.created_at.replace(microsecond=0)


def test_of_a_long_discussion_two_pages_are_read(forge: GitHubServer, project: Project, client: Client) -> None:
    issue = forge.forge.add_issue(project, "Here")
    for number in range(230):
        forge.forge.comment(project, issue.number, f"No. {number}", by="ana-k")
    before = len(forge.requests)
    read = client.recent_remarks(issue.number, issue.created_at - timedelta(days=1))
    assert (len(read), len(forge.requests) - before) == (200, 2)


def test_a_used_up_quota_says_until_when(forge: GitHubServer, client: Client) -> None:
    forge.exhaust("wecena-bot")
    with pytest.raises(RateLimited) as limit:
        client.facts()
    assert (limit.value.until.minute, limit.value.until.second) == (0, 0), "the next full hour"


def test_a_revoked_token_is_bad_credentials(forge: GitHubServer, transport: Transport) -> None:
    with pytest.raises(BadCredentials):
        connect(forge, transport, token="revoked").labels()


def test_a_read_survives_two_faults(forge: GitHubServer, client: Client) -> None:
    forge.answers.program("GET", "*/labels", Answer(502), Answer(drop_after_applying=True))
    assert client.labels()
    assert client.usage.requests == 3


def test_what_it_delivers_is_what_its_api_shows(forge: GitHubServer, project: Project, client: Client) -> None:
    seen: list[tuple[str, dict[str, object]]] = []
    forge.forge.listeners.append(lambda change: seen.extend(filter(None, [forge.payload(change)])))
    issue = forge.forge.add_issue(project, "Here", labels=["easy"], author=None, body=None)
    forge.forge.open_request(project, "Fix", body=f"Closes #{issue.number}", author="ana-k")
    source, events = GitHub(), []
    for event, body in seen:
        raw = json.dumps(body).encode()
        events.append(source.parse({"x-github-event": event}, raw))
    issues = [event for event in events if isinstance(event, IssueSeen)]
    requests = [event for event in events if isinstance(event, RequestSeen)]
    assert issues[-1].issue.external_id == client.issue(issue.number).external_id
    assert requests[-1].request.closes == (issue.number,)


def test_an_app_of_another_key_is_refused_and_its_own_is_shown(forge: GitHubServer, transport: Transport) -> None:
    manifest = app_form(
        AppWish("Wecena", "https://w.example.org", "https://w.example.org/h", "https://w.example.org/b")
    )
    made = make_app(forge.api_url, forge.apps.submit(manifest), transport)
    assert GitHubApp(forge.api_url, made.app_id, made.private_key, transport).about().app_id == made.app_id
    other = make_app(forge.api_url, forge.apps.submit(manifest), transport)
    with pytest.raises(NotFound):
        GitHubApp(forge.api_url, made.app_id, other.private_key, transport).about()
    with pytest.raises(NotFound):
        make_app(forge.api_url, "used", transport)


def test_hooks_are_found_made_repaired_and_removed_at_both_levels(
    forge: GitHubServer, project: Project, client: Client
) -> None:
    forge.forge.add_owner("halfeld", members=["wecena-bot"])
    wish = HookWish("https://w.example.org/webhooks/github/k", {"webhook_secret": "s3cr3t"})
    assert client.keeper is not None
    for level in HookLevel:
        made = client.keeper.create(wish, level)
        assert (made.missing, made.state, made.url) == ((), HookState.ACTIVE, wish.url)
        assert [hook.external_id for hook in client.keeper.hooks(level)] == [made.external_id]
        changed = client.keeper.repair(made, HookWish("https://other.example.org/k", wish.credentials))
        assert changed.url == "https://other.example.org/k"
        client.keeper.remove(made)
        client.keeper.remove(made)
        assert client.keeper.hooks(level) == []


def test_the_missing_permission_for_hooks_is_named(forge: GitHubServer, project: Project, client: Client) -> None:
    project.members.discard("wecena-bot")
    assert client.keeper is not None
    for level, name in ((HookLevel.PROJECT, "admin:repo_hook"), (HookLevel.OWNER, "admin:org_hook")):
        with pytest.raises(Forbidden, match=name):
            client.keeper.hooks(level)
