"""The main job on recorded deliveries and lists: everything arrives, nothing breaks, order does not matter."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts.rules import VISITOR
from connector.app import build_services, make_door
from connector.db.tables import Delivery, Issue, Project, Task
from connector.demo import recorded
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.model import Project as ForgeProject
from connector.demo.forges.recorded import load_recorded
from connector.demo.recorded import RecordedDelivery, Target
from connector.inbox import service as inbox
from connector.settings import load_settings
from connector.tasks import queries
from connector.tasks.rules import Status
from connector.web.services import Services
from tests.fakes import NOW
from tests.rows import offer_everything
from webhooks.replay import post

FAMILY = ("forgejo", "gitea", "gogs")


@pytest.fixture(scope="session")
def deliveries(test_data: Path) -> list[RecordedDelivery]:
    return recorded.read(test_data / "recorded")


@pytest.fixture
def services(tmp_path: Path, sqlite_url: str) -> Services:
    settings = load_settings({}, data_dir=tmp_path, database_url=sqlite_url, allowed_networks="127.0.0.0/8")
    return build_services(settings, lambda: NOW)


def hand_in(services: Services, path: str, headers: Mapping[str, str], body: bytes) -> int:
    return post(make_door(services), path, headers=dict(headers), body=body)


def feed(
    services: Services, deliveries: list[RecordedDelivery], targets: Mapping[tuple[str, str], Target]
) -> Counter[int]:
    """Post them all through one door, then understand them."""
    door = make_door(services)
    statuses = recorded.post_all(
        services, deliveries, targets, lambda path, headers, body: post(door, path, headers=dict(headers), body=body)
    )
    while inbox.drain(services.db, services.clock):
        pass
    return statuses


def state(session: Session) -> set[str]:
    """What is left of it all: issues, and tasks but withdrawn ones: an issue first seen closed never was a task."""
    issues = session.execute(
        select(
            Project.source, Project.path, Issue.number, Issue.title, Issue.body, Issue.is_open, Issue.visibility,
            Issue.labels, Issue.assignees, Issue.is_locked, Issue.closed_as, Issue.remote_updated_at, Issue.digest,
        ).join(Project, Project.id == Issue.project_id)
    )  # fmt: skip
    tasks = session.execute(
        select(Project.path, Issue.number, Task.title, Task.status, Task.not_offered, Task.outcome)
        .join(Issue, Issue.id == Task.issue_id)
        .join(Project, Project.id == Task.project_id)
        .where(Task.status != Status.WITHDRAWN.value)
    )
    projects = session.execute(
        select(Project.source, Project.external_id, Project.path, Project.is_public, Project.is_archived)
    )
    return {*map(repr, issues), *map(repr, tasks), *map(repr, projects)}


def test_every_delivery_is_stored_and_understood_or_explained(
    services: Services, deliveries: list[RecordedDelivery]
) -> None:
    assert len(deliveries) == 605
    statuses = feed(services, deliveries, recorded.register(services, deliveries))
    assert statuses == Counter({202: 605})
    with services.db.readers() as session:
        rows = session.scalars(select(Delivery)).all()
    assert len(rows) == 605
    assert {row.outcome for row in rows} <= {"applied", "ignored", "quarantined"}
    assert [row.external_id for row in rows if row.outcome != "applied" and not row.reason] == []
    assert sum(row.outcome == "quarantined" for row in rows) == 2


def test_private_repositories_yield_no_public_task(services: Services, deliveries: list[RecordedDelivery]) -> None:
    # One event without a time calls a repository private that all others call public: it alone would hide every task.
    deliveries = [each for each in deliveries if each.recording.event != "deployment"]
    private = {each.path for each in deliveries if each.path and says_private(each)}
    public = {each.path for each in deliveries if each.path and not says_private(each)}
    feed(services, deliveries, recorded.register(services, deliveries))
    with services.db.readers() as session:
        ids = [each.task_id for each in queries.on_offer(session, VISITOR, now=NOW)]
        shown = {task.project.path.lower() for task in queries.loaded(session, ids)}
        listed = queries.listing(session, queries.Filter(), VISITOR, now=NOW)
        assert listed.total >= len(shown) > 0
    assert private - public
    assert shown.isdisjoint(private - public)


def says_private(each: RecordedDelivery) -> bool:
    body = json.loads(each.recording.body)
    if each.source != "gitlab":
        return bool((body.get("repository") or {}).get("private"))
    return (body.get("project") or {}).get("visibility_level", 20) != 20


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_repetition_change_nothing(
    services: Services, deliveries: list[RecordedDelivery], seed: int, tmp_path: Path, sqlite_template: Path
) -> None:
    feed(services, deliveries, recorded.register(services, deliveries))
    other = another_database(tmp_path, sqlite_template)
    targets = recorded.register(other, deliveries)
    copy_identities(services, other)
    shuffled = [*deliveries, *deliveries]
    random.Random(seed).shuffle(shuffled)  # noqa: S311  (no secret is drawn)
    statuses = feed(other, shuffled, targets)
    assert statuses == Counter({202: 605, 200: 605})
    with services.db.readers() as first, other.db.readers() as second:
        expected, found = state(first), state(second)
    assert expected - found == set()
    assert found - expected == set()


def another_database(tmp_path: Path, template: Path) -> Services:
    file = tmp_path / "other.db"
    file.write_bytes(template.read_bytes())
    offer_everything(f"sqlite:///{file}")
    settings = load_settings({}, data_dir=tmp_path / "other", database_url=f"sqlite:///{file}")
    return build_services(settings, lambda: NOW)


def copy_identities(known: Services, other: Services) -> None:
    """One path names several repositories in the recordings: which one is followed must be the same in both."""
    with known.db.readers() as session:
        ids = {project.id: project.external_id for project in session.scalars(select(Project))}
    with other.db.sessions.begin() as session:
        for project in session.scalars(select(Project)):
            project.external_id = ids[project.id]


def test_deliveries_of_one_family_come_in_by_its_own_door_only(services: Services, test_data: Path) -> None:
    """S1: Gitea and Gogs are delivered to a hook of Forgejo's kind; their names alone, or a wrong key, open nothing."""
    folder = test_data / "recorded"
    files = [file for name in FAMILY for file in sorted((folder / "webhooks" / name).rglob("*.json"))]
    assert len(files) == 108
    for file in files:
        headers = {"content-type": "application/json", "x-gitea-event": file.parent.name}
        assert hand_in(services, f"/webhooks/{file.parts[-3]}/key", headers, file.read_bytes()) == 404


