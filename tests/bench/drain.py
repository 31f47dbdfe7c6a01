"""Draining the inbox: deliveries of 12 KB about 2,000 issues, beside a hand-written sqlite3 loop and ORM rows."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import structlog
from isal import isal_zlib

from connector.clock import utc_now
from connector.db import migrate
from connector.db.engine import open_database
from connector.db.tables import Delivery, Hook, Nonprofit, Project
from connector.demo.forges.github_shapes import GitHubShapes
from connector.demo.forges.model import Account
from connector.inbox.service import Drains
from connector.inbox.writing import LEVEL
from tests.bench.payloads import WORDS
from tests.bench.peers.inbox import by_hand, by_orm, each_by_orm
from tests.bench.table import Goal, Sense, Size, Table, ratio_of_medians

ISSUES = 2_000
ALIKE = 1_000
"""Enough for many issues to be seen twice, and some late."""
BODY_BYTES = 12 * 1024
OLDEST = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
HAND, OURS, OURS_AGREED = "(a) hand-written sqlite3, batches of 100", "wecena", "wecena, 10 % with the agreed label"
ORM_BATCH, ORM_EACH = "(b) ORM rows, batches of 100", "(c) ORM rows, one transaction each"
LEFT = """
    select group_concat(line, '|') from (
        select number || title || digest || coalesce(language, '') || comments || labels || is_open || body as line
        from issue order by number)"""
"""All that the deliveries tell of the issues."""
BECAME = "select reason, count(*) from delivery group by reason order by reason"


def measure(size: Size) -> Iterator[Table]:
    """Each way in turn, ``size.rounds`` times over; the hand-written loop before and after the others."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ways: dict[str, tuple[float, Callable[[Path], object]]] = {
        HAND: (0, by_hand), OURS: (0, _ours), OURS_AGREED: (0.1, _ours), ORM_BATCH: (0, by_orm), ORM_EACH: (0, each_by_orm),
    }  # fmt: skip
    # The first time of each imports modules and compiles statements. It also shows that all do the same.
    ends = {name: _run(drained, share, ALIKE) for name, (share, drained) in ways.items()}
    if len({end.left for name, end in ends.items() if name != OURS_AGREED}) != 1:
        raise RuntimeError("the ways do not leave the same rows")
    found: dict[str, list[_End]] = {name: [] for name in ways}
    for _ in range(size.rounds):
        for name in (*ways, HAND):
            share, drained = ways[name]
            found[name].append(_run(drained, share, size.count if name != ORM_EACH else size.count // 4))
    rates = {name: [end.rate for end in runs] for name, runs in found.items()}
    goals = (
        Goal("drain beside (a)", ratio_of_medians(rates[OURS], rates[HAND]), Sense.AT_LEAST, 0.4, "x"),
        Goal("drain beside (b)", ratio_of_medians(rates[OURS], rates[ORM_BATCH]), Sense.AT_LEAST, 5, "x"),
        Goal("drain beside (c)", ratio_of_medians(rates[OURS], rates[ORM_EACH]), Sense.AT_LEAST, 5, "x"),
    )
    columns = (f"{size.count:,} of 12 KB, SQLite FULL", "median/s", "x (a)", "least/s", "most/s", "processor us each")
    lines = tuple(
        (
            name,
            f"{median(seen):,.0f}",
            f"{ratio_of_medians(seen, rates[HAND]):.2f}",
            f"{min(seen):,.0f}",
            f"{max(seen):,.0f}",
            f"{min(end.processor for end in found[name]):,.0f}",
        )
        for name, seen in rates.items()
    )
    yield Table("Draining the inbox", columns, lines, goals)


@dataclass(frozen=True, slots=True)
class _End:
    """How many deliveries a second, the processor's time for each (microseconds), and what there was at the end."""

    rate: float
    processor: float
    left: tuple[object, ...]


def _run(drained: Callable[[Path], object], share: float, count: int) -> _End:
    with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder:
        path = Path(folder) / "wecena.db"
        migrate.upgrade(f"sqlite:///{path}")
        _fill(path, share, count)
        began, busy = time.perf_counter(), time.process_time()
        drained(path)
        took, used = time.perf_counter() - began, time.process_time() - busy
        with closing(sqlite3.connect(path)) as connection:
            waiting = connection.execute("select count(*) from delivery where processed_at is null").fetchone()[0]
            left = connection.execute(LEFT).fetchone() + tuple(connection.execute(BECAME))
    if waiting:
        raise RuntimeError(f"{waiting} deliveries were left")
    return _End(count / took, used / count * 1e6, left)


def _fill(path: Path, share: float, count: int) -> None:
    db, chance = open_database(f"sqlite:///{path}"), random.Random(1)  # noqa: S311  (text, not secrets)
    now = utc_now()
    with db.sessions.begin() as session:
        project = Project(
            nonprofit=Nonprofit(name="Asso", created_at=now), source="github", host="github.com", path="acme/tool",
            external_id="77", base_url="https://github.com", api_url="https://api.github.com", is_public=True,
            web_url="https://github.com/acme/tool", visible_at=now, labels=["good first issue"], agreed_at=now,
            created_at=now,
        )  # fmt: skip
        session.add(project)
        session.flush()
        hook = Hook(project_id=project.id, source="github", key="key", created_at=now)
        session.add(hook)
        session.flush()
        rows = [
            {
                "hook_id": hook.id, "external_id": str(number), "event": "issues", "headers": {"x-github-event": "issues"},
                "body": isal_zlib.compress(_body(chance, number, share), LEVEL), "received_at": now, "tries": 0,
            }
            for number in range(count)
        ]  # fmt: skip
        session.connection().execute(Delivery.__table__.insert(), rows)  # type: ignore[attr-defined]  # a table it is
    db.engine.dispose()


def _body(chance: random.Random, at: int, share: float) -> bytes:
    """A changed issue with full accounts and a full repository, as GitHub sends them; a tenth comes late."""
    number, late = chance.randint(1, ISSUES), chance.random() < 0.1
    when = datetime.fromtimestamp(OLDEST + at - (5_000 if late else 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    label = "good first issue" if number <= ISSUES * share else "bug"
    shapes = GitHubShapes("https://api.github.com", "https://github.com")
    user = shapes.user(Account(id=7, login="ann"))
    issue = {
        "url": f"https://api.github.com/repos/acme/tool/issues/{number}", "id": 9_000 + number, "node_id": "I_x",
        "html_url": f"https://github.com/acme/tool/issues/{number}", "number": number, "title": f"Fix the filter {at}",
        "user": user, "assignee": None, "assignees": [], "comments": 3, "state": "open", "locked": False,
        "labels": [{"id": len(label), "name": label, "color": "fff", "default": False, "description": None}],
        "created_at": "2026-10-20T10:00:00Z", "updated_at": when, "closed_at": None, "author_association": "MEMBER",
    }  # fmt: skip
    address = "https://api.github.com/repos/acme/tool"
    repository = {
        "id": 77, "name": "tool", "full_name": "acme/tool", "private": False, "owner": user,
        "html_url": "https://github.com/acme/tool", "updated_at": "2026-11-01T00:00:00Z",
        **{f"{name}_url": f"{address}/{name}{{/number}}" for name in WORDS},
    }  # fmt: skip
    sent = {"action": "edited", "issue": issue, "repository": repository, "sender": user}
    room = BODY_BYTES - len(json.dumps(sent))
    issue["body"] = " ".join(chance.choices(WORDS, k=room // 7))
    return json.dumps(sent, separators=(",", ":")).encode()


# --- our way ------------------------------------------------------------------------------------------------------


def _ours(path: Path) -> None:
    db = open_database(f"sqlite:///{path}")
    drain_next = Drains(db, utc_now, is_first=False)
    while drain_next():
        pass
    db.engine.dispose()
