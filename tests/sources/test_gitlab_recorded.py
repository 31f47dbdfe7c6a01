"""GitLab's real deliveries and list rows, recorded by others."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.base import Proof
from sources.errors import UnreadablePayload
from sources.gitlab.source import GitLab
from sources.model import Ignored, IssueHidden, IssueSeen, ProjectChanged, RequestSeen

DATA = os.environ.get("WECENA_TEST_DATA")
pytestmark = pytest.mark.skipif(not DATA, reason="WECENA_TEST_DATA is not set")

GITLAB = GitLab()
KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RECORDED = Path(DATA or ".") / "recorded"


def deliveries() -> list[tuple[str, str, bytes]]:
    """Name, event header and body of each recorded delivery."""
    lines = (RECORDED / "manifest.jsonl").read_text("utf-8").splitlines()
    entries = [entry for line in lines if (entry := json.loads(line))["forge"] == "gitlab"]
    return [
        (entry["file"], entry["headers"]["X-Gitlab-Event"], (RECORDED / entry["file"]).read_bytes())
        for entry in entries
    ]


def issue_rows() -> list[dict[str, Any]]:
    """Every recorded list entry and single issue of the REST API."""
    rows: list[dict[str, Any]] = []
    for path in sorted((RECORDED / "rest" / "gitlab").glob("*.json")):
        for exchange in json.loads(path.read_bytes())["exchanges"]:
            body = exchange["response"]["body"]
            entries = body if isinstance(body, list) else [body]
            rows.extend(row for row in entries if isinstance(row, dict) and is_issue(row))
    return rows


def is_issue(row: dict[str, Any]) -> bool:
    return {"iid", "labels", "title"} <= row.keys() and "source_branch" not in row


def test_every_delivery_verifies_and_is_understood_or_quarantined() -> None:
    found = Counter[str]()
    for name, event, body in deliveries():
        headers = GITLAB.sign(body, key=KEY, event=event, delivery_id=name, now=NOW)
        assert GITLAB.verify(headers, body, keys=[KEY], now=NOW, signed_only=True) is Proof.SIGNATURE
        try:
            found[type(GITLAB.parse(headers, GITLAB.storable(headers, body))).__name__] += 1
        except UnreadablePayload:
            found["UnreadablePayload"] += 1
    assert found == {
        "Ignored": 81,
        "IssueHidden": 5,
        "IssueSeen": 14,
        "ProjectChanged": 4,
        "RequestSeen": 39,
        "UnreadablePayload": 1,
    }


def test_every_delivery_of_a_project_names_it() -> None:
    for name, event, body in deliveries():
        headers = {"x-gitlab-event": event}
        try:
            understood = GITLAB.parse(headers, body)
        except UnreadablePayload:
            continue
        match understood:
            case IssueSeen() | RequestSeen() | IssueHidden() | ProjectChanged():
                assert understood.project.external_id, name
                assert "/" in understood.project.path, name
            case Ignored(project=project):
                assert project is not None or b"path_with_namespace" not in body, name


def test_only_projects_that_say_so_are_public() -> None:
    for name, event, body in deliveries():
        level = (json.loads(body).get("project") or {}).get("visibility_level")
        try:
            understood = GITLAB.parse({"x-gitlab-event": event}, body)
        except UnreadablePayload:
            continue
        if isinstance(understood, (IssueSeen, RequestSeen)):
            assert understood.project.is_public is (None if level is None else level == 20), name


def test_confidential_deliveries_leave_none_of_their_text() -> None:
    announced = [entry for entry in deliveries() if entry[1].startswith("Confidential")]
    assert len(announced) == 6
    for name, event, body in announced:
        headers = {"x-gitlab-event": event}
        kept = GITLAB.storable(headers, body)
        data = json.loads(body)
        attributes, issue = data["object_attributes"], data.get("issue") or {}
        told = [attributes.get("note"), attributes.get("description"), issue.get("title"), issue.get("description")]
        told += [data["user"]["name"], data["user"]["avatar_url"], attributes["url"]]
        # The title of one is the name of its project.
        told += [] if attributes.get("title") in (None, "Testing", "testing") else [attributes["title"]]
        for text in filter(None, told):
            assert json.dumps(text)[1:-1].encode() not in kept, name
            assert text not in repr(GITLAB.parse(headers, body)), name
        assert set(json.loads(kept)) <= {"object_kind", "event_type", "project", "object_attributes", "issue"}


def test_every_list_row_becomes_an_issue() -> None:
    rows = issue_rows()
    assert len(rows) > 200
    for row in rows:
        issue = GITLAB.issue_of(row)
        assert issue.number == row["iid"]
        assert issue.updated_at.tzinfo is UTC
        assert issue.is_confidential is bool(row.get("confidential"))
        if issue.is_confidential:
            assert (issue.title, issue.body, issue.author) == ("", "", None)
            continue
        assert issue.title == row["title"]
        assert issue.is_open is (row["state"] == "opened")
        assert len(issue.labels) == len(row["labels"])
        assert len(issue.assignees) == len(row["assignees"])
