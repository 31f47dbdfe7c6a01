"""Addresses as people paste them: from the browser, from a clone button, with or without a scheme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from sources.errors import NotAProjectAddress

LONGEST = 2000
_SSH = re.compile(r"(?:[\w.+-]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?!\d+/)(?P<path>[^/\s].*)")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|[0-9.]+|[0-9a-f:]+", re.IGNORECASE)
_SCHEMES = ("http", "https", "ssh", "git", "git+ssh", "git+https")


@dataclass(frozen=True, slots=True)
class Pasted:
    """``host`` may hold a port; ``base_url`` is scheme and host; ``segments`` are the parts of the path, decoded."""

    host: str
    base_url: str
    segments: tuple[str, ...]


def parse_pasted(text: str) -> Pasted:
    """Take the address apart; query, fragment, user name and password are dropped.

    Raises `NotAProjectAddress` when there is no host in it.
    """
    address = text.strip().strip("<>")
    if not address or len(address) > LONGEST or any(character.isspace() for character in address):
        raise NotAProjectAddress(f"{_shown(text)} is not an address. Paste it from the browser, for example.")
    try:
        parts = urlsplit(_with_scheme(address))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as exc:
        raise NotAProjectAddress(f"{_shown(text)} is not an address: {exc}.") from exc
    if (
        parts.scheme not in _SCHEMES
        or not _HOST.fullmatch(host)
        or not ("." in host or ":" in host or host == "localhost")
    ):
        raise NotAProjectAddress(f"{_shown(text)} is not the address of a web page.")
    place = _place(parts, host, port)
    scheme = "http" if parts.scheme == "http" else "https"
    segments = tuple(unquote(part) for part in parts.path.split("/") if part)
    return Pasted(place, f"{scheme}://{place}", segments)


def without_git(name: str) -> str:
    """A project's name without the ``.git`` of its clone address."""
    return name[: -len(".git")] if name.lower().endswith(".git") else name


def _with_scheme(address: str) -> str:
    if "://" in address:
        return address
    ssh = _SSH.fullmatch(address)
    return f"ssh://{ssh['host']}/{ssh['path']}" if ssh else f"https://{address.lstrip('/')}"


def _place(parts: SplitResult, host: str, port: int | None) -> str:
    host = f"[{host}]" if ":" in host else host
    is_usual = port is None or (parts.scheme, port) in (("http", 80), ("https", 443))
    # The port of a clone address over ssh or git says nothing about the web server's.
    return host if is_usual or not parts.scheme.startswith("http") else f"{host}:{port}"


def _shown(text: str) -> str:
    return repr(text[:100])
