"""Many projects are asked about at once where that is cheaper, with the same end as one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Issue, Project, Task
from connector.demo.forges.answers import Answer
from connector.harvest.pulling import pull
from connector.harvest.surveying import survey
from connector.settings import load_settings
from sources.base import Connection
from sources.errors import NotFound
from sources.gitlab.source import GitLab
from sources.model import ProjectRef
from sources.transport import Transport
from tests.connector.harvest.test_sweeping import Day, forge_of
from tests.fakes import FakeClock
from tests.many_projects import LABEL, Many, forge, harvest_all, sizes
from tests.rows import project_row

SURVEYS = 1
ALLOWED = {"WECENA_SECRET_KEY": "k" * 32, "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8"}


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


@pytest.mark.parametrize(("has_group", "spared"), [(True, 2), (False, 0)])
def test_the_projects_of_a_gitlab_group_are_told_by_its_list(
    sqlite_db: Database, *, has_group: bool, spared: int
) -> None:
    """One request instead of project and languages of each; where there is no group each is asked."""
    clock = FakeClock()
    with forge_of("gitlab", clock) as server:
        if has_group:
            server.forge.add_owner("asso")
        day = Day(sqlite_db, server, clock)
        for name in ("two", "three", "four"):
            there = server.forge.add_project(f"asso/{name}", labels=[LABEL])
            server.forge.add_issue(there, "Here", labels=[LABEL])
            with sqlite_db.sessions.begin() as session:
                project_row(
                    session, clock(), source="gitlab", host="127.0.0.1", path=f"asso/{name}", labels=[LABEL],
                    external_id=str(there.id), base_url=server.url, api_url=server.api_url, web_url=server.url,
                )  # fmt: skip
        with sqlite_db.readers() as session:
            projects = session.scalars(select(Project).order_by(Project.id)).all()
        told = survey(day.connect, projects)
        assert len(told) == (4 if has_group else 0)
        server.requests.clear()
        for project in projects:
            pull(sqlite_db, day.connect, project.id, clock, told=told.get(project.id))
        assert len(server.requests) == len(projects) * (5 - spared), "besides: own file, labels, list"
        assert [status for _number, status in day.statuses().items()] == ["ready"]


def test_a_private_project_of_a_group_is_not_taken_for_a_public_one(sqlite_db: Database) -> None:
    """S3: the list of a group shows members what the public may not see."""
    clock = FakeClock()
    with forge_of("gitlab", clock) as server:
        server.forge.add_owner("asso")
        server.forge.add_token("t0ken", "mainteneuse")
        paths = ("asso/a", "asso/b", "asso/c")
        made = [server.forge.add_project(path, is_private=path == "asso/c") for path in paths]
        refs = [ProjectRef(str(there.id), there.path) for there in made]
        client = GitLab().connect(
            Connection(server.api_url, refs[0], "t0ken"), Transport(allowed_networks=load_settings(ALLOWED).networks)
        )
        told = client.survey(refs, ".wecena.yml")
        assert {path: told[path].facts.is_public for path in paths} == {"asso/a": True, "asso/b": True, "asso/c": False}
