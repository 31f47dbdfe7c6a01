"""Reading a list of issues: the mark of a page that changed is kept together with the last of its issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connector.clock import Clock
from connector.db.engine import Database
from connector.harvest import marks, service
from connector.harvest.marks import Kind
from connector.harvest.rules import Decision
from sources import model
from sources.base import Client, IssueQuery, Mark

NO_NEWS = frozenset({Decision.NOTHING, Decision.STALE})
WRITTEN_AT_ONCE = 10
"""Issues in one transaction: a new one is sized and offered in it, and nobody else writes to SQLite meanwhile."""


@dataclass(slots=True)
class Listed:
    """What a list showed. ``unread``: the numbers on pages that were not sent again, as they did not change.

    ``newest``: the last change on those that were. ``is_news``: one of them told something that we did not know.
    ``applied``: those whose tasks were decided about just now.
    """

    numbers: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    applied: set[int] = field(default_factory=set)
    newest: datetime | None = None
    is_news: bool = False


Watch = Callable[[int, int | None], None]
"""Told after each page: how many rows were read so far, and about how many there are."""


def nobody(_rows: int, _expected: int | None) -> None:
    """Nobody is watching."""


def read(
    db: Database,
    client: Client,
    project_id: int,
    query: IssueQuery,
    *,
    kind: Kind,
    clock: Clock,
    watch: Watch = nobody,
) -> Listed:
    """Read a list and observe what changed on it. A `SourceError` ends it; what was read until then is kept.

    Begun again it goes on where it ended: the pages read before are answered "unchanged".
    """
    listed = Listed()
    known = _recall(db, client, project_id, kind)
    asked_at, visited, rows = clock(), set(client.usage.marks), 0
    for page in client.issues(query):
        fresh = {url: mark for url, mark in client.usage.marks.items() if url not in visited}
        _take_over(
            db, project_id, page, listed, fresh=_changed(fresh, known), kind=kind, asked_at=asked_at, now=clock()
        )
        visited |= fresh.keys()
        rows += sum(len(mark.shown) for mark in fresh.values()) or len(page)
        watch(rows, client.usage.rows_expected)
        asked_at = clock()
    for url, mark in client.usage.marks.items():
        listed.numbers.update(mark.shown)
        if known.get(url) == mark:
            listed.unread.update(mark.shown)
    _forget(db, project_id, known.keys() - client.usage.marks.keys())
    return listed


def _recall(db: Database, client: Client, project_id: int, kind: Kind) -> dict[str, Mark]:
    with db.readers() as session:
        known = marks.known(session, project_id, kind)
    client.usage.known, client.usage.marks = known, {}
    return known


def _changed(fresh: dict[str, Mark], known: dict[str, Mark]) -> dict[str, Mark]:
    return {url: mark for url, mark in fresh.items() if known.get(url) != mark}


def _take_over(
    db: Database,
    project_id: int,
    page: Sequence[model.Issue],
    listed: Listed,
    *,
    fresh: dict[str, Mark],
    kind: Kind,
    asked_at: datetime,
    now: datetime,
) -> None:
    for start in range(0, max(len(page), 1), WRITTEN_AT_ONCE):
        with db.sessions.begin() as session:
            project = service.for_writing(session, project_id)
            for seen in page[start : start + WRITTEN_AT_ONCE]:
                decision = service.observe(session, project, seen, now, was_read=True, asked_at=asked_at)
                listed.is_news |= decision not in NO_NEWS
                if decision is Decision.APPLY:
                    listed.applied.add(seen.number)
            if start + WRITTEN_AT_ONCE >= len(page):
                marks.keep(session, project_id, kind, fresh)  # with the last rows: what is marked was taken over
    for seen in page:
        listed.numbers.add(seen.number)
        listed.newest = max(listed.newest or seen.updated_at, seen.updated_at)


def _forget(db: Database, project_id: int, urls: set[str]) -> None:
    if urls:
        with db.sessions.begin() as session:
            marks.forget(session, project_id, urls)
