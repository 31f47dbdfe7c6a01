"""The Forgejo client against a small server with the habits of the real one, and against recorded lists."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sources.base import Client, Connection, IssueQuery, Undelivered
from sources.errors import BadCredentials, Forbidden, NotFound, RateLimited, SourceError, Unavailable
from sources.forgejo.source import Forgejo
from sources.model import ProjectRef, RequestState
from sources.times import iso
from sources.transport import Transport
from tests.sources.conftest import Asked, Reply, ScriptedServer, running
from tests.sources.small_forgejo import EASY, HELP, ME, START, SmallForgejo

DATA = os.environ.get("WECENA_TEST_DATA")


@pytest.fixture
def forge() -> Iterator[SmallForgejo]:
    """The server, running."""
    made = SmallForgejo()
    with running(made):
        yield made


@pytest.fixture
def client(forge: SmallForgejo, transport: Transport) -> Client:
    return connect(forge, transport)


def connect(
    forge: ScriptedServer, transport: Transport, *, token: str | None = "good", external_id: str | None = "531"
) -> Client:
    return Forgejo().connect(
        Connection(f"{forge.url}/api/v1", ProjectRef(external_id, "halfeld/archive"), token), transport
    )


def numbers(client: Client, query: IssueQuery) -> list[int]:
    return [issue.number for page in client.issues(query) for issue in page]


@pytest.mark.parametrize(
    ("rows", "most", "requests"), [(0, 50, 1), (1, 50, 1), (50, 50, 1), (51, 50, 2), (101, 50, 3), (25, 10, 3)]
)
def test_a_list_costs_one_request_a_page_and_every_row_comes_once(
    rows: int, most: int, requests: int, forge: SmallForgejo, client: Client
) -> None:
    """An operator may allow fewer rows than are asked for."""
    forge.most = most
    for number in range(rows):
        forge.add(f"Issue {number}", EASY)
    assert sorted(numbers(client, IssueQuery((EASY,)))) == list(range(1, rows + 1))
    assert client.usage.requests == len(forge.asked) == requests


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((), [1, 2, 3, 4]),
        (("easy",), [1, 2]),
        ((EASY, "easy"), [1, 2, 3]),
        ((HELP,), [3]),
        (("EASY",), [1, 2]),
        (("no such label",), []),
        (("easy", "a, b"), [1, 2]),
    ],
)
def test_a_label_that_the_forge_does_not_know_is_no_reason_to_offer_everything(
    labels: tuple[str, ...], expected: list[int], forge: SmallForgejo, client: Client
) -> None:
    forge.add("Easy", "easy")
    forge.add("Both", EASY, "easy")
    forge.add("An organisation's label", HELP, EASY)
    forge.add("None")
    forge.add("Closed", EASY, "easy", HELP, state="closed")
    assert sorted(numbers(client, IssueQuery(labels))) == expected


def test_changes_since_a_moment_include_closed_ones(forge: SmallForgejo, client: Client) -> None:
    forge.add("Old", EASY)
    forge.add("Changed", minutes=10)
    forge.add("Closed", minutes=11, state="closed")
    assert sorted(numbers(client, IssueQuery((EASY,), START + timedelta(minutes=10)))) == [2, 3]


def test_facts_and_labels_with_those_of_the_organisation(forge: SmallForgejo, client: Client) -> None:
    facts = client.facts()
    assert (facts.external_id, facts.path, facts.is_public, facts.has_issues) == ("531", "halfeld/archive", True, True)
    assert (facts.languages, facts.default_branch, facts.open_issues) == (("Python", "Shell"), "trunk", 3)
    assert [label.name for label in client.labels()] == [EASY, "easy", HELP]
    forge.script["GET /api/v1/orgs/halfeld/labels?limit=50&page=1"] = Reply(404, {})
    assert [label.name for label in client.labels()] == [EASY, "easy"]


def test_labels_beyond_the_first_page_are_read_although_no_link_leads_there(
    forge: SmallForgejo, client: Client
) -> None:
    forge.labels = [f"label {number}" for number in range(120)]
    assert len(client.labels()) == 121


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"private": True}, {"is_public": False}),
        ({"internal": True}, {"is_public": False}),
        ({"private": None}, {"is_public": False}),
        ({"archived": True}, {"is_archived": True}),
        ({"has_issues": False}, {"has_issues": False}),
        ({"external_tracker": {"external_tracker_url": "https://bugs.example"}}, {"has_issues": False}),
    ],
)
def test_what_keeps_a_repository_from_being_offered(
    said: dict[str, Any], expected: dict[str, bool], forge: SmallForgejo, client: Client
) -> None:
    """S3."""
    forge.repository = said
    facts = client.facts()
    assert {name: getattr(facts, name) for name in expected} == expected


def test_a_comment_is_found_again_edited_and_deleted(forge: SmallForgejo, client: Client) -> None:
    forge.add("One")
    made = client.create_comment(1, "Reserved. <!-- wecena:7 -->")
    found = client.find_comment(1, "<!-- wecena:7 -->")
    assert found is not None
    assert found.external_id == made.external_id
    assert client.edit_comment(1, made.external_id, "Free. <!-- wecena:7 -->").body == "Free. <!-- wecena:7 -->"
    assert client.find_comment(1, "wecena:8") is None
    client.delete_comment(1, made.external_id)
    client.delete_comment(1, made.external_id)
    assert forge.comments[1] == []


def test_only_our_own_comments_are_swept_oldest_first(forge: SmallForgejo, client: Client) -> None:
    """R3: a stranger's comment that quotes our marker is not ours to delete."""
    forge.comments[1] = [
        {"id": 12, "user": ME, "body": "second wecena:7"},
        {"id": 11, "user": {"id": 1, "login": "mira"}, "body": "> wecena:7"},
        {"id": 10, "user": ME, "body": "first wecena:7"},
        {"id": 13, "user": ME, "body": "third wecena:7"},
        {"id": 14, "user": None, "body": "wecena:7"},
    ]
    assert [comment.external_id for comment in client.find_comments(1, "wecena:7")] == ["10", "12", "13"]
    assert forge.targets.count("GET /api/v1/user") == 1


