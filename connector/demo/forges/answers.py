"""Answers that are not the usual ones: what a test or a drill tells a simulated forge to do at its next calls."""

from __future__ import annotations

import fnmatch
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do instead of answering as usual.

    ``status`` None: the usual answer (after ``delay`` seconds). ``apply_first``: the call takes effect, and is then
    answered with this status. ``drop_after_applying``: it takes effect, and the connection breaks without an answer.
    ``body``: JSON, or text sent as it is. ``drip``: the seconds between two bytes of a JSON body.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    delay: float = 0.0
    apply_first: bool = False
    drop_after_applying: bool = False
    drip: float = 0.0


class Answers:
    """A queue of answers for each method and path pattern (``*`` for any text); each answer is given once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[tuple[str, str], deque[Answer]] = {}

    def program(self, method: str, pattern: str, *answers: Answer) -> None:
        """Give these answers, in this order, to the next calls of ``method`` whose path matches ``pattern``."""
        with self._lock:
            self._queues.setdefault((method.upper(), pattern), deque()).extend(answers)

    def take(self, method: str, path: str) -> Answer | None:
        """The answer programmed for this call, if any; it is used up."""
        with self._lock:
            for (wanted, pattern), queue in self._queues.items():
                if queue and wanted in ("*", method) and fnmatch.fnmatchcase(path, pattern):
                    return queue.popleft()
        return None

    def clear(self) -> None:
        """Answer as usual again."""
        with self._lock:
            self._queues.clear()
