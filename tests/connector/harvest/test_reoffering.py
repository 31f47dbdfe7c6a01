"""What follows at once when a project's policy changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import service as people
from connector.accounts.rules import Role
from connector.accounts.service import Invitation
from connector.db.engine import Database
from connector.db.tables import Assignment, Issue, Job, Mail, Project, Task
from connector.db.vault import Vault
from connector.harvest.reoffering import reoffer
from connector.harvest.service import free_claims
from connector.projects import service
from connector.projects.service import NewProject
from connector.tasks.patience import REOFFER
from connector.tasks.rules import WithdrawnFor
from sources.model import ProjectAddress, ProjectFacts

URL = "https://github.com/agenda/solidaire"
NEW = NewProject(
    ProjectAddress("github", "github.com", "agenda/solidaire", "https://github.com"),
    "https://api.github.com",
    labels=("easy",),
    facts=ProjectFacts("42", "agenda/solidaire", URL, f"{URL}.git", is_public=True),
)


def a_project(session: Session, now: datetime) -> Project:
    """A project with the agreed label "easy"."""
    return service.add(session, NEW, vault=Vault("x" * 40), now=now).project


def a_task(session: Session, project: Project, number: int, *, now: datetime, hours: float | None = None) -> Task:
    """The task of an open issue labelled "easy"."""
    issue = Issue(
        project_id=project.id, external_id=str(number), number=number, title=f"Issue {number}", labels=["Easy"], is_open=True,
        visibility="public", remote_updated_at=now, seen_at=now, estimate_hours=hours,
    )  # fmt: skip
    session.add(issue)
    session.flush()
    reoffer(session, project, now)
    return session.scalars(select(Task).where(Task.issue_id == issue.id)).one()


def claimed(session: Session, task: Task, now: datetime) -> Assignment:
    """Somebody's hold on the task."""
    person = people.invite(session, Invitation("ana@example.org", Role.VOLUNTEER), now=now).person
    assignment = Assignment(task_id=task.id, person_id=person.id, slot=1, claimed_at=now, expires_at=now)
    session.add(assignment)
    task.status = "claimed"
    session.flush()
    return assignment


def test_a_pause_drafts_what_was_ready_and_a_resume_offers_it_again(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = a_project(session, now)
        task, big = a_task(session, project, 1, now=now), a_task(session, project, 2, now=now, hours=40.0)
        service.pause(session, project, now=now, by=None)
        reoffer(session, project, now)
        assert (task.status, task.not_offered, big.not_offered) == ("draft", ["paused"], ["paused", "too_big"])
        service.resume(session, project, now=now, by=None)
        reoffer(session, project, now)
        assert (task.status, task.not_offered, big.status, big.not_offered) == ("ready", [], "draft", ["too_big"])


def test_a_label_no_longer_agreed_to_withdraws_its_tasks(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = a_project(session, now)
        task = a_task(session, project, 1, now=now)
        service.agree(session, project, ["good first issue"], now=now, by=None)
        reoffer(session, project, now)
        assert task.status == "withdrawn"


def test_an_agreement_taken_back_offers_nothing(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = a_project(session, now)
        task = a_task(session, project, 1, now=now)
        service.agree(session, project, [], now=now, by=None)
        reoffer(session, project, now)
        assert (task.status, task.not_offered) == ("draft", ["not_agreed"])


def test_a_stop_frees_claims_tells_their_holders_and_can_be_undone(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = a_project(session, now)
        task = a_task(session, project, 1, now=now)
        hold = claimed(session, task, now)
        service.pause(session, project, now=now, by=None)
        assert free_claims(session, project, WithdrawnFor.STOPPED, now) == 1
        reoffer(session, project, now)
        assert (hold.ended_at, hold.outcome) == (now, "withdrawn")
        assert session.scalars(select(Mail.to)).all() == ["ana@example.org"]
        assert (task.status, task.not_offered) == ("draft", ["paused"])
        service.resume(session, project, now=now, by=None)
        reoffer(session, project, now)
        assert task.status == "ready"


@pytest.mark.parametrize(
    "change",
    [lambda issue: setattr(issue, "is_open", False), lambda issue: setattr(issue, "visibility", "confidential")],
)
def test_a_closed_or_hidden_issue_does_not_come_back(
    sqlite_db: Database, now: datetime, change: Callable[[Issue | None], None]
) -> None:
    with sqlite_db.sessions.begin() as session:
        project = a_project(session, now)
        task = a_task(session, project, 1, now=now)
        claimed(session, task, now)
        free_claims(session, project, WithdrawnFor.STOPPED, now)
        change(task.issue)
        session.flush()
        reoffer(session, project, now)
        assert task.status == "withdrawn"


def test_of_many_issues_a_job_decides_what_is_left(
    db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.sessions.begin() as session:
        project = a_project(session, now)
        tasks = [a_task(session, project, number, now=now) for number in range(1, 6)]
        other = Issue(
            project_id=project.id, external_id="9", number=9, is_open=True, remote_updated_at=now, seen_at=now
        )
        session.add(other)
        monkeypatch.setattr("connector.harvest.reoffering.AT_ONCE", 1)
        monkeypatch.setattr("connector.harvest.reoffering.IN_ONE_GO", 2)
        service.pause(session, project, now=now, by=None)
        assert reoffer(session, project, now) == 5
        assert [task.status for task in tasks] == ["draft"] * 5  # what must not be offered ends at once
        service.resume(session, project, now=now, by=None)
        later = now + timedelta(seconds=1)
        assert reoffer(session, project, later) == 5
        assert [task.status for task in tasks] == ["ready", "ready", "draft", "draft", "draft"]
        left = session.scalars(select(Job.ref).where(Job.kind == REOFFER)).one()
        project_id, _colon, after = left.partition(":")
        assert (int(project_id), int(after)) == (project.id, tasks[1].issue_id)
        assert reoffer(session, project, later, after=int(after)) == 3
        assert [task.status for task in tasks] == ["ready"] * 4 + ["draft"]
