"""How soon a service answers again after its processes were killed, and takes up the job it was doing (G22)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.db.tables import Job
from connector.demo.forges.answers import Answer
from connector.queue import service as queue
from tests.drills.harness import Harness, wait_until
from tests.drills.world import World, make_world

KEY = "drill"
SLOW = Answer(delay=4.0)
ANSWERS_AFTER = 3.0
RESUMES_AFTER = 30.0


@pytest.mark.drill
def test_killed_processes_answer_in_three_seconds_and_resume_a_job_in_thirty(database_url: str, tmp_path: Path) -> None:
    """R6, G22: web and worker die, `wecena run` starts them again; the leases are those of production."""
    with (
        make_world(tmp_path, database_url, volunteers=0) as world,
        Harness(world, roles=("run",), is_cold=True) as harness,
    ):
        wait_until(harness.answers, "the service answers")
        _begin_long_job(world)
        harness.kill_children(harness.processes[0])
        answered, resumed = _recovery(world, harness)
    assert answered <= ANSWERS_AFTER
    assert resumed <= RESUMES_AFTER


@pytest.mark.drill
def test_a_service_that_was_killed_whole_resumes_its_job_in_thirty_seconds(database_url: str, tmp_path: Path) -> None:
    """R6, G22: it is started cold as soon as it is dead; how soon it answers is up to the machine, and printed."""
    with (
        make_world(tmp_path, database_url, volunteers=0) as world,
        Harness(world, roles=("run",), is_cold=True) as harness,
    ):
        wait_until(harness.answers, "the service answers")
        _begin_long_job(world)
        harness.kill(harness.processes[0])
        wait_until(lambda: bool(harness.tend()), "it is dead and started again")
        _answered, resumed = _recovery(world, harness)
    assert resumed <= RESUMES_AFTER


def _begin_long_job(world: World) -> None:
    """A harvest that is under way, waiting for its forge."""
    now = datetime.now(UTC)
    world.forges["github"].answers.program("GET", "*/issues", SLOW)
    with world.services.db.sessions.begin() as session:
        queue.enqueue(session, KEY, "harvest", ref="1", run_at=now, now=now)
    wait_until(lambda: _job(world).leased_until is not None, "the job is taken")


def _recovery(world: World, harness: Harness) -> tuple[float, float]:
    """Seconds from now to the first answer, and to the end of the job."""
    killed = time.monotonic()
    wait_until(harness.answers, "the service answers again")
    answered = time.monotonic() - killed
    wait_until(lambda: _job(world).done_at is not None, "the job is done")
    resumed = time.monotonic() - killed
    print(f"first answer after {answered:.2f} s, the job was done after {resumed:.2f} s")  # noqa: T201  (the figures)
    return answered, resumed


def _job(world: World) -> Job:
    with world.services.db.readers() as session:
        return session.query(Job).filter_by(key=KEY).one()
