"""Group commit: callers that come at the same time share one transaction, written by one of them.

A commit costs one wait for the disk, however many rows it holds. The first caller leads: it writes all rows that wait;
the others find theirs written. A leader that fails fails everybody in its group, and nobody else.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

GATHER_SECONDS = 0.001
"""How long a busy moment waits for more to share its commit: less than what one commit takes."""
Row = TypeVar("Row")
Answer = TypeVar("Answer")


class GroupFailed(Exception):
    """The group that this row was in was not committed."""


def _closed_gate() -> threading.Lock:
    gate = threading.Lock()
    gate.acquire()
    return gate


@dataclass(slots=True, eq=False)
class _Ticket(Generic[Row, Answer]):
    row: Row
    gate: threading.Lock = field(default_factory=_closed_gate)
    """Opened once: when the row is settled, or when its caller is to lead."""
    is_settled: bool = False
    answers: tuple[Answer, ...] = ()
    """One answer once the row is committed; none as long as it is not."""


class GroupCommit(Generic[Row, Answer]):
    """Hands rows in groups to ``write``, which commits them durably and answers each, in their order.

    ``write`` is never called by two threads at once. What it raises reaches the caller that led; the others in the
    group get `GroupFailed`.
    """

    def __init__(self, write: Callable[[Sequence[Row]], Sequence[Answer]], *, largest: int = 100) -> None:
        self._write = write
        self._largest = largest
        self._guard = threading.Lock()
        self._waiting: deque[_Ticket[Row, Answer]] = deque()
        self._is_led = False
        self._last_size = 0

    def add(self, row: Row) -> Answer:
        """Commit a row and give its answer; raises where it was not committed."""
        ticket: _Ticket[Row, Answer] = _Ticket(row)
        with self._guard:
            self._waiting.append(ticket)
            leads, self._is_led = not self._is_led, True
        if not leads:
            ticket.gate.acquire()
        if not ticket.is_settled:
            self._lead()
        if not ticket.answers:
            raise GroupFailed
        return ticket.answers[0]

    def _lead(self) -> None:
        group: list[_Ticket[Row, Answer]] = []
        try:
            if self._last_size > 1:
                time.sleep(GATHER_SECONDS)
            with self._guard:
                group = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._largest))]
                self._last_size = len(group)
            answers = self._write([ticket.row for ticket in group])
            settled = [(answer,) for _ticket, answer in zip(group, answers, strict=True)]
            for ticket, answer in zip(group, settled, strict=True):
                ticket.answers = answer
        finally:
            self._hand_on(group)

    def _hand_on(self, group: Sequence[_Ticket[Row, Answer]]) -> None:
        # The next leader first: the disk is idle until it writes.
        with self._guard:
            successor = self._waiting[0] if self._waiting else None
            self._is_led = successor is not None
        if successor is not None:
            successor.gate.release()
        for ticket in group:
            ticket.is_settled = True
            ticket.gate.release()
