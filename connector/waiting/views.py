"""The coordinator's first page: what waits, oldest first, each with the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, allows
from connector.parked import queries as set_aside
from connector.waiting import queries
from connector.waiting.rules import Kind, Waiting
from connector.web.ages import Age, age
from connector.web.i18n import gettext as _
from connector.web.i18n import ngettext
from connector.web.services import services

blueprint = Blueprint("waiting", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, in words."""

    age: Age
    title: str
    text: str
    where: str
    next: str
    href: str


@blueprint.get("/coordinator/waiting")
@requires(Action.READ_WAITING)
def index() -> str:
    """What waits."""
    now = services().clock()
    with services().db.readers() as session:
        found = queries.waiting(session, now)
        parked = sum(set_aside.counts(session).values()) if allows(principal(), Action.OPERATE) else 0
    rows = [_row(each, age(each.since, now)) for each in found]
    return render_template("waiting/list.html", rows=rows, parked=parked)


@blueprint.get("/coordinator/")
@requires(Action.READ_WAITING)
def start() -> ResponseReturnValue:
    """A coordinator's way in."""
    return redirect("/coordinator/waiting")


def _row(each: Waiting, age: Age) -> Row:
    project, task = f"/coordinator/projects/{each.ref}", f"/tasks/{each.ref}"
    match each.kind:
        case Kind.DAYS_TO_CONFIRM:
            return Row(
                age, _("Days to confirm"), _declared(each), each.where, _("See the days"), "/coordinator/reports"
            )
        case Kind.EMPTY_HANDOVER:
            return Row(age, _("Handover without a note"), _("The note is empty"), each.where, _("See the task"), task)
        case Kind.EXPIRED_CLAIM:
            return Row(age, _("Time ran out"), _("Nobody has taken it since"), each.where, _("See the task"), task)
        case Kind.PAUSED_PROJECT:
            return Row(
                age, _("Project paused"), each.note or _("No reason was given"), each.where, _("See why"), project
            )
        case Kind.NO_AGREEMENT:
            text = _("Its maintainer has not agreed to a label yet: nothing is offered")
            return Row(age, _("Project without an agreed label"), text, each.where, _("Agree on a label"), project)
        case Kind.DELIVERIES:
            return Row(
                age, _("Deliveries not understood"), _deliveries(each), each.where, _("See the project"), project
            )
        case Kind.HARVEST:
            return Row(age, _("Harvest failed"), each.note, each.where, _("See the project"), project)
        case Kind.EFFECTS:
            return Row(age, _("Not written in the project"), each.note, each.where, _("See the project"), project)
        case Kind.TO_SPLIT | Kind.TOKEN | Kind.SIZE_WORDS | Kind.RANGES | Kind.WRITING_HELD:
            return _on_its_page(each, age)


def _on_its_page(each: Waiting, age: Age) -> Row:
    """What is seen to on a page of its own."""
    if each.kind is Kind.TO_SPLIT:
        return Row(age, _("To be split"), _to_split(each), each.where, _("Split them"), "/coordinator/split")
    if each.kind is Kind.SIZE_WORDS:
        address = f"/coordinator/projects/{each.ref}/sizes"
        return Row(age, _("Sizes without a meaning"), each.note, each.where, _("Say what they mean"), address)
    if each.kind is Kind.WRITING_HELD:
        text = _("We wrote more within an hour than can be right: nothing more goes out before somebody has looked")
        address = f"/maintainers/projects/{each.ref}/policy"
        return Row(age, _("Writing held"), text, each.where, _("See its policy"), address)
    if each.kind is Kind.RANGES:
        text = _("Fewer than seven of ten of the last thirty tasks stayed within their range. Read them with care.")
        return Row(age, _("The ranges were too narrow lately"), text, each.where, _("See the sizes"), "/sizing")
    text = _("Nothing is read or written there until the administrators replace it")
    return Row(age, _("Our token is refused"), text, each.where, _("See the projects"), "/coordinator/projects")


def _declared(each: Waiting) -> str:
    return ngettext("One record was declared", "%(num)s records were declared", num=each.count)


def _to_split(each: Waiting) -> str:
    return ngettext("One task is too big for one day", "%(num)s tasks are too big for one day", num=each.count)


def _deliveries(each: Waiting) -> str:
    return ngettext("One delivery was set aside", "%(num)s deliveries were set aside", num=each.count)
