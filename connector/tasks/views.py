"""The volunteers' pages: the list, one task, and the ways on from it: take, hand over, free, submit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.lists import format_list
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, Role, allows
from connector.db.tables import Assignment, HarvestRun, Task
from connector.errors import NotFoundError
from connector.projects import queries as projects
from connector.projects.reasons import sentence
from connector.tasks import found, pages, queries, service, story
from connector.tasks.forms import Answers, Note, days_of, is_web_address, page_of, version_of
from connector.tasks.rules import Refusal
from connector.tasks.words import OFFERED_SKILLS, REFUSALS, badge, choice_name, reason_sentence
from connector.web import formats
from connector.web.i18n import gettext as _
from connector.web.i18n import locale
from connector.web.pages import remember, same_page
from connector.web.services import services

blueprint = Blueprint("tasks", __name__)

ANSWERS_COOKIE = "wecena_answers"
NOTE_STAYS_OPEN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What stands in the place of the main button, and where to go instead."""

    sentence: str
    url: str = ""
    label: str = ""
    is_main: bool = False


@blueprint.get("/")
@requires(Action.USE_PUBLIC_PAGES)
def index() -> ResponseReturnValue:
    """The tasks on offer, or the first steps while there is nothing to offer."""
    with services().db.readers() as session:
        if not projects.visible(session):
            return _first_steps(session)
        answers, is_remembered = _answers()
        page = _list_page(session, answers, is_folded=is_remembered and "change" not in request.args)
    response = make_response(page)
    if not is_remembered:
        remember(response, ANSWERS_COOKIE, answers.as_cookie())
    return response


@blueprint.get("/tasks/<int:task_id>")
@requires(Action.READ_TASKS)
def show(task_id: int) -> ResponseReturnValue:
    """One task: size, needs, relay, start steps, what happened."""
    with services().db.readers() as session:
        return _task_page(session, task_id)


