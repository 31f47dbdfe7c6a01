"""What the coordinator is told to look at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import (
    Assignment,
    Company,
    Credential,
    DayRecord,
    Delivery,
    Effect,
    Estimate,
    Handover,
    HarvestRun,
    Hook,
    Issue,
    Nonprofit,
    Person,
    Project,
    Task,
)
from connector.projects import manners
from connector.waiting.queries import waiting
from connector.waiting.rules import Kind


@pytest.fixture
def project(db: Database, now: datetime) -> Project:
    """An agreed project about which nothing waits."""
    with db.sessions.begin() as session:
        nonprofit = Nonprofit(name="Les Herbiers", created_at=now)
        company = Company(name="Lanterne", created_at=now)
        session.add_all([nonprofit, company])
        session.flush()
        found = Project(
            nonprofit_id=nonprofit.id, source="github", host="forge.example", path="herbiers/flora", base_url="x",
            api_url="x", web_url="x", created_at=now, agreed_at=now,
        )  # fmt: skip
        person = Person(id=1, email="malo@example.org", role="volunteer", company_id=company.id, created_at=now)
        session.add_all([found, person])
        session.flush()
        return found


def task(session: Session, project: Project, now: datetime, status: str = "ready") -> Task:
    made = Task(project_id=project.id, title="Corriger", status=status, days=Decimal(1), created_at=now, updated_at=now)
    session.add(made)
    session.flush()
    return made


def ended(session: Session, of: Task, outcome: str, at: datetime) -> Assignment:
    made = Assignment(task_id=of.id, person_id=1, claimed_at=at, expires_at=at, ended_at=at, outcome=outcome)
    session.add(made)
    session.flush()
    return made


def kinds(db: Database, now: datetime) -> list[Kind]:
    with db.readers() as session:
        return [each.kind for each in waiting(session, now)]


def test_nothing_waits_where_nothing_happened(db: Database, project: Project, now: datetime) -> None:
    assert kinds(db, now) == []


def test_declared_days_wait_together_until_they_are_confirmed(db: Database, project: Project, now: datetime) -> None:
    with db.sessions.begin() as session:
        for day, status in ((1, "declared"), (2, "declared"), (3, "confirmed")):
            session.add(
                DayRecord(
                    person_id=1, project_id=project.id, date=date(2026, 11, day), days=Decimal(1), status=status,
                    declared_at=now - timedelta(days=day),
                )
            )  # fmt: skip
    with db.readers() as session:
        (found,) = waiting(session, now)
    assert (found.kind, found.where, found.count, found.since) == (
        Kind.DAYS_TO_CONFIRM, "Les Herbiers", 2, now - timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("note", "status", "waits"), [("", "ready", True), ("half done", "ready", False), ("", "done", False)]
)
def test_an_empty_handover_waits_while_its_task_is_open(
    db: Database, project: Project, now: datetime, *, note: str, status: str, waits: bool
) -> None:
    with db.sessions.begin() as session:
        held = ended(session, task(session, project, now, status), "handed_over", now)
        session.add(Handover(assignment_id=held.id, done=note, created_at=now, updated_at=now))
    assert kinds(db, now) == ([Kind.EMPTY_HANDOVER] if waits else [])


def test_an_expired_claim_waits_until_somebody_takes_the_task(db: Database, project: Project, now: datetime) -> None:
    with db.sessions.begin() as session:
        left, taken = task(session, project, now), task(session, project, now, "claimed")
        ended(session, left, "expired", now)
        ended(session, taken, "expired", now)
        ended(session, taken, "recalled", now)
    assert kinds(db, now) == [Kind.EXPIRED_CLAIM]


def test_paused_and_unagreed_projects_wait_and_removed_ones_do_not(
    db: Database, project: Project, now: datetime
) -> None:
    with db.sessions.begin() as session:
        found = session.get_one(Project, project.id)
        found.agreed_at, found.paused_at, found.paused_reason = None, now, "two refusals"
    assert sorted(kind.value for kind in kinds(db, now)) == ["no_agreement", "paused_project"]
    with db.sessions.begin() as session:
        session.get_one(Project, project.id).removed_at = now
    assert kinds(db, now) == []


def test_held_writing_waits_until_somebody_lets_it_go(db: Database, project: Project, now: datetime) -> None:
    with db.sessions.begin() as session:
        manners.hold(session, session.get_one(Project, project.id), now)
    assert kinds(db, now) == [Kind.WRITING_HELD]
    with db.sessions.begin() as session:
        manners.let_go(session, session.get_one(Project, project.id), now=now, by=None)
    assert kinds(db, now) == []


def test_deliveries_set_aside_wait_for_each_project(db: Database, project: Project, now: datetime) -> None:
    with db.sessions.begin() as session:
        hook = Hook(project_id=project.id, source="github", key="k", created_at=now)
        session.add(hook)
        session.flush()
        for number, outcome in enumerate(("quarantined", "parked", "applied", None)):
            session.add(
                Delivery(hook_id=hook.id, external_id=str(number), received_at=now, outcome=outcome, reason="not JSON")
            )
    with db.readers() as session:
        (found,) = waiting(session, now)
    assert (found.kind, found.count, found.note) == (Kind.DELIVERIES, 2, "not JSON")


@pytest.mark.parametrize(("errors", "waits"), [((None, "rate limit"), True), (("rate limit", None), False)])
def test_only_the_latest_harvest_counts(
    db: Database, project: Project, now: datetime, *, errors: tuple[str | None, ...], waits: bool
) -> None:
    with db.sessions.begin() as session:
        for hour, error in enumerate(errors):
            session.add(HarvestRun(project_id=project.id, started_at=now + timedelta(hours=hour), error=error))
            session.flush()
    assert kinds(db, now) == ([Kind.HARVEST] if waits else [])


def test_effects_given_up_wait_and_those_to_come_do_not(db: Database, project: Project, now: datetime) -> None:
    with db.sessions.begin() as session:
        for key, due in (("given-up", None), ("to-come", now)):
            session.add(
                Effect(
                    key=key, project_id=project.id, kind="comment", created_at=now, next_attempt_at=due, error="gone"
                )
            )
    assert kinds(db, now) == [Kind.EFFECTS]


def test_a_refused_token_waits_until_another_one_is_in_use(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        session.add(Credential(source="github", host="github.com", fingerprint="old", revoked_at=now))
    assert kinds(db, now) == [Kind.TOKEN]
    with db.sessions.begin() as session:
        session.add(Credential(source="github", host="github.com", fingerprint="new"))
    assert kinds(db, now) == []


@pytest.mark.parametrize(("out_of_range", "alarms"), [(9, False), (10, True)])
def test_ranges_that_held_for_too_few_of_the_last_thirty_raise_an_alarm(
    db: Database, project: Project, now: datetime, *, out_of_range: int, alarms: bool
) -> None:
    with db.sessions.begin() as session:
        session.get_one(Project, project.id).is_public = True
        for number in range(40):  # the first ten, all out of range, are too long ago to count
            is_out = number < 10 or number >= 40 - out_of_range
            finished(session, project, number, 960 if is_out else 240, now=now + timedelta(hours=number))
        found = {each.kind: each.since for each in waiting(session, now)}
    assert (Kind.RANGES in found) is alarms
    assert found.get(Kind.RANGES) == (now + timedelta(hours=29) if alarms else None), "the thirtieth"


def finished(session: Session, project: Project, number: int, minutes: int, *, now: datetime) -> None:
    issue = Issue(
        project_id=project.id,
        external_id=str(number),
        number=number + 1,
        is_open=False,
        remote_updated_at=now,
        seen_at=now,
    )
    session.add(issue)
    session.flush()
    said = Estimate(
        issue_id=issue.id, p_one_day=0.8, p_team_day=0.9, hours_mid=2, hours_low=1, hours_high=4, offer=True,
        rules_version="stated-1", created_at=now,
    )  # fmt: skip
    made = task(session, project, now, "done")
    made.issue_id, made.estimate, made.outcome = issue.id, said, "accepted"
    ended(session, made, "submitted", now).minutes = minutes
