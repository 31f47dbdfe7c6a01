"""What a claim may leave upstream: one comment, edited in place, the volunteer among the assignees, and a label.

Nothing is wished for where the project did not opt in, which the outbox checks, nor about an issue that the public
cannot see.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.courtesy.queries import policy_of
from connector.db.tables import Account, Assignment, Effect, Task
from connector.outbox import service as outbox


def tell_claimed(session: Session, task: Task, assignment: Assignment, now: datetime) -> None:
    """Say that somebody works on it, and assign their own login on that forge where they named one."""
    _wish(session, task, f"claim:{assignment.id}", "comment", {"state": "claimed"}, now)
    login = _login(session, task, assignment)
    if login is not None:
        _wish(session, task, f"assign:{assignment.id}", "assign", {"login": login}, now)
    if label := policy_of(task.project).claim_label:
        _wish(session, task, f"label:{assignment.id}", "label", {"label": label}, now)


def tell_state(session: Session, task: Task, assignment: Assignment, state: str, now: datetime) -> None:
    """Edit the claim's comment, where there is one."""
    if _wished(session, f"claim:{assignment.id}") is not None:
        _wish(session, task, f"claim:{assignment.id}", "comment", {"state": state}, now)


def tell_freed(session: Session, task: Task, assignment: Assignment, state: str, now: datetime) -> None:
    """Edit the claim's comment, take the volunteer off the assignees again, and the label away."""
    tell_state(session, task, assignment, state, now)
    unmark(session, task, assignment, now)
    assigned = _wished(session, f"assign:{assignment.id}")
    if assigned is not None:
        # The same key: what was not done yet is not done any more.
        _wish(session, task, f"assign:{assignment.id}", "unassign", {"login": assigned.data["login"]}, now)


def unmark(session: Session, task: Task, assignment: Assignment, now: datetime) -> None:
    """Take the label away that said that somebody is at work."""
    marked = _wished(session, f"label:{assignment.id}")
    if marked is not None:
        _wish(session, task, f"label:{assignment.id}", "unlabel", {"label": marked.data["label"]}, now)


def _wished(session: Session, key: str) -> Effect | None:
    return session.scalar(select(Effect).where(Effect.key == key))


def _wish(session: Session, task: Task, key: str, kind: str, data: dict[str, object], now: datetime) -> None:
    if task.issue is None or task.issue.visibility != "public":
        return
    outbox.add(
        session,
        key=key,
        project_id=task.project_id,
        task_id=task.id,
        kind=kind,
        data={"number": task.issue.number, **data},
        now=now,
    )


def _login(session: Session, task: Task, assignment: Assignment) -> str | None:
    named = select(Account.login).where(
        Account.person_id == assignment.person_id,
        Account.source == task.project.source,
        Account.host == task.project.host,
    )
    return session.scalar(named.order_by(Account.id).limit(1))
