"""The volunteers' pages: the tasks on offer, and one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list
from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, allows
from connector.courtesy.queries import policy_of
from connector.db.tables import Assignment, Look, Project, Task
from connector.projects import guide
from connector.projects import queries as projects
from connector.projects.reasons import sentence
from connector.tasks import alike, claims, description, found, looks, pages, queries, sizes, story
from connector.tasks.forms import Answers, page_of
from connector.tasks.rules import FINAL, EndedAs, Refusal, Status, may_follow
from connector.tasks.words import (
    AI_WISHES,
    ANSWERS_WITHIN,
    MERGES_WITHIN,
    NOT_NOW,
    OFFERED_SKILLS,
    REFUSALS,
    badge,
    choice_name,
    lengths,
)
from connector.tracking.pace import pace_of
from connector.web.formats import zone
from connector.web.i18n import gettext as _
from connector.web.i18n import locale
from connector.web.pages import remember, same_page
from connector.web.services import services

blueprint = Blueprint("tasks", __name__)

ANSWERS_COOKIE = "wecena_answers"


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
        step, followed = _first_step(session)
        if step:
            return _first_steps(step, followed)
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
        return task_page(session, task_id)


def _answers() -> tuple[Answers, bool]:
    """What the visitor answered now, or before; whether it was before."""
    if "time" in request.args or "skill" in request.args or "clear" in request.args:
        return Answers.of_query(request.args), False
    remembered = Answers.of_cookie(request.cookies.get(ANSWERS_COOKIE, ""))
    return remembered, bool(remembered.time)


def _list_page(session: Session, answers: Answers, *, is_folded: bool) -> str:
    held, q = _held(session), request.args.get("q", "").strip()
    offers = queries.on_offer(session, principal(), now=services().clock())
    ticked = frozenset(name for name in request.args if name in found.FILTERS)
    result = found.find(offers, answers, q=q, ticked=ticked, page=page_of(request.args))
    return render_template(
        "tasks/list.html",
        answers=answers,
        empty=_empty(result, q),
        filters=result.filters,
        folded=_folded(answers) if is_folded else None,
        heading=found.heading(result, answers),
        is_narrowed=bool(ticked or q),
        is_sifted=bool(ticked or q),
        looks=len(looks.wanted(session, principal(), services().clock()))
        if allows(principal(), Action.CLAIM_TASK)
        else 0,
        mine=pages.own_row(held, answers) if held else None,
        page=result.page,
        next_url=same_page(page=result.page.number + 1) if result.page.last < result.page.total else "",
        previous_url=same_page(page=result.page.number - 1) if result.page.number > 1 else "",
        q=q,
        rows=pages.rows(session, queries.loaded(session, result.task_ids), answers),
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


def _empty(result: found.Found, word: str) -> dict[str, str]:
    if not result.others:
        return {
            "title": _("No task is on offer right now"),
            "text": _("They appear by themselves, as soon as a project labels an issue for newcomers."),
        }
    return {
        "title": _("No task speaks of “%(word)s”", word=word) if word else _("No task fits these answers"),
        "text": _("Give more time, or take a filter away."),
        "url": "/?time=2",
        "way_out": _("See the tasks of two days at most"),
    }


def _held(session: Session) -> Assignment | None:
    person_id = principal().person_id
    return queries.held_by(session, person_id) if person_id else None


def _description(task: Task) -> tuple[str, ...]:
    if task.issue is None:
        return ()
    return description.to_copy(task.issue.number, policy_of(task.project), is_part=task.part > 0)


def task_page(session: Session, task_id: int, refusal: Refusal | None = None) -> str:
    """The page of a task; with the reason and an alternative where a wish was refused."""
    task, held = queries.detail(session, task_id, principal(), now=services().clock()), _held(session)
    is_mine = held is not None and held.task_id == task.id
    legs = story.legs(session, task, reader=principal().person_id)
    why_not = _why_not(session, task, held)
    before, after = queries.around(session, task, principal(), now=services().clock())
    return render_template(
        "tasks/task.html",
        after=after,
        ai_wish=AI_WISHES[policy_of(task.project).ai],
        alike=alike.finished_alike(session, task, principal(), now=services().clock()),
        before=before,
        behind=sizes.behind(session, task),
        whose_hours=sizes.whose_hours(task),
        can_claim=why_not is None and not is_mine,
        lengths=lengths()["taps"] if _asks_time(session, task_id) else [],
        **_sizing(session, task),
        conflict=_conflict(session, refusal, task_id) if refusal else None,
        description=_description(task) if is_mine else (),
        events=story.entries(session, task),
        is_mine=is_mine,
        last=_place(task, legs, is_mine=is_mine),
        legs=legs,
        look=_look(session, task_id),
        outsider=sizes.outsider(session, task),
        pace=_pace(session, task) if principal().is_signed_in and not is_mine else [],
        not_offered=[sentence(reason) for reason in task.not_offered] if task.status == Status.DRAFT else [],
        reasons=sizes.reasons(task),
        row=pages.rows(session, [task], _answers()[0])[0],
        steps=story.steps(guide.start_steps(task.project)),
        task=task,
        until=held.expires_at if held and is_mine else None,
        why_not=why_not,
    )


def _pace(session: Session, task: Task) -> list[str]:
    """How the project usually answers and merges, where enough is known to say it."""
    pace = pace_of(session, task.project_id)
    told = ((ANSWERS_WITHIN[pace.answer], pace.answered), (MERGES_WITHIN[pace.merge], pace.merged))
    return [_(sentence, count=count) for sentence, count in told if sentence]


def _look(session: Session, task_id: int) -> Look | None:
    """What the visitor asked a colleague to look at, of this task."""
    person_id = principal().person_id
    return looks.asked(session, task_id, person_id) if person_id else None


def _asks_time(session: Session, task_id: int) -> bool:
    """Whether the visitor submitted this task and did not say yet how long it took."""
    person_id = principal().person_id
    own = queries.own_assignment(session, task_id, person_id) if person_id else None
    return own is not None and own.outcome == EndedAs.SUBMITTED and own.minutes is None


def _sizing(session: Session, task: Task) -> dict[str, object]:
    """What belongs to splitting and sizing: the parts of a task, or the whole of a part, and who may say more."""
    asker, status = principal(), Status(task.status)
    is_theirs = asker.runs_programme or task.project_id in asker.project_ids
    can_size = is_theirs and allows(asker, Action.SIZE_TASK) and status not in FINAL and task.issue is not None
    parts = queries.parts_of(session, task)
    return {
        "can_size": can_size,
        "hint": sizes.hint(task),
        "misread": [sentence(rule) for rule in sizes.misread(task)] if can_size else [],
        "can_split": can_size and not task.part and may_follow(status, Status.SPLIT),
        "parts": [{"id": part.id, "title": part.title, "state": badge(part.status, part.outcome)} for part in parts],
        "whole": queries.whole_of(session, task),
        "siblings": queries.siblings(session, task),
    }


def _why_not(session: Session, task: Task, held: Assignment | None) -> WhyNot | None:
    """What stands in the place of the button; None where the visitor may take the task."""
    if task.status != Status.READY:
        return WhyNot(str(NOT_NOW[task.status]), "/", _("See the tasks"))
    if not principal().is_signed_in:
        return WhyNot(_("Sign in to take it."), f"/sign-in?next=/tasks/{task.id}", _("Sign in"), is_main=True)
    if not allows(principal(), Action.CLAIM_TASK):
        return WhyNot(_("Volunteers can take it."))
    refusal = claims.why_not(session, task, held, None, now=services().clock(), zone=zone())
    if held is not None and refusal is Refusal.ALREADY_HOLDS_A_TASK:
        return WhyNot(REFUSALS[refusal.value], f"/tasks/{held.task_id}", _("Go to your task"))
    return WhyNot(REFUSALS[refusal.value], "/", _("See the tasks")) if refusal else None


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


def _conflict(session: Session, refusal: Refusal, task_id: int) -> dict[str, str]:
    """Why it did not work, and another task that fits."""
    offers = queries.on_offer(session, principal(), now=services().clock())
    others = found.ranked([each for each in offers if each.task_id != task_id], _answers()[0])
    other = others[0] if others and refusal is not Refusal.ALREADY_HOLDS_A_TASK else None
    return {
        "sentence": str(REFUSALS[refusal.value]),
        "url": f"/tasks/{other.task_id}" if other else "",
        "title": other.title if other else "",
    }


def _first_step(session: Session) -> tuple[int, Project | None]:
    """Which of the four first steps is next, and the project it is about; 0 where the tasks can be shown.

    Once a project is followed, visitors see the list, and those who run the programme go on to what is missing.
    """
    followed = next(iter(projects.visible(session)), None)
    if followed is None:
        return (2 if principal().is_signed_in else 1), None
    if not principal().runs_programme or queries.was_anything_offered(session):
        return 0, followed
    return (4 if projects.last_runs(session, [followed.id]) else 3), followed


def _first_steps(step: int, followed: Project | None) -> str:
    return render_template(
        "tasks/first_steps.html",
        step=step,
        project=followed,
        admin_email=services().settings.admin_email,
        may_add=allows(principal(), Action.ADD_PROJECT),
        public_url=services().settings.public_url,
    )
