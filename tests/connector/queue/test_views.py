"""What machines that watch the service are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from connector.app import create_app
from connector.db.engine import Database
from connector.db.tables import Credential, Delivery, Effect, Hook, Job, Mail
from connector.settings import load_settings
from connector.web.services import KEY
from tests.rows import project_row


@pytest.fixture
def client(database_url: str, tmp_path: Path, now: datetime) -> Iterator[FlaskClient]:
    settings = load_settings(
        {"WECENA_METRICS_TOKEN": "let-me-read"}, data_dir=tmp_path / "data", database_url=database_url
    )
    app = create_app(settings, clock=lambda: now)
    yield app.test_client()
    app.extensions[KEY].db.engine.dispose()


def test_the_process_is_alive(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_migrated_database_is_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_a_database_without_a_schema_is_not_ready(tmp_path: Path) -> None:
    settings = load_settings({}, data_dir=tmp_path)
    app = create_app(settings)
    answer = app.test_client().get("/readyz")
    app.extensions[KEY].db.engine.dispose()
    assert answer.status_code == 503
    assert answer.json is not None
    assert "wecena migrate" in answer.json["detail"]


def test_figures_are_for_this_machine(client: FlaskClient, db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        session.execute(
            insert(Job).values(key="k", kind="x", ref="", run_at=now - timedelta(seconds=90), tries=0, created_at=now)
        )
    text = client.get("/metrics").text
    assert 'wecena_queue_waiting{queue="jobs"} 1.0' in text
    assert 'wecena_queue_oldest_seconds{queue="jobs"} 90.0' in text


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}])
def test_figures_are_not_for_what_a_proxy_forwards(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.get("/metrics", headers=headers).status_code == 404


def test_figures_are_not_for_other_machines(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404


def test_the_token_opens_the_figures_to_other_machines(client: FlaskClient) -> None:
    headers = {"Authorization": "Bearer let-me-read"}
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


def test_a_wrong_token_opens_nothing(client: FlaskClient) -> None:
    headers = {"Authorization": "Bearer let-me-rea"}
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404


@pytest.mark.parametrize("late", ["inbox", "jobs", "outbox"])
def test_what_waits_too_long_makes_it_unfit(client: FlaskClient, db: Database, now: datetime, late: str) -> None:
    """R6: ages are bounded, and it shows where they are not."""
    past = now - timedelta(minutes=11)
    with db.sessions.begin() as session:
        project = project_row(session, now)
        hook = Hook(project_id=project.id, source="github", key="k", created_at=now)
        session.add(hook)
        session.flush()
        match late:
            case "inbox":
                session.add(Delivery(hook_id=hook.id, external_id="d", headers={}, body=b"", received_at=past))
            case "jobs":
                session.add(Job(key="k", kind="x", run_at=past, created_at=past))
            case _:
                session.add(
                    Effect(key="k", project_id=project.id, kind="comment", next_attempt_at=past, created_at=past)
                )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert f"({late})" in answer.json["detail"]
    assert f'wecena_queue_overdue{{queue="{late}"}} 1.0' in client.get("/metrics").text


def test_what_nobody_can_help_does_not_make_it_unfit(client: FlaskClient, db: Database, now: datetime) -> None:
    """R7: a forge that limits us, a mail server that is away and a long job are no reason to stop serving pages."""
    past = now - timedelta(hours=3)
    with db.sessions.begin() as session:
        project = project_row(session, now)
        session.add(Credential(source="github", host="github.com", paused_until=now + timedelta(minutes=5)))
        session.add(Effect(key="k", project_id=project.id, kind="comment", next_attempt_at=past, created_at=past))
        session.add(Job(key="k", kind="x", run_at=past, leased_until=now + timedelta(minutes=5), created_at=past))
        session.add(Mail(to="a@example.org", subject="s", text="t", created_at=past, attempts=3))
    assert client.get("/readyz").status_code == 200
