"""Server processes as the command line starts them, each on a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from tests.drills.harness import COMMAND, ROOT, wait_until
from tests.drills.world import World
from tests.ports import free_port


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; ``pid`` is also its process group."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(world: World, command: str = "web") -> Iterator[Server]:
    """A server process of its own, until the end of the block. ``command``: ``run`` for one with a worker."""
    port = free_port()
    with subprocess.Popen(  # noqa: S603  (our own command)
        [*COMMAND, command, "--port", str(port)], cwd=ROOT, env={**os.environ, **world.environ}, start_new_session=True
    ) as process:
        server = Server(port, process.pid)
        try:
            wait_until(lambda: _answers(server), "the server answers")
            yield server
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _answers(server: Server) -> bool:
    try:
        return requests.get(f"{server.url}/readyz", timeout=5).ok
    except requests.RequestException:
        return False
