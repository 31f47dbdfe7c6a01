"""Forgejo and its relatives as a source: how a delivery proves itself, what it means, and where a project lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sources.base import Client, Connection, Headers, HookRecipe, Proof
from sources.errors import BadSignature
from sources.forgejo.client import ForgejoClient
from sources.forgejo.events import event_of, without_secret
from sources.forgejo.payloads import issue_of
from sources.forgejo.project_address import project_address
from sources.model import Event, Issue, ProjectAddress
from sources.pasted import Pasted
from sources.signing import content_id, hmac_sha256, same
from sources.transport import Transport

LONGEST_DELIVERY_ID = 100
# Each sends its own headers and those of its ancestors, with the same values. GitHub's, which they imitate, are not read.
_FAMILY = ("forgejo", "gitea", "gogs")


class Forgejo:
    """Codeberg and other instances of Forgejo and Gitea; of Gogs the deliveries are understood too."""

    name = "forgejo"
    also = ("gitea", "gogs")
    title = "Forgejo / Gitea"
    default_host = "codeberg.org"
    can_suggest = False

    def verify(
        self,
        headers: Headers,
        body: bytes,
        *,
        keys: Sequence[bytes],
        now: datetime,  # noqa: ARG002 (no time is signed)
        signed_only: bool = False,  # noqa: ARG002 (there is no plain token)
    ) -> Proof:
        """Check the bare hexadecimal HMAC over the raw bytes under every live key; raises `BadSignature`.

        The first header of the family counts: another one never rescues it.
        """
        given = _of_family(headers, "signature")
        matches = [same(given, _signature(key, body)) for key in keys if key]
        if not any(matches):
            raise BadSignature
        return Proof.SIGNATURE

    def delivery_id(self, headers: Headers, body: bytes) -> str:
        """The forge's id of the delivery. It is not signed, so it is only taken when it looks like one."""
        given = _of_family(headers, "delivery").strip()
        is_usable = 0 < len(given) <= LONGEST_DELIVERY_ID and given.isascii() and given.isprintable()
        return given if is_usable else content_id(self.event_name(headers), body)

    def event_name(self, headers: Headers) -> str:
        """The event header, as sent."""
        return _of_family(headers, "event")

    def storable(self, headers: Headers, body: bytes) -> bytes:  # noqa: ARG002 (there are no confidential issues)
        """All of the body but the hook's own secret, which old versions write into it."""
        return without_secret(body)

    def parse(self, headers: Headers, body: bytes) -> Event:
        """What the delivery means; raises `UnreadablePayload`."""
        return event_of(self.event_name(headers), body)

    def credentials(self, key: bytes) -> Mapping[str, str]:
        """The secret to type into the hook form."""
        return {"webhook_secret": _secret(key).decode("ascii")}

    def sign(self, body: bytes, *, key: bytes, event: str, delivery_id: str, now: datetime) -> dict[str, str]:  # noqa: ARG002 (no time is signed)
        """The headers that Forgejo would send with this body; those that imitate GitHub are left out."""
        values = {"delivery": delivery_id, "event": event, "event-type": event, "signature": _signature(key, body)}
        ours = {f"x-{member}-{name}": value for member in _FAMILY for name, value in values.items()}
        return {"content-type": "application/json", "user-agent": "Go-http-client/1.1", **ours}

    def address(self, url: str) -> ProjectAddress:
        """The repository that a pasted address means; raises `NotAProjectAddress`."""
        return project_address(url, source=self.name, default_host=self.default_host)

    def shows_in(self, pasted: Pasted) -> bool:  # noqa: ARG002 (its addresses look like those of others)
        """Never: its host must be known or stated."""
        return False

    def hook_recipe(self, web_url: str) -> HookRecipe:
        """The form of "Add webhook", "Forgejo" (or "Gitea"). Labels and assignments are boxes of their own there."""
        return HookRecipe(
            page=f"{web_url}/settings/hooks",
            url_field="Target URL",
            choices=(("HTTP method", "POST"), ("POST content type", "application/json")),
            secrets=(("Secret", "webhook_secret"),),
            events=(
                "Issue events: Modification",
                "Issue events: Assignment",
                "Issue events: Labels",
                "Pull request events: Modification",
            ),
            save="Add webhook",
            test="Test delivery",
        )

    def file_url(self, web_url: str, branch: str, path: str) -> str:
        """The page that shows a file of a repository."""
        return f"{web_url}/src/branch/{branch}/{path}"

    def probe_url(self, api_url: str) -> str:
        """The version."""
        return f"{api_url}/version"

    def api_url(self, base_url: str) -> str:
        """The API root of an installation."""
        return f"{base_url.rstrip('/')}/api/v1"

    def issue_of(self, payload: object) -> Issue:
        """One issue from the REST API's JSON; raises `UnreadablePayload`."""
        return issue_of(payload)

    def per_minute(self, host: str) -> int | None:  # noqa: ARG002 (no instance tells)
        """None is known."""
        return None

    def connect(self, connection: Connection, transport: Transport) -> Client:
        """A client for one repository; no request is made yet."""
        return ForgejoClient(connection, transport)


def _of_family(headers: Headers, name: str) -> str:
    """The value of the first of the family's headers that was sent, empty where none was."""
    return next((headers[f"x-{member}-{name}"] for member in _FAMILY if f"x-{member}-{name}" in headers), "")


def _secret(key: bytes) -> bytes:
    """What is typed into the hook form: the key in hexadecimal, since the form takes text."""
    return key.hex().encode("ascii")


def _signature(key: bytes, body: bytes) -> str:
    return hmac_sha256(_secret(key), body).hex()
