"""Recorded GitHub traffic: every delivery and every listed row comes through."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.errors import BadSignature, UnreadablePayload
from sources.github.source import GitHub
from sources.model import ChecksSeen, Ignored, InstallationChanged, Issue, IssueSeen, RemarkSeen, RequestSeen

DATA = os.environ.get("WECENA_TEST_DATA")
EXAMPLES = Path("node_modules/@octokit/webhooks-examples")
KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
needs_data = pytest.mark.skipif(not DATA, reason="WECENA_TEST_DATA is not set")


def recorded(*parts: str) -> Path:
    return Path(DATA or "", "recorded", *parts)


def deliveries() -> Iterator[tuple[str, str, bytes]]:
    """Name, event and body of every recorded GitHub delivery."""
    for line in recorded("manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["forge"] == "github":
            yield row["file"], row["event"], recorded(row["file"]).read_bytes()


def outcome(event: str, body: bytes) -> str:
    """The class of event that a signed delivery becomes, or why it is unreadable."""
    source = GitHub()
    headers = source.sign(body, key=KEY, event=event, delivery_id="d", now=NOW)
    source.verify(headers, body, keys=[KEY], now=NOW)
    with pytest.raises(BadSignature):
        source.verify(headers, body, keys=[bytes(32)], now=NOW)
    try:
        return type(source.parse(headers, source.storable(headers, body))).__name__
    except UnreadablePayload as exc:
        return f"unreadable: {exc}"


@needs_data
def test_every_recorded_delivery_is_understood_or_refused_with_a_reason() -> None:
    outcomes = {name: outcome(event, body) for name, event, body in deliveries()}
    print(Counter(outcomes.values()))  # noqa: T201 (figures for those who run it with -s)
    assert len(outcomes) == 353
    unreadable = {name: result for name, result in outcomes.items() if result.startswith("unreadable")}
    assert len(unreadable) <= 1, unreadable


@needs_data
def test_issues_and_requests_of_recorded_deliveries_are_whole() -> None:
    source, seen = GitHub(), Counter[str]()
    for name, event, body in deliveries():
        if event not in ("issues", "pull_request", "label", "repository", "public", "ping"):
            others = Ignored | InstallationChanged | ChecksSeen | RemarkSeen | RequestSeen
            assert isinstance(source.parse({"x-github-event": event}, body), others), name
            continue
        try:
            found = source.parse({"x-github-event": event}, body)
        except UnreadablePayload:
            continue
        seen[type(found).__name__] += 1
        if isinstance(found, IssueSeen):
            assert found.issue.url, name
            assert found.project.external_id, name
            assert found.issue.is_request == ("pull_request" in json.loads(body)["issue"]), name
        if isinstance(found, RequestSeen):
            assert found.request.number, name
    print(seen)  # noqa: T201 (figures for those who run it with -s)
    assert seen["IssueSeen"] == 31
    assert seen["IssueGone"] == 3


@needs_data
def test_a_private_repository_is_never_called_public() -> None:
    source = GitHub()
    for name, event, body in deliveries():
        data: Any = json.loads(body)
        try:
            project = getattr(source.parse({"x-github-event": event}, body), "project", None)
        except UnreadablePayload:
            continue
        if project is not None and (data.get("repository") or {}).get("private"):
            assert project.is_public is False, name


@needs_data
def test_a_mangled_delivery_is_unreadable_at_worst() -> None:
    source, chance = GitHub(), random.Random(4)  # noqa: S311 (a repeatable choice, no secret)
    for _, event, body in deliveries():
        data: Any = json.loads(body)
        for _ in range(5):
            mangled = json.dumps(_mangle(data, chance)).encode()
            try:
                source.parse({"x-github-event": event}, mangled)
            except UnreadablePayload:
                continue


def _mangle(value: object, chance: random.Random) -> object:
    """The same value with some parts of another type or missing."""
    if chance.random() < 0.03:
        return chance.choice([None, 7, "x", [], {}, [None], True, -1, 1e300])
    if isinstance(value, dict):
        return {key: _mangle(inner, chance) for key, inner in value.items() if chance.random() > 0.02}
    return [_mangle(inner, chance) for inner in value] if isinstance(value, list) else value


def listed_rows() -> Iterator[dict[str, Any]]:
    """Every row that looks like an issue, of all recorded REST answers."""
    for path in sorted(recorded("rest", "github").glob("*.json")):
        for exchange in json.loads(path.read_text(encoding="utf-8"))["exchanges"]:
            body = exchange["response"].get("body")
            if isinstance(body, list):
                yield from (row for row in body if _is_issue(row))


def _is_issue(row: object) -> bool:
    return isinstance(row, dict) and {"number", "title", "state", "comments", "labels", "user"} <= row.keys()


@needs_data
def test_recorded_list_rows_become_issues() -> None:
    source, rows = GitHub(), list(listed_rows())
    issues: list[Issue] = [source.issue_of(row) for row in rows]
    assert len(issues) > 500
    for row, issue in zip(rows, issues, strict=True):
        assert issue.is_request == (row.get("pull_request") is not None)
        assert issue.body == (row["body"] or "").replace("\x00", "")
        assert (issue.author is None) == (row["user"] is None)
        assert issue.is_open == (row["state"] == "open")
        assert issue.updated_at.tzinfo is UTC
        assert bool(issue.assignees) == bool(row.get("assignees") or row.get("assignee"))
        assert not issue.is_partial
    print(len(issues), sum(issue.is_request for issue in issues), sum(issue.author is None for issue in issues))  # noqa: T201 (figures for those who run it with -s)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="node_modules/@octokit/webhooks-examples is not installed")
def test_every_published_example_is_understood() -> None:
    outcomes = Counter[str]()
    for index in EXAMPLES.glob("*/index.json"):
        for group in json.loads(index.read_text(encoding="utf-8")):
            for example in group["examples"]:
                outcomes[outcome(group["name"], json.dumps(example).encode())] += 1
    print(outcomes)  # noqa: T201 (figures for those who run it with -s)
    assert sum(outcomes.values()) > 150
    assert not [result for result in outcomes if result.startswith("unreadable")], outcomes
