"""What goes on while processes die: maintainers work, forges deliver, volunteers take and give back tasks over HTTP.

The `Ledger` is what the outside was told. Whatever it holds must be found in the database afterwards.
"""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import requests

from connector.demo.forges.model import Change, Hook
from connector.demo.forges.state import Forge
from sources import registry
from tests.drills.forges import BadForge
from tests.drills.world import PATH, Volunteer, World

SENDERS = 3
TIMEOUT = 10.0
MOST_WAITING = 40
MOST_ISSUES = 60
PAUSE = 0.04
REPEATED = 0.03
GIVEN_UP = 0.1
"""Share of deliveries that are sent once, as GitHub does; the others are sent again until they are acknowledged."""
MOST_TRIES = 100
AFTER_A_BREAK = 0.1


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery on its way."""

    hook: Hook
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Ledger:
    """Deliveries that were acknowledged, claims that were granted, and how everything was answered."""

    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    """Hook key and delivery id."""
    granted: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Task and login -> how often."""
    statuses: Counter[int] = field(default_factory=Counter)
    """Answer -> how often; 0: the connection broke."""
    broken: Counter[str] = field(default_factory=Counter)
    """How connections broke."""
    refused: list[str] = field(default_factory=list)
    """Answers that no fault explains."""
    answered_at: list[float] = field(default_factory=list)
    """When something was answered, by the monotonic clock."""

    def note(self, status: int) -> None:
        """Something was answered, or was not."""
        self.statuses[status] += 1
        if status:
            self.answered_at.append(time.monotonic())

    def first_answer_after(self, at: float) -> float | None:
        """Seconds from this moment to the first answer since; None where there was none."""
        place = bisect_right(self.answered_at, at)  # several threads add, so it is sorted within some microseconds
        return self.answered_at[place] - at if place < len(self.answered_at) else None


