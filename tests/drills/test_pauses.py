"""A worker sleeps past its lease right before it writes, and the forge's lists lag: at rest each comment is there once."""

from __future__ import annotations

import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from connector.db.tables import Effect, Project
from connector.outbox import service as outbox
from tests.drills import checks
from tests.drills.faults import Fault
from tests.drills.harness import Harness, Process, wait_until
from tests.drills.settling import rest
from tests.drills.world import World, make_world

LAG = timedelta(seconds=2)
LEASE = 0.8
LONGEST = 5.0
WORKERS = ("work", "work")


def pause(world: World, harness: Harness, number: int, mark: Path) -> None:
    """Wish for a comment; whoever is about to write it is stopped until another one has done so."""
    name = sorted(world.forges)[number % len(world.forges)]
    mark.unlink(missing_ok=True)
    while not _is_wished(world, name, number):
        mark.unlink(missing_ok=True)
        _let_go_on(harness)
    wait_until(mark.exists, "somebody is about to write")
    wait_until(lambda: bool(_stopped(harness)), "they are stopped")
    _until_written(world, f"pause:{number}")
    _let_go_on(harness)


def _is_wished(world: World, name: str, number: int) -> bool:
    """Not where somebody was stopped too early, for an older wish, while a thread of theirs held SQLite's one lock."""
    try:
        with world.services.db.sessions.begin() as session:
            project = session.scalars(select(Project).where(Project.source == name)).one()
            outbox.add(
                session, key=f"pause:{number}", project_id=project.id, task_id=None, kind="comment",
                data={"number": 1 + number % 10, "state": "claimed"}, now=world.services.clock(),
            )  # fmt: skip
    except OperationalError:
        return False
    return True


def _let_go_on(harness: Harness) -> None:
    for process in _stopped(harness):
        harness.kill(process, signal.SIGCONT)


def _until_written(world: World, key: str) -> None:
    """Until somebody else has written it; not for ever, since who was stopped may hold the one lock of SQLite."""
    deadline = time.monotonic() + LONGEST
    is_sent = select(Effect.sent_at).where(Effect.key == key)
    while time.monotonic() < deadline:
        with world.services.db.readers() as session:
            if session.scalar(is_sent) is not None:
                return
        time.sleep(0.05)


def _stopped(harness: Harness) -> list[Process]:
    return [one for one in harness.processes if _state(one) == "T"]


def _state(process: Process) -> str:
    return Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


@pytest.mark.parametrize("rounds", [10, pytest.param(150, marks=pytest.mark.drill)])
def test_a_worker_that_sleeps_past_its_lease_doubles_nothing_at_rest(
    database_url: str, tmp_path: Path, rounds: int
) -> None:
    """R3: after one sweep no comment is there twice, and none is missing."""
    mark = tmp_path / "struck"
    mark.touch()
    fault = Fault("before create_comment", 1, str(mark), signal.SIGSTOP)
    with make_world(tmp_path, database_url, volunteers=0) as world:
        for forge in world.forges.values():
            forge.lag = LAG
        with Harness(world, roles=(), lease=LEASE) as harness:
            for role in WORKERS:
                harness.start(role, fault)
            for number in range(rounds):
                pause(world, harness, number, mark)
            rest(world, lambda: _let_go_on(harness))  # who came second to the point may stop after the last round
        assert checks.written_wrongly(world) == ([], [])
        deleted = _deleted(world)
        print(f"{rounds} rounds, {deleted} second copies were swept away")  # noqa: T201  (a figure of the drill)
        assert deleted > 0


def _deleted(world: World) -> int:
    requests = [one for forge in world.forges.values() for one in forge.requests]
    return sum(one.method == "DELETE" for one in requests)
