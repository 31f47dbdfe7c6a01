"""The main way, whole: a signed delivery over HTTP's door, redelivered, understood, visible, claimed, told upstream once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from connector.app import make_door
from connector.db.engine import Database, open_database
from connector.db.tables import Assignment, Delivery, Effect, Person, Project, Task
from connector.db.vault import Vault
from connector.inbox import service as inbox
from connector.outbox import service as outbox
from connector.projects import service as projects
from connector.projects.hooks import make_hook
from connector.settings import load_settings
from connector.tasks import service as tasks
from connector.web.services import Services
from sources import registry
from tests.fakes import FACTS, FakeClient, FakeClock
from tests.rows import project_row
from webhooks.replay import post

PARIS = ZoneInfo("Europe/Paris")


class Journey:
    """A running service without a network: its door, its worker's calls, and the tracker it writes to."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.clock = FakeClock()
        self.client = FakeClient()
        settings = load_settings({"WECENA_DATA_DIR": str(folder), "WECENA_SECRET_KEY": "k" * 32})
        self.services = Services(settings, db, self.clock, Vault("k" * 32), lambda _project: self.client)
        self.door = make_door(self.services)
        with db.sessions.begin() as session:
            project = project_row(session, self.clock(), is_public=None, visible_at=None, allows=["comment"])
            hook, self.key = make_hook(session, project, vault=self.services.vault, now=self.clock())
            self.address, self.project_id = f"/webhooks/github/{hook.key}", project.id

    def deliver(self, body: bytes, *, delivery_id: str = "d1", event: str = "issues", key: bytes | None = None) -> int:
        source = registry.source("github")
        headers = source.sign(body, key=key or self.key, event=event, delivery_id=delivery_id, now=self.clock())
        return post(self.door, self.address, headers={**headers, "content-type": "application/json"}, body=body)

    def work(self) -> None:
        """What the worker's loops do."""
        self.clock.advance(seconds=2)
        inbox.drain(self.services.db, self.clock)
        outbox.send_due(self.services.db, self.services.connect, self.clock, public_url="https://wecena.example.org")

    def tasks(self) -> list[tuple[str, str, str | None]]:
        with self.services.db.readers() as session:
            return [(task.title, task.status, task.outcome) for task in session.scalars(select(Task))]


def labelled(**changes: object) -> bytes:
    issue = {
        "number": 4, "id": 4004, "title": "Fix a typo", "user": {"login": "alice", "id": 7}, "assignees": [],
        "labels": [{"id": 1, "name": "good first issue"}], "comments": 0, "state": "open", "body": "In the README.",
        "created_at": "2026-11-20T08:00:00Z", "updated_at": "2026-11-22T08:00:00Z", "closed_at": None, "locked": False,
        "author_association": "NONE", "html_url": f"{FACTS.web_url}/issues/4",
        "url": f"https://api.github.com/repos/{FACTS.path}/issues/4",
    }  # fmt: skip
    repository = {"id": 1001, "full_name": FACTS.path, "private": False, "html_url": FACTS.web_url}
    sender = {"login": "alice", "id": 7}
    return json.dumps(
        {"action": "labeled", "issue": {**issue, **changes}, "repository": repository, "sender": sender}
    ).encode()


def merged(at: str) -> bytes:
    request = {
        "number": 9, "id": 9009, "title": "Fix it", "body": "Closes #4", "state": "closed", "merged": True,
        "merged_at": at, "draft": False, "created_at": at, "updated_at": at, "closed_at": at,
        "user": {"login": "bob", "id": 8}, "html_url": f"{FACTS.web_url}/pull/9",
        "base": {"ref": "main", "repo": {"id": 1001, "full_name": FACTS.path}},
    }  # fmt: skip
    repository = {"id": 1001, "full_name": FACTS.path, "private": False, "default_branch": "main"}
    return json.dumps({"action": "closed", "number": 9, "pull_request": request, "repository": repository}).encode()


@pytest.fixture
def journey(db: Database, tmp_path: Path) -> Journey:
    return Journey(db, tmp_path)


def test_from_a_labelled_issue_to_a_merged_request(journey: Journey) -> None:
    assert journey.deliver(labelled(), key=b"x" * 32) == 401
    assert journey.deliver(labelled()) == 202
    assert journey.deliver(labelled()) == 200
    assert journey.tasks() == []
    journey.work()
    assert journey.tasks() == [("Fix a typo", "ready", None)]

    with journey.services.db.sessions.begin() as session:
        person = Person(email="v@example.org", role="volunteer", created_at=journey.clock())
        session.add(person)
        session.flush()
        taken = tasks.claim(session, session.scalars(select(Task)).one(), person.id, now=journey.clock(), zone=PARIS)
        assert isinstance(taken, Assignment)
    journey.work()
    journey.work()
    (comment,) = journey.client.comments[4]
    assert "has taken this issue" in comment.body

    later = journey.clock.advance(hours=3)
    assert journey.deliver(merged(f"{later:%Y-%m-%dT%H:%M:%SZ}"), delivery_id="d2", event="pull_request") == 202
    journey.work()
    journey.work()
    assert journey.tasks() == [("Fix a typo", "done", "accepted")]
    (comment,) = journey.client.comments[4]
    assert "is done" in comment.body
    with journey.services.db.readers() as session:
        assert session.scalars(select(Effect.kind)).all() == ["comment"]
        assert session.scalars(select(Delivery.outcome)).all() == ["applied", "applied"]


def test_nothing_is_written_upstream_without_permission(journey: Journey) -> None:
    with journey.services.db.sessions.begin() as session:
        project = session.get_one(Project, journey.project_id)
        projects.set_allows(session, project, [], agreement="", now=journey.clock(), by=None)
    journey.deliver(labelled())
    journey.work()
    with journey.services.db.sessions.begin() as session:
        person = Person(email="v@example.org", role="volunteer", created_at=journey.clock())
        session.add(person)
        session.flush()
        tasks.claim(session, session.scalars(select(Task)).one(), person.id, now=journey.clock(), zone=PARIS)
    journey.work()
    assert journey.client.calls == []


def test_a_redelivery_under_a_fresh_id_changes_nothing(journey: Journey) -> None:
    journey.deliver(labelled())
    journey.work()
    before = journey.tasks()
    journey.clock.advance(days=1)
    assert journey.deliver(labelled(), delivery_id="fresh") == 202
    journey.work()
    assert journey.tasks() == before


def test_a_full_disk_or_a_lost_database_is_answered_503(journey: Journey) -> None:
    gone = replace(journey.services, db=open_database("sqlite:////nowhere/at/all.db"))
    journey.door = make_door(gone)
    assert journey.deliver(labelled()) == 503
