"""One door for everything that is learnt about a project upstream, whether delivered or harvested.

Each function takes an open session and leaves issue, estimate, task, task event and outbox rows in agreement. What a
forge reports late, twice or out of order ends in the same state.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Audit, Issue, Project, Request, RequestEvent, Task
from connector.harvest import mirror, rules
from connector.harvest.moving import follow_move
from connector.harvest.reoffering import reoffer
from connector.harvest.rules import Decision
from connector.harvest.steps import follow
from connector.projects import service as projects
from connector.projects import upkeep
from connector.projects.rules import carries_agreed_label
from connector.queue import service as queue
from connector.sizing.queries import line_of
from connector.tasks import service as tasks
from connector.tasks.rules import VISIBLE_FOR, Status, WithdrawnFor
from connector.tracking import requests
from connector.tracking.requests import FoundBy
from connector.tracking.rules import Step
from sources import model
from sources.model import LabelChanged, ProjectChanged, ProjectFacts, ProjectRef, RequestState

REREAD = "reread"
UNHOOK = "unhook"
CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far a forge's clock may be behind ours."""
SEEN_EVERY = VISIBLE_FOR / 2
"""How often it is noted that a project is still to be seen."""

log = structlog.get_logger(__name__)


def for_writing(session: Session, project_id: int) -> Project:
    """The project, locked until the end of the transaction: whatever is observed of it, one writer does so at a time.

    Two that read the same row of an issue and then wrote it would undo the newer snapshot with the older one. Who only
    refers to the project (a new claim, a stored delivery) does not wait. On SQLite a transaction is alone anyway.
    """
    return session.get_one(Project, project_id, with_for_update={"key_share": True})


# --- issues -------------------------------------------------------------------------------------------------------


def observe(
    session: Session,
    project: Project,
    seen: model.Issue,
    now: datetime,
    *,
    was_read: bool = False,
    asked_at: datetime | None = None,
) -> Decision:
    """Take note of an issue. ``was_read``: it was read from the tracker, it did not arrive by itself.

    ``asked_at`` is when it was asked for; None: just now. Tells what was done with the snapshot. Where it cannot be
    trusted, a job to read the issue again is put in.
    """
    know_labels(session, project, seen.labels, now)
    row = mirror.issue_row(session, project, seen.number)
    decision = rules.decide(
        seen, mirror.known_of(row), mirror.policy_of(project, now), was_read=was_read, asked_at=asked_at
    )
    match decision:
        case Decision.HIDE:
            hide(session, project, seen.number, now, updated_at=seen.updated_at)
        case Decision.REREAD:
            read_again(session, project, seen.number, version=version_of(seen), now=now)
        case Decision.APPLY:
            _apply(session, project, row, seen, now)
        case Decision.NOTHING if row is not None:
            row.reread_at = None
    log.debug("issue observed", project=project.id, decision=decision.value)
    return decision


def hide(
    session: Session, project: Project, number: int, now: datetime, *, updated_at: datetime | None = None
) -> Decision:
    """An issue is confidential: keep nothing of its text, show nothing of it. Older news than ours changes nothing."""
    decision = rules.decide_hidden(updated_at, mirror.known_of(mirror.issue_row(session, project, number)))
    if decision is Decision.HIDE:
        _blank(session, project, number, mirror.CONFIDENTIAL, updated_at, now)
    return decision


def forget(
    session: Session,
    project: Project,
    number: int,
    now: datetime,
    *,
    updated_at: datetime | None = None,
    moved_to: str | None = None,
) -> Decision:
    """An issue was deleted or moved away: keep nothing of its text, end its task. Older news than ours is looked into.

    ``moved_to``: what it became; if that is in a project that we follow, who has the task in hand keeps it.
    """
    known = mirror.known_of(mirror.issue_row(session, project, number))
    decision = rules.decide_gone(updated_at, known, mirror.policy_of(project, now))
    if decision is Decision.HIDE:
        _follow_move(session, mirror.issue_row(session, project, number), moved_to, now)
        _blank(session, project, number, mirror.GONE, updated_at, now)
    elif decision is Decision.REREAD:
        read_again(session, project, number, version=f"gone {updated_at}", now=now)
    return decision


def block(session: Session, project: Project, reason: str, now: datetime, *, number: int | None = None) -> None:
    """The law forbids to show an issue, or (``number`` None) the whole project: keep the reason, and no text at all."""
    rows = select(Issue.number).where(Issue.project_id == project.id, Issue.visibility != mirror.GONE)
    if number is not None:
        rows = rows.where(Issue.number == number)
    for each in session.scalars(rows).all():
        _blank(session, project, each, mirror.GONE, None, now)
    data = {"reason": reason} if number is None else {"reason": reason, "number": number}
    session.add(Audit(at=now, kind="blocked_by_law", project_id=project.id, data=data))


