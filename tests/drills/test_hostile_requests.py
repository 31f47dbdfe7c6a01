"""Promise 6: nothing that comes in from outside is answered 500 or above, whoever sends it and wherever."""

from __future__ import annotations

import gc
import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from connector.accounts.rules import Role
from tests.drills.exposed import Exposed, exposed
from tests.drills.hostile import Asker, Environ, Hostile, field_names

# A form in parts that breaks off leaves the library's files of the parts before to the collector, which closes them.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")
CONNECTOR = Path(__file__).parents[2] / "connector"
ENDS_SESSION = "/sign-out"
BROKEN = 500
UNREADABLE = 400


def attack(service: Exposed, count: int, seed: int) -> tuple[Counter[int], list[str]]:
    """Send so many hostile requests; how they were answered, and what was wrong with the answers."""
    askers = [service.visitor(), *(service.person(role) for role in Role)]
    rules = [rule for rule in service.app.url_map.iter_rules() if rule.rule != ENDS_SESSION]
    chance = random.Random(seed)  # noqa: S311  (no secret is drawn)
    hostile = Hostile(chance, rules, field_names(CONNECTOR), doors=[door.path for door in service.doors.values()])
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    for asker, environ in hostile.requests(askers, count):
        known = len(service.errors)
        status, headers, body = service.answer(dict(environ))  # the server changes it
        statuses[status] += 1
        wrong += complaints(asker, environ, status=status, headers=headers, body=body, errors=service.errors[known:])
    gc.collect()
    return statuses, wrong


def complaints(
    asker: Asker, environ: Environ, *, status: int, headers: dict[str, str], body: bytes, errors: Sequence[str]
) -> list[str]:
    """What is wrong with an answer; nothing if it is fit for a person or a program."""
    where = f"{asker.name}: {environ['REQUEST_METHOD']} {environ['PATH_INFO'][:80]!r}?{environ['QUERY_STRING'][:80]!r}"
    if status >= BROKEN:
        return [f"{status} {where} {errors}"]
    if status >= UNREADABLE and not is_clear(environ, headers, body):
        return [f"{status} without a clear text: {where} {body[:80]!r}"]
    return []


def is_clear(environ: Environ, headers: dict[str, str], body: bytes) -> bool:
    """Whether a refusal says what it is about; the door alone answers without a body."""
    if environ["REQUEST_METHOD"] == "HEAD" or environ["PATH_INFO"].startswith("/webhooks"):
        return body == b"" or b"<h1" in body
    if headers.get("Content-Type", "").startswith("application/json"):
        said = json.loads(body)
        return bool(said.get("error") and (said.get("detail") or said.get("reason")))
    return b"<h1" in body and b"Traceback" not in body


def judge(statuses: Counter[int], wrong: list[str]) -> None:
    """No answer was wrong, and the requests came to more than the first check."""
    print(dict(sorted(statuses.items())))  # noqa: T201  (shown with the drill)
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(sorted(set(wrong))[:40])
    assert {200, 302, 400, 401, 403, 404, 405} <= set(statuses)


def test_no_request_breaks_the_service(database_url: str, tmp_path: Path, now: datetime) -> None:
    """G6: 2,500 requests over every endpoint, as visitor and as each role, on each database."""
    with exposed(database_url, tmp_path, now) as service:
        judge(*attack(service, 2_500, seed=1))


@pytest.mark.drill
def test_a_hundred_thousand_requests_do_not_break_the_service(database_url: str, tmp_path: Path, now: datetime) -> None:
    """G6: the same, 100,000 on each database."""
    with exposed(database_url, tmp_path, now) as service:
        judge(*attack(service, 100_000, seed=2))
