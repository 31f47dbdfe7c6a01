"""Pages of those who decide between offering and splitting: the line, what is to be split, one task's parts and size."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, allows
from connector.db.tables import Task
from connector.errors import UserError
from connector.offering import meanings, queries, service
from connector.sizing.line import DEFAULT
from connector.sizing.parts import Split
from connector.sizing.queries import line_of
from connector.sizing.words import HOURS, WEIGHT
from connector.tasks.rules import Refusal, Status, may_follow
from connector.tasks.words import REFUSALS
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l
from connector.web.services import services

blueprint = Blueprint("offering", __name__)

LONGEST_FORM = 20_000
QUIET_NAMES = (_l("Never"), _l("One year"), _l("Two years"), _l("Three years"), _l("Five years"))


@blueprint.get("/coordinator/line")
@requires(Action.DRAW_LINE)
def line() -> str:
    """Where the line is, how old an issue may be, and what each other choice would do, before anything is saved."""
    with services().db.readers() as session:
        drawn = line_of(session)
        return render_template(
            "offering/line.html",
            drawn=drawn,
            default=DEFAULT,
            effects=queries.effects(session, sorted({*service.LINES, drawn.chance})),
            patience=queries.patience(session, service.QUIET_DAYS, services().clock()),
            names=dict(zip(service.QUIET_DAYS, QUIET_NAMES, strict=True)),
        )


@blueprint.post("/coordinator/line")
@requires(Action.DRAW_LINE)
def draw() -> ResponseReturnValue:
    """Draw the line elsewhere: every issue is decided anew."""
    try:
        chance = float(request.form.get("chance", "")[:10])
    except ValueError:
        raise UserError(_("Choose one of the lines shown.")) from None
    with services().db.sessions.begin() as session:
        service.draw_line(session, chance, now=services().clock(), by=principal().person_id)
    flash(_("Saved."))
    return redirect(url_for("offering.line"))


@blueprint.post("/coordinator/line/age")
@requires(Action.DRAW_LINE)
def keep_back() -> ResponseReturnValue:
    """Keep issues back after another length without news: every issue is decided anew."""
    chosen = request.form.get("days", "")
    if not re.fullmatch(r"[0-9]{1,5}|", chosen):
        raise UserError(_("Choose one of the lengths shown."))
    with services().db.sessions.begin() as session:
        days = int(chosen) if chosen else None
        service.keep_back_after(session, days, now=services().clock(), by=principal().person_id)
    flash(_("Saved."))
    return redirect(url_for("offering.line"))


@blueprint.get("/coordinator/split")
@requires(Action.SIZE_TASK)
def to_split() -> str:
    """The tasks that are too big or too unlikely to be offered whole."""
    with services().db.readers() as session:
        tasks = queries.to_split(session, principal())
        rows = [(task, service.proposed(task.issue) if task.issue else None) for task in tasks]
        may_draw = allows(principal(), Action.DRAW_LINE)
        return render_template("offering/to_split.html", rows=rows, line=line_of(session).chance, may_draw=may_draw)


@blueprint.get("/tasks/<int:task_id>/split")
@requires(Action.SIZE_TASK)
def ask_split(task_id: int) -> ResponseReturnValue:
    """The parts that the text suggests, each sized, to be changed and confirmed."""
    with services().db.readers() as session:
        task = queries.sizable(session, task_id, principal())
        split = service.proposed(task.issue) if task.issue else None
        return _split_page(session, task, list(split.titles) if split else [], proposed=split)


@blueprint.post("/tasks/<int:task_id>/split")
@requires(Action.SIZE_TASK)
def split(task_id: int) -> ResponseReturnValue:
    """Size the parts as typed, or put them in the task's place once confirmed."""
    now, titles = services().clock(), _typed(request.form.get("parts", ""))
    if request.form.get("do") != "confirm":
        with services().db.readers() as session:
            return _split_page(session, queries.sizable(session, task_id, principal()), titles)
    try:
        with services().db.sessions.begin() as session:
            task = queries.sizable(session, task_id, principal())
            made = service.split(session, task, titles, now=now, by=principal().person_id)
    except UserError as exc:
        with services().db.readers() as session:
            task = queries.sizable(session, task_id, principal())
            return _split_page(session, task, titles, wrong={"parts": exc.message}), exc.status
    if isinstance(made, Refusal):
        flash(str(REFUSALS[made.value]), "wrong")
        return redirect(f"/tasks/{task_id}")
    flash(_("The task is split into %(count)s parts. Nothing was written in the project.", count=len(made)))
    return redirect(f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/size")
@requires(Action.SIZE_TASK)
def size(task_id: int) -> ResponseReturnValue:
    """Take this person's word for the size."""
    try:
        days = Decimal(request.form.get("days", "")[:5])
    except InvalidOperation:
        raise UserError(_("Choose half a day, one day or more than a day.")) from None
    with services().db.sessions.begin() as session:
        task = queries.sizable(session, task_id, principal())
        service.override(session, task, days, now=services().clock(), by=principal().person_id)
    flash(_("Saved."))
    return redirect(f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/wanted")
@requires(Action.SIZE_TASK)
def wanted(task_id: int) -> ResponseReturnValue:
    """Take this person's word that the project still wants it."""
    with services().db.sessions.begin() as session:
        task = queries.sizable(session, task_id, principal())
        service.still_wanted(session, task, now=services().clock(), by=principal().person_id)
    flash(_("Saved. It counts for a year."))
    return redirect(f"/tasks/{task_id}")


@blueprint.post("/tasks/<int:task_id>/misread")
@requires(Action.SIZE_TASK)
def misread(task_id: int) -> ResponseReturnValue:
    """Take this person's word that the text does not say what was read in it."""
    with services().db.sessions.begin() as session:
        task = queries.sizable(session, task_id, principal())
        service.set_aside(session, task, now=services().clock(), by=principal().person_id)
    flash(_("Saved. It counts until the text changes."))
    return redirect(f"/tasks/{task_id}")


@blueprint.get("/coordinator/projects/<int:project_id>/sizes")
@requires(Action.SIZE_TASK)
def ask_meanings(project_id: int) -> str:
    """What the size words and weights of a project mean there."""
    with services().db.readers() as session:
        project = meanings.explainable(session, project_id, principal())
        return render_template(
            "offering/sizes.html", project=project, asked=meanings.asked(session, project), hours=HOURS, weight=WEIGHT
        )


@blueprint.post("/coordinator/projects/<int:project_id>/sizes")
@requires(Action.SIZE_TASK)
def explain(project_id: int) -> ResponseReturnValue:
    """Keep the answers; what was not answered is asked again."""
    with services().db.sessions.begin() as session:
        project = meanings.explainable(session, project_id, principal())
        given = {each.word: request.form.get(f"word-{each.word}", "") for each in meanings.asked(session, project)}
        said = {word: _hours(text) for word, text in given.items() if text}
        meanings.answer(session, project, said, now=services().clock(), by=principal().person_id)
    flash(_("Saved."))
    return redirect(url_for("offering.ask_meanings", project_id=project_id))


def _hours(text: str) -> float | None:
    """Hours as the form has them; ``none``: it means no time."""
    try:
        return None if text == "none" else float(text[:10])
    except ValueError:
        raise UserError(_("Choose one of the lengths shown.")) from None


def _split_page(
    session: Session,
    task: Task,
    titles: list[str],
    *,
    proposed: Split | None = None,
    wrong: dict[str, str] | None = None,
) -> str:
    parts = service.sized(session, task, titles, services().clock())
    return render_template(
        "offering/split.html",
        can_split=not task.part and may_follow(Status(task.status), Status.SPLIT),
        parts=parts,
        proposed=proposed,
        task=task,
        text="\n".join(titles),
        together=service.together(parts, task.estimate),
        wrong=wrong or {},
    )


def _typed(text: str) -> list[str]:
    return [line.strip() for line in text[:LONGEST_FORM].splitlines() if line.strip()][:100]
