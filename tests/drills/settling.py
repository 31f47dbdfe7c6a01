"""Letting a service come to rest after a drill, and judging what is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from connector.clock import utc_now
from connector.db.engine import Database
from connector.db.tables import Effect
from tests.drills import checks
from tests.drills.faults import WEB_POINTS, WORK_POINTS
from tests.drills.harness import Harness, running
from tests.drills.load import Ledger
from tests.drills.world import World

PATIENCE = 120.0
"""Seconds in which something must change: what many kills left behind takes its time on a busy machine."""
LONGEST = 1800.0
SOON = timedelta(seconds=3)
"""The simulated forges' lists are fresh again by then."""


def settle(world: World) -> None:
    """Let everything come to rest, with one sweep."""
    for forge in world.forges.values():
        forge.answers.share = 0
    hurry(world.services.db)
    with running(world):
        for _sweep in range(2):
            rest(world)
            world.harvest()
        rest(world)


def hurry(db: Database) -> None:
    """Have doubts looked into soon, also those of processes from the command line, which wait for minutes."""
    soon = utc_now() + SOON
    with db.sessions.begin() as session:
        session.execute(update(Effect).where(Effect.sweep_at > soon).values(sweep_at=soon))


def rest(world: World, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Wait until nothing waits, doing something ``meanwhile``; fails with what still waits."""
    begun = changed = time.monotonic()
    before: list[str] = []
    while waiting := checks.waiting(world.services.db):
        now = time.monotonic()
        before, changed = waiting, now if waiting != before else changed
        assert now < min(changed + PATIENCE, begun + LONGEST), waiting
        meanwhile()
        time.sleep(0.1)


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
    assert missing == [], missing
    assert copies == [], copies
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
