"""The verbs of a task's life: offer, claim, release, hand over, submit, send back, complete, withdraw, expire.

Each takes an open session and leaves task, event, assignment, day record and outbox in agreement. What a person may
not do now is answered with a `Refusal`; what they typed wrongly raises a `UserError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.courtesy.queries import policy_of
from connector.db.tables import Assignment, Estimate, Handover, Issue, Project, Task, TaskEvent
from connector.errors import UserError
from connector.sizing import learning
from connector.tasks import changes, claims, mails, patience, queries, rules, upstream
from connector.tasks.days import declare, is_declared
from connector.tasks.forms import Note
from connector.tasks.protocol import HandedIn, Hold, hand_in
from connector.tasks.rules import EndedAs, Happening, Outcome, Refusal, Status
from connector.tracking import requests
from connector.tracking.requests import FoundBy
from connector.web.i18n import gettext as _

ONE_DAY = Decimal(1)


# --- offering -----------------------------------------------------------------------------------------------------


def offer_or_draft(
    session: Session,
    issue: Issue,
    estimate: Estimate | None,
    not_offered: Iterable[str],
    *,
    project: Project,
    now: datetime,
    days: Decimal | None = None,
) -> Task:
    """Make or update the task of an issue: ready where nothing stands against it, else a draft with the reasons.

    A task in hand or in review keeps its state. An issue whose tasks are all done or split gets a new task that
    knows its predecessor: the caller decides when that is. ``days`` None: what it was, one at first.
    """
    session.flush()
    whole = select(Task).where(Task.issue_id == issue.id, Task.part == 0)
    newest = session.scalar(whole.order_by(Task.id.desc()).limit(1))
    if newest is None or Status(newest.status) in rules.FINAL:
        return _new_task(
            session,
            issue,
            estimate,
            rules.in_order(not_offered),
            predecessor=newest,
            project=project,
            now=now,
            days=days,
        )
    task = changes.locked(session, newest)
    _describe(task, issue, estimate, days, now)
    if Status(task.status) not in rules.IN_HAND:
        _place(session, task, rules.in_order(not_offered), now)
    return task


def place(session: Session, task: Task, not_offered: Iterable[str], *, now: datetime) -> None:
    """Offer a task that is there already, or make it a draft with these reasons. What is in hand stays as it is."""
    task = changes.locked(session, task)
    if Status(task.status) not in rules.IN_HAND | rules.FINAL:
        _place(session, task, rules.in_order(not_offered), now)


def split(
    session: Session, task: Task, parts: Sequence[tuple[str, Estimate]], *, now: datetime, by: int | None
) -> list[Task] | Refusal:
    """Put parts in the place of a task that nobody holds; each keeps the link to the issue, as a draft until placed.

    ``parts``: title and estimate of each, in order.
    """
    task = changes.locked(session, task)
    if task.part or not rules.may_follow(Status(task.status), Status.SPLIT):
        return Refusal.STALE
    changes.move(session, task, Status.SPLIT, Happening.SPLIT, now=now, person_id=by, data={"parts": len(parts)})
    made = [
        Task(
            issue=task.issue, project=task.project, estimate=estimate, predecessor_id=task.id, part=number,
            kind=task.kind, title=title, brief="", status=Status.DRAFT.value, not_offered=[],
            days=estimate.days or ONE_DAY, version=1, created_at=now, updated_at=now,
        )
        for number, (title, estimate) in enumerate(parts, start=1)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return made


def _new_task(
    session: Session, issue: Issue, estimate: Estimate | None, reasons: list[str], *,
    predecessor: Task | None, project: Project, now: datetime, days: Decimal | None,
) -> Task:  # fmt: skip
    task = Task(
        issue=issue, project=project, estimate=estimate, predecessor_id=predecessor.id if predecessor else None,
        kind="code", stored_title=issue.title, brief="", status=_wanted(reasons).value, not_offered=reasons,
        days=days or ONE_DAY, version=1, created_at=now, updated_at=now,
    )  # fmt: skip
    session.add(task)
    changes.note(session, task, _happening(reasons), now=now, data=_because(reasons))
    return task


def _describe(task: Task, issue: Issue, estimate: Estimate | None, days: Decimal | None, now: datetime) -> None:
    before = (task.title, task.estimate_id, task.days)
    task.title, task.estimate = issue.title, estimate
    task.days = task.days if days is None else days
    if before != (task.title, estimate.id if estimate else None, task.days):
        changes.touch(task, now)


def _place(session: Session, task: Task, reasons: list[str], now: datetime) -> None:
    is_changed = task.not_offered != reasons
    task.not_offered = reasons
    if task.status != _wanted(reasons):
        changes.move(session, task, _wanted(reasons), _happening(reasons), now=now, data=_because(reasons))
    elif is_changed:
        changes.touch(task, now)


def _wanted(reasons: list[str]) -> Status:
    return Status.DRAFT if reasons else Status.READY


def _happening(reasons: list[str]) -> Happening:
    return Happening.DRAFTED if reasons else Happening.OFFERED


def _because(reasons: list[str]) -> dict[str, object]:
    return {"not_offered": reasons} if reasons else {}


# --- claiming -----------------------------------------------------------------------------------------------------


def claim(
    session: Session, task: Task, person_id: int, *, now: datetime, zone: tzinfo, version: int | None = None
) -> Assignment | Refusal:
    """Give the task to this person, who must be allowed to see it; whoever holds it already is given it again.

    ``version`` is the one of the form it was taken from; ``zone`` is where the claim's last day ends.
    """
    claims.one_at_a_time(session, task.project_id)
    task = changes.locked(session, task)
    held = queries.held_by(session, person_id)
    if held is not None and held.task_id == task.id:
        return held
    refusal = claims.why_not(session, task, held, version, now=now, zone=zone)
    if refusal is not None:
        return refusal
    assignment = claims.take(session, task, person_id, now=now, zone=zone)
    if assignment is None:
        return Refusal.ALREADY_HOLDS_A_TASK if queries.held_by(session, person_id) else Refusal.TAKEN
    changes.move(session, task, Status.CLAIMED, Happening.CLAIMED, now=now, person_id=person_id)
    upstream.tell_claimed(session, task, assignment, now)
    return assignment


# --- giving back --------------------------------------------------------------------------------------------------


def release(
    session: Session, task: Task, person_id: int, *, now: datetime, zone: tzinfo, days: Decimal | None = None
) -> Assignment | Refusal:
    """Recall: the task is free at once, no reason asked. The note may follow within a day through `hand_over`."""
    return _free(session, task, person_id, EndedAs.RECALLED, now=now, zone=zone, worked=Note(days=days))


def hand_over(
    session: Session, assignment: Assignment, note: Note, *, now: datetime, zone: tzinfo
) -> Assignment | Refusal:
    """Pass the task on with the note, or write the note of a task given back within the last day.

    ``assignment`` is the author's own. Raises `UserError` for a field of more than 4,000 characters.
    """
    if note.too_long():
        raise UserError(_("At most 4,000 characters."))
    if assignment.ended_at is not None:
        return _complete_note(session, assignment, note, now=now, zone=zone)
    task, author = assignment.task, assignment.person_id
    ended = _free(session, task, author, EndedAs.HANDED_OVER, now=now, zone=zone, worked=note)
    if isinstance(ended, Assignment):
        _write_note(session, ended, note, now)
    return ended


def _free(
    session: Session, task: Task, person_id: int, how: EndedAs, *, now: datetime, zone: tzinfo, worked: Note
) -> Assignment | Refusal:
    task = changes.locked(session, task)
    assignment = changes.open_assignment(session, task)
    if assignment is None or assignment.person_id != person_id:
        return Refusal.STALE
    declare(session, task, person_id, worked.days, now=now, zone=zone)
    changes.let_go(session, task, assignment, how, now=now)
    _learn(session, assignment, worked.minutes, now)
    upstream.tell_freed(session, task, assignment, how.value, now)
    return assignment


def _complete_note(
    session: Session, assignment: Assignment, note: Note, *, now: datetime, zone: tzinfo
) -> Assignment | Refusal:
    ended_at = assignment.ended_at
    if ended_at is None or now > rules.note_open_until(ended_at) or assignment.outcome == EndedAs.SUBMITTED:
        return Refusal.STALE
    task, author = assignment.task, assignment.person_id
    if not is_declared(session, task, author, now=now, zone=zone):  # a second press must not count twice
        declare(session, task, author, note.days, now=now, zone=zone)
    _learn(session, assignment, note.minutes, now)
    _write_note(session, assignment, note, now)
    changes.touch(task, now)
    return assignment


def tell_time(session: Session, assignment: Assignment, minutes: int, *, now: datetime) -> None:
    """Somebody says how long they worked on a task that they hold no longer."""
    if assignment.ended_at is not None:
        _learn(session, assignment, minutes, now)


def _learn(session: Session, assignment: Assignment, minutes: int | None, now: datetime) -> None:
    """Keep the time that was told, and what the task took so far."""
    assignment.minutes = assignment.minutes if minutes is None else minutes
    learning.observe(session, assignment.task, now)


def _write_note(session: Session, assignment: Assignment, note: Note, now: datetime) -> None:
    left = session.scalar(select(Handover).where(Handover.assignment_id == assignment.id))
    if left is None:
        left = Handover(assignment_id=assignment.id, created_at=now)
        session.add(left)
    left.done, left.remaining, left.link, left.updated_at = note.done, note.remaining, note.link, now
    is_empty = not (note.done or note.remaining or note.link)
    changes.note(
        session,
        assignment.task,
        Happening.NOTE_WRITTEN,
        now=now,
        person_id=assignment.person_id,
        data={"is_empty": is_empty},
    )


# --- handing in ---------------------------------------------------------------------------------------------------


def submit(
    session: Session,
    task: Task,
    person_id: int,
    url: str,
    *,
    now: datetime,
    zone: tzinfo,
    days: Decimal | None = None,
    minutes: int | None = None,
) -> Assignment | Refusal:
    """The holder's request is open: the task goes to review, the person is free. A late one is kept beside the task.

    By handing it in they confirm that they understand and tested every line, and keep to the project's AI policy.

    Raises `UserError` where the address is no request of the task's project.
    """
    task = changes.locked(session, task)
    address = rules.request_address(url, task.project.web_url)
    if address is None:
        raise UserError(_("Give the address of a pull or merge request of %(project)s.", project=task.project.path))
    assignment = changes.last_assignment(session, task, person_id)
    hold = Hold(assignment.ended_at is None, assignment.submitted_url) if assignment else None
    meaning = hand_in(hold, address.url)
    if assignment is None or meaning is HandedIn.REFUSED:
        return Refusal.STALE
    if meaning is HandedIn.AGAIN:
        _learn(session, assignment, minutes, now)  # who was seen to submit upstream was not asked yet
        return assignment
    declare(session, task, person_id, days, now=now, zone=zone)
    if meaning is HandedIn.SUBMITS:
        _submit(session, task, assignment, address.url, now, confirmed=policy_of(task.project).ai.value)
        _learn(session, assignment, minutes, now)
        _link(session, task, address.number, now)
    else:
        assignment.submitted_url = address.url
        changes.touch(task, now)
        changes.note(session, task, Happening.LATE_WORK, now=now, person_id=person_id, data={"url": address.url})
    return assignment


def submit_seen(session: Session, task: Task, url: str, *, now: datetime) -> bool:
    """The holder's request was seen upstream; False where nobody holds the task."""
    task = changes.locked(session, task)
    assignment = changes.open_assignment(session, task)
    if assignment is None or task.status != Status.CLAIMED:
        return False
    _submit(session, task, assignment, url, now)
    return True


