"""What the door does while the database is away: one caller finds out whether it is back, the others are told at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from webhooks.delivery import InboxUnavailable


class Outage:
    """Knows whether the last use of the database failed. Safe between threads."""

    def __init__(self) -> None:
        self._is_on = False
        self._probing = threading.Lock()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Use the database inside; raises `InboxUnavailable` where it fails, or where it is being tried already."""
        if not self._is_on:
            with self._noticed():
                yield
            return
        if not self._probing.acquire(blocking=False):
            raise InboxUnavailable
        try:
            with self._noticed():
                yield
        finally:
            self._probing.release()

    @contextmanager
    def _noticed(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as exc:
            self._is_on = True
            raise InboxUnavailable from exc
        self._is_on = False
