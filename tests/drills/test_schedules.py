"""Several schedulers, the elected one killed, and clocks that jump: each period fires once, and nothing stops for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from connector.cli.worker import enqueue_once
from connector.db.engine import Database
from connector.db.tables import Job
from connector.queue.schedule import Firing, Schedule
from connector.queue.worker import Worker
from tests.drills.harness import Harness, Process, wait_until
from tests.drills.schedules import ELECTED, FIRED, PERIOD, READY, TICK
from tests.drills.world import World, make_world
from tests.fakes import FakeClock

ONE_COUNTS_THREE_FIRE = ("count", "schedule", "schedule", "schedule")


def fire_and_kill(world: World, kills: int) -> list[datetime]:
    """Kill the elected one of three schedulers so often; the periods of the jobs that were done, in order."""
    fired = world.folder / FIRED
    with Harness(world, roles=ONE_COUNTS_THREE_FIRE) as harness:
        wait_until(lambda: _ready(world) == ONE_COUNTS_THREE_FIRE.count("schedule"), "all stand for election")
        wait_until(fired.exists, "a period fires")
        for _kill in range(kills):
            seen = len(periods(fired))
            killed = _elected(harness)
            harness.kill(killed)
            wait_until(lambda seen=seen: len(periods(fired)) > seen, "another period fires")
            assert _elected(harness).pid != killed.pid
    return sorted(periods(fired))


def periods(fired: Path) -> list[datetime]:
    """The start of each job's period, in the order of their work."""
    return [datetime.fromisoformat(line.partition(":")[2]) for line in fired.read_text(encoding="ascii").split()]


def _ready(world: World) -> int:
    """How many stand for election; where fewer do, a period may pass before the next one has started."""
    ready = world.folder / READY
    return len(ready.read_text(encoding="ascii").split()) if ready.exists() else 0


def _elected(harness: Harness) -> Process:
    """Who looked last whether a period has begun, and lives; a look may have come before its process was killed."""
    harness.tend()
    found: list[Process] = []

    def somebody_looked() -> bool:
        looked = int((harness.world.folder / ELECTED).read_text(encoding="ascii").split()[-1])
        found[:] = [one for one in harness.processes if one.pid == looked]
        return bool(found)

    wait_until(somebody_looked, "a living process is elected")
    return found[0]


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.drill)])
def test_three_schedulers_fire_each_period_once_although_the_elected_one_is_killed(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    """R8: no period is lost, and none is done twice."""
    with make_world(tmp_path, database_url, issues=0, volunteers=0) as world:
        done = fire_and_kill(world, kills)
    assert len(done) > kills
    assert [later - earlier for earlier, later in pairwise(done)] == [PERIOD] * (len(done) - 1)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=-1)])
def test_a_period_fires_once_and_later_ones_go_on_although_the_clock_jumps(
    db: Database, now: datetime, jump: timedelta
) -> None:
    """R6, R8: the clock of the process jumps and comes back; leases and elections follow the database's own."""
    clock, done = FakeClock(now), []
    firing = Firing(TICK, timedelta(minutes=1), partial(enqueue_once, TICK))
    worker = Worker(db, clock, loops=(), handlers={TICK: lambda job: done.append(job.key)}, firings=())
    schedule = Schedule(db, clock, [firing])
    steps = [timedelta(), timedelta(seconds=30), timedelta(seconds=60), jump, -jump, timedelta(seconds=60)]
    for step in (*steps, *[timedelta(minutes=30)] * 4):
        clock.at += step
        schedule.elect()
        schedule.fire(firing)
        while worker.run_one_job():
            pass
    schedule.close()
    assert sorted(done) == sorted(set(done))
    assert len(done) == 8
    with db.readers() as session:
        assert session.scalars(select(Job.key).where(Job.done_at.is_(None))).all() == []
