"""Pages about projects: the list, one project for those who run it, and one for its maintainers.

What changes which tasks are offered (adding, labels, pausing) is in `connector.harvest.views`, above the tasks.
"""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.courtesy.rules import OFFERED_WRITES, Upstream
from connector.courtesy.texts import opt_out
from connector.db.tables import Project
from connector.eligibility.queries import answers
from connector.eligibility.rules import unanswered
from connector.errors import NotFoundError, UserError
from connector.outbox.comments import comment_text
from connector.projects import apps, consent, guide, health, hooks, queries, service, token_ends, upkeep
from connector.projects.connections import token_for
from connector.projects.faults import sentence as sentence_of_fault
from connector.projects.reasons import sentence
from connector.projects.rules import shown_state
from connector.projects.written import words
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l
from connector.web.services import services
from sources import registry
from sources.keeping import HookLevel

blueprint = Blueprint("projects", __name__)

STATES = {"trial": _l("Trial"), "accepted": _l("Accepted"), "paused": _l("Paused")}


@blueprint.get("/coordinator/projects")
@requires(Action.READ_PROJECTS)
def index() -> str:
    """The projects one may see, each with its state and its funnel in short."""
    with services().db.readers() as session:
        projects = queries.listing(session, principal())
        ids = [project.id for project in projects]
        return render_template(
            "projects/list.html",
            projects=projects,
            funnels=queries.funnels(session, projects),
            runs=queries.last_runs(session, ids),
            hooks=queries.hooks(session, ids),
            state=_state,
        )


@blueprint.get("/coordinator/projects/<int:project_id>")
@requires(Action.READ_PROJECTS)
def show(project_id: int) -> str:
    """One project, for those who run it."""
    with services().db.readers() as session:
        return _page(session, queries.get(session, project_id, principal()))


@blueprint.get("/maintainers/projects")
@requires(Action.READ_PROJECTS)
def mine() -> str:
    """A maintainer's projects."""
    with services().db.readers() as session:
        projects = queries.listing(session, principal())
        return render_template(
            "projects/mine.html", projects=projects, funnels=queries.funnels(session, projects), state=_state
        )


@blueprint.get("/maintainers/projects/<int:project_id>")
@requires(Action.READ_AUDIT)
def for_maintainers(project_id: int) -> str:
    """What the service may write in a project, what it wrote, and how to stop it."""
    with services().db.readers() as session:
        project = queries.get(session, project_id, principal())
        return render_template(
            "projects/maintainer.html",
            **_writing(session, project),
            funnel=_funnel_rows(session, project),
            written=queries.written(session, project.id),
            words=partial(words, address=opt_out(services().settings.public_url)),
            state=_state,
            **_consent(session, project),
        )


@blueprint.post("/coordinator/projects/<int:project_id>/steps")
@requires(Action.CHANGE_PROJECT)
def save_steps(project_id: int) -> ResponseReturnValue:
    """Change how a volunteer starts; the default text is not stored, so that it follows the project."""
    text = "\n".join(line.rstrip() for line in request.form.get("steps", "").strip().splitlines())
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        own = "" if text == guide.default_steps(project) else text
        service.set_start_steps(session, project, own, now=services().clock(), by=principal().person_id)
    return _saved(project_id)


@blueprint.post("/coordinator/projects/<int:project_id>/cap")
@requires(Action.CHANGE_PROJECT)
def save_cap(project_id: int) -> ResponseReturnValue:
    """Change how many tasks may be in hand at once."""
    typed = request.form.get("cap", "")
    cap = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        service.set_wip_cap(session, project, cap, now=services().clock(), by=principal().person_id)
    return _saved(project_id)


@blueprint.post("/maintainers/projects/<int:project_id>/allow")
@requires(Action.CHANGE_PROJECT)
def allow(project_id: int) -> ResponseReturnValue:
    """Allow one action upstream, or take it back."""
    action = _action(request.form.get("action", ""))
    on = request.form.get("on") == "1"
    asker = principal()
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, asker)
        allowed = {Upstream(name) for name in project.allows}
        allowed = allowed | {action} if on else allowed - {action}
        # A maintainer speaks for themselves; anybody else names who agreed and when.
        agreement = request.form.get("agreement", "") if asker.runs_programme else asker.name or asker.email
        service.set_allows(session, project, allowed, agreement=agreement, now=services().clock(), by=asker.person_id)
    return _saved(project_id)


