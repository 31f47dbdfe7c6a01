"""The main job on published examples and on our own fixtures: all of them pass the door and are understood or explained."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from connector.app import build_services, make_door
from connector.db.tables import Delivery, Issue, Task
from connector.demo import recorded
from connector.demo.recorded import RecordedDelivery
from connector.inbox import service as inbox
from connector.settings import load_settings
from connector.web.services import Services
from tests.fakes import NOW
from webhooks.replay import post

EXAMPLES = Path("node_modules/@octokit/webhooks-examples/api.github.com/index.json")
FIXTURES = Path("tests/sources/fixtures")


@pytest.fixture
def services(tmp_path: Path, database_url: str) -> Iterator[Services]:
    parts = build_services(load_settings({}, data_dir=tmp_path, database_url=database_url), lambda: NOW)
    yield parts
    parts.db.engine.dispose()


def published() -> Iterator[RecordedDelivery]:
    """Every example of every event of github.com."""
    for group in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        for example in group["examples"]:
            body = json.dumps(example, ensure_ascii=False).encode()
            yield recorded.delivery_of("github", EXAMPLES, {"x-github-event": group["name"]}, body)


def written_by_us() -> Iterator[RecordedDelivery]:
    """Every fixture of every tracker."""
    for file in sorted(FIXTURES.glob("*/*.json")):
        fixture = json.loads(file.read_text(encoding="utf-8"))
        body = fixture["body_text"] if "body_text" in fixture else json.dumps(fixture["body"], ensure_ascii=False)
        yield recorded.delivery_of(file.parent.name, file, fixture["headers"], body.encode("utf-8", "surrogatepass"))


def hand_in(services: Services, deliveries: list[RecordedDelivery]) -> Counter[int]:
    """Register what they name, post them all twice, and understand them."""
    targets, door = recorded.register(services, deliveries), make_door(services)
    statuses = recorded.post_all(
        services,
        [*deliveries, *deliveries],
        targets,
        lambda path, headers, body: post(door, path, headers=dict(headers), body=body),
    )
    while inbox.drain(services.db, services.clock):
        pass
    return statuses


def explained(services: Services) -> Counter[str]:
    """How many deliveries ended how; each that was not applied says why."""
    with services.db.readers() as session:
        rows = session.scalars(select(Delivery)).all()
        assert [row.external_id for row in rows if row.outcome != "applied" and not row.reason] == []
        return Counter(str(row.outcome) for row in rows)


@pytest.mark.skipif(not EXAMPLES.is_file(), reason="node_modules/@octokit/webhooks-examples is not installed")
def test_every_published_example_passes_and_a_second_time_changes_nothing(services: Services) -> None:
    deliveries = list(published())
    statuses = hand_in(services, deliveries)
    assert set(statuses) == {202, 200}
    assert statuses[200] >= len(deliveries) > 150
    outcomes = explained(services)
    assert set(outcomes) == {"applied", "ignored"}
    assert sum(outcomes.values()) == statuses[202]
    with services.db.readers() as session:
        assert session.scalars(select(Issue)).first() is not None


def test_every_fixture_of_ours_passes_and_is_understood_or_explained(services: Services) -> None:
    deliveries = list(written_by_us())
    statuses = hand_in(services, deliveries)
    assert set(statuses) == {202, 200}
    assert set(explained(services)) == {"applied", "ignored", "quarantined"}
    with services.db.readers() as session:
        assert session.scalars(select(Task)).first() is not None
