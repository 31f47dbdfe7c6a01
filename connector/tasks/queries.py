"""Reads of tasks: what somebody may see, what they look for, best first.

Every query starts from `visible`: visitors see what is offered or worked on in public projects that opted in,
people their own tasks too, maintainers all of their projects, the programme everything that is not confidential.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from connector.accounts.rules import Principal
from connector.db.tables import Assignment, Estimate, Handover, Issue, Nonprofit, Person, Project, Task
from connector.errors import NotFoundError
from connector.sizing.skills import skills_of
from connector.tasks import claims
from connector.tasks.rules import FINAL, IN_HAND, SHOWN_TO_VISITORS, VISIBLE_FOR, Status

T = TypeVar("T")

ALL = "all"
LARGEST_ID = 2**53
ALTERNATIVES = 3
CANDIDATES = 50

WITHOUT_TEXT = contains_eager(Task.issue).defer(Issue.body)
"""Lists do not show what issues say, which can be long."""

PUBLIC_STATES = tuple(status.value for status in SHOWN_TO_VISITORS)


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for. ``status`` is a state or ``all``; ``project`` an id, a path or a web address.

    ``language`` is the issue's human language, ``skill`` a programming language or tool, both in lower case;
    ``size_max`` counts days; ``page`` starts at 1.
    """

    status: str = Status.READY.value
    q: str = ""
    language: str = ""
    skill: str = ""
    size_max: Decimal | None = None
    project: str = ""
    kind: str = ""
    page: int = 1
    per_page: int = 30


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list; ``total`` counts all that were found."""

    items: Sequence[Task]
    total: int
    page: int
    per_page: int

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.page * self.per_page < self.total


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page must know of each ready task to sift and rank them all; those it shows are loaded whole."""

    task_id: int
    title: str
    nonprofit: str
    project: str
    needs: str
    days: float
    p_one_day: float
    language: str
    skills: tuple[str, ...]
    was_handed_on: bool


def listing(session: Session, wanted: Filter, principal: Principal, *, now: datetime) -> Page:
    """The tasks this person may see and looks for: a waiting handover first, then the best chance to finish."""
    found = _found(wanted, principal, now)
    if wanted.skill:
        return _with_skill(session, found, wanted)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    first = (wanted.page - 1) * wanted.per_page
    ids = session.scalars(_best_first(found).offset(first).limit(wanted.per_page)).all()
    return Page(loaded(session, ids), total, wanted.page, wanted.per_page)


def on_offer(session: Session, principal: Principal, *, now: datetime) -> Sequence[Offer]:
    """All ready tasks this person may see, best first, for pages that sift them further."""
    ready = _best_first(_rows().where(visible(principal, now), Task.status == Status.READY.value))
    found = session.execute(ready.join(Nonprofit, Nonprofit.id == Project.nonprofit_id).with_only_columns(*_OFFER))
    return [_offer(row) for row in found]


def offered(now: datetime) -> Select[int]:
    """The ids of the tasks that a visitor could take, to be narrowed further."""
    return _found(Filter(), Principal(), now)


def loaded(session: Session, task_ids: Sequence[int]) -> Sequence[Task]:
    """These tasks with what belongs to them, in the order given. Whether they may be seen was asked before."""
    rows = _with_details(_rows().where(Task.id.in_(task_ids))).options(WITHOUT_TEXT)
    by_id = {task.id: task for task in session.scalars(rows)}
    return [by_id[task_id] for task_id in task_ids if task_id in by_id]


def detail(session: Session, task_id: int, principal: Principal, *, now: datetime) -> Task:
    """One task with what belongs to it; raises `NotFoundError` for a missing and for a foreign one alike."""
    return _one(session, task_id, visible(principal, now))


def for_claim(session: Session, task_id: int, principal: Principal, *, now: datetime) -> Task:
    """A task that somebody wants to take: also one that was on offer a moment ago. Raises `NotFoundError`."""
    return _one(session, task_id, or_(visible(principal, now), and_(published(now), _is_shown())))


