"""Recorded traffic of Forgejo, Gitea and Gogs: every delivery and every listed row comes through."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.errors import BadSignature, UnreadablePayload
from sources.forgejo.source import Forgejo
from sources.model import Ignored, IssueSeen, RequestSeen

DATA = os.environ.get("WECENA_TEST_DATA")
FAMILY = ("forgejo", "gitea", "gogs")
KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOURCE = Forgejo()
pytestmark = pytest.mark.skipif(not DATA, reason="WECENA_TEST_DATA is not set")


@dataclass(frozen=True)
class Recorded:
    """One recorded delivery; header names in lower case."""

    name: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:  # noqa: ANN401  (strangers' JSON)
        return json.loads(self.body)


def folder(*parts: str) -> Path:
    return Path(DATA or "", "recorded", *parts)


def deliveries() -> Iterator[Recorded]:
    for line in folder("manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["forge"] in FAMILY:
            headers = {name.lower(): value for name, value in row["headers"].items()}
            yield Recorded(row["file"], headers, folder(row["file"]).read_bytes())


def answers(*forges: str) -> Iterator[Any]:
    """The bodies of all recorded REST answers."""
    for forge in forges:
        for path in sorted(folder("rest", forge).glob("*.json")):
            for exchange in json.loads(path.read_text(encoding="utf-8"))["exchanges"]:
                yield exchange["response"].get("body")


def test_every_recorded_delivery_proves_itself_and_is_understood() -> None:
    """S1, and nothing of the 108 is refused as unreadable."""
    outcomes: Counter[str] = Counter()
    for each in deliveries():
        event = SOURCE.event_name(each.headers)
        headers = SOURCE.sign(each.body, key=KEY, event=event, delivery_id="d", now=NOW)
        SOURCE.verify(headers, each.body, keys=[KEY], now=NOW)
        with pytest.raises(BadSignature):
            SOURCE.verify(headers, each.body, keys=[bytes(32)], now=NOW)
        kept = SOURCE.storable(headers, each.body)
        assert b'"secret"' not in kept
        outcomes[type(SOURCE.parse(headers, kept)).__name__] += 1
    print(outcomes)  # noqa: T201 (figures for those who run it with -s)
    assert outcomes == {"IssueSeen": 14, "RequestSeen": 51, "Ignored": 43}


def test_issues_and_requests_of_recorded_deliveries_say_what_the_payload_says() -> None:
    for each in deliveries():
        event = SOURCE.parse(each.headers, each.body)
        if isinstance(event, IssueSeen):
            row = each.data["issue"]
            assert event.issue.url.startswith("http"), each.name
            assert event.project.external_id == str(each.data["repository"]["id"])
            assert (event.issue.number, event.issue.title) == (row["number"], row["title"])
            assert event.issue.is_open == (row["state"] == "open")
            assert event.issue.is_partial == row["updated_at"].startswith("0001"), each.name
            assert len(event.issue.assignees) == len(row.get("assignees") or [one for one in [row["assignee"]] if one])
        if isinstance(event, RequestSeen):
            assert event.request.url.startswith("http"), each.name
            assert (event.request.merged_at is not None) == bool(each.data["pull_request"].get("merged_at"))
        if isinstance(event, Ignored):
            assert event.reason.startswith("event:"), each.name


def test_the_one_delivery_with_all_its_headers_is_read_by_its_own() -> None:
    """It imitates GitHub's headers too; the signature is over bytes and a secret that we do not have."""
    (each,) = [each for each in deliveries() if "x-hub-signature-256" in each.headers]
    assert SOURCE.delivery_id(each.headers, each.body) == each.headers["x-forgejo-delivery"]
    assert set(SOURCE.sign(each.body, key=KEY, event="push", delivery_id="d", now=NOW)) <= set(each.headers)
    assert len(each.headers["x-forgejo-signature"]) == len(SOURCE.sign(b"", key=KEY, event="", delivery_id="", now=NOW)["x-forgejo-signature"])  # fmt: skip
    with pytest.raises(BadSignature):
        SOURCE.verify(each.headers, each.body, keys=[KEY], now=NOW)


def test_a_private_repository_is_never_called_public() -> None:
    """S3."""
    for each in deliveries():
        project = SOURCE.parse(each.headers, each.body).project
        if project is not None and each.data["repository"].get("private"):
            assert project.is_public is False, each.name


def test_a_mangled_delivery_is_unreadable_at_worst() -> None:
    chance = random.Random(4)  # noqa: S311 (a repeatable choice, no secret)
    for each in deliveries():
        for _ in range(5):
            mangled = json.dumps(_mangle(each.data, chance)).encode()
            try:
                SOURCE.parse(each.headers, SOURCE.storable(each.headers, mangled))
            except UnreadablePayload:
                continue


def _mangle(value: object, chance: random.Random) -> object:
    """The same value with some parts of another type or missing."""
    if chance.random() < 0.03:
        return chance.choice([None, 7, "x", [], {}, [None], True, -1, 1e300])
    if isinstance(value, dict):
        return {key: _mangle(inner, chance) for key, inner in value.items() if chance.random() > 0.02}
    return [_mangle(inner, chance) for inner in value] if isinstance(value, list) else value


def test_recorded_list_rows_become_issues() -> None:
    rows = [row for body in answers("forgejo", "gitea") if isinstance(body, list) for row in body if _is_issue(row)]
    issues = [SOURCE.issue_of(row) for row in rows]
    print(len(issues))  # noqa: T201 (figures for those who run it with -s)
    assert len(issues) >= 145
    for row, issue in zip(rows, issues, strict=True):
        assert issue.is_request == (row.get("pull_request") is not None)
        assert (issue.number, issue.body, issue.is_open) == (row["number"], row["body"], row["state"] == "open")
        assert [label.name for label in issue.labels] == [label["name"] for label in row["labels"]]
        assert bool(issue.assignees) == bool(row.get("assignees") or row["assignee"])
        assert (issue.updated_at.tzinfo, issue.is_partial) == (UTC, False)


def _is_issue(row: object) -> bool:
    return isinstance(row, dict) and {"number", "title", "state", "comments", "labels", "user"} <= row.keys()
