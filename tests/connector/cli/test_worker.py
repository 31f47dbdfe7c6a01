"""What the worker is put together from: each kind of job has its handler, each period its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from connector.app import build_services
from connector.cli import worker
from connector.db.tables import HarvestRun, Issue, Job, Mail, Task
from connector.queue import service as queue
from connector.settings import load_settings
from connector.web.services import Services
from tests.fakes import FakeClient, issue
from tests.rows import project_row


@pytest.fixture
def services(database_url: str, tmp_path: Path, now: datetime) -> Iterator[Services]:
    """Services whose forge is a dictionary."""
    settings = load_settings({"WECENA_DATABASE_URL": database_url, "WECENA_DATA_DIR": str(tmp_path)})
    client = FakeClient(known={1: issue(1)})
    built = replace(build_services(settings, lambda: now), connect=lambda _project: client)
    yield built
    built.db.engine.dispose()


def jobs(services: Services) -> list[str]:
    with services.db.readers() as session:
        return sorted(session.scalars(select(Job.kind)))


def test_every_project_whose_forge_may_be_asked_is_harvested_once_a_period(services: Services, now: datetime) -> None:
    with services.db.sessions.begin() as session:
        project_row(session, now)
        project_row(session, now, path="off/line", external_id=None, is_offline=True)
        project_row(session, now, path="gone/away", external_id="9", removed_at=now)
        for _turn in range(2):
            worker.enqueue_harvests(session, now, now)
    assert jobs(services) == ["harvest"]


def test_the_jobs_of_each_kind_are_done(services: Services, now: datetime) -> None:
    with services.db.sessions.begin() as session:
        project = project_row(session, now)
        for kind, ref in (("harvest", str(project.id)), ("reread", f"{project.id}:1"), ("expire", ""), ("clean", "")):
            queue.enqueue(session, kind, kind, ref=ref, run_at=now, now=now)
    working = worker.make_worker(services)
    assert [working.run_one_job() for _turn in range(5)] == [1, 1, 1, 1, 0]
    with services.db.readers() as session:
        assert session.scalars(select(Job.key).where(Job.done_at.is_(None))).all() == []
        assert session.scalars(select(HarvestRun.error)).all() == [None]
        assert session.scalars(select(Issue.number)).all() == [1]


def test_mails_go_out_from_one_process_at_a_time(services: Services, now: datetime, tmp_path: Path) -> None:
    assert worker.deliver_mails(services, "one") == 0
    with services.db.sessions.begin() as session:
        session.add(Mail(to="lea@example.org", subject="s", text="t", created_at=now - timedelta(minutes=1)))
        queue.hold_lease(session, worker.MAILS, holder="another", length=timedelta(minutes=1))
    assert worker.deliver_mails(services, "one") == 0
    assert worker.deliver_mails(services, "another") == 1
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_job_decides_anew_about_a_project_or_what_is_left_of_it(services: Services, now: datetime) -> None:
    with services.db.sessions.begin() as session:
        project = project_row(session, now, labels=["easy"], agreed_at=now)
        issues = [
            Issue(
                project_id=project.id, external_id=str(number), number=number, title="Fix it", labels=["easy"],
                is_open=True, remote_updated_at=now, seen_at=now,
            )
            for number in (1, 2)
        ]  # fmt: skip
        session.add_all(issues)
        session.flush()
        queue.enqueue(session, "left", worker.REOFFER, ref=f"{project.id}:{issues[0].id}", run_at=now, now=now)
        whole = str(project.id)
    offered = []
    working = worker.make_worker(services)
    for _turn in range(2):
        assert working.run_one_job() == 1
        with services.db.sessions.begin() as session:
            offered.append(session.scalars(select(Issue.number).join(Task, Task.issue_id == Issue.id)).all())
            queue.enqueue(session, "whole", worker.REOFFER, ref=whole, run_at=now, now=now)
    assert [sorted(numbers) for numbers in offered] == [[2], [1, 2]]