def _submit(
    session: Session, task: Task, assignment: Assignment, url: str, now: datetime, *, confirmed: str = ""
) -> None:
    assignment.submitted_url = url or assignment.submitted_url
    said = {"url": url, "confirmed_under": confirmed}
    data = {name: value for name, value in said.items() if value}
    changes.let_go(session, task, assignment, EndedAs.SUBMITTED, now=now, data=data)
    upstream.tell_state(session, task, assignment, "in_review", now)


def _link(session: Session, task: Task, number: int, now: datetime) -> None:
    """Where the request is known already, it belongs to the issue from now on; a merged one completes the task."""
    request = requests.row_of(session, task.project_id, number)
    if request is None or task.issue is None:
        return
    requests.add_link(session, request, task.issue, FoundBy.GIVEN)
    if request.state == "merged":
        complete(session, task, Outcome.ACCEPTED, now=now)


def complete(session: Session, task: Task, outcome: Outcome, *, now: datetime) -> bool:
    """The work is over: merged, or declined for good. Whoever holds the task has submitted by that.

    False, and nothing is changed, where the task is neither claimed nor in review.
    """
    task = changes.locked(session, task)
    if task.status == Status.CLAIMED:
        submit_seen(session, task, "", now=now)
    if task.status != Status.IN_REVIEW:
        return False
    task.outcome = outcome.value
    assignment = changes.last_assignment(session, task)
    author = assignment.person_id if assignment else None
    data = {"outcome": outcome.value}
    changes.move(session, task, Status.DONE, Happening.COMPLETED, now=now, person_id=author, data=data)
    learning.observe(session, task, now)
    if assignment is not None:
        upstream.tell_state(session, task, assignment, "done", now)
        upstream.unmark(session, task, assignment, now)
    if outcome is Outcome.REJECTED:
        patience.after_rejection(session, task.project, now)
    return True