@blueprint.post("/tasks/<int:task_id>/claim")
@requires(Action.CLAIM_TASK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take the task; somebody who was faster leaves the fresh page and an alternative."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        task = _seen(session, task_id)
        outcome = service.claim(session, task, _person_id(), now=now, version=version_of(request.form))
    if isinstance(outcome, Refusal):
        return _refused(task_id, outcome)
    return redirect(f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/recall")
@requires(Action.CLAIM_TASK)
def recall(task_id: int) -> ResponseReturnValue:
    """Free the task at once, then ask for the note."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        task = _seen(session, task_id)
        outcome = service.release(session, task, _person_id(), now=now, days=None)
    if isinstance(outcome, Refusal):
        return _refused(task_id, outcome)
    return redirect(f"/tasks/{task_id}/handover")


@blueprint.get("/tasks/<int:task_id>/handover")
@requires(Action.CLAIM_TASK)
def handover(task_id: int) -> ResponseReturnValue:
    """The three questions, while holding the task or within a day after having freed it."""
    with services().db.readers() as session:
        return _handover_page(session, _own_assignment(session, task_id), Note(), {})


@blueprint.post("/tasks/<int:task_id>/handover")
@requires(Action.CLAIM_TASK)
def hand_over(task_id: int) -> ResponseReturnValue:
    """Pass the task on with the note, or complete the note of a task freed before."""
    note, now = Note.of_form(request.form), services().clock()
    with services().db.sessions.begin() as session:
        assignment = _own_assignment(session, task_id)
        wrong = {name: _("At most 4,000 characters.") for name in note.too_long()}
        if wrong:
            return _handover_page(session, assignment, note, wrong), 400
        outcome = service.hand_over(session, assignment, note, now=now)
    if isinstance(outcome, Refusal):
        return _refused(task_id, outcome)
    flash(_("Thank you. The next person can go on from your note."))
    return redirect("/me")


@blueprint.get("/tasks/<int:task_id>/submit")
@requires(Action.CLAIM_TASK)
def submit_form(task_id: int) -> ResponseReturnValue:
    """Ask for the address of the request."""
    with services().db.readers() as session:
        return _submit_page(_own_assignment(session, task_id).task, "", {})


@blueprint.post("/tasks/<int:task_id>/submit")
@requires(Action.CLAIM_TASK)
def submit(task_id: int) -> ResponseReturnValue:
    """Say that the request is open: the task goes to review, the person is free."""
    url, now = request.form.get("url", "").strip(), services().clock()
    with services().db.sessions.begin() as session:
        task = _own_assignment(session, task_id).task
        if not is_web_address(url):
            return _submit_page(task, url, {"url": _("This is not a web address. It starts with https://")}), 400
        outcome = service.submit(session, task, _person_id(), url, now=now, days=days_of(request.form))
    if isinstance(outcome, Refusal):
        return _refused(task_id, outcome)
    flash(_("The project reads it now. You can take another task."))
    return redirect("/me")


def _answers() -> tuple[Answers, bool]:
    """What the visitor answered now, or before; whether it was before."""
    if "time" in request.args or "skill" in request.args or "clear" in request.args:
        return Answers.of_query(request.args), False
    remembered = Answers.of_cookie(request.cookies.get(ANSWERS_COOKIE, ""))
    return remembered, bool(remembered.time)


def _list_page(session: Session, answers: Answers, *, is_folded: bool) -> str:
    rows = pages.rows(session, queries.on_offer(session, principal()), answers)
    ticked = frozenset(name for name in request.args if name in found.FILTERS)
    result = found.find(rows, answers, q=request.args.get("q", ""), ticked=ticked, page=page_of(request.args))
    return render_template(
        "tasks/list.html",
        answers=answers,
        empty=_empty(result),
        filters=result.filters,
        folded=_folded(answers) if is_folded else None,
        heading=found.heading(result, answers),
        is_narrowed=bool(ticked or request.args.get("q")),
        is_sifted=bool(ticked or request.args.get("q")),
        mine=_mine(session, answers),
        page=result.page,
        next_url=same_page(page=result.page.number + 1) if result.page.last < result.page.total else "",
        previous_url=same_page(page=result.page.number - 1) if result.page.number > 1 else "",
        q=request.args.get("q", ""),
        rows=result.rows,
        skills=_skill_choices(answers),
        times=[("0.5", _("Half a day")), ("1", _("One day")), ("2", _("Two days"))],
    )


def _folded(answers: Answers) -> dict[str, str]:
    times = {"0.5": _("half a day"), "1": _("one day"), "2": _("two days")}
    names = [choice_name(skill) for skill in answers.skills]
    return {"time": times[answers.time], "skills": format_list(names, locale=locale()) if names else ""}


def _skill_choices(answers: Answers) -> list[tuple[str, str]]:
    skills = dict.fromkeys((*OFFERED_SKILLS, *answers.skills))
    return [(skill, choice_name(skill)) for skill in skills]


def _empty(result: found.Found) -> dict[str, str]:
    if not result.others:
        return {
            "title": _("No task is on offer right now"),
            "text": _("They appear by themselves, as soon as a project labels an issue for newcomers."),
        }
    return {
        "title": _("No task fits these answers"),
        "text": _("Give more time, or take a filter away."),
        "url": "/?time=2",
        "way_out": _("See the tasks of two days at most"),
    }


def _mine(session: Session, answers: Answers) -> pages.Row | None:
    held = queries.held_by(session, principal().person_id) if principal().person_id else None
    return pages.own_row(held, answers) if held else None


def _task_page(session: Session, task_id: int, refusal: Refusal | None = None) -> str:
    task, held = _seen(session, task_id), _held(session)
    is_mine = held is not None and held.task_id == task.id
    legs = story.legs(session, task, reader=principal().person_id)
    why_not = _why_not(task, held)
    return render_template(
        "tasks/task.html",
        can_claim=why_not is None and not is_mine,
        conflict=_conflict(session, refusal, task_id) if refusal else None,
        events=story.entries(session, task),
        is_mine=is_mine,
        last=_place(task, legs, is_mine=is_mine),
        legs=legs,
        not_offered=[sentence(reason) for reason in task.not_offered] if task.status == Status.DRAFT else [],
        reasons=_reasons(task),
        row=pages.rows(session, [task], _answers()[0])[0],
        steps=story.steps(guide.start_steps(task.project)),
        task=task,
        until=held.expires_at if held and is_mine else None,
        why_not=why_not,
    )


def _why_not(task: Task, held: Assignment | None) -> WhyNot | None:
    """What stands in the place of the button; None where the visitor may take the task."""
    if task.status != Status.READY:
        return WhyNot(_NOT_NOW.get(task.status, _NOT_NOW["draft"]), "/", _("See the tasks"))
    if not principal().is_signed_in:
        return WhyNot(_("Sign in to take it."), f"/sign-in?next=/tasks/{task.id}", _("Sign in"), is_main=True)
    if not allows(principal(), Action.CLAIM_TASK):
        return WhyNot(_("Volunteers can take it."))
    if held is not None:
        return WhyNot(REFUSALS["ALREADY_HOLDS_A_TASK"], f"/tasks/{held.task_id}", _("Go to your task"))
    return None


def _place(task: Task, legs: Sequence[story.Leg], *, is_mine: bool) -> dict[str, str] | None:
    """The last place of the relay: whoever holds the task, or whoever may take it."""
    if is_mine:
        return {"kind": "yours", "who": _("You"), "when": _("today"), "text": _go_on(legs)}
    if task.status == Status.READY:
        return {"kind": "yours", "who": _("Your turn"), "when": _("today, if you take the task"), "text": _go_on(legs)}
    if task.status == Status.CLAIMED:
        return {"kind": "", "who": _("A volunteer"), "when": _("works on it now"), "text": ""}
    return None


def _go_on(legs: Sequence[story.Leg]) -> str:
    link = next((leg.link for leg in reversed(legs) if leg.link), "")
    return _("Go on from: %(link)s", link=link) if link else _("Go on from the last note.")


def _reasons(task: Task) -> list[dict[str, object]]:
    """At most three reasons for and three against, as they were given: strongest first."""
    given = task.estimate.reasons if task.estimate else []
    for_it = [reason for reason in given if reason.get("effect") == "+"][:3]
    against = [reason for reason in given if reason.get("effect") != "+"][:3]
    return [{"is_for": reason in for_it, "text": reason_sentence(reason)} for reason in (*for_it, *against)]


def _conflict(session: Session, refusal: Refusal, task_id: int) -> dict[str, str]:
    """Why it did not work, and another task that fits."""
    others = [task for task in queries.on_offer(session, principal()) if task.id != task_id]
    ranked = pages.ranked(pages.rows(session, others, _answers()[0]))
    other = ranked[0] if ranked and refusal is not Refusal.ALREADY_HOLDS_A_TASK else None
    return {
        "sentence": str(REFUSALS[refusal.value]),
        "url": other.url if other else "",
        "title": other.title if other else "",
    }


def _refused(task_id: int, refusal: Refusal) -> ResponseReturnValue:
    with services().db.readers() as session:
        return _task_page(session, task_id, refusal), 409


def _handover_page(session: Session, assignment: Assignment, note: Note, wrong: dict[str, str]) -> str:
    task, is_free = assignment.task, assignment.ended_at is not None
    legs = story.legs(session, task, reader=principal().person_id)
    if not is_free:
        legs.append(story.Leg(_("You"), _("today")))
    return render_template(
        "tasks/handover.html",
        day_choices=_day_choices(),
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
        "tasks/submit.html", day_choices=_day_choices(), project=name, task=task, url=url, wrong=wrong
    )


def _first_steps(session: Session) -> str:
    return render_template(
        "tasks/first_steps.html",
        admin_email=services().settings.admin_email,
        may_add=allows(principal(), Action.ADD_PROJECT),
        public_url=services().settings.public_url,
    )


def _day_choices() -> list[tuple[str, str]]:
    return [("0", _("None")), ("0.5", _("Half a day")), ("1", _("One day"))]
