"""Reading a project at its tracker: the truth that arrives late, through the same door as deliveries.

No request is made inside a transaction; each page is one transaction; the cursor moves only after the last page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import HarvestRun, Issue, Project, Task
from connector.harvest import listing, marks, mirror, rules, service, wishes
from connector.harvest.listing import Listed, Watch, nobody
from connector.harvest.marks import Kind
from connector.harvest.reoffering import reoffer
from connector.harvest.rules import NotShown
from connector.projects.rules import carries_agreed_label, is_for_newcomers
from connector.queue import service as queue
from connector.tasks.rules import Status
from sources.base import Client, IssueQuery, Mark, Surveyed
from sources.errors import Blocked, Moved, NotFound, SourceError
from sources.model import ProjectFacts

Connect = Callable[[Project], Client]

OVERLAP = timedelta(minutes=5)
SECOND_LOOK = timedelta(minutes=10)
PER_PAGE = 100
AT_ONCE = 1000
"""How many rows of an answer of the database are held in memory at once."""
NOTED_EVERY = timedelta(hours=12)
"""How often a pull that finds nothing new is noted."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Pull:
    """One pull under way. ``is_full``: all open issues under the wanted labels, not only what changed since.

    ``before``: the tasks as they were.
    """

    project_id: int
    started_at: datetime
    before: Mapping[int, str]
    told: Surveyed | None = None
    labels: tuple[str, ...] = ()
    is_full: bool = True
    has_issues: bool = True
    open_issues: int | None = None
    listed: Listed = field(default_factory=Listed)

    @property
    def is_cheaper_whole(self) -> bool:
        """Whether one list of all open issues takes fewer requests than one list for each label."""
        return self.open_issues is not None and math.ceil(self.open_issues / PER_PAGE) < len(self.labels)


def pull(
    db: Database,
    connect: Connect,
    project_id: int,
    clock: Clock,
    *,
    told: Surveyed | None = None,
    watch: Watch = nobody,
) -> HarvestRun:
    """Read what is new of a project and apply it; the run with its counts is returned.

    ``counts``: issues, made, changed, withdrawn, not_offered (rule id -> number), unlabelled, requests, unchanged,
    rate_limit_left, labels. ``told``: what was just asked about it together with others. ``watch`` is
    told after each page. Raises the `SourceError` that ended it, after noting it in the run. A run that finds nothing
    new writes nothing, but for two a day.
    """
    return pulled(db, connect, project_id, clock, told=told, watch=watch)[1]


def pulled(
    db: Database,
    connect: Connect,
    project_id: int,
    clock: Clock,
    *,
    told: Surveyed | None = None,
    watch: Watch = nobody,
) -> tuple[Pull, HarvestRun]:
    """As `pull`; what was listed comes with it."""
    with db.readers() as session:
        project = session.get_one(Project, project_id)
        run = Pull(project_id, clock(), _statuses(session, project_id), told)
    client = connect(project)
    try:
        _learn(db, client, run, clock)
        query = _query(db, run)
        if query is not None:
            kind = Kind.LABELLED if run.is_full else Kind.CHANGES
            run.listed = listing.read(db, client, project_id, query, kind=kind, clock=clock, watch=watch)
    except SourceError as exc:
        _note(db, run, client, now=clock(), error=str(exc))
        raise
    return run, _finish(db, run, client, now=clock())


def read_issue(db: Database, connect: Connect, project_id: int, number: int, clock: Clock) -> None:
    """Read one issue that is in doubt. One that is not shown is hidden at once, and forgotten at the second look."""
    with db.readers() as session:
        project = session.get_one(Project, project_id)
    asked_at = clock()
    try:
        seen = connect(project).issue(number)
    except Blocked as exc:
        with db.sessions.begin() as session:
            service.block(session, service.for_writing(session, project_id), str(exc), clock(), number=number)
        return
    except Moved as exc:
        with db.sessions.begin() as session:
            service.forget(session, service.for_writing(session, project_id), number, clock(), moved_to=exc.to)
        return
    except NotFound:
        with db.sessions.begin() as session:
            _not_shown(session, service.for_writing(session, project_id), number, clock())
        return
    with db.sessions.begin() as session:
        service.observe(
            session, service.for_writing(session, project_id), seen, clock(), was_read=True, asked_at=asked_at
        )