def _apply(session: Session, project: Project, row: Issue | None, seen: model.Issue, now: datetime) -> None:
    was_closed = row is not None and row.visibility == mirror.PUBLIC and not row.is_open
    opts_out = rules.opts_out(seen.label_names) and not (row is not None and rules.opts_out(row.labels))
    was_moved_to = row.moved_to if row is not None else None
    row = mirror.write_issue(session, project, row, seen, now)
    descriptions = {label.name: label.description for label in seen.labels}
    if seen.moved_to != was_moved_to:
        _follow_move(session, row, seen.moved_to, now)
    follow(session, project, row, now, descriptions=descriptions, is_reopened=was_closed and seen.is_open)
    if opts_out:
        stop(session, project, now=now, by=None, reason=f"{rules.OPT_OUT_LABEL}, #{seen.number}")


def _follow_move(session: Session, row: Issue | None, moved_to: str | None, now: datetime) -> None:
    if row is None or moved_to is None:
        return
    there = follow_move(session, row, moved_to, now)
    if there is not None and not there.project.is_offline:
        read_again(session, there.project, there.number, version=f"moved {now.isoformat()}", now=now)


def _blank(
    session: Session, project: Project, number: int, visibility: str, updated_at: datetime | None, now: datetime
) -> None:
    row = mirror.blank_issue(session, project, number, visibility=visibility, updated_at=updated_at, now=now)
    follow(session, project, row, now)


def version_of(seen: model.Issue) -> str:
    """What tells a snapshot from others of the same issue."""
    return seen.digest[:16] or seen.updated_at.isoformat()


def read_again(session: Session, project: Project, number: int, *, version: str, now: datetime) -> None:
    """An issue is in doubt because of this version: note it, and put in a job to read it at the tracker."""
    row = mirror.issue_row(session, project, number)
    if row is not None:
        row.reread_at = now
    ask_again(session, project, number, version=version, now=now)


def ask_again(session: Session, project: Project, number: int, *, version: str, now: datetime) -> None:
    """Put in a job to read an issue at the tracker, unless one waits to begin: that one sees all that gave doubt so far.

    One that was begun may have asked too early, so it never stands for a new doubt.
    """
    ref = f"{project.id}:{number}"
    queue.enqueue_unless_waiting(session, f"{REREAD}:{ref}:{version}:{now.isoformat()}", REREAD, ref=ref, now=now)


def observe_blocked(session: Session, project: Project, number: int, now: datetime, *, is_blocked: bool) -> None:
    """Take note that an issue waits for another one or does so no more, which no row says: it is sized anew."""
    row = mirror.issue_row(session, project, number)
    if row is not None and row.visibility == mirror.PUBLIC:
        row.is_blocked, row.digest = is_blocked, ""  # so that a row that says the same counts when it is read again
        follow(session, project, row, now)
        read_again(session, project, number, version=f"blocked {is_blocked}", now=now)


def observe_remarks(
    session: Session,
    project: Project,
    number: int,
    seen: Iterable[model.Remark],
    now: datetime,
    *,
    read: int | None = None,
) -> bool:
    """Take note of new comments; True where one of them takes the issue, which then is not offered for a while.

    ``read``: the comments were read at the tracker, when the issue had so many. Our volunteers claim here, not by a
    comment; and while one of them holds the task, nobody else takes it by a word.
    """
    row = mirror.issue_row(session, project, number)
    if row is None or row.visibility != mirror.PUBLIC:
        return False
    row.comments_read = row.comments_read if read is None else read
    others = [remark for remark in seen if not mirror.is_volunteer(session, project, remark.author)]
    taken_at = rules.taken_at(others, now)
    if taken_at is None or taken_at <= (row.spoken_for_at or mirror.NEVER) or mirror.is_in_hand(session, row):
        return False
    row.spoken_for_at = taken_at
    follow(session, project, row, now)
    return True


def offer_again(session: Session, now: datetime) -> int:
    """Offer what somebody took long ago and nothing came of; tells how many issues there are."""
    old = session.scalars(select(Issue).where(Issue.spoken_for_at <= now - rules.SPOKEN_FOR).order_by(Issue.id)).all()
    for row in old:
        row.spoken_for_at = None
        follow(session, for_writing(session, row.project_id), row, now)
    return len(old)


