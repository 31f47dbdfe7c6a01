"""What drains an inbox beside ours: a hand-written sqlite3 loop, and rows of an object-relational mapper.

Both leave the same rows as ours: an older snapshot is stale, another one of the same second is doubted (a job reads it
again), and an issue has its digest and its language. Unlike ours they take it for granted that the JSON keeps to our
limits, that the deliveries are of one project, and that no issue is a task; one that cannot be read stops them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import utc_now
from connector.db.engine import Database, open_database
from connector.db.tables import Delivery, Issue, Job
from connector.sizing.language import guess_language

BATCH = 100
EXTERNAL_ID = 77
UPSERT = """
    insert into issue (project_id, number, external_id, title, body, url, author, labels, assignees, is_open, is_locked,
        is_blocked, is_request, visibility, language, comments, remote_created_at, remote_updated_at, digest, seen_at)
    values (1, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, 0, 0, 'public', ?, ?, ?, ?, ?, ?)
    on conflict (project_id, number) do update set title = excluded.title, body = excluded.body, url = excluded.url,
        author = excluded.author, labels = excluded.labels, assignees = excluded.assignees, is_open = excluded.is_open,
        is_locked = excluded.is_locked, language = excluded.language, comments = excluded.comments,
        remote_updated_at = excluded.remote_updated_at, digest = excluded.digest, reread_at = null,
        seen_at = excluded.seen_at"""
DONE = "update delivery set processed_at = ?, outcome = 'applied', reason = ? where id = ?"
DOUBTED = "update issue set reread_at = ? where project_id = 1 and number = ?"
READ_AGAIN = "insert or ignore into job (key, kind, ref, run_at, tries, created_at) values (?, 'reread', ?, ?, 0, ?)"


def digest_of(issue: object) -> str:
    """What tells two snapshots of the same second apart."""
    written = json.dumps(issue, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


# --- by hand ------------------------------------------------------------------------------------------------------


def by_hand(path: Path) -> None:
    """Batches of 100 in one transaction each, with as few statements as there can be."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    while _batch_by_hand(connection):
        pass
    connection.close()


def _batch_by_hand(connection: sqlite3.Connection) -> int:
    connection.execute("begin immediate")
    waiting = "select id, body from delivery where processed_at is null order by id limit ?"
    rows = connection.execute(waiting, (BATCH,)).fetchall()
    payloads = [(row_id, json.loads(zlib.decompress(body))) for row_id, body in rows]
    issues = [(row_id, sent["issue"]) for row_id, sent in payloads if sent["repository"]["id"] == EXTERNAL_ID]
    known = _known_by_hand(connection, {issue["number"] for _row_id, issue in issues})
    newest: dict[int, dict[str, Any]] = {}
    doubted: dict[int, str] = {}
    reasons: list[tuple[str, int]] = []
    for row_id, issue in issues:
        number, fresh = issue["number"], (issue["updated_at"], digest_of(issue))
        updated_at, digest = known.get(number, ("", ""))
        if fresh[0] > updated_at:
            known[number], newest[number] = fresh, issue
            doubted.pop(number, None)
            reasons.append(("applied", row_id))
        elif fresh[0] == updated_at and fresh[1] != digest:
            doubted[number] = fresh[1]
            reasons.append(("reread", row_id))
        else:
            reasons.append(("unchanged" if fresh[0] == updated_at else "stale", row_id))
    now = utc_now().isoformat()
    connection.executemany(UPSERT, [_columns(issue, known[number][1], now) for number, issue in newest.items()])
    connection.executemany(DOUBTED, [(now, number) for number in doubted])
    connection.executemany(READ_AGAIN, [(f"{number}:{digest}", number, now, now) for number, digest in doubted.items()])
    connection.executemany(DONE, [(now, reason, row_id) for reason, row_id in reasons])
    connection.execute("commit")
    return len(rows)


def _known_by_hand(connection: sqlite3.Connection, numbers: set[int]) -> dict[int, tuple[str, str]]:
    marks = ",".join("?" * len(numbers))
    asked = f"select number, remote_updated_at, digest from issue where project_id = 1 and number in ({marks})"  # noqa: S608  (question marks only)
    return {number: (updated_at, digest) for number, updated_at, digest in connection.execute(asked, [*numbers])}


def _columns(issue: dict[str, Any], digest: str, now: str) -> tuple[object, ...]:
    return (
        issue["number"], str(issue["id"]), issue["title"], issue["body"], issue["html_url"], issue["user"]["login"],
        json.dumps([label["name"] for label in issue["labels"]]), issue["state"] == "open", issue["locked"],
        guess_language(issue["title"], issue["body"]), issue["comments"], issue["created_at"], issue["updated_at"],
        digest, now,
    )  # fmt: skip


# --- rows of a mapper ---------------------------------------------------------------------------------------------


def by_orm(path: Path) -> None:
    """Batches of 100 in one transaction each; an issue is looked up when a delivery is about it."""
    _with_orm(path, BATCH)


def each_by_orm(path: Path) -> None:
    """One transaction for each delivery."""
    _with_orm(path, 1)


def _with_orm(path: Path, at_once: int) -> None:
    db = open_database(f"sqlite:///{path}")
    while _batch_by_orm(db, at_once):
        pass
    db.engine.dispose()


def _batch_by_orm(db: Database, at_once: int) -> int:
    now = utc_now()
    with db.sessions.begin() as session:
        rows = session.scalars(
            select(Delivery).where(Delivery.processed_at.is_(None)).order_by(Delivery.id).limit(at_once)
        ).all()
        for row in rows:
            sent = json.loads(zlib.decompress(row.body or b""))
            if sent["repository"]["id"] == EXTERNAL_ID:
                row.processed_at, row.outcome = now, "applied"
                row.reason = _observe_by_orm(session, sent["issue"], now)
    return len(rows)


def _observe_by_orm(session: Session, seen: dict[str, Any], now: datetime) -> str:
    updated_at, digest = datetime.fromisoformat(seen["updated_at"]), digest_of(seen)
    row = session.scalar(select(Issue).where(Issue.project_id == 1, Issue.number == seen["number"]))
    if row is None:
        row = Issue(project_id=1, number=seen["number"], external_id=str(seen["id"]))
        session.add(row)
    elif row.remote_updated_at > updated_at:
        return "stale"
    elif row.remote_updated_at == updated_at:
        return _doubt_by_orm(session, row, digest, now) if row.digest != digest else "unchanged"
    row.title, row.body, row.url, row.author = seen["title"], seen["body"], seen["html_url"], seen["user"]["login"]
    row.is_open, row.is_locked, row.comments = seen["state"] == "open", seen["locked"], seen["comments"]
    row.labels, row.assignees = [label["name"] for label in seen["labels"]], []
    row.language, row.digest = guess_language(row.title, row.body), digest
    row.remote_created_at = datetime.fromisoformat(seen["created_at"])
    row.remote_updated_at, row.seen_at, row.reread_at = updated_at, now, None
    return "applied"


def _doubt_by_orm(session: Session, row: Issue, digest: str, now: datetime) -> str:
    row.reread_at = now
    key = f"{row.number}:{digest}"
    session.add(Job(key=key, kind="reread", ref=str(row.number), run_at=now, created_at=now))
    return "reread"
