"""The list of trackers, and which one a pasted address belongs to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sources.errors import NotAProjectAddress, UnknownSource
from sources.registry import SOURCES, recognise, source


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


@pytest.mark.parametrize(
    "url", ["", "   ", "halfeld", "https://", "ftp://github.com/a/b", "javascript:alert(1)", "a b"]
)
def test_text_that_is_no_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(NotAProjectAddress) as refusal:
        recognise(url)
    assert "\n" not in str(refusal.value)
