"""A forge that posts deliveries to a server and remembers what it was told; and some that reach the inbox without one."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from sqlalchemy import select

from connector.app import make_door
from connector.db.tables import Delivery
from connector.demo.forges.model import Change
from tests.drills import checks
from tests.drills.serving import Server
from tests.drills.world import PATH, World
from webhooks.replay import post

PAGES = ("/", "/api/v1/tasks")
IMPATIENCE = 8.0
"""Seconds after which a forge hangs up; GitHub's are ten."""
A_SECOND = 1.0
"""How finely a forge dates a change."""


class Sender:
    """A forge that posts pings and remembers those that were acknowledged."""

    def __init__(self, world: World, server: Server) -> None:
        forge = world.forges["github"]
        (project,) = forge.forge.projects.values()
        (self._hook,) = project.hooks.values()
        self._forge, self._server = forge, server
        self._path = self._hook.url.partition("/webhooks/")[2]
        self.acknowledged: set[str] = set()

    def post(self) -> int:
        """The status of one delivery."""
        name, body = str(uuid4()), json.dumps({"zen": "Keep it simple.", "hook_id": 1}).encode()
        headers = self._forge.delivery_headers(self._hook, body, event="ping", delivery_id=name)
        url = f"{self._server.url}/webhooks/{self._path}"
        status = requests.post(url, data=body, headers=headers, timeout=IMPATIENCE).status_code
        if status in {200, 202}:
            self.acknowledged.add(name)
        return status

    def pages(self) -> set[int]:
        """What reading is answered."""
        return {requests.get(self._server.url + path, timeout=IMPATIENCE).status_code for path in PAGES}


def judge(world: World, sender: Sender) -> None:
    """All that was acknowledged is there, and the database is sound."""
    db = world.services.db
    with db.readers() as session:
        stored = set(session.scalars(select(Delivery.external_id)))
    assert sender.acknowledged <= stored
    assert checks.damage(db) == []


def rename(world: World, titles: Mapping[int, str]) -> None:
    """Rename issues at the forge, and have a door of this process take the deliveries about it."""
    forge, server = world.forges["github"].forge, world.forges["github"]
    door = make_door(world.services)

    def hear(change: Change) -> None:
        event, data = server.payload(change) or ("", {})
        body = json.dumps(data).encode()
        for hook in change.project.hooks.values():
            headers = server.delivery_headers(hook, body, event=event, delivery_id=str(uuid4()))
            lowered = {name.lower(): value for name, value in headers.items()}
            path = urlsplit(hook.url).path
            assert post(door, path, headers=lowered, body=body) == 202

    time.sleep(A_SECOND)  # within the second of the harvest a change is a tie, which only reading again settles
    forge.listeners.append(hear)
    for number, title in titles.items():
        forge.edit_issue(forge.find(PATH), number, title=title)
    forge.listeners.remove(hear)
