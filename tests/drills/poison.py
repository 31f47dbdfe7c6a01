"""A tracker whose deliveries may end the process that reads them, as a fault in a library or a lack of memory would."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from sources import registry
from sources.github.source import GitHub

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Event

DEATHS = {b"poison that kills": signal.SIGKILL, b"poison that breaks": signal.SIGSEGV}
"""What stands in a body -> how the process ends, each time."""


class Poisoned(GitHub):
    """GitHub, but for some bodies."""

    def parse(self, headers: Mapping[str, str], body: bytes) -> Event:
        """Never returns for a poison."""
        for words, number in DEATHS.items():
            if words in body:
                os.kill(os.getpid(), number)
        return super().parse(headers, body)


def poison() -> None:
    """From now on, in this process, GitHub's deliveries are read so."""
    registry.SOURCES["github"] = f"{Poisoned.__module__}:{Poisoned.__qualname__}"
