"""Published signature vectors, and everything that must not pass as a signature of GitHub."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from sources.errors import BadSignature
from sources.github.source import GitHub
from sources.signing import content_id, hex_signature, same, standard_signature

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY, OTHER_KEY = bytes(range(32)), bytes(range(32, 64))
BODY = b'{"zen": "Small steps."}'


def test_githubs_published_vector() -> None:
    expected = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert hex_signature(b"It's a Secret to Everybody", b"Hello, World!") == f"sha256={expected}"


def test_escapes_and_raw_characters_are_signed_as_sent() -> None:
    body = b'{"action":"opened","issue":{"title":"\\ud83d\\ude00 ' + "é".encode() + b'"}}'
    expected = "478e1fc02b8a7ca80eb88cc6f8100242b0d38eecbbe4c03f5a0e832765ee8abf"
    assert hex_signature(b"s3cr3t", body) == f"sha256={expected}"


def test_the_standard_webhooks_vector() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    given = standard_signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert given == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def headers() -> dict[str, str]:
    return GitHub().sign(BODY, key=KEY, event="ping", delivery_id="d-1", now=NOW)


GOOD = headers()["x-hub-signature-256"]
FORGED = {
    "missing": None,
    "empty": "",
    "empty digest": "sha256=",
    "no prefix": GOOD.removeprefix("sha256="),
    "other prefix": GOOD.replace("sha256=", "sha1="),
    "cut": GOOD[:-1],
    "longer": GOOD + "0",
    "upper case": "sha256=" + GOOD.removeprefix("sha256=").upper(),
    "upper case prefix": GOOD.replace("sha256", "SHA256"),
    "space before": " " + GOOD,
    "doubled header": f"{GOOD},{GOOD}",
    "doubled header with a space": f"{GOOD}, {GOOD}",
    "not ASCII": "sha256=é" + GOOD[8:],
    "undecodable": "sha256=\udcff" + GOOD[8:],
    "another key's": hex_signature(OTHER_KEY.hex().encode(), BODY),
    "the raw key's": hex_signature(KEY, BODY),
}


@pytest.mark.parametrize("signature", FORGED.values(), ids=FORGED.keys())
def test_a_forged_signature_is_refused(signature: str | None) -> None:
    given = {name: value for name, value in headers().items() if name != "x-hub-signature-256"}
    if signature is not None:
        given["x-hub-signature-256"] = signature
    with pytest.raises(BadSignature):
        GitHub().verify(given, BODY, keys=[KEY], now=NOW)


def test_the_old_sha1_header_proves_nothing() -> None:
    with pytest.raises(BadSignature):
        GitHub().verify({"x-hub-signature": GOOD, "x-github-event": "ping"}, BODY, keys=[KEY], now=NOW)


@pytest.mark.parametrize("keys", [[], [b""], [OTHER_KEY], [b"", OTHER_KEY]])
def test_without_the_live_key_nothing_passes(keys: list[bytes]) -> None:
    with pytest.raises(BadSignature):
        GitHub().verify(headers(), BODY, keys=keys, now=NOW)


def test_the_signature_of_an_empty_key_does_not_pass() -> None:
    with pytest.raises(BadSignature):
        GitHub().verify({"x-hub-signature-256": hex_signature(b"", BODY)}, BODY, keys=[b""], now=NOW)


@pytest.mark.parametrize("keys", [[KEY], [OTHER_KEY, KEY], [KEY, OTHER_KEY]])
def test_either_live_key_passes_during_a_rotation(keys: list[bytes]) -> None:
    GitHub().verify(headers(), BODY, keys=keys, now=NOW)


@pytest.mark.parametrize("position", range(len(BODY)))
def test_each_byte_of_the_body_is_signed(position: int) -> None:
    changed = bytearray(BODY)
    changed[position] ^= 1
    with pytest.raises(BadSignature):
        GitHub().verify(headers(), bytes(changed), keys=[KEY], now=NOW)


@pytest.mark.parametrize("position", range(len(GOOD)))
def test_each_character_of_the_signature_counts(position: int) -> None:
    changed = GOOD[:position] + ("0" if GOOD[position] != "0" else "1") + GOOD[position + 1 :]
    with pytest.raises(BadSignature):
        GitHub().verify({"x-hub-signature-256": changed}, BODY, keys=[KEY], now=NOW)


def test_the_typed_secret_is_what_signs() -> None:
    secret = GitHub().credentials(KEY)["webhook_secret"]
    assert hex_signature(secret.encode(), BODY) == GOOD


@pytest.mark.parametrize("given", ["", "  ", "x" * 101, "id\n", "é"])
def test_a_delivery_id_that_looks_wrong_is_replaced(given: str) -> None:
    made = GitHub().delivery_id({"x-github-delivery": given, "x-github-event": "ping"}, BODY)
    assert made == ("id" if given == "id\n" else content_id("ping", BODY))


def test_texts_are_compared_whole() -> None:
    assert same("abc", "abc")
    assert not same("abc", "abcd")
    assert not same("\udcff", "abc")
