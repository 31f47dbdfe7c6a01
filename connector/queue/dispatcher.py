"""How due jobs come to somebody who does them. The row in our database stays the truth, whoever brings it.

`Threads` is enough as long as one process is. An outgrown one would hand the work to a broker that carries job ids and
nothing else: a sweeper sends the ids of due rows and, again, of those whose lease ran out; whoever receives an id leases
that row as `service.lease_next` does, so that an id that comes twice, late or never does no harm.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol


class Dispatcher(Protocol):
    """Has ``work`` done, which leases due jobs and does them until the worker is told to stop."""

    def start(self, work: Callable[[], None]) -> threading.Thread:
        """Begin; the thread ends when ``work`` does."""
        ...


class Threads:
    """Jobs are done by a thread of this process."""

    def start(self, work: Callable[[], None]) -> threading.Thread:
        """Begin at once."""
        thread = threading.Thread(target=work, name="jobs")
        thread.start()
        return thread
