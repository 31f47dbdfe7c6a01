"""The simulated GitLab answers as GitLab does."""

from __future__ import annotations

import pytest
import requests

from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project

MEMBER = {"PRIVATE-TOKEN": "t"}
KEYSET = "pagination=keyset&order_by=updated_at&sort=asc"


@pytest.fixture
def project(gitlab: GitLabServer) -> Project:
    return gitlab.forge.add_project("asso/outils/carte", labels=("bug", "débutant"), languages={"PHP": 300, "CSS": 100})


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=5)


def test_a_project_is_found_by_number_and_by_encoded_path(gitlab: GitLabServer, project: Project) -> None:
    by_path = get(f"{gitlab.api_url}/projects/asso%2Foutils%2Fcarte").json()
    assert by_path == get(f"{gitlab.api_url}/projects/{project.id}").json()
    assert by_path["path_with_namespace"] == "asso/outils/carte"
    assert get(f"{gitlab.api_url}/projects/{project.id}/languages").json() == {"PHP": 75.0, "CSS": 25.0}


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_keyset_pages_lead_through_all_rows_once(gitlab: GitLabServer, project: Project, direction: str) -> None:
    for number in range(5):
        gitlab.forge.add_issue(project, str(number))
    seen = []
    url = f"{gitlab.api_url}/projects/{project.id}/issues?{KEYSET.replace('asc', direction)}&per_page=2"
    while url:
        answer = get(url)
        assert "x-total" not in answer.headers
        seen += [row["iid"] for row in answer.json()]
        url = answer.links.get("next", {}).get("url", "")
    assert seen == ([1, 2, 3, 4, 5] if direction == "asc" else [5, 4, 3, 2, 1])


def test_other_lists_are_counted_pages(gitlab: GitLabServer, project: Project) -> None:
    answer = get(f"{gitlab.api_url}/projects/{project.id}/labels?per_page=1")
    assert answer.headers["x-total"] == answer.headers["x-next-page"] == "2"
    assert [row["name"] for row in get(answer.links["next"]["url"]).json()] == ["débutant"]


def test_all_states_come_unless_asked_otherwise(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.add_issue(project, "one")
    gitlab.forge.close_issue(project, 1)
    url = f"{gitlab.api_url}/projects/{project.id}/issues"
    assert [row["state"] for row in get(url).json()] == ["closed"]
    assert get(f"{url}?state=opened").json() == []


def test_confidential_issues_are_for_members_who_do_not_exclude_them(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.add_issue(project, "secret", is_confidential=True)
    url = f"{gitlab.api_url}/projects/{project.id}/issues"
    assert get(url).json() == []
    assert get(f"{url}/1").status_code == 404
    assert [row["title"] for row in get(url, **MEMBER).json()] == ["secret"]
    assert get(f"{url}?confidential=false", **MEMBER).json() == []


def test_labels_come_as_names_or_with_details(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.add_issue(project, "one", labels=("débutant",))
    url = f"{gitlab.api_url}/projects/{project.id}/issues"
    assert get(url).json()[0]["labels"] == ["débutant"]
    assert get(f"{url}?with_labels_details=true").json()[0]["labels"][0]["name"] == "débutant"


def test_one_assignee_remains_of_several(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.add_issue(project, "one")
    ids = [gitlab.forge.account(login).id for login in ("ana", "bob")]
    url = f"{gitlab.api_url}/projects/{project.id}/issues/1"
    answer = requests.put(url, json={"assignee_ids": ids}, headers=MEMBER, timeout=5)
    assert [one["username"] for one in answer.json()["assignees"]] == ["ana"]
    assert requests.put(url, json={"assignee_ids": ids}, timeout=5).status_code == 401


def test_notes_are_written_and_edited(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.add_issue(project, "one")
    url = f"{gitlab.api_url}/projects/{project.id}/issues/1/notes"
    assert requests.post(url, json={"body": "hello"}, timeout=5).status_code == 401
    made = requests.post(url, json={"body": "hello"}, headers=MEMBER, timeout=5).json()
    requests.put(f"{url}/{made['id']}", json={"body": "bye"}, headers=MEMBER, timeout=5)
    assert [row["body"] for row in get(url).json()] == ["bye"]


def test_a_moved_project_redirects_reads(gitlab: GitLabServer, project: Project) -> None:
    gitlab.forge.rename(project, "asso/carte")
    answer = get(f"{gitlab.api_url}/projects/asso%2Foutils%2Fcarte/issues?state=opened")
    assert answer.url == f"{gitlab.api_url}/projects/{project.id}/issues?state=opened"
    assert answer.history[0].status_code == 301


@pytest.mark.parametrize(
    ("headers", "path", "status"),
    [
        ({"PRIVATE-TOKEN": "wrong"}, "/projects/1", 401),
        ({}, "/projects/999999", 404),
        ({}, "/projects/asso%2Fhidden", 404),
        (MEMBER, "/projects/asso%2Fhidden", 200),
        ({}, "/nothing", 404),
    ],
)
def test_what_cannot_be_read_is_refused(gitlab: GitLabServer, headers: dict[str, str], path: str, status: int) -> None:
    gitlab.forge.add_project("asso/hidden", is_private=True)
    assert get(gitlab.api_url + path, **headers).status_code == status
