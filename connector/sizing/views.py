"""The page that says how sizes are estimated, and how well they came true."""

from __future__ import annotations

from flask import Blueprint, render_template

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.sizing import correction, queries, trust
from connector.sizing.spent import HOURS_OF_A_DAY
from connector.web.services import services

blueprint = Blueprint("sizing", __name__)


@blueprint.get("/sizing")
@requires(Action.USE_PUBLIC_PAGES)
def index() -> str:
    """What was said beside what happened, once there is enough of it."""
    with services().db.readers() as session:
        outcomes, outsider = queries.outcomes(session), queries.outsider(session)
    finished = len(trust.finished(outcomes))
    return render_template(
        "sizing/index.html",
        bins=trust.reliability(outcomes),
        coverage=trust.coverage(outcomes),
        finished=finished,
        unfinished=len(outcomes) - finished,
        fitting=trust.fitting(outcomes),
        holding=trust.holding(outcomes),
        is_alarming=trust.alarming_since(outcomes) is not None,
        needed=trust.PUBLIC_FROM,
        day=HOURS_OF_A_DAY,
        outsider=outsider,
        weight=correction.OUTSIDER_WEIGHT,
        promised=trust.PROMISED,
    )
