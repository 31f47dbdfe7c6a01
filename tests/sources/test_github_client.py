"""The GitHub client against a scripted server: paging, ETags, renames, transfers, writes that happen once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from sources.base import Client, Connection, IssueQuery, Mark
from sources.errors import (
    AddressRefused,
    BadCredentials,
    Forbidden,
    NotFound,
    RateLimited,
    Rejected,
    SourceError,
    Unavailable,
)
from sources.github.source import GitHub
from sources.model import ProjectRef
from sources.transport import Transport
from tests.sources.conftest import Asked, Reply, ScriptedServer

REPO = "/repos/halfeld/archive"
OPEN = "per_page=100"


def connect(
    server: ScriptedServer,
    transport: Transport,
    *,
    token: str | None = "t0ken",
    known: Mapping[str, Mark] | None = None,
) -> Client:
    project = ProjectRef("481516", "halfeld/archive")
    client = GitHub().connect(Connection(server.url, project, token), transport)
    client.usage.known = known or {}
    return client


@pytest.fixture
def client(server: ScriptedServer, transport: Transport) -> Client:
    return connect(server, transport)


def row(number: int, **changes: object) -> dict[str, Any]:
    return {
        "id": 900000 + number,
        "number": number,
        "title": f"Issue {number}",
        "state": "open",
        "locked": False,
        "labels": [],
        "assignees": [],
        "user": {"login": "tomasz-w", "id": 7002},
        "body": None,
        "comments": 0,
        "html_url": f"https://github.com/halfeld/archive/issues/{number}",
        "repository_url": "https://api.github.com/repos/halfeld/archive",
        "created_at": "2026-10-30T08:15:00Z",
        "updated_at": "2026-11-02T09:00:00Z",
        **changes,
    }


def repository(**changes: object) -> dict[str, Any]:
    return {
        "id": 481516,
        "full_name": "halfeld/archive",
        "html_url": "https://github.com/halfeld/archive",
        "clone_url": "https://github.com/halfeld/archive.git",
        "private": False,
        "visibility": "public",
        "archived": False,
        "default_branch": "trunk",
        "description": None,
        "language": "Python",
        "open_issues_count": 12,
        "pushed_at": "2026-11-20T10:00:00Z",
        **changes,
    }


def numbers(client: Client, query: IssueQuery) -> list[int]:
    return [issue.number for page in client.issues(query) for issue in page]


def next_link(server: ScriptedServer, target: str) -> dict[str, str]:
    return {"Link": f'<{server.url}{target}>; rel="next", <{server.url}/last>; rel="last"'}


def test_open_issues_are_paged_to_the_end_with_one_request_a_page(server: ScriptedServer, client: Client) -> None:
    first, second = f"{REPO}/issues?state=open&per_page=100", "/repositories/481516/issues?after=abc"
    server.script[f"GET {first}"] = Reply(200, [row(n) for n in range(1, 101)], next_link(server, second))
    server.script[f"GET {second}"] = Reply(200, [row(101, pull_request={"url": "x"}, user=None)])
    issues = [issue for page in client.issues(IssueQuery()) for issue in page]
    assert [issue.number for issue in issues] == list(range(1, 102))
    assert issues[-1].is_request
    assert issues[-1].author is None
    assert len(server.asked) == client.usage.requests == 2


def test_pages_come_as_they_are_read(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/issues?state=open&per_page=100"] = Reply(200, [row(1)], next_link(server, "/second"))
    server.script["GET /second"] = Reply(200, [row(2)])
    pages = client.issues(IssueQuery())
    assert [issue.number for issue in next(pages)] == [1]
    assert len(server.asked) == 1


def test_each_label_is_one_list_and_an_issue_with_two_comes_once(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/issues?state=open&labels=good+first+issue&per_page=100"] = Reply(200, [row(1), row(2)])
    server.script[f"GET {REPO}/issues?state=open&labels=d%C3%A9butant&per_page=100"] = Reply(200, [row(2), row(3)])
    assert numbers(client, IssueQuery(labels=("good first issue", "débutant"))) == [1, 2, 3]
    assert len(server.asked) == 2


def test_a_label_with_a_comma_cannot_be_asked_for_alone(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/issues?state=open&per_page=100"] = Reply(200, [row(1)])
    assert numbers(client, IssueQuery(labels=("easy, really", "bug"))) == [1]


def test_changes_since_are_asked_in_utc_and_without_labels(server: ScriptedServer, client: Client) -> None:
    target = f"{REPO}/issues?state=all&sort=updated&direction=asc&since=2026-11-02T10%3A00%3A00Z&per_page=100"
    server.script[f"GET {target}"] = Reply(200, [row(4, state="closed")])
    paris = datetime(2026, 11, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert numbers(client, IssueQuery(labels=("bug",), since=paris)) == [4]


def test_reads_are_authorised_and_name_the_version(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/labels?per_page=100"] = Reply(
        200, [{"id": 1, "name": "bug", "description": None}, "old"]
    )
    assert [label.name for label in client.labels()] == ["bug", "old"]
    assert server.asked[0].headers["authorization"] == "token t0ken"
    assert server.asked[0].headers["x-github-api-version"] == "2026-03-10"
    assert "wecena" in server.asked[0].headers["user-agent"]


def test_without_a_token_nothing_is_authorised(server: ScriptedServer, transport: Transport) -> None:
    server.script[f"GET {REPO}/labels?per_page=100"] = Reply(200, [])
    assert connect(server, transport, token=None).labels() == ()
    assert "authorization" not in server.asked[0].headers


def etagged(
    server: ScriptedServer, target: str, rows: list[Any], etag: str, link: dict[str, str] | None = None
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(304, b"", {"ETag": etag})
        return Reply(200, rows, {"ETag": etag, **(link or {})})

    server.script[f"GET {target}"] = answer


def test_an_unchanged_list_costs_the_same_requests_and_yields_nothing(
    server: ScriptedServer, transport: Transport
) -> None:
    first, second = f"{REPO}/issues?state=open&per_page=100", "/repositories/481516/issues?page=2"
    etagged(server, first, [row(1)], 'W/"one"', next_link(server, second))
    etagged(server, second, [row(2)], '"two"')
    before = connect(server, transport)
    assert numbers(before, IssueQuery()) == [1, 2]
    again = connect(server, transport, known=before.usage.marks)
    assert numbers(again, IssueQuery()) == []
    assert (again.usage.requests, again.usage.unchanged) == (2, 2)
    assert again.usage.marks == before.usage.marks


def test_behind_an_unchanged_page_a_changed_one_is_read(server: ScriptedServer, transport: Transport) -> None:
    first, second = f"{REPO}/issues?state=open&per_page=100", "/repositories/481516/issues?page=2"
    etagged(server, first, [row(1)], '"one"', next_link(server, second))
    etagged(server, second, [row(2)], '"two"')
    before = connect(server, transport)
    assert numbers(before, IssueQuery()) == [1, 2]
    etagged(server, second, [row(2), row(3)], '"three"')
    assert numbers(connect(server, transport, known=before.usage.marks), IssueQuery()) == [2, 3]


def test_the_rate_limit_is_accounted(server: ScriptedServer, client: Client) -> None:
    headers = {"X-RateLimit-Remaining": "4987", "X-RateLimit-Reset": "1795338000"}
    server.script[f"GET {REPO}/issues/7"] = Reply(200, row(7), headers)
    client.issue(7)
    assert client.usage.rate_limit_left == 4987
    assert client.usage.rate_limit_resets_at == datetime.fromtimestamp(1795338000, UTC)


def test_a_next_page_elsewhere_is_not_read(server: ScriptedServer, client: Client) -> None:
    link = {"Link": '<https://evil.example/issues?page=2>; rel="next"'}
    server.script[f"GET {REPO}/issues?state=open&per_page=100"] = Reply(200, [row(1)], link)
    with pytest.raises(AddressRefused):
        numbers(client, IssueQuery())


def test_pages_that_go_in_a_circle_end(server: ScriptedServer, client: Client) -> None:
    target = f"{REPO}/issues?state=open&per_page=100"
    server.script[f"GET {target}"] = Reply(200, [row(1)], next_link(server, target))
    assert numbers(client, IssueQuery()) == [1]


def test_a_renamed_repository_is_followed_with_the_whole_question(server: ScriptedServer, client: Client) -> None:
    old = f"{REPO}/issues?state=open&labels=bug&per_page=100"
    server.script[f"GET {old}"] = Reply(301, b"", {"Location": f"{server.url}/repositories/481516/issues"})
    server.script["GET /repositories/481516/issues?state=open&labels=bug&per_page=100"] = Reply(200, [row(1)])
    server.script[f"GET {REPO}"] = Reply(301, b"", {"Location": "/repositories/481516"})
    server.script["GET /repositories/481516"] = Reply(200, repository(full_name="halfeld/scans"))
    assert numbers(client, IssueQuery(labels=("bug",))) == [1]
    renamed = row(1, repository_url="https://api.github.com/repos/halfeld/scans")
    server.script["GET /repos/halfeld/scans/issues/1"] = Reply(200, renamed)
    assert client.issue(1).number == 1, "the new name is used from then on"


def test_a_name_taken_over_by_a_stranger_is_not_found(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}"] = Reply(200, repository(id=666))
    with pytest.raises(NotFound, match="another repository"):
        client.facts()


def test_a_redirect_into_a_strangers_repository_yields_nothing(server: ScriptedServer, client: Client) -> None:
    old = f"{REPO}/issues?state=open&per_page=100"
    server.script[f"GET {old}"] = Reply(301, b"", {"Location": "/repositories/666/issues?state=open&per_page=100"})
    server.script["GET /repositories/666/issues?state=open&per_page=100"] = Reply(200, [row(1)])
    server.script[f"GET {REPO}"] = Reply(301, b"", {"Location": "/repositories/666"})
    server.script["GET /repositories/666"] = Reply(200, repository(id=666, full_name="stranger/archive"))
    with pytest.raises(NotFound):
        numbers(client, IssueQuery())


def test_a_transferred_issue_is_not_found_here(server: ScriptedServer, client: Client) -> None:
    elsewhere = row(5, repository_url="https://api.github.com/repos/halfeld/viewer")
    server.script[f"GET {REPO}/issues/7"] = Reply(301, b"", {"Location": "/repositories/99/issues/5"})
    server.script["GET /repositories/99/issues/5"] = Reply(200, elsewhere)
    with pytest.raises(NotFound, match="moved"):
        client.issue(7)
    server.script["GET /repositories/99/issues/5"] = Reply(200, {**elsewhere, "number": 7})
    server.script[f"GET {REPO}"] = Reply(200, repository())
    with pytest.raises(NotFound, match="moved"):
        client.issue(7)


def test_facts_are_read(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}"] = Reply(200, repository(archived=True, has_issues=False))
    server.script[f"GET {REPO}/languages"] = Reply(200, {"Python": 9000, "CSS": 120})
    facts = client.facts()
    assert (facts.external_id, facts.path, facts.default_branch) == ("481516", "halfeld/archive", "trunk")
    assert (facts.is_public, facts.is_archived, facts.has_issues) == (True, True, False)
    assert facts.languages == ("Python", "CSS")
    assert facts.pushed_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_where_languages_are_not_told_the_main_one_is_taken(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}"] = Reply(200, repository())
    assert client.facts().languages == ("Python",)


def test_the_oldest_comment_with_the_marker_is_found(server: ScriptedServer, client: Client) -> None:
    first, second = f"{REPO}/issues/7/comments?per_page=100", "/comments2"
    comment = {"html_url": "https://github.com/c", "created_at": "2026-11-02T09:00:00Z"}
    server.script[f"GET {first}"] = Reply(200, [{"id": 1, "body": None, **comment}], next_link(server, second))
    server.script[f"GET {second}"] = Reply(200, [{"id": n, "body": f"{n} <!-- m -->", **comment} for n in (2, 3)])
    found = client.find_comment(7, "<!-- m -->")
    assert found is not None
    assert (found.external_id, found.body) == ("2", "2 <!-- m -->")
    assert client.find_comment(7, "<!-- other -->") is None


def test_a_comment_is_created_and_edited(server: ScriptedServer, client: Client) -> None:
    server.script[f"POST {REPO}/issues/7/comments"] = Reply(
        201, {"id": 31, "html_url": "https://x/31", "body": "Hello"}
    )
    server.script[f"PATCH {REPO}/issues/comments/31"] = Reply(
        200, {"id": 31, "html_url": "https://x/31", "body": "Bye"}
    )
    assert client.create_comment(7, "Hello").external_id == "31"
    assert client.edit_comment(7, "31", "Bye").body == "Bye"
    assert [asked.json for asked in server.asked] == [{"body": "Hello"}, {"body": "Bye"}]
    assert {asked.headers["authorization"] for asked in server.asked} == {"token t0ken"}
    assert {asked.headers["x-github-api-version"] for asked in server.asked} == {"2026-03-10"}
    assert client.usage.requests == 2


WRITE_FAILURES: list[tuple[Reply, type[SourceError]]] = [
    (Reply(401, {"message": "Bad credentials"}), BadCredentials),
    (Reply(403, {"message": "Resource not accessible"}, {"X-Accepted-GitHub-Permissions": "issues=write"}), Forbidden),
    (Reply(403, {"message": "You have exceeded a secondary rate limit"}), RateLimited),
    (Reply(404, {"message": "Not Found"}), NotFound),
    (Reply(410, {"message": "Issues are disabled"}), NotFound),
    (Reply(422, {"message": "Validation Failed"}), Rejected),
    (Reply(429, b"Retry later"), RateLimited),
    (Reply(500, b"<html>"), Unavailable),
    (Reply(502, {"message": "Server Error"}), Unavailable),
    (Reply(201, b"<html>"), Unavailable),
    (Reply(201, b'{"id": '), Unavailable),
    (Reply(201, []), Unavailable),
    (Reply(201, {"id": "x"}), Unavailable),
    (Reply(201, {}), Unavailable),
]


@pytest.mark.parametrize(("reply", "error"), WRITE_FAILURES)
def test_a_failed_write_is_never_repeated(
    reply: Reply, error: type[SourceError], server: ScriptedServer, client: Client
) -> None:
    server.script[f"POST {REPO}/issues/7/comments"] = reply
    with pytest.raises(error):
        client.create_comment(7, "Hello")
    assert server.targets == [f"POST {REPO}/issues/7/comments"]


def test_a_write_to_a_renamed_repository_goes_to_its_new_name(server: ScriptedServer, client: Client) -> None:
    server.script[f"POST {REPO}/issues/7/comments"] = Reply(307, {"message": "Moved"}, {"Location": "/somewhere"})
    server.script[f"GET {REPO}"] = Reply(301, b"", {"Location": "/repositories/481516"})
    server.script["GET /repositories/481516"] = Reply(200, repository(full_name="halfeld/scans"))
    written = Reply(201, {"id": 31, "html_url": "https://x/31", "body": "Hello"})
    server.script["POST /repos/halfeld/scans/issues/7/comments"] = written
    assert client.create_comment(7, "Hello").external_id == "31"


def test_a_write_is_not_sent_to_a_stranger_who_took_the_name(server: ScriptedServer, client: Client) -> None:
    server.script[f"POST {REPO}/issues/7/comments"] = Reply(301, b"", {"Location": "/somewhere"})
    server.script[f"GET {REPO}"] = Reply(200, repository(id=666, full_name="stranger/archive"))
    with pytest.raises(NotFound):
        client.create_comment(7, "Hello")
    assert [target for target in server.targets if target.startswith("POST")] == [f"POST {REPO}/issues/7/comments"]


def test_a_write_to_a_transferred_issue_is_not_found(server: ScriptedServer, client: Client) -> None:
    server.script[f"POST {REPO}/issues/7/comments"] = Reply(301, b"", {"Location": "/repositories/99/issues/5"})
    server.script[f"GET {REPO}"] = Reply(200, repository())
    with pytest.raises(SourceError):
        client.create_comment(7, "Hello")
    assert server.targets[-1] == f"GET {REPO}"


def test_a_person_who_can_be_assigned_is_assigned(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/issues/7/assignees/Ana-K"] = Reply(204)
    assigned = row(7, assignees=[{"login": "ana-k", "id": 1, "url": "https://x/ana-k"}])
    server.script[f"POST {REPO}/issues/7/assignees"] = Reply(201, assigned)
    assert client.assign(7, "Ana-K") is True
    assert server.asked[-1].json == {"assignees": ["Ana-K"]}


def test_an_assignment_that_github_ignores_is_noticed(server: ScriptedServer, client: Client) -> None:
    server.script[f"GET {REPO}/issues/7/assignees/ana-k"] = Reply(204)
    server.script[f"POST {REPO}/issues/7/assignees"] = Reply(201, row(7))
    assert client.assign(7, "ana-k") is False


def test_a_person_who_cannot_be_assigned_is_not_written(server: ScriptedServer, client: Client) -> None:
    assert client.assign(7, "ana-k") is False
    assert [target for target in server.targets if target.startswith("POST")] == []


def test_a_person_is_unassigned(server: ScriptedServer, client: Client) -> None:
    server.script[f"DELETE {REPO}/issues/7/assignees"] = Reply(200, row(7))
    client.unassign(7, "ana-k")
    assert server.asked[-1].json == {"assignees": ["ana-k"]}


@pytest.mark.parametrize("body", [{"message": "odd"}, "text", [{"number": 1}], [7], b"<html>"])
def test_a_list_that_breaks_githubs_schema_is_githubs_fault(
    body: object, server: ScriptedServer, client: Client
) -> None:
    server.script[f"GET {REPO}/issues?state=open&per_page=100"] = Reply(200, body)
    with pytest.raises(Unavailable):
        numbers(client, IssueQuery())


def test_one_label_list_without_rights_says_which_right(server: ScriptedServer, client: Client) -> None:
    refused = Reply(403, {"message": "no"}, {"X-Accepted-GitHub-Permissions": "issues=read"})
    server.script[f"GET {REPO}/labels?per_page=100"] = refused
    with pytest.raises(Forbidden, match="issues=read"):
        client.labels()
