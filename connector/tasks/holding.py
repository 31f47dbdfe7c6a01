"""What a volunteer does with a task: take it, free it, hand it over, submit it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires, signed_in_id
from connector.accounts.rules import Action
from connector.courtesy.queries import policy_of
from connector.db.tables import Assignment, Handover, Task
from connector.errors import NotFoundError, UserError
from connector.projects import manners
from connector.tasks import queries, service, story, words
from connector.tasks.forms import Note, days_of, minutes_of, version_of
from connector.tasks.rules import Refusal, note_open_until
from connector.tasks.views import task_page
from connector.tasks.words import AI_WISHES
from connector.web.formats import zone
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("holding", __name__)


@blueprint.post("/tasks/<int:task_id>/claim")
@requires(Action.CLAIM_TASK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take the task; somebody who was faster leaves the fresh page and an alternative."""
    now, version = services().clock(), version_of(request.form)
    with services().db.sessions.begin() as session:
        task = queries.for_claim(session, task_id, principal(), now=now)
        outcome = service.claim(session, task, signed_in_id(), now=now, zone=zone(), version=version)
    return _next(outcome, task_id, f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/recall")
@requires(Action.CLAIM_TASK)
def recall(task_id: int) -> ResponseReturnValue:
    """Free the task at once, no reason asked, then ask for the note."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        task = queries.detail(session, task_id, principal(), now=now)
        outcome = service.release(session, task, signed_in_id(), now=now, zone=zone())
    return _next(outcome, task_id, f"/tasks/{task_id}/handover")


@blueprint.get("/tasks/<int:task_id>/handover")
@requires(Action.CLAIM_TASK)
def handover(task_id: int) -> ResponseReturnValue:
    """The three questions, while one holds the task or within a day after having freed it."""
    with services().db.readers() as session:
        assignment = _own(session, task_id)
        return _handover_page(session, assignment, _left(session, assignment), {})


@blueprint.post("/tasks/<int:task_id>/handover")
@requires(Action.CLAIM_TASK)
def hand_over(task_id: int) -> ResponseReturnValue:
    """Pass the task on with the note, or complete the note of a task freed before."""
    note, now = Note.of_form(request.form), services().clock()
    with services().db.sessions.begin() as session:
        assignment = _own(session, task_id)
        wrong = {name: _("At most 4,000 characters.") for name in note.too_long()}
        if wrong:
            return _handover_page(session, assignment, note, wrong), 400
        outcome = service.hand_over(session, assignment, note, now=now, zone=zone())
    if not isinstance(outcome, Refusal):
        flash(_("Thank you. The next person can go on from your note."))
    return _next(outcome, task_id, "/me")


@blueprint.post("/tasks/<int:task_id>/time")
@requires(Action.CLAIM_TASK)
def tell_time(task_id: int) -> ResponseReturnValue:
    """Say how long one worked on a task, once it is out of one's hands."""
    minutes, now = minutes_of(request.form), services().clock()
    if minutes is None:
        raise UserError(_("Choose one of the lengths shown."))
    with services().db.sessions.begin() as session:
        service.tell_time(session, _own(session, task_id), minutes, now=now)
    flash(_("Thank you. Sizes become more exact by this."))
    return redirect(f"/tasks/{task_id}")


@blueprint.get("/tasks/<int:task_id>/submit")
@requires(Action.CLAIM_TASK)
def submit_form(task_id: int) -> ResponseReturnValue:
    """Ask for the address of the request."""
    with services().db.readers() as session:
        return _submit_page(_own(session, task_id).task, "", {})


@blueprint.post("/tasks/<int:task_id>/submit")
@requires(Action.CLAIM_TASK)
def submit(task_id: int) -> ResponseReturnValue:
    """Say that the request is open: the task goes to review, the person is free."""
    url = request.form.get("url", "").strip()
    if request.form.get("tested") != "1":
        wrong = {"tested": _("Confirm that you understand and tested every line.")}
        with services().db.readers() as session:
            return _submit_page(_own(session, task_id).task, url, wrong), 400
    try:
        outcome = _submitted(task_id, url)
    except UserError as exc:
        with services().db.readers() as session:
            return _submit_page(_own(session, task_id).task, url, {"url": exc.message}), exc.status
    if not isinstance(outcome, Refusal):
        flash(_("The project reads it now. You can take another task."))
    return _next(outcome, task_id, "/me")


@blueprint.post("/tasks/<int:task_id>/refused")
@requires(Action.CLAIM_TASK)
def refused(task_id: int) -> ResponseReturnValue:
    """The forge takes no more requests: nobody takes another task of this project until one of ours is closed."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        project = _own(session, task_id).task.project
        manners.meet_limit(session, project, queries.in_review(session, project.id), now=now)
    flash(_("Thank you. Keep your branch; nobody is sent to this project until it has read what it has."))
    return redirect(f"/tasks/{task_id}/handover")


def _submitted(task_id: int, url: str) -> Assignment | Refusal:
    now, days = services().clock(), days_of(request.form)
    with services().db.sessions.begin() as session:
        task = _own(session, task_id).task
        minutes = minutes_of(request.form)
        return service.submit(session, task, signed_in_id(), url, now=now, zone=zone(), days=days, minutes=minutes)


def _own(session: Session, task_id: int) -> Assignment:
    """The visitor's own hold on the task, ended or not; what they never held looks like what does not exist."""
    assignment = queries.own_assignment(session, task_id, signed_in_id())
    if assignment is None:
        raise NotFoundError
    return assignment


def _left(session: Session, assignment: Assignment) -> Note:
    left = session.scalar(select(Handover).where(Handover.assignment_id == assignment.id))
    return Note(done=left.done, remaining=left.remaining, link=left.link) if left else Note()


def _next(outcome: Assignment | Refusal, task_id: int, address: str) -> ResponseReturnValue:
    return _refused(task_id, outcome) if isinstance(outcome, Refusal) else redirect(address)


def _refused(task_id: int, refusal: Refusal) -> ResponseReturnValue:
    with services().db.readers() as session:
        return task_page(session, task_id, refusal), 409


def _handover_page(session: Session, assignment: Assignment, note: Note, wrong: dict[str, str]) -> str:
    task, is_free = assignment.task, assignment.ended_at is not None
    legs = story.legs(session, task, reader=principal().person_id)
    if not is_free:
        legs.append(story.Leg(_("You"), _("today"), is_yours=True))
    return render_template(
        "tasks/handover.html",
        day_choices=_day_choices(),
        lengths=words.lengths(),
        days=str(note.days) if note.days is not None else "0.5",
        is_free=is_free,
        last={"kind": "open", "who": _("The next person"), "when": _("can already take the task") if is_free else ""},
        legs=legs,
        note=note,
        open_until=note_open_until(assignment.ended_at) if assignment.ended_at else None,
        task=task,
        wrong=wrong,
    )


def _submit_page(task: Task, url: str, wrong: dict[str, str]) -> str:
    name = task.project.path.rpartition("/")[2]
    return render_template(
        "tasks/submit.html",
        day_choices=_day_choices(),
        lengths=words.lengths(),
        days="0.5" if task.days < 1 else "1",
        ai_wish=AI_WISHES[policy_of(task.project).ai],
        project=name,
        task=task,
        url=url,
        wrong=wrong,
    )


def _day_choices() -> list[tuple[str, str]]:
    return [("0", _("None")), ("0.5", _("Half a day")), ("1", _("One day"))]
