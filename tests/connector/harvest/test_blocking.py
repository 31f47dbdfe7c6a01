"""GitLab tells which issues wait for others in one place only; the sweep asks there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Issue, Job, Task
from connector.demo.forges.answers import Answer
from connector.demo.forges.gitlab import GitLabServer
from connector.harvest import pulling
from tests.connector.harvest.test_sweeping import Day, forge_of
from tests.fakes import FakeClock

QUESTION = "/api/graphql"


class Blocked(Day):
    """A project at GitLab; a link to another issue changes nothing of the issue itself."""

    def block(self, number: int, *, by: int = 1) -> None:
        self.there.issues[number].blocked_by = by

    def sweep(self, *, is_whole: bool = False) -> None:
        super().sweep(is_whole=is_whole)
        with self.db.readers() as session:
            waiting = session.scalars(select(Job.ref).where(Job.kind == "reread", Job.done_at.is_(None))).all()
        for ref in waiting:
            pulling.read_issue(self.db, self.connect, self.project_id, int(ref.partition(":")[2]), self.clock)

    def task(self, number: int) -> tuple[str, list[str]]:
        with self.db.readers() as session:
            task = session.scalars(select(Task).join(Issue).where(Issue.number == number)).one()
            return task.status, list(task.not_offered)

    def questions(self) -> int:
        return sum(one.path == QUESTION for one in self.server.requests)


@pytest.fixture
def day(db: Database) -> Iterator[Blocked]:
    clock = FakeClock()
    with forge_of("gitlab", clock) as server:
        yield Blocked(db, server, clock)


def test_a_blocked_issue_is_not_offered_until_the_other_is_done(day: Blocked) -> None:
    number, free = day.add("Second step"), day.add("Another")
    day.block(number)
    day.sweep()
    assert day.task(number) == ("draft", ["blocked"])
    assert day.task(free) == ("ready", [])
    day.block(number, by=0)
    day.sweep()
    assert day.task(number) == ("ready", [])


def test_a_row_or_a_delivery_that_does_not_say_it_changes_nothing_of_it(day: Blocked) -> None:
    number = day.add("Second step")
    day.block(number)
    day.sweep()
    day.forge.edit_issue(day.there, number, title="Another title")
    day.clock.advance(minutes=1)
    pulling.pull(day.db, day.connect, day.project_id, day.clock)
    assert day.task(number) == ("draft", ["blocked"])


def test_who_works_on_it_is_left_alone(day: Blocked) -> None:
    number = day.add("Second step")
    day.sweep()
    day.claim(number)
    day.block(number)
    day.sweep()
    assert day.task(number)[0] == "claimed"


def test_a_hundred_are_asked_for_at_once(day: Blocked) -> None:
    for each in range(101):
        day.add(f"Issue {each}")
    last = max(day.there.issues)
    day.block(last)
    day.sweep()
    assert (day.questions(), day.task(last)[0]) == (2, "draft")


def test_nothing_is_asked_where_nothing_could_be_offered(day: Blocked) -> None:
    day.add("Not for newcomers", "bug")
    day.sweep()
    assert day.questions() == 0


def test_a_gitlab_without_such_links_keeps_nothing_back(day: Blocked) -> None:
    assert isinstance(day.server, GitLabServer)
    number = day.add("Second step")
    day.block(number)
    day.server.has_links = False
    day.sweep()
    assert day.task(number) == ("ready", [])


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refused_question_ends_no_sweep_of_a_public_project(day: Blocked, status: int) -> None:
    number = day.add("Second step")
    day.block(number)
    day.server.answers.program("POST", QUESTION, Answer(status=status))
    day.sweep()
    assert day.task(number) == ("ready", [])
