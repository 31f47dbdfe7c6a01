"""Pages about Apps: an operator has one made at a forge, and sees where it is installed."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.db.tables import Hook
from connector.errors import NotAllowedError, UserError
from connector.projects import apps
from connector.web.i18n import gettext as _
from connector.web.security import CSP
from connector.web.services import services
from sources import registry
from sources.apps import HasApps
from sources.links import parts_of

blueprint = Blueprint("apps", __name__)

STATE_SECONDS = 3600
"""How long the forge's page may stay open; its own code lasts as long."""


@blueprint.get("/admin/apps")
@requires(Action.OPERATE)
def index() -> str:
    """The Apps that exist, and the form for another."""
    with services().db.readers() as session:
        return render_template(
            "projects/apps.html",
            apps=apps.listed(session),
            install_url=_install_url,
            can_adopt=apps.can_adopt(session, services()),
        )


@blueprint.post("/admin/apps")
@requires(Action.OPERATE)
def make() -> ResponseReturnValue:
    """The form that the browser sends on to the forge, filled in by us."""
    base_url = _base_url(request.form.get("forge", ""))
    owner = request.form.get("owner", "").strip().strip("/")
    if not all(letter.isalnum() or letter in "-_" for letter in owner):
        raise UserError(_("“%(owner)s” cannot be the name of an organization.", owner=owner))
    with services().db.sessions.begin() as session:
        app = apps.begin(
            session, services(), source="github", base_url=base_url, is_writing=request.form.get("level") == "write"
        )
        manifest = apps.form(services(), app, session.get_one(Hook, app.hook_id))
    kind = registry.source("github")
    page = kind.app_page(base_url, owner) if isinstance(kind, HasApps) else ""
    state = _serializer().dumps([app.id, principal().person_id])
    answer = make_response(
        render_template("projects/app_form.html", page=page, state=state, manifest=manifest, app=app)
    )
    # The one form of ours that another site takes.
    answer.headers["Content-Security-Policy"] = CSP.replace("form-action 'self'", f"form-action 'self' {base_url}")
    return answer


@blueprint.get("/admin/apps/back")
@requires(Action.OPERATE)
def back() -> ResponseReturnValue:
    """Where the forge sends the browser back to, with a code for the App."""
    try:
        app_id, person_id = _serializer().loads(request.args.get("state", ""), max_age=STATE_SECONDS)
    except BadSignature as exc:
        raise UserError(_("This came too late, or from somewhere else. Begin again.")) from exc
    if person_id != principal().person_id:
        raise NotAllowedError
    apps.finish(services(), int(app_id), request.args.get("code", ""), by=principal().person_id)
    flash(_("The App is made. Its key is kept encrypted; maintainers can install it now."))
    return redirect(url_for("apps.index"))


@blueprint.post("/admin/apps/adopt")
@requires(Action.OPERATE)
def adopt() -> ResponseReturnValue:
    """Use the App that the settings name."""
    apps.adopt(services(), by=principal().person_id)
    flash(_("The App is used from now on."))
    return redirect(url_for("apps.index"))


@blueprint.post("/admin/apps/<int:app_id>/hook")
@requires(Action.OPERATE)
def repair(app_id: int) -> ResponseReturnValue:
    """Set the address and the secret of an App's webhook again."""
    apps.configure(services(), app_id)
    flash(_("The webhook is in place."))
    return redirect(url_for("apps.index"))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="app")


def _base_url(typed: str) -> str:
    parts = parts_of(typed.strip() or "https://github.com")
    is_plain = parts.scheme == "http" and services().settings.networks
    if not parts.hostname or not (parts.scheme == "https" or is_plain) or parts.path.strip("/"):
        raise UserError(_("“%(url)s” is not the address of a forge.", url=typed))
    return f"{parts.scheme}://{parts.netloc}"


def _install_url(web_url: str) -> str:
    kind = registry.source("github")
    return kind.install_url(web_url) if isinstance(kind, HasApps) and web_url else ""