def test_the_comments_since_a_moment_are_asked_for(forge: SmallForgejo, client: Client) -> None:
    forge.comments[1] = [
        {"id": 12, "user": {"id": 1, "login": "mira"}, "body": "I'll take this", "created_at": iso(START)}
    ]
    (read,) = client.recent_remarks(1, START - timedelta(days=14))
    assert (read.external_id, read.author and read.author.login, read.at) == ("12", "mira", START)
    assert parse_qs(urlsplit(forge.targets[-1]).query)["since"] == [iso(START - timedelta(days=14))]


def test_a_write_is_never_repeated(forge: SmallForgejo, client: Client) -> None:
    """R3: the forge may have carried it out."""
    forge.script["POST /api/v1/repos/halfeld/archive/issues/1/comments"] = Reply(502, b"bad gateway")
    with pytest.raises(Unavailable):
        client.create_comment(1, "Reserved.")
    assert len(forge.asked) == 1


def test_assigning_adds_to_those_who_are_there(forge: SmallForgejo, client: Client) -> None:
    issue = forge.add("One", assignees=[{"id": 2, "login": "joon"}])
    assert client.assign(1, "mira") is True
    assert [one["login"] for one in issue["assignees"]] == ["joon", "mira"]
    asked = len(forge.asked)
    assert client.assign(1, "mira") is True
    assert not [one for one in forge.asked[asked:] if one.method == "PATCH"], "nothing to change"
    client.unassign(1, "joon")
    client.unassign(1, "joon")
    assert [one["login"] for one in issue["assignees"]] == ["mira"]
    client.unassign(1, "mira")
    assert issue["assignees"] is None


def test_nobody_is_assigned_whom_the_forge_does_not_take(forge: SmallForgejo, client: Client) -> None:
    """It answers 500 to a name it does not know, and 201 to a change that we may not make."""
    forge.add("One")
    assert client.assign(1, "nobody-at-all") is False
    assert not [asked for asked in forge.asked if asked.method == "PATCH"]
    forge.may_write = False
    assert client.assign(1, "mira") is False


def test_a_renamed_repository_is_read_and_written_under_its_new_name(
    forge: SmallForgejo, client: Client, transport: Transport
) -> None:
    forge.add("One", "easy")
    forge.former, forge.path = forge.path, "halfeld/papers"
    assert client.facts().path == "halfeld/papers"
    fresh = connect(forge, transport)
    assert numbers(fresh, IssueQuery(("easy",))) == [1]
    fresh.create_comment(1, "Reserved.")
    assert [asked.target for asked in forge.asked if asked.method == "POST"] == [
        "/api/v1/repos/halfeld/archive/issues/1/comments",
        "/api/v1/repos/halfeld/papers/issues/1/comments",
    ]
    assert len(forge.comments[1]) == 1


def test_a_stranger_who_took_over_the_name_is_not_believed(forge: SmallForgejo, client: Client) -> None:
    forge.number = 999
    forge.add("A stranger's", EASY)
    for ask in (client.facts, lambda: numbers(client, IssueQuery()), lambda: client.issue(1)):
        with pytest.raises(NotFound, match="another repository"):
            ask()
    with pytest.raises(NotFound):
        client.assign(1, "mira")
    assert not [asked for asked in forge.asked if asked.method != "GET"]


