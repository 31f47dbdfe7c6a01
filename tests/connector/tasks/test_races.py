"""Several people claim at the same moment: the database decides, and exactly one wins (R5)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Assignment, Task
from connector.tasks import service
from connector.tasks.rules import Refusal
from tests.connector.tasks.conftest import Programme

PARIS = ZoneInfo("Europe/Paris")
Make = Callable[[Session], Programme]


def _race(db: Database, now: datetime, wishes: list[tuple[int, int]]) -> list[Assignment | Refusal]:
    """Everybody claims at the same moment, each in a transaction of their own."""
    barrier = threading.Barrier(len(wishes))
    outcomes: list[Assignment | Refusal] = []

    def wish(task_id: int, person_id: int) -> None:
        barrier.wait()
        with db.sessions.begin() as session:
            task = session.get_one(Task, task_id)
            outcomes.append(service.claim(session, task, person_id, now=now, zone=PARIS))

    threads = [threading.Thread(target=wish, args=each) for each in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_simultaneous_claims_exactly_one_wins(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        project = here.project(wip_cap=50)
        tasks = [here.task(number, project=project).id for number in range(1, 6)]
        people = [here.person(f"p{number}").id for number in range(8)]
    free = list(people)
    for task_id in tasks:
        outcomes = _race(db, now, [(task_id, person_id) for person_id in free])
        winners = [outcome for outcome in outcomes if isinstance(outcome, Assignment)]
        assert len(winners) == 1
        assert [outcome for outcome in outcomes if outcome is Refusal.TAKEN] == [Refusal.TAKEN] * (len(free) - 1)
        free.remove(winners[0].person_id)


def test_nobody_wins_two_tasks_at_once(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        tasks = [here.task(number, project=here.project(wip_cap=50)).id for number in range(1, 7)]
        person = here.person().id
    outcomes = _race(db, now, [(task_id, person) for task_id in tasks])
    assert sum(isinstance(outcome, Assignment) for outcome in outcomes) == 1
    assert outcomes.count(Refusal.ALREADY_HOLDS_A_TASK) == len(tasks) - 1


def test_simultaneous_claims_do_not_pass_the_projects_limit(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        project = here.project(wip_cap=2)
        wishes = [(here.task(number, project=project).id, here.person(f"p{number}").id) for number in range(1, 7)]
    outcomes = _race(db, now, wishes)
    assert sum(isinstance(outcome, Assignment) for outcome in outcomes) == 2
    assert outcomes.count(Refusal.PROJECT_FULL) == 4


@pytest.mark.drill
def test_of_two_claims_exactly_one_wins_a_thousand_times(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        task_id = here.task(1, project=here.project(wip_cap=1)).id
        people = [here.person(f"p{number}").id for number in range(2)]
    for _round in range(1000):
        outcomes = _race(db, now, [(task_id, person_id) for person_id in people])
        (winner,) = (outcome for outcome in outcomes if isinstance(outcome, Assignment))
        assert outcomes.count(Refusal.TAKEN) == 1
        with db.sessions.begin() as session:
            service.release(session, session.get_one(Task, task_id), winner.person_id, now=now, zone=PARIS)
