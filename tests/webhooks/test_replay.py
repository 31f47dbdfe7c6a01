"""Recordings are found, named after their folder, and always have the same id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from webhooks.replay import post, recorded

if TYPE_CHECKING:
    from wsgiref.types import StartResponse


def test_files_and_folders_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "b.json").write_bytes(b"{}")
    (tmp_path / "issues" / "a.form").write_bytes(b"payload=%7B%7D")
    (tmp_path / "issues" / "notes.txt").write_bytes(b"not a delivery")
    found = list(recorded([tmp_path, tmp_path / "issues" / "b.json"]))
    assert [(one.path.name, one.event) for one in found] == [
        ("a.form", "issues"),
        ("b.json", "issues"),
        ("b.json", "issues"),
    ]
    assert found[0].content_type == "application/x-www-form-urlencoded"
    assert found[1].delivery_id == found[2].delivery_id != found[0].delivery_id


def test_a_given_event_wins_over_the_folder(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"{}")
    assert [one.event for one in recorded([tmp_path], "Issue Hook")] == ["Issue Hook"]


def test_a_request_reaches_the_door_as_a_server_would_hand_it_over() -> None:
    seen: dict[str, Any] = {}

    def door(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        seen.update(environ)
        start_response("202 Accepted", [])
        return []

    headers = {"x-github-event": "ping", "content-type": "application/json"}
    assert post(door, "/webhooks/github/k", headers=headers, body=b"{}") == 202
    assert (seen["HTTP_X_GITHUB_EVENT"], seen["CONTENT_TYPE"], seen["CONTENT_LENGTH"]) == (
        "ping",
        "application/json",
        "2",
    )
