"""Where a process is killed: named points around what it writes, reached from outside through the drivers' events.

Nothing in the service knows of these points. What is written is seen as SQL on its way to the database; what is said to
a forge is seen by a client in front of the real one. A point is passed by any thread of the process.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

from connector.db.tables import Project
from sources.base import Client

COMMITTED = "committed"
WRITES = {
    "delivery inserted": r"insert into delivery\b",
    "delivery applied": r"update delivery set\b.*\bprocessed_at\s*=",
    "job leased": r"update job set\b(?=.*\bleased_until\b)(?=.*\btries\b)",
    "job finished": r"update job set\b.*\bdone_at\b",
    "jobs put in": r"insert into job\b",
    "effect claimed": r"update effect set\b(?=.*\bclaimed_at\b)(?=.*\battempts\b)",
    "effect recorded": r"update effect set\b.*\bsent_at\b",
    "claim decided": r"insert into assignment\b",
}
"""What is written -> the SQL that writes it."""
CALLS = ("find_comments", "create_comment", "edit_comment", "assign", "unassign")
WEB_POINTS = tuple(
    f"{moment} {what}" for what in ("delivery inserted", "claim decided") for moment in ("before", "after")
)
WORK_POINTS = (
    *(f"{moment} {what}" for what in WRITES if f"before {what}" not in WEB_POINTS for moment in ("before", "after")),
    "before handler's end is noted",
    "after find_comments", "before create_comment", "after create_comment", "after edit_comment", "after assign",
)  # fmt: skip
"""``before``: the SQL was sent, and is not committed; ``after``: it is committed, and nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the first process that passes ``point`` for the ``nth`` time. ``mark`` is a file made then.

    As soon as somebody deletes that file, it may happen again.
    """

    point: str
    nth: int
    mark: str
    signal: int = signal.SIGKILL


class Trap:
    """Counts passes and strikes once for each mark, whoever comes first."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._passes = 0
        self._lock = threading.Lock()

    def passed(self, point: str) -> None:
        """A thread of this process is at a point."""
        if point != self._fault.point:
            return
        with self._lock:
            self._passes += 1
            if self._passes < self._fault.nth or not self._is_first():
                return
        os.kill(os.getpid(), self._fault.signal)

    def _is_first(self) -> bool:
        try:
            Path(self._fault.mark).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class WatchedClient:
    """A client of a forge, with a point before and after each call."""

    def __init__(self, client: Client, trap: Trap) -> None:
        self._client = client
        self._trap = trap

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (stands in for any attribute of a client)
        found = getattr(self._client, name)
        return self._watched(name, found) if name in CALLS else found

    def _watched(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object) -> object:
            self._trap.passed(f"before {name}")
            answer = call(*arguments)
            self._trap.passed(f"after {name}")
            return answer

        return watched


def watch_forges(connect: Callable[[Project], Client], trap: Trap) -> Callable[[Project], Any]:
    """The same connect function, whose clients pass the trap."""
    return lambda project: WatchedClient(connect(project), trap)


def watch_writes(trap: Trap) -> None:
    """Let every transaction of this process pass the trap. Called once in a process."""

    @event.listens_for(Engine, "before_cursor_execute")
    def _note(conn: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        written = [what for what, sql in WRITES.items() if re.search(sql, statement, re.IGNORECASE | re.DOTALL)]
        conn.info.setdefault("written", []).extend(written)
        if "job finished" in written:
            trap.passed("before handler's end is noted")

    @event.listens_for(Engine, "commit")
    def _commit(conn: Connection) -> None:
        for what in conn.info.get("written", ()):
            trap.passed(f"before {what}")
        conn.info[COMMITTED] = True

    @event.listens_for(Pool, "checkin")
    def _back(_dbapi: object, record: Any) -> None:  # noqa: ANN401  (the pool's own record)
        written, is_committed = record.info.pop("written", ()), record.info.pop(COMMITTED, False)
        for what in written if is_committed else ():
            trap.passed(f"after {what}")
