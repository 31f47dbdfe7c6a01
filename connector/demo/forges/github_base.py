"""What all of the simulated GitHub's routes share: who calls, versions, quotas, ETags, pages and moved repositories."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode

from werkzeug import Request as HttpRequest
from werkzeug import Response

from connector.demo.forges.github_apps import Apps
from connector.demo.forges.github_shapes import GitHubShapes
from connector.demo.forges.listing import cut, link_header, sizes
from connector.demo.forges.model import Json, Project
from connector.demo.forges.server import Call, ForgeServer, json_response
from connector.demo.forges.state import Forge, NoSuchObject

T = TypeVar("T")
VERSIONS = ("2022-11-28", "2026-03-10")
DOCUMENTATION = "https://docs.github.com/rest"
_MESSAGES = {
    401: "Bad credentials",
    403: "Resource not accessible by personal access token",
    404: "Not Found",
    410: "Issues are disabled for this repo",
}


class GitHubBase(ForgeServer):
    """Speaks GitHub's REST API both at its root (as api.github.com) and below ``/api/v3`` (as an enterprise server).

    ``anonymous_limit`` is as generous as that of a token; GitHub's own is 60.
    """

    kind = "github"
    api_path = "/api/v3"

    def __init__(self, forge: Forge, *, port: int = 0, web_url: str = "") -> None:
        self.apps = Apps(forge, self.send_again)
        super().__init__(forge, port=port, web_url=web_url)
        self.limit = 5000
        self.anonymous_limit = 5000
        self._used: dict[str | None, int] = {}

    def login(self, http: HttpRequest) -> tuple[str | None, bool]:
        """Who calls: ``Authorization: Bearer`` or ``token``."""
        given = http.headers.get("Authorization", "")
        token = given.partition(" ")[2].strip()
        return self.forge.tokens.get(token) or self.apps.login_of(token), bool(given)

    def refused(self, call: Call) -> Response | None:
        """A bad token, an unknown version, no user agent, or no quota left."""
        if call.http.headers.get("Authorization") and call.login is None and not _is_for_apps(call.http.path):
            return self.error(401)
        version = call.http.headers.get("X-GitHub-Api-Version", VERSIONS[0])
        if version not in VERSIONS:
            return self.error(400, f"The API version {version} is not supported.")
        if not call.http.headers.get("User-Agent"):
            return self.error(
                403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
            )
        if self._used.get(call.login, 0) >= self._limit(call.login):
            return self.error(403, "API rate limit exceeded")
        return None

    def error(self, status: int, message: str = "") -> Response:
        """A refusal as GitHub words it."""
        data = {
            "message": message or _MESSAGES.get(status, "Error"),
            "documentation_url": DOCUMENTATION,
            "status": str(status),
        }
        return json_response(data, status)

    def finish(self, call: Call, response: Response) -> Response:
        """Give GET answers an ETag, turn a known one into 304, count the request."""
        if call.http.method == "GET" and response.status_code == 200:
            response = self._conditional(call, response)
        is_free = response.status_code == 304 and call.login is not None
        if not is_free:
            self._used[call.login] = self._used.get(call.login, 0) + 1
        response.headers.update(self._quota(call.login))
        ends = self.forge.token_ends.get(call.http.headers.get("Authorization", "").partition(" ")[2].strip())
        if ends is not None:
            response.headers["GitHub-Authentication-Token-Expiration"] = f"{ends:%Y-%m-%d %H:%M:%S} UTC"
        return response

    def exhaust(self, login: str | None = None) -> None:
        """Use up the hour's quota of this account, or of anonymous callers."""
        self._used[login] = self._limit(login)

    def used_by(self, login: str | None = None) -> int:
        """What this account, or anonymous callers, have used of the hour's quota."""
        return self._used.get(login, 0)

    def restore(self) -> None:
        """A new hour: everybody's quota is fresh."""
        self._used.clear()

    def in_project(self, answer: Callable[[Call, Project], Response], below: str) -> Callable[[Call], Response]:
        def handler(call: Call) -> Response:
            call.below = below.format(**call.parts)
            path = call.parts.get("id") or f"{call.parts['owner']}/{call.parts['repo']}"
            project = self._visible(call, path)
            return answer(call, project) if project else self._moved(call, path)

        return handler

    def _visible(self, call: Call, key: str) -> Project | None:
        try:
            project = self.forge.find(key)
        except NoSuchObject:
            return None
        if "id" not in call.parts and key.lower() != project.path.lower():
            return None
        return project if call.sees(project) or not project.is_private else None

    def _moved(self, call: Call, path: str) -> Response:
        project = self.forge.moved(path)
        if project is None or (project.is_private and not call.sees(project)):
            return self.error(404)
        query = f"?{call.http.query_string.decode()}" if call.http.query_string else ""
        url = f"{call.root}/repositories/{project.id}{call.below}{query}"
        status = 301 if call.http.method == "GET" else 307
        data = {"message": "Moved Permanently", "url": url, "documentation_url": DOCUMENTATION}
        return json_response(data, status, {"Location": url})

    def shapes(self, call: Call) -> GitHubShapes:
        version = call.http.headers.get("X-GitHub-Api-Version", VERSIONS[0])
        return GitHubShapes(call.root, self.web_url, has_assignee=version == VERSIONS[0])

    def page(self, call: Call, project: Project, rows: Sequence[T], as_json: Callable[[T], Json]) -> Response:
        page, size = sizes(call.http.args, usual=30)
        last = max(-(-len(rows) // size), 1)

        def at(number: int) -> str:
            query = {**call.http.args.to_dict(), "page": str(number)}
            return f"{call.root}/repositories/{project.id}{call.below}?{urlencode(query)}"

        onward = [("next", at(page + 1)), ("last", at(last))] if page < last else []
        back = [("prev", at(page - 1)), ("first", at(1))] if page > 1 else []
        return json_response([as_json(one) for one in cut(rows, page, size)], headers=link_header(back + onward))

    def _conditional(self, call: Call, response: Response) -> Response:
        """GitHub's ETags belong to the token: another token never matches."""
        known = hashlib.sha256(response.get_data() + str(call.login).encode()).hexdigest()
        etag = f'W/"{known}"'
        response.headers["ETag"] = etag
        given = [one.strip().removeprefix("W/") for one in call.http.headers.get("If-None-Match", "").split(",")]
        if etag.removeprefix("W/") not in given:
            return response
        return Response(status=304, headers={"ETag": etag})

    def _limit(self, login: str | None) -> int:
        return self.anonymous_limit if login is None else self.limit

    def _quota(self, login: str | None) -> dict[str, str]:
        limit, used = self._limit(login), min(self._used.get(login, 0), self._limit(login))
        hour = self.forge.clock().replace(minute=0, second=0, microsecond=0)
        values = {
            "limit": limit,
            "used": used,
            "remaining": limit - used,
            "reset": int((hour + timedelta(hours=1)).timestamp()),
            "resource": "core",
        }
        return {f"x-ratelimit-{name}": str(value) for name, value in values.items()}


def _is_for_apps(path: str) -> bool:
    """Whether a JWT is shown here, which is no account's token."""
    below = path.removeprefix("/api/v3")
    return below == "/app" or below.startswith("/app/") or below.endswith("/installation")
