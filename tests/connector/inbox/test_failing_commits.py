"""A commit that fails with an error of the disk: the door never says yes to it, and the worker does not go on from it.

What is injected is the driver's answer to COMMIT, at the dialect through which every transaction of the service ends:
either the transaction was not committed (an fsync that failed), or it was and nobody was told (the answer was lost).
`tests/drills/test_failing_syncs.py` has the system refuse the fsync itself.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from connector.clock import frozen
from connector.db.engine import Database
from connector.db.tables import Delivery, Issue, Job, TaskEvent
from connector.db.vault import Vault
from connector.inbox.door import Inbox
from connector.inbox.service import Drains, drain
from connector.projects import hooks
from connector.queue import service as queue
from connector.queue.worker import Worker
from sources import registry
from tests.fakes import FakeClock
from tests.rows import project_row
from webhooks.receiver import Receiver
from webhooks.replay import post

VAULT = Vault("k" * 32)
BODY = b'{"zen": "Keep it simple."}'
CALLERS = 16


class Lost(Enum):
    """What a failed commit left behind."""

    ALL = "the transaction"
    ANSWER = "only the answer"


@contextmanager
def failing_commits(db: Database, lost: Lost) -> Iterator[Counter[str]]:
    """Inside, each commit through this database fails so; counts them."""
    dialect, commit = db.engine.dialect, db.engine.dialect.do_commit
    failed: Counter[str] = Counter()

    def fail(connection: Any) -> None:  # noqa: ANN401  (the driver's)
        time.sleep(0.01)  # as a disk takes its time, so that others come to wait behind it
        if lost is Lost.ANSWER:
            commit(connection)
        failed["commits"] += 1
        raise dialect.loaded_dbapi.OperationalError("disk I/O error")

    dialect.do_commit = fail  # type: ignore[method-assign]  # the seam
    try:
        yield failed
    finally:
        del dialect.do_commit


class Place:
    """A hook with its door in front, and deliveries of GitHub's."""

    def __init__(self, db: Database) -> None:
        self.db, self.clock = db, FakeClock()
        inbox = Inbox(db, VAULT, self.clock)
        with db.sessions.begin() as session:
            row = project_row(session, self.clock(), path="asso/site", external_id="1001")
            self.hook, self.key = hooks.make_hook(session, row, vault=VAULT, now=self.clock())
        self.door = Receiver(inbox.lookup, inbox.accept, clock=self.clock, max_body_bytes=100_000)

    def deliver(self, name: str, body: bytes = BODY, event: str = "ping") -> int:
        headers = registry.source("github").sign(body, key=self.key, event=event, delivery_id=name, now=self.clock())
        return post(self.door, f"/webhooks/github/{self.hook.key}", headers=headers, body=body)

    def stored(self) -> set[str]:
        with self.db.readers() as session:
            return set(session.scalars(select(Delivery.external_id)))


@pytest.mark.parametrize("lost", Lost)
def test_leader_and_followers_of_a_failed_commit_are_all_told_503(db: Database, lost: Lost) -> None:
    """R1: whatever the disk kept, nobody is told that it did; what comes again is stored once."""
    place = Place(db)
    assert place.deliver("before") == 202
    names = [f"during {number}" for number in range(5 * CALLERS)]
    with failing_commits(db, lost) as failed, ThreadPoolExecutor(CALLERS) as pool:
        assert Counter(pool.map(place.deliver, names)) == {503: len(names)}
    assert 0 < failed["commits"] <= len(names)
    kept = place.stored() - {"before"}
    assert bool(kept) is (lost is Lost.ANSWER)
    assert Counter(map(place.deliver, names)) == Counter({200: len(kept), 202: len(names) - len(kept)})
    assert place.stored() == {"before", *names}


def issue_body(number: int) -> bytes:
    """What GitHub delivers of a new issue."""
    at = "2026-11-20T08:00:00Z"
    issue = {
        "number": number, "id": 9000 + number, "title": f"Issue {number}", "body": "Wrong.", "state": "open",
        "user": {"login": "alice", "id": 7}, "labels": [{"id": 1, "name": "good first issue"}], "assignees": [],
        "comments": 0, "created_at": at, "updated_at": at, "locked": False,
        "html_url": f"https://github.com/asso/site/issues/{number}",
    }  # fmt: skip
    repository = {"id": 1001, "full_name": "asso/site", "private": False, "updated_at": at}
    return json.dumps({"action": "opened", "issue": issue, "repository": repository}).encode()


@pytest.mark.parametrize("lost", Lost)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_worker_whose_commit_fails_has_done_all_or_nothing(db: Database, lost: Lost, *, is_first: bool) -> None:
    """R1, R2: nothing is marked done whose effects are not there, and nothing is done twice when the disk is back."""
    place = Place(db)
    step = Drains(db, place.clock) if is_first else partial(drain, db, place.clock)
    for number in (1, 2, 3):
        assert place.deliver(f"d{number}", issue_body(number), "issues") == 202
    with failing_commits(db, lost), pytest.raises(OperationalError):
        step()
    with db.readers() as session:
        done = session.scalars(select(Delivery.external_id).where(Delivery.processed_at.is_not(None))).all()
        assert [f"d{number}" for number in session.scalars(select(Issue.number).order_by(Issue.number))] == done
        assert done == ([] if lost is Lost.ALL or is_first else ["d1", "d2", "d3"])
    while step():
        pass
    with db.readers() as session:
        assert session.scalars(select(Delivery.outcome)).all() == ["applied"] * 3
        assert (
            session.scalars(select(TaskEvent.kind)).all()
            == session.scalars(select(TaskEvent.kind).distinct()).all() * 3
        )


def test_a_job_whose_end_could_not_be_committed_is_not_done(db: Database, now: datetime) -> None:
    """R1: it stays leased, and is taken up again when the lease is over."""
    with ExitStack() as broken:
        worker = Worker(
            db, frozen(now), loops=[], firings=[],
            handlers={"clean": lambda _job: broken.enter_context(failing_commits(db, Lost.ALL)) and None},
        )  # fmt: skip
        with db.sessions.begin() as session:
            queue.enqueue(session, "clean", "clean", run_at=now, now=now)
        with pytest.raises(OperationalError):
            worker.run_one_job()
    with db.readers() as session:
        (job,) = session.scalars(select(Job)).all()
    assert (job.done_at, job.tries, job.leased_until is not None) == (None, 1, True)
