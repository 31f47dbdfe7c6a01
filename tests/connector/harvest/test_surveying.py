"""Many projects are asked about at once where that is cheaper, with the same end as one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Issue, Project, Task
from connector.demo.forges.answers import Answer
from sources.errors import NotFound
from tests.fakes import FakeClock
from tests.many_projects import LABEL, Many, forge, harvest_all, sizes

SURVEYS = 1


@pytest.fixture
def many(sqlite_db: Database) -> Iterator[Many]:
    clock = FakeClock()
    with forge(clock) as server:
        yield Many(sqlite_db, server, clock, sizes(5, 12))


def found(many: Many) -> list[tuple[object, ...]]:
    with many.db.readers() as session:
        about = (Project.path, Project.clone_url, Project.is_public, Project.is_archived, Project.default_branch)
        tasks = select(Project.path, Issue.number, Task.status).join(Task, Task.project_id == Project.id).join(Issue)
        return [
            *map(tuple, session.execute(select(*about, Project.description).order_by(Project.id))),
            *sorted(map(tuple, session.execute(tasks))),
            *((sorted(each.skills), sorted(each.known_labels)) for each in session.scalars(select(Project))),
        ]


def test_a_first_harvest_of_many_takes_one_question_and_the_lists(many: Many) -> None:
    harvest_all(many)
    assert many.server.requests[0].path == "/api/graphql"
    assert len(many.server.requests) == SURVEYS + many.floor
    assert {row[2] for row in found(many) if len(row) == 3} == {"ready"}


def test_it_ends_as_if_each_had_been_asked(many: Many, sqlite_db: Database) -> None:
    harvest_all(many)
    together = found(many)
    with sqlite_db.sessions.begin() as session:
        for project in session.scalars(select(Project)):
            project.cursor, project.clone_url, project.skills, project.known_labels = None, "", [], []
    many.server.answers.program("POST", "*/graphql", Answer(status=502))
    many.server.requests.clear()
    harvest_all(many)
    assert found(many) == together
    assert len(many.server.requests) > 4 * many.floor


def test_a_project_that_is_not_shown_so_is_asked_by_itself(many: Many) -> None:
    """GraphQL follows no renamed repository; REST does, and a name that a stranger took over is found out."""
    there = list(many.server.forge.projects.values())
    many.server.forge.rename(there[0], "asso-0/moved")
    there[1].id = 999_999
    many.server.forge.projects = {one.id: one for one in there}
    with pytest.raises(NotFound, match="another repository"):
        harvest_all(many)
    with many.db.readers() as session:
        paths = session.scalars(select(Project.path).order_by(Project.id)).all()
        taken = session.scalars(select(Task.id).join(Project).where(Project.path == "asso-1/site")).all()
    assert paths[0] == "asso-0/moved"
    assert not taken


def test_its_own_file_is_heard(many: Many) -> None:
    there = next(iter(many.server.forge.projects.values()))
    many.server.forge.write_file(there, ".wecena.yml", f"labels: [{LABEL}]\nstop: true\n")
    harvest_all(many)
    assert {row[2] for row in found(many) if len(row) == 3 and row[0] == there.path} == {"draft"}


def test_few_projects_are_asked_one_by_one(sqlite_db: Database) -> None:
    clock = FakeClock()
    with forge(clock) as server:
        harvest_all(Many(sqlite_db, server, clock, sizes(2, 2)))
        assert not [one for one in server.requests if one.method == "POST"]
