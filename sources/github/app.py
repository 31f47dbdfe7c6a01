"""GitHub Apps: the form they are made from, and what is done as the App itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlencode

from github.Auth import AppAuth

from sources.answers import Answer
from sources.apps import AppToken, AppWish, Installed, MadeApp
from sources.base import DeliveryLog, Undelivered
from sources.errors import Unavailable
from sources.github.hooks import EVENTS
from sources.github.payloads import attempt_of
from sources.github.writer import API_VERSION
from sources.links import parts_of
from sources.payload import Json, as_object, child, decode_object, integer, text
from sources.redelivery import delivery_log
from sources.times import parse_time
from sources.transport import Transport

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": API_VERSION}
READING = {"metadata": "read", "issues": "read", "pull_requests": "read", "single_file": "read"}
WRITING = {**READING, "issues": "write"}
LASTS = timedelta(hours=1)
PER_PAGE, MOST_LOG_PAGES = 100, 5
THE_HOOK = "app"
"""What stands for the number of the App's webhook, which has none."""


def app_form(wish: AppWish) -> str:
    """The manifest, with the least permissions that do."""
    manifest = {
        "name": wish.name,
        "url": wish.home_url,
        "hook_attributes": {"url": wish.webhook_url, "active": True},
        "redirect_url": wish.back_url,
        "public": True,
        "default_events": list(EVENTS),
        "default_permissions": WRITING if wish.is_writing else READING,
    }
    return json.dumps(manifest)


def make_app(api_url: str, code: str, transport: Transport) -> MadeApp:
    """Trade the code of a manifest for the App and its key."""
    url = f"{api_url}/app-manifests/{quote(code, safe='')}/conversions"
    made = _made(as_object(decode_object(_ask(transport, "POST", url, headers=HEADERS).body)))
    if "PRIVATE KEY" not in made.private_key:
        raise Unavailable("GitHub's answer does not show the App's key.")
    return made


def _made(row: Json) -> MadeApp:
    if not text(row, "id"):
        raise Unavailable("GitHub's answer does not show the App.")
    return MadeApp(
        app_id=text(row, "id"), slug=text(row, "slug"), name=text(row, "name"), web_url=text(row, "html_url"),
        private_key=text(row, "pem"), is_writing=text(child(row, "permissions"), "issues") == "write",
    )  # fmt: skip


class GitHubApp:
    """A `sources.apps.AppClient`. Its own token is a JWT of five minutes, dated a minute back for clocks that differ."""

    def __init__(self, api_url: str, app_id: str, private_key: str, transport: Transport) -> None:
        self._api_url = api_url
        self._auth = AppAuth(app_id, private_key)
        self._transport = transport

    def about(self) -> MadeApp:
        """The App as GitHub shows it."""
        return _made(self._as_app("GET", "/app", None))

    def configure_hook(self, url: str, credentials: Mapping[str, str]) -> None:
        """Set address and secret of the App's webhook."""
        config = {"url": url, "content_type": "json", "insecure_ssl": "0", "secret": credentials["webhook_secret"]}
        self._as_app("PATCH", "/app/hook/config", config)

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:  # noqa: ARG002 (an App has one webhook)
        """The failed deliveries of the last three days, newest first."""
        rows: list[Json] = []
        query = {"per_page": str(PER_PAGE)}
        for _page in range(MOST_LOG_PAGES):
            answer = self._answer("GET", f"/app/hook/deliveries?{urlencode(query)}")
            listed = answer.json()
            page = [as_object(row) for row in listed] if isinstance(listed, list) else []
            fresh = [row for row in page if (integer(row, "id") or 0) > after]
            rows += fresh
            cursor = parse_qs(parts_of(answer.links.get("next", "")).query).get("cursor")
            if len(fresh) < len(page) or not cursor:
                break
            query["cursor"] = cursor[0]
        return delivery_log(THE_HOOK, map(attempt_of, rows), after=after)

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more; it keeps its id."""
        self._answer("POST", f"/app/hook/deliveries/{lost.number}/attempts")

    def token(self, installation_id: str, *, repository_id: str | None, permissions: Mapping[str, str]) -> AppToken:
        """A token that opens one repository only."""
        wish: dict[str, object] = {"permissions": dict(permissions)}
        if repository_id is not None and repository_id.isascii() and repository_id.isdigit():
            wish["repository_ids"] = [int(repository_id)]
        path = f"/app/installations/{quote(installation_id, safe='')}/access_tokens"
        row = self._as_app("POST", path, wish)
        token = text(row, "token")
        if not token:
            raise Unavailable("GitHub's answer holds no token.")
        ends = parse_time(row.get("expires_at")) or self._transport.clock() + LASTS
        return AppToken(token, ends)

    def _as_app(self, verb: str, path: str, data: Mapping[str, object] | None) -> Json:
        answer = self._answer(verb, path, data)
        return as_object(decode_object(answer.body)) if answer.body else {}

    def _answer(self, verb: str, path: str, data: Mapping[str, object] | None = None) -> Answer:
        headers = {**HEADERS, "Authorization": f"Bearer {self._auth.token}"}
        return _ask(self._transport, verb, f"{self._api_url}{path}", headers=headers, data=data)


def installed(row: Json) -> Installed:
    """An installation from the API or a delivery."""
    permissions = {name: level for name, level in child(row, "permissions").items() if isinstance(level, str)}
    return Installed(
        external_id=text(row, "id"),
        account=text(child(row, "account"), "login"),
        permissions=permissions,
        is_suspended=bool(row.get("suspended_at")),
    )


def _ask(
    transport: Transport, verb: str, url: str, *, headers: Mapping[str, str], data: Mapping[str, object] | None = None
) -> Answer:
    response = transport.session().request(verb, url, headers=headers, json=data, allow_redirects=False)
    transport.check(response.status_code, response.headers, response.content)
    lowered = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, response.url, lowered, response.content)
