"""Which tracker an address belongs to."""

from __future__ import annotations

import pytest

from sources import registry
from sources.errors import NotAProjectAddress, UnknownSource


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/halfeld/archive", "github"),
        ("https://www.github.com/halfeld/archive/issues", "github"),
        ("github.com/halfeld/archive", "github"),
        ("git@github.com:halfeld/archive.git", "github"),
        ("https://gitlab.com/halfeld/archive", "gitlab"),
        ("git@gitlab.com:halfeld/records/archive.git", "gitlab"),
        ("https://gitlab.example.org/halfeld/archive", "gitlab"),
        ("ssh://git@gitlab.example.org:2222/halfeld/archive.git", "gitlab"),
        ("https://framagit.org/halfeld/archive/-/issues", "gitlab"),
    ],
)
def test_an_address_tells_its_tracker(url: str, expected: str) -> None:
    assert registry.recognise(url).source == expected


@pytest.mark.parametrize("url", ["https://framagit.org/halfeld/archive", "https://mygithub.com/a/b", "nonsense", ""])
def test_a_host_nobody_knows_must_be_named(url: str) -> None:
    with pytest.raises(NotAProjectAddress):
        registry.recognise(url)


def test_a_named_tracker_is_believed() -> None:
    assert registry.recognise("https://framagit.org/halfeld/archive", "gitlab").host == "framagit.org"


def test_an_unknown_tracker_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UnknownSource, match="github, gitlab"):
        registry.source("sourcehut")