def held_by(session: Session, person_id: int) -> Assignment | None:
    """What somebody holds now, with its task."""
    return session.scalar(
        select(Assignment)
        .where(Assignment.person_id == person_id, Assignment.ended_at.is_(None))
        .options(joinedload(Assignment.task).joinedload(Task.project))
    )


def own_assignment(session: Session, task_id: int, person_id: int) -> Assignment | None:
    """Somebody's newest hold on a task, an open one first; None where they never held it."""
    if not 0 < task_id < LARGEST_ID:
        return None
    own = select(Assignment).where(Assignment.task_id == task_id, Assignment.person_id == person_id)
    return session.scalar(own.order_by(Assignment.ended_at.is_(None).desc(), Assignment.id.desc()).limit(1))


def in_review(session: Session, project_id: int) -> int:
    """How many tasks of a project have a request that waits for it."""
    rows = select(func.count(Task.id)).where(Task.project_id == project_id, Task.status == Status.IN_REVIEW.value)
    return session.scalar(rows) or 0


def around(session: Session, task: Task, principal: Principal, *, now: datetime) -> tuple[Task | None, Task | None]:
    """The task of the same issue that was done before this one, and the one that followed, as far as they may be seen."""
    own = _rows().where(visible(principal, now), Task.issue_id == task.issue_id, Task.part == 0)
    has_before = task.predecessor_id is not None and not task.part
    before = session.scalar(own.where(Task.id == task.predecessor_id)) if has_before else None
    followed = own.where(Task.predecessor_id == task.id).order_by(Task.id.desc()).limit(1)
    after = session.scalar(followed) if Status(task.status) in FINAL else None
    return before, after


def alternative_for(session: Session, person_id: int, *, besides: int, now: datetime) -> Task | None:
    """Another task that this person could take now."""
    return next(iter(alternatives_for(session, person_id, besides=besides, now=now)), None)


def alternatives_for(session: Session, person_id: int, *, besides: int, now: datetime) -> Sequence[Task]:
    """Some other tasks that this person could take now: of the best ones, those first that ask for what they know."""
    person = session.get_one(Person, person_id)
    free = _found(Filter(), Principal(), now).where(Task.id != besides, Project.paused_at.is_(None), _has_room())
    tasks = loaded(session, session.scalars(_best_first(free).limit(CANDIDATES)).all())
    projects = {task.project_id: task.project for task in tasks}.values()
    shut = {project.id for project in projects if claims.closed(session, project, now=now, zone=UTC)}
    open_ones = [task for task in tasks if task.project_id not in shut]
    known = {str(skill).lower() for skill in person.skills}
    return sorted(open_ones, key=lambda task: len(known.intersection(skills(task))), reverse=True)[:ALTERNATIVES]


def projects(
    session: Session, principal: Principal, *, now: datetime, page: int, per_page: int
) -> tuple[Sequence[tuple[Project, int]], int]:
    """The projects this person may see, by path, each with its ready tasks; and how many there are in all."""
    followed = Project.removed_at.is_(None) if principal.runs_programme else published(now)
    ready = (
        select(func.count(Task.id))
        .where(Task.project_id == Project.id, Task.status == Status.READY.value)
        .correlate(Project)
        .scalar_subquery()
    )
    rows = select(Project, ready).where(followed).options(joinedload(Project.nonprofit))
    ordered = rows.order_by(func.lower(Project.path), Project.id).offset((page - 1) * per_page).limit(per_page)
    total = session.scalar(select(func.count(Project.id)).where(followed)) or 0
    return [(project, count) for project, count in session.execute(ordered)], total


def parts_of(session: Session, whole: Task) -> Sequence[Task]:
    """The parts that a task was split into, in order; none as long as it is whole."""
    later = select(Task).where(Task.predecessor_id == whole.id, Task.part > 0)
    return session.scalars(later.order_by(Task.part)).all() if whole.status == Status.SPLIT else ()


