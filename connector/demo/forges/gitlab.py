"""A simulated GitLab: its REST API on 127.0.0.1, as far as an issue integration calls it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from werkzeug import Request as HttpRequest
from werkzeug import Response

from connector.demo.forges.gitlab_deliveries import gitlab_headers, gitlab_payload
from connector.demo.forges.gitlab_shapes import TRIGGERS, GitLabShapes, stamp
from connector.demo.forges.listing import ListRow, carries, cut, link_header, moment, sizes
from connector.demo.forges.model import Change, Comment, Hook, Issue, Json, Project, Request
from connector.demo.forges.server import Call, ForgeServer, Route, json_response
from connector.demo.forges.state import Forge, NoSuchObject

T = TypeVar("T")
LIMIT = 2000
REST_FROM, NEVER_FROM = 4, 40
"""After how many failures in a row a hook rests, and after how many it is disabled for good."""
_MESSAGES = {401: "401 Unauthorized", 403: "403 Forbidden"}
_STATES = {"opened": (True,), "closed": (False,), "all": (True, False)}


class GitLabServer(ForgeServer):
    """Speaks GitLab's REST API below ``/api/v4``.

    ``disables_hooks``: a hook that fails four times in a row rests a while, and after forty for good, as on GitLab.com.
    ``has_links``: issues can block each other, as in the paid tiers.
    """

    kind = "gitlab"
    api_path = "/api/v4"

    def __init__(self, forge: Forge, *, port: int = 0, web_url: str = "") -> None:
        super().__init__(forge, port=port, web_url=web_url)
        self._shapes = GitLabShapes(self.web_url)
        self._seen: dict[str | None, int] = {}
        self.disables_hooks = False
        self.has_links = True

    def routes(self) -> Iterable[Route]:
        """The part of GitLab's API that is simulated."""
        yield Route("GET", "/user", self._me)
        yield Route("GET", "/users", self._users)
        yield Route("GET", "/version", lambda _: json_response({"version": "19.1.0", "revision": "demo"}))
        of_project = {
            ("GET", ""): self._project,
            ("GET", "/languages"): self._languages,
            ("GET", "/labels"): self._labels,
            ("GET", "/labels/{label}"): self._label,
            ("GET", "/issues"): self._issues,
            ("GET", "/issues/{number}"): self._issue,
            ("PUT", "/issues/{number}"): self._edit_issue,
            ("GET", "/issues/{number}/notes"): self._notes,
            ("POST", "/issues/{number}/notes"): self._create_note,
            ("PUT", "/issues/{number}/notes/{note}"): self._edit_note,
            ("DELETE", "/issues/{number}/notes/{note}"): self._delete_note,
            ("GET", "/hooks"): self._hooks,
            ("POST", "/hooks"): self._create_hook,
            ("PUT", "/hooks/{hook}"): self._change_hook,
            ("DELETE", "/hooks/{hook}"): self._delete_hook,
            ("POST", "/hooks/{hook}/test/{trigger}"): self._test_hook,
            ("GET", "/hooks/{hook}/events"): self._attempts,
            ("POST", "/hooks/{hook}/events/{attempt}/resend"): self._resend,
            ("GET", "/repository/files/{path}/raw"): self._file,
            ("GET", "/merge_requests"): self._requests,
            ("GET", "/merge_requests/{number}"): self._request,
            ("GET", "/merge_requests/{number}/reviewers"): self._reviewers,
            ("GET", "/merge_requests/{number}/notes"): self._request_notes,
            ("GET", "/merge_requests/{number}/notes/{note}"): self._request_note,
            ("GET", "/issues/{number}/notes/{note}"): self._note,
            ("GET", "/issues/{number}/closed_by"): self._closed_by,
            ("GET", "/members/all/{account}"): self._member,
        }
        yield Route("POST", "/api/graphql", self._graphql)  # beside the REST root
        yield Route("GET", "/personal_access_tokens/self", self._token)
        yield Route("GET", "/groups/{group}/projects", self._group_projects)
        yield Route("GET", "/groups/{group}/hooks", self._group_hooks)
        yield Route("POST", "/groups/{group}/hooks", self._create_group_hook)
        yield Route("PUT", "/groups/{group}/hooks/{hook}", self._change_group_hook)
        yield Route("DELETE", "/groups/{group}/hooks/{hook}", self._delete_group_hook)
        yield Route("POST", "/groups/{group}/hooks/{hook}/test/{trigger}", self._test_group_hook)
        for (method, path), answer in of_project.items():
            yield Route(method, "/projects/{id}" + path, self._in_project(answer, path))

    def _graphql(self, call: Call) -> Response:
        """The one question understood: which of these issues are blocked. Errors come with status 200."""
        if not self.has_links:
            return json_response({"errors": [{"message": "Field 'blocked' doesn't exist on type 'Issue'"}]})
        asked = call.data().get("variables") or {}
        try:
            project = self.forge.find(str(asked.get("path")))
        except NoSuchObject:
            project = None
        if project is None or (project.is_private and not call.sees(project)):
            return json_response({"data": {"project": None}})
        rows = [
            {"iid": str(one.number), "blocked": one.blocked_by > 0}
            for one in project.issues.values()
            if str(one.number) in asked.get("iids", []) and (call.sees(project) or not one.is_confidential)
        ]
        return json_response({"data": {"project": {"issues": {"nodes": rows}}}})

    def login(self, http: HttpRequest) -> tuple[str | None, bool]:
        """Who calls: ``PRIVATE-TOKEN``, or ``Authorization: Bearer``."""
        given = http.headers.get("PRIVATE-TOKEN") or http.headers.get("Authorization", "").partition(" ")[2]
        return self.forge.tokens.get(given), bool(given)

    def refused(self, call: Call) -> Response | None:
        """A bad token."""
        return self.error(401) if self.login(call.http) == (None, True) else None

    def error(self, status: int, message: str = "") -> Response:
        """A refusal as GitLab words it."""
        return json_response({"message": message or _MESSAGES.get(status, f"{status} Not Found")}, status)

    def finish(self, call: Call, response: Response) -> Response:
        """The limit headers of GitLab.com; the limit itself is never enforced."""
        self._seen[call.login] = seen = self._seen.get(call.login, 0) + 1
        counted = {"Limit": LIMIT, "Observed": seen, "Remaining": max(LIMIT - seen, 0)}
        response.headers.update({f"RateLimit-{name}": str(value) for name, value in counted.items()})
        return response

    def payload(self, change: Change) -> tuple[str, Json] | None:
        """GitLab's delivery about a change."""
        return gitlab_payload(change, self._shapes)

    def delivery_headers(self, hook: Hook, body: bytes, *, event: str, delivery_id: str) -> dict[str, str]:
        """GitLab's headers, signed with the hook's tokens."""
        return gitlab_headers(hook, body, event=event, delivery_id=delivery_id, now=self.forge.clock())

    def sends(self, hook: Hook) -> bool:
        """Not while it is disabled."""
        return self._status(hook) == "executable"

    def note_answer(self, hook: Hook, *, is_success: bool) -> None:
        """Count failures in a row; from the fourth on the hook rests, twice as long each time."""
        super().note_answer(hook, is_success=is_success)
        if is_success:
            hook.is_active, hook.disabled_until = True, None
        elif self.disables_hooks and hook.failures >= REST_FROM:
            hook.is_active = hook.failures < NEVER_FROM
            pause = min(timedelta(minutes=2 ** (hook.failures - REST_FROM)), timedelta(days=1))
            hook.disabled_until = self.forge.clock() + pause if hook.is_active else None

    def _status(self, hook: Hook) -> str:
        if not hook.is_active:
            return "disabled"
        is_resting = hook.disabled_until is not None and hook.disabled_until > self.forge.clock()
        return "temporarily_disabled" if is_resting else "executable"

    # --- what the routes answer ---

    def _in_project(self, answer: Callable[[Call, Project], Response], below: str) -> Callable[[Call], Response]:
        def handler(call: Call) -> Response:
            call.below = below.format(**call.parts)
            project = self._visible(call)
            return answer(call, project) if project else self._moved(call)

        return handler

    def _visible(self, call: Call) -> Project | None:
        try:
            project = self.forge.find(call.parts["id"])
        except NoSuchObject:
            return None
        return project if call.sees(project) or not project.is_private else None

    def _moved(self, call: Call) -> Response:
        project = self.forge.moved(call.parts["id"])
        if project is None or project.is_private or call.http.method != "GET":
            return self.error(404, "404 Project Not Found")
        query = f"?{call.http.query_string.decode()}" if call.http.query_string else ""
        url = f"{call.root}/projects/{project.id}{call.below}{query}"
        return json_response({"message": "301 Moved Permanently"}, 301, {"Location": url})

    def _me(self, call: Call) -> Response:
        if call.login is None:
            return self.error(401)
        return json_response(self._shapes.user(self.forge.account(call.login)))

    def _users(self, call: Call) -> Response:
        known = self.forge.accounts.get(call.http.args.get("username", "").lower())
        return json_response([self._shapes.user(known)] if known else [])

    def _project(self, _call: Call, project: Project) -> Response:
        return json_response(self._shapes.project(project))

    def _languages(self, _call: Call, project: Project) -> Response:
        total = sum(project.languages.values()) or 1
        return json_response({name: round(100 * size / total, 2) for name, size in project.languages.items()})

    def _labels(self, call: Call, project: Project) -> Response:
        return self._page(call, project, list(project.labels.values()), self._shapes.label)

    def _label(self, call: Call, project: Project) -> Response:
        label = project.labels.get(call.parts["label"])
        return json_response(self._shapes.label(label)) if label else self.error(404)

    def _issues(self, call: Call, project: Project) -> Response:
        if not project.has_issues:
            return self.error(403)
        rows = _chosen(call, [self._row(call, project, one) for one in project.issues.values()])
        rows = [one for one in rows if not one.is_confidential or call.sees(project)]
        return self._page(call, project, rows, lambda one: one.json())

    def _issue(self, call: Call, project: Project) -> Response:
        issue = self._visible_issue(call, project)
        return json_response(self._shapes.issue(project, issue)) if issue else self.error(404)

    def _edit_issue(self, call: Call, project: Project) -> Response:
        """Assignees and labels may be set; more than one assignee are cut to the first, as in the free tier."""
        issue = self._visible_issue(call, project)
        if issue is None or not call.sees(project):
            return self.error(403 if call.login else 401)
        if project.is_archived:
            return self.error(403)
        data, by = call.data(), str(call.login)
        if "assignee_ids" in data:
            known = {account.id: account for account in self.forge.accounts.values()}
            wanted = [int(one) for one in data["assignee_ids"]][:1]
            logins = [known[one].login for one in wanted if one in known]
            self.forge.set_assignees(project, issue.number, logins, by=by)
        for name in filter(None, str(data.get("add_labels", "")).split(",")):
            self.forge.label_issue(project, issue.number, name, by=by)
        for name in filter(None, str(data.get("remove_labels", "")).split(",")):
            self.forge.unlabel_issue(project, issue.number, name, by=by)
        return json_response(self._shapes.issue(project, issue))

    def _notes(self, call: Call, project: Project) -> Response:
        issue = self._visible_issue(call, project)
        if issue is None:
            return self.error(404)
        newest_first = call.http.args.get("sort", "desc") == "desc"
        rows = sorted(self.listed(issue), key=lambda one: (one.created_at, one.id), reverse=newest_first)
        return self._page(call, project, rows, lambda one: self._shapes.note(issue, one, project=project))

    def _create_note(self, call: Call, project: Project) -> Response:
        issue, body = self._visible_issue(call, project), call.data().get("body")
        if call.login is None:
            return self.error(401)
        if issue is None:
            return self.error(404)
        if project.is_archived or (issue.is_locked and not call.sees(project)):
            return self.error(403)
        if not isinstance(body, str) or not body.strip():
            return self.error(400, "400 Bad request - Note can't be blank")
        comment = self.forge.comment(project, issue.number, body, by=call.login)
        return json_response(self._shapes.note(issue, comment, project=project), 201)

    def _edit_note(self, call: Call, project: Project) -> Response:
        if call.login is None:
            return self.error(401)
        issue = self.forge.issue(project, call.number())
        body = str(call.data().get("body", ""))
        comment = self.forge.edit_comment(project, issue.number, call.number("note"), body, by=call.login)
        return json_response(self._shapes.note(issue, comment, project=project))

    def _delete_note(self, call: Call, project: Project) -> Response:
        if call.login is None:
            return self.error(401)
        issue = self.forge.issue(project, call.number())
        note = next((one for one in issue.comments if one.id == call.number("note")), None)
        if note is not None and (note.author is None or note.author.login != call.login) and not call.sees(project):
            return self.error(403)
        self.forge.delete_comment(project, issue.number, call.number("note"))
        return Response(status=204)

    def _file(self, call: Call, project: Project) -> Response:
        text = project.files.get(call.parts["path"])
        return Response(text, content_type="text/plain") if text is not None else self.error(404, "404 File Not Found")

    def _hooks(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        return self._page(call, project, list(project.hooks.values()), lambda one: self._hook_of(project, one))

    def _create_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        data = call.data()
        if not data.get("url"):
            return self.error(400, "url is missing")
        hook = self.forge.add_hook(
            project, data["url"], secret=data.get("token", ""), signing_token=data.get("signing_token", ""),
            events=_events(data, ()),
        )  # fmt: skip
        return json_response(self._hook_of(project, hook), 201)

    def _change_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        hook = self.hook(call, project)
        _change(hook, call.data())
        return json_response(self._hook_of(project, hook))

    def _delete_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        del project.hooks[self.hook(call, project).id]
        return Response(status=204)

    def _test_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        self.forge.ping(project, self.hook(call, project))
        return json_response({"message": "201 Created"}, 201)

    def _hook_of(self, project: Project, hook: Hook) -> Json:
        return self._shapes.hook({"project_id": project.id}, hook, status=self._status(hook))

    def _token(self, call: Call) -> Response:
        if call.login is None:
            return self.error(401)
        ends = self.forge.token_ends.get(call.http.headers.get("PRIVATE-TOKEN", ""))
        return json_response({"id": 1, "scopes": ["api"], "expires_at": f"{ends:%Y-%m-%d}" if ends else None})

    def _group_projects(self, call: Call) -> Response:
        """The projects of a group that the caller may see; a person's own ones have no group."""
        group = call.parts["group"].lower()
        if group not in self.forge.owners:
            raise NoSuchObject(group)
        mine = [one for one in self.forge.projects.values() if one.owner.lower() == group]
        seen = [one for one in mine if call.sees(one) or not one.is_private]
        shown, headers = _offset_page(call, seen, f"{call.root}/groups/{group}/projects")
        return json_response([self._shapes.project(one) for one in shown], headers=headers)

    def _group_hooks(self, call: Call) -> Response:
        group = self._group(call)
        return json_response([self._group_hook(group, one) for one in self.forge.owner_hooks.get(group, {}).values()])

    def _create_group_hook(self, call: Call) -> Response:
        group, data = self._group(call), call.data()
        hook = self.forge.add_owner_hook(
            group, data.get("url", ""), secret=data.get("token", ""), signing_token=data.get("signing_token", ""),
            events=_events(data, ()),
        )  # fmt: skip
        return json_response(self._group_hook(group, hook), 201)

    def _change_group_hook(self, call: Call) -> Response:
        group, hook = self._group(call), self._hook_in_group(call)
        _change(hook, call.data())
        return json_response(self._group_hook(group, hook))

    def _delete_group_hook(self, call: Call) -> Response:
        del self.forge.owner_hooks[self._group(call)][self._hook_in_group(call).id]
        return Response(status=204)

    def _test_group_hook(self, call: Call) -> Response:
        group, hook = self._group(call), self._hook_in_group(call)
        below = (one for one in self.forge.projects.values() if one.path.lower().startswith(f"{group}/"))
        if (project := next(below, None)) is not None:
            self.forge.ping(project, hook)
        return json_response({"message": "201 Created"}, 201)

    def _group(self, call: Call) -> str:
        """The group, for those who own it; to others it has no hooks."""
        group = call.parts["group"].lower()
        if not call.administers(group, self.forge):
            raise NoSuchObject(group)
        return group

    def _hook_in_group(self, call: Call) -> Hook:
        hooks = self.forge.owner_hooks.get(self._group(call), {})
        if call.number("hook") not in hooks:
            raise NoSuchObject("hook")
        return hooks[call.number("hook")]

    def _group_hook(self, group: str, hook: Hook) -> Json:
        return self._shapes.hook({"group_id": len(group)}, hook, status=self._status(hook))

    def _attempts(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        hook = self.hook(call, project)
        return self._page(call, project, hook.attempts[::-1], lambda one: self._shapes.attempt(hook, one))

    def _resend(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(403 if call.login else 401)
        self.send_again(self.hook(call, project), call.number("attempt"))
        return json_response({"response_status": 200}, 201)

    def _requests(self, call: Call, project: Project) -> Response:
        since = moment(call.http.args.get("updated_after", "1970-01-01T00:00:00Z"))
        rows = [one for one in project.requests.values() if one.updated_at >= since]
        rows.sort(key=lambda one: (one.updated_at, one.id), reverse=call.http.args.get("sort", "desc") == "desc")
        return self._page(call, project, rows, lambda one: self._shapes.request(project, one))

    def _request(self, call: Call, project: Project) -> Response:
        return json_response(self._shapes.request(project, self.forge.request(project, call.number())))

    def _reviewers(self, call: Call, project: Project) -> Response:
        return json_response(self._shapes.reviewers(self.forge.request(project, call.number())))

    def _request_notes(self, call: Call, project: Project) -> Response:
        request = self.forge.request(project, call.number())
        return self._page(call, project, request.comments, lambda one: self._shapes.note(request, one, project=project))

    def _request_note(self, call: Call, project: Project) -> Response:
        request = self.forge.request(project, call.number())
        return self._one_note(request, request.comments, call, project)

    def _note(self, call: Call, project: Project) -> Response:
        issue = self._visible_issue(call, project)
        return self._one_note(issue, issue.comments, call, project) if issue else self.error(404)

    def _one_note(self, of: Issue | Request, comments: Sequence[Comment], call: Call, project: Project) -> Response:
        found = next((one for one in comments if one.id == call.number("note")), None)
        return json_response(self._shapes.note(of, found, project=project)) if found else self.error(404)

    def _closed_by(self, call: Call, project: Project) -> Response:
        number = self.forge.issue(project, call.number()).number
        rows = [one for one in project.requests.values() if number in one.closes]
        return self._page(call, project, rows, lambda one: self._shapes.request(project, one))

    def _member(self, call: Call, project: Project) -> Response:
        members = {one.lower() for one in project.members}
        found = next((one for one in self.forge.accounts.values() if str(one.id) == call.parts["account"]), None)
        if found is None or found.login.lower() not in members:
            return self.error(404)
        return json_response({**(self._shapes.user(found) or {}), "state": "active", "access_level": 40})

    # --- parts ---

    def _visible_issue(self, call: Call, project: Project) -> Issue | None:
        issue = self.forge.issue(project, call.number())
        return issue if not issue.is_confidential or call.sees(project) else None

    def _row(self, call: Call, project: Project, issue: Issue) -> ListRow:
        has_details = call.http.args.get("with_labels_details") == "true"
        return ListRow(
            id=issue.id,
            is_open=issue.is_open,
            labels=frozenset(name.casefold() for name in issue.labels),
            assignees=frozenset(one.login.lower() for one in issue.assignees),
            created_at=issue.created_at,
            updated_at=issue.updated_at,
            is_confidential=issue.is_confidential,
            json=lambda: self._shapes.issue(project, issue, has_label_details=has_details),
        )

    def _page(self, call: Call, project: Project, rows: Sequence[T], as_json: Callable[[T], Json]) -> Response:
        pages = _keyset_page if _is_keyset(call) else _offset_page
        here = f"{call.root}/projects/{project.id}{call.below}"
        shown, headers = pages(call, rows, here)
        return json_response([as_json(one) for one in shown], headers=headers)


def _change(hook: Hook, data: Json) -> None:
    """As GitLab does: a new address drops the tokens unless they come with it."""
    if data.get("url", hook.url) != hook.url:
        hook.url, hook.secret, hook.signing_token = data["url"], "", ""
    hook.secret = data.get("token", hook.secret)
    hook.signing_token = data.get("signing_token", hook.signing_token)
    hook.events = _events(data, hook.events)
    hook.template = data.get("custom_webhook_template", hook.template)


def _events(data: Json, before: Sequence[str]) -> tuple[str, ...]:
    named = {trigger: data[trigger] in (True, "true") for trigger in TRIGGERS if trigger in data}
    if not named:
        return tuple(before)
    kept = {event for event in TRIGGERS.values() if event in before}
    on = {TRIGGERS[trigger] for trigger, is_on in named.items() if is_on}
    off = {TRIGGERS[trigger] for trigger, is_on in named.items() if not is_on}
    return tuple(sorted((kept | on) - off)) or ("none",)


def _chosen(call: Call, rows: list[ListRow]) -> list[ListRow]:
    args = call.http.args
    kept = [one for one in rows if one.is_open in _STATES.get(args.get("state", "all"), ())]
    kept = [one for one in kept if carries(one, args.get("labels", ""))]
    if "updated_after" in args:
        kept = [one for one in kept if one.updated_at >= moment(args["updated_after"])]
    if "confidential" in args:
        kept = [one for one in kept if one.is_confidential == (args["confidential"] == "true")]
    return sorted(kept, key=lambda row: _key(call, row), reverse=args.get("sort", "desc") == "desc")


def _key(call: Call, row: ListRow) -> tuple[str, int]:
    at = row.updated_at if call.http.args.get("order_by") == "updated_at" else row.created_at
    return stamp(at) or "", row.id


def _is_keyset(call: Call) -> bool:
    return call.below == "/issues" and call.http.args.get("pagination") == "keyset"


def _keyset_page(call: Call, rows: Sequence[Any], here: str) -> tuple[Sequence[Any], dict[str, str]]:
    """Rows after the cursor, which holds the sort key of the last row shown; at the end there is no ``Link``."""
    args = call.http.args.to_dict()
    size = sizes(call.http.args, usual=20)[1]
    if "cursor" in args:
        at, row_id = json.loads(base64.urlsafe_b64decode(args["cursor"]))
        is_descending = args.get("sort", "desc") == "desc"
        rows = [
            one for one in rows if (_key(call, one) < (at, row_id)) == is_descending and _key(call, one) != (at, row_id)
        ]
    shown = rows[:size]
    if len(rows) <= size:
        return shown, {}
    cursor = base64.urlsafe_b64encode(json.dumps(_key(call, shown[-1])).encode()).decode()
    url = f"{here}?{urlencode({**args, 'cursor': cursor})}"
    return shown, {**link_header([("next", url)]), "X-NEXT-CURSOR": cursor}


def _offset_page(call: Call, rows: Sequence[Any], here: str) -> tuple[Sequence[Any], dict[str, str]]:
    page, size = sizes(call.http.args, usual=20)
    last = max(-(-len(rows) // size), 1)

    def at(number: int) -> str:
        return f"{here}?{urlencode({**call.http.args.to_dict(), 'page': str(number), 'per_page': str(size)})}"

    links = [("prev", at(page - 1))] if page > 1 else []
    links += [("next", at(page + 1))] if page < last else []
    headers = {
        "x-page": str(page),
        "x-per-page": str(size),
        "x-total": str(len(rows)),
        "x-total-pages": str(last),
        "x-next-page": str(page + 1) if page < last else "",
        "x-prev-page": str(page - 1) if page > 1 else "",
    }
    return cut(rows, page, size), {**headers, **link_header([*links, ("first", at(1)), ("last", at(last))])}
