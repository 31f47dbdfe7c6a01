"""The simulated GitHub answers as GitHub does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests

from connector.demo.forges.answers import Answer
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.model import Project
from tests.fakes import FakeClock

AUTHORISED = {"Authorization": "Bearer t"}


@pytest.fixture
def project(github: GitHubServer) -> Project:
    return github.forge.add_project("asso/site", labels=("bug", "good first issue"), languages={"Python": 900})


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers={**AUTHORISED, **headers}, timeout=5)


def numbers(answer: requests.Response) -> list[int]:
    return [row["number"] for row in answer.json()]


def test_open_issues_come_newest_first_with_requests_among_them(github: GitHubServer, project: Project) -> None:
    github.forge.add_issue(project, "one")
    github.forge.close_issue(project, github.forge.add_issue(project, "two").number)
    github.forge.open_request(project, "three", author="ana")
    rows = get(f"{github.url}/repos/asso/site/issues").json()
    assert [(row["number"], "pull_request" in row) for row in rows] == [(3, True), (1, False)]


def test_several_labels_are_all_needed(github: GitHubServer, project: Project) -> None:
    github.forge.add_issue(project, "one", labels=("bug",))
    github.forge.add_issue(project, "both", labels=("bug", "good first issue"))
    assert numbers(get(f"{github.url}/repos/asso/site/issues?labels=Bug,good first issue")) == [2]


def test_since_shows_what_changed_closed_ones_too(github: GitHubServer, project: Project, clock: FakeClock) -> None:
    for title in ("one", "two"):
        github.forge.add_issue(project, title)
    since = clock.advance(hours=1).strftime("%Y-%m-%dT%H:%M:%SZ")
    github.forge.close_issue(project, 1, "not_planned")
    rows = get(f"{github.url}/repos/asso/site/issues?state=all&since={since}").json()
    assert [(row["number"], row["state_reason"]) for row in rows] == [(1, "not_planned")]


def test_next_pages_are_named_by_the_repositorys_number(github: GitHubServer, project: Project) -> None:
    for number in range(5):
        github.forge.add_issue(project, str(number))
    seen, url = [], f"{github.api_url}/repos/asso/site/issues?per_page=2&direction=asc"
    while url:
        answer = get(url)
        seen += numbers(answer)
        url = answer.links.get("next", {}).get("url", "")
        assert not url or urlsplit(url).path == f"/api/v3/repositories/{project.id}/issues"
    assert seen == [1, 2, 3, 4, 5]


def test_an_unchanged_answer_is_304_and_free_for_this_token_only(github: GitHubServer, project: Project) -> None:
    url = f"{github.url}/repos/asso/site"
    first = get(url)
    again = get(url, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["x-ratelimit-used"] == first.headers["x-ratelimit-used"] == "1"
    stranger = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert stranger.status_code == 200


def test_a_renamed_repository_redirects_reads_with_their_query(github: GitHubServer, project: Project) -> None:
    github.forge.rename(project, "asso/nouveau")
    answer = requests.get(f"{github.url}/repos/asso/site/issues?state=all", timeout=5, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{github.url}/repositories/{project.id}/issues?state=all"
    write = requests.post(f"{github.url}/repos/asso/site/issues/1/comments", timeout=5, allow_redirects=False)
    assert write.status_code == 307


@pytest.mark.parametrize(
    ("headers", "path", "status"),
    [
        ({"Authorization": "Bearer wrong"}, "/repos/asso/site", 401),
        ({"X-GitHub-Api-Version": "1999-01-01"}, "/repos/asso/site", 400),
        ({}, "/repos/asso/nothing", 404),
        ({}, "/repos/asso/hidden", 404),
        (AUTHORISED, "/repos/asso/hidden", 200),
        ({}, "/repos/asso/site/issues/99", 404),
        ({}, "/repos/asso/site/issues/none", 404),
        ({}, "/repos/asso/site/issues?state=odd", 400),
        ({}, "/repos/asso/silent/issues", 410),
    ],
)
def test_what_cannot_be_read_is_refused(
    github: GitHubServer, project: Project, headers: dict[str, str], path: str, status: int
) -> None:
    github.forge.add_project("asso/hidden", is_private=True)
    github.forge.add_project("asso/silent").has_issues = False
    assert requests.get(github.url + path, headers=headers, timeout=5).status_code == status


def test_only_the_newest_version_has_no_single_assignee(github: GitHubServer, project: Project) -> None:
    github.forge.add_issue(project, "one", assignees=("ana",))
    url = f"{github.url}/repos/asso/site/issues/1"
    assert get(url).json()["assignee"]["login"] == "ana"
    row = get(url, **{"X-GitHub-Api-Version": "2026-03-10"}).json()
    assert "assignee" not in row
    assert row["assignees"][0]["login"] == "ana"


def test_whoever_may_not_be_assigned_is_left_out_silently(github: GitHubServer, project: Project) -> None:
    github.forge.add_issue(project, "one")
    url = f"{github.url}/repos/asso/site/issues/1/assignees"
    answer = requests.post(url, json={"assignees": ["ana"]}, headers=AUTHORISED, timeout=5)
    assert (answer.status_code, answer.json()["assignees"]) == (201, [])
    assert get(f"{url}/ana").status_code == 404
    github.forge.comment(project, 1, "I would like to", by="ana")
    assert get(f"{url}/ana").status_code == 204
    answer = requests.post(url, json={"assignees": ["ana"]}, headers=AUTHORISED, timeout=5)
    assert [one["login"] for one in answer.json()["assignees"]] == ["ana"]


def test_a_used_up_quota_is_403_with_nothing_remaining(github: GitHubServer, project: Project) -> None:
    github.exhaust("mainteneuse")
    answer = get(f"{github.url}/repos/asso/site")
    assert (answer.status_code, answer.headers["x-ratelimit-remaining"]) == (403, "0")
    github.restore()
    assert get(f"{github.url}/repos/asso/site").status_code == 200


def test_a_programmed_answer_is_given_once(github: GitHubServer, project: Project) -> None:
    github.answers.program("GET", "/repos/*", Answer(502, {"Retry-After": "3"}, "oops"))
    url = f"{github.url}/repos/asso/site"
    first = get(url)
    assert (first.status_code, first.text, first.headers["Retry-After"]) == (502, "oops", "3")
    assert get(url).status_code == 200
    assert [one.status for one in github.requests] == [502, 200]


@pytest.mark.parametrize("answer", [Answer(502, apply_first=True), Answer(drop_after_applying=True)])
def test_an_answer_may_be_lost_after_the_call_took_effect(
    github: GitHubServer, project: Project, answer: Answer
) -> None:
    issue = github.forge.add_issue(project, "one")
    github.answers.program("POST", "*/comments", answer)
    try:
        requests.post(
            f"{github.url}/repos/asso/site/issues/1/comments", json={"body": "hello"}, headers=AUTHORISED, timeout=5
        )
    except requests.ConnectionError:
        assert answer.drop_after_applying
    assert [one.body for one in issue.comments] == ["hello"]
    assert github.requests[-1].status == (0 if answer.drop_after_applying else 502)


def test_comments_are_written_edited_and_refused(github: GitHubServer, project: Project) -> None:
    github.forge.add_issue(project, "one")
    url = f"{github.url}/repos/asso/site/issues/1/comments"
    assert requests.post(url, json={"body": "hello"}, timeout=5).status_code == 401
    assert requests.post(url, json={"body": " "}, headers=AUTHORISED, timeout=5).status_code == 422
    made = requests.post(url, json={"body": "hello"}, headers=AUTHORISED, timeout=5).json()
    edited = requests.patch(made["url"], json={"body": "bye"}, headers=AUTHORISED, timeout=5)
    assert (edited.status_code, get(url).json()[0]["body"]) == (200, "bye")
    github.forge.archive(project)
    assert requests.post(url, json={"body": "late"}, headers=AUTHORISED, timeout=5).status_code == 403


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/asso/site", 200, "asso/site"),
        ("/asso/site/issues/1", 200, "&lt;b&gt;one"),
        ("/asso/site/pull/2", 200, "three"),
        ("/asso/site/issues/9", 404, ""),
        ("/asso/hidden", 404, ""),
    ],
)
def test_people_find_a_plain_page(github: GitHubServer, project: Project, path: str, status: int, text: str) -> None:
    github.forge.add_project("asso/hidden", is_private=True)
    github.forge.add_issue(project, "<b>one", labels=("bug",))
    github.forge.open_request(project, "three", author="ana")
    answer = get(github.url + path)
    assert (answer.status_code, text in answer.text) == (status, True)


def test_a_merged_request_closes_its_issues(github: GitHubServer, project: Project) -> None:
    issue = github.forge.add_issue(project, "one")
    request = github.forge.open_request(project, "Fix it", author="ana", closes=(issue.number,))
    github.forge.merge_request(project, request.number)
    row = get(f"{github.url}/repos/asso/site/issues/1").json()
    assert (row["state"], row["state_reason"]) == ("closed", "completed")
    assert get(f"{github.url}/repos/asso/site/pulls/2").json()["merged"] is True
