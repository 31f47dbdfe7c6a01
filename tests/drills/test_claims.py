"""R5, G4: two volunteers want the same task at the same moment, each from another server process."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.drills.serving import serving
from tests.drills.world import Volunteer, World, make_world

Answer = tuple[int, dict[str, Any]]
TIMEOUT = 30.0


class Caller:
    """Somebody with an open connection to one server."""

    def __init__(self, port: int, who: Volunteer) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._headers = {"Authorization": f"Bearer {who.token}", "Content-Type": "application/json"}
        self.who = who

    def post(self, path: str) -> Answer:
        """One wish and its answer."""
        self._connection.request("POST", path, body=b"{}", headers=self._headers)
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def race(callers: list[Caller], path: str) -> list[Answer]:
    """Everybody wishes at the same moment."""
    barrier, answers = threading.Barrier(len(callers)), [(0, {})] * len(callers)

    def wish(place: int) -> None:
        barrier.wait()
        answers[place] = callers[place].post(path)

    threads = [threading.Thread(target=wish, args=(place,)) for place in range(len(callers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def check_rounds(world: World, rounds: int) -> None:
    """In each round exactly one wins, the other is given an alternative, and nobody is named."""
    with ExitStack() as stack:
        ports = [stack.enter_context(serving(world)).port for _ in range(2)]
        callers = [Caller(port, who) for port, who in zip(ports, world.volunteers, strict=False)]
        for caller in callers:
            stack.callback(caller.close)
        ids = _ready(ports[0])
        wins = [0, 0]
        for number in range(rounds):
            task_id = ids[number % len(ids)]
            answers = race(callers, f"/api/v1/tasks/{task_id}/claim")
            assert sorted(status for status, _body in answers) == [200, 409], answers
            winner = 0 if answers[0][0] == 200 else 1
            _check_refusal(answers[1 - winner][1], callers[winner].who, task_id)
            wins[winner] += 1
            assert callers[winner].post(f"/api/v1/tasks/{task_id}/release")[0] == 200
    assert min(wins) > 0, wins
    sys.stderr.write(f"{rounds} races, won by {wins}\n")


def _check_refusal(refusal: dict[str, Any], winner: Volunteer, task_id: int) -> None:
    assert refusal["alternative"]["id"] != task_id
    assert winner.login not in json.dumps(refusal)


def _ready(port: int) -> list[int]:
    found = requests.get(f"http://127.0.0.1:{port}/api/v1/tasks", timeout=TIMEOUT).json()
    return [task["id"] for task in found["items"]]


def test_of_two_claims_over_http_exactly_one_wins(database_url: str, tmp_path: Path) -> None:
    """R5: 250 rounds on each database."""
    with make_world(tmp_path, database_url) as world:
        check_rounds(world, 250)


@pytest.mark.drill
def test_of_two_claims_over_http_exactly_one_wins_ten_thousand_times(database_url: str, tmp_path: Path) -> None:
    """R5: 10,000 rounds on each database."""
    with make_world(tmp_path, database_url) as world:
        check_rounds(world, 10_000)
