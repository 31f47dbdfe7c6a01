"""Web, worker and scheduler die at random moments and at named points: nothing acknowledged is lost, nothing torn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills import checks
from tests.drills.faults import WEB_POINTS, WORK_POINTS
from tests.drills.harness import Harness, wait_until
from tests.drills.load import Ledger, Load
from tests.drills.world import World, make_world

LOST_ANSWERS = 0.05


def crash(world: World, kills: int, *, seed: int = 0, is_cold: bool = False) -> tuple[Harness, Ledger]:
    """Kill so often under load. ``is_cold``: processes are started through the command line, without named points."""
    for forge in world.forges.values():
        forge.answers.share = LOST_ANSWERS
    running = Harness(world, with_faults=not is_cold, is_cold=is_cold, seed=seed)
    with running as harness, Load(world, seed=seed) as load:
        wait_until(harness.answers, "the service answers")
        harness.kill_randomly(kills, load.ledger)
    return harness, load.ledger


def settle(world: World) -> None:
    """Let everything come to rest, with one sweep."""
    for forge in world.forges.values():
        forge.answers.share = 0
    with Harness(world) as harness:
        wait_until(harness.answers, "the service answers")
        for _sweep in range(2):
            wait_until(lambda: not checks.waiting(world.services.db), "all is at rest")
            world.harvest()
        wait_until(lambda: not checks.waiting(world.services.db), "all is at rest")


def judge(world: World, ledger: Ledger) -> None:
    """Nothing that the outside was told is missing, and nothing disagrees."""
    db = world.services.db
    assert ledger.refused == []
    assert checks.lost(world, ledger) == []
    assert checks.forgotten(world, ledger) == []
    with db.readers() as session:
        assert list(checks.torn(session)) == []
        assert list(checks.running_without_lease(session)) == []
        assert all(parked.endswith(": its worker died each time") for parked in checks.parked(session))
    assert checks.damage(db) == []
    missing, copies = checks.written_wrongly(world)
    assert missing == []
    print(f"copies of one comment: {len(copies)}")  # noqa: T201  (a figure of the drill)
    assert checks.unlike_the_forges(world) == []


def tell(harness: Harness, ledger: Ledger) -> None:
    """The figures of a run."""
    waits = sorted(filter(None, map(ledger.first_answer_after, harness.web_killed_at))) or [0.0]
    print(  # noqa: T201  (the figures of the drill)
        f"\n{harness.kills} kills, at named points {sum(harness.struck().values())} "
        f"({len(harness.struck())} of {len(WEB_POINTS) + len(WORK_POINTS)} points), "
        f"{len(ledger.acknowledged)} deliveries acknowledged, {sum(ledger.granted.values())} claims granted, "
        f"answers {dict(sorted(ledger.statuses.items()))}, "
        f"first answer after a kill of web: median {waits[len(waits) // 2]:.2f} s, longest {waits[-1]:.2f} s"
    )


def test_kills_lose_nothing_that_was_acknowledged(database_url: str, tmp_path: Path) -> None:
    """R1, R2, R3, R5, R6: 50 kills on each database."""
    with make_world(tmp_path, database_url) as world:
        harness, ledger = crash(world, 50)
        settle(world)
        tell(harness, ledger)
        judge(world, ledger)


def test_kills_after_cold_starts_lose_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """R1, R2, R3, R5, R6: as the command line starts them."""
    with make_world(tmp_path, sqlite_url) as world:
        harness, ledger = crash(world, 3, is_cold=True)
        settle(world)
        tell(harness, ledger)
        judge(world, ledger)


@pytest.mark.drill
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(database_url: str, tmp_path: Path) -> None:
    """R1, R2, R3, R5, R6: 1,000 kills on each database, and each named point among them."""
    with make_world(tmp_path, database_url) as world:
        harness, ledger = crash(world, 1000, seed=1)
        settle(world)
        tell(harness, ledger)
        judge(world, ledger)
        assert set(harness.struck()) == {*WEB_POINTS, *WORK_POINTS}


@pytest.mark.drill
def test_fifty_kills_after_cold_starts_lose_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """R1, R2, R3, R5, R6: as the command line starts them."""
    with make_world(tmp_path, sqlite_url) as world:
        harness, ledger = crash(world, 50, is_cold=True)
        settle(world)
        tell(harness, ledger)
        judge(world, ledger)