class Load:
    """Threads that do all this until the end of the block. Deliveries that wait are sent first."""

    def __init__(self, world: World, *, seed: int = 0, pause: float = PAUSE) -> None:
        self.ledger = Ledger()
        self._world = world
        self._pause = pause
        self._seed = seed
        self._over = threading.Event()
        self._waiting: queue.Queue[Sent | None] = queue.Queue()
        self._listeners = {name: self._listener(server) for name, server in world.forges.items()}
        tasks = [self._send] * SENDERS + [self._maintain] + [self._volunteer(one) for one in world.volunteers]
        self._threads = [threading.Thread(target=task, name=f"load-{number}") for number, task in enumerate(tasks)]

    def __enter__(self) -> Self:
        for name, server in self._world.forges.items():
            server.forge.listeners.append(self._listeners[name])
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        for _ in range(SENDERS):
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        for name, server in self._world.forges.items():
            server.forge.listeners.remove(self._listeners[name])

    # --- forges ---

    def _listener(self, server: BadForge) -> Callable[[Change], None]:
        def hear(change: Change) -> None:
            made = server.payload(change)
            for hook in change.project.hooks.values() if made and not self._over.is_set() else ():
                event, data = made or ("", {})
                body = json.dumps(data).encode()
                headers = server.delivery_headers(hook, body, event=event, delivery_id=str(uuid4()))
                self._waiting.put(Sent(hook, headers, body))

        return hear

    def _send(self) -> None:
        chance = self._chance("send")
        with requests.Session() as session:
            while (sent := self._waiting.get()) is not None:
                tries = 1 if chance.random() < GIVEN_UP else MOST_TRIES
                while not self._post(session, sent) and tries > 1:
                    tries -= 1
                if chance.random() < REPEATED:
                    self._post(session, sent)

    def _post(self, session: requests.Session, sent: Sent) -> bool:
        status = self._ask(session, "POST", sent.hook.url, data=sent.body, headers=sent.headers)[0]
        if status in {200, 202}:
            lowered = {name.lower(): value for name, value in sent.headers.items()}
            _webhooks, source, key = sent.hook.url.rsplit("/", 2)
            self.ledger.acknowledged.add(
                (key, registry.source(source.rpartition("/")[2]).delivery_id(lowered, sent.body))
            )
        elif status not in {0, 503}:
            self.ledger.refused.append(f"delivery {status}")
        return status in {200, 202}

    def _maintain(self) -> None:
        chance = self._chance("maintain")
        while not self._over.wait(self._pause):
            if self._waiting.qsize() < MOST_WAITING:
                name, server = chance.choice(sorted(self._world.forges.items()))
                with server.forge.lock:
                    maintain(self._world, name, server.forge, chance)

    # --- volunteers ---

    def _volunteer(self, who: Volunteer) -> Callable[[], None]:
        def live() -> None:
            chance = self._chance(who.login)
            with requests.Session() as session:
                session.headers["Authorization"] = f"Bearer {who.token}"
                while not self._over.wait(chance.uniform(0.1, 0.8)):
                    self._act(session, who, chance)

        return live

    def _act(self, session: requests.Session, who: Volunteer, chance: random.Random) -> None:
        status, me = self._call(session, "GET", "me")
        if status != 200:
            return
        if me["task"] is not None:
            self._give_back(session, who, me["task"], chance)
            return
        status, found = self._call(session, "GET", "tasks?per_page=20")
        if status == 200 and found["items"]:
            task = chance.choice(found["items"])["id"]
            if self._call(session, "POST", f"tasks/{task}/claim", {})[0] == 200:
                self.ledger.granted[task, who.login] += 1

    def _give_back(
        self, session: requests.Session, who: Volunteer, task: dict[str, Any], chance: random.Random
    ) -> None:
        match chance.choices(("handover", "release", "submit"), (4, 2, 4))[0]:
            case "submit":
                url = self._open_request(who, task)
                self._call(session, "POST", f"tasks/{task['id']}/submit", {"url": url})
            case "handover":
                note = {"done": "Half of it.", "remaining": "The other half.", "link": ""}
                self._call(session, "POST", f"tasks/{task['id']}/handover", note)
            case how:
                self._call(session, "POST", f"tasks/{task['id']}/{how}", {})

    def _open_request(self, who: Volunteer, task: dict[str, Any]) -> str:
        source = task["project"]["source"]
        forge = self._world.forges[source].forge
        made = forge.open_request(
            forge.find(PATH), "A change", author=who.login, closes=(int(task["issue"]["number"]),)
        )
        part = "pull" if source == "github" else "-/merge_requests"
        return f"{task['project']['url']}/{part}/{made.number}"

    def _call(
        self, session: requests.Session, method: str, path: str, data: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        status, body = self._ask(session, method, f"{self._world.url}/api/v1/{path}", json=data)
        if status not in {0, 200, 404, 409, 503}:
            self.ledger.refused.append(f"{path} {status} {body[:200]!r}")
        return status, json.loads(body) if status == 200 else {}

    # --- parts ---

    def _ask(self, session: requests.Session, method: str, url: str, **rest: Any) -> tuple[int, bytes]:  # noqa: ANN401  (as the library takes it)
        try:
            answer = session.request(method, url, timeout=TIMEOUT, **rest)
        except requests.RequestException as exc:
            self.ledger.note(0)
            self.ledger.broken[f"{type(exc).__name__} {exc}"[:200]] += 1
            time.sleep(AFTER_A_BREAK)
            return 0, b""
        self.ledger.note(answer.status_code)
        return answer.status_code, answer.content

    def _chance(self, name: str) -> random.Random:
        return random.Random(f"{self._seed} {name}")  # noqa: S311  (no secret is drawn)


def maintain(world: World, name: str, forge: Forge, chance: random.Random) -> None:
    """One thing that a maintainer does: merge, decline, rename, or open another issue."""
    project = forge.find(PATH)
    is_open = [one for one in project.requests.values() if one.state == "open"]
    issues = [one for one in project.issues.values() if one.is_open]
    if is_open and chance.random() < 0.3:
        request = chance.choice(is_open)
        act = forge.merge_request if chance.random() < 0.6 else forge.close_request
        act(project, request.number)
    elif len(issues) < MOST_ISSUES and chance.random() < 0.3:
        world.add_issue(name, f"Issue {chance.random()}")
    elif issues:
        forge.edit_issue(project, chance.choice(issues).number, title=f"Title {chance.random()}")
