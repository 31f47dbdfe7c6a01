"""What comes to the event loop at the same time goes to one thread together, so that it can share a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Generic, TypeVar

import structlog

Item = TypeVar("Item")
GATHER_SECONDS = 0.002
"""How long a busy moment waits for more to share its commit: a fraction of what one commit takes."""
LARGEST = 100

log = structlog.get_logger(__name__)


class Groups(Generic[Item]):
    """Has items answered in groups by ``answers``, in one thread. Used from one event loop."""

    def __init__(self, answers: Callable[[Sequence[Item]], Sequence[HTTPStatus]]) -> None:
        self._answers = answers
        self._thread = ThreadPoolExecutor(1, "door")
        self._waiting: list[tuple[Item, asyncio.Future[HTTPStatus]]] = []
        self._working: asyncio.Task[None] | None = None

    async def answer(self, item: Item) -> HTTPStatus:
        """The answer to one item, once its group is done."""
        answered: asyncio.Future[HTTPStatus] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answered))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await answered

    async def _work(self) -> None:
        size = 0
        while self._waiting:
            if size > 1:
                await asyncio.sleep(GATHER_SECONDS)
            group, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            size = len(group)
            answers = await self._answered([item for item, _answered in group])
            for (_item, answered), answer in zip(group, answers, strict=True):
                if not answered.done():  # its client may have gone
                    answered.set_result(answer)

    async def _answered(self, items: Sequence[Item]) -> Sequence[HTTPStatus]:
        """The answers; where a group fails through an error of ours, each is tried alone, so that one harms no other."""
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._answers, items)
        await asyncio.wait([work])
        error = work.exception()
        if error is None:
            return work.result()
        log.error("deliveries failed", count=len(items), error=type(error).__name__, exc_info=error)
        if len(items) == 1:
            return [HTTPStatus.INTERNAL_SERVER_ERROR]
        return [(await self._answered([item]))[0] for item in items]
