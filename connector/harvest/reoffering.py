"""What is offered of a project is decided anew: after its agreement, its pause, its visibility or its labels changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Issue, Project, Task
from connector.harvest import mirror, rules
from connector.harvest.steps import follow
from connector.queue import service as queue
from connector.tasks.patience import REOFFER
from connector.tasks.rules import VISIBLE_FOR, Status

AT_ONCE, IN_ONE_GO = 50, 150
"""How many rows are held in memory at once, and how many issues are decided about before others may write."""


def reoffer(session: Session, project: Project, now: datetime, *, but: Collection[int] = (), after: int = 0) -> int:
    """Decide anew about the issues of a project whose circumstances changed; tells how many there are.

    ``but``: the numbers of those that were just decided about. ``after``: the id of an issue up to which all is decided. Where something may be
    offered, a job goes on with what is left of many, so that others can write; what must not be offered ends at once.
    """
    session.flush()
    had_task, policy = select(Task.id).where(Task.issue_id == Issue.id).exists(), mirror.policy_of(project, now)
    seen = select(Issue.id, Issue.number, Issue.labels, had_task.label("had_task")).order_by(Issue.id)
    seen = seen.where(Issue.project_id == project.id, Issue.id > after, Issue.visibility == mirror.PUBLIC)
    wanted = [
        row.id
        for row in session.execute(seen).yield_per(AT_ONCE)
        if row.number not in but and (row.had_task or rules.is_wanted(row.labels, policy))
    ]
    for start in range(0, len(wanted), AT_ONCE):
        if start >= IN_ONE_GO and policy.may_offer:
            _go_on(session, project, wanted[start - 1], now)
            break
        some = select(Issue).where(Issue.id.in_(wanted[start : start + AT_ONCE])).order_by(Issue.id)
        for row in session.scalars(some).all():
            follow(session, project, row, now)
        session.flush()  # what is written need not be held any longer
    return len(wanted)


def _go_on(session: Session, project: Project, after: int, now: datetime) -> None:
    ref = f"{project.id}:{after}"
    queue.enqueue(session, f"{REOFFER}:{ref}:{now.isoformat()}", REOFFER, ref=ref, run_at=now, now=now)


def fade(session: Session, now: datetime) -> int:
    """Offer nothing of projects that the public was not seen to reach for a day; tells how many there are."""
    unseen = select(Project).where(
        Project.is_public.is_(True), Project.is_offline.is_(False), Project.visible_at <= now - VISIBLE_FOR
    )
    offering = select(Task.project_id).where(Task.status == Status.READY.value)
    faded = session.scalars(unseen.where(Project.id.in_(offering))).all()
    for project in faded:
        reoffer(session, project, now)
    return len(faded)
