"""GitHub: signatures, events, addresses. Talking to it is the client's part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from sources.apps import AppClient, AppWish, MadeApp
from sources.base import Client, Connection, Headers, HookRecipe, Proof
from sources.errors import BadSignature, NotAProjectAddress
from sources.github.app import GitHubApp, app_form, make_app
from sources.github.client import GitHubClient
from sources.github.events import event_of
from sources.github.hooks import EVENTS
from sources.github.payloads import issue_of
from sources.model import Event, Issue, ProjectAddress
from sources.pasted import Pasted, parse_pasted, without_git
from sources.signing import content_id, hex_signature, same
from sources.transport import Transport

LONGEST_DELIVERY_ID = 100
_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_NAME = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
# First parts of github.com addresses that are pages of GitHub itself and never an owner.
_PAGE_NAMES = """
    about account apps blog codespaces collections contact copilot customer-stories dashboard enterprise events explore
    features issues join login logout marketplace mine new notifications organizations orgs pricing pulls readme search
    security sessions settings signup site solutions sponsors stars team topics trending users watching"""
_PAGES = frozenset(_PAGE_NAMES.split())
_PAGES_OF_ANY_SERVER = frozenset({"explore", "login", "orgs", "search", "settings", "topics", "users"})
_OTHER_HOSTS = ("api.github.com", "gist.github.com", "docs.github.com", "raw.githubusercontent.com", "github.io")


class GitHub:
    """github.com, GitHub Enterprise Server and ghe.com."""

    name = "github"
    also = ()
    title = "GitHub"
    default_host = "github.com"
    can_suggest = True

    def verify(
        self,
        headers: Headers,
        body: bytes,
        *,
        keys: Sequence[bytes],
        now: datetime,  # noqa: ARG002 (GitHub signs no time)
        signed_only: bool = False,  # noqa: ARG002 (GitHub has no plain token)
    ) -> Proof:
        """Check ``X-Hub-Signature-256`` over the raw bytes under every live key; raises `BadSignature`."""
        given = headers.get("x-hub-signature-256", "")
        matches = [same(given, hex_signature(_secret(key), body)) for key in keys if key]
        if not any(matches):
            raise BadSignature
        return Proof.SIGNATURE

    def delivery_id(self, headers: Headers, body: bytes) -> str:
        """GitHub's id of the event. It is not signed, so it is only taken when it looks like one."""
        given = headers.get("x-github-delivery", "").strip()
        is_usable = 0 < len(given) <= LONGEST_DELIVERY_ID and given.isascii() and given.isprintable()
        return given if is_usable else content_id(self.event_name(headers), body)

    def event_name(self, headers: Headers) -> str:
        """The event header, as sent."""
        return headers.get("x-github-event", "")

    def storable(self, headers: Headers, body: bytes) -> bytes:  # noqa: ARG002 (GitHub has no confidential issues)
        """All of the body."""
        return body

    def parse(self, headers: Headers, body: bytes) -> Event:
        """What the delivery means; raises `UnreadablePayload`."""
        return event_of(self.event_name(headers), body)

    def credentials(self, key: bytes) -> Mapping[str, str]:
        """The secret to type into GitHub's hook form."""
        return {"webhook_secret": _secret(key).decode("ascii")}

    def sign(self, body: bytes, *, key: bytes, event: str, delivery_id: str, now: datetime) -> dict[str, str]:  # noqa: ARG002 (GitHub signs no time)
        """The headers that GitHub would send with this body."""
        return {
            "content-type": "application/json",
            "user-agent": "GitHub-Hookshot/simulated",
            "x-github-event": event,
            "x-github-delivery": delivery_id,
            "x-hub-signature-256": hex_signature(_secret(key), body),
        }

    def address(self, url: str) -> ProjectAddress:
        """The repository that a pasted address means; raises `NotAProjectAddress`."""
        pasted = parse_pasted(url)
        host = pasted.host.removeprefix("www.").removeprefix("ssh.")
        if pasted.host == "api.github.com" and pasted.segments[:1] == ("repos",):
            host, pasted = "github.com", Pasted(pasted.host, pasted.base_url, pasted.segments[1:])
        if host.endswith(_OTHER_HOSTS):
            raise NotAProjectAddress(f"{host} holds no repositories: paste the address of the repository itself.")
        base_url = f"https://{host}" if host == self.default_host else pasted.base_url
        pages = _PAGES if host == self.default_host else _PAGES_OF_ANY_SERVER
        return ProjectAddress(self.name, host, "/".join(_path(pasted.segments, base_url, pages)), base_url)

    def shows_in(self, pasted: Pasted) -> bool:  # noqa: ARG002 (its addresses look like those of others)
        """Never."""
        return False

    def hook_recipe(self, web_url: str) -> HookRecipe:
        """GitHub's form; it sends a ping by itself."""
        return HookRecipe(
            page=f"{web_url}/settings/hooks/new",
            url_field="Payload URL",
            choices=(("Content type", "application/json"),),
            secrets=(("Secret", "webhook_secret"),),
            events=tuple(EVENTS.values()),
            save="Add webhook",
        )

    def file_url(self, web_url: str, branch: str, path: str) -> str:
        """The page that shows a file of a repository."""
        return f"{web_url}/blob/{branch}/{path}"

    def probe_url(self, api_url: str) -> str:
        """The rate limit, which costs nothing of it."""
        return f"{api_url}/rate_limit"

    def api_url(self, base_url: str) -> str:
        """The API root of the forge whose web root is ``base_url``."""
        scheme, _, host = base_url.rstrip("/").partition("://")
        if host == self.default_host or host.endswith(".ghe.com"):
            return f"https://api.{host}"
        return f"{scheme}://{host}/api/v3"

    def issue_of(self, payload: object) -> Issue:
        """One issue from the REST API's JSON; raises `UnreadablePayload`."""
        return issue_of(payload)

    def app_form(self, wish: AppWish) -> str:
        """The manifest of an App."""
        return app_form(wish)

    def app_page(self, base_url: str, owner: str) -> str:
        """Where a manifest is sent."""
        return f"{base_url}/organizations/{owner}/settings/apps/new" if owner else f"{base_url}/settings/apps/new"

    def make_app(self, api_url: str, code: str, transport: Transport) -> MadeApp:
        """Trade the code that came back for the App."""
        return make_app(api_url, code, transport)

    def app(self, api_url: str, app_id: str, private_key: str, transport: Transport) -> AppClient:
        """A client that speaks as the App."""
        return GitHubApp(api_url, app_id, private_key, transport)

    def install_url(self, web_url: str) -> str:
        """Where the App is installed."""
        return f"{web_url}/installations/new"

    def per_minute(self, host: str) -> int | None:
        """The secondary limit of github.com; an enterprise server has none unless somebody set it."""
        return 900 if host == self.default_host else None

    def connect(self, connection: Connection, transport: Transport) -> Client:
        """A client for one repository; no request is made yet."""
        return GitHubClient(connection, transport)


def _secret(key: bytes) -> bytes:
    """What is typed into the hook form: the key in hexadecimal, since the form takes text."""
    return key.hex().encode("ascii")


def _path(segments: Sequence[str], base_url: str, pages: Set[str]) -> tuple[str, str]:
    if not segments or segments[0].lower() in pages:
        raise NotAProjectAddress(
            f"{'/'.join((base_url, *segments[:2]))} is a page of GitHub, not a repository. "
            f"A repository's address looks like {base_url}/owner/name."
        )
    if len(segments) == 1:
        raise NotAProjectAddress(
            f"{base_url}/{segments[0]} is an account. Add one of its repositories: {base_url}/{segments[0]}/name."
        )
    owner, name = segments[0], without_git(segments[1])
    if not _OWNER.fullmatch(owner) or not _NAME.fullmatch(name):
        raise NotAProjectAddress(f"{owner}/{name} cannot be the name of a repository on GitHub.")
    return owner, name
