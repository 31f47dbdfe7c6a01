"""The admin's page of what was set aside, why, and the button that tries it again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.errors import NotFoundError
from connector.parked import queries, service
from connector.parked.rules import Kind, Parked, parse_name
from connector.web.ages import Age, age
from connector.web.i18n import gettext as _
from connector.web.i18n import ngettext
from connector.web.services import services

blueprint = Blueprint("parked", __name__)


@dataclass(frozen=True, slots=True)
class Group:
    """All of one kind: its title, what its kind means, how many there are, and those that are listed."""

    kind: Kind
    title: str
    text: str
    count: int
    rows: tuple[tuple[Parked, Age], ...]


@blueprint.get("/admin/parked")
@requires(Action.OPERATE)
def index() -> str:
    """What was set aside, kind by kind."""
    now = services().clock()
    with services().db.readers() as session:
        counted = queries.counts(session)
        rows = queries.parked(session)
        held = len(queries.held(session))
    groups = [
        Group(kind, *_words(kind), count, tuple((row, age(row.since, now)) for row in rows if row.kind is kind))
        for kind, count in counted.items()
    ]
    return render_template("parked/list.html", groups=groups, held=held, total=sum(counted.values()))


@blueprint.post("/admin/parked/<name>")
@requires(Action.OPERATE)
def retry(name: str) -> ResponseReturnValue:
    """Try all of a kind again."""
    return _retried(name)


@blueprint.post("/admin/parked/<kind>/<int:row_id>")
@requires(Action.OPERATE)
def retry_one(kind: str, row_id: int) -> ResponseReturnValue:
    """Try one again."""
    return _retried(f"{kind}/{row_id}")


@blueprint.post("/admin/released")
@requires(Action.OPERATE)
def release() -> ResponseReturnValue:
    """Send what was held since a restore."""
    with services().db.sessions.begin() as session:
        count = service.release(session, now=services().clock(), by=principal().person_id)
    return _told(count)


def _retried(name: str) -> ResponseReturnValue:
    wanted = parse_name(name)
    if wanted is None:
        raise NotFoundError(_("There is nothing at this address."))
    kind, row_id = wanted
    now, by = services().clock(), principal().person_id
    with services().db.sessions.begin() as session:
        if row_id is None:
            count = service.retry_all(session, kind, now=now, by=by)
        else:
            count = int(service.retry(session, kind, row_id, now=now, by=by))
    return _told(count)


def _told(count: int) -> ResponseReturnValue:
    if count:
        flash(ngettext("One is tried again now.", "%(num)s are tried again now.", num=count))
    else:
        flash(_("There was nothing left to try again."))
    return redirect(url_for("parked.index"))


def _words(kind: Kind) -> tuple[str, str]:
    match kind:
        case Kind.QUARANTINED:
            return _("Deliveries not understood"), _(
                "Genuine messages of a forge that this version cannot read. After an update, try them again."
            )
        case Kind.DELIVERY:
            return _("Deliveries that failed"), _("Understood, but applying them failed several times.")
        case Kind.JOB:
            return _("Jobs given up"), _("Work in the background that failed too often, or cannot succeed.")
        case Kind.EFFECT:
            return _("Not written in a project"), _(
                "Comments and assignments that the forge refused, or that are held since a restore."
            )
        case Kind.MAIL:
            return _("Mails not sent"), _("The mail server refused them for more than two hours.")
