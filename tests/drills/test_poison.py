"""A delivery that ends the worker each time it is read is given up, and takes no other with it."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.tables import Delivery, Issue
from connector.inbox.rules import DIED, MAX_TRIES
from connector.inbox.service import drain, retry_parked
from tests.browser import application, signed_in
from tests.drills.harness import COMMAND, ROOT, Harness, wait_until
from tests.drills.poison import DEATHS
from tests.drills.sending import rename
from tests.drills.world import World, make_world

ISSUES = 12
POISON = {4 * place + 3: words.decode() for place, words in enumerate(DEATHS)}
"""Issue -> its new title."""
SOUND = {number: f"Title {number}" for number in range(1, ISSUES + 1) if number not in POISON}
LONGEST = 120.0


def work_until_none_waits(world: World) -> int:
    """Start the worker again each time it dies; how often it did."""
    deaths = 0

    def is_done() -> bool:
        nonlocal deaths
        deaths += len(harness.tend())
        with world.services.db.readers() as session:
            return session.scalar(select(Delivery.id).where(Delivery.processed_at.is_(None)).limit(1)) is None

    with Harness(world, roles=("poisoned",)) as harness:
        wait_until(is_done, "no delivery waits", LONGEST)
    return deaths


def outcomes(world: World) -> Counter[str | None]:
    """What became of how many deliveries."""
    with world.services.db.readers() as session:
        return Counter(session.scalars(select(Delivery.outcome)))


def titles(world: World) -> dict[int, str]:
    """Issue -> its title, as we know it."""
    with world.services.db.readers() as session:
        known = session.execute(select(Issue.number, Issue.title).where(Issue.url.startswith("https://github.com")))
        return dict(known.all())


def listed(world: World) -> list[str]:
    """What the command lists as set aside."""
    told = subprocess.run(  # noqa: S603  (our own command)
        [*COMMAND, "parked", "--json"], cwd=ROOT, env={**os.environ, **world.environ}, capture_output=True, check=True
    )
    return [f"{row['name'].partition('/')[0]}: {row['reason']}" for row in json.loads(told.stdout)]


def page_of(database_url: str, folder: Path, now: datetime) -> str:
    """What the page shows as set aside."""
    app = application(database_url, folder, now)
    text = signed_in(app, Role.ADMIN, now).get("/admin/parked?lang=en").text
    app.extensions["wecena"].db.engine.dispose()
    return text


def test_a_delivery_that_ends_its_worker_each_time_is_parked_and_stops_no_other(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    """R1, R6: two kinds of death; seen by whoever looks after the service, and applied once the fault is repaired."""
    with make_world(tmp_path, database_url, issues=ISSUES) as world:
        rename(world, {**SOUND, **POISON})
        deaths = work_until_none_waits(world)
        assert outcomes(world) == {"applied": ISSUES - len(POISON), "parked": len(POISON)}
        assert len(POISON) * MAX_TRIES <= deaths <= len(POISON) * MAX_TRIES + 2
        assert listed(world) == [f"delivery: {DIED}"] * len(POISON)
        assert page_of(database_url, tmp_path, now).count(DIED) == len(POISON)
        with world.services.db.sessions.begin() as session:
            parked = session.scalars(select(Delivery.id).where(Delivery.outcome == "parked")).all()
            assert all(retry_parked(session, row_id) for row_id in parked)
        while drain(world.services.db, world.services.clock):
            pass
        assert outcomes(world) == {"applied": ISSUES}
        assert titles(world).items() >= POISON.items()  # the worker's sweep may have read the others meanwhile
