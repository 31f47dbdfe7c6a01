"""R1, R2, R6: the disk is full, or somebody else holds the database: hooks are told so, pages are read, nothing is lost."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connector.db.engine import open_database
from tests.drills.harness import wait_until
from tests.drills.sending import Sender, judge
from tests.drills.serving import Server, serving
from tests.drills.world import World, make_world


@contextmanager
def no_room(server: Server) -> Iterator[None]:
    """No file of these processes may grow past its first page, as if the disk were full."""
    pids = _group(server.pid)
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    yield
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _group(group: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _is_in(path, group)]


def _is_in(process: Path, group: int) -> bool:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[2]) == group
    except (FileNotFoundError, ProcessLookupError):
        return False  # it has ended meanwhile


def test_a_full_disk_is_told_and_survived(sqlite_url: str, tmp_path: Path) -> None:
    with make_world(tmp_path, sqlite_url) as world, serving(world) as server:
        sender = Sender(world, server)
        assert sender.post() == 202
        with no_room(server):
            assert {sender.post() for _ in range(20)} == {503}
            assert sender.pages() == {200}
        wait_until(lambda: sender.post() == 202, "the same server stores again")
        judge(world, sender)


def hold_lock(world: World, server: Server, seconds: float) -> None:
    """Somebody else holds the deliveries for so long: 503 soon enough, pages as ever, then all as before."""
    sender = Sender(world, server)
    assert sender.post() == 202
    other = open_database(world.settings.database_url)
    with other.engine.begin() as connection:  # on SQLite this holds the whole database
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert sender.post() == 503
            assert sender.pages() == {200}
    other.engine.dispose()
    wait_until(lambda: sender.post() == 202, "the same server stores again")
    judge(world, sender)


def test_a_locked_database_is_told_and_survived(database_url: str, tmp_path: Path) -> None:
    with make_world(tmp_path, database_url) as world, serving(world) as server:
        hold_lock(world, server, 3)


@pytest.mark.drill
def test_a_database_locked_for_30_seconds_is_survived(database_url: str, tmp_path: Path) -> None:
    with make_world(tmp_path, database_url) as world, serving(world) as server:
        hold_lock(world, server, 30)
