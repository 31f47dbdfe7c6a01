"""S1, G9: thousands of forged, altered and replayed deliveries at the real door, and genuine ones between them."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connector.app import make_door
from connector.db.engine import Database
from connector.db.tables import Delivery, HookSecret
from connector.db.vault import Vault
from connector.projects.hooks import make_hook
from connector.settings import load_settings
from connector.web.services import Services
from sources import registry
from tests.fakes import FakeClient, FakeClock
from tests.rows import project_row
from webhooks.replay import post

MUTATIONS = 5_000
EVENTS = {"github": "issues", "gitlab": "Issue Hook", "forgejo": "issues"}
SIGNATURES = {"github": "x-hub-signature-256", "gitlab": "webhook-signature", "forgejo": "x-forgejo-signature"}
BODY = b'{"action": "opened", "issue": {"number": 4, "title": "Fix it"}, "repository": {"id": 1001}}'


@dataclass(frozen=True)
class Request:
    """A delivery on its way."""

    headers: dict[str, str]
    body: bytes

    def having(self, name: str, value: str | None) -> Request:
        """The same with another header, or without it."""
        rest = {key: text for key, text in self.headers.items() if key != name}
        return replace(self, headers=rest if value is None else {**rest, name: value})


class Hook:
    """A hook at the door of a service, with its live secret, an expired one and the secret of another hook."""

    def __init__(self, services: Services, source: str) -> None:
        self.source, self.clock = registry.source(source), services.clock
        with services.db.sessions.begin() as session:
            project = project_row(session, self.clock(), source=source, path=f"{source}/one", external_id="1001")
            hook, self.key = make_hook(session, project, vault=services.vault, now=self.clock())
            _other, self.foreign = make_hook(session, project, vault=services.vault, now=self.clock())
            self.expired = b"e" * 32
            ended = self.clock() - timedelta(seconds=1)
            session.add(
                HookSecret(
                    hook_id=hook.id, secret=services.vault.seal(self.expired), starts_at=ended - timedelta(days=1),
                    ends_at=ended,
                )
            )  # fmt: skip
            self.address = f"/webhooks/{source}/{hook.key}"

    def signed(self, number: int, *, key: bytes | None = None, at: datetime | None = None) -> Request:
        """A delivery as the forge sends it."""
        event = EVENTS[self.source.name]
        headers = self.source.sign(
            BODY, key=key or self.key, event=event, delivery_id=f"delivery-{number}", now=at or self.clock()
        )
        own = SIGNATURES[self.source.name]  # Forgejo signs under its relatives' names too
        headers = {name: text for name, text in headers.items() if name == own or "signature" not in name}
        return Request({**headers, "content-type": "application/json"}, BODY)


Mutation = Callable[[Hook, Request, random.Random], Request]


def alter_body(_hook: Hook, request: Request, chance: random.Random) -> Request:
    place = chance.randrange(len(request.body))
    flipped = bytes([request.body[place] ^ (1 << chance.randrange(8))])
    return replace(request, body=request.body[:place] + flipped + request.body[place + 1 :])


def cut_body(_hook: Hook, request: Request, chance: random.Random) -> Request:
    return replace(request, body=request.body[: chance.randrange(len(request.body))])


def lengthen_body(_hook: Hook, request: Request, chance: random.Random) -> Request:
    return replace(request, body=request.body + chance.choice([b"\n", b" ", b"\0", b"{}"]))


def alter_signature(hook: Hook, request: Request, chance: random.Random) -> Request:
    name = SIGNATURES[hook.source.name]
    text = request.headers[name]
    place = chance.randrange(len(text))
    other = chance.choice([each for each in "0123456789abcdefABCDEF+/=,v" if each != text[place]])
    return request.having(name, text[:place] + other + text[place + 1 :])


def cut_signature(hook: Hook, request: Request, chance: random.Random) -> Request:
    name = SIGNATURES[hook.source.name]
    return request.having(name, request.headers[name][: chance.randrange(len(request.headers[name]))])


def lengthen_signature(hook: Hook, request: Request, chance: random.Random) -> Request:
    name = SIGNATURES[hook.source.name]
    return request.having(name, request.headers[name] + chance.choice(["0", "=", "a", ",", ";"]))


def shout_signature(hook: Hook, request: Request, _chance: random.Random) -> Request:
    name = SIGNATURES[hook.source.name]
    return request.having(name, request.headers[name].swapcase())


def double_signature(hook: Hook, request: Request, _chance: random.Random) -> Request:
    name = SIGNATURES[hook.source.name]  # two headers of one name arrive joined like this
    forged = "0" * len(request.headers[name])
    return request.having(name, f"{forged},{request.headers[name]}")


def drop_signature(hook: Hook, request: Request, chance: random.Random) -> Request:
    return request.having(SIGNATURES[hook.source.name], chance.choice([None, "", "sha256=", "v1,", "null"]))


def use_sha1(hook: Hook, request: Request, _chance: random.Random) -> Request:
    old = hmac.new(hook.key, request.body, hashlib.sha1).hexdigest()
    return request.having(SIGNATURES[hook.source.name], None).having("x-hub-signature", f"sha1={old}")


def use_foreign_secret(hook: Hook, _request: Request, chance: random.Random) -> Request:
    return hook.signed(chance.randrange(10**9), key=hook.foreign)


def use_expired_secret(hook: Hook, _request: Request, chance: random.Random) -> Request:
    return hook.signed(chance.randrange(10**9), key=hook.expired)


def use_guessed_secret(hook: Hook, _request: Request, chance: random.Random) -> Request:
    return hook.signed(chance.randrange(10**9), key=chance.choice([b"\0" * 32, b"secret", chance.randbytes(32)]))


def replay_too_late(hook: Hook, _request: Request, chance: random.Random) -> Request:
    minutes = chance.choice([-1, 1]) * chance.randrange(6, 10_000)
    return hook.signed(chance.randrange(10**9), at=hook.clock() + timedelta(minutes=minutes))


def sign_another_id(_hook: Hook, request: Request, chance: random.Random) -> Request:
    return request.having("webhook-id", f"delivery-{chance.randrange(10**9)}-other")


def sign_another_time(_hook: Hook, request: Request, chance: random.Random) -> Request:
    stamp = int(request.headers["webhook-timestamp"]) + chance.choice([-1, 1]) * chance.randrange(1, 200)
    return request.having("webhook-timestamp", chance.choice([str(stamp), "", "now", "-1", "9" * 40, "0x10"]))


FOR_ALL: tuple[Mutation, ...] = (
    alter_body, cut_body, lengthen_body, alter_signature, cut_signature, lengthen_signature, shout_signature,
    double_signature, drop_signature, use_sha1, use_foreign_secret, use_expired_secret, use_guessed_secret,
)  # fmt: skip
MORE: dict[str, tuple[Mutation, ...]] = {"gitlab": (replay_too_late, sign_another_id, sign_another_time)}
"""GitLab's signature covers an id and a time too; the others sign the body alone, so an old one stays genuine."""


@pytest.mark.parametrize("source", registry.SOURCES)
def test_no_forgery_is_accepted_and_no_genuine_delivery_refused(
    sqlite_db: Database, tmp_path: Path, source: str
) -> None:
    settings = load_settings({}, data_dir=tmp_path)
    services = Services(settings, sqlite_db, FakeClock(), Vault("k" * 32), lambda _project: FakeClient())
    door, hook, chance = make_door(services), Hook(services, source), random.Random(5)  # noqa: S311  (a test's dice)
    mutations = FOR_ALL + MORE.get(source, ())
    genuine = 0
    for number in range(MUTATIONS // len(registry.SOURCES) + 1):
        request = hook.signed(number)
        if number % 25 == 0:
            assert post(door, hook.address, headers=request.headers, body=request.body) == 202
            genuine += 1
        forge = mutations[number % len(mutations)]
        forged = forge(hook, request, chance)
        assert forged != request, forge.__name__
        status = post(door, hook.address, headers=forged.headers, body=forged.body)
        assert status == 401, (forge.__name__, forged)
    with sqlite_db.readers() as session:
        assert session.scalar(select(func.count()).select_from(Delivery)) == genuine
