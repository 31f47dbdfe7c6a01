"""Which deliveries of Forgejo, Gitea and Gogs are believed, and what is kept of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from sources.base import Proof
from sources.errors import BadSignature
from sources.forgejo.source import Forgejo

SOURCE = Forgejo()
KEY, OTHER = bytes(range(32)), bytes(32)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BODY = '{"action": "opened", "note": "été 🐞"}'.encode()
GOOD = "bca22be9b2c1cc3fb52bc5bbc507ed6fc56b757927cc9b4af5653d4e5038c310"


def headers(**changes: str | None) -> dict[str, str]:
    """Those of a genuine delivery, with some changed or (None) left out; underscores stand for dashes."""
    made: dict[str, str | None] = {**SOURCE.sign(BODY, key=KEY, event="issues", delivery_id="7f3a", now=NOW)}
    made.update({name.replace("_", "-"): value for name, value in changes.items()})
    return {name: value for name, value in made.items() if value is not None}


def signature(key: bytes = KEY, body: bytes = BODY) -> str:
    return SOURCE.sign(body, key=key, event="issues", delivery_id="7f3a", now=NOW)["x-forgejo-signature"]


@pytest.mark.parametrize(
    "absent",
    [(), ("x_forgejo_signature",), ("x_forgejo_signature", "x_gitea_signature")],
    ids=["forgejo", "gitea", "gogs"],
)
def test_each_of_the_family_is_believed_by_its_own_header(absent: tuple[str, ...]) -> None:
    """S1."""
    given = headers(**dict.fromkeys(absent))
    assert SOURCE.verify(given, BODY, keys=[OTHER, KEY], now=NOW, signed_only=True) is Proof.SIGNATURE


@pytest.mark.parametrize(
    "changes",
    [
        {"x_forgejo_signature": ""},
        {"x_forgejo_signature": "0" * 64},
        {"x_forgejo_signature": signature()[:-1]},
        {"x_forgejo_signature": f"{signature()} "},
        {"x_forgejo_signature": signature().upper()},
        {"x_forgejo_signature": f"sha256={signature()}"},
        {"x_forgejo_signature": signature(OTHER)},
        {"x_forgejo_signature": signature(body=BODY + b" ")},
        {"x_forgejo_signature": "é"},
        {"x_forgejo_signature": "", "x_gitea_signature": signature()},
        {"x_forgejo_signature": None, "x_gitea_signature": "", "x_gogs_signature": signature()},
        dict.fromkeys(("x_forgejo_signature", "x_gitea_signature", "x_gogs_signature")),
        {
            **dict.fromkeys(("x_forgejo_signature", "x_gitea_signature", "x_gogs_signature")),
            "x_hub_signature_256": f"sha256={signature()}",
            "x_forgejo_signature_256": signature(),
        },
    ],
)
def test_anything_but_the_bare_digest_in_the_first_header_is_refused(changes: dict[str, str | None]) -> None:
    """S1: no header rescues another, and the headers that imitate GitHub's prove nothing here."""
    with pytest.raises(BadSignature):
        SOURCE.verify(headers(**changes), BODY, keys=[KEY], now=NOW)


def test_without_a_live_key_nothing_is_believed() -> None:
    """S1: a hook without a secret sends an empty signature, and an empty key must not match it."""
    for keys in ([], [b""], [OTHER]):
        with pytest.raises(BadSignature):
            SOURCE.verify(headers(), BODY, keys=keys, now=NOW)


def test_the_digest_is_the_one_that_the_forge_computes_from_what_is_typed() -> None:
    typed = SOURCE.credentials(KEY)["webhook_secret"]
    assert typed == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    assert signature() == GOOD


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "7f3a"),
        ({"x_forgejo_delivery": None, "x_gitea_delivery": "2c"}, "2c"),
        ({"x_forgejo_delivery": "first", "x_github_delivery": "never"}, "first"),
        ({"x_forgejo_delivery": ""}, None),
        ({"x_forgejo_delivery": "x" * 101}, None),
        ({"x_forgejo_delivery": "a\nb"}, None),
    ],
)
def test_the_id_is_taken_when_it_looks_like_one(changes: dict[str, str | None], expected: str | None) -> None:
    found = SOURCE.delivery_id(headers(**changes), BODY)
    assert found == expected or (expected is None and len(found) == 64)


def test_the_event_is_never_read_from_the_headers_that_imitate_github() -> None:
    assert SOURCE.event_name({"x-github-event": "issues"}) == ""
    assert SOURCE.event_name({"x-github-event": "push", "x-gogs-event": "issues"}) == "issues"


def test_the_secret_that_old_versions_write_into_the_body_is_not_kept() -> None:
    """S6."""
    body = json.dumps({"secret": "hunter2 été", "action": "opened", "note": 'says "secret": "x"'}).encode()
    kept = SOURCE.storable({}, body)
    assert json.loads(kept) == {"action": "opened", "note": 'says "secret": "x"'}
    assert SOURCE.storable({}, BODY) == BODY
    assert b"hunter2" not in SOURCE.storable({}, b'{"secret": "hunter2", "action": ')
