"""Confidential text of GitLab reaches neither what is stored nor what is understood."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sources.gitlab.events import DROPPED
from sources.gitlab.source import GitLab
from sources.model import Event, Ignored, IssueHidden, ProjectRef

GITLAB = GitLab()
FIXTURES = Path(__file__).parent / "fixtures" / "gitlab"
ANNOUNCED = sorted(FIXTURES.glob("confidential_*.json"))
HIDDEN = [path for path in sorted(FIXTURES.glob("*.json")) if '"type": "IssueHidden"' in path.read_text("utf-8")]
HEADERS = {"x-gitlab-event": "Confidential Issue Hook"}


def delivery(path: Path) -> tuple[dict[str, str], bytes, dict[str, Any]]:
    content = json.loads(path.read_text("utf-8"))
    return content["headers"], json.dumps(content["body"]).encode(), content["body"]


def secrets(value: object, key: str = "") -> set[str]:
    """The texts and names of people in a body that must not come through."""
    if isinstance(value, dict):
        return {text for name, item in value.items() for text in secrets(item, name)}
    if isinstance(value, list):
        return {text for item in value for text in secrets(item, key)}
    told = key in ("title", "description", "note", "username", "email", "previous", "current", "url", "message")
    return {value} if told and isinstance(value, str) and len(value) > 3 else set()


def without_visibility(event: Event) -> Event:
    assert isinstance(event, (IssueHidden, Ignored))
    assert event.project is not None
    return replace(event, project=replace(event.project, is_public=None))


@pytest.mark.parametrize("path", ANNOUNCED, ids=lambda path: path.stem)
def test_an_announced_confidential_body_is_reduced_to_its_key(path: Path) -> None:
    headers, raw, body = delivery(path)
    kept = GITLAB.storable(headers, raw).decode()
    assert secrets(body), "the fixture holds nothing to leak"
    assert [text for text in secrets(body) if json.dumps(text)[1:-1] in kept] == []
    assert len(kept) < 500
    assert without_visibility(GITLAB.parse(headers, kept.encode())) == without_visibility(GITLAB.parse(headers, raw))


@pytest.mark.parametrize("path", HIDDEN, ids=lambda path: path.stem)
def test_the_event_of_a_confidential_issue_carries_no_text(path: Path) -> None:
    headers, raw, body = delivery(path)
    event = GITLAB.parse(headers, raw)
    assert isinstance(event, IssueHidden)
    assert [text for text in secrets(body) if text in repr(event)] == []


def test_each_sign_was_tried_alone() -> None:
    assert len(ANNOUNCED) >= 4
    assert len(HIDDEN) >= 7


@pytest.mark.parametrize(
    "raw", [b"", b"the key is 1234", b'{"title": "the key is 1234"', b"[1]", b'{"a":' * 99 + b"1" + b"}" * 99]
)
def test_of_an_unreadable_confidential_body_nothing_is_kept(raw: bytes) -> None:
    assert GITLAB.storable(HEADERS, raw) == DROPPED


def test_any_spelling_of_the_header_announces() -> None:
    assert GITLAB.storable({"x-gitlab-event": "CONFIDENTIAL Work Item Hook"}, b"the key is 1234") == DROPPED
    assert GITLAB.storable({"x-gitlab-event": "Issue Hook"}, b"kept as it is") == b"kept as it is"


def test_text_in_the_place_of_a_key_is_not_kept() -> None:
    lie = {
        "object_kind": "the key is 1234",
        "event_type": "the_key_is_1234_" * 9,
        "project": {"id": "the key is 1234", "path_with_namespace": "the key/is 1234"},
        "object_attributes": {"iid": "the key", "updated_at": "the key is 1234", "title": "the key is 1234"},
        "issue": "the key is 1234",
    }
    kept = GITLAB.storable(HEADERS, json.dumps(lie).encode())
    assert b"key" not in kept
    assert b"1234" not in kept
    assert GITLAB.parse(HEADERS, kept) == Ignored("confidential")


@pytest.mark.parametrize("said", [1, "true", "yes", {}])
def test_an_odd_value_of_the_flag_counts_as_confidential(said: object) -> None:
    body = {
        "object_kind": "issue",
        "project": {"id": 5, "path_with_namespace": "a/b"},
        "object_attributes": {"iid": 3, "confidential": said},
    }
    event = GITLAB.parse({"x-gitlab-event": "Issue Hook"}, json.dumps(body).encode())
    assert event == IssueHidden(ProjectRef("5", "a/b"), 3)


def test_a_confidential_row_of_the_api_is_reduced_to_its_key() -> None:
    row = {
        "id": 90017,
        "iid": 17,
        "confidential": True,
        "title": "The backup key is in the log",
        "description": "line 40",
        "labels": ["security"],
        "author": {"id": 1, "username": "ilse.t"},
        "assignees": [{"id": 1, "username": "ilse.t"}],
        "updated_at": "2026-11-02T09:00:00.000Z",
        "web_url": "https://gitlab.example/a/b/-/issues/17",
    }
    issue = GITLAB.issue_of(row)
    assert (issue.number, issue.is_confidential, issue.digest) == (17, True, "")
    assert (issue.title, issue.body, issue.labels, issue.author, issue.assignees, issue.url) == (
        "",
        "",
        (),
        None,
        (),
        "",
    )


@pytest.mark.parametrize("address", ["http://[", "https://[::1/a/b", "//\u2100.example/a/b", "a" * 5000])
def test_a_confidential_body_that_names_no_address_is_reduced_too(address: str) -> None:
    body = {"object_kind": "issue", "object_attributes": {"iid": 3, "title": "Hidden"}, "project": {"web_url": address}}
    assert b"Hidden" not in GITLAB.storable(HEADERS, json.dumps(body).encode())
