"""Which GitLab project a pasted web address means."""

from __future__ import annotations

import re
from typing import NoReturn

from sources.errors import NotAProjectAddress
from sources.model import ProjectAddress
from sources.pasted import parse_pasted, without_git

_SEGMENT = re.compile(r"\.*\w[\w.-]*", re.ASCII)

_FORGE_PAGES = frozenset(
    ("-", "admin", "api", "dashboard", "explore", "help", "oauth", "profile", "public", "s", "search", "u", "users")
)
# In addresses older than "/-/" a page follows the project at once. No project may bear one of the first names;
# the second could be a project in a sub-group, but are far more often a page.
_RESERVED = frozenset(
    ("blame", "blob", "builds", "commits", "edit", "files", "find_file", "new", "preview", "raw", "tree", "wikis")
)
_LISTS = frozenset(("boards", "issues", "merge_requests", "milestones"))


def project_address(given: str, *, source: str, default_host: str) -> ProjectAddress:
    """The project; raises `NotAProjectAddress` with a sentence that says what is wrong.

    An installation under a sub-path cannot be told from a group of that name. ``/gitlab``, the usual sub-path, is
    taken as one where the host is not itself a ``gitlab.`` one and a group and a project follow.
    """
    pasted = parse_pasted(given)
    host, base = pasted.host, pasted.base_url
    if host == f"www.{default_host}":
        host, base = default_host, f"https://{default_host}"
    segments = _project_segments(given, [part for segment in pasted.segments for part in segment.split("/") if part])
    if segments[0] == "gitlab" and len(segments) > 2 and not host.startswith("gitlab."):
        base, segments = f"{base}/gitlab", segments[1:]
    return ProjectAddress(source, host, "/".join(segments), base)


def _project_segments(given: str, parts: list[str]) -> list[str]:
    if parts and parts[0] == "groups":
        _refuse(given, "it is a group; give the address of one of its projects")
    if parts and parts[0] in _FORGE_PAGES:
        _refuse(given, "it is a page of the forge itself")
    segments = _before_pages(parts)
    if segments:
        segments[-1] = without_git(segments[-1])
    if len(segments) < 2:
        what = "it names no project" if not segments else "it is a group or a person; give one of their projects"
        _refuse(given, what)
    if not all(_SEGMENT.fullmatch(segment) for segment in segments):
        _refuse(given, "a project's path has only letters, digits, '_', '-' and '.'")
    return segments


def _before_pages(parts: list[str]) -> list[str]:
    if "-" in parts:
        return parts[: parts.index("-")]
    for index, part in enumerate(parts[2:], start=2):
        is_list = part in _LISTS and all(after.isdigit() for after in parts[index + 1 :])
        if part in _RESERVED or is_list:
            return parts[:index]
    return parts


def _refuse(given: str, why: str) -> NoReturn:
    shown = given if len(given) <= 100 else f"{given[:100]}..."
    raise NotAProjectAddress(f"{shown!r} is not the address of a GitLab project: {why}.")
