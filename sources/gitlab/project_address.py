"""Which GitLab project a pasted web address means."""

from __future__ import annotations

import re
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from sources.errors import NotAProjectAddress
from sources.model import ProjectAddress

_SSH = re.compile(r"(?:[\w.-]+@)(?P<host>[\w.-]+):(?P<path>(?!\d+/)[^/].*)")
_SEGMENT = re.compile(r"\.*\w[\w.-]*", re.ASCII)
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")
_EXAMPLE = "an address looks like https://gitlab.com/group/project"
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

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
    scheme, host, path = _split(given.strip())
    host = host.removeprefix("www.") if host == f"www.{default_host}" else host
    segments = _project_segments(given, [part for part in unquote(path).split("/") if part])
    base = f"{scheme}://{host}"
    if segments[0] == "gitlab" and len(segments) > 2 and not host.startswith("gitlab."):
        base, segments = f"{base}/gitlab", segments[1:]
    return ProjectAddress(source, host, "/".join(segments), base)


def _split(given: str) -> tuple[str, str, str]:
    """Scheme, host and path; the ssh forms name the web server by its host alone."""
    short = _SSH.fullmatch(given) if "://" not in given else None
    if short:
        return "https", short["host"].lower(), short["path"]
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
    except ValueError:
        _refuse(given, _EXAMPLE)
    host = parts.netloc.rpartition("@")[2].lower()
    if parts.scheme in ("ssh", "git"):
        return "https", host.partition(":")[0], parts.path
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not _has_dot_or_is_local(host):
        _refuse(given, _EXAMPLE)
    return parts.scheme, host.removesuffix(_DEFAULT_PORTS[parts.scheme]), parts.path


def _has_dot_or_is_local(host: str) -> bool:
    return "." in host or host.startswith("[") or ":" in host or host == "localhost"


def _project_segments(given: str, parts: list[str]) -> list[str]:
    if parts and parts[0] == "groups":
        _refuse(given, "it is a group; give the address of one of its projects")
    if parts and parts[0] in _FORGE_PAGES:
        _refuse(given, "it is a page of the forge itself")
    segments = _before_pages(parts)
    if segments:
        segments[-1] = segments[-1].removesuffix(".git")
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