def send_back(session: Session, task: Task, *, now: datetime) -> bool:
    """The request was declined and the issue stays to be done: the task is free, the contribution counts as rejected.

    False, and nothing is changed, where the task is not in review.
    """
    task = changes.locked(session, task)
    if task.status != Status.IN_REVIEW:
        return False
    assignment = changes.last_assignment(session, task)
    author = assignment.person_id if assignment else None
    data = {"outcome": Outcome.REJECTED.value, "url": assignment.submitted_url if assignment else None}
    changes.move(session, task, Status.READY, Happening.SENT_BACK, now=now, person_id=author, data=data)
    if assignment is not None:
        upstream.tell_freed(session, task, assignment, "sent_back", now)
    patience.after_rejection(session, task.project, now)
    return True


# --- going away ---------------------------------------------------------------------------------------------------


def withdraw(session: Session, task: Task, *, reason: str, now: datetime) -> bool:
    """Offer the task no longer: closed upstream, label gone, taken by somebody else, refused.

    Whoever holds it is told, with another task that fits. False where it was withdrawn or over already.
    """
    task = changes.locked(session, task)
    if not rules.may_follow(Status(task.status), Status.WITHDRAWN):
        return False
    assignment = changes.open_assignment(session, task)
    task.not_offered = []
    data = {"reason": reason}
    if assignment is None:
        changes.move(session, task, Status.WITHDRAWN, Happening.WITHDRAWN, now=now, data=data)
    else:
        changes.let_go(session, task, assignment, EndedAs.WITHDRAWN, now=now, data=data)
        upstream.tell_freed(session, task, assignment, "withdrawn", now)
        others = queries.alternatives_for(session, assignment.person_id, besides=task.id, now=now)
        mails.send_lost(session, task, assignment, reason=reason, alternatives=others, now=now)
    return True


