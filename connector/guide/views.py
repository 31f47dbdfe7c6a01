"""Pages that explain: what the service does to a project, and how accessible it is."""

from __future__ import annotations

from flask import Blueprint, render_template

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.courtesy.texts import opt_out
from connector.outbox.comments import comment_text
from connector.web.i18n import current_language
from connector.web.i18n import gettext as _
from connector.web.services import services

blueprint = Blueprint("guide", __name__)


@blueprint.get("/maintainers")
@requires(Action.USE_PUBLIC_PAGES)
def maintainers() -> str:
    """What the service will do to a project, word for word."""
    address = opt_out(services().settings.public_url)
    return render_template(
        "guide/maintainers.html",
        comment=comment_text("claimed", languages=[current_language()], address=address),
        promises=_promises(),
        steps=_steps(),
        contact=services().settings.admin_email,
    )


@blueprint.get("/accessibility")
@requires(Action.USE_PUBLIC_PAGES)
def accessibility() -> str:
    """What works for whom, honestly."""
    return render_template("guide/accessibility.html", contact=services().settings.admin_email)


def _promises() -> list[tuple[str, str]]:
    return [
        (_("Two at a time"), _("At most two tasks claimed or in review, whoever asks.")),
        (_("Your contributors come first"), _("If someone else takes the issue, the volunteer stops at once.")),
        (_("No reminders"), _("We never nudge you.")),
        (_("Real people, own accounts"), _("Requests follow your guide, your licence terms and your AI policy.")),
    ]


def _steps() -> list[dict[str, object]]:
    return [
        {"text": _("Choose a label for what a newcomer can do in a day, such as “good first issue”."), "commands": []},
        {"text": _("Tell a coordinator that issues with this label may be offered."), "commands": []},
        {"text": _("Put the label on an issue. Within seconds it is a sized task."), "commands": []},
    ]
