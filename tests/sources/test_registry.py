"""The list of trackers, and which one a pasted address belongs to."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sources.errors import NotAProjectAddress, UnknownSource
from sources.registry import SOURCES, kind_of, recognise, source

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SOURCES)
def test_a_registered_tracker_says_its_own_name(name: str) -> None:
    assert source(name).name == name
    assert source(name).title
    assert source(name).default_host


def test_an_unknown_tracker_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownSource, match=r"'sourcehut'.*github, gitlab"):
        source("sourcehut")


def test_a_tracker_nobody_uses_is_not_loaded() -> None:
    code = (
        "import sys; from sources.registry import source; source('github'); sys.exit('gitlab' in sys.modules or "
        "'sources.gitlab.source' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 (our own line)


@pytest.mark.parametrize("name", SOURCES)
def test_trackers_do_not_know_each_other(name: str) -> None:
    """Import contract 4 of the house: the list of trackers is the registry, so that a new one is held to it too."""
    others = {f"sources.{other}" for other in SOURCES if other != name}
    for file in (ROOT / "sources" / name).rglob("*.py"):
        for module in imported(file):
            assert not any(f"{module}.".startswith(f"{other}.") for other in others), f"{file} imports {module}"


@pytest.mark.parametrize("name", SOURCES)
def test_only_a_tracker_itself_and_its_test_forge_import_its_modules(name: str) -> None:
    for package in ("connector", "webhooks", "sources"):
        for file in (ROOT / package).rglob("*.py"):
            if not file.is_relative_to(ROOT / "sources" / name):
                assert not [one for one in imported(file) if f"{one}.".startswith(f"sources.{name}.")], file


def imported(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("name", SOURCES)
def test_the_readme_names_every_tracker(name: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"(`{name}`)" in text


def test_every_name_of_a_kind_leads_to_its_tracker() -> None:
    assert [kind_of(name) for name in ("github", "gitlab", "forgejo", "gitea", "gogs")] == [
        "github", "gitlab", "forgejo", "forgejo", "forgejo",
    ]  # fmt: skip
    assert kind_of("sourcehut") is None


RECOGNISED = [
    ("https://github.com/halfeld/archive", "github", "halfeld/archive", "https://github.com"),
    ("https://www.github.com/halfeld/archive/", "github", "halfeld/archive", "https://github.com"),
    ("github.com/halfeld/archive.git", "github", "halfeld/archive", "https://github.com"),
    ("git@github.com:halfeld/archive.git", "github", "halfeld/archive", "https://github.com"),
    ("https://github.example.org/halfeld/archive", "github", "halfeld/archive", "https://github.example.org"),
    ("https://halfeld.ghe.com/team/archive", None, "", ""),
    ("https://gitlab.com/halfeld/sub/archive", "gitlab", "halfeld/sub/archive", "https://gitlab.com"),
    ("git@gitlab.com:halfeld/sub/archive.git", "gitlab", "halfeld/sub/archive", "https://gitlab.com"),
    ("https://gitlab.example.org/halfeld/archive/-/issues", "gitlab", "halfeld/archive", "https://gitlab.example.org"),
    ("https://forge.example.org/halfeld/archive/-/boards/3", "gitlab", "halfeld/archive", "https://forge.example.org"),
    (
        "ssh://git@gitlab.example.org:2222/halfeld/archive.git",
        "gitlab",
        "halfeld/archive",
        "https://gitlab.example.org",
    ),
    ("https://codeberg.org/halfeld/archive/issues/12", "forgejo", "halfeld/archive", "https://codeberg.org"),
    ("https://www.codeberg.org/halfeld/archive", "forgejo", "halfeld/archive", "https://codeberg.org"),
    ("git@codeberg.org:halfeld/archive.git", "forgejo", "halfeld/archive", "https://codeberg.org"),
    (
        "https://gitea.example.org/halfeld/archive/src/branch/main",
        "forgejo",
        "halfeld/archive",
        "https://gitea.example.org",
    ),
    ("https://forge.example.org/halfeld/archive/src/branch/main", None, "", ""),
    ("https://forge.example.org/halfeld/archive", None, "", ""),
    ("https://notgithub.com/halfeld/archive", None, "", ""),
]


@pytest.mark.parametrize(("url", "name", "path", "base_url"), RECOGNISED)
def test_the_tracker_of_a_pasted_address(url: str, name: str | None, path: str, base_url: str) -> None:
    if name is None:
        with pytest.raises(NotAProjectAddress, match="kind of forge"):
            recognise(url)
        return
    address = recognise(url)
    assert (address.source, address.path, address.base_url) == (name, path, base_url)


def test_a_named_tracker_is_believed() -> None:
    assert recognise("https://code.example.org/halfeld/archive", "github").source == "github"
    assert recognise("https://code.example.org/halfeld/archive", "gitlab").source == "gitlab"
    assert recognise("https://code.example.org/halfeld/archive", "forgejo").source == "forgejo"


def test_a_host_that_is_known_needs_no_name() -> None:
    hosts = {"git.example.org": "forgejo", "code.example.org:8443": "gitlab"}
    assert recognise("https://git.example.org/halfeld/archive", hosts=hosts).source == "forgejo"
    assert recognise("https://code.example.org:8443/halfeld/archive", hosts=hosts).source == "gitlab"
    with pytest.raises(NotAProjectAddress, match="kind of forge"):
        recognise("https://code.example.org/halfeld/archive", hosts=hosts)


@pytest.mark.parametrize(
    "url", ["", "   ", "halfeld", "https://", "ftp://github.com/a/b", "javascript:alert(1)", "a b"]
)
def test_text_that_is_no_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(NotAProjectAddress) as refusal:
        recognise(url)
    assert "\n" not in str(refusal.value)