def wanted_labels(project: Project) -> tuple[str, ...]:
    """The labels to list: the agreed ones, or as a preview those for newcomers, as far as the project has them."""
    if project.agreed_at is None:
        return tuple(label for label in project.known_labels if is_for_newcomers(label))
    return tuple(label for label in project.known_labels if carries_agreed_label([label], project.labels))


# --- asking -------------------------------------------------------------------------------------------------------


def _learn(db: Database, client: Client, run: Pull, clock: Clock) -> None:
    """Ask for the project, for its own file where that may have changed and, before a full list, for its labels."""
    with db.readers() as session:
        project = session.get_one(Project, run.project_id)
    facts = None if project.is_offline else _facts(db, client, run, clock)
    if facts is not None and wishes.is_due(project, facts):
        _follow_file(db, client, run, clock)
    with db.readers() as session:
        project = session.get_one(Project, run.project_id)
        run.is_full = project.cursor is None or not _covered(session, project)
    has_issues = facts is None or facts.has_issues
    labels = _labels(client, project, run.told) if run.is_full and has_issues else None
    with db.sessions.begin() as session:
        project = service.for_writing(session, run.project_id)
        if facts is not None:
            service.learn(session, project, facts, clock())
            marks.keep(session, project.id, Kind.FACTS, _new_marks(client))
            run.open_issues, run.has_issues = facts.open_issues, facts.has_issues
        if labels is not None:
            project.known_labels = labels
        run.labels = wanted_labels(project)


def _follow_file(db: Database, client: Client, run: Pull, clock: Clock) -> None:
    told = run.told
    may_look, text = (True, told.file) if told is not None and told.is_file_whole else wishes.fetch(client)
    if may_look:
        with db.sessions.begin() as session:
            wishes.follow_file(session, service.for_writing(session, run.project_id), text, clock())


def _facts(db: Database, client: Client, run: Pull, clock: Clock) -> ProjectFacts:
    if run.told is not None:
        return run.told.facts
    with db.readers() as session:
        client.usage.known = marks.known(session, run.project_id, Kind.FACTS)
    try:
        return client.facts()
    except NotFound as exc:
        with db.sessions.begin() as session:
            project = service.for_writing(session, run.project_id)
            service.lose_sight(session, project, clock())
            if isinstance(exc, Blocked):
                service.block(session, project, str(exc), clock())
        raise


def _labels(client: Client, project: Project, told: Surveyed | None) -> list[str]:
    if told is not None and not told.has_more_labels:
        return [label.name for label in told.labels]
    if not project.is_offline:
        return [label.name for label in client.labels()]
    # Asked for on purpose although the project is registered without asking: its labels are believed.
    with suppress(NotFound):
        return [label.name for label in client.labels()]
    return list(project.labels)


def _new_marks(client: Client) -> dict[str, Mark]:
    return {url: mark for url, mark in client.usage.marks.items() if client.usage.known.get(url) != mark}


def _query(db: Database, run: Pull) -> IssueQuery | None:
    """What to list; None: nothing."""
    with db.readers() as session:
        project = session.get_one(Project, run.project_id)
    if not run.has_issues:
        return None
    if not run.is_full and project.cursor is not None:
        return IssueQuery(since=project.cursor - OVERLAP)
    if not run.labels:
        return None
    return IssueQuery(labels=() if run.is_cheaper_whole else run.labels)


def _covered(session: Session, project: Project) -> bool:
    """Whether the last complete pull knew all labels that are wanted now."""
    last = session.scalar(
        select(HarvestRun)
        .where(HarvestRun.project_id == project.id, HarvestRun.error.is_(None), HarvestRun.ended_at.is_not(None))
        .order_by(HarvestRun.id.desc())
        .limit(1)
    )
    return last is not None and set(wanted_labels(project)) <= set(last.counts.get("labels", []))


# --- taking over --------------------------------------------------------------------------------------------------


def _finish(db: Database, run: Pull, client: Client, *, now: datetime) -> HarvestRun:
    with db.sessions.begin() as session:
        project = service.for_writing(session, run.project_id)
        if run.is_full and run.has_issues and not project.is_offline:
            _doubt_missing(session, project, run, now)
        project.cursor = _cursor(project, run, now)
        if run.is_full:
            # What a page showed was decided about when its mark was kept: an agreement to other labels takes marks away.
            reoffer(session, project, now, but=run.listed.applied | run.listed.unread)
    return _note(db, run, client, now=now)


