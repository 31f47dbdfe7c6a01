"""A simulated GitHub: its REST API on 127.0.0.1, as far as an issue integration calls it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from werkzeug import Request as HttpRequest
from werkzeug import Response
from werkzeug.exceptions import BadRequest

from connector.demo.forges.github_apps import Apps
from connector.demo.forges.github_deliveries import github_headers, github_payload
from connector.demo.forges.github_shapes import GitHubShapes
from connector.demo.forges.listing import ListRow, carries, cut, link_header, moment, sizes
from connector.demo.forges.model import Change, Comment, Hook, Issue, Json, Project, Request
from connector.demo.forges.server import Call, ForgeServer, Route, json_response
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
_BASES = ("/repos/{owner}/{repo}", "/repositories/{id}")


class GitHubServer(ForgeServer):
    """Speaks GitHub's REST API both at its root (as api.github.com) and below ``/api/v3`` (as an enterprise server).

    ``anonymous_limit`` is as generous as that of a token; GitHub's own is 60.
    """

    kind = "github"
    api_path = "/api/v3"

    def __init__(self, forge: Forge, *, port: int = 0, web_url: str = "") -> None:
        self.apps = Apps(forge)
        super().__init__(forge, port=port, web_url=web_url)
        self.limit = 5000
        self.anonymous_limit = 5000
        self._used: dict[str | None, int] = {}

    def routes(self) -> Iterable[Route]:
        """The part of GitHub's API that is simulated."""
        yield Route("GET", "/user", self._me)
        yield Route("GET", "/rate_limit", self._limits)
        yield Route("POST", "/graphql", self._closers)
        yield Route("POST", "/api/graphql", self._closers)
        of_project = {
            ("GET", ""): self._project,
            ("GET", "/languages"): self._languages,
            ("GET", "/labels"): self._labels,
            ("GET", "/issues"): self._issues,
            ("GET", "/issues/comments/{comment}"): self._one_comment,
            ("PATCH", "/issues/comments/{comment}"): self._edit_comment,
            ("DELETE", "/issues/comments/{comment}"): self._delete_comment,
            ("GET", "/issues/{number}"): self._issue,
            ("GET", "/issues/{number}/comments"): self._comments,
            ("POST", "/issues/{number}/comments"): self._create_comment,
            ("POST", "/issues/{number}/assignees"): self._assign,
            ("DELETE", "/issues/{number}/assignees"): self._unassign,
            ("GET", "/issues/{number}/assignees/{login}"): self._assignable,
            ("GET", "/contents/{path}"): self._file,
            ("GET", "/pulls"): self._requests,
            ("GET", "/pulls/{number}"): self._request,
            ("GET", "/pulls/{number}/reviews"): self._reviews,
            ("GET", "/commits/{sha}/check-suites"): self._check_suites,
            ("GET", "/commits/{sha}/status"): self._statuses,
            ("GET", "/hooks"): self._hooks,
            ("POST", "/hooks"): self._create_hook,
            ("PATCH", "/hooks/{hook}"): self._change_hook,
            ("DELETE", "/hooks/{hook}"): self._delete_hook,
            ("POST", "/hooks/{hook}/pings"): self._ping_hook,
            ("GET", "/hooks/{hook}/deliveries"): self._deliveries,
            ("POST", "/hooks/{hook}/deliveries/{attempt}/attempts"): self._redeliver,
        }
        yield from self.apps.routes()
        yield Route("GET", "/orgs/{owner}/hooks", self._owner_hooks)
        yield Route("POST", "/orgs/{owner}/hooks", self._create_owner_hook)
        yield Route("PATCH", "/orgs/{owner}/hooks/{hook}", self._change_owner_hook)
        yield Route("DELETE", "/orgs/{owner}/hooks/{hook}", self._delete_owner_hook)
        yield Route("POST", "/orgs/{owner}/hooks/{hook}/pings", self._ping_owner_hook)
        for base in _BASES:
            for (method, path), answer in of_project.items():
                yield Route(method, base + path, self._in_project(answer, path))

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

    def restore(self) -> None:
        """A new hour: everybody's quota is fresh."""
        self._used.clear()

    def listening(self, project: Project) -> list[Hook]:
        """The hooks of the project and its owner, and those of the Apps that cover it."""
        return [*super().listening(project), *self.apps.hooks_of(project)]

    def payload(self, change: Change) -> tuple[str, Json] | None:
        """GitHub's delivery about a change."""
        return github_payload(change, GitHubShapes(self.api_url, self.web_url))

    def delivery_headers(self, hook: Hook, body: bytes, *, event: str, delivery_id: str) -> dict[str, str]:
        """GitHub's headers, signed with the hook's secret."""
        return github_headers(hook, body, event=event, delivery_id=delivery_id)

    # --- what the routes answer ---

    def _in_project(self, answer: Callable[[Call, Project], Response], below: str) -> Callable[[Call], Response]:
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

    def _me(self, call: Call) -> Response:
        if call.login is None:
            return self.error(401, "Requires authentication")
        return json_response(self._shapes(call).user(self.forge.account(call.login)))

    def _limits(self, call: Call) -> Response:
        self._used[call.login] = self._used.get(call.login, 0) - 1
        quota = self._quota(call.login)
        core = {name: int(quota[f"x-ratelimit-{name}"]) for name in ("limit", "used", "remaining", "reset")}
        return json_response({"resources": {"core": core}})

    def _project(self, call: Call, project: Project) -> Response:
        return json_response(self._shapes(call).repository(project))

    def _languages(self, _call: Call, project: Project) -> Response:
        return json_response(project.languages)

    def _labels(self, call: Call, project: Project) -> Response:
        shapes = self._shapes(call)
        return self._page(call, project, list(project.labels.values()), lambda one: shapes.label(project, one))

    def _issues(self, call: Call, project: Project) -> Response:
        if not project.has_issues:
            return self.error(410)
        rows = _chosen(call, self._rows(call, project))
        return self._page(call, project, rows, lambda one: one.json())

    def _issue(self, call: Call, project: Project) -> Response:
        number, shapes = call.number(), self._shapes(call)
        if number in project.requests:
            return json_response(shapes.request_row(project, project.requests[number]))
        return json_response(shapes.issue(project, self.forge.issue(project, number)))

    def _request(self, call: Call, project: Project) -> Response:
        return json_response(self._shapes(call).request(project, self.forge.request(project, call.number())))

    def _requests(self, call: Call, project: Project) -> Response:
        shapes = self._shapes(call)
        requests = {one.row_id: one for one in project.requests.values()}
        chosen = _chosen(call, [_request_row(project, one, shapes) for one in requests.values()])
        return self._page(call, project, [requests[row.id] for row in chosen], lambda one: shapes.request(project, one))

    def _reviews(self, call: Call, project: Project) -> Response:
        request, shapes = self.forge.request(project, call.number()), self._shapes(call)
        return self._page(
            call, project, request.reviews, lambda one: shapes.review(project, request, one, is_listed=True)
        )

    def _check_suites(self, call: Call, project: Project) -> Response:
        shapes = self._shapes(call)
        checked = [one for one in project.requests.values() if one.head == call.parts["sha"] and one.checks]
        rows = [shapes.check_suite(one, one.updated_at) for one in checked]
        return json_response({"total_count": len(rows), "check_suites": rows})

    def _statuses(self, _call: Call, _project: Project) -> Response:
        return json_response({"state": "pending", "statuses": [], "total_count": 0})

    def _closers(self, call: Call) -> Response:
        """The one query that is asked: what closes these issues. A renamed repository is not found here."""
        if call.login is None:
            return self.error(401, "Requires authentication")
        data = call.data()
        asked = data.get("variables", {})
        project = self._visible(call, f"{asked.get('owner')}/{asked.get('name')}")
        if project is None:
            errors = [{"type": "NOT_FOUND", "path": ["repository"], "message": "Could not resolve to a Repository."}]
            return json_response({"data": {"repository": None}, "errors": errors})
        shapes = self._shapes(call)
        found: Json = {}
        for number in re.findall(r"i(\d+): issue\(number: \1\)", str(data.get("query"))):
            rows = [shapes.closer(project, one) for one in project.requests.values() if int(number) in one.closes]
            found[f"i{number}"] = {"closedByPullRequestsReferences": {"nodes": rows}}
        return json_response({"data": {"repository": found}})

    def _comments(self, call: Call, project: Project) -> Response:
        if call.number() in project.requests:
            request, shapes = project.requests[call.number()], self._shapes(call)
            return self._page(call, project, request.comments, lambda one: shapes.comment(project, request, one))
        issue, shapes = self.forge.issue(project, call.number()), self._shapes(call)
        rows = [
            one
            for one in self.listed(issue)
            if one.updated_at >= moment(call.http.args.get("since", "1970-01-01T00:00:00Z"))
        ]
        return self._page(call, project, rows, lambda one: shapes.comment(project, issue, one))

    def _one_comment(self, call: Call, project: Project) -> Response:
        for request in project.requests.values():
            for comment in request.comments:
                if comment.id == call.number("comment"):
                    return json_response(self._shapes(call).comment(project, request, comment))
        issue, comment = self._commented(project, call.number("comment"))
        return json_response(self._shapes(call).comment(project, issue, comment))

    def _create_comment(self, call: Call, project: Project) -> Response:
        issue, body = self.forge.issue(project, call.number()), call.data().get("body")
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        if issue.is_locked and not call.sees(project):
            return self.error(403, "Unable to create comment because issue is locked.")
        if not isinstance(body, str) or not body.strip():
            return self.error(422, "Validation Failed")
        comment = self.forge.comment(project, issue.number, body, by=str(call.login))
        return json_response(self._shapes(call).comment(project, issue, comment), 201)

    def _edit_comment(self, call: Call, project: Project) -> Response:
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue, comment = self._commented(project, call.number("comment"))
        author = comment.author.login if comment.author else None
        if author != call.login and not call.sees(project):
            return self.error(403)
        self.forge.edit_comment(project, issue.number, comment.id, str(call.data().get("body", "")), by=str(call.login))
        return json_response(self._shapes(call).comment(project, issue, comment))

    def _delete_comment(self, call: Call, project: Project) -> Response:
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue, comment = self._commented(project, call.number("comment"))
        author = comment.author.login if comment.author else None
        if author != call.login and not call.sees(project):
            return self.error(403)
        self.forge.delete_comment(project, issue.number, comment.id)
        return Response(status=204)

    def _assign(self, call: Call, project: Project) -> Response:
        """Who may not be assigned is left out without a word, as GitHub does."""
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue = self.forge.issue(project, call.number())
        for login in _logins(call) if call.sees(project) else ():
            self.forge.assign(project, issue.number, login, by=str(call.login))
        return json_response(self._shapes(call).issue(project, issue), 201)

    def _unassign(self, call: Call, project: Project) -> Response:
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue = self.forge.issue(project, call.number())
        assigned = {one.login.lower() for one in issue.assignees}
        for login in _logins(call) if call.sees(project) else ():
            if login.lower() in assigned:
                self.forge.unassign(project, issue.number, login, by=str(call.login))
        return json_response(self._shapes(call).issue(project, issue))

    def _assignable(self, call: Call, project: Project) -> Response:
        if self.forge.is_assignable(project, call.number(), call.parts["login"]):
            return Response(status=204)
        return self.error(404)

    def _file(self, call: Call, project: Project) -> Response:
        text = project.files.get(call.parts["path"])
        if text is None:
            return self.error(404)
        return Response(text, content_type="application/vnd.github.raw+json; charset=utf-8")

    def _hooks(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        shapes = self._shapes(call)
        return self._page(call, project, list(project.hooks.values()), lambda one: shapes.hook(project, one))

    def _create_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        data = call.data()
        config = data.get("config") or {}
        if not config.get("url") or any(one.url == config["url"] for one in project.hooks.values()):
            return self.error(422, "Validation Failed")
        hook = self.forge.add_hook(
            project, config["url"], secret=config.get("secret", ""), events=data.get("events") or ["push"]
        )
        return json_response(self._shapes(call).hook(project, hook), 201)

    def _change_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        hook = self.hook(call, project)
        _change(hook, call.data())
        return json_response(self._shapes(call).hook(project, hook))

    def _delete_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        del project.hooks[self.hook(call, project).id]
        return Response(status=204)

    def _ping_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        self.forge.ping(project, self.hook(call, project))
        return Response(status=204)

    def _owner_hooks(self, call: Call) -> Response:
        place = self._owner_place(call)
        hooks = self.forge.owner_hooks.get(call.parts["owner"].lower(), {})
        return json_response([self._shapes(call).owned_hook(place, one) for one in hooks.values()])

    def _create_owner_hook(self, call: Call) -> Response:
        place, data = self._owner_place(call), call.data()
        config = data.get("config") or {}
        hook = self.forge.add_owner_hook(
            call.parts["owner"],
            config.get("url", ""),
            secret=config.get("secret", ""),
            events=data.get("events") or ["push"],
        )
        self._ping_any(call, hook)
        return json_response(self._shapes(call).owned_hook(place, hook), 201)

    def _change_owner_hook(self, call: Call) -> Response:
        place, hook = self._owner_place(call), self._owner_hook(call)
        _change(hook, call.data())
        return json_response(self._shapes(call).owned_hook(place, hook))

    def _delete_owner_hook(self, call: Call) -> Response:
        self._owner_place(call)
        del self.forge.owner_hooks[call.parts["owner"].lower()][self._owner_hook(call).id]
        return Response(status=204)

    def _ping_owner_hook(self, call: Call) -> Response:
        self._owner_place(call)
        self._ping_any(call, self._owner_hook(call))
        return Response(status=204)

    def _ping_any(self, call: Call, hook: Hook) -> None:
        owner = f"{call.parts['owner']}/".lower()
        below = (one for one in self.forge.projects.values() if one.path.lower().startswith(owner))
        if (project := next(below, None)) is not None:
            self.forge.ping(project, hook)

    def _owner_place(self, call: Call) -> str:
        """Where an organisation's hooks are; whoever does not administer it finds nothing."""
        if not call.administers(call.parts["owner"], self.forge):
            raise NoSuchObject(call.parts["owner"])
        return f"{call.root}/orgs/{call.parts['owner']}/hooks"

    def _owner_hook(self, call: Call) -> Hook:
        hooks = self.forge.owner_hooks.get(call.parts["owner"].lower(), {})
        if call.number("hook") not in hooks:
            raise NoSuchObject("hook")
        return hooks[call.number("hook")]

    def _deliveries(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        rows = self.hook(call, project).attempts[::-1]
        return self._page(call, project, rows, lambda one: self._shapes(call).attempt(project, one))

    def _redeliver(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        self.send_again(self.hook(call, project), call.number("attempt"))
        return json_response({}, 202)

    # --- parts ---

    def _shapes(self, call: Call) -> GitHubShapes:
        version = call.http.headers.get("X-GitHub-Api-Version", VERSIONS[0])
        return GitHubShapes(call.root, self.web_url, has_assignee=version == VERSIONS[0])

    def _write_refused(self, call: Call, project: Project) -> Response | None:
        if call.login is None:
            return self.error(401, "Requires authentication")
        if project.is_archived:
            return self.error(403, "Repository was archived so is read-only.")
        return None

    def _commented(self, project: Project, comment_id: int) -> tuple[Issue, Comment]:
        for issue in project.issues.values():
            for comment in issue.comments:
                if comment.id == comment_id:
                    return issue, comment
        raise NoSuchObject(f"comment {comment_id}")

    def _rows(self, call: Call, project: Project) -> list[ListRow]:
        shapes = self._shapes(call)
        issues = [_issue_row(project, one, shapes) for one in project.issues.values()]
        return issues + [_request_row(project, one, shapes) for one in project.requests.values()]

    def _page(self, call: Call, project: Project, rows: Sequence[T], as_json: Callable[[T], Json]) -> Response:
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


def _change(hook: Hook, data: Json) -> None:
    """As GitHub does: a config that comes without its secret loses it."""
    if (config := data.get("config")) is not None:
        hook.url, hook.secret = config.get("url", hook.url), config.get("secret", "")
    hook.events = tuple(data.get("events", hook.events))
    hook.is_active = bool(data.get("active", hook.is_active))


def _chosen(call: Call, rows: list[ListRow]) -> list[ListRow]:
    args = call.http.args
    state = args.get("state", "open")
    if state not in {"open", "closed", "all"}:
        raise BadRequest("Validation Failed")
    kept = [one for one in rows if state == "all" or one.is_open == (state == "open")]
    kept = [one for one in kept if carries(one, args.get("labels", ""))]
    if "since" in args:
        kept = [one for one in kept if one.updated_at >= moment(args["since"])]
    match args.get("assignee", "").lower():
        case "":
            pass
        case "none":
            kept = [one for one in kept if not one.assignees]
        case "*":
            kept = [one for one in kept if one.assignees]
        case login:
            kept = [one for one in kept if login in one.assignees]
    return sorted(kept, key=_sort_key(args.get("sort", "created")), reverse=args.get("direction", "desc") == "desc")


def _sort_key(name: str) -> Callable[[ListRow], tuple[datetime, int]]:
    if name == "updated":
        return lambda row: (row.updated_at, row.id)
    return lambda row: (row.created_at, row.id)


def _issue_row(project: Project, issue: Issue, shapes: GitHubShapes) -> ListRow:
    return ListRow(
        id=issue.id,
        is_open=issue.is_open,
        labels=frozenset(name.casefold() for name in issue.labels),
        assignees=frozenset(one.login.lower() for one in issue.assignees),
        created_at=issue.created_at,
        updated_at=issue.updated_at,
        is_confidential=False,
        json=lambda: shapes.issue(project, issue),
    )


def _request_row(project: Project, request: Request, shapes: GitHubShapes) -> ListRow:
    return ListRow(
        id=request.row_id,
        is_open=request.state == "open",
        labels=frozenset(name.casefold() for name in request.labels),
        assignees=frozenset(),
        created_at=request.created_at,
        updated_at=request.updated_at,
        is_confidential=False,
        json=lambda: shapes.request_row(project, request),
    )


def _logins(call: Call) -> list[str]:
    """Assignees are names, or objects with a ``login``."""
    given = call.data().get("assignees") or []
    return [str(one["login"] if isinstance(one, dict) else one) for one in given]
