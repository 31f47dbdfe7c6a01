"""The pages of a look that one volunteer asks of another: asking, beginning, answering."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires, signed_in_id
from connector.accounts.rules import Action
from connector.db.tables import Assignment, Look
from connector.errors import NotFoundError, UserError
from connector.tasks import looks, queries
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("looking", __name__)


@blueprint.get("/tasks/<int:task_id>/look")
@requires(Action.CLAIM_TASK)
def ask_form(task_id: int) -> str:
    """Where the work is, and what to look at."""
    with services().db.readers() as session:
        assignment = _held(session, task_id)
        before = looks.asked(session, task_id, assignment.person_id)
        wish = looks.Wish(before.link, before.question) if before else looks.Wish()
        return _ask_page(assignment, wish, {})


@blueprint.post("/tasks/<int:task_id>/look")
@requires(Action.CLAIM_TASK)
def ask(task_id: int) -> ResponseReturnValue:
    """Ask for it."""
    wish, now = looks.Wish.of_form(request.form), services().clock()
    with services().db.sessions.begin() as session:
        assignment = _held(session, task_id)
        if wrong := wish.wrong():
            return _ask_page(assignment, wish, wrong), 400
        looks.ask(session, assignment, wish, now)
    flash(_("The other volunteers see it now. You need not wait for them."))
    return redirect(f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/look/withdraw")
@requires(Action.CLAIM_TASK)
def withdraw(task_id: int) -> ResponseReturnValue:
    """It is not needed any more."""
    with services().db.sessions.begin() as session:
        looks.withdraw(session, task_id, signed_in_id())
    return redirect(f"/tasks/{task_id}")


@blueprint.get("/looks/<int:look_id>")
@requires(Action.CLAIM_TASK)
def show(look_id: int) -> str:
    """What is to be looked at."""
    with services().db.readers() as session:
        return _look_page(_open(session, look_id), "", {})


@blueprint.post("/looks/<int:look_id>/take")
@requires(Action.CLAIM_TASK)
def take(look_id: int) -> ResponseReturnValue:
    """Begin to look."""
    with services().db.sessions.begin() as session:
        if not looks.take(session, _open(session, look_id), signed_in_id()):
            raise NotFoundError(_("Somebody else has begun to look."))
    return redirect(f"/looks/{look_id}")


@blueprint.post("/looks/<int:look_id>/leave")
@requires(Action.CLAIM_TASK)
def leave(look_id: int) -> ResponseReturnValue:
    """Let somebody else do it."""
    with services().db.sessions.begin() as session:
        looks.leave(session, _open(session, look_id), signed_in_id())
    return redirect("/me")


@blueprint.post("/looks/<int:look_id>/answer")
@requires(Action.CLAIM_TASK)
def answer(look_id: int) -> ResponseReturnValue:
    """Say what one saw."""
    text, now = request.form.get("answer", "").strip(), services().clock()
    with services().db.sessions.begin() as session:
        look = _open(session, look_id)
        if look.person_id != signed_in_id():
            raise UserError(_("Begin to look first, so that nobody else does the same."))
        if not text or len(text) > looks.MOST_TEXT:
            return _look_page(look, text, {"answer": _("Between 1 and 4,000 characters.")}), 400
        looks.answer(session, look, text, now)
    flash(_("Thank you. Your colleague is told."))
    return redirect("/me")


def _held(session: Session, task_id: int) -> Assignment:
    """What the visitor holds now, if it is this task; everything else looks like what does not exist."""
    assignment = queries.own_assignment(session, task_id, signed_in_id())
    if assignment is None or assignment.ended_at is not None:
        raise NotFoundError
    return assignment


def _open(session: Session, look_id: int) -> Look:
    return looks.for_looking(session, look_id, principal(), services().clock())


def _ask_page(assignment: Assignment, wish: looks.Wish, wrong: dict[str, str]) -> str:
    return render_template("tasks/look_ask.html", task=assignment.task, wish=wish, wrong=wrong)


def _look_page(look: Look, text: str, wrong: dict[str, str]) -> str:
    is_mine = look.person_id == signed_in_id()
    return render_template("tasks/look.html", look=look, task=look.task, is_mine=is_mine, text=text, wrong=wrong)
