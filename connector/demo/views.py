"""What only the demonstration's pages have: a quiet line above the header to go on as somebody else."""

from __future__ import annotations

from apiflask import APIFlask
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from connector.accounts import guards, service
from connector.accounts.guards import requires
from connector.accounts.rules import Action, Role
from connector.accounts.views import LANDING, ROLE_NAMES
from connector.db.tables import Person
from connector.errors import NotFoundError
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("demo", __name__, template_folder="templates")


def install(app: APIFlask) -> None:
    """Add the line and what it does; for the demonstration's application only, since it lets anybody be anybody."""
    app.register_blueprint(blueprint)
    app.context_processor(_line)


@blueprint.post("/demo/continue")
@requires(Action.USE_PUBLIC_PAGES)
def continue_as() -> ResponseReturnValue:
    """Sign in as the chosen person, without a link."""
    now, chosen = services().clock(), request.form.get("person", "")
    with services().db.sessions.begin() as session:
        person = session.get(Person, int(chosen)) if chosen.isascii() and chosen.isdigit() else None
        if person is None:
            raise NotFoundError
        browser = service.start_session(session, person, now)
    guards.sign_in(person, browser)
    return redirect(LANDING.get(Role(person.role), "/"))


def _line() -> dict[str, object]:
    with services().db.readers() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
    return {
        "demo_line": {
            "name": _("Demonstration."),
            "lead": _("Continue as"),
            "verb": _("Continue"),
            "people": [
                {"id": one.id, "name": one.name or one.email, "role": ROLE_NAMES[Role(one.role)]} for one in people
            ],
        }
    }
