"""Finished tasks beside one: with the hours of everybody, and nothing that the reader may not see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from connector.accounts.rules import Principal
from connector.db.engine import Database
from connector.db.tables import Assignment, Task
from connector.tasks.alike import finished_alike
from tests.connector.tasks.conftest import Programme

Make = Callable[[Session], Programme]


def done(here: Programme, number: int, *minutes: int | None, **issue: object) -> Task:
    task = here.task(number, title=f"Export the calendar {number}", **issue)
    task.status, task.outcome = "done", "accepted"
    for place, each in enumerate(minutes):
        person = here.person(f"p{number}-{place}")
        here.session.add(
            Assignment(
                task_id=task.id, person_id=person.id, claimed_at=here.now, expires_at=here.now, ended_at=here.now,
                outcome="submitted", minutes=each,
            )
        )  # fmt: skip
    here.session.flush()
    return task


def test_their_time_is_that_of_the_whole_relay(db: Database, programme: Make) -> None:
    with db.sessions() as session:
        here = programme(session)
        done(here, 2, 45, 90)
        new = here.task(1, title="Calendar export forgets the place")
        found = finished_alike(session, new, Principal(), now=here.now)
    assert [(each.title, each.project, each.minutes) for each in found] == [("Export the calendar 2", "asso/site", 135)]


@pytest.mark.parametrize("reason", ["confidential", "declined", "untold", "private"])
def test_what_is_hidden_declined_or_untold_is_not_shown(db: Database, programme: Make, reason: str) -> None:
    """Proves P1: what is not public upstream is shown to nobody."""
    with db.sessions() as session:
        here = programme(session)
        old = done(here, 2, None if reason == "untold" else 45)
        assert old.issue is not None
        if reason == "confidential":
            old.issue.visibility = "confidential"
        if reason == "declined":
            old.outcome = "rejected"
        if reason == "private":
            old.project.is_public = False
        session.flush()
        other = here.project("other/one", external_id="9")
        new = here.task(1, project=other, title="Calendar export forgets the place")
        assert finished_alike(session, new, Principal(), now=here.now) == []
