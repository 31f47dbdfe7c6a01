"""Web, worker and scheduler die at random moments and at named points: nothing acknowledged is lost, nothing torn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drills.faults import WEB_POINTS, WORK_POINTS
from tests.drills.harness import Harness, running
from tests.drills.load import Ledger, Load
from tests.drills.settling import judge, settle, tell
from tests.drills.world import World, make_world

LOST_ANSWERS = 0.05


def crash(world: World, kills: int, *, seed: int = 0, is_cold: bool = False) -> tuple[Harness, Ledger]:
    """Kill so often under load. ``is_cold``: processes are started through the command line, without named points."""
    for forge in world.forges.values():
        forge.answers.share = LOST_ANSWERS
    roles = ("web", "work") if is_cold else ("web", "work", "work")
    options = {"with_faults": not is_cold, "is_cold": is_cold, "seed": seed, "roles": roles}
    with running(world, **options) as harness, Load(world, seed=seed) as load:
        harness.kill_randomly(kills, load.ledger)
    return harness, load.ledger


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
