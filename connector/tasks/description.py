"""The description of a request, ready to copy: what, why, how it was tested, the issue, and what the project asks to know."""

from __future__ import annotations

from connector.courtesy.rules import AiPolicy, Policy
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking


def to_copy(number: int, policy: Policy, *, is_part: bool) -> tuple[str, ...]:
    """The lines, in the project's language. A part of an issue refers to it and never closes it.

    Nothing of the issue's text is echoed, so that nobody is mentioned and no quick action runs by a paste.
    """
    with speaking(policy.language):
        headings = (_("What this changes"), _("Why it is useful"), _("How I tested it"))
        # The keyword stays English: forges honour no other language.
        keyword = "Part of" if is_part else "Closes"
        lines = [line for heading in headings for line in (f"## {heading}", "", "…", "")]
        return (*lines, f"{keyword} #{number}", "", _ai(policy.ai))


def _ai(wish: AiPolicy) -> str:
    """What a project wants to be told of tools that write code; one that says nothing is told as if it had asked."""
    match wish:
        case AiPolicy.FORBIDDEN:
            return _("No tool wrote any of this. I understand and tested every line.")
        case AiPolicy.FREE:
            return _("I understand and tested every line.")
        case AiPolicy.DISCLOSE | AiPolicy.UNKNOWN:
            return _("Tools that wrote part of this: none / which and for what. I understand and tested every line.")
