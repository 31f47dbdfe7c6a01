"""S1 and G9: of 5,000 forged and replayed deliveries none is accepted, and every genuine one between them is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from sources import registry
from sources.base import Source
from sources.signing import hmac_sha256, standard_signature
from webhooks.delivery import Accepted, Delivery, HookKeys
from webhooks.receiver import Receiver
from webhooks.replay import post

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
KEYS = (bytes(range(32)), bytes(range(32, 64)))
EXPIRED, OTHER_HOOKS = bytes(range(64, 96)), bytes(range(96, 128))
PROOF = {
    "github": ("x-hub-signature-256",),
    "gitlab": ("webhook-signature", "webhook-id", "webhook-timestamp"),
    "forgejo": ("x-forgejo-signature", "x-gitea-signature", "x-gogs-signature"),
}
FORGERIES = 5_000
GENUINE = 500
Headers = dict[str, str]
Forge = Callable[["Forger", Headers, bytes], tuple[Headers, bytes]]


@dataclass(frozen=True, slots=True)
class Forger:
    """What somebody outside has: genuine deliveries they saw, and chance."""

    source: Source
    chance: random.Random

    def genuine(self, number: int, key: bytes = KEYS[0], now: datetime = NOW) -> tuple[Headers, bytes]:
        """A delivery of the tracker itself. A plain token beside the signature says nothing and is left out."""
        body = b'{"action": "opened", "number": %d}' % number
        headers = self.source.sign(body, key=key, event="issues", delivery_id=f"delivery-{number}", now=now)
        return {name: value for name, value in headers.items() if name != "x-gitlab-token"}, body

    def changed(self, headers: Headers, change: Callable[[str], str]) -> Headers:
        """The headers with each proof changed."""
        first = PROOF[self.source.name][0]
        return {
            name: change(value) if name in PROOF[self.source.name] and _is_proof(name, first) else value
            for name, value in headers.items()
        }


def _is_proof(name: str, first: str) -> bool:
    return name == first or name.endswith("-signature")


def body_bit(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """One bit of the body."""
    place = forger.chance.randrange(len(body) * 8)
    changed = bytearray(body)
    changed[place // 8] ^= 1 << place % 8
    return headers, bytes(changed)


def body_length(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """A body cut short, made longer, or empty."""
    return headers, forger.chance.choice(
        (body[: forger.chance.randrange(len(body))], body + b" ", b"\n" + body, b"", body * 2)
    )


def signature_sign(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """One character of the signature."""

    def change(value: str) -> str:
        start = value.find("=" if value.startswith("sha") else ",") + 1
        place = forger.chance.randrange(start, len(value.rstrip("=")) - 1)
        other = forger.chance.choice([sign for sign in "0123456789abcdefXYZ/+" if sign.lower() != value[place].lower()])
        return value[:place] + other + value[place + 1 :]

    return forger.changed(headers, change), body


def signature_shape(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Missing, empty, cut, doubled, with commas, of another version, in another case."""
    shapes: tuple[Callable[[str], str], ...] = (
        lambda value: "", lambda value: value[: len(value) // 2], lambda value: value + value,
        lambda value: f"{value},{value}", lambda value: f"{value}, {value}", lambda value: value.upper() + "x",
        lambda value: value.replace("sha256=", "sha1=").replace("v1,", "v1a,") + "0", lambda value: "é" * 64,
        lambda value: "\udcff" + value, lambda value: value + "\0", lambda value: value[1:], lambda value: "sha256=", lambda value: "v1,",
        lambda value: "sha256=" + "0" * 64, lambda value: "v1," + "A" * 43 + "=", lambda value: value[::-1],
    )  # fmt: skip
    return forger.changed(headers, forger.chance.choice(shapes)), body


def no_signature(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """No proof at all, or SHA-1 only, or a token that is none."""
    bare = {name: value for name, value in headers.items() if not name.endswith(("signature", "signature-256"))}
    extra = forger.chance.choice(
        (
            {}, {"x-hub-signature": "sha1=" + hmac_sha256(KEYS[0], body).hex()[:40]}, {"x-gitlab-token": ""},
            {"x-gitlab-token": KEYS[0].hex()}, {"authorization": f"Bearer {KEYS[0].hex()}"},
        )
    )  # fmt: skip
    return bare | extra, body


def other_key(forger: Forger, _headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Signed rightly under the expired key, another hook's, an empty or a guessed one."""
    key = forger.chance.choice(
        (EXPIRED, OTHER_HOOKS, b"", bytes(32), forger.chance.randbytes(32), KEYS[0][:31], KEYS[0][::-1])
    )
    return forger.genuine(int(body.split()[-1].rstrip(b"}")), key)


def moved(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """The right signature of another delivery."""
    other, _body = forger.genuine(1_000_000 + forger.chance.randrange(1000))
    return {name: other[name] if name in PROOF[forger.source.name] else value for name, value in headers.items()}, body


def time_or_id(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Of GitLab: an old or a future time, rightly signed; a time or an id that was not signed. Of others: another key."""
    if forger.source.name != "gitlab":
        return other_key(forger, headers, body)
    away = timedelta(seconds=forger.chance.choice((-1, 1)) * forger.chance.randint(301, 10**8))
    rightly = str(int((NOW + away).timestamp()))
    old = {
        "webhook-timestamp": rightly,
        "webhook-signature": standard_signature(KEYS[0], headers["webhook-id"], rightly, body),
    }
    others = (
        old, {"webhook-id": "fresh"}, {"webhook-id": ""}, {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
        {"webhook-timestamp": ""}, {"webhook-timestamp": "9" * 40}, {"webhook-timestamp": "-1"}, {"webhook-timestamp": "²"},
        {"webhook-timestamp": headers["webhook-timestamp"] + " "}, {"webhook-timestamp": "NaN"},
    )  # fmt: skip
    return headers | forger.chance.choice((old, *others)), body


def token_after_signature(forger: Forger, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """The plain token of GitLab, alone or to rescue a signature that fails, on a hook that signs."""
    token = {"x-gitlab-token": dict(forger.source.credentials(KEYS[0]))["webhook_secret"]}
    broken, _body = forger.chance.choice((signature_sign, no_signature))(forger, headers, body)
    return broken | token, body


KINDS: tuple[Forge, ...] = (
    body_bit, body_length, signature_sign, signature_shape, no_signature, other_key, moved, time_or_id, token_after_signature,
)  # fmt: skip


def door(source: Source, accepted: list[Delivery]) -> Receiver:
    """A hook with two live keys on which a signed delivery was seen."""
    hook = HookKeys(7, source.name, KEYS, signed_only=True)

    def accept(delivery: Delivery) -> Accepted:
        accepted.append(delivery)
        return Accepted.STORED

    return Receiver(lambda _name, _key: hook, accept, clock=lambda: NOW, max_body_bytes=100_000)


def send(receiver: Receiver, name: str, headers: Mapping[str, str], body: bytes) -> int:
    """The answer."""
    return post(receiver, f"/webhooks/{name}/k", headers=dict(headers), body=body)


@pytest.mark.parametrize("name", sorted(registry.SOURCES))
def test_no_forgery_is_accepted_and_each_genuine_delivery_is(name: str) -> None:
    """S1: 5,000 mutations for each tracker, with 500 genuine deliveries under both live keys between them."""
    source, accepted = registry.source(name), list[Delivery]()
    receiver, forger = door(source, accepted), Forger(source, random.Random(name))  # noqa: S311  (no secret is drawn)
    taken, refused = [], []
    for number in range(FORGERIES):
        headers, body = forger.genuine(number, KEYS[number % 2])
        if number % (FORGERIES // GENUINE) == 0 and send(receiver, name, headers, body) != 202:
            refused.append((headers, body))
        kind = KINDS[number % len(KINDS)]
        forged = kind(forger, headers, body)
        if forged != (headers, body) and send(receiver, name, *forged) != 401:
            taken.append((kind.__name__, *forged))
    assert taken[:3] == []
    assert refused == []
    assert len(accepted) == GENUINE
