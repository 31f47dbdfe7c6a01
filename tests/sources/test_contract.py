"""Every registered tracker, against the fixtures beside this file: verify, parse, expected event."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from sources import registry
from sources.base import Source
from sources.errors import BadSignature, SourceError, UnreadablePayload
from sources.model import IssueSeen, RequestSeen
from sources.times import parse_time

FIXTURES = Path(__file__).parent / "fixtures"
KEY = bytes(range(32))
OTHER_KEY = bytes(32)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAMES = tuple(registry.SOURCES)
FILES = [(path.parent.name, path) for path in sorted(FIXTURES.glob("*/*.json"))]


def fixture(path: Path) -> tuple[dict[str, str], bytes, dict[str, Any]]:
    """Headers, body bytes and expectation of a fixture file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if "body_text" in content:
        return content["headers"], content["body_text"].encode("utf-8", "surrogatepass"), content["expected"]
    body = json.dumps(content["body"], ensure_ascii=False, separators=(",", ":"))
    return content["headers"], body.encode("utf-8"), content["expected"]


def signed(source: Source, headers: dict[str, str], body: bytes, key: bytes = KEY) -> dict[str, str]:
    """All headers of a delivery, as the tracker would send them."""
    event = source.event_name(headers)
    return {**source.sign(body, key=key, event=event, delivery_id="delivery-1", now=NOW), **headers}


def differences(actual: object, expected: object, where: str = "event") -> list[str]:
    """What is not as the fixture says; fields that it does not name are not compared."""
    if isinstance(expected, dict):
        return [line for key, value in expected.items() for line in _field(actual, key, value, where)]
    if isinstance(expected, list) and isinstance(actual, tuple) and len(actual) == len(expected):
        pairs = zip(actual, expected, strict=True)
        return [line for n, (one, other) in enumerate(pairs) for line in differences(one, other, f"{where}[{n}]")]
    if isinstance(actual, Enum):
        actual = actual.value
    if isinstance(actual, datetime):
        expected = parse_time(expected)
    return [] if actual == expected else [f"{where}: {actual!r} instead of {expected!r}"]


def _field(actual: object, key: str, value: object, where: str) -> list[str]:
    if key == "type":
        return [] if type(actual).__name__ == value else [f"{where} is a {type(actual).__name__}, not a {value}"]
    name, _, length = key.partition("__")
    if not hasattr(actual, name):
        return [f"{where} has no {name}"]
    inner = getattr(actual, name)
    return differences(len(inner) if length else inner, value, f"{where}.{key}")


@pytest.mark.parametrize("name", NAMES)
def test_a_registered_tracker_has_fixtures(name: str) -> None:
    assert list((FIXTURES / name).glob("*.json")), f"tests/sources/fixtures/{name} holds no fixture"


def test_every_fixture_folder_belongs_to_a_tracker() -> None:
    assert {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()} == set(NAMES)


