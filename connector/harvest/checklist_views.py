"""The page of a project's checklist: what is answered, what public data suggests, what is missing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.db.tables import Project
from connector.eligibility import queries, rules, service
from connector.eligibility.rules import OPTIONS, Answer, Question
from connector.eligibility.words import CHOICES, HINTS, QUESTIONS
from connector.errors import NotFoundError, UserError
from connector.projects.queries import get
from connector.web.formats import zone
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("checklist", __name__)


@blueprint.get("/coordinator/projects/<int:project_id>/checklist")
@requires(Action.READ_PROJECTS)
def show(project_id: int) -> str:
    """The questions, each with its newest answer."""
    with services().db.readers() as session:
        return _page(session, get(session, project_id, principal()))


@blueprint.post("/coordinator/projects/<int:project_id>/checklist/<name>")
@requires(Action.RUN_PROJECT)
def save(project_id: int, name: str) -> ResponseReturnValue:
    """Record one answer."""
    if name not in {question.value for question in Question}:
        raise NotFoundError
    try:
        with services().db.sessions.begin() as session:
            project = get(session, project_id, principal())
            service.answer(session, project, _typed(Question(name)), now=services().clock(), by=principal().person_id)
    except UserError as exc:
        with services().db.readers() as session:
            return _page(session, get(session, project_id, principal()), wrong={name: exc.message}), exc.status
    flash(_("Saved."))
    return redirect(f"{url_for('checklist.show', project_id=project_id)}#{name}")


@blueprint.post("/coordinator/projects/<int:project_id>/accept")
@requires(Action.RUN_PROJECT)
def accept(project_id: int) -> ResponseReturnValue:
    """Accept the project."""
    with services().db.sessions.begin() as session:
        project = get(session, project_id, principal())
        service.accept(session, project, now=services().clock(), by=principal().person_id)
    flash(_("The project is accepted."))
    return redirect(url_for("projects.show", project_id=project_id))


def _typed(question: Question) -> Answer:
    choice, days = request.form.get("choice", ""), request.form.get("days", "").strip()
    is_number = days.isascii() and days.isdigit() and len(days) < 5
    is_counted = question is Question.TEAM and choice == "yes"
    return Answer(
        question, choice[:20], request.form.get("note", "")[:1000], int(days) if is_counted and is_number else None
    )


def _page(session: Session, project: Project, *, wrong: dict[str, str] | None = None) -> str:
    given, today = queries.given(session, project.id), services().clock().astimezone(zone()).date()
    known = [one.answer for one in given.values()]
    return render_template(
        "eligibility/checklist.html",
        against=rules.against(known),
        choices=CHOICES,
        days=queries.days_since(session, project.id, today.replace(day=1)),
        given=given,
        hints=HINTS,
        is_ready=rules.may_be_accepted(known),
        most_days=rules.most_days(known),
        options=OPTIONS,
        project=project,
        proposed=rules.proposed(queries.public_facts(session, project)),
        questions=QUESTIONS,
        unanswered=rules.unanswered(known),
        wrong=wrong or {},
    )
