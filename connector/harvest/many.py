"""Many delivered snapshots at once. Most are of issues that matter to nobody: those need their row in our mirror only.

The outcome is the same as observing one after the other. An issue is observed quietly, in memory and with one write at
the end, where nothing but its row can change: it is not confidential, carries no label that we act on and never had a
task. All others are observed one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Dialect, Row, Table, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from connector.db.bulk import Bulk, prepare
from connector.db.tables import Issue, Project, Task
from connector.harvest import mirror, rules, service
from connector.harvest.rules import Decision, Known, Policy
from sources import model

_TABLE = cast("Table", Issue.__table__)
_KEY = ("project_id", "number")
_NEW: dict[str, object] = {"comments_read": 0, "spoken_for_at": None, "wanted_until": None, "set_aside": {}}
"""What no snapshot tells, as a new row has it; a row that is there keeps its own."""


@dataclass(slots=True)
class _Quiet:
    """An issue of which only the row can change, while snapshots are taken into account."""

    known: Known | None = None
    author: str | None = None
    newest: model.Issue | None = None
    """The snapshot to write: the last that counted."""
    asked: str | None = None
    """The version that first gave rise to doubt; None where none did."""
    is_doubted: bool | None = None
    """Whether a doubt is open in the end; None: as before."""

    def observe(self, seen: model.Issue, policy: Policy) -> Decision:
        """As `service.observe`, in memory."""
        decision = rules.decide(seen, self.known, policy)
        match decision:
            case Decision.APPLY:
                self.known, self.newest = Known(seen.updated_at, seen.digest), seen
                self.author, self.is_doubted = mirror.author_of(seen.author, self.author), False
            case Decision.NOTHING:
                self.is_doubted = False
            case Decision.REREAD:
                self.asked, self.is_doubted = self.asked or service.version_of(seen), True
        return decision


def observe_many(
    session: Session, project: Project, snapshots: Sequence[model.Issue], now: datetime
) -> Sequence[Decision]:
    """As `service.observe` for each snapshot in turn; tells what was done with each."""
    if _renames(project, snapshots):
        return [service.observe(session, project, seen, now) for seen in snapshots]
    policy = mirror.policy_of(project, now)
    rows = _rows(session, project, {seen.number for seen in snapshots})
    loud = {seen.number for seen in snapshots if _matters(seen, rows.get(seen.number), policy)}
    quiet = {seen.number: _quiet(rows.get(seen.number)) for seen in snapshots if seen.number not in loud}
    decisions = [
        quiet[seen.number].observe(seen, policy)
        if seen.number in quiet
        else service.observe(session, project, seen, now)
        for seen in snapshots
    ]
    _write(session, project, quiet, now)
    return decisions


def _renames(project: Project, snapshots: Sequence[model.Issue]) -> bool:
    """Whether a label has two names among them and what we know: then what is wanted may change on the way."""
    names = dict(project.label_ids or {})
    labels = (label for seen in snapshots for label in seen.labels if label.external_id)
    return any(names.setdefault(label.external_id or "", label.name) != label.name for label in labels)


def _rows(session: Session, project: Project, numbers: Collection[int]) -> dict[int, Row[Any]]:
    had_task = select(Task.id).where(Task.issue_id == Issue.id).exists()
    found = session.execute(
        select(
            Issue.number, Issue.remote_updated_at, Issue.digest, Issue.visibility, Issue.author,
            had_task.label("had_task"),
        ).where(Issue.project_id == project.id, Issue.number.in_(numbers))
    )  # fmt: skip
    return {row.number: cast("Row[Any]", row) for row in found}


def _matters(seen: model.Issue, row: Row[Any] | None, policy: Policy) -> bool:
    """Whether more than the issue's row may change."""
    if row is not None and (row.had_task or row.visibility != mirror.PUBLIC):
        return True
    labels = seen.label_names
    return seen.is_confidential or rules.opts_out(labels) or rules.is_wanted(labels, policy)


def _quiet(row: Row[Any] | None) -> _Quiet:
    return _Quiet() if row is None else _Quiet(Known(row.remote_updated_at, row.digest), row.author)


def _write(session: Session, project: Project, quiet: Mapping[int, _Quiet], now: datetime) -> None:
    session.flush()
    values = [
        {"project_id": project.id, "number": number, **_NEW, **mirror.issue_values(issue.newest, issue.author, now)}
        for number, issue in quiet.items()
        if issue.newest is not None
    ]
    if values:
        connection = session.connection()
        _upsert(connection.dialect).execute(connection, values)
    for number, issue in quiet.items():
        if issue.asked is not None:
            service.ask_again(session, project, number, version=issue.asked, now=now)
    _mark(session, project, [number for number, issue in quiet.items() if issue.is_doubted], since=now)
    cleared = [number for number, issue in quiet.items() if issue.is_doubted is False and issue.newest is None]
    _mark(session, project, cleared, since=None)  # what is written is in no doubt
    _forget_loaded(session)


def _mark(session: Session, project: Project, numbers: Collection[int], *, since: datetime | None) -> None:
    """Note since when these issues are in doubt, or that they are not."""
    if numbers:
        is_other = Issue.reread_at.is_not(None) if since is None else true()
        of_them = update(_TABLE).where(Issue.project_id == project.id, Issue.number.in_(numbers), is_other)
        session.connection().execute(of_them.values(reread_at=since))


def _forget_loaded(session: Session) -> None:
    """What was written past the session must be read again by it."""
    for loaded in session.identity_map.values():
        if isinstance(loaded, Issue):
            session.expire(loaded)


@lru_cache(maxsize=2)
def _upsert(dialect: Dialect) -> Bulk:
    insert = sqlite.insert(_TABLE) if dialect.name == "sqlite" else postgresql.insert(_TABLE)
    names = [column.name for column in _TABLE.columns if column.name != "id"]
    written = {name: insert.excluded[name] for name in names if name not in {*_KEY, *_NEW}}
    return prepare(insert.on_conflict_do_update(index_elements=_KEY, set_=written), _TABLE, names, dialect)