@pytest.mark.parametrize(("name", "path"), FILES, ids=[f"{name}-{path.stem}" for name, path in FILES])
class TestFixture:
    """One fixture of one tracker."""

    def test_it_becomes_the_expected_event(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, expected = fixture(path)
        full = signed(source, headers, body)
        if expected["type"] == "UnreadablePayload":
            with pytest.raises(UnreadablePayload):
                source.parse(full, body)
            return
        assert differences(source.parse(full, body), expected) == []

    def test_it_verifies_under_a_live_key_only(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, _ = fixture(path)
        full = signed(source, headers, body)
        source.verify(full, body, keys=[OTHER_KEY, KEY], now=NOW, signed_only=True)
        with pytest.raises(BadSignature):
            source.verify(full, body, keys=[OTHER_KEY], now=NOW)
        with pytest.raises(BadSignature):
            source.verify(full, body, keys=[], now=NOW)

    def test_a_changed_body_is_refused(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, _ = fixture(path)
        with pytest.raises(BadSignature):
            source.verify(signed(source, headers, body), body + b" ", keys=[KEY], now=NOW, signed_only=True)

    def test_it_is_described_without_raising(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, _ = fixture(path)
        full = signed(source, headers, body)
        assert source.delivery_id(full, body) == "delivery-1"
        assert len(source.delivery_id(headers, body)) == 64, "without an id: SHA-256 of event and body"
        assert source.event_name(full)
        assert isinstance(source.storable(full, body), bytes)

    def test_what_may_be_stored_means_the_same_event(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, expected = fixture(path)
        if expected["type"] == "UnreadablePayload":
            return
        full = signed(source, headers, body)
        kept = source.storable(full, body)
        assert differences(source.parse(full, kept), expected) == []

    def test_its_times_are_aware(self, name: str, path: Path) -> None:
        source = registry.source(name)
        headers, body, expected = fixture(path)
        if expected["type"] not in ("IssueSeen", "RequestSeen"):
            return
        event = source.parse(signed(source, headers, body), body)
        assert isinstance(event, (IssueSeen, RequestSeen))
        seen = event.issue if isinstance(event, IssueSeen) else event.request
        for field in dataclasses.fields(seen):
            value = getattr(seen, field.name)
            assert not isinstance(value, datetime) or value.tzinfo is UTC


BROKEN = {
    "empty": b"",
    "no JSON": b"payload lost on the way",
    "cut": b'{"action": "opened", "issue": {',
    "a list": b"[1, 2]",
    "null": b"null",
    "not UTF-8": b'{"action": "\xff\xfe"}',
    "NaN": b'{"action": NaN}',
    "a key twice": b'{"action": "opened", "action": "closed"}',
    "a huge integer": b'{"action": 123456789012345678901}',
    "too deep": b'{"a":' * 80 + b"1" + b"}" * 80,
    "far too deep": b"[" * 100_000,
    "too many values": b"[" + b"1," * 100_001 + b"1]",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("name", NAMES)
def test_a_broken_body_is_unreadable_and_nothing_worse(name: str, body: bytes) -> None:
    source = registry.source(name)
    for path in (FIXTURES / name).glob("issue*.json"):
        with pytest.raises(UnreadablePayload):
            source.parse(fixture(path)[0], body)


@pytest.mark.parametrize("name", NAMES)
def test_an_event_nobody_knows_is_ignored(name: str) -> None:
    source = registry.source(name)
    header = next(iter(fixture(next((FIXTURES / name).glob("*.json")))[0]))
    event = source.parse({header: "Meteor Shower"}, b'{"object_kind": "meteor"}')
    assert type(event).__name__ == "Ignored"


@pytest.mark.parametrize("name", NAMES)
def test_credentials_are_derived_from_the_key(name: str) -> None:
    source = registry.source(name)
    ours, theirs = source.credentials(KEY), source.credentials(OTHER_KEY)
    assert set(ours) >= {"webhook_secret"}
    assert all(len(value) >= 32 and ours[key] != theirs[key] for key, value in ours.items())


@pytest.mark.parametrize("name", NAMES)
def test_it_says_how_a_hook_is_made_by_hand(name: str) -> None:
    source = registry.source(name)
    home = f"https://{source.default_host}/halfeld/archive"
    recipe = source.hook_recipe(home)
    assert recipe.page.startswith(home)
    assert recipe.url_field
    assert recipe.save
    assert len(recipe.events) >= 2
    assert {credential for _field, credential in recipe.secrets} == set(source.credentials(KEY))


@pytest.mark.parametrize("name", NAMES)
def test_its_addresses_lead_back_to_the_project(name: str) -> None:
    source = registry.source(name)
    address = source.address(f"https://{source.default_host}/halfeld/archive")
    page = source.file_url(address.web_url, "main", "docs/CONTRIBUTING.md")
    assert (address.source, address.path) == (name, "halfeld/archive")
    assert source.address(page) == address
    assert registry.recognise(page) == address
    assert source.probe_url(source.api_url(address.base_url)).startswith(source.api_url(address.base_url))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", [None, [], 7, "issue", {}, {"number": "x"}, {"id": 1, "number": 2, "iid": 2}])
def test_a_row_that_is_no_issue_raises_a_source_error_at_most(name: str, payload: object) -> None:
    try:
        issue = registry.source(name).issue_of(payload)
    except SourceError:
        return
    assert issue.number == 2
