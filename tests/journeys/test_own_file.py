"""A file in the repository: it proves the agreement, sets what it says, and one line of it stops everything."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.tables import Mail, Task
from connector.harvest import pulling
from tests.journeys.joining import LABEL, Joining

FILE = ".wecena.yml"


def harvest(joining: Joining, **later: float) -> int:
    """Harvest a while later; the number of requests it took."""
    joining.clock.advance(**(later or {"minutes": 15}))
    services = joining.services
    return int(pulling.pull(services.db, services.connect, joining.project().id, joining.clock).counts["requests"])


def mails(joining: Joining) -> list[str]:
    with joining.services.db.readers() as session:
        return list(session.scalars(select(Mail.text).order_by(Mail.id)))


@pytest.fixture
def followed(joining: Joining) -> Joining:
    """A project that is followed, to which nobody agreed yet."""
    joining.forge.add_issue(joining.there, "First", labels=[LABEL])
    assert joining.follow(joining.sign_in())[0] == 200
    joining.client = joining.sign_in(Role.COORDINATOR)
    joining.work()
    assert joining.tasks() == {"First": "draft"}
    return joining


def test_its_labels_are_the_agreement(followed: Joining) -> None:
    text = (
        f"labels: [{LABEL}]\nlanguage: fr\nstart: [make run]\nneeds: docker\nlimits:\n  at_once: 5\nallow: [comment]\n"
    )
    followed.forge.write_file(followed.there, FILE, text)
    harvest(followed)
    project = followed.project()
    assert followed.tasks() == {"First": "ready"}
    assert (project.agreed_proof, project.agreed_by, project.labels) == ("file", None, [LABEL])
    assert (project.languages, project.start_steps, project.needs) == (["fr"], "make run", "docker")
    assert (project.wip_cap, project.allows) == (5, ["comment"])
    page = followed.client.get(f"/coordinator/projects/{project.id}?lang=en").text
    assert "The file .wecena.yml in the repository" in page


def test_what_is_wrong_is_told_once_with_its_line_and_changes_nothing(followed: Joining) -> None:
    followed.forge.write_file(followed.there, FILE, f"needs: docker\nlabels: {LABEL}\nallow: [merge]\n")
    harvest(followed)
    harvest(followed)
    project = followed.project()
    assert (project.needs, project.labels, project.allows) == ("git", [], [])
    told, same = [text for text in mails(followed) if "2" in text and "merge" in text]
    assert told == same, "one for the admin, one for the coordinator"
    assert told.count("\n") >= 3
    page = followed.client.get(f"/coordinator/projects/{project.id}?lang=en").text
    assert "Line 2: “labels” needs a list" in page
    assert "Line 3: “merge” is not one of comment, assign" in page


def test_stop_frees_everything_at_once_and_nobody_of_ours_can_undo_it(followed: Joining) -> None:
    followed.forge.write_file(followed.there, FILE, f"labels: [{LABEL}]\n")
    harvest(followed)
    followed.forge.write_file(followed.there, FILE, f"labels: [{LABEL}\nstop: true\n")
    harvest(followed)
    assert followed.tasks() == {"First": "draft"}, "although another line of it cannot be understood"
    page = f"/coordinator/projects/{followed.project().id}"
    assert followed.press(followed.client, f"{page}/resume", page=page)[0] == 400
    followed.forge.write_file(followed.there, FILE, f"labels: [{LABEL}]\nstop: false\n")
    harvest(followed)
    assert followed.tasks() == {"First": "ready"}


def test_a_file_that_is_gone_agrees_to_nothing(followed: Joining) -> None:
    followed.forge.write_file(followed.there, FILE, f"labels: [{LABEL}]\n")
    harvest(followed)
    followed.forge.write_file(followed.there, FILE, None)
    harvest(followed)
    assert followed.project().agreed_at is None
    with followed.services.db.readers() as session:
        assert session.scalars(select(Task.not_offered)).one() == ["not_agreed"]


def test_where_nothing_was_pushed_it_is_not_asked_for(followed: Joining) -> None:
    harvest(followed, hours=3)
    before = len(followed.server.requests_to(".*wecena.*"))
    harvest(followed, hours=3)
    assert len(followed.server.requests_to(".*wecena.*")) == before
