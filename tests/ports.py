"""Ports for the servers that tests start."""

from __future__ import annotations

import os
import socket
from itertools import count

PORTS = count(18000 + os.getpid() % 97 * 100)
"""Below the range from which the system takes ports by itself: nobody else takes ours before a server has it."""


def free_port() -> int:
    """A port that stays ours although nobody listens for a while."""
    for port in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError
