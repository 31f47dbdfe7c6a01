"""A night in which nothing changed costs nothing: no quota at the forge, no write in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from connector.db.engine import Database
from connector.db.tables import Issue, Project
from connector.demo.forges.answers import Answer
from connector.harvest.pulling import pull
from connector.harvest.sweeping import sweep
from connector.projects import service as projects
from sources.errors import Unavailable
from tests.fakes import FakeClock
from tests.many_projects import LABEL, Many, forge, sizes, writes


@pytest.fixture
def many(db: Database) -> Iterator[Many]:
    clock = FakeClock()
    with forge(clock) as server:
        yield Many(db, server, clock, sizes(3, 108, big=1))


def sweep_all(many: Many, *, is_whole: bool = False) -> None:
    many.server.requests.clear()
    for project_id in many.project_ids:
        sweep(many.db, many.connect, project_id, many.clock, is_whole=is_whole)


def later(many: Many, **time: float) -> None:
    assert isinstance(many.clock, FakeClock)
    many.clock.advance(**time)


def settle(many: Many) -> None:
    """Read everything until the cursor stands still; so long after a push a project's own file is looked for."""
    sweep_all(many)
    later(many, hours=2)
    sweep_all(many)


def test_an_unchanged_night_costs_no_quota_and_no_write(many: Many) -> None:
    settle(many)
    used = many.used
    with writes(many.db) as noted:
        for _quarter in range(4):
            later(many, minutes=15)
            sweep_all(many)
        later(many, hours=8)
        sweep_all(many, is_whole=True)
    assert many.used == used
    assert noted.statements == []
    assert {one.status for one in many.server.requests} == {304}
    assert len(many.server.requests) == many.floor + 3 * len(many.project_ids), "besides: project, changes, requests"


def test_that_a_project_is_still_there_is_noted_twice_a_day(many: Many) -> None:
    """It would count as hidden otherwise, a day after it was seen last."""
    settle(many)
    with writes(many.db) as noted:
        later(many, hours=12)
        sweep_all(many)
    assert len([one for one in noted.statements if one.startswith("UPDATE project")]) == len(many.project_ids)
    assert len([one for one in noted.statements if "harvest_run" in one]) == len(many.project_ids)


def test_one_change_is_read_and_the_rest_stays_free(many: Many) -> None:
    settle(many)
    later(many, minutes=15)
    server, first = many.server, min(many.server.forge.projects)
    server.forge.add_issue(server.forge.projects[first], "New", labels=[LABEL])
    used = many.used
    sweep_all(many)
    changed = [one for one in server.requests if one.status == 200]
    assert len(changed) == many.used - used == 1 + 1 + 2, "project, changes, and both pages of the label"


def test_a_row_is_never_vouched_for_before_it_is_there(many: Many) -> None:
    """R4: a list that broke off between two pages goes on where it ended, and no page is lost."""
    project_id = many.project_ids[0]
    many.server.answers.program("GET", "*/repositories/*/issues", *[Answer(status=502)] * 3)
    with pytest.raises(Unavailable):
        pull(many.db, many.connect, project_id, many.clock)
    later(many, minutes=1)
    run = pull(many.db, many.connect, project_id, many.clock)
    assert run.counts["issues"] == 101
    assert run.counts["unchanged"] == 2, "project and first page"


def test_what_we_lost_of_an_unchanged_page_is_read_again(many: Many) -> None:
    """R4: the forge says "unchanged", and our copy is another one."""
    settle(many)
    before = public_issues(many)
    with many.db.sessions.begin() as session:
        session.execute(update(Issue).where(Issue.number == 3).values(visibility="gone", title=""))
    later(many, minutes=15)
    sweep_all(many)
    assert public_issues(many) == before


def public_issues(many: Many) -> int:
    with many.db.readers() as session:
        return len(session.scalars(select(Issue.id).where(Issue.visibility == "public", Issue.title != "")).all())


def test_an_agreement_to_other_labels_begins_anew(many: Many) -> None:

    sweep_all(many)
    with many.db.sessions.begin() as session:
        project = session.get_one(Project, many.project_ids[1])
        projects.agree(session, project, ["bug"], now=many.clock() + timedelta(seconds=1), by=None)
    later(many, minutes=15)
    run = pull(many.db, many.connect, many.project_ids[1], many.clock)
    assert run.counts["made"] == 1
