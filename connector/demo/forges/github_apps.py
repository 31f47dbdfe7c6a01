"""GitHub Apps at the simulated GitHub: made from a manifest, installed by people, with tokens that end."""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from werkzeug import Response

from connector.demo.forges.github_shapes import delivery_row
from connector.demo.forges.model import Change, Hook, Json, Project
from connector.demo.forges.server import Call, Route, json_response
from connector.demo.forges.state import OWNER, Forge, NoSuchObject

LASTS = timedelta(hours=1)
LONGEST_JWT = 660
RSA_BITS = 2048


@dataclass(slots=True)
class ForgeInstallation:
    """One installation. ``projects`` are the numbers of what it covers."""

    id: int
    account: str
    projects: set[int]
    is_suspended: bool = False


@dataclass(slots=True)
class ForgeApp:
    """One App, with the public half of its key."""

    id: int
    manifest: Json
    hook: Hook
    public_key: rsa.RSAPublicKey
    pem: str
    installations: dict[int, ForgeInstallation] = field(default_factory=dict)

    @property
    def login(self) -> str:
        """The account that acts for it."""
        return f"app-{self.id}[bot]"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token of an installation opens."""

    login: str
    projects: frozenset[int]
    permissions: Mapping[str, str]
    ends: datetime


class Apps:
    """All Apps of one simulated GitHub. ``token_length``: GitHub's tokens grew in 2026."""

    def __init__(self, forge: Forge, send_again: Callable[[Hook, int], None]) -> None:
        self.forge = forge
        self._send_again = send_again
        self.apps: dict[int, ForgeApp] = {}
        self.grants: dict[str, Grant] = {}
        self.token_length = 520
        self._codes: dict[str, Json] = {}

    # --- what people do on GitHub's pages ---

    def submit(self, manifest: str) -> str:
        """Press the button of the page for new Apps: the code that leads back."""
        code = secrets.token_hex(20)
        self._codes[code] = json.loads(manifest)
        return code

    def install(self, app: ForgeApp, account: str, projects: Sequence[Project]) -> ForgeInstallation:
        """Install an App on some projects of an account."""
        made = ForgeInstallation(self.forge.new_id(), account, {each.id for each in projects})
        app.installations[made.id] = made
        self.forge.account(app.login, is_bot=True)
        for project in projects:
            project.members.add(app.login)
        self.tell(app, made, "created", projects=projects)
        return made

    def tell(
        self, app: ForgeApp, installation: ForgeInstallation, action: str, *, projects: Sequence[Project] = (),
        event: str = "installation", key: str = "repositories",
    ) -> None:  # fmt: skip
        """Send an event about an installation to the App's hook."""
        rows = [{"id": each.id, "full_name": each.path, "name": each.name, "private": False} for each in projects]
        data = {"action": action, "installation": self.shape(app, installation), key: rows}
        change = Change(event, action, projects[0] if projects else _nowhere(self.forge), self.forge.account(OWNER))
        self.forge.announce(change, hook=app.hook, data=data)

    def remove(self, app: ForgeApp, installation: ForgeInstallation) -> None:
        """Somebody uninstalls it: its tokens are dead at once."""
        del app.installations[installation.id]
        self.grants.clear()
        self.tell(app, installation, "deleted")

    def suspend(self, app: ForgeApp, installation: ForgeInstallation, *, is_suspended: bool = True) -> None:
        """Somebody suspends it, or lets it go on."""
        installation.is_suspended = is_suspended
        self.tell(app, installation, "suspend" if is_suspended else "unsuspend")

    def add(self, app: ForgeApp, installation: ForgeInstallation, project: Project) -> None:
        """Cover one more project."""
        installation.projects.add(project.id)
        project.members.add(app.login)
        self.tell(
            app, installation, "added", projects=[project], event="installation_repositories", key="repositories_added"
        )

    def drop(self, app: ForgeApp, installation: ForgeInstallation, project: Project) -> None:
        """Cover one project less."""
        installation.projects.discard(project.id)
        project.members.discard(app.login)
        self.tell(
            app, installation, "removed", projects=[project], event="installation_repositories",
            key="repositories_removed",
        )  # fmt: skip

    def hooks_of(self, project: Project) -> list[Hook]:
        """The hooks of the Apps that cover a project."""
        return [
            app.hook
            for app in self.apps.values()
            if any(project.id in each.projects and not each.is_suspended for each in app.installations.values())
        ]

    # --- the API ---

    def routes(self) -> Iterable[Route]:
        """The part of the API that is about Apps."""
        yield Route("POST", "/app-manifests/{code}/conversions", self._convert)
        yield Route("GET", "/app", self._about)
        yield Route("PATCH", "/app/hook/config", self._configure)
        yield Route("GET", "/app/hook/deliveries", self._deliveries)
        yield Route("POST", "/app/hook/deliveries/{attempt}/attempts", self._redeliver)
        yield Route("GET", "/repos/{owner}/{repo}/installation", self._at)
        yield Route("POST", "/app/installations/{installation}/access_tokens", self._lend)

    def login_of(self, token: str) -> str | None:
        """Whose token this is; None for one that ended."""
        grant = self.grants.get(token)
        return grant.login if grant and grant.ends > self.forge.clock() else None

    def shape(self, app: ForgeApp, installation: ForgeInstallation) -> Json:
        """An installation as the API and deliveries show it."""
        return {
            "id": installation.id,
            "account": {"login": installation.account, "id": 1, "type": "Organization"},
            "app_id": app.id,
            "repository_selection": "selected",
            "permissions": app.manifest["default_permissions"],
            "events": app.manifest["default_events"],
            "suspended_at": "2026-11-23T09:00:00Z" if installation.is_suspended else None,
        }

    def _convert(self, call: Call) -> Response:
        manifest = self._codes.pop(call.parts["code"], None)
        if manifest is None:
            raise NoSuchObject("code")
        key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        ).decode()
        hook = Hook(self.forge.new_id(), manifest["hook_attributes"]["url"], self.forge.clock(), secrets.token_hex(20))
        app = ForgeApp(self.forge.new_id(), manifest, hook, key.public_key(), pem)
        self.apps[app.id] = app
        slug = manifest["name"].lower().replace(" ", "-")
        data = {
            "id": app.id, "slug": slug, "name": manifest["name"], "html_url": f"https://github.com/apps/{slug}",
            "pem": pem, "webhook_secret": hook.secret, "client_id": f"Iv1.{app.id}", "client_secret": "c" * 40,
            "permissions": manifest["default_permissions"], "events": manifest["default_events"],
        }  # fmt: skip
        return json_response(data, 201)

    def _about(self, call: Call) -> Response:
        app = self._speaker(call)
        url, permissions = f"https://github.com/apps/app-{app.id}", app.manifest["default_permissions"]
        data = {"id": app.id, "slug": f"app-{app.id}", "name": app.manifest["name"], "html_url": url}
        return json_response({**data, "permissions": permissions})

    def _configure(self, call: Call) -> Response:
        app, data = self._speaker(call), call.data()
        app.hook.url, app.hook.secret = data.get("url", app.hook.url), data.get("secret", app.hook.secret)
        return json_response({"url": app.hook.url, "content_type": "json", "insecure_ssl": "0", "secret": "********"})

    def _deliveries(self, call: Call) -> Response:
        """Newest first; where they go on is told by a cursor."""
        rows = self._speaker(call).hook.attempts[::-1]
        first, most = int(call.http.args.get("cursor", 0)), int(call.http.args.get("per_page", 30))
        shown = [delivery_row(one) for one in rows[first : first + most]]
        more = f'<{call.root}/app/hook/deliveries?per_page={most}&cursor={first + most}>; rel="next"'
        return json_response(shown, headers={"Link": more} if first + most < len(rows) else {})

    def _redeliver(self, call: Call) -> Response:
        self._send_again(self._speaker(call).hook, call.number("attempt"))
        return json_response({}, 202)

    def _at(self, call: Call) -> Response:
        app = self._speaker(call)
        project = self.forge.find(f"{call.parts['owner']}/{call.parts['repo']}")
        for each in app.installations.values():
            if project.id in each.projects:
                return json_response(self.shape(app, each))
        raise NoSuchObject("installation")

    def _lend(self, call: Call) -> Response:
        app, data = self._speaker(call), call.data()
        installation = app.installations.get(call.number("installation"))
        if installation is None:
            raise NoSuchObject("installation")
        if installation.is_suspended:
            return json_response({"message": "This installation has been suspended"}, 403)
        wanted = set(data.get("repository_ids") or installation.projects)
        permissions = data.get("permissions") or app.manifest["default_permissions"]
        if not wanted <= installation.projects or not _within(permissions, app.manifest["default_permissions"]):
            return json_response({"message": "Validation Failed"}, 422)
        token = f"ghs_{app.id}_".ljust(self.token_length, "x")[: self.token_length - 20] + secrets.token_hex(10)
        ends = self.forge.clock() + LASTS
        self.grants[token] = Grant(app.login, frozenset(wanted), permissions, ends)
        data = {"token": token, "expires_at": f"{ends:%Y-%m-%dT%H:%M:%SZ}", "permissions": permissions}
        return json_response(data, 201)

    def _speaker(self, call: Call) -> ForgeApp:
        """The App that signed the request's JWT."""
        header, _, rest = call.http.headers.get("Authorization", "").removeprefix("Bearer ").partition(".")
        payload, _, signature = rest.partition(".")
        claims = _json(payload)
        app = self.apps.get(int(claims.get("iss", 0)))
        if app is None or not _is_timely(claims):
            raise NoSuchObject("app")
        try:
            app.public_key.verify(
                _bytes(signature), f"{header}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            raise NoSuchObject("app") from None
        return app


def _is_timely(claims: Json) -> bool:
    """GitHub takes a JWT of ten minutes at most, which was not issued in the future."""
    now = time.time()
    return bool(claims["iat"] <= now < claims["exp"] and claims["exp"] - claims["iat"] <= LONGEST_JWT)


def _within(wanted: Mapping[str, str], granted: Mapping[str, str]) -> bool:
    return all(granted.get(name) in {level, "write"} for name, level in wanted.items())


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _json(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _nowhere(forge: Forge) -> Project:
    now = forge.clock()
    return Project(id=0, path="", created_at=now, updated_at=now, pushed_at=now)
