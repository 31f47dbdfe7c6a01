"""Harvesting: everything once, no more requests than needed, and the same end as by deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import HarvestRun, Issue, Job, Project, Task
from connector.harvest import marks, service
from connector.harvest.pulling import pull, read_issue
from connector.harvest.rules import Decision
from sources import model
from sources.base import IssueQuery, Mark
from sources.errors import NotFound, SourceError, Unavailable
from sources.model import Actor, Label
from tests.fakes import FACTS, NOW, FakeClient, FakeClock, issue
from tests.rows import project_row


class Harvest:
    """A project and its tracker."""

    def __init__(self, db: Database, **project: object) -> None:
        self.db = db
        self.clock = FakeClock()
        self.client = FakeClient()
        with db.sessions.begin() as session:
            self.project_id = project_row(session, self.clock(), **project).id

    def pull(self) -> HarvestRun:
        self.client.calls.clear()
        self.clock.advance(minutes=15)
        return pull(self.db, lambda _project: self.client, self.project_id, self.clock)

    def read(self, number: int) -> None:
        read_issue(self.db, lambda _project: self.client, self.project_id, number, self.clock)

    def project(self) -> Project:
        with self.db.readers() as session:
            return session.get_one(Project, self.project_id)

    def tasks(self) -> dict[int, str]:
        with self.db.readers() as session:
            return dict(session.execute(select(Issue.number, Task.status).join(Task, Task.issue_id == Issue.id)).all())  # type: ignore[arg-type]  # rows are pairs

    def jobs(self) -> list[str]:
        with self.db.readers() as session:
            return list(session.scalars(select(Job.ref).order_by(Job.id)))


@pytest.fixture
def harvest(db: Database) -> Harvest:
    return Harvest(db)


def test_a_first_pull_lists_each_agreed_label_once(harvest: Harvest) -> None:
    harvest.client.put(
        issue(1), issue(2, labels=(Label("bug"),)), issue(3, is_request=True), issue(4, assignees=(Actor("1", "eve"),))
    )
    run = harvest.pull()
    assert harvest.client.calls == ["facts", "labels", "issues good first issue"]
    assert harvest.tasks() == {1: "ready", 4: "draft"}
    assert {key: run.counts[key] for key in ("issues", "made", "changed", "withdrawn", "not_offered")} == {
        "issues": 3, "made": 2, "changed": 0, "withdrawn": 0, "not_offered": {"assigned": 1},
    }  # fmt: skip
    assert harvest.project().cursor == run.started_at


def test_later_pulls_ask_for_all_changes_since(harvest: Harvest) -> None:
    harvest.client.put(issue(1), issue(2), issue(3))
    harvest.pull()
    at = harvest.clock.advance(minutes=1)
    harvest.client.put(
        issue(1, updated_at=at, labels=()), issue(2, updated_at=at, is_open=False), issue(5, updated_at=at)
    )
    run = harvest.pull()
    assert harvest.client.calls == ["facts", "issues all"]
    assert harvest.tasks() == {1: "withdrawn", 2: "withdrawn", 3: "ready", 5: "ready"}
    assert (run.counts["made"], run.counts["withdrawn"], run.counts["unlabelled"]) == (1, 2, 1)
    assert harvest.project().cursor == at


def test_an_unchanged_project_is_asked_the_same_question_again(harvest: Harvest) -> None:
    harvest.client.put(issue(1))
    harvest.pull()
    before = harvest.project().cursor
    run = harvest.pull()
    assert harvest.project().cursor == before
    assert (run.counts["made"], run.counts["changed"]) == (0, 0)


def test_each_page_is_kept_although_the_next_one_fails(harvest: Harvest) -> None:
    harvest.client.page_size = 2
    harvest.client.put(*(issue(number) for number in range(1, 6)))
    real = harvest.client.issues

    def broken(query: IssueQuery) -> Iterator[Sequence[model.Issue]]:
        pages = real(query)
        yield next(pages)
        raise Unavailable

    harvest.client.issues = broken  # type: ignore[method-assign]  # only for this test
    with pytest.raises(Unavailable):
        harvest.pull()
    assert harvest.tasks() == {1: "ready", 2: "ready"}
    assert harvest.project().cursor is None
    with harvest.db.readers() as session:
        assert session.scalars(select(HarvestRun.error)).one() == str(Unavailable())
    harvest.client.issues = real  # type: ignore[method-assign]
    harvest.pull()
    assert len(harvest.tasks()) == 5


def test_a_page_is_marked_only_when_all_of_it_was_taken_over(harvest: Harvest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is written in several transactions, so that deliveries need not wait for all of it."""
    page = [issue(number) for number in range(1, 26)]
    mark = Mark("W/1", shown=tuple(range(1, 26)))

    def listed(_query: IssueQuery) -> Iterator[Sequence[model.Issue]]:
        harvest.client.usage.marks["page 1"] = mark
        yield page

    def fail(session: Session, project: Project, seen: model.Issue, now: datetime, **how: Any) -> Decision:  # noqa: ANN401  (as it is called)
        if seen.number == 23:
            raise Unavailable("the disk is full")
        return observe(session, project, seen, now, **how)

    observe = service.observe
    harvest.client.issues = listed  # type: ignore[method-assign]  # only for this test
    with monkeypatch.context() as patched:
        patched.setattr(service, "observe", fail)
        with pytest.raises(Unavailable):
            harvest.pull()
    assert len(harvest.tasks()) == 20
    assert known_marks(harvest) == {}
    harvest.pull()
    assert len(harvest.tasks()) == 25
    assert known_marks(harvest) == {"page 1": mark}


