"""How much may be asked under one credential: what is left of the hour, and how fast within a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from sources.errors import RateLimited

RESERVE = 0.02
"""The share of the hour's quota that bulk reading leaves to writes and to people."""
LONGEST_WAIT = 70.0
"""Seconds that a request waits for its minute; beyond that the whole credential rests."""
READ_POINTS, WRITE_POINTS = 1, 5
"""As GitHub counts them; GitLab counts requests, of which writes are few."""
_NAMES = ("x-ratelimit-{}", "ratelimit-{}")


class Budget:
    """One credential's, shared by all clients and threads of a process that show it.

    ``per_minute``: how many points a minute takes, None where the forge sets no such limit. An answer may tell another
    number (GitLab's ``RateLimit-Limit`` is a minute's).
    """

    def __init__(
        self,
        per_minute: int | None = None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_minute = per_minute
        self._clock, self._ticks, self._sleep = clock, ticks, sleep
        self._room = float(per_minute or 0)
        self._looked_at = ticks()
        self._left: int | None = None
        self._least = 0
        self._resets_at: datetime | None = None
        self._lock = threading.Lock()

    def read(self) -> None:
        """Before a reading: wait for room in this minute; raises `RateLimited` where what is left is for others."""
        with self._lock:
            self._refuse_if_spent()
            wait = self._wait_for(READ_POINTS)
        if wait > 0:
            self._sleep(wait)

    def write(self) -> None:
        """Before a writing: wait for room in this minute."""
        with self._lock:
            wait = self._wait_for(WRITE_POINTS)
        if wait > 0:
            self._sleep(wait)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take note of what an answer says is left. Header names are in lower case."""
        limit, left, reset = (_told(headers, name) for name in ("limit", "remaining", "reset"))
        if left is None or reset is None:
            return
        with self._lock:
            self._left, self._resets_at = left, datetime.fromtimestamp(reset, UTC)
            self._least = int((limit or 0) * RESERVE)
            minute = _number(headers.get("ratelimit-limit", ""))
            if self._per_minute is not None and minute:
                self._per_minute = minute

    def _refuse_if_spent(self) -> None:
        now = self._clock()
        if self._left is None or self._resets_at is None or self._resets_at <= now:
            return
        if self._left <= self._least and self._resets_at - now > timedelta(seconds=LONGEST_WAIT):
            raise RateLimited(self._resets_at, "The hour's quota is nearly used up; the rest is left to writes.")

    def _wait_for(self, points: int) -> float:
        """Seconds until there is room for these points, which are taken now. They come back evenly over a minute."""
        if self._per_minute is None:
            return 0.0
        pause = self._rest_of_minute()
        now, rate = self._ticks(), self._per_minute / 60
        self._room = min(float(self._per_minute), self._room + (now - self._looked_at) * rate) - points
        self._looked_at = now
        return max(pause, -self._room / rate)

    def _rest_of_minute(self) -> float:
        if self._left or self._left is None or self._resets_at is None:
            return 0.0
        rest = (self._resets_at - self._clock()).total_seconds()
        return rest if 0 < rest <= LONGEST_WAIT else 0.0


def _told(headers: Mapping[str, str], name: str) -> int | None:
    for pattern in _NAMES:
        number = _number(headers.get(pattern.format(name), ""))
        if number is not None:
            return number
    return None


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 11 else None
