"""The list of trackers. A tracker's module is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from sources.errors import NotAProjectAddress, UnknownSource
from sources.pasted import parse_pasted

if TYPE_CHECKING:
    from sources.base import Source
    from sources.model import ProjectAddress

SOURCES = {
    "github": "sources.github.source:GitHub",
    "gitlab": "sources.gitlab.source:GitLab",
}


def source(name: str) -> Source:
    """The tracker registered as ``name``; raises `UnknownSource`."""
    try:
        module, _, attribute = SOURCES[name].partition(":")
    except KeyError:
        known = ", ".join(SOURCES)
        raise UnknownSource(f"No tracker named {name!r} is known. Known: {known}.") from None
    return cast("Source", getattr(import_module(module), attribute)())


def recognise(url: str, name: str | None = None) -> ProjectAddress:
    """The project that ``url`` means, on the named tracker or on the one whose public host it is.

    A self-managed host says nothing about its kind: GitLab is assumed where the path has ``/-/`` or the
    host starts with ``gitlab.``, otherwise the caller must name the tracker.
    """
    if name is not None:
        return source(name).address(url)
    host = parse_pasted(url).host.removeprefix("www.")
    for known in SOURCES:
        candidate = source(known)
        if host == candidate.default_host or host.startswith(f"{known}."):
            return candidate.address(url)
    if "/-/" in url:
        return source("gitlab").address(url)
    raise NotAProjectAddress(
        f"{url!r} is not on {' or '.join(source(known).default_host for known in SOURCES)}: "
        "say which kind of forge it is."
    )
