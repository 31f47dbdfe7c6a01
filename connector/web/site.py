"""The door for deliveries in front of the pages, as one WSGI callable; a server may also take them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from webhooks.receiver import PREFIX, Receiver

Wsgi = Callable[..., Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Site:
    """What answers below ``/webhooks/``, and what answers elsewhere."""

    door: Receiver
    pages: Wsgi

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        is_delivery = str(environ.get("PATH_INFO", "")).startswith(PREFIX)
        return self.door(environ, start_response) if is_delivery else self.pages(environ, start_response)
