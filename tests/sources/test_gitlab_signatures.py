"""How a GitLab delivery proves itself: signing token, plain token, and every way to fail."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from sources.base import Proof
from sources.errors import BadSignature
from sources.gitlab.source import GitLab
from sources.signing import standard_signature

GITLAB = GitLab()
KEY, NEW_KEY, FOREIGN = bytes(range(32)), bytes(range(32, 64)), b"\xff" * 32
NOW = datetime(2026, 11, 22, 9, 0, 30, tzinfo=UTC)
BODY = '{"object_kind":"issue","title":"Ünïcödé 🗂"}'.encode()
PLAIN = GITLAB.credentials(KEY)["webhook_secret"]


def signed(**changes: str) -> dict[str, str]:
    headers = GITLAB.sign(BODY, key=KEY, event="Issue Hook", delivery_id="d-1", now=NOW)
    return {**headers, **{name.replace("_", "-"): value for name, value in changes.items()}}


def unsigned(**changes: str) -> dict[str, str]:
    headers = signed(**changes)
    return {name: value for name, value in headers.items() if not name.startswith("webhook-")}


def test_the_published_vector_of_standard_webhooks_verifies() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    at = datetime.fromtimestamp(1614265330, UTC)
    assert GITLAB.verify(headers, b'{"test": 2432232314}', keys=[key], now=at) is Proof.SIGNATURE
    with pytest.raises(BadSignature):
        GITLAB.verify(headers, b'{"test":2432232314}', keys=[key], now=at)


def test_the_reference_library_accepts_what_we_sign_under_our_signing_token() -> None:
    now = datetime.now(UTC)
    headers = GITLAB.sign(BODY, key=KEY, event="Issue Hook", delivery_id="d-1", now=now)
    Webhook(GITLAB.credentials(KEY)["signing_token"]).verify(BODY, headers)


def test_we_accept_what_the_reference_library_signs() -> None:
    signature = Webhook(GITLAB.credentials(KEY)["signing_token"]).sign("d-1", NOW, BODY.decode())
    assert GITLAB.verify(signed(webhook_signature=signature), BODY, keys=[KEY], now=NOW) is Proof.SIGNATURE


def test_either_live_key_signs_during_a_rotation() -> None:
    for keys in ([KEY, NEW_KEY], [NEW_KEY, KEY]):
        assert GITLAB.verify(signed(), BODY, keys=keys, now=NOW) is Proof.SIGNATURE
        assert GITLAB.verify(unsigned(), BODY, keys=keys, now=NOW) is Proof.TOKEN


def test_one_matching_entry_of_the_list_is_enough() -> None:
    listed = f"v1a,abc= {standard_signature(FOREIGN, 'd-1', '1', BODY)}  {signed()['webhook-signature']} v2,x"
    assert GITLAB.verify(signed(webhook_signature=listed), BODY, keys=[KEY], now=NOW) is Proof.SIGNATURE


GOOD = signed()["webhook-signature"]


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook_signature": ""},
        {"webhook_signature": " "},
        {"webhook_signature": "v1,"},
        {"webhook_signature": GOOD.removeprefix("v1,")},
        {"webhook_signature": GOOD[:-4]},
        {"webhook_signature": GOOD.lower()},
        {"webhook_signature": GOOD.replace("v1,", "v1=")},
        {"webhook_signature": "v1,é\udcff"},
        {"webhook_signature": standard_signature(FOREIGN, "d-1", str(int(NOW.timestamp())), BODY)},
        {"webhook_id": ""},
        {"webhook_id": "d-2"},
        {"webhook_timestamp": ""},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "-1"},
        {"webhook_timestamp": "9" * 400},
        {"webhook_timestamp": "٣"},
        {"webhook_timestamp": str(int(NOW.timestamp()) + 1)},
    ],
    ids=str,
)
def test_a_signature_that_fails_is_not_rescued_by_the_plain_token(changes: dict[str, str]) -> None:
    headers = signed(**changes)
    assert headers["x-gitlab-token"] == PLAIN
    with pytest.raises(BadSignature):
        GITLAB.verify(headers, BODY, keys=[KEY], now=NOW)


@pytest.mark.parametrize(
    "token", ["", PLAIN[:-1], PLAIN.upper(), f"{PLAIN} ", "é", GITLAB.credentials(FOREIGN)["webhook_secret"]]
)
def test_a_wrong_plain_token_is_refused(token: str) -> None:
    with pytest.raises(BadSignature):
        GITLAB.verify(unsigned(x_gitlab_token=token), BODY, keys=[KEY], now=NOW)


def test_nothing_at_all_proves_nothing() -> None:
    with pytest.raises(BadSignature):
        GITLAB.verify({}, BODY, keys=[KEY], now=NOW)
    with pytest.raises(BadSignature):
        GITLAB.verify(unsigned(), BODY, keys=[], now=NOW)
    with pytest.raises(BadSignature):
        GITLAB.verify(
            GITLAB.sign(BODY, key=b"", event="Issue Hook", delivery_id="d", now=NOW), BODY, keys=[b""], now=NOW
        )


def test_the_plain_token_is_refused_once_the_hook_signs() -> None:
    with pytest.raises(BadSignature, match="no longer accepted"):
        GITLAB.verify(unsigned(), BODY, keys=[KEY], now=NOW, signed_only=True)


@pytest.mark.parametrize(
    ("seconds", "is_accepted"), [(0, True), (299, True), (-299, True), (302, False), (-302, False)]
)
def test_a_clock_may_differ_by_five_minutes_both_ways(seconds: int, *, is_accepted: bool) -> None:
    now = NOW + timedelta(seconds=seconds)
    if is_accepted:
        assert GITLAB.verify(signed(), BODY, keys=[KEY], now=now) is Proof.SIGNATURE
        return
    with pytest.raises(BadSignature, match="Clock skew"):
        GITLAB.verify(signed(), BODY, keys=[KEY], now=now)


def test_the_plain_token_reveals_nothing_of_the_signing_key() -> None:
    credentials = GITLAB.credentials(KEY)
    assert base64.b64decode(credentials["signing_token"].removeprefix("whsec_")) == KEY
    assert KEY.hex() not in credentials["webhook_secret"]
    assert len(credentials["webhook_secret"]) == 64


@pytest.mark.parametrize(
    ("missing", "expected"),
    [([], "d-1"), (["webhook-id"], "d-1"), (["webhook-id", "idempotency-key"], signed()["x-gitlab-event-uuid"])],
)
def test_the_delivery_keeps_its_id_when_it_is_sent_again(missing: list[str], expected: str) -> None:
    headers = {name: value for name, value in signed().items() if name not in missing}
    assert GITLAB.delivery_id(headers, BODY) == expected


def test_without_any_id_event_and_body_make_one() -> None:
    first = GITLAB.delivery_id({"x-gitlab-event": "Issue Hook"}, BODY)
    assert first == GITLAB.delivery_id({"x-gitlab-event": "Issue Hook", "x-other": "1"}, BODY)
    assert first != GITLAB.delivery_id({"x-gitlab-event": "Note Hook"}, BODY)
    assert first != GITLAB.delivery_id({"x-gitlab-event": "Issue Hook"}, BODY + b" ")


@pytest.mark.parametrize("odd", ["x" * 101, "dé-1", "d\n1", "d\x00"])
def test_an_id_that_does_not_look_like_one_is_not_used(odd: str) -> None:
    headers = {**unsigned(), "idempotency-key": odd}
    assert GITLAB.delivery_id(headers, BODY) == headers["x-gitlab-event-uuid"]
