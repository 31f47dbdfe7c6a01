"""Which repository of a Forgejo or Gitea a pasted web address means."""

from __future__ import annotations

import re
from typing import NoReturn

from sources.errors import NotAProjectAddress
from sources.model import ProjectAddress
from sources.pasted import parse_pasted, without_git

_NAME = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
# First parts that are pages of the forge itself; these forges refuse them as names of accounts.
_FORGE_PAGE_NAMES = """
    - admin api assets attachments avatars devtest explore ghost issues login metrics milestones notifications org
    pulls raw repo repo-avatars search stars template user v2"""
_FORGE_PAGES = frozenset(_FORGE_PAGE_NAMES.split())
# What may follow a repository in an address.
_REPOSITORY_PAGE_NAMES = """
    actions activity blame branches commit commits compare find forks graph issues labels media milestone
    milestones packages projects pulls raw releases rss search settings src stars tags watchers wiki"""
_REPOSITORY_PAGES = frozenset(_REPOSITORY_PAGE_NAMES.split())


def project_address(given: str, *, source: str, default_host: str) -> ProjectAddress:
    """The repository; raises `NotAProjectAddress` with a sentence that says what is wrong.

    An installation under a sub-path is told by three parts of which the third is no page of a repository:
    ``example.org/git/halfeld/archive``.
    """
    pasted = parse_pasted(given)
    host, base, parts = pasted.host, pasted.base_url, list(pasted.segments)
    if host == f"www.{default_host}":
        host, base = default_host, f"https://{default_host}"
    if host.endswith(f".{default_host}"):
        _refuse(given, f"{host} holds no repositories")
    if "/".join(parts[:3]) == "api/v1/repos":
        parts = parts[3:]
    if host != default_host and len(parts) > 2 and parts[2] not in _REPOSITORY_PAGES:
        base, parts = f"{base}/{parts[0]}", parts[1:]
    return ProjectAddress(source, host, _path(given, parts), base)


def _path(given: str, parts: list[str]) -> str:
    if not parts or parts[0].lower() in _FORGE_PAGES:
        _refuse(given, "it is a page of the forge itself" if parts else "it names no repository")
    if len(parts) == 1:
        _refuse(given, "it is an account; give one of its repositories")
    owner, name = parts[0], without_git(parts[1])
    if not _NAME.fullmatch(owner) or not _NAME.fullmatch(name):
        _refuse(given, "a repository's name has only letters, digits, '_', '-' and '.'")
    return f"{owner}/{name}"


def _refuse(given: str, why: str) -> NoReturn:
    shown = given if len(given) <= 100 else f"{given[:100]}..."
    raise NotAProjectAddress(f"{shown!r} is not the address of a repository: {why}.")
