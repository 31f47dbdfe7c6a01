"""Which GitLab project a pasted address means."""

from __future__ import annotations

import pytest

from sources.errors import NotAProjectAddress
from sources.gitlab.source import GitLab

GITLAB = GitLab()
COM = "https://gitlab.com"


@pytest.mark.parametrize(
    ("url", "base_url", "path"),
    [
        ("https://gitlab.com/halfeld/archive", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/", COM, "halfeld/archive"),
        ("  https://gitlab.com/halfeld/archive.git ", COM, "halfeld/archive"),
        ("gitlab.com/halfeld/archive", COM, "halfeld/archive"),
        ("https://www.gitlab.com/halfeld/archive", COM, "halfeld/archive"),
        ("https://GitLab.com/Halfeld/Archive", COM, "Halfeld/Archive"),
        ("https://gitlab.com/halfeld/records/paper/archive", COM, "halfeld/records/paper/archive"),
        ("https://gitlab.com/halfeld/records/archive/-/issues/5#note_9", COM, "halfeld/records/archive"),
        ("https://gitlab.com/halfeld/archive/-/issues?label_name=easy", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/-/boards", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/-/work_items/8", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/issues/5", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/issues", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/merge_requests/12", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/boards/3", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/blob/main/README.md", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/archive/tree/main/docs", COM, "halfeld/archive"),
        ("https://gitlab.com/halfeld/issues-of-2026", COM, "halfeld/issues-of-2026"),
        ("https://gitlab.com/issues/archive", COM, "issues/archive"),
        ("https://gitlab.com/halfeld/.dotfiles", COM, "halfeld/.dotfiles"),
        ("git@gitlab.com:halfeld/records/archive.git", COM, "halfeld/records/archive"),
        ("ssh://git@gitlab.com:2222/halfeld/archive.git", COM, "halfeld/archive"),
        ("https://oauth2:glpat-secret@gitlab.com/halfeld/archive.git", COM, "halfeld/archive"),
        ("https://framagit.org/halfeld/archive", "https://framagit.org", "halfeld/archive"),
        ("https://git.example:8443/halfeld/archive", "https://git.example:8443", "halfeld/archive"),
        ("https://git.example:443/halfeld/archive", "https://git.example", "halfeld/archive"),
        ("http://127.0.0.1:9002/halfeld/archive", "http://127.0.0.1:9002", "halfeld/archive"),
        ("http://localhost/halfeld/archive", "http://localhost", "halfeld/archive"),
        ("https://example.org/gitlab/halfeld/archive", "https://example.org/gitlab", "halfeld/archive"),
        ("https://example.org/gitlab/halfeld/archive/-/issues/5", "https://example.org/gitlab", "halfeld/archive"),
        ("https://example.org/gitlab/archive", "https://example.org", "gitlab/archive"),
        ("https://gitlab.example.org/gitlab/halfeld/archive", "https://gitlab.example.org", "gitlab/halfeld/archive"),
    ],
)
def test_an_address_means_a_project(url: str, base_url: str, path: str) -> None:
    address = GITLAB.address(url)
    assert (address.source, address.base_url, address.path) == ("gitlab", base_url, path)
    assert address.base_url.startswith(("https://", "http://"))
    assert address.host == base_url.split("/")[2]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://gitlab.com/halfeld", "group or a person"),
        ("https://gitlab.com/groups/halfeld/-/issues", "group"),
        ("https://gitlab.com/halfeld/-/epics", "group or a person"),
        ("https://gitlab.com/", "names no project"),
        ("https://gitlab.com", "names no project"),
        ("https://gitlab.com/explore/projects", "page of the forge"),
        ("https://gitlab.com/users/sign_in", "page of the forge"),
        ("https://gitlab.com/api/v4/projects/4711", "page of the forge"),
        ("https://gitlab.com/-/snippets/3", "page of the forge"),
        ("https://gitlab.com/halfeld/my archive", "not"),
        ("https://gitlab.com/halfeld/..", "letters"),
        ("halfeld/archive", "not"),
        ("ftp://gitlab.com/halfeld/archive", "not"),
        ("javascript:alert(1)", "not"),
        ("http://[::1/halfeld/archive", "not"),
        ("", "not"),
        ("x" * 5000, "not"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(url: str, why: str) -> None:
    with pytest.raises(NotAProjectAddress, match=why) as refused:
        GITLAB.address(url)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("base_url", "api_url"),
    [(COM, f"{COM}/api/v4"), ("https://example.org/gitlab/", "https://example.org/gitlab/api/v4")],
)
def test_the_api_is_below_the_web_root(base_url: str, api_url: str) -> None:
    assert GITLAB.api_url(base_url) == api_url
