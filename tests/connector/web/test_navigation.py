"""The line map: each role sees its own pages, and where it is."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from connector.web.navigation import PAGES, stops


@pytest.mark.parametrize(
    ("role", "here", "current"),
    [
        ("visitor", "/", "/"),
        ("visitor", "/tasks/7", "/"),
        ("visitor", "/sign-in", None),
        ("volunteer", "/me", "/me"),
        ("coordinator", "/coordinator/projects/3", "/coordinator/projects"),
        ("coordinator", "/company/1/report", "/coordinator/reports"),
        ("admin", "/maintainers/projects/1", "/coordinator/projects"),
        ("maintainer", "/maintainers/projects/1", "/maintainers/projects"),
        ("maintainer", "/maintainers", "/maintainers"),
        ("nobody", "/", "/"),
    ],
)
def test_one_stop_at_most_is_where_one_is(app: APIFlask, role: str, here: str, current: str | None) -> None:
    with app.test_request_context(here):
        assert [stop.path for stop in stops(role, here) if stop.is_here] == ([current] if current else [])


@pytest.mark.parametrize("role", PAGES)
def test_every_stop_leads_somewhere(app: APIFlask, role: str) -> None:
    with app.test_request_context("/"):
        assert [stop.path for stop in stops(role, "/")] == [path for path, _label in PAGES[role]]
