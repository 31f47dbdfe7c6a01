"""Pages that change what is offered: adding a project, its agreed labels, pausing, removing, harvesting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from connector.harvest.reoffering import reoffer
from connector.harvest.service import leave
from connector.harvest.service import stop as stop_project
from connector.projects import adding, consent, guide, hooks, queries, service
from connector.projects.adding import Asked
from connector.projects.reasons import sentence
from connector.projects.rules import Proof
from connector.projects.service import Added, NewProject
from connector.queue.service import enqueue
from connector.sizing.queries import line_of
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
    return render_template("projects/secret.html", project=project, form=form, is_new=True, hook=added.hook)


@blueprint.post("/coordinator/projects/<int:project_id>/labels")
@requires(Action.RUN_PROJECT)
def agree(project_id: int) -> ResponseReturnValue:
    """Record under which labels the maintainer agreed to be offered; none takes the agreement back."""
    labels = [label.strip() for label in request.form.get("labels", "").split(",") if label.strip()]
    note = request.form.get("note", "").strip()
    with _changing(project_id) as (session, project):
        proof = Proof.ATTESTED if note else consent.strongest(session, project)
        if labels and proof is None:
            raise UserError(_("Say who agreed to these labels, and when."))
        if project.known_labels:  # unknown as long as the forge was not asked
            adding.check_labels(labels, project.known_labels)
        by, proof = principal().person_id, proof or Proof.ATTESTED
        service.agree(session, project, labels, now=services().clock(), by=by, note=note, proof=proof)
    return _saved(project_id)


@blueprint.post("/coordinator/projects/<int:project_id>/harvest")
@requires(Action.RUN_PROJECT)
def pull(project_id: int) -> ResponseReturnValue:
    """Read its issues as soon as a worker is free."""
    with services().db.sessions.begin() as session:
        _harvest_soon(session, queries.get(session, project_id, principal()), services().clock())
    flash(_("Its issues are being read. Come back in a minute."))
    return redirect(url_for("projects.show", project_id=project_id))


@blueprint.post("/coordinator/projects/<int:project_id>/pause")
@requires(Action.RUN_PROJECT)
def pause(project_id: int) -> ResponseReturnValue:
    """Offer nothing of it for a while; whoever holds a task goes on."""
    with _changing(project_id) as (session, project):
        reason = request.form.get("reason", "").strip()
        service.pause(session, project, now=services().clock(), by=principal().person_id, reason=reason)
    return _saved(project_id)


@blueprint.post("/coordinator/projects/<int:project_id>/resume")
@requires(Action.RUN_PROJECT)
def resume(project_id: int) -> ResponseReturnValue:
    """Offer its tasks again."""
    with _changing(project_id) as (session, project):
        service.resume(session, project, now=services().clock(), by=principal().person_id)
    return _saved(project_id)


@blueprint.post("/maintainers/projects/<int:project_id>/resume")
@requires(Action.CHANGE_PROJECT)
def resume_mine(project_id: int) -> ResponseReturnValue:
    """The same, by its maintainer."""
    return resume(project_id)


@blueprint.get("/coordinator/projects/<int:project_id>/remove")
@requires(Action.RUN_PROJECT)
def ask_removal(project_id: int) -> str:
    """What removing does, before it is done."""
    return _confirmation(project_id, "remove")


@blueprint.post("/coordinator/projects/<int:project_id>/remove")
@requires(Action.RUN_PROJECT)
def remove(project_id: int) -> ResponseReturnValue:
    """Follow it no longer; open claims are freed."""
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        leave(session, project, now=services().clock(), by=principal().person_id)
    flash(_("%(path)s is no longer followed.", path=project.path))
    return redirect(url_for("projects.index"))


@blueprint.get("/maintainers/projects/<int:project_id>/stop")
@requires(Action.CHANGE_PROJECT)
def ask_stop(project_id: int) -> str:
    """What stopping does, before it is done."""
    return _confirmation(project_id, "stop")


@blueprint.post("/maintainers/projects/<int:project_id>/stop")
@requires(Action.CHANGE_PROJECT)
def stop(project_id: int) -> ResponseReturnValue:
    """Stop everything in this project at once: no new claims, open ones freed."""
    now, by = services().clock(), principal().person_id
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        reason = _("Stopped by %(who)s", who=principal().name or principal().email)
        stop_project(session, project, now=now, by=by, reason=reason)
    flash(_("Everything is stopped in this project."))
    return redirect(url_for("projects.for_maintainers", project_id=project_id))


@contextmanager
def _changing(project_id: int) -> Iterator[tuple[Session, Project]]:
    """A transaction on one's own project; what is offered of it is decided anew at its end."""
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        yield session, project
        reoffer(session, project, services().clock())
        _harvest_soon(session, project, services().clock())


def _saved(project_id: int) -> ResponseReturnValue:
    flash(_("Saved."))
    page = "projects.show" if principal().runs_programme else "projects.for_maintainers"
    return redirect(url_for(page, project_id=project_id))


def _confirmation(project_id: int, verb: str) -> str:
    with services().db.readers() as session:
        project = queries.get(session, project_id, principal())
        return render_template("projects/confirm.html", project=project, verb=verb)


def _harvest_soon(session: Session, project: Project, now: datetime) -> None:
    enqueue(session, f"harvest:{project.id}:{now:%Y%m%dT%H%M%S}", "harvest", ref=str(project.id), run_at=now, now=now)


def _asked(labels: tuple[str, ...]) -> Asked:
    form = request.form
    with services().db.readers() as session:
        hosts = queries.known_hosts(session)
        new = replace(adding.recognised(form.get("url", ""), form.get("source") or None, hosts=hosts), labels=labels)
        adding.check_host(session, new, principal().role)
    return adding.ask(services().connect, new)


def _previewed(asked: Asked) -> Preview:
    with services().db.readers() as session:
        line = line_of(session)
    try:
        path = asked.new.address.path
        return preview(asked.client, asked.new.known_labels, services().clock(), path=path, line=line)
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
