"""What maintainers and volunteers are told to do at a forge, for every kind of forge that is registered."""

from __future__ import annotations

import pytest

from connector.db.tables import Project
from connector.projects import guide
from sources import registry

HOME = "https://forge.example/halfeld/archive"
HOOK = "https://wecena.example/webhooks/x/k"
KEY = bytes(range(32))


def project(source: str) -> Project:
    return Project(source=source, web_url=HOME, path="halfeld/archive", clone_url="", default_branch="trunk")


@pytest.mark.parametrize("name", registry.SOURCES)
def test_the_hook_form_holds_the_address_and_every_secret(name: str) -> None:
    credentials = registry.source(name).credentials(KEY)
    form = guide.hook_form(project(name), HOOK, credentials)
    typed = [value for _label, value in form.fields]
    assert form.page.startswith(f"{HOME}/")
    assert typed.count(HOOK) == 1
    assert set(credentials.values()) <= set(typed)
    assert form.ticks
    assert "Add webhook" in form.last


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("github", f"{HOME}/blob/trunk/CONTRIBUTING.md"),
        ("gitlab", f"{HOME}/-/blob/trunk/CONTRIBUTING.md"),
        ("forgejo", f"{HOME}/src/branch/trunk/CONTRIBUTING.md"),
    ],
)
def test_the_contribution_guide_is_where_the_forge_shows_files(name: str, page: str) -> None:
    assert guide.guide_address(project(name)) == page
    assert guide.default_steps(project(name)).splitlines() == [f"git clone {HOME}.git", "cd archive", page]