def test_pull_requests_are_read_by_their_last_change(forge: SmallForgejo, client: Client) -> None:
    for number in range(1, 121):
        forge.pulls.append(
            {
                "id": number, "number": number, "title": f"Pull {number}", "body": "Fixes #7", "state": "open",
                "html_url": f"{forge.url}/halfeld/archive/pulls/{number}", "user": {"id": 1, "login": "mira"},
                "updated_at": iso(START + timedelta(minutes=number)), "merged": number == 120,
                "base": {"repo": forge.facts()},
            }
        )  # fmt: skip
    found = [request for page in client.requests(START + timedelta(minutes=71)) for request in page]
    assert [request.number for request in found] == list(range(120, 70, -1))
    assert (found[0].state, found[0].closes) == (RequestState.MERGED, (7,))
    assert len(forge.asked) == 2
    assert client.request(5).number == 5
    with pytest.raises(NotFound):
        client.request(500)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(401, {"message": "token is required"}), BadCredentials),
        (Reply(403, {"message": "token does not have the scope"}), Forbidden),
        (Reply(404, {"message": "not found"}), NotFound),
        (Reply(429, b"slow down", {"Retry-After": "30"}), RateLimited),
        (Reply(500, {"message": ""}), Unavailable),
        (Reply(200, b"<html>maintenance</html>"), Unavailable),
        (Reply(200, {"message": "no list"}), Unavailable),
        (Reply(200, [{"id": 1}]), Unavailable),
    ],
)
def test_each_refusal_is_one_of_our_errors(
    reply: Reply, error: type[SourceError], forge: SmallForgejo, client: Client
) -> None:
    forge.script["GET /api/v1/repos/halfeld/archive/issues?type=issues&state=open&limit=50&page=1"] = reply
    with pytest.raises(error):
        numbers(client, IssueQuery())


def test_who_failed_to_be_told_cannot_be_asked(client: Client) -> None:
    with pytest.raises(Forbidden):
        client.undelivered("https://wecena.example/webhooks/forgejo/k")
    with pytest.raises(Forbidden):
        client.redeliver(Undelivered(1, "d", "h"))


def test_the_token_goes_with_every_request_and_strangers_read_without(
    forge: SmallForgejo, client: Client, transport: Transport
) -> None:
    """S6."""
    forge.add("One")
    client.issue(1)
    assert connect(forge, transport, token=None, external_id=None).issue(1).title == "One"
    assert [asked.headers.get("authorization") for asked in forge.asked] == ["token good", None]
    with pytest.raises(BadCredentials):
        connect(forge, transport, token="expired").issue(1)


# --- recorded answers ---------------------------------------------------------------------------------------------


def recorded(test: str) -> list[dict[str, Any]]:
    (file,) = Path(DATA or "", "recorded", "rest", "forgejo").glob(f"*{test}__ogr.json")
    exchanges: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["exchanges"]
    return exchanges


class Replay(ScriptedServer):
    """Answers with a recorded list, whatever else is asked for than its page."""

    def __init__(self, exchanges: list[dict[str, Any]]) -> None:
        super().__init__()
        self.pages = {
            parse_qs(urlsplit(each["request"]["url"]).query).get("page", ["1"])[0]: each["response"]
            for each in exchanges
            if isinstance(each["response"]["body"], list)
        }

    def answer(self, asked: Asked) -> Reply:
        """The recorded page, with its headers."""
        self.asked.append(asked)
        response = self.pages[parse_qs(urlsplit(asked.target).query)["page"][0]]
        headers = {name: value for name, value in response["headers"].items() if name in ("link", "x-total-count")}
        return Reply(response["status"], response["body"], headers)


@pytest.mark.skipif(not DATA, reason="WECENA_TEST_DATA is not set")
@pytest.mark.parametrize(
    ("test", "issues", "requests"), [("test_list_contains_only_issues", 144, 5), ("test_get_issue_list", 107, 4)]
)
def test_a_recorded_list_is_read_whole(test: str, issues: int, requests: int, transport: Transport) -> None:
    """Its links bear another server's name, and its pages are shorter than those that are asked for."""
    server = Replay(recorded(test))
    with running(server):
        client = connect(server, transport, external_id=None)
        found = [issue for page in client.issues(IssueQuery()) for issue in page]
    assert (len(found), len({issue.number for issue in found}), len(server.asked)) == (issues, issues, requests)
    assert not any(issue.is_request or issue.is_partial for issue in found)


@pytest.mark.skipif(not DATA, reason="WECENA_TEST_DATA is not set")
def test_recorded_comments_are_found_by_their_text(transport: Transport) -> None:
    server = Replay(recorded("Comments.test_issue_comments"))
    with running(server):
        found = connect(server, transport, external_id=None).find_comment(244, "/packit test-comment")
    assert found is not None
    assert found.url.endswith(f"issues/244#issuecomment-{found.external_id}")
    assert len(server.asked) == 1
