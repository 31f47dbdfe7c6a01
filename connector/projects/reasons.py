"""Why a request is not offered, in words, by rule id."""

from __future__ import annotations

from connector.web.i18n import lazy_gettext as _l

REASONS: dict[str, str] = {
    "assigned": _l("Already assigned"),
    "locked": _l("Discussion locked"),
    "blocked": _l("Blocked by another"),
    "closed": _l("Closed"),
    "linked_request": _l("A request exists"),
    "archived": _l("Archived"),
    "paused": _l("Project paused"),
    "too_big": _l("Too big for one day"),
    "unlikely": _l("Unlikely to fit one day"),
    "split": _l("Split into smaller tasks"),
    "unlabelled": _l("No agreed label"),
    "not_agreed": _l("Maintainer’s agreement awaited"),
    "not_public": _l("Not public"),
    "rejecting_label": _l("A label rules it out"),
    "discussion": _l("Still discussed"),
    "stale": _l("No news for long"),
    "security": _l("About security"),
    "draft": _l("Still being written"),
    "sub_issues": _l("A list of other issues"),
    "in_progress": _l("Somebody is at work on it"),
    "platform": _l("Needs a certain system or device"),
    "needs_access": _l("Needs restricted access"),
    "in_hand": _l("Taken or in review"),
}


def sentence(reason: str) -> str:
    """The words for a rule id; one we do not know is shown as it is."""
    return str(REASONS.get(reason, reason))
