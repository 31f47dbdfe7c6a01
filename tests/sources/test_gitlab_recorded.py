"""GitLab's real deliveries and list rows, recorded by others."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from sources.base import Connection, IssueQuery, Proof
from sources.errors import UnreadablePayload
from sources.gitlab.source import GitLab
from sources.model import Ignored, IssueHidden, IssueSeen, ProjectChanged, ProjectRef, RequestSeen
from sources.transport import Transport
from tests.sources.conftest import Reply, ScriptedServer

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
        "ChecksSeen": 6,
        "Ignored": 67,
        "IssueHidden": 5,
        "IssueSeen": 14,
        "ProjectChanged": 4,
        "RemarkSeen": 8,
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


def newest_by_project() -> dict[int, list[dict[str, Any]]]:
    """The newest version of each recorded issue, by project."""
    newest: dict[tuple[int, int], dict[str, Any]] = {}
    for row in issue_rows():
        key = (row["project_id"], row["iid"])
        if key not in newest or row["updated_at"] > newest[key]["updated_at"]:
            newest[key] = row
    projects: dict[int, list[dict[str, Any]]] = {}
    for (project, _), row in sorted(newest.items()):
        projects.setdefault(project, []).append(row)
    return projects


def serve(server: ScriptedServer, path: str, query: dict[str, str], rows: list[dict[str, Any]]) -> int:
    """Put a list on the server, 100 rows a page, as GitLab pages; the number of pages."""
    count = max(1, ceil(len(rows) / 100))
    for page in range(1, count + 1):
        asked = query if page == 1 else {**query, "page": str(page)}
        following = f'<https://gitlab.com{path}?{urlencode({**query, "page": str(page + 1)})}>; rel="next"'
        headers = {"Link": following} if page < count else {}
        server.script[f"GET {path}?{urlencode(asked)}"] = Reply(200, rows[100 * (page - 1) : 100 * page], headers)
    return count


def test_recorded_lists_are_harvested_whole_label_by_label(server: ScriptedServer, transport: Transport) -> None:
    projects = newest_by_project()
    assert sum(map(len, projects.values())) == 85
    for project, rows in projects.items():
        path = f"/api/v4/projects/{project}/issues"
        opened = [row for row in rows if row["state"] == "opened" and not row.get("confidential")]
        labels = sorted({label for row in opened for label in row["labels"]})
        common = {"order_by": "updated_at", "sort": "asc", "pagination": "keyset", "with_labels_details": "true"}
        query = {**common, "state": "opened", "confidential": "false"}
        fewest = sum(
            serve(server, path, {**query, "labels": one, "per_page": "100"}, [r for r in opened if one in r["labels"]])
            for one in labels
        )
        connection = Connection(f"{server.url}/api/v4", ProjectRef(str(project), "a/b"))
        client = GITLAB.connect(connection, transport)
        if not labels:
            continue
        found = [issue.number for page in client.issues(IssueQuery(tuple(labels))) for issue in page]
        assert sorted(found) == sorted(row["iid"] for row in opened if row["labels"])
        assert client.usage.requests == fewest


def test_all_recorded_rows_come_through_one_long_list(server: ScriptedServer, transport: Transport) -> None:
    rows = [{**row, "iid": n, "project_id": 1} for n, row in enumerate(issue_rows(), start=1)]
    query = {"order_by": "updated_at", "sort": "asc", "pagination": "keyset", "with_labels_details": "true"}
    query |= {"state": "all", "updated_after": "2010-01-01T00:00:00Z", "per_page": "100"}
    pages = serve(server, "/api/v4/projects/1/issues", query, rows)
    client = GITLAB.connect(Connection(f"{server.url}/api/v4", ProjectRef("1", "a/b")), transport)
    since = datetime(2010, 1, 1, tzinfo=UTC)
    found = [issue for page in client.issues(IssueQuery(since=since)) for issue in page]
    assert [issue.number for issue in found] == [row["iid"] for row in rows]
    assert client.usage.requests == pages == ceil(len(rows) / 100)
    secret = {row["iid"] for row in rows if row.get("confidential")}
    assert secret
    assert all((issue.title == "") is (issue.number in secret) for issue in found)
