"""Pages that change what is offered: adding a project, its agreed labels, pausing, removing, harvesting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts import queries as people
from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.db.tables import Project
from connector.errors import UserError
from connector.harvest.preview import Preview, preview
from connector.projects import adding, guide, hooks, queries, service
from connector.projects.adding import Asked
from connector.projects.reasons import sentence
from connector.projects.service import Added, NewProject
from connector.queue.service import enqueue
from connector.web.i18n import gettext as _
from connector.web.services import services
from sources import registry
from sources.errors import SourceError

blueprint = Blueprint("harvest", __name__)


@blueprint.get("/coordinator/projects/add")
@requires(Action.ADD_PROJECT)
def add() -> str:
    """Where the address is pasted."""
    return render_template("projects/add.html", url=request.args.get("url", ""), source="", problem="", kinds=_kinds())


@blueprint.post("/coordinator/projects/add")
@requires(Action.ADD_PROJECT)
def look() -> ResponseReturnValue:
    """What the forge says of the address, and what would be offered; nothing is saved yet."""
    try:
        asked = _asked(())
        found = _previewed(asked)
    except UserError as exc:
        return _again(exc)
    return _proposal_page(asked.new, found)


@blueprint.post("/coordinator/projects/add/save")
@requires(Action.ADD_PROJECT)
def save() -> ResponseReturnValue:
    """Follow the project; shows the webhook's address and secret, once."""
    labels = tuple(
        dict.fromkeys(
            label.strip() for label in [*request.form.getlist("labels"), request.form.get("label", "")] if label.strip()
        )
    )
    note = request.form.get("agreed_note", "").strip()
    try:
        if labels and not note:
            raise UserError(_("Say who agreed to these labels, and when."))
        new = replace(_asked(labels).new, nonprofit=request.form.get("nonprofit", ""), agreed_note=note)
        added = _stored(new)
    except UserError as exc:
        return _again(exc)
    project = added.project
    credentials = registry.source(project.source).credentials(added.key)
    form = guide.hook_form(project, hooks.webhook_url(services().settings, added.hook), credentials)
    return render_template("projects/secret.html", project=project, form=form, is_new=True)


@blueprint.post("/coordinator/projects/<int:project_id>/harvest")
@requires(Action.RUN_PROJECT)
def pull(project_id: int) -> ResponseReturnValue:
    """Read its issues as soon as a worker is free."""
    with services().db.sessions.begin() as session:
        _harvest_soon(session, queries.get(session, project_id, principal()), services().clock())
    flash(_("Its issues are being read. Come back in a minute."))
    return redirect(url_for("projects.show", project_id=project_id))


def _harvest_soon(session: Session, project: Project, now: datetime) -> None:
    enqueue(session, f"harvest:{project.id}:{now:%Y%m%dT%H%M%S}", "harvest", ref=str(project.id), run_at=now, now=now)


def _asked(labels: tuple[str, ...]) -> Asked:
    form = request.form
    new = replace(adding.recognised(form.get("url", ""), form.get("source") or None), labels=labels)
    with services().db.readers() as session:
        adding.check_host(session, new, principal().role)
    return adding.ask(services().connect, new)


def _previewed(asked: Asked) -> Preview:
    try:
        return preview(asked.client, asked.new.known_labels, services().clock())
    except SourceError as exc:
        raise adding.explained(exc, asked.new.address.host) from exc


def _stored(new: NewProject) -> Added:
    now = services().clock()
    with services().db.sessions.begin() as session:
        added = service.add(session, new, vault=services().vault, now=now, by=principal().person_id)
        _harvest_soon(session, added.project, now)
    return added


def _proposal_page(new: NewProject, found: Preview) -> str:
    with services().db.readers() as session:
        nonprofits = people.nonprofit_names(session)
    return render_template(
        "projects/preview.html",
        new=new,
        found=found,
        nonprofits=nonprofits,
        owner=new.address.path.split("/")[0],
        why=sentence,
    )


def _again(problem: UserError) -> ResponseReturnValue:
    form = request.form
    page = render_template(
        "projects/add.html",
        url=form.get("url", ""),
        source=form.get("source", ""),
        problem=problem.message,
        kinds=_kinds(),
    )
    return page, problem.status


def _kinds() -> list[tuple[str, str]]:
    return [("", _("As the address says")), *((name, registry.source(name).title) for name in registry.SOURCES)]
