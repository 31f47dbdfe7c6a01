"""Finding again what no signal told: a project is compared with its tracker each quarter of an hour, whole each night.

A list of changes does not show what is gone: deleted, moved away or made confidential. So the labelled lists are read
too, and what we hold but they do not show is read by itself. A page that is answered "unchanged" shows what it showed
before; what it shows and we do not hold is read by itself as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import Issue, Project, Request, Task, issue_request
from connector.harvest import listing, marks, mirror, pulling, rules, service
from connector.harvest.marks import Kind
from connector.harvest.pulling import AT_ONCE, OVERLAP, Connect, Pull, wanted_labels
from connector.projects.rules import carries_agreed_label
from connector.tasks.rules import Status
from sources import model
from sources.base import Client, IssueQuery
from sources.errors import Forbidden, NotFound
from sources.model import RequestState

FIRST_LOOK_BACK = timedelta(days=14)
"""How old the changes of requests are that a new project is asked for."""
SHOWN = (Status.READY.value, Status.CLAIMED.value, Status.IN_REVIEW.value)
WORKED_ON = (Status.CLAIMED.value, Status.IN_REVIEW.value)

log = structlog.get_logger(__name__)


def sweep(db: Database, connect: Connect, project_id: int, clock: Clock, *, is_whole: bool = False) -> None:
    """Bring our copy of a project into agreement with its tracker; ``is_whole``: its open requests too.

    Takes one request for the project (another where it changed, for its languages), one for each hundred rows of a list
    (changed requests, changed issues, each wanted label, at GitLab also those that may be blocked), one for each issue
    that we hold and no list shows, one for the labels if there is such an issue, and one for each issue on offer that
    has new comments. Raises the `SourceError` that ended it; what was read until then is kept, and the next sweep begins
    anew.
    """
    # Requests first: the cursor moves only at the end of the pull, so a sweep that fails asks for them again.
    _observe_requests(db, connect, project_id, clock)
    run, _row = pulling.pulled(db, connect, project_id, clock)
    missing = _look(db, connect, run, clock)
    for number in missing:
        pulling.read_issue(db, connect, project_id, number, clock)
    _read_blocked(db, connect, project_id, clock)
    _read_remarks(db, connect, project_id, clock)
    if is_whole:
        _read_requests(db, connect, project_id, clock)
    log.info("sweep", project=project_id, missing=len(missing), is_whole=is_whole)


# --- issues -------------------------------------------------------------------------------------------------------


def _look(db: Database, connect: Connect, run: Pull, clock: Clock) -> list[int]:
    """Read the labelled lists; the numbers of the issues about which they and we do not agree."""
    if not run.has_issues:
        return []
    with db.readers() as session:
        project = session.get_one(Project, run.project_id)
        labels = _labels(session, project)
    listed = run.listed
    if labels and not (run.is_full and set(labels) <= set(run.labels)):
        query = IssueQuery(labels=labels)
        listed = listing.read(db, connect(project), project.id, query, kind=Kind.LABELLED, clock=clock)
    with db.readers() as session:
        project = session.get_one(Project, run.project_id)
        gone = _held(session, project) - listed.numbers
        missing = sorted(gone | (listed.unread - _agreed(session, project, labels)))
    if gone:
        _look_for_renames(db, connect, project, clock)
    return missing


def _look_for_renames(db: Database, connect: Connect, project: Project, clock: Clock) -> None:
    """A label that was renamed shows none of its issues any more: the list of labels tells, by their numbers."""
    labels = connect(project).labels()
    with db.sessions.begin() as session:
        service.know_labels(session, service.for_writing(session, project.id), labels, clock())


def _agreed(session: Session, project: Project, labels: Sequence[str]) -> set[int]:
    """The open issues and requests that we know to be public and to carry one of the labels."""
    rows = session.execute(
        select(Issue.number, Issue.labels).where(
            Issue.project_id == project.id, Issue.visibility == mirror.PUBLIC, Issue.is_open.is_(True)
        )
    )
    return {number for number, carried in rows.yield_per(AT_ONCE) if carries_agreed_label(carried, labels)}


def _labels(session: Session, project: Project) -> tuple[str, ...]:
    """The labels to list: those that the project was known to have, and those that issues were seen to carry since."""
    policy = rules.Policy(labels=tuple(project.labels), is_agreed=project.agreed_at is not None)
    found = {name.lower(): name for name in wanted_labels(project)}
    for labels in session.scalars(select(Issue.labels).where(_is_shown(project), Issue.is_open.is_(True))):
        for name in labels:
            if rules.is_wanted([name], policy):
                found.setdefault(name.lower(), name)
    return tuple(found.values())


def _held(session: Session, project: Project) -> set[int]:
    """The issues that the public is offered or shown by us, and those that would be if nothing held them back."""
    policy = rules.Policy(labels=tuple(project.labels), is_agreed=project.agreed_at is not None)
    shown = session.scalars(
        select(Issue.number).join(Task, Task.issue_id == Issue.id).where(_is_shown(project), Task.status.in_(SHOWN))
    )
    still_open = session.execute(select(Issue.number, Issue.labels).where(_is_shown(project), Issue.is_open.is_(True)))
    return {*shown, *(number for number, labels in still_open.yield_per(AT_ONCE) if rules.is_wanted(labels, policy))}


def _read_blocked(db: Database, connect: Connect, project_id: int, clock: Clock) -> None:
    """Ask which issues that are or would be offered wait for another one, where no row says it."""
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        known = set(session.scalars(select(Issue.number).where(_is_shown(project), Issue.is_blocked)))
        numbers = sorted(_held(session, project))
    blocked = connect(project).blocked(numbers) if numbers else None
    changed = [number for number in numbers if blocked is not None and (number in blocked) != (number in known)]
    for number in changed:
        with db.sessions.begin() as session:
            owner = service.for_writing(session, project_id)
            service.observe_blocked(session, owner, number, clock(), is_blocked=number not in known)


def _read_remarks(db: Database, connect: Connect, project_id: int, clock: Clock) -> None:
    """Read the new comments of what is on offer: somebody may have written that they take it."""
    since = clock() - rules.SPOKEN_FOR
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        offered = select(Issue.number, Issue.comments).join(Task, Task.issue_id == Issue.id).where(_is_shown(project))
        offered = offered.where(Issue.is_open.is_(True), Task.status == Status.READY.value)
        fresh = offered.where(Issue.comments > Issue.comments_read, Issue.remote_updated_at > since)
        counted = session.execute(fresh.order_by(Issue.number)).all()
    for number, count in counted:
        remarks: Sequence[model.Remark] = ()
        with suppress(Forbidden, NotFound):  # the tracker does not tell us
            remarks = connect(project).recent_remarks(number, since)
        with db.sessions.begin() as session:
            owner = service.for_writing(session, project_id)
            service.observe_remarks(session, owner, number, remarks, clock(), read=count)


def _is_shown(project: Project) -> ColumnElement[bool]:
    return and_(Issue.project_id == project.id, Issue.visibility == mirror.PUBLIC, Issue.is_request.is_(False))


# --- requests -----------------------------------------------------------------------------------------------------


def _observe_requests(db: Database, connect: Connect, project_id: int, clock: Clock) -> None:
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        known = marks.known(session, project_id, Kind.REQUESTS)
    since = project.cursor - OVERLAP if project.cursor else clock() - FIRST_LOOK_BACK
    client = connect(project)
    client.usage.known = known
    with suppress(Forbidden, NotFound):  # a project may have none, or may keep them to itself
        for page in client.requests(since):
            with db.sessions.begin() as session:
                owner = service.for_writing(session, project_id)
                for request in page:
                    service.observe_request(session, owner, request, clock())
        if client.usage.marks.items() - known.items():
            with db.sessions.begin() as session:
                marks.replace(session, project_id, Kind.REQUESTS, client.usage.marks)


def _awaited(project: Project) -> Select[int]:
    """The requests that may end a task in hand, and the open ones that hold back an offer."""
    is_awaited = or_(
        Task.status.in_(WORKED_ON) & (Request.state != RequestState.MERGED.value),
        Task.status.in_((Status.DRAFT.value, Status.READY.value)) & (Request.state == RequestState.OPEN.value),
    )
    return (
        select(Request.number)
        .join(issue_request, issue_request.c.request_id == Request.id)
        .join(Task, Task.issue_id == issue_request.c.issue_id)
        .where(Request.project_id == project.id, is_awaited)
        .distinct()
        .order_by(Request.number)
    )


def _read_requests(db: Database, connect: Connect, project_id: int, clock: Clock) -> None:
    """Read each request on which a task depends; one that is not shown any more counts as refused."""
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        numbers = session.scalars(_awaited(project)).all()
    for number in numbers:
        try:
            seen = _read(connect(project), number)
        except NotFound:
            seen = None
        with db.sessions.begin() as session:
            owner = session.get_one(Project, project_id)
            if seen is None:
                service.lose_request(session, owner, number, clock())
            else:
                service.observe_request(session, owner, seen, clock())
    _read_linked(db, connect, project_id, clock)


def _read(client: Client, number: int) -> model.Request:
    """A request on which a task depends, with all that is known of it while it is open."""
    seen = client.request(number)
    return client.progress(seen) if seen.state is RequestState.OPEN else seen


def _read_linked(db: Database, connect: Connect, project_id: int, clock: Clock) -> None:
    """Ask which requests close the issues that somebody works on: what the tracker knows and no text says."""
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        worked_on = select(Issue.number).join(Task, Task.issue_id == Issue.id).where(_is_shown(project))
        numbers = session.scalars(worked_on.where(Task.status.in_(WORKED_ON)).order_by(Issue.number)).all()
    found: Mapping[int, Sequence[model.Request]] = {}
    with suppress(Forbidden, NotFound):  # the tracker does not tell us
        found = connect(project).linked(numbers) if numbers else {}
    for number, requests in found.items():
        with db.sessions.begin() as session:
            owner = service.for_writing(session, project_id)
            service.observe_linked(session, owner, number, requests, clock())
