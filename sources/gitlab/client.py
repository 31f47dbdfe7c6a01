"""Talks to one GitLab project through python-gitlab; paging, counting and errors are ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, quote

import gitlab
import stamina
from gitlab.exceptions import GitlabError

from sources.answers import Answer
from sources.base import Connection, DeliveryLog, IssueQuery, Surveyed, Undelivered, Usage
from sources.errors import Forbidden, NotFound, Rejected, Unavailable, UnreadablePayload
from sources.gitlab import blocking, progress
from sources.gitlab.hooks import GitLabHooks
from sources.gitlab.payloads import actor, attempt_of, is_listed_issue, issue_of, label_of, request_of
from sources.gitlab.wire import GRAPHQL, Wire, lower_case
from sources.keeping import HookKeeper
from sources.links import parts_of
from sources.model import Actor, Comment, Issue, Label, ProjectFacts, ProjectRef, Remark, Request
from sources.payload import Json, as_object, child, children, flag, integer, text
from sources.redelivery import delivery_log
from sources.times import iso, parse_time
from sources.transport import READ_ATTEMPTS, Transport

PAGE = 100
MOST_PAGES = 1000
WORTH_A_LIST = 3
"""How many projects of a group there must be for its list to be read."""
LOG_PAGE, MOST_LOG_PAGES = 20, 10  # each row holds a whole delivery
_COMMAND = re.compile(r"^([^\S\n]*)/", re.MULTILINE)
_NOBODY = [0]  # an empty list is not understood by every version


def without_commands(body: str) -> str:
    r"""The text with ``/close`` and the like as ``\/close``: GitLab would run such a line with the rights of our token."""
    return _COMMAND.sub(r"\1\\/", body)


class GitLabClient:
    """One project of one GitLab, for one thread at a time."""

    def __init__(self, connection: Connection, transport: Transport) -> None:
        self.usage = Usage()
        self._connection = connection
        self._me: str | None = None
        key = connection.project.external_id or quote(connection.project.path, safe="")
        self._project = f"{connection.api_url}/projects/{key}"
        self._gitlab = gitlab.Gitlab(
            connection.api_url.removesuffix("/api/v4"),
            private_token=connection.token,
            user_agent=str(transport.session().headers["User-Agent"]),
            keep_base_url=True,
            session=Wire(transport, self.usage, connection.budget),
        )
        self._reader = progress.Reader(self._project, self._read, self._pages, self._request_of, self._ask)
        self.keeper: HookKeeper | None = (
            GitLabHooks(
                connection.api_url,
                self._project,
                lambda: connection.project.path,
                pages=lambda url: self._pages(url, {}),
                send=lambda verb, url, data: self._request(verb, url, data=data),
            )
            if connection.token
            else None
        )

    def facts(self) -> ProjectFacts:
        """What GitLab says about the project: two requests."""
        return replace(self._facts_of(as_object(self._read(self._project).json())), languages=self._languages())

    def survey(self, projects: Sequence[ProjectRef], file: str) -> Mapping[str, Surveyed]:  # noqa: ARG002 (no list has files)
        """The facts of the projects of a group, from its list, as far as that is shorter than asking for each.

        Labels, languages and the file are not in it.
        """
        found: dict[str, Surveyed] = {}
        groups = Counter(project.path.rpartition("/")[0] for project in projects)
        for group, count in groups.items():
            wanted = {project.external_id for project in projects if project.path.rpartition("/")[0] == group}
            for page in islice(self._projects_of(group), count if count >= WORTH_A_LIST else 0):
                rows = [row for row in page if text(row, "id") in wanted]
                found |= {text(row, "path_with_namespace"): self._surveyed(row) for row in rows}
                wanted -= {text(row, "id") for row in rows}
                if not wanted:
                    break
        return found

    def _projects_of(self, group: str) -> Iterator[list[Json]]:
        with suppress(NotFound, Forbidden):  # a person's own projects have no group
            yield from self._pages(f"{self._connection.api_url}/groups/{quote(group, safe='')}/projects", {})

    def _surveyed(self, row: Json) -> Surveyed:
        return Surveyed(self._facts_of(row), has_more_labels=True, is_file_whole=False)

    def _facts_of(self, data: Json) -> ProjectFacts:
        if not integer(data, "id") or not text(data, "path_with_namespace"):
            raise Unavailable("GitLab's answer about the project lacks its id or its path.")
        return ProjectFacts(
            external_id=text(data, "id"),
            path=text(data, "path_with_namespace"),
            web_url=text(data, "web_url"),
            clone_url=text(data, "http_url_to_repo"),
            is_public=self._is_public(data),
            is_archived=flag(data, "archived") is True,
            has_issues=_has_issues(data),
            default_branch=text(data, "default_branch") or "main",
            description=text(data, "description"),
            open_issues=integer(data, "open_issues_count"),
            pushed_at=parse_time(data.get("last_activity_at")),
        )

    def labels(self) -> Sequence[Label]:
        """All labels of the project and its groups."""
        rows = (row for page in self._pages(f"{self._project}/labels", {}) for row in page)
        return [label for row in rows if (label := label_of(row)) is not None]

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """Pages of issues, oldest change first. A confidential row comes as its key only, so that it can be hidden."""
        seen: set[int] = set()
        for wanted in _lists(query):
            for page in self._pages(f"{self._project}/issues", wanted):
                found = [_issue(row) for row in page if is_listed_issue(row)]
                fresh = [issue for issue in found if issue.number not in seen]
                seen.update(issue.number for issue in fresh)
                yield fresh

    def issue(self, number: int) -> Issue:
        """One issue, read now; a confidential one is `NotFound`."""
        return _issue(self._issue_row(number))

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        """Pages of merge requests that changed since then, the oldest change first."""
        asked = {"state": "all", "scope": "all", "order_by": "updated_at", "sort": "asc", "updated_after": iso(since)}
        for page in self._pages(f"{self._project}/merge_requests", asked):
            yield [self._request_of(row) for row in page]

    def request(self, number: int) -> Request:
        """One merge request, read now."""
        return self._request_of(self._read(f"{self._project}/merge_requests/{number}").json())

    def progress(self, request: Request) -> Request:
        """The same request with what its reviewers say and its first answer."""
        return progress.progress(self._reader, request)

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:
        """What GitLab says will close these issues on merge."""
        return progress.linked(self._reader, numbers)

    def blocked(self, numbers: Sequence[int]) -> Set[int] | None:
        """Which of these issues wait for another one: GitLab's lists do not say, its GraphQL does, where it has links."""
        return blocking.blocked(self._reader, self._connection.project.path, numbers)

    def remark(self, number: int, comment_id: str, *, is_on_request: bool = False) -> Remark:
        """One comment of anybody, read now."""
        remark = progress.remark(self._reader, number, comment_id, is_on_request=is_on_request)
        return replace(remark, is_ours=remark.author is not None and remark.author.external_id == self._own_id())

    def recent_remarks(self, number: int, since: datetime) -> Sequence[Remark]:
        """The comments that people wrote under an issue since then."""
        return progress.recent_remarks(self._reader, number, since)

    def decides(self, actor: Actor, association: str) -> bool:  # noqa: ARG002 (GitLab knows levels instead)
        """Developers, maintainers and owners do."""
        return progress.decides(self._reader, actor)

    def file(self, path: str) -> str | None:
        """A file of the default branch."""
        try:
            answer = self._read(f"{self._project}/repository/files/{quote(path, safe='')}/raw", {"ref": "HEAD"})
        except NotFound:
            return None
        return answer.body.decode("utf-8", "replace")

    def find_comment(self, number: int, marker: str) -> Comment | None:
        """The oldest comment that holds the marker."""
        oldest_first = {"sort": "asc", "order_by": "created_at"}
        for page in self._pages(self._notes(number), oldest_first):
            for row in page:
                if marker in text(row, "body"):
                    return self._comment(number, row)
        return None

    def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
        """Our own comments that hold the marker, oldest first."""
        oldest_first = {"sort": "asc", "order_by": "created_at"}
        rows = [
            row
            for page in self._pages(self._notes(number), oldest_first)
            for row in page
            if marker in text(row, "body")
        ]
        mine = sorted((row for row in rows if self._is_mine(row)), key=lambda row: integer(row, "id") or 0)
        return [self._comment(number, row) for row in mine]

    def create_comment(self, number: int, body: str) -> Comment:
        """Write a comment; lines that GitLab would run as commands are written as text."""
        row = self._write("post", self._notes(number), {"body": without_commands(body)})
        return self._comment(number, row)

    def edit_comment(self, number: int, comment_id: str, body: str) -> Comment:
        """Replace the text of a comment."""
        path = f"{self._notes(number)}/{quote(comment_id, safe='')}"
        return self._comment(number, self._write("put", path, {"body": without_commands(body)}))

    def delete_comment(self, number: int, comment_id: str) -> None:
        """Delete a comment of ours; nothing happens where it is gone already."""
        with suppress(NotFound):
            self._request("delete", f"{self._notes(number)}/{quote(comment_id, safe='')}")

    def assign(self, number: int, login: str) -> bool:
        """Add an assignee: False where there is no such account, or the one place of the free tier is taken."""
        account = self._account_id(login)
        if account is None:
            return False
        assigned = _assignees(self._issue_row(number))
        if account in assigned:
            return True
        return account in _assignees(self._set_assignees(number, [*assigned, account]))

    def unassign(self, number: int, login: str) -> None:
        """Take somebody off the assignees; nothing happens where they are none."""
        row = self._issue_row(number)
        people = [(integer(person, "id"), text(person, "username")) for person in children(row, "assignees")]
        others = [account for account, name in people if account and name.lower() != login.lower()]
        if len(others) < len(people):
            self._set_assignees(number, others or _NOBODY)

    def suggest(self, number: int, login: str) -> bool:  # noqa: ARG002  (GitLab knows no proposals)
        """Always False: an assignee of GitLab's is one."""
        return False

    def add_label(self, number: int, name: str) -> bool:
        """Put a label beside the others. GitLab would make one that is not there, so it is looked for first."""
        try:
            self._read(f"{self._project}/labels/{quote(name, safe='')}")
        except NotFound:
            return False
        self._write("put", f"{self._project}/issues/{number}", {"add_labels": name})
        return True

    def remove_label(self, number: int, name: str) -> None:
        """Take one label off; GitLab takes it in silence where the issue does not carry it."""
        self._write("put", f"{self._project}/issues/{number}", {"remove_labels": name})

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        """The failed deliveries to our hook, as far as GitLab remembers them: seven days."""
        hook_id = self._hook_id(url)
        rows: list[Json] = []
        for page in islice(self._pages(self._log(hook_id), {}, size=LOG_PAGE), MOST_LOG_PAGES):
            fresh = [row for row in page if (integer(row, "id") or 0) > after]
            rows += fresh
            if len(fresh) < len(page):
                break
        return delivery_log(hook_id, map(attempt_of, rows), after=after)

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more; it keeps its id. GitLab takes five a minute."""
        self._request("post", f"{self._log(lost.hook_id)}/{lost.number}/resend")

    def _hook_id(self, url: str) -> str:
        if self._connection.token is None:
            raise Forbidden("Without a token GitLab shows no webhooks.")
        hooks = (row for page in self._pages(f"{self._project}/hooks", {}) for row in page)
        found = next((text(hook, "id") for hook in hooks if text(hook, "url") == url), "")
        if not found:
            raise NotFound("The project has no webhook with our address.")
        return found

    def _log(self, hook_id: str) -> str:
        return f"{self._project}/hooks/{quote(hook_id, safe='')}/events"

    def _request_of(self, row: object) -> Request:
        try:
            return request_of(row, self._connection.project)
        except UnreadablePayload as exc:
            raise Unavailable(f"GitLab's answer is not a merge request: {exc}") from exc

    def _is_public(self, data: Json) -> bool:
        """A reduced answer without ``visibility`` is what everybody gets who is not signed in."""
        visibility = text(data, "visibility")
        if not visibility:
            return self._connection.token is None
        return visibility == "public" and text(data, "issues_access_level") != "private"

    def _languages(self) -> tuple[str, ...]:
        try:
            shares = as_object(self._read(f"{self._project}/languages").json())
        except (Forbidden, NotFound):
            return ()
        return tuple(shares)

    def _is_mine(self, row: Json) -> bool:
        """Was this note written by the account of our token?"""
        me = self._own_id()
        return bool(me) and text(child(row, "author"), "id") == me

    def _own_id(self) -> str:
        """The number of our token's account, asked for once; empty where there is no token."""
        if self._connection.token is None:
            return ""
        if self._me is None:
            self._me = text(as_object(self._read(f"{self._connection.api_url}/user").json()), "id")
        return self._me

    def _issue_row(self, number: int) -> Json:
        row = as_object(self._read(f"{self._project}/issues/{number}").json())
        if _issue(row).is_confidential or not is_listed_issue(row) or self._is_foreign(row):
            raise NotFound
        return row

    def _is_foreign(self, row: Json) -> bool:
        """Did a redirect lead to an issue of another project?"""
        ours, theirs = self._connection.project.external_id, text(row, "project_id")
        return bool(ours and theirs and ours != theirs)

    def _account_id(self, login: str) -> int | None:
        found = self._read(f"{self._connection.api_url}/users", {"username": login}).json()
        for person in found if isinstance(found, list) else []:
            named = actor(person)
            if named and named.login.lower() == login.lower():
                return integer(as_object(person), "id")
        return None

    def _set_assignees(self, number: int, ids: Sequence[int]) -> Json:
        return self._write("put", f"{self._project}/issues/{number}", {"assignee_ids": list(ids)})

    def _notes(self, number: int) -> str:
        return f"{self._project}/issues/{number}/notes"

    def _comment(self, number: int, row: Json) -> Comment:
        identity = text(row, "id")
        if not identity:
            raise Unavailable("GitLab's answer does not hold the comment.")
        web = self._connection.api_url.removesuffix("/api/v4")
        url = f"{web}/{self._connection.project.path}/-/issues/{number}#note_{identity}"
        return Comment(identity, url, text(row, "body"))

    def _pages(self, url: str, params: Mapping[str, str], *, size: int = PAGE) -> Iterator[list[Json]]:
        """All pages of a list. Of the ``Link`` header only the query is taken: an instance may name itself otherwise."""
        query: Mapping[str, Any] = {**params, "per_page": str(size)}
        for _ in range(MOST_PAGES):
            answer = self._read(url, query)
            rows = answer.json()
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise Unavailable("GitLab's answer is not a list of objects.")
            self.usage.rows_expected = _total(answer)
            yield rows
            following = answer.links.get("next")
            if following is None:
                return
            query = parse_qs(parts_of(following).query, keep_blank_values=True)
        raise Unavailable(f"GitLab's list does not end after {MOST_PAGES} pages.")

    def _read(self, url: str, params: Mapping[str, Any] | None = None) -> Answer:
        for attempt in stamina.retry_context(on=Unavailable, attempts=READ_ATTEMPTS, wait_initial=0.3, wait_max=5):
            with attempt:
                return self._request("get", url, params=params)
        raise Unavailable

    def _ask(self, question: Mapping[str, object]) -> Json:
        """A question to GraphQL, which lies beside the REST root."""
        return self._write("post", f"{self._connection.api_url.removesuffix('/v4')}{GRAPHQL}", question)

    def _write(self, verb: str, url: str, data: Mapping[str, object]) -> Json:
        return as_object(self._request(verb, url, data=data).json())

    def _request(
        self,
        verb: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, object] | None = None,
    ) -> Answer:
        try:
            response = self._gitlab.http_request(
                verb, url, query_data=dict(params or {}), post_data=dict(data) if data else None, obey_rate_limit=False
            )
        except GitlabError as exc:
            raise Rejected(f"GitLab wants this request elsewhere: {exc}"[:300]) from exc
        return Answer(response.status_code, response.url, lower_case(response.headers), response.content)


def _lists(query: IssueQuery) -> Iterator[dict[str, str]]:
    """The query of each list to read. GitLab takes several labels as "all of them", hence one list a label."""
    common = {"order_by": "updated_at", "sort": "asc", "pagination": "keyset", "with_labels_details": "true"}
    if query.since is not None:
        # Not only the public ones: a row that became confidential tells us to hide our copy.
        yield {**common, "state": "all", "updated_after": iso(query.since)}
        return
    still_open = {**common, "state": "opened", "confidential": "false"}
    if not query.labels:
        yield still_open
    for label in query.labels:
        yield {**still_open, "labels": label}


def _total(answer: Answer) -> int | None:
    """How many rows the list has; GitLab does not say so above 10,000, nor with keyset paging."""
    told = answer.headers.get("x-total", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def _issue(row: Json) -> Issue:
    try:
        return issue_of(row)
    except UnreadablePayload as exc:
        raise Unavailable(f"GitLab's answer is not an issue: {exc}") from exc


def _assignees(row: Json) -> list[int]:
    return [account for person in children(row, "assignees") if (account := integer(person, "id"))]


def _has_issues(data: Json) -> bool:
    return text(data, "issues_access_level") != "disabled" and flag(data, "issues_enabled") is not False
