"""What a tracker tells of an issue besides its text, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Issue, Task
from connector.demo.forges.model import Issue as There
from connector.harvest.sweeping import sweep
from tests.connector.harvest.test_sweeping import Day, forge_of
from tests.fakes import FakeClock
from tests.many_projects import LABEL, Many, forge


class Organisation:
    """One project of an organisation whose issues have types, parts and fields, read with a token."""

    def __init__(self, many: Many) -> None:
        self.many, self.forge = many, many.server.forge
        self.there = next(iter(self.forge.projects.values()))
        self.forge.fields = {"Size": True, "Customer": False}

    def add(self, **facts: object) -> There:
        issue = self.forge.add_issue(self.there, "Correct the legend", labels=[LABEL])
        return self.forge.describe_issue(self.there, issue.number, **facts)

    def sweep(self) -> None:
        assert isinstance(self.many.clock, FakeClock)
        self.many.clock.advance(minutes=15)
        self.many.server.requests.clear()
        sweep(self.many.db, self.many.connect, self.many.project_ids[0], self.many.clock)

    def facts(self, number: int) -> dict[str, object]:
        with self.many.db.readers() as session:
            return dict(session.scalars(select(Issue.facts).where(Issue.number == number)).one())

    def task(self, number: int) -> tuple[str, list[str]]:
        with self.many.db.readers() as session:
            task = session.scalars(select(Task).join(Issue).where(Issue.number == number)).one()
            return task.status, list(task.not_offered)


@pytest.fixture
def organisation(sqlite_db: Database) -> Iterator[Organisation]:
    clock = FakeClock()
    with forge(clock) as server:
        yield Organisation(Many(sqlite_db, server, clock, [0]))


def test_type_milestone_and_parent_are_kept(organisation: Organisation) -> None:
    parent = organisation.add()
    child = organisation.add(type="Bug", milestone="Spring", parent=parent.number)
    organisation.sweep()
    facts = organisation.facts(child.number)
    assert (facts["type"], facts["milestone"]) == ("Bug", "Spring")
    assert str(facts["parent"]).endswith(f"/issues/{parent.number}")
    assert organisation.facts(parent.number) == {}


def test_an_issue_of_a_type_that_is_no_task_is_not_offered(organisation: Organisation) -> None:
    number = organisation.add(type="Epic").number
    organisation.sweep()
    assert organisation.task(number) == ("draft", ["rejecting_label"])


def test_an_issue_with_open_parts_is_not_offered_until_they_are_done(organisation: Organisation) -> None:
    """The parts are offered, the whole is not; nothing of the issue itself changes when a part is closed."""
    part = organisation.add()
    whole = organisation.add(parts=[part.number])
    organisation.sweep()
    assert organisation.task(whole.number) == ("draft", ["sub_issues"])
    assert organisation.task(part.number) == ("ready", [])
    organisation.forge.close_issue(organisation.there, part.number)
    organisation.sweep()
    assert organisation.task(whole.number) == ("ready", [])


def test_a_blocked_issue_is_not_offered(organisation: Organisation) -> None:
    number = organisation.add(blocked_by=1).number
    organisation.sweep()
    assert organisation.task(number) == ("draft", ["blocked"])
    organisation.forge.describe_issue(organisation.there, number, blocked_by=0)
    organisation.sweep()
    assert organisation.task(number) == ("ready", [])


def test_only_fields_that_everybody_may_see_are_kept(organisation: Organisation) -> None:
    """S3: a value that is for members of the organisation only is in no table."""
    number = organisation.add(fields={"Size": "S", "Customer": "SECRET & sons"}).number
    organisation.sweep()
    assert organisation.facts(number)["fields"] == {"Size": "S"}
    assert [one.path for one in organisation.many.server.requests].count("/api/v3/orgs/asso-0/issue-fields") == 1


def test_where_the_fields_may_not_be_asked_for_none_is_kept(organisation: Organisation) -> None:
    organisation.forge.tokens.clear()
    organisation.many.connect = Day(
        organisation.many.db, organisation.many.server, FakeClock()
    ).connect  # without a token
    number = organisation.add(fields={"Size": "S"}).number
    organisation.sweep()
    assert not organisation.facts(number).get("fields")


@pytest.mark.parametrize(("value", "status"), [("5 days", "draft"), ("2 hours", "ready")])
def test_a_size_field_is_read_as_a_size_label_is(organisation: Organisation, value: str, status: str) -> None:
    number = organisation.add(fields={"Size": value}).number
    organisation.sweep()
    assert organisation.task(number)[0] == status


def test_gitlab_tells_weight_time_boxes_and_milestone(sqlite_db: Database) -> None:
    clock = FakeClock()
    with forge_of("gitlab", clock) as server:
        day = Day(sqlite_db, server, clock)
        number = day.add("Correct the legend")
        day.forge.edit_issue(day.there, number, body="- [x] one\n- [ ] two\n- [ ] three\n")
        day.forge.describe_issue(day.there, number, weight=3, spent_seconds=5400, milestone="Spring")
        day.sweep()
        with sqlite_db.readers() as session:
            facts = session.scalars(select(Issue.facts).where(Issue.number == number)).one()
        assert facts == {"weight": 3, "spent_hours": 1.5, "milestone": "Spring", "boxes": [3, 1]}
