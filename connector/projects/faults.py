"""What is wrong in a project's own file, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from connector.projects.wecena_file import Fault, Why
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l

SENTENCES = {
    Why.TOO_LARGE: _l("longer than %(allowed)s characters."),
    Why.TAB: _l("it begins with a tab; indent with spaces."),
    Why.NOT_UNDERSTOOD: _l("“%(word)s” is not understood; write “key: value”."),
    Why.UNKNOWN_KEY: _l("“%(word)s” is no key here; known are %(allowed)s."),
    Why.TWICE: _l("“%(word)s” stands there twice."),
    Why.NO_VALUE: _l("a value is missing."),
    Why.NEEDS_LIST: _l("“%(word)s” needs a list, for example [a, b]."),
    Why.NEEDS_TEXT: _l("“%(word)s” needs one text."),
    Why.NEEDS_YES_OR_NO: _l("“%(word)s” is neither true nor false."),
    Why.NEEDS_NUMBER: _l("“%(word)s” is not a number of %(allowed)s."),
    Why.NOT_ONE_OF: _l("“%(word)s” is not one of %(allowed)s."),
    Why.UNCLOSED: _l("a quote or bracket is not closed."),
    Why.TOO_MANY: _l("more than %(allowed)s entries."),
}


def stored(fault: Fault) -> dict[str, object]:
    """A fault as JSON."""
    return {"line": fault.line, "why": fault.why.value, "word": fault.word, "allowed": fault.allowed}


def sentence(row: Mapping[str, object]) -> str:
    """A stored fault, with its line, in words."""
    words = {"word": row.get("word", ""), "allowed": row.get("allowed", "")}
    return _("Line %(line)s: %(why)s", line=row.get("line"), why=str(SENTENCES[Why(str(row.get("why")))]) % words)
