"""The disk takes every write and refuses to say that it is safe: each fsync of the server's processes fails.

A library in front of the system's own has ``fsync`` and ``fdatasync`` fail as long as a file exists. SQLite may go on
after that, unlike a database that relies on the system's cache: what was not synced is written anew with the next
commit. PostgreSQL ends itself and recovers, which `test_restarts.py` looks at.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connector.db.tables import Delivery, Issue
from tests.drills.harness import wait_until
from tests.drills.sending import Sender, judge, rename
from tests.drills.serving import serving
from tests.drills.world import World, make_world

CALLERS, POSTS = 8, 80
LONG_ENOUGH = 3.0
"""Seconds in which the worker tries several times."""
LIBRARY = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_unless_broken(const char *name, int file) {
    if (access(getenv("BROKEN_DISK"), F_OK) == 0) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}
int fsync(int file) { return sync_unless_broken("fsync", file); }
int fdatasync(int file) { return sync_unless_broken("fdatasync", file); }
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, built here."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler on this machine (Debian: apt-get install gcc)")
    folder = tmp_path_factory.mktemp("library")
    source, built = folder / "syncs.c", folder / "syncs.so"
    source.write_text(LIBRARY, encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)  # noqa: S603  (our own source)
    return built


def done(world: World) -> int:
    """How many deliveries are marked as done."""
    with world.services.db.readers() as session:
        return session.scalar(select(func.count()).where(Delivery.processed_at.is_not(None))) or 0


def changed(world: World) -> int:
    """How many issues have another title than in the beginning."""
    with world.services.db.readers() as session:
        return session.scalar(select(func.count()).where(Issue.title.not_like("Issue %"))) or 0


def test_nothing_is_promised_or_marked_done_that_the_disk_did_not_confirm(
    sqlite_url: str, tmp_path: Path, library: Path
) -> None:
    """R1, R2: 503 to each caller of each group, pages as ever, no mark by the worker; then on without a restart."""
    broken = tmp_path / "broken"
    with make_world(tmp_path, sqlite_url) as world:
        patched = {**world.environ, "LD_PRELOAD": str(library), "BROKEN_DISK": str(broken)}
        with serving(replace(world, environ=patched), "run") as server:
            sender = Sender(world, server)
            assert sender.post() == 202
            wait_until(lambda: done(world) == 1, "the worker works")
            broken.touch()
            with ThreadPoolExecutor(CALLERS) as pool:
                assert Counter(pool.map(lambda _number: sender.post(), range(POSTS))) == {503: POSTS}
            rename(world, {1: "Title 1", 2: "Title 2"})  # by this process, which has no such disk
            time.sleep(LONG_ENOUGH)
            assert (done(world), changed(world)) == (1, 0)
            assert sender.pages() == {200}
            broken.unlink()
            wait_until(lambda: sender.post() == 202, "the same server stores again")
            wait_until(lambda: done(world) > 1 and changed(world) > 0, "the same worker goes on")
        judge(world, sender)
