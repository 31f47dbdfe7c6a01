"""Addresses of GitHub repositories as people paste them."""

from __future__ import annotations

import pytest

from sources.errors import NotAProjectAddress
from sources.github.source import GitHub

SAME = [
    "https://github.com/halfeld/archive",
    "http://github.com/halfeld/archive",
    "https://github.com/halfeld/archive/",
    "https://github.com//halfeld//archive",
    "  https://GitHub.com/halfeld/archive\n",
    "<https://github.com/halfeld/archive>",
    "https://www.github.com/halfeld/archive",
    "github.com/halfeld/archive",
    "https://github.com/halfeld/archive.git",
    "git@github.com:halfeld/archive.git",
    "ssh://git@github.com/halfeld/archive.git",
    "ssh://git@ssh.github.com:443/halfeld/archive.git",
    "git://github.com/halfeld/archive.git",
    "https://token:x@github.com/halfeld/archive",
    "https://github.com:443/halfeld/archive",
    "https://github.com/halfeld/archive/issues/12#issuecomment-3",
    "https://github.com/halfeld/archive/issues?q=is%3Aopen+label%3A%22good+first+issue%22",
    "https://github.com/halfeld/archive/labels/good%20first%20issue",
    "https://github.com/halfeld/archive/projects/1",
    "https://github.com/halfeld/archive/tree/main/docs",
    "https://github.com/halfeld/archive/pull/5/files",
    "https://api.github.com/repos/halfeld/archive/issues",
]


@pytest.mark.parametrize("url", SAME)
def test_every_form_means_the_same_repository(url: str) -> None:
    address = GitHub().address(url)
    assert (address.source, address.host, address.path) == ("github", "github.com", "halfeld/archive")
    assert address.web_url == "https://github.com/halfeld/archive"


OWN_SERVERS = [
    ("https://git.example.org/team/tool", "git.example.org", "https://git.example.org"),
    ("git@git.example.org:team/tool.git", "git.example.org", "https://git.example.org"),
    ("ssh://git@git.example.org:2222/team/tool.git", "git.example.org", "https://git.example.org"),
    ("https://git.example.org:8443/team/tool/issues", "git.example.org:8443", "https://git.example.org:8443"),
    ("http://127.0.0.1:9001/team/tool", "127.0.0.1:9001", "http://127.0.0.1:9001"),
    ("http://localhost:9001/team/tool", "localhost:9001", "http://localhost:9001"),
    ("http://[::1]:9001/team/tool", "[::1]:9001", "http://[::1]:9001"),
]


@pytest.mark.parametrize(("url", "host", "base_url"), OWN_SERVERS)
def test_a_server_of_ones_own_keeps_host_and_port(url: str, host: str, base_url: str) -> None:
    address = GitHub().address(url)
    assert (address.host, address.path, address.base_url) == (host, "team/tool", base_url)


REFUSED = [
    ("https://github.com/halfeld", "account"),
    ("https://github.com/", "page of GitHub"),
    ("https://github.com", "page of GitHub"),
    ("https://github.com/features/actions", "page of GitHub"),
    ("https://github.com/orgs/halfeld/projects/3", "page of GitHub"),
    ("https://github.com/orgs/halfeld/repositories", "page of GitHub"),
    ("https://github.com/users/tomasz-w/projects/1", "page of GitHub"),
    ("https://github.com/topics/good-first-issue", "page of GitHub"),
    ("https://github.com/issues/assigned", "page of GitHub"),
    ("https://github.com/search?q=x", "page of GitHub"),
    ("https://gist.github.com/halfeld/abc", "no repositories"),
    ("https://docs.github.com/en/rest", "no repositories"),
    ("https://halfeld.github.io/archive", "no repositories"),
    ("https://api.github.com/users/halfeld", "no repositories"),
    ("https://github.com/halfeld/..", "cannot be the name"),
    ("https://github.com/half%2Ffeld/archive", "cannot be the name"),
    ("https://github.com/-halfeld/archive", "cannot be the name"),
    ("https://github.com/halfeld/archive%00", "cannot be the name"),
    ("https://github.com/halfeld/.git", "cannot be the name"),
    ("https://github.com:99999/halfeld/archive", "not an address"),
    ("mailto:a@github.com", "not"),
    ("x" * 3000, "not an address"),
]


@pytest.mark.parametrize(("url", "because"), REFUSED)
def test_another_page_is_refused_with_the_reason(url: str, because: str) -> None:
    with pytest.raises(NotAProjectAddress, match=because):
        GitHub().address(url)


APIS = [
    ("https://github.com", "https://api.github.com"),
    ("https://github.com/", "https://api.github.com"),
    ("https://halfeld.ghe.com", "https://api.halfeld.ghe.com"),
    ("https://git.example.org", "https://git.example.org/api/v3"),
    ("http://127.0.0.1:9001", "http://127.0.0.1:9001/api/v3"),
]


@pytest.mark.parametrize(("base_url", "api_url"), APIS)
def test_the_api_of_a_server(base_url: str, api_url: str) -> None:
    assert GitHub().api_url(base_url) == api_url