def keep_back_the_quiet(session: Session, now: datetime) -> int:
    """Decide anew about what grew too old on offer, or was said to be still wanted too long ago; tells how many there are."""
    chosen = Issue.wanted_until <= now
    quiet_days = line_of(session).quiet_days
    if quiet_days is not None:
        on_offer = select(Task.issue_id).where(Task.status == Status.READY.value)
        is_old = Issue.remote_updated_at < now - timedelta(days=quiet_days)
        chosen |= is_old & Issue.wanted_until.is_(None) & Issue.id.in_(on_offer)
    rows = session.scalars(select(Issue).where(chosen).order_by(Issue.id)).all()
    for row in rows:
        row.wanted_until = None
        follow(session, for_writing(session, row.project_id), row, now)
    return len(rows)


# --- requests -----------------------------------------------------------------------------------------------------


def observe_request(session: Session, project: Project, seen: model.Request, now: datetime) -> Decision:
    """Take note of a pull or merge request, and of what it means for the issues it says to close."""
    before = set(mirror.linked_issues(session, project, seen.number))
    row = mirror.write_request(session, project, seen)
    if row is None:
        return Decision.STALE
    for issue in sorted(before | set(row.issues), key=lambda issue: (issue.project_id, issue.number)):
        home = project if issue.project_id == project.id else for_writing(session, issue.project_id)
        follow(session, home, issue, now)
    return Decision.APPLY


def observe_linked(
    session: Session, project: Project, number: int, seen: Iterable[model.Request], now: datetime
) -> None:
    """Take note of the requests of which the tracker itself says that they close this issue."""
    issue = mirror.issue_row(session, project, number)
    if issue is None:
        return
    for request in seen:
        row = requests.row_of(session, project.id, request.number) or mirror.write_request(session, project, request)
        if row is not None and requests.add_link(session, row, issue, FoundBy.TRACKER):
            follow(session, project, issue, now)


def lose_request(session: Session, project: Project, number: int, now: datetime) -> None:
    """The tracker shows a request no longer: it counts as refused, as nothing will come of it."""
    row = session.scalar(select(Request).where(Request.project_id == project.id, Request.number == number))
    if row is None or row.state != RequestState.OPEN.value:
        return
    row.state = RequestState.CLOSED.value
    session.add(RequestEvent(request_id=row.id, at=now, kind=Step.CLOSED.value))
    for issue in sorted(row.issues, key=lambda issue: issue.number):
        follow(session, project, issue, now)


# --- projects and labels ------------------------------------------------------------------------------------------


def meet(session: Session, project: Project, ref: ProjectRef, now: datetime) -> None:
    """Learn from a verified delivery what it says of the project: its id, and whether the public may see it."""
    if project.external_id is None and ref.external_id is not None and not _is_taken(session, project, ref.external_id):
        project.external_id = ref.external_id
    if ref.is_public is not None:
        _see(session, project, is_public=ref.is_public, at=ref.updated_at, now=now)


def learn(session: Session, project: Project, facts: ProjectFacts, now: datetime) -> None:
    """Learn what the tracker answered when asked about the project."""
    if project.external_id is None and not _is_taken(session, project, facts.external_id):
        project.external_id = facts.external_id
    project.clone_url, project.default_branch = facts.clone_url, facts.default_branch
    project.description = facts.description
    project.skills = [language.lower() for language in facts.languages] or project.skills
    if facts.is_archived is not project.is_archived:
        project.is_archived = facts.is_archived
        reoffer(session, project, now)
    _move(session, project, facts.path)
    if not facts.has_issues:
        lose_sight(session, project, now)  # nobody sees its issues any more
        return
    if not (facts.is_public and _was_seen_lately(project, now)):
        _see(session, project, is_public=facts.is_public, at=now - CLOCK_DIFFERENCE, now=now)


def lose_sight(session: Session, project: Project, now: datetime) -> None:
    """The tracker does not show us the project: neither do we, until it is seen again."""
    _see(session, project, is_public=False, at=now - CLOCK_DIFFERENCE, now=now)


def change_project(session: Session, project: Project, event: ProjectChanged, now: datetime) -> Decision:
    """The project was renamed, archived, made private or public, or deleted."""
    _move(session, project, event.project.path)
    if event.action == "deleted":
        _see(session, project, is_public=False, at=event.project.updated_at, now=now)
    if event.is_archived is not None:
        project.is_archived = event.is_archived
    reoffer(session, project, now)
    return Decision.APPLY


