"""The one comment that a claim may have upstream: short, automated, in the project's language, naming nobody."""

from __future__ import annotations

from collections.abc import Sequence

from connector.courtesy.texts import language_of
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking


def marker(key: str) -> str:
    """The hidden text by which a comment of ours is found again."""
    return f"<!-- wecena:{key} -->"


STATES = ("claimed", "handed_over", "in_review", "done", "freed")
"""Everything that a comment may say; any other state says what freed says."""


def comment_text(state: str, *, languages: Sequence[str], address: str) -> str:
    """What the comment says, at most 400 characters, without the marker.

    ``state``: claimed, handed_over, in_review or done; any other says that nobody works on it.
    ``address``: the page that explains what we write and how to stop it.
    """
    with speaking(language_of(languages)):
        automated = _(
            "This automated comment is edited in place. What it is and how to stop it: %(address)s", address=address
        )
        return f"{_sentence(state)} {automated}"


def _sentence(state: str) -> str:
    match state:
        case "claimed":
            return _("A volunteer has taken this issue and works on it for about a day.")
        case "handed_over":
            return _("The volunteer had to stop; the notes are kept for the next one. Nobody works on this now.")
        case "in_review":
            return _("A volunteer has submitted work for this issue.")
        case "done":
            return _("The work of a volunteer on this issue is done.")
        case _:
            return _("The volunteer had to stop. Nobody works on this now.")
