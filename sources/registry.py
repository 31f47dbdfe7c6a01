"""The list of trackers. A tracker's module is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from sources.errors import UnknownForge, UnknownSource
from sources.pasted import parse_pasted

if TYPE_CHECKING:
    from sources.base import Source
    from sources.model import ProjectAddress

SOURCES = {
    "github": "sources.github.source:GitHub",
    "gitlab": "sources.gitlab.source:GitLab",
    "forgejo": "sources.forgejo.source:Forgejo",
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

    A self-managed host says nothing about its kind: GitLab is assumed where the path has ``/-/``, and a host that is
    called after a tracker (``gitlab.example.org``, ``github.example.org``) is taken at its word. Otherwise the caller
    must name the tracker: `UnknownForge`. What means no project at all raises `NotAProjectAddress`.
    """
    if name is not None:
        return source(name).address(url)
    pasted = parse_pasted(url)
    host = pasted.host.removeprefix("www.").removeprefix("api.")
    for known in SOURCES:
        candidate = source(known)
        if (
            host == candidate.default_host
            or host.startswith(f"{known}.")
            or host.endswith(f".{candidate.default_host}")
        ):
            return candidate.address(url)
    if "-" in pasted.segments:
        return source("gitlab").address(url)
    raise UnknownForge(
        f"{pasted.host} is neither {' nor '.join(source(known).default_host for known in SOURCES)}: "
        f"say which kind of forge it is ({', '.join(SOURCES)})."
    )
