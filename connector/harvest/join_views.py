"""One project's page for its maintainers, by a signed link and without an account.

The link shows the page and can stop everything. It changes anything else only once the App or a file in the repository
proves that its maintainers are behind it. A webhook proves nothing here: whoever has the link can see its secret.
"""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.courtesy.rules import OFFERED_WRITES, Upstream
from connector.courtesy.texts import opt_out
from connector.db.tables import Project
from connector.errors import NotAllowedError, NotFoundError, UserError
from connector.harvest.reoffering import reoffer
from connector.harvest.service import stop as stop_project
from connector.outbox.comments import comment_text
from connector.projects import apps, consent, guide, hooks, queries, service
from connector.projects.faults import sentence as sentence_of_fault
from connector.queue.service import enqueue
from connector.web.i18n import gettext as _
from connector.web.services import services
from sources import registry

blueprint = Blueprint("join", __name__)

LASTS_SECONDS = 90 * 24 * 3600
"""How long a link works; a coordinator can give another at any time."""


def link_of(project: Project) -> str:
    """The address to give to a project's maintainers. It dies with the project, and after `LASTS_SECONDS`."""
    return f"{services().settings.public_url}/join/{_serializer().dumps([project.id, project.created_at.isoformat()])}"


@blueprint.get("/coordinator/projects/<int:project_id>/link")
@requires(Action.RUN_PROJECT)
def give(project_id: int) -> str:
    """The link, to be sent to a maintainer."""
    with services().db.readers() as session:
        project = session.get(Project, project_id)
        if project is None or project.removed_at is not None:
            raise NotFoundError
        return render_template("projects/link.html", project=project, link=link_of(project))


@blueprint.get("/join/<token>")
@requires(Action.USE_PUBLIC_PAGES)
def show(token: str) -> str:
    """What the service would do in this project, what proves the rights, and what to do next."""
    with services().db.readers() as session:
        project = project_of_link(session, token)
        hook = hooks.hook_of(session, project)
        faults = (project.own_file or {}).get("faults", [])
        return render_template(
            "projects/join.html",
            project=project,
            token=token,
            missing=consent.missing(project),
            proofs=consent.proofs(session, project),
            is_proved=consent.by_rights(session, project) is not None,
            faults=[sentence_of_fault(row) for row in faults],
            installable=apps.to_install(session, project),
            has_messages=bool(hook and (hook.pinged_at or hook.last_delivery_at)),
            funnel=queries.funnels(session, [project])[project.id],
            actions=[action.value for action in OFFERED_WRITES],
            comment=comment_text("claimed", languages=project.languages, address=_maintainers_page()),
        )


@blueprint.post("/join/<token>/agree")
@requires(Action.USE_PUBLIC_PAGES)
def agree(token: str) -> ResponseReturnValue:
    """Say under which labels issues may be offered, and what may be written."""
    labels = [label.strip() for label in request.form.get("labels", "").split(",") if label.strip()]
    allowed = {
        Upstream(name) for name in request.form.getlist("allow") if name in {each.value for each in OFFERED_WRITES}
    }
    now = services().clock()
    with services().db.sessions.begin() as session:
        project = project_of_link(session, token)
        proof = consent.by_rights(session, project)
        if proof is None:
            raise NotAllowedError(_("Nothing proves yet that the project’s maintainers sent this."))
        note = _("By the link of the project")
        service.agree(session, project, labels, now=now, by=None, note=note, proof=proof)
        service.set_allows(session, project, allowed, agreement=note, now=now, by=None)
        reoffer(session, project, now)
        _harvest_soon(session, project)
    flash(_("Saved."))
    return redirect(url_for("join.show", token=token))


@blueprint.post("/join/<token>/look")
@requires(Action.USE_PUBLIC_PAGES)
def look(token: str) -> ResponseReturnValue:
    """Read the project now: a file was put there."""
    with services().db.sessions.begin() as session:
        _harvest_soon(session, project_of_link(session, token))
    flash(_("Its issues are being read. Come back in a minute."))
    return redirect(url_for("join.show", token=token))


@blueprint.post("/join/<token>/hook")
@requires(Action.USE_PUBLIC_PAGES)
def recipe(token: str) -> str:
    """The recipe of a webhook with a fresh secret, as long as none has sent anything."""
    now, vault = services().clock(), services().vault
    with services().db.sessions.begin() as session:
        project = project_of_link(session, token)
        hook = hooks.hook_of(session, project)
        if hook is None:
            hook, key = hooks.make_hook(session, project, vault=vault, now=now)
        elif hook.pinged_at or hook.last_delivery_at:
            raise UserError(_("The webhook works already; a coordinator can replace its secret."))
        else:
            key = hooks.rotate(session, hook, vault=vault, now=now)
        audit.record(session, consent.SECRET_BY_LINK, now=now, by=None, project_id=project.id)
    credentials = registry.source(project.source).credentials(key)
    form = guide.hook_form(project, hooks.webhook_url(services().settings, hook), credentials)
    back, waits = url_for("join.show", token=token), url_for("join.pinged", token=token)
    return render_template(
        "projects/secret.html", project=project, form=form, is_new=True, hook=hook, back=back, waits=waits
    )


@blueprint.get("/join/<token>/pinged")
@requires(Action.USE_PUBLIC_PAGES)
def pinged(token: str) -> str:
    """Whether a first message came."""
    with services().db.readers() as session:
        project = project_of_link(session, token)
        waits = url_for("join.pinged", token=token)
        return render_template(
            "projects/_pinged.html", project=project, hook=hooks.hook_of(session, project), waits=waits
        )


@blueprint.post("/join/<token>/stop")
@requires(Action.USE_PUBLIC_PAGES)
def stop(token: str) -> ResponseReturnValue:
    """Stop everything in this project at once; needs no other proof than the link."""
    with services().db.sessions.begin() as session:
        project = project_of_link(session, token)
        stop_project(session, project, now=services().clock(), by=None, reason=_("By the link of the project"))
    flash(_("Everything is stopped in this project."))
    return redirect(url_for("join.show", token=token))


def project_of_link(session: Session, token: str) -> Project:
    """The project that a link is for; raises `NotFoundError` for a wrong, old or dead one."""
    try:
        project_id, created = _serializer().loads(token, max_age=LASTS_SECONDS)
    except BadSignature as exc:
        raise NotFoundError(_("This link does not work, or not any more. Ask the coordinator for another.")) from exc
    project = session.get(Project, project_id)
    if project is None or project.removed_at is not None or project.created_at.isoformat() != created:
        raise NotFoundError
    return project


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="join")


def _maintainers_page() -> str:
    return opt_out(services().settings.public_url)


def _harvest_soon(session: Session, project: Project) -> None:
    now = services().clock()
    # At most one a minute, however often somebody presses.
    key = f"harvest:{project.id}:{now:%Y%m%dT%H%M}:link"
    enqueue(session, key, "harvest", ref=str(project.id), run_at=now, now=now)
