"""Offer or split: the line moves tasks, a person's word stays, parts keep the link to their issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Audit, Effect, Estimate, Observation, Person, Project, Task, TaskEvent
from connector.errors import UserError
from connector.harvest.service import observe
from connector.offering import queries, service
from connector.tasks.rules import Refusal
from sources.model import ClosedAs, Issue, Label
from tests.rows import project_row

LONG = "The architecture of the engine needs a redesign and a migration to another framework, in many places. " * 4
TWO_PARTS = f"{LONG}\n\n- [ ] add the model\n- [ ] show it on the page\n"


def issue(now: datetime, body: str = LONG, **changes: object) -> Issue:
    """A labelled issue that is unlikely to fit one day."""
    label = Label("good first issue")
    return replace(
        Issue("7", 7, "Rewrite the engine", "https://x.example/7", now, body=body, labels=(label,)),
        **changes,  # type: ignore[arg-type]  # fields of the issue
    )


def harvested(session: Session, now: datetime, body: str = LONG) -> tuple[Project, Task]:
    project = project_row(session, now, allows=["comment", "assign"])
    observe(session, project, issue(now, body), now)
    return project, session.scalars(select(Task)).one()


def test_below_the_line_nothing_is_offered_and_a_lower_line_brings_it_back(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now)
        assert (task.status, task.not_offered) == ("draft", ["unlikely"])
        before = {
            effect.line: (effect.offered, effect.come, effect.go) for effect in queries.effects(session, (0.0, 0.67))
        }
        assert before == {0.0: (1, 1, 0), 0.67: (0, 0, 0)}
        service.draw_line(session, 0.0, now=now, by=None)
        assert (task.status, task.not_offered) == ("ready", [])
        assert [(one.offered, one.go) for one in queries.effects(session, (0.67,))] == [(0, 1)]
        service.draw_line(session, 0.67, now=now, by=None)
        assert task.status == "draft"
        assert session.scalar(select(func.count(Audit.id)).where(Audit.kind == "line_drawn")) == 2


def test_a_line_that_was_not_shown_is_refused(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session, pytest.raises(UserError):
        service.draw_line(session, 0.123, now=now, by=None)


def test_a_persons_word_offers_the_task_and_outlives_the_next_harvest(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now)
        service.override(session, task, Decimal("0.5"), now=now, by=_somebody(session, now))
        assert (task.status, task.days) == ("ready", Decimal("0.5"))
        later = now + timedelta(hours=1)
        observe(session, project, issue(later, LONG + "More."), later)
        assert (task.status, task.days, session.scalar(select(func.count(Estimate.id)))) == ("ready", Decimal("0.5"), 2)
        assert [event.kind for event in session.scalars(select(TaskEvent))] == ["drafted", "sized", "offered"]


def test_a_persons_word_about_hours_silences_no_other_rule(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now)
        service.override(session, task, Decimal("0.5"), now=now, by=_somebody(session, now))
        for hours, labels, status, rules in (
            (1, ("wontfix",), "draft", ["rejecting_label"]), (2, ("security",), "draft", ["security"]), (3, (), "ready", []),
        ):  # fmt: skip
            later = now + timedelta(hours=hours)
            observe(session, project, issue(later, labels=(Label("good first issue"), *map(Label, labels))), later)
            assert (task.status, task.not_offered, task.days) == (status, rules, Decimal("0.5"))
            assert task.estimate is not None
            assert task.estimate.overridden_by is not None


def test_a_size_of_what_is_over_stays(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, TWO_PARTS)
        service.split(session, task, ["one", "two"], now=now, by=None)
        with pytest.raises(UserError, match="over"):
            service.override(session, task, Decimal(1), now=now, by=None)


def test_more_than_a_day_takes_a_task_off_the_list(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, "Estimate: 3h")
        assert task.status == "ready"
        service.override(session, task, Decimal(2), now=now, by=None)
        assert (task.status, task.not_offered) == ("draft", ["too_big"])


def test_confirmed_parts_take_the_place_of_the_task_and_write_nothing_upstream(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, TWO_PARTS)
        assert task.issue is not None
        proposed = service.proposed(task.issue)
        assert proposed is not None
        made = service.split(session, task, proposed.titles, now=now, by=None)
        assert not isinstance(made, Refusal)
        assert task.status == "split"
        assert [(part.part, part.title, part.status, part.issue_id) for part in made] == [
            (1, "add the model", "ready", task.issue_id), (2, "show it on the page", "ready", task.issue_id),
        ]  # fmt: skip
        assert all(part.estimate is not None and part.estimate.part == part.part for part in made)
        assert session.scalar(select(func.count(Effect.id))) == 0
        assert isinstance(service.split(session, task, proposed.titles, now=now, by=None), Refusal)


@pytest.mark.parametrize("label", ["3 days", "epic", "type: tracking", "meta"])
def test_parts_are_not_sized_by_what_a_label_says_of_the_whole(db: Database, now: datetime, label: str) -> None:
    with db.sessions.begin() as session:
        labels = (Label("good first issue"), Label("bug"), Label(label))
        observe(session, project_row(session, now), issue(now, TWO_PARTS, labels=labels), now)
        task = session.scalars(select(Task)).one()
        assert task.status == "draft"
        plain = service.sized(session, task, ["add the model"], now)[0].size
        made = service.split(session, task, ["add the model", "show it on the page"], now=now, by=None)
        assert not isinstance(made, Refusal)
        assert not plain.unsuitable
        assert [(part.status, part.days) for part in made] == [("ready", Decimal(1))] * 2


@pytest.mark.parametrize("titles", [[], ["one"], ["x"] * 13, ["one", "y" * 201]])
def test_a_split_has_two_to_twelve_parts(db: Database, now: datetime, titles: list[str]) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now)
        with pytest.raises(UserError):
            service.split(session, task, titles, now=now, by=None)


def test_parts_follow_their_issue_and_not_each_others_requests(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, TWO_PARTS)
        made = service.split(session, task, ["one", "two"], now=now, by=None)
        assert not isinstance(made, Refusal)
        later = now + timedelta(hours=1)
        observe(session, project, issue(later, TWO_PARTS, assignees=()), later)
        assert [part.status for part in made] == ["ready", "ready"]
        assert [part.title for part in made] == ["one", "two"]
        gone = later + timedelta(hours=1)
        observe(session, project, issue(gone, TWO_PARTS, is_open=False, closed_as=ClosedAs.COMPLETED), gone)
        assert [part.status for part in made] == ["withdrawn", "withdrawn"]
        back = gone + timedelta(hours=1)
        observe(session, project, issue(back, TWO_PARTS), back)
        assert [part.status for part in made] == ["ready", "ready"]
        assert session.scalar(select(func.count(Task.id))) == 3
        hidden = back + timedelta(hours=1)
        observe(session, project, issue(hidden, TWO_PARTS, is_confidential=True), hidden)
        assert [(part.status, part.title) for part in made] == [("withdrawn", ""), ("withdrawn", "")]


def _somebody(session: Session, now: datetime) -> int:
    person = Person(email="anne@example.org", name="Anne", role="coordinator", created_at=now)
    session.add(person)
    session.flush()
    return person.id


@pytest.mark.parametrize(("days", "heard"), [("0.5", (4.0, True)), ("1", (8.0, True)), ("2", (8.0, False))])
def test_a_persons_word_is_kept_as_an_observation(
    db: Database, now: datetime, days: str, heard: tuple[float, bool]
) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now)
        assert task.estimate is not None
        expected = task.estimate.hours_mid
        for _press in range(2):
            service.override(session, task, Decimal(days), now=now, by=None)
        row = session.scalars(select(Observation)).one()
        assert ((row.hours, row.is_finished), row.kind, row.expected) == (heard, "said", expected)


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"labels": (Label("good first issue"), Label("security"))}, ["security"]),
        ({"labels": (Label("good first issue"), Label("wontfix"))}, ["rejecting_label"]),
        ({"labels": (Label("good first issue"), Label("epic"))}, []),
        ({"body": f"An attacker can read any file on the server. {TWO_PARTS}"}, ["security"]),
    ],
)
def test_what_speaks_against_the_whole_keeps_its_parts_back(
    db: Database, now: datetime, changes: dict[str, object], rules: list[str]
) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, TWO_PARTS)
        made = service.split(session, task, ["one", "two"], now=now, by=None)
        assert not isinstance(made, Refusal)
        for hours, change, stopped in ((1, changes, rules), (2, {}, [])):
            later = now + timedelta(hours=hours)
            observe(session, project, replace(issue(later, TWO_PARTS), **change), later)  # type: ignore[arg-type]  # fields of the issue
            assert [(part.status, part.not_offered) for part in made] == [
                ("draft" if stopped else "ready", stopped)
            ] * 2
