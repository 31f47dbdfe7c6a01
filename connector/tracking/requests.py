"""Our rows of pull and merge requests: how each stands, what happened to it, and the issues it is linked to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from connector.db.tables import (
    Assignment,
    Issue,
    Project,
    Request,
    RequestEvent,
    Task,
    issue_request,
)
from connector.tracking import rules
from connector.tracking.rules import Standing, Step
from sources import model
from sources.model import RequestState


class FoundBy(StrEnum):
    """Why a request is linked to an issue: its own text says so, its tracker does, or the volunteer gave its address."""

    TEXT = "text"
    TRACKER = "tracker"
    GIVEN = "given"


def row_of(session: Session, project_id: int, number: int) -> Request | None:
    """Our row of a request."""
    return session.scalar(select(Request).where(Request.project_id == project_id, Request.number == number))


def standing(row: Request) -> Standing:
    """How a request stands."""
    return Standing(
        RequestState(row.state),
        is_draft=row.is_draft,
        review=rules.review_of(row.reviews.values()),
        checks=rules.checks_of(row.checks.values()),
    )


def take(session: Session, row: Request, seen: model.Request, before: Standing | None, at: datetime) -> None:
    """Take over what is told of reviews and checks, and write down what happened since ``before``.

    State and draft were taken over already. Checks belong to a commit: those of an older one count no more.
    """
    if seen.head and seen.head != row.head:
        row.head, row.checks = seen.head, {}
    row.association = seen.association or row.association
    row.is_by_bot = row.is_by_bot or (seen.author is not None and seen.author.is_bot)
    row.reviews = rules.reviews_after(row.reviews, seen.reviews)
    row.checks = {**row.checks, **{name: checks.value for name, checks in seen.checks}}
    if seen.answered_at is not None:
        row.answered_at = min(row.answered_at or seen.answered_at, seen.answered_at)
    session.flush()
    _write_down(session, row, before, at)


def take_checks(session: Session, project: Project, seen: model.ChecksSeen, now: datetime) -> bool:
    """A check of a commit changed; False where no request of ours has this commit. Requests from forks are not named."""
    of_project = select(Request).where(Request.project_id == project.id, Request.state == RequestState.OPEN.value)
    rows = session.scalars(of_project.where(Request.head == seen.head)).all() if seen.head else ()
    for row in rows:
        before = standing(row)
        row.checks = {**row.checks, seen.name: seen.checks.value}
        session.flush()
        _write_down(session, row, before, seen.at or now)
    return bool(rows)


def link(session: Session, row: Request, wanted: Mapping[int, FoundBy]) -> None:
    """Link a request to these issues (by id). Of older links only those by its text go away unless wanted."""
    session.flush()
    of_request = issue_request.c.request_id == row.id
    linked = session.execute(select(issue_request.c.issue_id, issue_request.c.found_by).where(of_request))
    known = {issue: by for issue, by in linked}  # noqa: C416  (a row is no pair to the type checker)
    gone = [issue for issue, by in known.items() if by == FoundBy.TEXT and issue not in wanted]
    session.execute(delete(issue_request).where(of_request, issue_request.c.issue_id.in_(gone)))
    rows = [
        {"issue_id": issue, "request_id": row.id, "found_by": by.value}
        for issue, by in wanted.items()
        if issue not in known
    ]
    if rows:
        session.execute(insert(issue_request), rows)
    _forget_cached(session, row, {*known, *wanted})


def add_link(session: Session, row: Request, issue: Issue, by: FoundBy) -> bool:
    """Link a request to one more issue; False where it is linked to it already."""
    session.flush()
    is_known = select(issue_request.c.issue_id).where(
        issue_request.c.request_id == row.id, issue_request.c.issue_id == issue.id
    )
    if session.scalar(is_known) is not None:
        return False
    session.execute(insert(issue_request).values(issue_id=issue.id, request_id=row.id, found_by=by.value))
    _forget_cached(session, row, {issue.id})
    return True


def given_for(session: Session, project: Project, number: int) -> list[int]:
    """The issues for which a volunteer gave this request's address."""
    submitted = (
        select(Task.issue_id, Assignment.submitted_url)
        .join(Assignment, Assignment.task_id == Task.id)
        .where(Task.project_id == project.id, Task.issue_id.is_not(None), Assignment.submitted_url.is_not(None))
    )
    found = session.execute(submitted.where(Assignment.submitted_url.endswith(f"/{number}", autoescape=True)))
    return sorted({issue for issue, _url in found if issue is not None})


def neighbour(session: Session, project: Project, path: str) -> Project | None:
    """The project at this path of the same tracker, if we follow it and it belongs to the same owner."""
    if not rules.shares_owner(project.path, path):
        return None
    return session.scalar(
        select(Project).where(
            Project.source == project.source,
            Project.host == project.host,
            func.lower(Project.path) == path.lower(),
            Project.removed_at.is_(None),
        )
    )


def _forget_cached(session: Session, row: Request, issues: Iterable[int]) -> None:
    session.expire(row, ["issues"])
    for issue_id in issues:
        if (issue := session.get(Issue, issue_id)) is not None:
            session.expire(issue, ["requests"])


def _write_down(session: Session, row: Request, before: Standing | None, at: datetime) -> None:
    for step in rules.steps(before, standing(row), was_failing=_was_failing(session, row)):
        when = row.created_at if before is None and step is Step.DRAFT else None
        session.add(RequestEvent(request_id=row.id, at=when or at, kind=step.value))


def _was_failing(session: Session, row: Request) -> bool:
    told = (Step.CHECKS_FAILED.value, Step.CHECKS_PASSED.value)
    of_checks = select(RequestEvent.kind).where(RequestEvent.request_id == row.id, RequestEvent.kind.in_(told))
    return session.scalar(of_checks.order_by(RequestEvent.id.desc()).limit(1)) == Step.CHECKS_FAILED.value
