"""Several workers at once: each project has one writer, each token a pace, and a dead forge keeps nobody (R3, R7)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from connector.clock import utc_now
from connector.db.engine import Database
from connector.db.tables import Credential, Effect, Project
from connector.outbox import rules, service
from connector.queue.worker import Loop, run_loop
from sources.model import Comment
from tests.fakes import FakeClient
from tests.rows import project_row

PROJECTS = 3
WISHES = 5


@dataclass
class Watching:
    """Counts who writes at the same time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    def around(self, names: Sequence[str], call: Callable[[], Comment]) -> Comment:
        with self.lock:
            for name in names:
                self.now[name] += 1
                self.most[name] = max(self.most[name], self.now[name])
        made = call()
        with self.lock:
            self.now.subtract(names)
        return made


class WatchedClient(FakeClient):
    """A client that takes a moment to write."""

    def __init__(self, watching: Watching, project: int) -> None:
        super().__init__()
        self._watching = watching
        self._names = (f"project {project}", "all")

    def create_comment(self, number: int, body: str) -> Comment:
        def slowly() -> Comment:
            threading.Event().wait(0.02)
            return super(WatchedClient, self).create_comment(number, body)

        return self._watching.around(self._names, slowly)


def wishes(db: Database, *, host: str = "github.com", first: int = 1, projects: int = PROJECTS) -> list[int]:
    now, made = utc_now(), []
    with db.sessions.begin() as session:
        for each in range(first, first + projects):
            row = project_row(session, now, path=f"asso/{each}", external_id=str(each), host=host, allows=["comment"])
            made.append(row.id)
            for number in range(1, WISHES + 1):
                service.add(
                    session, key=f"{each}:{number}", project_id=row.id, task_id=None, kind="comment",
                    data={"number": number, "state": "claimed"}, now=now,
                )  # fmt: skip
    return made


def all_sent(db: Database, host: str = "github.com") -> bool:
    with db.readers() as session:
        left = (
            select(func.count()).select_from(Effect).join(Project).where(Project.host == host, Effect.sent_at.is_(None))
        )
        return session.scalar(left) == 0


def run_until(done: Callable[[], bool], step: Callable[[], int], workers: int = 3) -> None:
    """Let workers repeat this step until all is done; fails after half a minute."""
    stop = threading.Event()
    loop = Loop("outbox", step, 0.01)
    threads = [threading.Thread(target=run_loop, args=(loop, stop)) for _worker in range(workers)]
    for thread in threads:
        thread.start()
    for _turn in range(3000):
        if done() or stop.wait(0.01):
            break
    stop.set()
    for thread in threads:
        thread.join(10)
    assert done()


def test_workers_keep_apart_and_in_step(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """R3: every comment once; one writer for each project, two for each token, and never two writes in one span."""
    monkeypatch.setattr(rules, "SPACING", timedelta(seconds=0.01))
    watching = Watching()
    clients = {project: WatchedClient(watching, project) for project in wishes(db)}
    connect: Any = lambda project: clients[project.id]  # noqa: E731  (stands in for the function)
    run_until(lambda: all_sent(db), lambda: service.send_due(db, connect, utc_now, public_url="https://w.example.org"))
    assert {name: most for name, most in watching.most.items() if name != "all" and most > 1} == {}
    assert watching.most["all"] <= rules.MOST_AT_ONCE
    assert [len(rows) for client in clients.values() for rows in client.comments.values()] == [1] * PROJECTS * WISHES
    with db.readers() as session:
        written = session.scalars(select(Credential.writes)).one()
    assert len(written) == PROJECTS * WISHES
    assert all(later - earlier >= 0.01 for earlier, later in pairwise(written))


def test_a_forge_that_hangs_keeps_no_other_from_being_written_to(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """R7: as long as one forge answers nobody, what is due at another is done."""
    monkeypatch.setattr(rules, "SPACING", timedelta(seconds=0.01))
    hanging = wishes(db, host="dead.example.org", first=10)
    wishes(db)
    woken = threading.Event()

    class Hanging(FakeClient):
        def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
            woken.wait(30)
            return super().find_comments(number, marker)

    lively = FakeClient()
    connect: Any = lambda project: Hanging() if project.id in hanging else lively  # noqa: E731  (stands in for the function)

    def step() -> int:
        return service.send_due(db, connect, utc_now, public_url="https://w.example.org", limit=1)

    def is_done() -> bool:
        if all_sent(db):
            woken.set()
        return woken.is_set()

    run_until(is_done, step)
    assert not all_sent(db, "dead.example.org")
