"""The page that says how sizes are estimated, and how well they came true."""

from __future__ import annotations

from flask import Blueprint, render_template

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.sizing import queries
from connector.web.services import services

NEEDED = 30
"""Finished tasks before a comparison says anything."""

blueprint = Blueprint("sizing", __name__)


@blueprint.get("/sizing")
@requires(Action.USE_PUBLIC_PAGES)
def index() -> str:
    """What was said beside what happened, once there is enough of it."""
    with services().db.readers() as session:
        kept = queries.kept_promises(session)
    return render_template(
        "sizing/index.html", finished=kept.finished, expected=kept.expected, happened=kept.happened, needed=NEEDED
    )
