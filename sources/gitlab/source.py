"""GitLab as a source: how a delivery proves itself, what it means, and where a project lives."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sources.base import Client, Connection, Headers, HookRecipe, Proof
from sources.errors import BadSignature
from sources.gitlab.client import GitLabClient
from sources.gitlab.events import event_of, without_text
from sources.gitlab.hooks import TRIGGERS
from sources.gitlab.payloads import issue_of
from sources.gitlab.project_address import project_address
from sources.model import Event, Issue, ProjectAddress
from sources.pasted import Pasted
from sources.payload import decode_object
from sources.signing import content_id, hmac_sha256, same, standard_signature
from sources.transport import Transport

EVENT = "x-gitlab-event"
LONGEST_DELIVERY_ID = 100
_TOKEN = "x-gitlab-token"  # noqa: S105  (the name of a header, not a secret)
_SIGNATURE = "webhook-signature"


class GitLab:
    """GitLab.com and self-managed GitLab, with the signing token of GitLab 19 or the plain token before it."""

    name = "gitlab"
    also = ()
    title = "GitLab"
    default_host = "gitlab.com"
    can_suggest = False
    tolerance = timedelta(seconds=300)
    """How far the clock of a signed delivery may be from ours."""

    def verify(
        self, headers: Headers, body: bytes, *, keys: Sequence[bytes], now: datetime, signed_only: bool = False
    ) -> Proof:
        """How the delivery proves itself, or `BadSignature`. A signature that fails is never rescued by the token."""
        live = [key for key in keys if key]
        if _SIGNATURE in headers:
            self._verify_signature(headers, body, live, now)
            return Proof.SIGNATURE
        given = headers.get(_TOKEN, "")
        if signed_only:
            raise BadSignature("This hook signs its deliveries; the plain token alone is no longer accepted.")
        if not given or not _any_same(given, [_plain_token(key) for key in live]):
            raise BadSignature
        return Proof.TOKEN

    def delivery_id(self, headers: Headers, body: bytes) -> str:
        """The id that GitLab repeats when it sends the same delivery again."""
        for name in ("webhook-id", "idempotency-key", "x-gitlab-event-uuid"):
            given = headers.get(name, "")
            if 0 < len(given) <= LONGEST_DELIVERY_ID and given.isascii() and given.isprintable():
                return given
        return content_id(self.event_name(headers), body)

    def event_name(self, headers: Headers) -> str:
        """The event header, as sent: ``Issue Hook``."""
        return headers.get(EVENT, "")

    def storable(self, headers: Headers, body: bytes) -> bytes:
        """All of the body; of one announced as confidential only what names its object."""
        if self.event_name(headers).lower().startswith("confidential"):
            return without_text(body)
        return body

    def parse(self, headers: Headers, body: bytes) -> Event:
        """What the delivery means; raises `UnreadablePayload`."""
        return event_of(self.event_name(headers), decode_object(body))

    def credentials(self, key: bytes) -> Mapping[str, str]:
        """The signing token for GitLab 19, and the plain token, which reveals nothing about the key."""
        signing_token = "whsec_" + base64.b64encode(key).decode("ascii")
        return {"webhook_secret": _plain_token(key), "signing_token": signing_token}

    def sign(self, body: bytes, *, key: bytes, event: str, delivery_id: str, now: datetime) -> dict[str, str]:
        """The headers of GitLab 19 for a hook that has both the signing token and the plain one."""
        timestamp = str(int(now.timestamp()))
        return {
            "content-type": "application/json",
            "user-agent": "GitLab/19.1.0",
            "idempotency-key": delivery_id,
            EVENT: event,
            "x-gitlab-event-uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, delivery_id)),
            "x-gitlab-instance": f"https://{self.default_host}",
            _TOKEN: _plain_token(key),
            "webhook-id": delivery_id,
            "webhook-timestamp": timestamp,
            _SIGNATURE: standard_signature(key, delivery_id, timestamp, body),
        }

    def address(self, url: str) -> ProjectAddress:
        """The project that a pasted web address means; raises `NotAProjectAddress`."""
        return project_address(url, source=self.name, default_host=self.default_host)

    def shows_in(self, pasted: Pasted) -> bool:
        """Only GitLab has ``/-/`` between a project and its pages."""
        return "-" in pasted.segments

    def hook_recipe(self, web_url: str) -> HookRecipe:
        """GitLab's form; both tokens may be typed, an older GitLab shows one field only."""
        return HookRecipe(
            page=f"{web_url}/-/hooks",
            url_field="URL",
            choices=(),
            secrets=(("Signing token", "signing_token"), ("Secret token (GitLab < 19)", "webhook_secret")),
            events=tuple(TRIGGERS.values()),
            save="Add webhook",
            test="Test: Issues events",
            confidential=(TRIGGERS["confidential_issues_events"],),
        )

    def file_url(self, web_url: str, branch: str, path: str) -> str:
        """The page that shows a file of a project."""
        return f"{web_url}/-/blob/{branch}/{path}"

    def probe_url(self, api_url: str) -> str:
        """One public project, in its short form."""
        return f"{api_url}/projects?per_page=1&simple=true"

    def api_url(self, base_url: str) -> str:
        """The API root of an installation."""
        return f"{base_url.rstrip('/')}/api/v4"

    def issue_of(self, payload: object) -> Issue:
        """One issue of the REST API; of a confidential one only its key."""
        return issue_of(payload)

    def per_minute(self, host: str) -> int | None:
        """What GitLab.com announced for its free tier; answers tell what it is. Elsewhere there is none by default."""
        return 100 if host == self.default_host else None

    def connect(self, connection: Connection, transport: Transport) -> Client:
        """A client for one project; no request is made yet."""
        return GitLabClient(connection, transport)

    def _verify_signature(self, headers: Headers, body: bytes, keys: Sequence[bytes], now: datetime) -> None:
        message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not message_id or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
            raise BadSignature("The delivery is signed, but lacks its id or its time.")
        expected = [standard_signature(key, message_id, timestamp, body) for key in keys]
        entries = headers[_SIGNATURE].split()
        is_doubled = any(entry.count(",") > 1 for entry in entries)  # two headers, joined by a comma on their way
        if is_doubled or not any(_any_same(entry, expected) for entry in entries):
            raise BadSignature
        skew = abs(now - datetime.fromtimestamp(int(timestamp), UTC))
        if skew > self.tolerance:
            raise BadSignature(
                f"Clock skew: the delivery was signed {skew.total_seconds():.0f} seconds away from our time, "
                f"more than {self.tolerance.total_seconds():.0f}. Check the clocks of both servers."
            )


def _plain_token(key: bytes) -> str:
    return hmac_sha256(key, b"x-gitlab-token").hex()


def _any_same(given: str, expected: Sequence[str]) -> bool:
    return any(same(given, one) for one in expected)
