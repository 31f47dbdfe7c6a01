"""A simulated GitHub: its REST API on 127.0.0.1, as far as an issue integration calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from werkzeug import Response
from werkzeug.exceptions import BadRequest

from connector.demo.forges.github_deliveries import github_headers, github_payload
from connector.demo.forges.github_graphql import GitHubGraphQl
from connector.demo.forges.github_hooks import GitHubHookRoutes
from connector.demo.forges.github_shapes import GitHubShapes, field_row
from connector.demo.forges.listing import ListRow, carries, moment
from connector.demo.forges.model import Change, Comment, Hook, Issue, Json, Project, Request
from connector.demo.forges.server import Call, Route, json_response
from connector.demo.forges.state import NoSuchObject

_BASES = ("/repos/{owner}/{repo}", "/repositories/{id}")


class GitHubServer(GitHubHookRoutes, GitHubGraphQl):
    """A simulated GitHub on the network."""

    def routes(self) -> Iterable[Route]:
        """The part of GitHub's API that is simulated."""
        yield Route("GET", "/user", self._me)
        yield Route("GET", "/rate_limit", self._limits)
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
        yield from self.graphql_routes()
        yield Route("GET", "/orgs/{owner}/issue-fields", self._fields)
        yield Route("GET", "/orgs/{owner}/hooks", self._owner_hooks)
        yield Route("POST", "/orgs/{owner}/hooks", self._create_owner_hook)
        yield Route("PATCH", "/orgs/{owner}/hooks/{hook}", self._change_owner_hook)
        yield Route("DELETE", "/orgs/{owner}/hooks/{hook}", self._delete_owner_hook)
        yield Route("POST", "/orgs/{owner}/hooks/{hook}/pings", self._ping_owner_hook)
        for base in _BASES:
            for (method, path), answer in of_project.items():
                yield Route(method, base + path, self.in_project(answer, path))

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

    def _me(self, call: Call) -> Response:
        if call.login is None:
            return self.error(401, "Requires authentication")
        return json_response(self.shapes(call).user(self.forge.account(call.login)))

    def _limits(self, call: Call) -> Response:
        self._used[call.login] = self._used.get(call.login, 0) - 1
        quota = self._quota(call.login)
        core = {name: int(quota[f"x-ratelimit-{name}"]) for name in ("limit", "used", "remaining", "reset")}
        return json_response({"resources": {"core": core}})

    def _fields(self, call: Call) -> Response:
        """The organisation's issue fields; whoever is not signed in may not ask."""
        if call.login is None:
            return self.error(404)
        return json_response([field_row(name, is_for_all=shown) for name, shown in self.forge.fields.items()])

    def _project(self, call: Call, project: Project) -> Response:
        return json_response(self.shapes(call).repository(project))

    def _languages(self, _call: Call, project: Project) -> Response:
        return json_response(project.languages)

    def _labels(self, call: Call, project: Project) -> Response:
        shapes = self.shapes(call)
        return self.page(call, project, list(project.labels.values()), lambda one: shapes.label(project, one))

    def _issues(self, call: Call, project: Project) -> Response:
        if not project.has_issues:
            return self.error(410)
        rows = _chosen(call, self._rows(call, project))
        return self.page(call, project, rows, lambda one: one.json())

    def _issue(self, call: Call, project: Project) -> Response:
        number, shapes = call.number(), self.shapes(call)
        if number in project.moved:
            place, new = project.moved[number]
            url = f"{call.root}/repositories/{place}/issues/{new}"
            return json_response({"message": "Moved Permanently", "url": url}, 301, {"Location": url})
        if number in project.requests:
            return json_response(shapes.request_row(project, project.requests[number]))
        return json_response(shapes.issue(project, self.forge.issue(project, number)))

    def _request(self, call: Call, project: Project) -> Response:
        return json_response(self.shapes(call).request(project, self.forge.request(project, call.number())))

    def _requests(self, call: Call, project: Project) -> Response:
        shapes = self.shapes(call)
        requests = {one.row_id: one for one in project.requests.values()}
        chosen = _chosen(call, [_request_row(project, one, shapes) for one in requests.values()])
        return self.page(call, project, [requests[row.id] for row in chosen], lambda one: shapes.request(project, one))

    def _reviews(self, call: Call, project: Project) -> Response:
        request, shapes = self.forge.request(project, call.number()), self.shapes(call)
        return self.page(
            call, project, request.reviews, lambda one: shapes.review(project, request, one, is_listed=True)
        )

    def _check_suites(self, call: Call, project: Project) -> Response:
        shapes = self.shapes(call)
        checked = [one for one in project.requests.values() if one.head == call.parts["sha"] and one.checks]
        rows = [shapes.check_suite(one, one.updated_at) for one in checked]
        return json_response({"total_count": len(rows), "check_suites": rows})

    def _statuses(self, _call: Call, _project: Project) -> Response:
        return json_response({"state": "pending", "statuses": [], "total_count": 0})

    def _comments(self, call: Call, project: Project) -> Response:
        if call.number() in project.requests:
            request, shapes = project.requests[call.number()], self.shapes(call)
            return self.page(call, project, request.comments, lambda one: shapes.comment(project, request, one))
        issue, shapes = self.forge.issue(project, call.number()), self.shapes(call)
        rows = [
            one
            for one in self.listed(issue)
            if one.updated_at >= moment(call.http.args.get("since", "1970-01-01T00:00:00Z"))
        ]
        return self.page(call, project, rows, lambda one: shapes.comment(project, issue, one))

    def _one_comment(self, call: Call, project: Project) -> Response:
        for request in project.requests.values():
            for comment in request.comments:
                if comment.id == call.number("comment"):
                    return json_response(self.shapes(call).comment(project, request, comment))
        issue, comment = self._commented(project, call.number("comment"))
        return json_response(self.shapes(call).comment(project, issue, comment))

    def _create_comment(self, call: Call, project: Project) -> Response:
        issue, body = self.forge.issue(project, call.number()), call.data().get("body")
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        if issue.is_locked and not call.sees(project):
            return self.error(403, "Unable to create comment because issue is locked.")
        if not isinstance(body, str) or not body.strip():
            return self.error(422, "Validation Failed")
        comment = self.forge.comment(project, issue.number, body, by=str(call.login))
        return json_response(self.shapes(call).comment(project, issue, comment), 201)

    def _edit_comment(self, call: Call, project: Project) -> Response:
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue, comment = self._commented(project, call.number("comment"))
        author = comment.author.login if comment.author else None
        if author != call.login and not call.sees(project):
            return self.error(403)
        self.forge.edit_comment(project, issue.number, comment.id, str(call.data().get("body", "")), by=str(call.login))
        return json_response(self.shapes(call).comment(project, issue, comment))

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
        return json_response(self.shapes(call).issue(project, issue), 201)

    def _unassign(self, call: Call, project: Project) -> Response:
        if (refusal := self._write_refused(call, project)) is not None:
            return refusal
        issue = self.forge.issue(project, call.number())
        assigned = {one.login.lower() for one in issue.assignees}
        for login in _logins(call) if call.sees(project) else ():
            if login.lower() in assigned:
                self.forge.unassign(project, issue.number, login, by=str(call.login))
        return json_response(self.shapes(call).issue(project, issue))

    def _assignable(self, call: Call, project: Project) -> Response:
        if self.forge.is_assignable(project, call.number(), call.parts["login"]):
            return Response(status=204)
        return self.error(404)

    def _file(self, call: Call, project: Project) -> Response:
        text = project.files.get(call.parts["path"])
        if text is None:
            return self.error(404)
        return Response(text, content_type="application/vnd.github.raw+json; charset=utf-8")

    # --- parts ---

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
        shapes = self.shapes(call)
        issues = [_issue_row(project, one, shapes) for one in project.issues.values()]
        return issues + [_request_row(project, one, shapes) for one in project.requests.values()]


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
