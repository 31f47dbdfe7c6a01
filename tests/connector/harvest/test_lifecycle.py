"""What becomes of tasks and people when a project or an issue moves, ends or hides upstream, on both forges.

No delivery comes: the sweep finds it. docs/forges.md has the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Audit, Issue, Job, Mail, Project, Task
from connector.demo.forges.answers import Answer
from connector.demo.forges.model import Project as There
from connector.harvest import pulling, service
from connector.harvest.sweeping import sweep
from sources.errors import SourceError
from tests.connector.harvest.test_sweeping import LABEL, Day, forge_of
from tests.fakes import FakeClock
from tests.rows import project_row

SECOND_PATH = "asso/other"


@pytest.fixture(params=["github", "gitlab"])
def day(request: pytest.FixtureRequest, db: Database) -> Iterator[Day]:
    clock = FakeClock()
    with forge_of(request.param, clock) as server:
        yield Day(db, server, clock)


def tried(day: Day) -> None:
    """A sweep that may end in an error; the jobs that it put in are done too."""
    with suppress(SourceError):
        day.sweep()
    with day.db.readers() as session:
        jobs = [ref.split(":") for ref in session.scalars(select(Job.ref).where(Job.kind == service.REREAD)).all()]
    for project_id, number in jobs:
        pulling.read_issue(day.db, day.connect, int(project_id), int(number), day.clock)


def ready_and_claimed(day: Day) -> tuple[int, int]:
    ready, claimed = day.add("Ready"), day.add("Held")
    day.sweep()
    day.claim(claimed)
    return ready, claimed


def follow_another(day: Day) -> tuple[There, int]:
    """A second project of the same owner, followed too."""
    there = day.forge.add_project(SECOND_PATH, labels=[LABEL])
    with day.db.sessions.begin() as session:
        project_id = project_row(
            session, day.clock(), source=day.server.kind, host="127.0.0.1", path=SECOND_PATH, labels=[LABEL],
            external_id=str(there.id), base_url=day.server.url, api_url=day.server.api_url, web_url=day.server.url,
        ).id  # fmt: skip
    sweep(day.db, day.connect, project_id, day.clock)
    return there, project_id


def told_of_loss(day: Day) -> int:
    with day.db.readers() as session:
        return len(session.scalars(select(Mail.id)).all())


# --- the project --------------------------------------------------------------------------------------------------


def test_a_renamed_project_is_followed_and_nothing_else_changes(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    day.forge.rename(day.there, "asso/renamed")
    tried(day)
    assert day.statuses() == {ready: "ready", claimed: "claimed"}
    with day.db.readers() as session:
        assert session.get_one(Project, day.project_id).path == "asso/renamed"
    assert told_of_loss(day) == 0


def test_a_stranger_who_takes_over_the_name_is_not_followed(day: Day) -> None:
    """S3, traps 14 and 15: the number tells."""
    ready, claimed = ready_and_claimed(day)
    day.forge.delete_project(day.there)
    stranger = day.forge.add_project("asso/site", labels=[LABEL], project_id=999_999)
    day.forge.add_issue(stranger, "A stranger's", labels=[LABEL])
    tried(day)
    assert day.statuses() == {ready: "draft", claimed: "draft"}


def test_a_deleted_project_offers_nothing_and_frees_its_people(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    day.forge.delete_project(day.there)
    tried(day)
    assert day.statuses() == {ready: "draft", claimed: "draft"}
    assert told_of_loss(day) == 1


def test_a_project_made_private_hides_all_and_comes_back_when_it_is_public(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    day.forge.make_private(day.there)
    tried(day)
    assert day.statuses() == {ready: "draft", claimed: "draft"}
    day.forge.make_private(day.there, is_private=False)
    tried(day)
    assert day.statuses() == {ready: "ready", claimed: "ready"}


def test_an_archived_project_frees_its_people_and_one_brought_back_offers_again(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    day.forge.archive(day.there)
    tried(day)
    assert day.statuses() == {ready: "draft", claimed: "draft"}
    day.forge.archive(day.there, is_archived=False)
    tried(day)
    assert day.statuses() == {ready: "ready", claimed: "ready"}


def test_issues_switched_off_hide_all_until_they_are_on_again(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    day.there.has_issues = False
    day.sweep()
    assert day.statuses() == {ready: "draft", claimed: "draft"}
    day.there.has_issues = True
    day.sweep()
    assert day.statuses() == {ready: "ready", claimed: "ready"}


def test_a_project_blocked_by_law_keeps_no_text_and_the_reason(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    body = {"message": "Repository access blocked", "block": {"reason": "dmca"}}
    # Read once, even if that were tried three times.
    for path in ("*/repos/asso/site", "*/projects/*"):
        day.server.answers.program("GET", path, *[Answer(status=451, body=body)] * 3)
    tried(day)
    assert day.text(ready) == day.text(claimed) == ""
    assert set(day.statuses().values()) == {"withdrawn"}
    with day.db.readers() as session:
        audit = session.scalars(select(Audit).where(Audit.kind == "blocked_by_law")).all()
    assert "dmca" in audit[0].data["reason"]


@pytest.mark.parametrize("status", [404, 410, 451])
def test_one_project_in_trouble_keeps_no_other_from_being_read(day: Day, status: int) -> None:
    """Trap 18."""
    there, other = follow_another(day)
    day.forge.add_issue(there, "Here", labels=[LABEL])
    ready = day.add("Ready")
    day.sweep()
    for path in ("*/repos/asso/site", f"*/projects/{day.there.id}"):
        day.server.answers.program("GET", path, *[Answer(status=status)] * 3)
    tried(day)
    day.clock.advance(minutes=1)
    sweep(day.db, day.connect, other, day.clock)
    with day.db.readers() as session:
        shown = session.scalars(select(Task.status).where(Task.project_id == other)).all()
    assert shown == ["ready"]
    assert day.statuses()[ready] != "claimed"


# --- its labels ---------------------------------------------------------------------------------------------------


def test_a_renamed_label_is_known_by_its_number(day: Day) -> None:
    """Trap 28: forges change no issue, and a lost delivery or GitLab tells nothing."""
    ready, claimed = ready_and_claimed(day)
    day.forge.rename_label(day.there, LABEL, "Willkommen")
    tried(day)
    tried(day)
    assert day.statuses() == {ready: "ready", claimed: "claimed"}
    with day.db.readers() as session:
        assert "Willkommen" in session.get_one(Project, day.project_id).labels
    new = day.add("New", "Willkommen")
    tried(day)
    assert day.statuses()[new] == "ready"


# --- one issue ----------------------------------------------------------------------------------------------------


def test_a_deleted_issue_keeps_no_text_and_frees_its_holder(day: Day) -> None:
    ready, claimed = ready_and_claimed(day)
    for number in (ready, claimed):
        day.forge.delete_issue(day.there, number)
    tried(day)
    tried(day)
    assert day.statuses() == {ready: "withdrawn", claimed: "withdrawn"}
    assert day.text(ready) == day.text(claimed) == ""
    assert told_of_loss(day) == 1


def test_a_deleted_issue_is_told_by_410_on_github(sqlite_db: Database) -> None:
    clock = FakeClock()
    with forge_of("github", clock) as server:
        day = Day(sqlite_db, server, clock)
        ready, claimed = ready_and_claimed(day)
        day.server.answers.program("GET", f"*/issues/{claimed}", Answer(status=410))
        pulling.read_issue(day.db, day.connect, day.project_id, claimed, day.clock)
        assert day.statuses() == {ready: "ready", claimed: "withdrawn"}
        assert day.text(claimed) == ""


def test_a_transferred_issue_takes_its_volunteer_with_it(day: Day) -> None:
    """Old and new are linked, the claim goes on, and what nobody had in hand is offered at the new place."""
    ready, claimed = ready_and_claimed(day)
    there, other = follow_another(day)
    news = {day.forge.transfer_issue(day.there, number, there).number: number for number in (ready, claimed)}
    sweep(day.db, day.connect, other, day.clock)
    tried(day)
    tried(day)
    with day.db.readers() as session:
        rows = session.execute(select(Project.path, Issue.number, Task.status).join(Issue, Task.issue_id == Issue.id).join(
            Project, Project.id == Task.project_id)).all()  # fmt: skip
        linked = session.scalars(select(Issue.moved_to).where(Issue.moved_to.is_not(None))).all()
    new_ready, new_claimed = (new for new, old in sorted(news.items(), key=lambda pair: pair[1]))
    at_new = {number: status for path, number, status in rows if path == SECOND_PATH}
    assert at_new == {new_ready: "ready", new_claimed: "claimed"}
    assert {status for path, _, status in rows if path != SECOND_PATH} == {"withdrawn"}
    assert len(linked) == 2
    assert told_of_loss(day) == 0


def test_an_issue_transferred_where_nobody_follows_ends_the_claim(day: Day) -> None:
    _ready, claimed = ready_and_claimed(day)
    elsewhere = day.forge.add_project("stranger/elsewhere", labels=[LABEL])
    day.forge.transfer_issue(day.there, claimed, elsewhere)
    tried(day)
    assert day.statuses()[claimed] == "withdrawn"
    assert told_of_loss(day) == 1
