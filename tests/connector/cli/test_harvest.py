"""``wecena harvest`` and ``wecena replay`` against the simulated GitHub, and what the worker is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.demo.forges.github import GitHubServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from tests.connector.cli.conftest import Wecena

LABEL = "good first issue"


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForgeServer]:
    """A simulated GitHub with one project of three issues."""
    state = Forge()
    project = state.add_project("herbiers/flora", labels=[LABEL, "bug"])
    state.add_issue(project, "Correct the legend", labels=[LABEL])
    state.add_issue(project, "Estimate: 3 days", body="Estimate: 3 days", labels=[LABEL])
    state.add_issue(project, "Unlabelled", labels=["bug"])
    monkeypatch.setenv("WECENA_ALLOWED_NETWORKS", "127.0.0.0/8")
    with GitHubServer(state) as server:
        yield server


def add(wecena: Wecena, forge: ForgeServer, *more: str) -> None:
    found = wecena(
        "project", "add", f"{forge.url}/herbiers/flora", "--source", "github", "--api-url", forge.api_url, *more
    )
    assert found.exit_code == 0, found.stderr


def test_a_label_that_does_not_exist_is_refused_with_those_that_do(wecena: Wecena, forge: ForgeServer) -> None:
    found = wecena(
        "project", "add", f"{forge.url}/herbiers/flora", "--source", "github", "--api-url", forge.api_url,
        "--label", "easy",
    )  # fmt: skip
    assert found.exit_code == 1
    assert "easy" in found.stderr
    assert f"bug, {LABEL}" in found.stderr
    assert json.loads(wecena("project", "list", "--json").stdout) == []


def test_a_harvest_says_what_came_of_it(wecena: Wecena, forge: ForgeServer) -> None:
    add(wecena, forge, "--label", LABEL)
    found = wecena("harvest", "herbiers/flora", "--json")
    assert found.exit_code == 0, found.stderr
    (result,) = json.loads(found.stdout)
    assert (result["issues"], result["made"], result["not_offered"]) == (2, 2, {"too_big": 1})
    assert result["requests"] > 0
    told = wecena("harvest").stdout
    assert "tasks: 0 made, 0 changed, 0 withdrawn" in told
    assert "requests" in told


def test_a_forge_in_trouble_does_not_keep_the_others_from_being_read(wecena: Wecena, forge: ForgeServer) -> None:
    add(wecena, forge, "--label", LABEL)
    wecena(
        "project", "add", "http://127.0.0.1:1/a/b", "--source", "github", "--api-url", "http://127.0.0.1:1", "--offline"
    )
    found = wecena("harvest", "a/b", "herbiers/flora")
    assert found.exit_code == 1
    assert "herbiers/flora: 2 issues seen" in found.stdout
    assert "a/b: " in found.stderr


def test_recorded_deliveries_go_through_the_normal_door(wecena: Wecena, tmp_path: Path) -> None:
    wecena("project", "add", "https://github.com/herbiers/flora", "--offline", "--label", LABEL)
    folder = tmp_path / "issues"
    folder.mkdir()
    (folder / "opened.json").write_text(json.dumps(_delivery()), encoding="utf-8")
    (folder / "broken.json").write_text("no JSON", encoding="utf-8")
    arguments = ("replay", str(folder), "--project", "herbiers/flora", "--json")
    first, second = (json.loads(wecena(*arguments).stdout) for _turn in range(2))
    assert (first["deliveries"], first["answers"]) == (2, {"stored": 2})
    assert sorted(outcome.partition(":")[0] for outcome in first["outcomes"]) == ["applied", "quarantined"]
    assert second["answers"] == {"seen before": 2}
    assert second["outcomes"] == first["outcomes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--project", "nobody/knows"), "No project"), (("--project", "herbiers/flora"), "no recorded delivery")],
)
def test_a_replay_of_nothing_is_refused(wecena: Wecena, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    wecena("project", "add", "https://github.com/herbiers/flora", "--offline")
    (tmp_path / "empty").mkdir()
    found = wecena("replay", str(tmp_path / "empty"), *arguments)
    assert found.exit_code == 1
    assert words in found.stderr


def _delivery() -> dict[str, object]:
    account = {"id": 7, "login": "flora", "type": "User"}
    return {
        "action": "opened",
        "issue": {
            "id": 1, "number": 12, "title": "Correct the legend", "body": "It is wrong.", "state": "open", "locked": False,
            "html_url": "https://github.com/herbiers/flora/issues/12", "user": account, "assignees": [], "assignee": None,
            "labels": [{"id": 3, "name": LABEL, "description": None}], "comments": 0, "author_association": "OWNER",
            "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z", "closed_at": None,
        },
        "repository": {
            "id": 42, "full_name": "herbiers/flora", "private": False, "visibility": "public", "owner": account,
            "html_url": "https://github.com/herbiers/flora", "updated_at": "2026-11-20T10:00:00Z",
        },
        "sender": account,
    }  # fmt: skip


def test_a_limit_pauses_all_projects_of_the_same_forge(wecena: Wecena, forge: GitHubServer) -> None:
    """The second project is not asked for at all."""
    forge.forge.add_project("herbiers/fauna", labels=[LABEL])
    for path in ("herbiers/flora", "herbiers/fauna"):
        wecena("project", "add", f"{forge.url}/{path}", "--source", "github", "--api-url", forge.api_url)
    forge.exhaust()
    forge.requests.clear()
    found = wecena("harvest")
    assert found.exit_code == 1
    assert len(forge.requests) == 1
    assert "is not asked before" in found.stderr
