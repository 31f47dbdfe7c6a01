"""The list of trackers. A tracker's module is loaded when it is first used."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from sources.errors import UnknownForge, UnknownSource
from sources.pasted import parse_pasted

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        place = SOURCES[name]
    except KeyError:
        known = ", ".join(SOURCES)
        raise UnknownSource(f"No tracker named {name!r} is known. Known: {known}.") from None
    return _class_at(place)()


@cache
def _class_at(place: str) -> type[Source]:
    module, _, attribute = place.partition(":")
    return cast("type[Source]", getattr(import_module(module), attribute))


def kind_of(name: str) -> str | None:
    """The registered name for any name of a kind of tracker (``gitea``: ``forgejo``), None where it is unknown."""
    return next((known for known in SOURCES if name == known or name in source(known).also), None)


def recognise(url: str, name: str | None = None, hosts: Mapping[str, str] = MappingProxyType({})) -> ProjectAddress:
    """The project that ``url`` means, on the named tracker or on the one whose public host it is.

    A self-managed host says nothing about its kind, unless it is one of ``hosts`` (host -> tracker), is called after a
    tracker (``gitlab.example.org``), or the address has a form that only one tracker's addresses have. Otherwise the
    caller must name the tracker: `UnknownForge`. What means no project at all raises `NotAProjectAddress`.
    """
    if name is not None:
        return source(name).address(url)
    pasted = parse_pasted(url)
    if pasted.host in hosts:
        return source(hosts[pasted.host]).address(url)
    candidates = [source(known) for known in SOURCES]
    for candidate in candidates:
        if _is_called_after(candidate, pasted.host.removeprefix("www.").removeprefix("api.")):
            return candidate.address(url)
    for candidate in candidates:
        if candidate.shows_in(pasted):
            return candidate.address(url)
    raise UnknownForge(
        f"{pasted.host} is neither {' nor '.join(candidate.default_host for candidate in candidates)}: "
        f"say which kind of forge it is ({', '.join(SOURCES)})."
    )


def _is_called_after(candidate: Source, host: str) -> bool:
    names = (candidate.name, *candidate.also)
    return f".{host}".endswith(f".{candidate.default_host}") or any(host.startswith(f"{name}.") for name in names)