@blueprint.post("/coordinator/projects/<int:project_id>/hook")
@requires(Action.CHANGE_PROJECT)
def make_hook(project_id: int) -> ResponseReturnValue:
    """Make the project's webhook with our token, or repair it; for the whole owner where that is asked for."""
    level = HookLevel.OWNER if request.form.get("level") == HookLevel.OWNER.value else HookLevel.PROJECT
    with services().db.readers() as session:
        queries.get(session, project_id, principal())
    upkeep.install(services(), project_id, level, by=principal().person_id)
    flash(_("The webhook is in place."))
    return redirect(url_for("projects.show", project_id=project_id, _anchor="hook"))


@blueprint.get("/coordinator/projects/<int:project_id>/hook")
@requires(Action.READ_PROJECTS)
def hook_state(project_id: int) -> str:
    """Whether a first message came; the page with the recipe asks for this until it did."""
    with services().db.readers() as session:
        project = queries.get(session, project_id, principal())
        return render_template("projects/_pinged.html", project=project, hook=hooks.hook_of(session, project))


@blueprint.post("/coordinator/projects/<int:project_id>/secret")
@requires(Action.REPLACE_HOOK_SECRET)
def replace_secret(project_id: int) -> str:
    """Make a new secret for the hook, shown once; the old one works one day more."""
    now, vault = services().clock(), services().vault
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        hook = hooks.hook_of(session, project)
        if hook is None:
            hook, key = hooks.make_hook(session, project, vault=vault, now=now)
        else:
            key = hooks.rotate(session, hook, vault=vault, now=now, by=principal().person_id)
        address = hooks.webhook_url(services().settings, hook)
    credentials = registry.source(project.source).credentials(key)
    form = guide.hook_form(project, address, credentials)
    return render_template("projects/secret.html", project=project, form=form, is_new=False, hook=hook)


def _page(session: Session, project: Project) -> str:
    hook, shared = hooks.hook_of(session, project), hooks.owner_hook_of(session, project)
    return render_template(
        "projects/project.html",
        **_writing(session, project),
        funnel=_funnel_rows(session, project),
        hook=hook,
        kept=[(each, health.troubles(each)) for each in (hook, shared) if each is not None],
        can_make_hooks=token_for(services().settings, project.host) is not None and not project.is_offline,
        owner=hooks.owner_of(project),
        token_ends=token_ends.ends_of(session, services(), project),
        installable=apps.to_install(session, project),
        **_consent(session, project),
        webhook_url=hooks.webhook_url(services().settings, hook) if hook else "",
        open_questions=len(unanswered(answers(session, project.id))),
        run=queries.last_runs(session, [project.id]).get(project.id),
        quarantined=queries.quarantined(session, project.id),
        steps=guide.start_steps(project),
        state=_state,
    )


def _consent(session: Session, project: Project) -> dict[str, object]:
    faults = (project.own_file or {}).get("faults", [])
    return {
        "proofs": consent.proofs(session, project),
        "faults": [sentence_of_fault(row) for row in faults],
        "missing": consent.missing(project),
    }


def _writing(session: Session, project: Project) -> dict[str, object]:
    address = opt_out(services().settings.public_url)
    return {
        "project": project,
        "actions": [action.value for action in OFFERED_WRITES],
        "permissions": queries.permissions(session, project.id),
        "comment": comment_text("claimed", languages=project.languages, address=address),
    }


def _funnel_rows(session: Session, project: Project) -> list[dict[str, object]]:
    funnel = queries.funnels(session, [project])[project.id]
    rows: list[dict[str, object]] = [
        {"label": _("Seen in the project"), "count": funnel.seen, "kind": "seen", "reason": ""}
    ]
    rows += [
        {"label": sentence(reason), "count": count, "kind": "loss", "reason": reason} for reason, count in funnel.losses
    ]
    return [*rows, {"label": _("Offered"), "count": funnel.offered, "kind": "offered", "reason": ""}]


def _state(project: Project) -> str:
    return str(STATES[shown_state(project.state, is_paused=project.paused_at is not None)])


def _action(name: str) -> Upstream:
    try:
        action = Upstream(name)
    except ValueError:
        raise UserError(_("This action does not exist.")) from None
    if action not in OFFERED_WRITES:
        raise NotFoundError
    return action


def _saved(project_id: int) -> ResponseReturnValue:
    flash(_("Saved."))
    page = "projects.show" if principal().runs_programme else "projects.for_maintainers"
    return redirect(url_for(page, project_id=project_id))
