"""What comes to the event loop at the same time goes to one thread together, so that it can share a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Generic, TypeVar

import structlog

Item = TypeVar("Item")
GATHER_SECONDS = 0.001
"""How long a group waits for more to share its commit: less than what one commit takes."""
LARGEST = 100
AT_ONCE = 2
"""Groups under way: while one waits for the disk, the next is checked and compressed."""

log = structlog.get_logger(__name__)


class Groups(Generic[Item]):
    """Has items answered in groups by ``answers``, in threads. Used from one event loop."""

    def __init__(self, answers: Callable[[Sequence[Item]], Sequence[HTTPStatus]]) -> None:
        self._answers = answers
        self._threads = ThreadPoolExecutor(AT_ONCE, "door")
        self._waiting: list[tuple[Item, asyncio.Future[HTTPStatus]]] = []
        self._working: set[asyncio.Task[None]] = set()

    async def answer(self, item: Item) -> HTTPStatus:
        """The answer to one item, once its group is done."""
        answered: asyncio.Future[HTTPStatus] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answered))
        if len(self._working) < AT_ONCE:
            working = asyncio.create_task(self._work())
            self._working.add(working)
            working.add_done_callback(self._working.discard)
        return await answered

    async def _work(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            group, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            if not group:  # the other group took them
                return
            answers = await self._answered([item for item, _answered in group])
            for (_item, answered), answer in zip(group, answers, strict=True):
                if not answered.done():  # its client may have gone
                    answered.set_result(answer)

    async def _answered(self, items: Sequence[Item]) -> Sequence[HTTPStatus]:
        """The answers; where a group fails through an error of ours, each is tried alone, so that one harms no other."""
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._answers, items)
        await asyncio.wait([work])
        error = work.exception()
        if error is None:
            return work.result()
        log.error("deliveries failed", count=len(items), error=type(error).__name__, exc_info=error)
        if len(items) == 1:
            return [HTTPStatus.INTERNAL_SERVER_ERROR]
        return [(await self._answered([item]))[0] for item in items]