def _cursor(project: Project, run: Pull, now: datetime) -> datetime | None:
    # It moves only with what was seen, so that the next question is the same and can be answered "unchanged".
    if project.cursor is None:
        return run.started_at if run.has_issues else None
    return max(project.cursor, min(run.listed.newest or project.cursor, now))


def _doubt_missing(session: Session, project: Project, run: Pull, now: datetime) -> None:
    """Open issues of ours that a full list no longer shows were closed, relabelled or moved: read each again."""
    held = session.execute(
        select(Issue.number, Issue.labels).where(
            Issue.project_id == project.id, Issue.is_open.is_(True), Issue.visibility == mirror.PUBLIC
        )
    )
    missing = [
        number
        for number, labels in held.yield_per(AT_ONCE)
        if number not in run.listed.numbers and carries_agreed_label(labels, run.labels)
    ]
    for number in missing:
        service.read_again(session, project, number, version=run.started_at.isoformat(), now=now)


def _not_shown(session: Session, project: Project, number: int, now: datetime) -> None:
    match rules.decide_not_shown(mirror.known_of(mirror.issue_row(session, project, number))):
        case NotShown.NOTHING:
            return
        case NotShown.FORGET:
            service.forget(session, project, number, now)
            return
        case NotShown.HIDE:
            service.hide(session, project, number, now)
    ref = f"{project.id}:{number}"
    queue.enqueue(
        session, f"{service.REREAD}:{ref}:{now.isoformat()}", service.REREAD, ref=ref, run_at=now + SECOND_LOOK, now=now
    )


# --- counting -----------------------------------------------------------------------------------------------------


def _statuses(session: Session, project_id: int) -> dict[int, str]:
    rows = session.execute(select(Task.id, Task.status, Task.version).where(Task.project_id == project_id))
    return {task_id: f"{status} {version}" for task_id, status, version in rows.yield_per(AT_ONCE)}


def _note(db: Database, run: Pull, client: Client, *, now: datetime, error: str | None = None) -> HarvestRun:
    with db.readers() as session:
        counts = _counts(session, run, client)
        is_quiet = error is None and _is_quiet(session, run, counts, now)
    row = HarvestRun(
        project_id=run.project_id, started_at=run.started_at, ended_at=now, counts=counts, error=error
    )  # fmt: skip
    if not is_quiet:
        with db.sessions.begin() as session:
            session.add(row)
    log.info("harvest", project=run.project_id, because=error, **counts)
    return row


def _is_quiet(session: Session, run: Pull, counts: Mapping[str, object], now: datetime) -> bool:
    """Whether it found nothing new, and one that went well was noted not long ago."""
    if run.is_full or run.listed.is_news or counts["made"] or counts["changed"] or counts["withdrawn"]:
        return False
    last = session.scalar(
        select(HarvestRun).where(HarvestRun.project_id == run.project_id).order_by(HarvestRun.id.desc()).limit(1)
    )
    return last is not None and last.error is None and now - last.started_at < NOTED_EVERY


def _counts(session: Session, run: Pull, client: Client) -> dict[str, object]:
    before = run.before
    after = _statuses(session, run.project_id)
    changed = {task_id for task_id, was in before.items() if after.get(task_id, was) != was}
    withdrawn = {task_id for task_id in changed if after[task_id].startswith(Status.WITHDRAWN.value)}
    drafts = session.scalars(
        select(Task.not_offered).where(Task.project_id == run.project_id, Task.status == Status.DRAFT.value)
    )
    open_issues = select(Issue.number, Issue.labels).where(
        Issue.project_id == run.project_id, Issue.is_open.is_(True), Issue.is_request.is_(False)
    )
    unlabelled = [
        number
        for number, labels in session.execute(open_issues).yield_per(AT_ONCE)
        if number in run.listed.numbers and not carries_agreed_label(labels, run.labels)
    ]
    counted = Counter(reasons[0] for reasons in drafts.yield_per(AT_ONCE) if reasons)
    return {
        "issues": len(run.listed.numbers),
        "made": len(after.keys() - before.keys()),
        "changed": len(changed - withdrawn),
        "withdrawn": len(withdrawn),
        "not_offered": dict(counted),
        "unlabelled": len(unlabelled),
        "requests": client.usage.requests,
        "unchanged": client.usage.unchanged,
        "rate_limit_left": client.usage.rate_limit_left,
        "labels": list(run.labels),
    }
