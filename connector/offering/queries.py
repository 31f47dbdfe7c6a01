"""Reads for the pages where people decide between offering and splitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, contains_eager

from connector.accounts.rules import Principal
from connector.db.tables import Estimate, Issue, Project, Task
from connector.errors import NotFoundError
from connector.sizing.line import MEASURED, UNLIKELY, Line, is_below
from connector.tasks.queries import LARGEST_ID
from connector.tasks.rules import NotOffered, Status

Told = TypeVarTuple("Told")
UNHELD = (Status.DRAFT.value, Status.READY.value)
TO_SPLIT = frozenset({UNLIKELY, NotOffered.TOO_BIG.value})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a line would do: the tasks on offer under it, how many come and go beside now; and what was measured of it."""

    line: float
    offered: int
    come: int
    go: int
    share: float
    held: float


@dataclass(frozen=True, slots=True)
class Patience:
    """What keeping issues back after so many days without news would do; None: whatever their age."""

    quiet_days: int | None
    offered: int
    come: int
    go: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    chance: float
    is_judged: bool
    is_offered: bool


def effects(session: Session, lines: Sequence[float]) -> list[Effect]:
    """What each of these lines would do to the tasks there are, those in hand aside."""
    candidates = _candidates(session)
    return [_effect(line, candidates) for line in lines]


def patience(session: Session, lengths: Sequence[int | None], now: datetime) -> list[Patience]:
    """What each of these lengths without news would do to the tasks there are, those in hand aside."""
    told = select(Issue.remote_updated_at, Issue.wanted_until, Task.status, Task.not_offered, Estimate.unsuitable)
    rows = session.execute(_unheld(told.join(Task, Task.issue_id == Issue.id)))
    dated = [
        (now if wanted_until else last_news, status == Status.READY)
        for last_news, wanted_until, status, reasons, unsuitable in rows
        if not set(reasons) - ({NotOffered.STALE.value} - set(unsuitable))
    ]
    found = []
    for days in lengths:
        line = Line(quiet_days=days)
        kept = [is_offered for last_news, is_offered in dated if not line.is_past(last_news, now)]
        stays = sum(kept)
        found.append(Patience(days, len(kept), len(kept) - stays, sum(on for _, on in dated) - stays))
    return found


def to_split(session: Session, principal: Principal) -> Sequence[Task]:
    """The drafts that are only too big or too unlikely, the surest first, in the projects this person looks after."""
    only = [[UNLIKELY], [NotOffered.TOO_BIG.value]]
    rows = (
        select(Task)
        .join(Project, Project.id == Task.project_id)
        .join(Estimate, Estimate.id == Task.estimate_id)
        .where(Task.status == Status.DRAFT.value, looked_after(principal))
        .options(contains_eager(Task.project), contains_eager(Task.estimate))
        .order_by(Estimate.p_one_day.desc(), Task.id)
    )
    return [task for task in session.scalars(rows) if task.not_offered in only]


def sizable(session: Session, task_id: int, principal: Principal) -> Task:
    """A task of a project this person looks after; raises `NotFoundError` for a missing and for a foreign one alike."""
    if not 0 < task_id < LARGEST_ID:
        raise NotFoundError
    own = (
        select(Task)
        .join(Project, Project.id == Task.project_id)
        .join(Issue, Issue.id == Task.issue_id)
        .where(Task.id == task_id, Issue.visibility == "public", looked_after(principal))
    )
    task = session.scalar(own)
    if task is None:
        raise NotFoundError
    return task


def looked_after(principal: Principal) -> ColumnElement[bool]:
    """Whether a project may be changed by this person."""
    shown = and_(Project.removed_at.is_(None), Project.is_public.is_not(False))
    return shown if principal.runs_programme else and_(shown, Project.id.in_(principal.project_ids))


def _unheld(tasks: Select[*Told]) -> Select[*Told]:
    """Those of them that nobody holds, with their estimates, in projects that are shown."""
    sized = tasks.join(Estimate, Estimate.id == Task.estimate_id).join(Project, Project.id == Task.project_id)
    return sized.where(Task.status.in_(UNHELD), Project.is_public.is_not(False), Project.removed_at.is_(None))


def _candidates(session: Session) -> list[_Candidate]:
    """Tasks that only the line keeps back, or may."""
    told = select(Estimate.p_one_day, Estimate.is_judged, Task.status, Task.not_offered)
    rows = session.execute(_unheld(told.select_from(Task)))
    return [
        _Candidate(chance, is_judged, status == Status.READY)
        for chance, is_judged, status, reasons in rows
        if not set(reasons) - {UNLIKELY}
    ]


def _effect(line: float, candidates: Sequence[_Candidate]) -> Effect:
    above = [one for one in candidates if not is_below(one.chance, line, is_judged=one.is_judged)]
    stays = sum(one.is_offered for one in above)
    now = sum(one.is_offered for one in candidates)
    known = max((one for one in MEASURED if one.line <= line), key=lambda one: one.line)
    return Effect(line, len(above), len(above) - stays, now - stays, known.share, known.held)