@pytest.mark.parametrize("kind", [GitHubServer, GitLabServer])
def test_recorded_lists_are_harvested_whole(
    services: Services, test_data: Path, kind: type[GitHubServer] | type[GitLabServer]
) -> None:
    served = load_recorded(test_data / "recorded").forges[kind.kind]
    with kind(served) as server:
        found = list(recorded.harvest(services, server))
        assert server.requests_to(r".*/issues/\d+") == []
        lists = len(server.requests_to(r".*/issues"))
    assert lists == sum(lists_needed(project) for project in served.projects.values())
    assert len(found) == len(served.projects)
    with services.db.readers() as session:
        for project in served.projects.values():
            row = session.scalars(select(Project).where(Project.external_id == str(project.id))).one()
            numbers = session.scalars(
                select(Issue.number).join(Task, Task.issue_id == Issue.id).where(Issue.project_id == row.id)
            ).all()
            expected = [
                issue.number
                for issue in project.issues.values()
                if issue.is_open
                and issue.labels
                and not issue.is_confidential
                and "pull_request" not in (issue.raw or {})
            ]
            assert sorted(numbers) == sorted(expected), project.path


def lists_needed(project: ForgeProject) -> int:
    """ceil(rows/100) requests a list: one list a label, or all open issues at once where that is fewer."""
    is_open = [one for one in project.issues.values() if one.is_open and not one.is_confidential]
    whole = pages(len([one for one in project.issues.values() if one.is_open]))
    if whole < len(project.labels):
        return pages(len(is_open))
    return sum(pages(sum(label in one.labels for one in is_open)) for label in project.labels)


def pages(rows: int) -> int:
    return max(-(-rows // 100), 1)
