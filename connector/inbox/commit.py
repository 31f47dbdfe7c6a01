"""Group commit: callers that come at the same time share one transaction, written by one of them.

A commit costs one wait for the disk, however many rows it holds. The first caller leads: it writes all rows that wait;
the others find theirs written. A leader that fails fails everybody in its group, and nobody else.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Answer = TypeVar("Answer")


class GroupFailed(Exception):
    """The group that this row was in was not committed."""


@dataclass(slots=True, eq=False)
class _Ticket(Generic[Row, Answer]):
    row: Row
    settled: bool = False
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
        self._waiting: deque[_Ticket[Row, Answer]] = deque()
        self._leading = threading.Lock()

    def add(self, row: Row) -> Answer:
        """Commit a row and give its answer; raises where it was not committed."""
        ticket: _Ticket[Row, Answer] = _Ticket(row)
        self._waiting.append(ticket)
        with self._leading:
            while not ticket.settled:
                self._lead()
        if not ticket.answers:
            raise GroupFailed
        return ticket.answers[0]

    def _lead(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._largest))]
        try:
            answers = self._write([ticket.row for ticket in group])
            for ticket, answer in zip(group, answers, strict=True):
                ticket.answers = (answer,)
        except BaseException:
            for ticket in group:
                ticket.answers = ()  # too few answers: nobody may take one for a success
            raise
        finally:
            for ticket in group:
                ticket.settled = True
