"""The last link of a mail to a maintainer: one press stops everything in the project, without an account."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.courtesy.links import project_of
from connector.db.tables import Project
from connector.errors import NotFoundError
from connector.harvest.service import stop as stop_project
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("stop", __name__)


@blueprint.get("/stop/<token>")
@requires(Action.USE_PUBLIC_PAGES)
def ask(token: str) -> str:
    """One button. Opening the page changes nothing: programs that look for harm open every link of a mail."""
    with services().db.readers() as session:
        return render_template("projects/stop.html", project=_project(session, token))


@blueprint.post("/stop/<token>")
@requires(Action.USE_PUBLIC_PAGES)
def stop(token: str) -> str:
    """Stop everything at once; mail programs do so by their own unsubscribe button."""
    with services().db.sessions.begin() as session:
        project = _project(session, token)
        stop_project(session, project, now=services().clock(), by=None, reason=_("By the link of a mail"))
        return render_template("projects/stop.html", project=project)


def _project(session: Session, token: str) -> Project:
    project_id = project_of(token, services().settings.secret_key.get_secret_value())
    project = session.get(Project, project_id) if project_id is not None else None
    if project is None or project.removed_at is not None:
        raise NotFoundError(_("This link does not work, or not any more."))
    return project
