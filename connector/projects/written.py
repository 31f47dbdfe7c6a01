"""What we wrote in a project, and what we would write, word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connector.courtesy.queries import policy_of
from connector.db.tables import Project
from connector.outbox.comments import STATES, comment_text
from connector.web.i18n import gettext as _


def words(entry: Mapping[str, object], project: Project, address: str) -> str:
    """One entry of the audit list; ``address``: the page that our comments lead to."""
    login, label = entry.get("login"), entry.get("label")
    match entry.get("kind"):
        case "comment" if entry.get("deleted"):
            return _("Deleted a second copy of our comment")
        case "comment":
            state = str(entry.get("state"))
            return str(entry.get("text") or comment_text(state, languages=project.languages, address=address))
        case "assign" if entry.get("suggested"):
            return _("Proposed %(login)s as assignee", login=login)
        case "assign" if entry.get("assigned") is False or entry.get("suggested") is False:
            return _("Tried to assign %(login)s; the project does not take this person", login=login)
        case "assign":
            return _("Assigned %(login)s", login=login)
        case "unassign":
            return _("Took %(login)s off the assignees", login=login)
        case "label" if entry.get("labelled") is False:
            return _("Found no label %(label)s, and made none", label=label)
        case "label":
            return _("Put the label %(label)s there", label=label)
        case "unlabel":
            return _("Took the label %(label)s away", label=label)
        case kind:
            return str(kind)


def comments(project: Project, address: str) -> Sequence[tuple[str, str]]:
    """When a comment says what, in the project's language."""
    when = {
        "claimed": _("A volunteer takes the issue"),
        "handed_over": _("They hand it over"),
        "in_review": _("They have opened a request"),
        "done": _("The work is done"),
        "freed": _("They stop without it"),
    }
    return [(when[state], comment_text(state, languages=project.languages, address=address)) for state in STATES]


def marks(project: Project) -> Sequence[tuple[str, str]]:
    """When something else than a comment changes, and what."""
    policy = policy_of(project)
    label = policy.claim_label or _("(none is chosen yet)")
    assigned = (
        _("The volunteer’s own account is proposed as assignee; somebody of the project confirms it.")
        if policy.suggests
        else _("The volunteer’s own account appears as assignee, and is removed when they stop.")
    )
    text = _(
        "The label %(label)s is put beside the others, and taken away at the end. No other is touched.", label=label
    )
    return [(_("Assign the issue"), assigned), (_("Mark the issue with a label"), text)]
