"""A maintainer tells us something in a comment: done for those who decide, and for nobody else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.tables import Estimate, Mail, Task
from connector.demo.forges.state import OWNER
from tests.journeys.joining import LABEL, Joining

MAINTAINER, STRANGER = "mira", "passer-by"


@pytest.fixture
def number(joining: Joining) -> int:
    """An issue on offer in a project that tells us of comments."""
    joining.forge.account(MAINTAINER)
    joining.there.members.add(MAINTAINER)
    there = joining.forge.add_issue(joining.there, "First", labels=[LABEL]).number
    admin = joining.sign_in()
    joining.sign_in(Role.COORDINATOR)
    assert joining.follow(admin, labels=LABEL, agreed_note="Mira, by mail, 2 November")[0] == 200
    page = f"/coordinator/projects/{joining.project().id}"
    joining.press(admin, f"{page}/hook", page=page)
    joining.work()
    for hook in joining.there.hooks.values():
        hook.events = ()  # somebody ticked all boxes, those of comments too
    assert joining.tasks() == {"First": "ready"}
    return there


def subjects(joining: Joining) -> set[str]:
    with joining.services.db.readers() as session:
        return set(session.scalars(select(Mail.subject)))


def test_stop_ends_everything_and_is_told(joining: Joining, number: int) -> None:
    joining.forge.comment(joining.there, number, "/wecena stop", by=MAINTAINER)
    joining.work()
    assert joining.project().paused_at is not None
    assert joining.tasks() == {"First": "draft"}
    assert any("asso/site" in subject for subject in subjects(joining))
    assert not any(one.author.login != MAINTAINER for one in joining.there.issues[number].comments), (
        "nothing is answered there"
    )


def test_a_size_is_taken_for_it_and_kept(joining: Joining, number: int) -> None:
    joining.forge.comment(joining.there, number, "About that:\n/wecena size 6h", by=MAINTAINER)
    joining.work()
    joining.forge.edit_issue(joining.there, number, title="First, longer")
    joining.work()
    with joining.services.db.readers() as session:
        task = session.scalars(select(Task)).one()
        estimate = session.get_one(Estimate, task.estimate_id)
        assert (task.title, task.days, estimate.rules_version) == ("First, longer", Decimal(1), "person-1")


@pytest.mark.parametrize("command", ["/wecena stop", "/wecena size 2h"])
def test_a_stranger_commands_nothing(joining: Joining, number: int, command: str) -> None:
    joining.forge.comment(joining.there, number, command, by=STRANGER)
    joining.work()
    assert joining.project().paused_at is None
    with joining.services.db.readers() as session:
        assert all(row.rules_version != "person-1" for row in session.scalars(select(Estimate)))


def test_what_we_wrote_ourselves_is_no_command(joining: Joining, number: int) -> None:
    joining.forge.comment(joining.there, number, "/wecena stop", by=OWNER)  # our token is theirs
    joining.work()
    assert joining.project().paused_at is None


def test_what_was_said_days_ago_stops_nothing_again(joining: Joining, number: int) -> None:
    joining.forge.comment(joining.there, number, "/wecena stop", by=MAINTAINER)
    joining.clock.advance(days=4)
    joining.work()
    assert joining.project().paused_at is None


@pytest.mark.parametrize(("words", "is_taken"), [("Can I work on this?", True), ("Is anybody working on this?", False)])
def test_who_takes_an_issue_by_a_comment_has_it(joining: Joining, number: int, words: str, *, is_taken: bool) -> None:
    joining.forge.comment(joining.there, number, words, by=STRANGER)
    joining.work()
    assert joining.tasks() == {"First": "draft" if is_taken else "ready"}
