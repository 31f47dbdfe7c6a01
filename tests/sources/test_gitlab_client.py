"""What the GitLab client asks, and what it makes of the answers, the odd ones included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import pytest

from sources.base import Client, Connection, IssueQuery
from sources.errors import (
    BadCredentials,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    Rejected,
    SourceError,
    Unavailable,
)
from sources.gitlab.client import without_commands
from sources.gitlab.source import GitLab
from sources.model import Issue, ProjectRef
from sources.transport import Transport
from tests.sources.conftest import Asked, Reply, ScriptedServer

PROJECT = "/api/v4/projects/4711"
ISSUE = f"{PROJECT}/issues/17"
COMMON = {"order_by": "updated_at", "sort": "asc", "pagination": "keyset", "with_labels_details": "true"}
OPEN = {**COMMON, "state": "opened", "confidential": "false"}
TOKEN = "glpat-of-a-test"
LATER = datetime.now(UTC) + timedelta(days=1)

Connect = Callable[..., Client]


@pytest.fixture
def connect(server: ScriptedServer, transport: Transport) -> Connect:
    """A client of project 4711 at the scripted server."""

    def make(*, token: str | None = TOKEN, external_id: str | None = "4711") -> Client:
        project = ProjectRef(external_id, "halfeld/records/archive")
        return GitLab().connect(Connection(f"{server.url}/api/v4", project, token), transport)

    return make


def row(number: int = 17, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON value)
    return {
        "id": 90000 + number,
        "iid": number,
        "project_id": 4711,
        "title": f"Issue {number}",
        "description": None,
        "state": "opened",
        "created_at": "2026-10-01T07:30:00.000Z",
        "updated_at": "2026-11-02T09:00:00.123Z",
        "closed_at": None,
        "labels": [{"id": 501, "name": "good first issue", "description": "two hours"}],
        "assignees": [],
        "author": {"id": 31, "username": "mira.s"},
        "confidential": False,
        "discussion_locked": None,
        "user_notes_count": 3,
        "issue_type": "issue",
        "web_url": f"https://gitlab.example/halfeld/records/archive/-/issues/{number}",
        "time_stats": {"time_estimate": 5400, "total_time_spent": 0},
        **changes,
    }


def target(path: str, query: dict[str, str]) -> str:
    return f"GET {path}?{urlencode({**query, 'per_page': '100'})}"


def link(path: str, query: dict[str, str]) -> dict[str, str]:
    """As an instance that is known by another name outside writes it."""
    return {"Link": f'<https://outside.example{path}?{urlencode(query)}>; rel="next", <https://x.example>; rel="first"'}


def numbers(pages: list[list[Issue]]) -> list[list[int]]:
    return [[issue.number for issue in page] for page in pages]


def listed(client: Client, query: IssueQuery) -> list[list[Issue]]:
    return [list(page) for page in client.issues(query)]


def test_a_list_is_read_to_its_end_at_our_own_address(server: ScriptedServer, connect: Connect) -> None:
    query = {**OPEN, "labels": "good first issue"}
    path = f"{PROJECT}/issues"
    second = {**query, "per_page": "100", "cursor": "eyJp=="}
    third = {**second, "cursor": "eyJq"}
    server.script[target(path, query)] = Reply(200, [row(n) for n in range(1, 101)], link(path, second))
    server.script[f"GET {path}?{urlencode(second)}"] = Reply(200, [row(n) for n in range(101, 201)], link(path, third))
    server.script[f"GET {path}?{urlencode(third)}"] = Reply(200, [row(n) for n in range(201, 251)])
    client = connect()
    pages = listed(client, IssueQuery(labels=("good first issue",)))
    assert numbers(pages) == [list(range(1, 101)), list(range(101, 201)), list(range(201, 251))]
    assert client.usage.requests == len(server.asked) == 3


def test_a_row_becomes_an_issue(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {ISSUE}"] = Reply(200, row(assignees=[{"id": 32, "username": "joon"}]))
    issue = connect().issue(17)
    assert (issue.external_id, issue.number, issue.title, issue.body) == ("90017", 17, "Issue 17", "")
    assert issue.updated_at == datetime(2026, 11, 2, 9, 0, 0, 123000, UTC)
    assert [(label.name, label.external_id, label.description) for label in issue.labels] == [
        ("good first issue", "501", "two hours")
    ]
    assert [person.login for person in issue.assignees] == ["joon"]
    assert issue.author is not None
    assert (issue.author.login, issue.comments, issue.estimate_hours) == ("mira.s", 3, 1.5)
    assert not issue.is_partial


def test_each_agreed_label_is_a_list_and_each_issue_comes_once(server: ScriptedServer, connect: Connect) -> None:
    path = f"{PROJECT}/issues"
    server.script[target(path, {**OPEN, "labels": "easy"})] = Reply(200, [row(1), row(2)])
    server.script[target(path, {**OPEN, "labels": "débutant·e & co"})] = Reply(200, [row(2), row(3)])
    client = connect()
    pages = listed(client, IssueQuery(labels=("easy", "débutant·e & co")))
    assert numbers(pages) == [[1, 2], [3]]
    assert client.usage.requests == 2


def test_without_labels_there_is_one_list(server: ScriptedServer, connect: Connect) -> None:
    server.script[target(f"{PROJECT}/issues", OPEN)] = Reply(200, [])
    assert numbers(listed(connect(), IssueQuery())) == [[]]


def test_changes_are_asked_in_utc_and_a_confidential_one_comes_without_text(
    server: ScriptedServer, connect: Connect
) -> None:
    since = datetime(2026, 11, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    query = {**COMMON, "state": "all", "updated_after": "2026-11-02T10:00:00Z"}
    secret = row(2, confidential=True, title="The backup key is in the log")
    closed = row(3, state="closed", closed_at="2026-11-03T10:00:00Z", moved_to_id=77)
    server.script[target(f"{PROJECT}/issues", query)] = Reply(200, [row(1), secret, closed])
    ((first, second, third),) = listed(connect(), IssueQuery(labels=("easy",), since=since))
    assert (first.is_open, first.is_confidential) == (True, False)
    assert (second.number, second.is_confidential, second.title) == (2, True, "")
    assert (third.is_open, third.closed_as and third.closed_as.value) == (False, "not_planned")


def test_tasks_and_incidents_among_the_issues_are_left_out(server: ScriptedServer, connect: Connect) -> None:
    rows = [row(1), row(2, issue_type="task"), row(3, issue_type="incident"), row(4, issue_type=None)]
    server.script[target(f"{PROJECT}/issues", OPEN)] = Reply(200, rows)
    assert numbers(listed(connect(), IssueQuery())) == [[1, 4]]


@pytest.mark.parametrize(
    "body", [{"message": "odd"}, [1], [row(updated_at="soon")], [row(iid=None)], b"<html>maintenance</html>", b""]
)
def test_an_answer_that_is_no_list_of_issues_counts_as_a_fault_of_the_forge(
    body: object, server: ScriptedServer, connect: Connect
) -> None:
    server.script[target(f"{PROJECT}/issues", OPEN)] = Reply(200, body)
    with pytest.raises(Unavailable):
        listed(connect(), IssueQuery())


def test_a_list_that_never_ends_is_given_up(
    server: ScriptedServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.gitlab.client.MOST_PAGES", 3)
    path = f"{PROJECT}/issues"
    again = {**OPEN, "per_page": "100"}
    server.script[target(path, OPEN)] = Reply(200, [row(1)], link(path, again))
    with pytest.raises(Unavailable, match="does not end"):
        listed(connect(), IssueQuery())
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "answer",
    [
        row(confidential=True, title="The backup key is in the log"),
        row(project_id=9999),
        row(issue_type="task"),
    ],
    ids=["confidential", "of another project", "a task"],
)
def test_an_issue_that_is_not_for_us_is_not_found(
    answer: dict[str, object], server: ScriptedServer, connect: Connect
) -> None:
    server.script[f"GET {ISSUE}"] = Reply(200, answer)
    with pytest.raises(NotFound) as refused:
        connect().issue(17)
    assert "backup" not in str(refused.value)


FACTS = {
    "id": 4711,
    "path_with_namespace": "halfeld/records/archive",
    "web_url": "https://gitlab.example/halfeld/records/archive",
    "http_url_to_repo": "https://gitlab.example/halfeld/records/archive.git",
    "visibility": "public",
    "archived": False,
    "issues_enabled": True,
    "issues_access_level": "enabled",
    "default_branch": "trunk",
    "description": "Letters and minutes",
    "open_issues_count": 12,
    "last_activity_at": "2026-11-20T10:00:00.000Z",
}


def test_the_facts_of_a_project_take_two_requests(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {PROJECT}"] = Reply(200, FACTS)
    server.script[f"GET {PROJECT}/languages"] = Reply(200, {"Python": 81.2, "Shell": 18.8})
    client = connect()
    facts = client.facts()
    assert (facts.external_id, facts.path, facts.default_branch) == ("4711", "halfeld/records/archive", "trunk")
    assert facts.clone_url == "https://gitlab.example/halfeld/records/archive.git"
    assert (facts.is_public, facts.is_archived, facts.has_issues, facts.open_issues) == (True, False, True, 12)
    assert facts.languages == ("Python", "Shell")
    assert facts.pushed_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert client.usage.requests == 2


@pytest.mark.parametrize(
    ("changes", "token", "is_public", "has_issues"),
    [
        ({"visibility": "internal"}, TOKEN, False, True),
        ({"visibility": "private"}, TOKEN, False, True),
        ({"visibility": None}, TOKEN, False, True),
        ({"visibility": None, "issues_access_level": None, "issues_enabled": None}, None, True, True),
        ({"issues_access_level": "private"}, TOKEN, False, True),
        ({"issues_access_level": "disabled"}, TOKEN, True, False),
        ({"issues_access_level": None, "issues_enabled": False}, TOKEN, True, False),
    ],
)
def test_only_what_everybody_may_read_is_public(
    changes: dict[str, object],
    token: str | None,
    is_public: bool,  # noqa: FBT001 (a column of the table)
    has_issues: bool,  # noqa: FBT001 (a column of the table)
    server: ScriptedServer,
    connect: Connect,
) -> None:
    server.script[f"GET {PROJECT}"] = Reply(200, {**FACTS, **changes})
    facts = connect(token=token).facts()
    assert (facts.is_public, facts.has_issues) == (is_public, has_issues)
    assert facts.languages == (), "no access to the code is no fault"


def test_facts_without_id_are_a_fault_of_the_forge(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {PROJECT}"] = Reply(200, {"message": "hello"})
    with pytest.raises(Unavailable):
        connect().facts()


def test_a_project_of_unknown_number_is_asked_by_its_encoded_path(server: ScriptedServer, connect: Connect) -> None:
    path = "/api/v4/projects/halfeld%2Frecords%2Farchive"
    server.script[f"GET {path}"] = Reply(200, FACTS)
    assert connect(external_id=None).facts().external_id == "4711"
    assert server.targets[0] == f"GET {path}"


def test_labels_come_with_what_they_say(server: ScriptedServer, connect: Connect) -> None:
    rows = [{"id": 501, "name": "easy", "description": "an hour"}, {"id": 502, "name": "bug", "description": None}]
    server.script[target(f"{PROJECT}/labels", {})] = Reply(200, rows)
    assert [(label.name, label.external_id, label.description) for label in connect().labels()] == [
        ("easy", "501", "an hour"),
        ("bug", "502", ""),
    ]


NOTES = f"{ISSUE}/notes"
MARKER = "<!-- wecena:3f -->"


def test_our_comment_is_found_by_its_marker(server: ScriptedServer, connect: Connect) -> None:
    query = {"sort": "asc", "order_by": "created_at"}
    second = {**query, "per_page": "100", "page": "2"}
    server.script[target(NOTES, query)] = Reply(200, [{"id": 1, "body": "hello"}], link(NOTES, second))
    theirs = [{"id": 2, "body": None}, {"id": 3, "body": f"Reserved. {MARKER}"}, {"id": 4, "body": MARKER}]
    server.script[f"GET {NOTES}?{urlencode(second)}"] = Reply(200, theirs)
    found = connect().find_comment(17, MARKER)
    assert found is not None
    assert (found.external_id, found.body) == ("3", f"Reserved. {MARKER}")
    assert found.url == f"{server.url}/halfeld/records/archive/-/issues/17#note_3"
    assert connect().find_comment(17, "<!-- wecena:other -->") is None


def test_a_comment_is_written_once_and_never_as_a_command(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"POST {NOTES}"] = Reply(201, {"id": 9, "body": "Mira:\n\\/close"})
    comment = connect().create_comment(17, "Mira:\n/close")
    assert comment.external_id == "9"
    assert [asked.json for asked in server.asked] == [{"body": "Mira:\n\\/close"}]


def test_our_comment_is_replaced(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"PUT {NOTES}/9"] = Reply(200, {"id": 9, "body": "new"})
    assert connect().edit_comment(17, "9", " /assign me").body == "new"
    assert server.asked[0].json == {"body": " \\/assign me"}


@pytest.mark.parametrize(
    "reply", [Reply(500, {"message": "oops"}), Reply(502, b"Bad Gateway"), Reply(202, {"commands_changes": {}})]
)
def test_a_write_is_never_repeated(reply: Reply, server: ScriptedServer, connect: Connect) -> None:
    server.script[f"POST {NOTES}"] = reply
    client = connect()
    with pytest.raises(Unavailable):
        client.create_comment(17, "hello")
    assert len(server.asked) == client.usage.requests == 1


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("", ""),
        ("see a/b and /close here", "see a/b and /close here"),
        ("/close", "\\/close"),
        ("one\n  /label ~x\r\n\t/spend 3h\n", "one\n  \\/label ~x\r\n\t\\/spend 3h\n"),
        ("\n\n/close", "\n\n\\/close"),
    ],
)
def test_a_line_that_starts_with_a_slash_is_text(given: str, written: str) -> None:
    assert without_commands(given) == written


MIRA, JOON = {"id": 31, "username": "mira.s"}, {"id": 32, "username": "joon"}
USERS = "GET /api/v4/users?username=joon"


@pytest.mark.parametrize(
    ("before", "sent", "after", "is_assigned"),
    [
        ([], [32], [JOON], True),
        ([MIRA], [31, 32], [MIRA, JOON], True),
        ([MIRA], [31, 32], [MIRA], False),
        ([], [32], [], False),
    ],
    ids=["alone", "beside others", "free tier keeps the first", "may not read the issue"],
)
def test_an_assignment_is_believed_only_when_read_back(
    before: list[object],
    sent: list[int],
    after: list[object],
    is_assigned: bool,  # noqa: FBT001 (a column of the table)
    server: ScriptedServer,
    connect: Connect,
) -> None:
    server.script[USERS] = Reply(200, [{"id": 99, "username": "joona"}, {**JOON, "username": "Joon"}])
    server.script[f"GET {ISSUE}"] = Reply(200, row(assignees=before))
    server.script[f"PUT {ISSUE}"] = Reply(200, row(assignees=after))
    assert connect().assign(17, "joon") is is_assigned
    assert server.asked[-1].json == {"assignee_ids": sent}


def test_who_is_assigned_already_or_unknown_is_not_written(server: ScriptedServer, connect: Connect) -> None:
    server.script[USERS] = Reply(200, [JOON])
    server.script["GET /api/v4/users?username=nobody"] = Reply(200, [])
    server.script[f"GET {ISSUE}"] = Reply(200, row(assignees=[JOON]))
    assert connect().assign(17, "joon") is True
    assert connect().assign(17, "nobody") is False
    assert all(asked.method == "GET" for asked in server.asked)


@pytest.mark.parametrize(("before", "sent"), [([JOON], [0]), ([MIRA, JOON], [31])])
def test_only_the_one_assignee_is_taken_off(
    before: list[object], sent: list[int], server: ScriptedServer, connect: Connect
) -> None:
    server.script[f"GET {ISSUE}"] = Reply(200, row(assignees=before))
    server.script[f"PUT {ISSUE}"] = Reply(200, row())
    connect().unassign(17, "JOON")
    assert server.asked[-1].json == {"assignee_ids": sent}


def test_who_is_not_assigned_stays_so_without_a_write(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {ISSUE}"] = Reply(200, row(assignees=[MIRA]))
    connect().unassign(17, "joon")
    assert server.targets == [f"GET {ISSUE}"]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(400, {"error": "labels is invalid"}), Rejected),
        (Reply(401, {"message": "401 Unauthorized"}), BadCredentials),
        (Reply(403, {"message": "403 Forbidden"}), Forbidden),
        (Reply(404, {"message": "404 Issue Not Found"}), NotFound),
        (Reply(410, b""), Gone),
        (Reply(422, {"message": "no"}), Rejected),
        (Reply(429, b"Retry later\n"), RateLimited),
        (Reply(429, b"Retry later\n", {"Retry-After": "120"}), RateLimited),
        (Reply(429, b"", {"Retry-After": LATER.strftime("%a, %d %b %Y %H:%M:%S GMT")}), RateLimited),
        (Reply(304, b""), Rejected),
    ],
)
def test_a_refusal_becomes_our_error_after_one_request(
    reply: Reply, error: type[SourceError], server: ScriptedServer, connect: Connect
) -> None:
    server.script[f"GET {ISSUE}"] = reply
    server.script[f"POST {NOTES}"] = reply
    client = connect()
    with pytest.raises(error):
        client.issue(17)
    with pytest.raises(error):
        client.create_comment(17, "hello")
    assert len(server.asked) == client.usage.requests == 2


def test_a_read_is_tried_again_and_each_try_is_counted(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {ISSUE}"] = [Reply(502, b"Bad Gateway"), Reply(503, b""), Reply(200, row())]
    client = connect()
    assert client.issue(17).number == 17
    assert client.usage.requests == len(server.asked) == 3


def test_a_renamed_project_is_followed_with_the_whole_question(server: ScriptedServer, connect: Connect) -> None:
    old, new = "/api/v4/projects/halfeld%2Frecords%2Farchive/issues", f"{PROJECT}/issues"
    query = {**OPEN, "labels": "easy"}
    moved = {"Location": target(new, query).removeprefix("GET ")}
    server.script[target(old, query)] = Reply(301, b"", moved)
    server.script[target(new, query)] = Reply(200, [row(1)])
    client = connect(external_id=None)
    assert numbers(listed(client, IssueQuery(labels=("easy",)))) == [[1]]
    assert client.usage.requests == 2


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_write_that_is_sent_elsewhere_is_refused(status: int, server: ScriptedServer, connect: Connect) -> None:
    server.script[f"POST {NOTES}"] = Reply(status, b"", {"Location": "/api/v4/projects/1/issues/17/notes"})
    with pytest.raises(Rejected):
        connect().create_comment(17, "hello")
    assert len(server.asked) == 1


def test_what_is_left_of_the_rate_limit_is_noted(server: ScriptedServer, connect: Connect) -> None:
    headers = {"RateLimit-Limit": "2000", "RateLimit-Remaining": "1977", "RateLimit-Reset": "1795424400"}
    server.script[f"GET {ISSUE}"] = Reply(200, row(), headers)
    client = connect()
    client.issue(17)
    assert client.usage.rate_limit_left == 1977
    assert client.usage.rate_limit_resets_at == datetime.fromtimestamp(1795424400, UTC)


def test_the_token_is_sent_only_when_there_is_one(server: ScriptedServer, connect: Connect) -> None:
    server.script[f"GET {ISSUE}"] = lambda asked: Reply(200, row())
    connect().issue(17)
    connect(token=None).issue(17)
    assert [asked.headers.get("private-token") for asked in server.asked] == [TOKEN, None]
    assert all(asked.headers["user-agent"].startswith("wecena-connector") for asked in server.asked)


def test_no_request_is_made_before_it_is_needed(server: ScriptedServer, connect: Connect) -> None:
    connect()
    assert server.asked == []


def test_a_server_that_hangs_up_is_unavailable(server: ScriptedServer, connect: Connect) -> None:
    def hang_up(_: Asked) -> Reply:
        return Reply(200, chunks=(), headers={"Content-Length": "500"})

    server.script[f"GET {ISSUE}"] = hang_up
    with pytest.raises(Unavailable):
        connect().issue(17)
