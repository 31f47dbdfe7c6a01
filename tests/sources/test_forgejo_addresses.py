"""Addresses of Forgejo and Gitea, as people paste them."""

from __future__ import annotations

import pytest

from sources.errors import NotAProjectAddress
from sources.forgejo.source import Forgejo

BERG, OWN = "https://codeberg.org", "https://git.example.org"


@pytest.mark.parametrize(
    ("url", "base_url", "path"),
    [
        (f"{BERG}/halfeld/archive", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive/", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive.git", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive/issues/12#issuecomment-3", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive/pulls/3/files", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive/src/branch/main/README.md", BERG, "halfeld/archive"),
        (f"{BERG}/halfeld/archive/a-page-of-tomorrow", BERG, "halfeld/archive"),
        (f"{BERG}/api/v1/repos/halfeld/archive/issues", BERG, "halfeld/archive"),
        (f"{BERG}/Halfeld/.profile", BERG, "Halfeld/.profile"),
        ("codeberg.org/halfeld/archive", BERG, "halfeld/archive"),
        ("www.codeberg.org/halfeld/archive", BERG, "halfeld/archive"),
        ("ssh://git@codeberg.org/halfeld/archive.git", BERG, "halfeld/archive"),
        ("git@git.example.org:halfeld/archive.git", OWN, "halfeld/archive"),
        (f"{OWN}:3000/halfeld/archive/issues", f"{OWN}:3000", "halfeld/archive"),
        (f"{OWN}/forge/halfeld/archive", f"{OWN}/forge", "halfeld/archive"),
        (f"{OWN}/forge/halfeld/archive/issues/12", f"{OWN}/forge", "halfeld/archive"),
        (f"{OWN}/halfeld/archive/issues/12", OWN, "halfeld/archive"),
        ("http://127.0.0.1:3000/halfeld/archive", "http://127.0.0.1:3000", "halfeld/archive"),
    ],
)
def test_a_pasted_address_means_a_repository(url: str, base_url: str, path: str) -> None:
    found = Forgejo().address(url)
    assert (found.base_url, found.path, found.source) == (base_url, path, "forgejo")
    assert Forgejo().address(found.web_url).path == path


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (BERG, "names no repository"),
        (f"{BERG}/halfeld", "account"),
        (f"{BERG}/explore/repos", "page of the forge"),
        (f"{BERG}/user/settings", "page of the forge"),
        (f"{BERG}/org/halfeld/dashboard", "page of the forge"),
        (f"{BERG}/-/admin", "page of the forge"),
        (f"{BERG}/halfeld/arch%20ive", "letters, digits"),
        (f"{BERG}/halfeld/..", "letters, digits"),
        ("https://docs.codeberg.org/getting-started/first-repository", "holds no repositories"),
    ],
)
def test_what_is_no_repository_is_refused_with_the_reason(url: str, why: str) -> None:
    with pytest.raises(NotAProjectAddress, match=why):
        Forgejo().address(url)


def test_the_api_is_below_the_root_of_the_installation() -> None:
    assert Forgejo().api_url(f"{OWN}/forge/") == f"{OWN}/forge/api/v1"