def whole_of(session: Session, part: Task) -> Task | None:
    """The task that was split into this and other parts; None for what is no part."""
    return session.get(Task, part.predecessor_id) if part.part and part.predecessor_id else None


def siblings(session: Session, part: Task) -> int:
    """How many parts there are beside this one, itself included; 0 for what is no part."""
    same = select(func.count(Task.id)).where(Task.predecessor_id == part.predecessor_id, Task.part > 0)
    return session.scalar(same) or 0 if part.part else 0


def was_anything_offered(session: Session) -> bool:
    """Whether any task was ever more than a draft."""
    return session.scalar(select(Task.id).where(Task.status != Status.DRAFT.value).limit(1)) is not None


def handovers(session: Session, task_ids: Sequence[int]) -> dict[int, int]:
    """How many notes previous people left on each of these tasks."""
    counted = (
        select(Assignment.task_id, func.count())
        .join(Handover, Handover.assignment_id == Assignment.id)
        .where(Assignment.task_id.in_(task_ids))
        .group_by(Assignment.task_id)
    )
    return {task_id: count for task_id, count in session.execute(counted)}  # noqa: C416  (a row is no pair to the type checker)


def skills(task: Task) -> tuple[str, ...]:
    """The programming languages and tools a task asks for, in lower case."""
    return skills_of(task.issue.labels if task.issue else (), task.project.skills)


def languages(task: Task) -> tuple[str, ...]:
    """The human languages of a task: its issue's, else those of its project."""
    if task.issue is not None and task.issue.language:
        return (task.issue.language,)
    return tuple(task.project.languages)


# --- who may see what ---------------------------------------------------------------------------------------------


def published(now: datetime) -> ColumnElement[bool]:
    """Whether a project may be shown to everybody: it opted in, and was lately seen to be public."""
    return and_(
        Project.removed_at.is_(None),
        Project.agreed_at.is_not(None),
        Project.is_public.is_(True),
        Project.visible_at.is_not(None),
        or_(Project.is_offline, Project.visible_at > now - VISIBLE_FOR),
    )


def visible(principal: Principal, now: datetime) -> ColumnElement[bool]:
    """Whether a task of `_rows` may be seen by this person. Text that is not public upstream is seen by nobody."""
    is_shown = _is_shown()
    if principal.runs_programme:
        return and_(Project.removed_at.is_(None), is_shown)
    to_everybody = and_(published(now), is_shown, Task.status.in_(PUBLIC_STATES))
    return or_(to_everybody, and_(is_shown, Task.id.in_(_once_held(principal))), and_(is_shown, _maintained(principal)))


def _is_shown() -> ColumnElement[bool]:
    return and_(or_(Task.issue_id.is_(None), Issue.visibility == "public"), Project.is_public.is_not(False))


def _once_held(principal: Principal) -> Select[int]:
    return select(Assignment.task_id).where(Assignment.person_id == (principal.person_id or 0))


def _maintained(principal: Principal) -> ColumnElement[bool]:
    if not principal.project_ids:
        return false()
    return and_(Project.removed_at.is_(None), Task.project_id.in_(principal.project_ids))


# --- what they look for -------------------------------------------------------------------------------------------


def _rows() -> Select[Task]:
    return select(Task).join(Project, Project.id == Task.project_id).outerjoin(Issue, Issue.id == Task.issue_id)


def _found(wanted: Filter, principal: Principal, now: datetime) -> Select[int]:
    found = _rows().with_only_columns(Task.id).where(visible(principal, now), *_conditions(wanted))
    return found if wanted.status == ALL else found.where(Task.status == wanted.status)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found = [_speaks_of(word) for word in wanted.q.split()]
    if wanted.language:
        named = cast(Project.languages, Text).contains(f'"{wanted.language}"', autoescape=True)
        found.append(or_(Issue.language == wanted.language, and_(Issue.language.is_(None), named)))
    if wanted.size_max is not None:
        found.append(Task.days <= wanted.size_max)
    if wanted.kind:
        found.append(Task.kind == wanted.kind)
    if wanted.project:
        found.append(_is_project(wanted.project))
    return found


