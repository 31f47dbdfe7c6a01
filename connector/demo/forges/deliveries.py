"""Sends what happens on a simulated forge to its hooks: signed, in order, from a thread of its own."""

from __future__ import annotations

import json
import queue
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import requests

from connector.demo.forges.model import Attempt, Change, Hook
from connector.demo.forges.server import ForgeServer

TIMEOUT_SECONDS = 10
MOST_REMEMBERED = 1000
Post = Callable[[str, Mapping[str, str], bytes], int]


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery as it left. ``status`` is the answer's, 0 where nobody answered."""

    hook: Hook
    event: str
    headers: dict[str, str]
    body: bytes
    delivery_id: str = ""
    status: int = 0
    is_again: bool = False


class Deliveries:
    """Listens to a forge and posts to its hooks; nothing is tried again unasked, as on the real forges.

    ``is_losing``: from now on nothing arrives; the forge remembers it as failed.

    ``post`` stands in for the network: address, headers and body in, status out, 0 where nobody answers.
    """

    def __init__(self, server: ForgeServer, post: Post | None = None) -> None:
        self.sent: list[Sent] = []
        self.is_losing = False
        self._post_to = post or self._post_over_http
        self._server = server
        self._queue: queue.Queue[Sent | None] = queue.Queue()
        self._session = requests.Session()
        self._session.trust_env = False
        self._thread = threading.Thread(target=self._run, name=f"deliveries-{server.kind}", daemon=True)

    def start(self) -> Self:
        """Listen from now on."""
        self._server.forge.listeners.append(self._hear)
        self._server.redeliver = self._redeliver
        self._thread.start()
        return self

    def stop(self) -> None:
        """Send what waits, then end."""
        self._server.forge.listeners.remove(self._hear)
        self._queue.put(None)
        self._thread.join()
        self._session.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def settle(self) -> None:
        """Return when everything so far was posted and answered."""
        self._queue.join()

    def send_again(self, sent: Sent) -> Sent:
        """Post an earlier delivery once more, with the same id, as somebody may do on the forge's pages."""
        again = self._post(sent)
        self.sent.append(again)
        return again

    def _hear(self, change: Change) -> None:
        made = self._server.payload(change)
        if made is None:
            return
        event, data = made
        body = json.dumps(data, ensure_ascii=False).encode()
        delivery_id = str(uuid.uuid4())
        for hook in [change.hook] if change.hook else self._server.listening(change.project):
            if change.hook or (self._server.sends(hook) and _listens(hook, event)):
                headers = self._server.delivery_headers(hook, body, event=event, delivery_id=delivery_id)
                self._queue.put(Sent(hook, event, headers, body, delivery_id))

    def _redeliver(self, hook: Hook, attempt: Attempt) -> None:
        headers = self._server.delivery_headers(
            hook, attempt.body, event=attempt.event, delivery_id=attempt.delivery_id
        )
        self._queue.put(Sent(hook, attempt.event, headers, attempt.body, attempt.delivery_id, is_again=True))

    def _run(self) -> None:
        while (waiting := self._queue.get()) is not None:
            self.sent.append(self._post(waiting))
            self._queue.task_done()
        self._queue.task_done()

    def _post(self, sent: Sent) -> Sent:
        status = 0 if self.is_losing else self._post_to(sent.hook.url, sent.headers, sent.body)
        self._remember(sent, status)
        return replace(sent, status=status)

    def _remember(self, sent: Sent, status: int) -> None:
        forge, attempts = self._server.forge, sent.hook.attempts
        number = forge.new_id()
        attempts.append(
            Attempt(number, sent.delivery_id, sent.event, sent.body, status, forge.clock(), is_again=sent.is_again)
        )
        del attempts[:-MOST_REMEMBERED]
        self._server.note_answer(sent.hook, is_success=200 <= status < 300)

    def _post_over_http(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        try:
            return self._session.post(url, data=body, headers=headers, timeout=TIMEOUT_SECONDS).status_code
        except requests.RequestException:
            return 0


def _listens(hook: Hook, event: str) -> bool:
    return not hook.events or event in hook.events or "*" in hook.events