def expire_due(session: Session, now: datetime, *, limit: int = 50) -> int:
    """Tell those whose claim ends soon, and free the tasks of those who were told in time; tells how many changed.

    A claim with an open request upstream never ends by itself.
    """
    due = (
        select(Assignment)
        .where(Assignment.ended_at.is_(None), Assignment.expires_at <= now + rules.NOTICE)
        .order_by(Assignment.expires_at, Assignment.id)
        .with_for_update(skip_locked=True)
    )
    waiting = [assignment for assignment in session.scalars(due) if not _has_open_request(assignment.task)]
    return sum(_remind_or_expire(session, assignment, now) for assignment in waiting[:limit])


def _remind_or_expire(session: Session, assignment: Assignment, now: datetime) -> bool:
    noticed_at = _noticed_at(session, assignment)
    person_id = assignment.person_id
    if rules.is_noticed_now(assignment.expires_at, noticed_at, now):
        mails.send_notice(session, assignment.task, assignment, now)
        changes.note(session, assignment.task, Happening.NOTICED, now=now, person_id=person_id)
        return True
    if not rules.has_expired(assignment.expires_at, noticed_at, now):
        return False
    task = changes.locked(session, assignment.task)
    changes.let_go(session, task, assignment, EndedAs.EXPIRED, now=now)
    upstream.tell_freed(session, task, assignment, "expired", now)
    return True


def _noticed_at(session: Session, assignment: Assignment) -> datetime | None:
    noticed = select(TaskEvent.at).where(
        TaskEvent.task_id == assignment.task_id,
        TaskEvent.kind == Happening.NOTICED.value,
        TaskEvent.at >= assignment.claimed_at,
    )
    return session.scalar(noticed.order_by(TaskEvent.id.desc()).limit(1))


def _has_open_request(task: Task) -> bool:
    return task.issue is not None and any(request.state == "open" for request in task.issue.requests)