def _speaks_of(word: str) -> ColumnElement[bool]:
    return or_(Task.stored_title.icontains(word, autoescape=True), Issue.body.icontains(word, autoescape=True))


def _is_project(text: str) -> ColumnElement[bool]:
    if text.isascii() and text.isdigit():
        return Task.project_id == int(text) if int(text) < LARGEST_ID else false()
    plain = text.strip("/").lower()
    return or_(func.lower(Project.path) == plain, func.lower(Project.web_url) == plain)


def _best_first(found: Select[T]) -> Select[T]:
    return found.outerjoin(Estimate, Estimate.id == Task.estimate_id).order_by(
        _was_handed_on().desc(), func.coalesce(Estimate.p_one_day, 0).desc(), Task.id
    )


def _was_handed_on() -> ColumnElement[bool]:
    return exists(
        select(Handover.id)
        .join(Assignment, Assignment.id == Handover.assignment_id)
        .where(Assignment.task_id == Task.id, Task.status == Status.READY.value)
        .correlate(Task)
    )


_OFFER = (
    Task.id,
    Task.stored_title,
    Nonprofit.name,
    Project.path,
    Project.needs,
    Task.days,
    func.coalesce(Estimate.p_one_day, 0.5).label("p_one_day"),
    func.coalesce(Issue.language, "").label("language"),
    func.coalesce(cast(Issue.labels, Text), "[]").label("labels"),
    cast(Project.skills, Text).label("skills"),
    _was_handed_on().label("was_handed_on"),
)


def _offer(row: Row[*tuple[Any, ...]]) -> Offer:
    # By place: looking a column up by its name takes longer than all the rest, and there are thousands of rows.
    task_id, title, nonprofit, path, needs, days, p_one_day, language, labels, skills, was_handed_on = row
    return Offer(
        task_id=task_id,
        title=title,
        nonprofit=nonprofit,
        project=path.rpartition("/")[2],
        needs=needs,
        days=float(days),
        p_one_day=p_one_day,
        language=language,
        skills=_skills_of(labels, skills),
        was_handed_on=bool(was_handed_on),
    )


@lru_cache(maxsize=4096)
def _skills_of(labels: str, known: str) -> tuple[str, ...]:
    # The same few pairs come again and again: thousands of tasks have some hundred different sets of labels.
    return skills_of(json.loads(labels), json.loads(known))


def _has_room() -> ColumnElement[bool]:
    other = aliased(Task)
    in_hand = (
        select(func.count(other.id))
        .where(other.project_id == Project.id, other.status.in_([status.value for status in IN_HAND]))
        .correlate(Project)
        .scalar_subquery()
    )
    return in_hand < Project.wip_cap


def _with_skill(session: Session, found: Select[int], wanted: Filter) -> Page:
    """Skills are understood from labels by `skills_of`, which no database knows."""
    rows = session.execute(_best_first(found).add_columns(Issue.labels, Project.skills))
    ids = [task_id for task_id, labels, known in rows if wanted.skill in skills_of(labels or (), known or ())]
    first = (wanted.page - 1) * wanted.per_page
    here = loaded(session, ids[first : first + wanted.per_page])
    return Page(here, len(ids), wanted.page, wanted.per_page)


def _one(session: Session, task_id: int, may_be_seen: ColumnElement[bool]) -> Task:
    if not 0 < task_id < LARGEST_ID:
        raise NotFoundError
    task = session.scalar(_with_details(_rows().where(may_be_seen, Task.id == task_id)))
    if task is None:
        raise NotFoundError
    return task


def _with_details(rows: Select[Task]) -> Select[Task]:
    return rows.options(
        contains_eager(Task.project).joinedload(Project.nonprofit),
        contains_eager(Task.issue),
        joinedload(Task.estimate),
    )