def rename_label(session: Session, project: Project, event: LabelChanged, now: datetime) -> Decision:
    """A label was created, renamed or deleted. An agreement to a label holds under its new name too.

    Forges announce no change of the issues themselves, so those that carry the label are read again.
    """
    is_gone = event.action == "deleted"
    old = event.label.name if is_gone else event.old_name
    project.known_labels = rules.relabelled(project.known_labels, old=old, new=None if is_gone else event.label.name)
    if old is None:
        return Decision.APPLY
    if not is_gone and carries_agreed_label([old], project.labels):
        agreed = rules.relabelled(project.labels, old=None, new=event.label.name)
        if agreed != project.labels:  # late news tell the former name, which is agreed to as well
            project.labels = agreed
            reoffer(session, project, now)
    if not project.is_offline:
        _read_labelled_again(session, project, old, now)
    return Decision.APPLY


def know_labels(session: Session, project: Project, labels: Iterable[model.Label], now: datetime) -> None:
    """Agreed labels are known by their numbers: one that has another name now was renamed, though nothing said so."""
    for label in labels:
        known = (project.label_ids or {}).get(label.external_id or "")
        if known is None and label.external_id and carries_agreed_label([label.name], project.labels):
            project.label_ids = {**(project.label_ids or {}), label.external_id: label.name}
        elif known is not None and known != label.name:
            project.label_ids = {**project.label_ids, str(label.external_id): label.name}
            about = ProjectRef(project.external_id, project.path)
            rename_label(session, project, LabelChanged(about, label, "edited", str(known)), now)


def stop(session: Session, project: Project, *, now: datetime, by: int | None, reason: str) -> None:
    """The project wants no more of it: nothing is offered, open claims end at once, their holders are told.

    It stays so until somebody resumes the project.
    """
    projects.pause(session, project, now=now, by=by, reason=reason)
    free_claims(session, project, WithdrawnFor.STOPPED, now)
    reoffer(session, project, now)


def leave(session: Session, project: Project, *, now: datetime, by: int | None) -> None:
    """Follow a project no longer: claims end, nothing is offered, and hooks of ours are taken away at the forge."""
    free_claims(session, project, WithdrawnFor.PROJECT_REMOVED, now)
    unneeded = upkeep.to_take_away(session, project)
    projects.remove(session, project, now=now, by=by)
    for hook_id in unneeded:
        queue.enqueue(session, f"{UNHOOK}:{hook_id}:{now.isoformat()}", UNHOOK, ref=str(hook_id), run_at=now, now=now)


def free_claims(session: Session, project: Project, why: WithdrawnFor, now: datetime) -> int:
    """End every open claim in this project; the holders are told, with another task. Tells how many."""
    claimed = select(Task).where(Task.project_id == project.id, Task.status == Status.CLAIMED.value).order_by(Task.id)
    return sum(tasks.withdraw(session, task, reason=why.value, now=now) for task in session.scalars(claimed).all())


def _read_labelled_again(session: Session, project: Project, label: str, now: datetime) -> None:
    rows = session.scalars(select(Issue).where(Issue.project_id == project.id, Issue.is_open.is_(True)))
    for row in rows:
        if carries_agreed_label(row.labels, [label]):
            read_again(session, project, row.number, version=now.isoformat(timespec="minutes"), now=now)


def _was_seen_lately(project: Project, now: datetime) -> bool:
    """Whether it was seen to be public so short a time ago that it need not be noted again."""
    return project.is_public is True and project.visible_at is not None and now - project.visible_at < SEEN_EVERY


def _see(session: Session, project: Project, *, is_public: bool, at: datetime | None, now: datetime) -> None:
    if at is None:
        # In whatever order such news arrives, the private answer stands until the forge itself is asked.
        at = mirror.NEVER if is_public else now
    known = None if project.is_public is None else (project.visibility_at or mirror.NEVER, not project.is_public)
    if known is not None and (at, not is_public) < known:
        return  # late news; on a tie the private answer wins
    was_public = mirror.policy_of(project, now).is_public
    project.is_public = is_public
    project.visible_at = now if is_public else None
    project.visibility_at = at
    if was_public is not is_public:
        reoffer(session, project, now)


def _move(session: Session, project: Project, path: str) -> None:
    if not path or path == project.path:
        return
    same_place = select(Project.id).where(
        Project.source == project.source,
        Project.host == project.host,
        func.lower(Project.path) == path.lower(),
        Project.id != project.id,
    )
    if session.scalar(same_place) is not None:
        log.warning("project not renamed", project=project.id, because="its new place is taken")
        return
    project.clone_url = project.clone_url.replace(project.path, path)
    project.path, project.web_url = path, f"{project.base_url}/{path}"


def _is_taken(session: Session, project: Project, external_id: str) -> bool:
    same = select(Project.id).where(
        Project.source == project.source, Project.host == project.host, Project.external_id == external_id
    )
    return session.scalar(same) is not None
