"""Talking to one GitHub repository: reads through one thin reader, writes through PyGithub."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar
from urllib.parse import quote, urlencode

from github import BadAttributeException
from github.Issue import Issue as WrittenIssue

from sources.answers import SHORTEST_PAUSE
from sources.base import Connection, DeliveryLog, IssueQuery, Surveyed, Undelivered, Usage
from sources.errors import (
    Forbidden,
    Moved,
    NotFound,
    Rejected,
    Unavailable,
    UnreadablePayload,
)
from sources.github import progress, writer
from sources.github.hooks import GitHubHooks
from sources.github.payloads import (
    attempt_of,
    comment_of,
    details_of,
    facts_of,
    issue_of,
    label_of,
    request_of,
    visible_fields,
)
from sources.github.survey import AT_ONCE, answers, question
from sources.github.wire import PER_PAGE, Wire, is_number
from sources.github.writer import Redirected, lazy_issue
from sources.keeping import HookKeeper
from sources.model import Actor, Comment, Issue, Label, ProjectFacts, ProjectRef, Remark, Request
from sources.payload import Json, as_object, child, integer, text
from sources.redelivery import delivery_log
from sources.times import iso
from sources.transport import Transport

MOST_LOG_PAGES = 5
RAW = "application/vnd.github.raw+json"
T = TypeVar("T")


class GitHubClient:
    """A `sources.base.Client`. Not to be shared between threads."""

    def __init__(self, connection: Connection, transport: Transport) -> None:
        self.usage = Usage()
        self._connection = connection
        self._clock = transport.clock
        self._path = connection.project.path
        self._wire = Wire(connection, transport, self.usage, self._identified)
        self._me: str | None = None
        self._reader = progress.Reader(self._url, self._wire.get, self._wire.pages, self._wire.graphql, transport.clock)
        self._fields: frozenset[int] | None = None
        self.keeper: HookKeeper | None = (
            GitHubHooks(connection.api_url, lambda: self._path, pages=self._wire.pages, send=self._wire.send)
            if self._wire.has_token
            else None
        )

    def facts(self) -> ProjectFacts:
        """What GitHub says about the repository; `NotFound` when a stranger has taken over its name."""
        before = self.usage.unchanged
        facts = self._identified()
        languages = self._languages(is_unchanged=self.usage.unchanged > before)
        return replace(facts, languages=languages) if languages else facts

    def survey(self, projects: Sequence[ProjectRef], file: str) -> Mapping[str, Surveyed]:
        """Fifty repositories a request; none without a token, which GraphQL wants."""
        found: dict[str, Surveyed] = {}
        if self._connection.token is None:
            return found
        for start in range(0, len(projects), AT_ONCE):
            some = projects[start : start + AT_ONCE]
            told = self._wire.graphql(question(some, file)).json()
            found |= self._surveyed(told, some)
        return found

    def labels(self) -> Sequence[Label]:
        """All labels of the repository."""
        rows = [row for page in self._wire.pages(self._url("/labels", per_page=str(PER_PAGE))) for row in page]
        return tuple(label for label in map(label_of, rows) if label is not None)

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """Pages of issues; a page that did not change since its ETag was seen is left out."""
        seen: set[int] = set()
        for parameters in _lists(query):
            for url, page in self._wire.marked_pages(self._url("/issues", **parameters)):
                if page is None:
                    continue
                issues = [self._issue_of(row) for row in page]
                self._wire.mark_shown(url, issues)
                fresh = [issue for issue in issues if issue.number not in seen]
                seen.update(issue.number for issue in fresh)
                yield fresh

    def issue(self, number: int) -> Issue:
        """One issue, read now; `NotFound` when it was moved to another repository."""
        answer = self._wire.get(self._url(f"/issues/{number}"))
        row = as_object(answer.json())
        issue = self._issue_of(row)
        if issue.number != number or not self._is_ours(row):
            raise Moved(issue.url, f"Issue {number} was moved to {issue.url}.")
        return issue

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        """Pages of pull requests that changed since then, the newest change first."""
        asked = {"state": "all", "sort": "updated", "direction": "desc", "per_page": str(PER_PAGE)}
        for _, page in self._wire.marked_pages(self._url("/pulls", **asked)):
            if page is None:
                return  # what changes comes to the first place, so what follows is unchanged too
            found = [self._request_of(row) for row in page]
            yield [request for request in found if request.updated_at >= since]
            if any(request.updated_at < since for request in found):
                return

    def request(self, number: int) -> Request:
        """One pull request, read now."""
        return self._request_of(self._wire.get(self._url(f"/pulls/{number}")).json())

    def progress(self, request: Request) -> Request:
        """The same request with its reviews, checks and first answer."""
        return progress.progress(self._reader, request)

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:
        """What GitHub shows beside an issue under "Development"; it tells nobody without a token."""
        if self._wire.is_anonymous or not numbers:
            return {}
        self._identified()  # GraphQL does not follow a renamed repository
        return progress.linked(self._reader, self._path, numbers)

    def blocked(self, numbers: Sequence[int]) -> Set[int] | None:  # noqa: ARG002 (nothing needs to be asked)
        """None: each row says it."""
        return None

    def remark(self, number: int, comment_id: str, *, is_on_request: bool = False) -> Remark:  # noqa: ARG002 (numbered across both)
        """One comment of anybody, read now."""
        remark = progress.remark(self._reader, comment_id)
        with suppress(Forbidden):  # an App is no user, and is told from people by its type
            return replace(remark, is_ours=remark.author is not None and remark.author.external_id == self._own_id())
        return remark

    def recent_remarks(self, number: int, since: datetime) -> Sequence[Remark]:
        """The comments of an issue since then."""
        return progress.recent_remarks(self._reader, number, since)

    def decides(self, actor: Actor, association: str) -> bool:
        """Owners, members and collaborators do."""
        return progress.decides(actor, association)

    def file(self, path: str) -> str | None:
        """A file of the default branch, by the route that the permission for a single file opens."""
        try:
            answer = self._wire.get(self._url(f"/contents/{quote(path)}"), accept=RAW)
        except NotFound:
            return None
        return answer.body.decode("utf-8", "replace")

    def find_comment(self, number: int, marker: str) -> Comment | None:
        """The oldest comment of an issue whose body holds ``marker``."""
        for page in self._wire.pages(self._url(f"/issues/{number}/comments", per_page=str(PER_PAGE))):
            for row in page:
                if marker in text(as_object(row), "body"):
                    return _readable(comment_of, row)
        return None

    def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
        """Our own comments of an issue that hold ``marker``, oldest first.

        This is the look before each creation, so the repository is asked for its number: a stranger may have its name.
        """
        if self._connection.project.external_id is not None:
            self._identified()
        rows = [
            row
            for page in self._wire.pages(self._url(f"/issues/{number}/comments", per_page=str(PER_PAGE)))
            for row in page
            if marker in text(as_object(row), "body")
        ]
        mine = [_readable(comment_of, row) for row in rows if self._is_mine(as_object(row))]
        return sorted(mine, key=lambda comment: int(comment.external_id))

    def create_comment(self, number: int, body: str) -> Comment:
        """Write a comment. Never repeats a request that may have been carried out."""
        return self._write(number, lambda issue: writer.create_comment(issue, body))

    def edit_comment(self, number: int, comment_id: str, body: str) -> Comment:
        """Replace the text of a comment of ours."""
        if not is_number(comment_id):
            raise NotFound(f"GitHub's comments have numbers, not {comment_id!r}.")
        return self._write(number, lambda issue: writer.edit_comment(issue, int(comment_id), body))

    def delete_comment(self, number: int, comment_id: str) -> None:
        """Delete a comment of ours; nothing happens where it is gone already."""
        if not is_number(comment_id):
            raise NotFound(f"GitHub's comments have numbers, not {comment_id!r}.")
        with suppress(NotFound):
            self._write(number, lambda issue: writer.delete_comment(issue, int(comment_id)))

    def assign(self, number: int, login: str) -> bool:
        """Assign somebody; False where GitHub does not take this person."""
        try:
            self._wire.get(self._url(f"/issues/{number}/assignees/{quote(login, safe='')}"))
        except NotFound:
            return False
        return self._write(number, lambda issue: writer.assign(issue, login))

    def unassign(self, number: int, login: str) -> None:
        """Take somebody off the assignees."""
        self._write(number, lambda issue: writer.unassign(issue, login))

    def suggest(self, number: int, login: str) -> bool:
        """Propose an assignee; False where this GitHub knows no proposals."""
        try:
            self._write(number, lambda issue: writer.suggest(issue, login))
        except Rejected:
            return False
        return True

    def add_label(self, number: int, name: str) -> bool:
        """Put a label beside the others. GitHub would make one that is not there, so it is looked for first."""
        try:
            self._wire.get(self._url(f"/labels/{quote(name, safe='')}"))
        except NotFound:
            return False
        self._write(number, lambda issue: writer.add_label(issue, name))
        return True

    def remove_label(self, number: int, name: str) -> None:
        """Take one label off; nothing happens where the issue does not carry it."""
        with suppress(NotFound):
            self._write(number, lambda issue: writer.remove_label(issue, name))

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        """The failed deliveries to our hook, as far as GitHub remembers them: three days."""
        hook_id = self._hook_id(url)
        rows: list[Json] = []
        pages = self._wire.pages(self._url(f"/hooks/{hook_id}/deliveries", per_page=str(PER_PAGE)))
        for page in islice(pages, MOST_LOG_PAGES):
            fresh = [row for row in map(as_object, page) if (integer(row, "id") or 0) > after]
            rows += fresh
            if len(fresh) < len(page):
                break
        return delivery_log(hook_id, (attempt_of(row) for row in rows), after=after)

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more; it keeps its id."""
        url = self._url(f"/hooks/{quote(lost.hook_id, safe='')}/deliveries/{lost.number}/attempts")
        self._wire.send("POST", url, None)

    def _hook_id(self, url: str) -> str:
        if not self._wire.has_token:
            raise Forbidden("Without a token GitHub shows no webhooks.")
        try:
            hooks = [
                as_object(row) for page in self._wire.pages(self._url("/hooks", per_page=str(PER_PAGE))) for row in page
            ]
        except NotFound as exc:  # GitHub's answer to whoever does not administer the repository
            raise Forbidden("The token may not see the repository's webhooks.") from exc
        found = [text(hook, "id") for hook in hooks if text(as_object(hook.get("config")), "url") == url]
        if not found:
            raise NotFound("The repository has no webhook with our address.")
        return found[0]

    def _issue_of(self, row: object) -> Issue:
        """One row, with the fields that everybody may see; which those are is asked only where there are any."""
        issue = _readable(issue_of, row)
        if issue.details.fields is not None:
            return issue
        return replace(issue, details=details_of(as_object(row), self._visible_fields()))

    def _visible_fields(self) -> frozenset[int]:
        if self._fields is None:
            owner = quote(self._path.partition("/")[0], safe="")
            url = f"{self._connection.api_url}/orgs/{owner}/issue-fields?per_page={PER_PAGE}"
            try:
                self._fields = visible_fields(as_object(row) for page in self._wire.pages(url) for row in page)
            except (NotFound, Forbidden):  # not ours to see, so none is shown
                self._fields = frozenset()
        return self._fields

    def _surveyed(self, told: object, projects: Sequence[ProjectRef]) -> dict[str, Surveyed]:
        until = self._clock() + SHORTEST_PAUSE
        return _readable(lambda payload: answers(payload, projects, until), told)

    def _request_of(self, row: object) -> Request:
        ours = replace(self._connection.project, path=self._path)
        return _readable(lambda data: request_of(data, ours), row)

    def _url(self, tail: str, **parameters: str) -> str:
        path = "/".join(quote(part, safe="") for part in self._path.split("/"))
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self._connection.api_url}/repos/{path}{tail}{query}"

    def _identified(self) -> ProjectFacts:
        """The repository as it is now, under the name that it has now; `NotFound` when it is another one."""
        facts = _readable(facts_of, self._wire.marked_object(self._url("")))
        expected = self._connection.project.external_id
        if expected is not None and facts.external_id != expected:
            raise NotFound(
                f"{self._path} is another repository now: its number is {facts.external_id}, not {expected}."
            )
        self._path = facts.path or self._path
        return facts

    def _languages(self, *, is_unchanged: bool) -> tuple[str, ...]:
        """Those of the repository, most used first; none where GitHub does not tell. They change with the repository."""
        url = self._url("/languages")
        known = self._wire.known_object(url) if is_unchanged else None
        try:
            return tuple(as_object(self._wire.marked_object(url) if known is None else known))
        except NotFound:
            return ()

    def _is_mine(self, row: Json) -> bool:
        """Was this comment written by the account of our token?"""
        me = self._own_id()
        return bool(me) and text(child(row, "user"), "id") == me

    def _own_id(self) -> str:
        """The number of our token's account, asked for once; empty where there is no token."""
        if self._me is None and self._wire.is_anonymous:
            return ""
        if self._me is None:
            self._me = text(as_object(self._wire.get(f"{self._connection.api_url}/user").json()), "id")
        return self._me

    def _is_ours(self, row: Json) -> bool:
        """Does an issue belong to this repository? It is asked for its name only if that looks wrong."""
        home = text(row, "repository_url").lower()
        if not home or home.endswith(f"/repos/{self._path}".lower()):
            return True
        return home.endswith(f"/repos/{self._identified().path}".lower())

    def _write(self, number: int, action: Callable[[WrittenIssue], T]) -> T:
        """Perform a write; if GitHub says that the repository has moved, once more under its new name."""
        try:
            return self._wire.renewing(lambda: self._performed(number, action))
        except Redirected:
            old = self._path
            if self._identified().path == old:
                raise Unavailable("GitHub redirects a write and does not say where the repository is.") from None
        try:
            return self._performed(number, action)
        except Redirected as exc:
            raise NotFound(f"Issue {number} was moved to another repository.") from exc

    def _performed(self, number: int, action: Callable[[WrittenIssue], T]) -> T:
        try:
            return action(lazy_issue(self._wire.requester(), self._path, number))
        except (ValueError, TypeError, AttributeError, BadAttributeException) as exc:
            raise Unavailable("GitHub's answer to a write cannot be read.") from exc


def _lists(query: IssueQuery) -> Iterator[dict[str, str]]:
    """The parameters of the lists that a query needs, in the order in which they are read."""
    common = {"per_page": str(PER_PAGE)}
    if query.since is not None:
        yield {"state": "all", "sort": "updated", "direction": "asc", "since": iso(query.since), **common}
    elif not query.labels or any("," in label for label in query.labels):
        # A comma separates labels in the parameter, so a label that holds one cannot be asked for.
        yield {"state": "open", **common}
    else:
        for label in dict.fromkeys(query.labels):
            yield {"state": "open", "labels": label, **common}


def _readable(read: Callable[[object], T], payload: object) -> T:
    """Read one object; what breaks GitHub's own schema is a fault of GitHub's."""
    try:
        return read(payload)
    except UnreadablePayload as exc:
        raise Unavailable(f"GitHub's answer cannot be read. {exc}") from exc
