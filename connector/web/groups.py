"""What comes to the event loop at the same time goes to one thread together, so that it can share a transaction."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Generic, TypeVar

import structlog

Item = TypeVar("Item")
GATHER_SHARE, GATHER_SECONDS = 0.3, 0.001
"""How long a group waits for more to share its commit: this share of what the last one took, and so long at the most."""
LARGEST = 100

log = structlog.get_logger(__name__)


class Groups(Generic[Item]):
    """Has items answered in groups by ``answers``, one group after the other, in a thread. Used from one event loop."""

    def __init__(self, answers: Callable[[Sequence[Item]], Sequence[HTTPStatus]]) -> None:
        self._answers = answers
        self._thread = ThreadPoolExecutor(1, "groups")
        self._waiting: deque[tuple[Item, asyncio.Future[HTTPStatus]]] = deque()
        self._working: asyncio.Task[None] | None = None
        self._took = 0.0

    async def answer(self, item: Item) -> HTTPStatus:
        """The answer to one item, once its group is done."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[HTTPStatus] = loop.create_future()
        self._waiting.append((item, answered))
        if self._working is None:
            self._working = loop.create_task(self._work())
        return await answered

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            settled = await loop.run_in_executor(self._thread, self._settle_group)
            for answered, answer in settled:
                if not answered.done():  # its client may have gone
                    answered.set_result(answer)
        self._working = None

    def _settle_group(self) -> list[tuple[asyncio.Future[HTTPStatus], HTTPStatus]]:
        # The event loop's own timers are rounded up to the next millisecond.
        time.sleep(min(GATHER_SHARE * self._took, GATHER_SECONDS))
        began = time.monotonic()
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST))]
        answers = self._settled([item for item, _answered in group])
        self._took = time.monotonic() - began
        return [(answered, answer) for (_item, answered), answer in zip(group, answers, strict=True)]

    def _settled(self, items: Sequence[Item]) -> Sequence[HTTPStatus]:
        """The answers; where a group fails through an error of ours, each is tried alone, so that one harms no other."""
        try:
            return self._answers(items)
        except Exception as exc:
            log.exception("deliveries failed", count=len(items), error=type(exc).__name__)
        if len(items) == 1:
            return [HTTPStatus.INTERNAL_SERVER_ERROR]
        return [self._settled([item])[0] for item in items]
