"""The line map in the header: which pages each role sees there, and which one the visitor is on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from connector.web.i18n import lazy_gettext as _l

VOLUNTEER = (("/", _l("Tasks")), ("/me", _l("My day")), ("/sizing", _l("How it works")))
COORDINATOR = (
    ("/coordinator/waiting", _l("What waits")),
    ("/coordinator/people", _l("People")),
    ("/coordinator/projects", _l("Projects")),
    ("/coordinator/reports", _l("Reports")),
)
PAGES = {
    "visitor": (("/", _l("Tasks")), ("/sizing", _l("How it works")), ("/maintainers", _l("What we write"))),
    "volunteer": VOLUNTEER,
    "coordinator": COORDINATOR,
    "admin": COORDINATOR,
    "maintainer": (
        ("/maintainers/projects", _l("My projects")),
        ("/maintainers", _l("What we write")),
        ("/sizing", _l("Sizes")),
    ),
    "company_contact": (("/company", _l("Reports")), ("/", _l("Tasks")), ("/sizing", _l("How it works"))),
    "nonprofit_contact": (("/nonprofit", _l("Days")), ("/", _l("Tasks")), ("/sizing", _l("How it works"))),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry of the line map."""

    path: str
    label: str
    is_here: bool


def stops(role: str, here: str) -> list[Stop]:
    """The entries of a role that lead somewhere; the longest path that ``here`` starts with is where one is."""
    pages = [(path, label) for path, label in PAGES.get(role, PAGES["visitor"]) if _leads_somewhere(path)]
    matching = [path for path, _label in pages if _is_below(here, path)]
    current = max(matching, key=len, default="")
    return [Stop(path, str(label), path == current) for path, label in pages]


def _is_below(here: str, path: str) -> bool:
    if path == "/":
        return here == "/" or here.startswith("/tasks/")
    return here == path or here.startswith(f"{path}/")


def _leads_somewhere(path: str) -> bool:
    adapter = current_app.url_map.bind(request.host)
    try:
        adapter.match(path, method="GET")
    except HTTPException as exc:
        return exc.code is not None and exc.code < 400  # a redirect to the address with a slash
    return True
