"""The time that volunteers say they worked: one tap, summed over the relay, and what is learned from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from connector.db.engine import Database
from connector.db.tables import Assignment, Observation, Task
from connector.sizing.queries import experience
from connector.tasks import service
from connector.tasks.forms import STEPS, TAPS, Note, minutes_of
from connector.tasks.rules import Outcome
from tests.connector.tasks.conftest import Programme

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def here(db: Database, programme: Callable[[Session], Programme]) -> Iterator[Programme]:
    """The programme in this test's session."""
    with db.sessions() as session:
        yield programme(session)


def seen(session: Session) -> list[tuple[float, float, bool]]:
    rows = session.scalars(select(Observation).order_by(Observation.id))
    return [(row.hours, row.expected, row.is_finished) for row in rows]


def sized(here: Programme) -> Task:
    task = here.task()
    assert task.estimate is not None
    task.estimate.rules_version = "words-1"
    return task


def taken(here: Programme, task: Task, name: str) -> Assignment:
    held = service.claim(here.session, task, here.person(name).id, now=here.now, zone=PARIS)
    assert isinstance(held, Assignment)
    return held


def test_the_hours_of_a_relay_are_summed(here: Programme) -> None:
    task = sized(here)
    service.hand_over(here.session, taken(here, task, "ines"), Note(minutes=90), now=here.now, zone=PARIS)
    assert seen(here.session) == [(1.5, 2, False)], "what is not finished is known to take longer"
    last = taken(here, task, "karim")
    url = f"{task.project.web_url}/pull/7"
    service.submit(here.session, task, last.person_id, url, now=here.now, zone=PARIS, minutes=150)
    service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    assert seen(here.session) == [(1.5, 2, False), (4.0, 2, False), (4.0, 2, True)]
    known = experience(here.session, task.project_id)
    assert len(known.past) == 1, "the newest of a task counts"


@pytest.mark.parametrize(("outcome", "is_told"), [(Outcome.REJECTED, True), (Outcome.ACCEPTED, False)])
def test_work_that_was_declined_or_not_told_in_full_is_not_finished(
    here: Programme, outcome: Outcome, *, is_told: bool
) -> None:
    task = sized(here)
    first = taken(here, task, "ines")
    note = Note(minutes=60 if is_told else None)
    service.hand_over(here.session, first, note, now=here.now, zone=PARIS)
    last = taken(here, task, "karim")
    url = f"{task.project.web_url}/pull/7"
    service.submit(here.session, task, last.person_id, url, now=here.now, zone=PARIS, minutes=60)
    service.complete(here.session, task, outcome, now=here.now)
    assert seen(here.session)[-1] == (2.0 if is_told else 1.0, 2, False)


def test_who_was_seen_to_submit_upstream_tells_afterwards(here: Programme) -> None:
    task = sized(here)
    held = taken(here, task, "ines")
    service.submit_seen(here.session, task, f"{task.project.web_url}/pull/7", now=here.now)
    service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    assert seen(here.session) == []
    service.tell_time(here.session, held, 45, now=here.now + timedelta(days=1))
    assert seen(here.session) == [(0.75, 2, True)]


def test_time_is_not_told_while_the_task_is_held(here: Programme) -> None:
    held = taken(here, sized(here), "ines")
    service.tell_time(here.session, held, 45, now=here.now)
    assert held.minutes is None


@pytest.mark.parametrize(
    ("form", "minutes"),
    [
        ({"minutes": "90"}, 90), ({"minutes": "", "more_minutes": "345"}, 345), ({"minutes": "0"}, 0),
        ({"minutes": "960"}, 960), ({"minutes": "975"}, None), ({"minutes": "20"}, None), ({"minutes": "-15"}, None),
        ({"minutes": "١٥"}, None), ({"minutes": "9" * 5000}, None), ({}, None),
    ],
)  # fmt: skip
def test_lengths_are_quarters_of_an_hour(form: dict[str, str], minutes: int | None) -> None:
    assert minutes_of(MultiDict(form)) == minutes


def test_every_button_is_a_length() -> None:
    assert set(TAPS) < set(STEPS)