def known_marks(harvest: Harvest) -> dict[str, Mark]:
    with harvest.db.readers() as session:
        return marks.known(session, harvest.project_id, marks.Kind.LABELLED)


def test_a_label_that_does_not_exist_costs_no_request(db: Database) -> None:
    harvest = Harvest(db, labels=["no such label"])
    harvest.pull()
    assert harvest.client.calls == ["facts", "labels"]


def test_one_list_of_everything_is_read_where_that_is_cheaper(db: Database) -> None:
    harvest = Harvest(db, labels=["a", "b", "c"])
    harvest.client.project_labels = ["a", "b", "c"]
    harvest.client.project = replace(FACTS, open_issues=150)
    harvest.client.put(issue(1, labels=(Label("a"),)), issue(2, labels=(Label("x"),)))
    harvest.pull()
    assert harvest.client.calls[2:] == ["issues all"]
    assert harvest.tasks() == {1: "ready"}


def test_a_newly_agreed_label_is_listed_at_the_next_pull(harvest: Harvest) -> None:
    harvest.client.put(issue(1), issue(2, labels=(Label("bug"),)))
    harvest.pull()
    with harvest.db.sessions.begin() as session:
        session.execute(update(Project).values(labels=["good first issue", "bug"]))
    harvest.pull()
    assert harvest.tasks() == {1: "ready", 2: "ready"}


def test_without_an_agreement_the_usual_labels_are_listed_for_drafts(db: Database) -> None:
    harvest = Harvest(db, labels=[], agreed_at=None)
    harvest.client.put(issue(1))
    harvest.pull()
    assert harvest.tasks() == {1: "draft"}


def test_what_a_full_list_no_longer_shows_is_read_again(harvest: Harvest) -> None:
    harvest.client.put(issue(1), issue(2))
    harvest.pull()
    del harvest.client.known[2]
    with harvest.db.sessions.begin() as session:
        session.execute(update(Project).values(cursor=None))
    harvest.pull()
    assert harvest.jobs() == [f"{harvest.project_id}:2"]


def test_an_issue_not_shown_any_more_is_hidden_then_forgotten(harvest: Harvest) -> None:
    harvest.client.put(issue(1))
    harvest.pull()
    del harvest.client.known[1]
    harvest.read(1)
    assert harvest.tasks() == {1: "withdrawn"}
    assert harvest.jobs() == [f"{harvest.project_id}:1"]
    harvest.read(1)
    with harvest.db.readers() as session:
        assert session.scalars(select(Issue.visibility)).one() == "gone"


def test_an_issue_shown_again_at_the_second_look_comes_back(harvest: Harvest) -> None:
    harvest.client.put(issue(1))
    harvest.pull()
    hidden = harvest.client.known.pop(1)
    harvest.read(1)
    harvest.client.put(hidden)
    harvest.read(1)
    assert harvest.tasks() == {1: "ready"}


def test_a_project_no_longer_shown_is_not_shown_either(harvest: Harvest) -> None:
    harvest.client.put(issue(1))
    harvest.pull()
    harvest.client.failures = [NotFound()]
    with pytest.raises(NotFound):
        harvest.pull()
    assert harvest.project().is_public is False
    assert harvest.tasks() == {1: "draft"}
    harvest.pull()
    assert harvest.tasks() == {1: "ready"}


def test_what_was_delivered_and_what_is_harvested_end_alike(harvest: Harvest) -> None:
    with harvest.db.sessions.begin() as session:
        project = session.get_one(Project, harvest.project_id)
        service.observe(session, project, issue(1, digest="as delivered", title="Old"), NOW)
    harvest.client.put(issue(1, digest="as listed", title="New"))
    harvest.pull()
    with harvest.db.readers() as session:
        assert session.scalars(select(Task.title)).all() == ["New"]


def test_no_transaction_is_open_while_the_tracker_is_asked(sqlite_db: Database) -> None:
    harvest = Harvest(sqlite_db)
    harvest.client.put(issue(1))
    called = FakeClient._called

    def check(client: FakeClient, name: str) -> None:
        assert sqlite_db.engine.pool.checkedout() == 0, name  # type: ignore[attr-defined]  # the file's pool counts
        called(client, name)

    FakeClient._called = check  # type: ignore[method-assign]
    try:
        harvest.pull()
        harvest.read(1)
    finally:
        FakeClient._called = called  # type: ignore[method-assign]


def test_an_offline_project_is_harvested_on_demand_without_asking_for_it(db: Database) -> None:
    harvest = Harvest(db, is_offline=True)
    harvest.client.put(issue(1))
    harvest.client.failures = [NotFound()]
    harvest.pull()
    assert harvest.client.calls == ["labels", "issues good first issue"]
    assert harvest.tasks() == {1: "ready"}


@pytest.mark.parametrize("error", [Unavailable(), NotFound()])
def test_a_failed_pull_is_noted(harvest: Harvest, error: SourceError) -> None:
    harvest.client.failures = [error]
    with pytest.raises(type(error)):
        harvest.pull()
    with harvest.db.readers() as session:
        run = session.scalars(select(HarvestRun)).one()
    assert (run.error, run.ended_at, run.counts["requests"]) == (str(error), harvest.clock(), 1)


def test_the_cursor_never_runs_ahead_of_our_clock(harvest: Harvest) -> None:
    harvest.pull()
    harvest.client.put(issue(1, updated_at=NOW + timedelta(days=400)))
    harvest.pull()
    cursor = harvest.project().cursor
    assert cursor is not None
    assert cursor <= harvest.clock()
