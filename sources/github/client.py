"""Talking to one GitHub repository: reads through one thin reader, writes through PyGithub."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar
from urllib.parse import parse_qs, quote, urlencode

from github import BadAttributeException
from github.Auth import Token
from github.Issue import Issue as WrittenIssue
from requests import PreparedRequest
from requests.auth import AuthBase

from sources.answers import SHORTEST_PAUSE, Answer
from sources.base import Connection, DeliveryLog, IssueQuery, Mark, Surveyed, Undelivered, Usage
from sources.errors import (
    AddressRefused,
    BadCredentials,
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
from sources.github.survey import AT_ONCE, answers, graphql_url, question
from sources.github.writer import API_VERSION, Redirected, lazy_issue, requester
from sources.keeping import HookKeeper
from sources.links import parts_of
from sources.model import Actor, Comment, Issue, Label, ProjectFacts, ProjectRef, Remark, Request
from sources.payload import Json, as_object, child, decode, integer, text
from sources.redelivery import delivery_log
from sources.times import iso
from sources.transport import Transport

PER_PAGE = 100
MOST_LOG_PAGES = 5
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": API_VERSION}
RAW = "application/vnd.github.raw+json"
T = TypeVar("T")


class _Authorised(AuthBase):
    """PyGithub's way to authorise, for our own requests."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        headers: dict[str, str] = {}
        self._token.authentication(headers)
        request.headers.update(headers)
        return request


class GitHubClient:
    """A `sources.base.Client`. Not to be shared between threads."""

    def __init__(self, connection: Connection, transport: Transport) -> None:
        self.usage = Usage()
        self._connection = connection
        self._transport = transport
        self._path = connection.project.path
        self._token: Token | None = None
        self._auth: _Authorised | None = None
        self._is_renewed = False
        self._use(connection.token)
        self._me: str | None = None
        self._reader = progress.Reader(self._url, self._get, self._pages, self._graphql, transport.clock)
        self._fields: frozenset[int] | None = None
        self.keeper: HookKeeper | None = (
            GitHubHooks(connection.api_url, lambda: self._path, pages=self._pages, send=self._send)
            if self._token
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
            told = self._send("POST", graphql_url(self._connection.api_url), question(some, file)).json()
            found |= self._surveyed(told, some)
        return found

    def labels(self) -> Sequence[Label]:
        """All labels of the repository."""
        rows = [row for page in self._pages(self._url("/labels", per_page=str(PER_PAGE))) for row in page]
        return tuple(label for label in map(label_of, rows) if label is not None)

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """Pages of issues; a page that did not change since its ETag was seen is left out."""
        seen: set[int] = set()
        for parameters in _lists(query):
            for url, page in self._changed_pages(self._url("/issues", **parameters)):
                issues = [self._issue_of(row) for row in page]
                self._show(url, issues)
                fresh = [issue for issue in issues if issue.number not in seen]
                seen.update(issue.number for issue in fresh)
                yield fresh

    def issue(self, number: int) -> Issue:
        """One issue, read now; `NotFound` when it was moved to another repository."""
        answer = self._get(self._url(f"/issues/{number}"))
        row = as_object(answer.json())
        issue = self._issue_of(row)
        if issue.number != number or not self._is_ours(row):
            raise Moved(issue.url, f"Issue {number} was moved to {issue.url}.")
        return issue

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        """Pages of pull requests that changed since then, the newest change first."""
        asked = {"state": "all", "sort": "updated", "direction": "desc", "per_page": str(PER_PAGE)}
        for answer in self._walk(self._url("/pulls", **asked), self._ask):
            if answer.status == 304:
                return  # what changes comes to the first place, so what follows is unchanged too
            found = [self._request_of(row) for row in _rows(answer)]
            yield [request for request in found if request.updated_at >= since]
            if any(request.updated_at < since for request in found):
                return

    def request(self, number: int) -> Request:
        """One pull request, read now."""
        return self._request_of(self._get(self._url(f"/pulls/{number}")).json())

    def progress(self, request: Request) -> Request:
        """The same request with its reviews, checks and first answer."""
        return progress.progress(self._reader, request)

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:
        """What GitHub shows beside an issue under "Development"; it tells nobody without a token."""
        if (self._token is None and self._connection.tokens is None) or not numbers:
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
            answer = self._get(self._url(f"/contents/{quote(path)}"), accept=RAW)
        except NotFound:
            return None
        return answer.body.decode("utf-8", "replace")

    def find_comment(self, number: int, marker: str) -> Comment | None:
        """The oldest comment of an issue whose body holds ``marker``."""
        for page in self._pages(self._url(f"/issues/{number}/comments", per_page=str(PER_PAGE))):
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
            for page in self._pages(self._url(f"/issues/{number}/comments", per_page=str(PER_PAGE)))
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
        if not _is_number(comment_id):
            raise NotFound(f"GitHub's comments have numbers, not {comment_id!r}.")
        return self._write(number, lambda issue: writer.edit_comment(issue, int(comment_id), body))

    def delete_comment(self, number: int, comment_id: str) -> None:
        """Delete a comment of ours; nothing happens where it is gone already."""
        if not _is_number(comment_id):
            raise NotFound(f"GitHub's comments have numbers, not {comment_id!r}.")
        with suppress(NotFound):
            self._write(number, lambda issue: writer.delete_comment(issue, int(comment_id)))

    def assign(self, number: int, login: str) -> bool:
        """Assign somebody; False where GitHub does not take this person."""
        try:
            self._get(self._url(f"/issues/{number}/assignees/{quote(login, safe='')}"))
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
            self._get(self._url(f"/labels/{quote(name, safe='')}"))
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
        pages = self._pages(self._url(f"/hooks/{hook_id}/deliveries", per_page=str(PER_PAGE)))
        for page in islice(pages, MOST_LOG_PAGES):
            fresh = [row for row in map(as_object, page) if (integer(row, "id") or 0) > after]
            rows += fresh
            if len(fresh) < len(page):
                break
        return delivery_log(hook_id, (attempt_of(row) for row in rows), after=after)

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more; it keeps its id."""
        url = self._url(f"/hooks/{quote(lost.hook_id, safe='')}/deliveries/{lost.number}/attempts")
        self._send("POST", url, None)

    def _hook_id(self, url: str) -> str:
        if self._token is None:
            raise Forbidden("Without a token GitHub shows no webhooks.")
        try:
            hooks = [
                as_object(row) for page in self._pages(self._url("/hooks", per_page=str(PER_PAGE))) for row in page
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
                self._fields = visible_fields(as_object(row) for page in self._pages(url) for row in page)
            except (NotFound, Forbidden):  # not ours to see, so none is shown
                self._fields = frozenset()
        return self._fields

    def _surveyed(self, told: object, projects: Sequence[ProjectRef]) -> dict[str, Surveyed]:
        until = self._transport.clock() + SHORTEST_PAUSE
        return _readable(lambda payload: answers(payload, projects, until), told)

    def _request_of(self, row: object) -> Request:
        ours = replace(self._connection.project, path=self._path)
        return _readable(lambda data: request_of(data, ours), row)

    def _url(self, tail: str, **parameters: str) -> str:
        path = "/".join(quote(part, safe="") for part in self._path.split("/"))
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self._connection.api_url}/repos/{path}{tail}{query}"

    def _get(self, url: str, *, etag: str = "", accept: str = "") -> Answer:
        if parts_of(url)[:2] != parts_of(self._connection.api_url)[:2]:
            raise AddressRefused("GitHub names a next page on another server.")
        headers = dict(HEADERS)
        if etag:
            headers["If-None-Match"] = etag
        if accept:
            headers["Accept"] = accept
        answer = self._renewing(lambda: self._transport.get(url, headers=headers, auth=self._auth, count=self._count))
        self._account(answer.headers)
        return answer

    def _send(self, verb: str, url: str, data: Mapping[str, object] | None) -> Answer:
        """One request that is never repeated by itself, unless it was refused for its token."""
        return self._renewing(lambda: self._send_once(verb, url, data))

    def _send_once(self, verb: str, url: str, data: Mapping[str, object] | None) -> Answer:
        self._count_write()
        response = self._transport.session().request(
            verb, url, headers=HEADERS, auth=self._auth, json=data, allow_redirects=False
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        self._transport.check(response.status_code, headers, response.content)
        return Answer(response.status_code, response.url, headers, response.content)

    def _renewing(self, ask: Callable[[], T]) -> T:
        """Ask, and once more with another token where there is one; nothing was done for a token that is refused."""
        tokens = self._connection.tokens
        if tokens is not None and self._token is None:
            self._use(tokens.current())
        try:
            return ask()
        except BadCredentials:
            if tokens is None or self._token is None or self._is_renewed:
                raise
            self._is_renewed = True
            self._use(tokens.another(self._token.token))
        return ask()

    def _use(self, token: str | None) -> None:
        self._token = Token(token) if token else None
        self._auth = _Authorised(self._token) if self._token else None

    def _count(self) -> None:
        self._connection.budget.read()
        self.usage.requests += 1

    def _count_write(self) -> None:
        self._connection.budget.write()
        self.usage.requests += 1

    def _account(self, headers: Mapping[str, str]) -> None:
        self._connection.budget.learn(headers)
        left, resets = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        if _is_number(left):
            self.usage.rate_limit_left = int(left)
        if _is_number(resets):
            self.usage.rate_limit_resets_at = datetime.fromtimestamp(int(resets[:11]), UTC)

    def _pages(self, first: str) -> Iterator[list[object]]:
        """The pages of a list, as ``Link`` leads through them."""
        for answer in self._walk(first, self._get):
            yield _rows(answer)

    def _changed_pages(self, first: str) -> Iterator[tuple[str, list[object]]]:
        """The pages of a list, each with its own address, without those that are as they were when they were marked."""
        asked: list[str] = []

        def ask(url: str) -> Answer:
            asked.append(url)
            return self._ask(url)

        for answer in self._walk(first, ask):
            if answer.status != 304:
                yield asked[-1], _rows(answer)

    def _walk(self, first: str, ask: Callable[[str], Answer]) -> Iterator[Answer]:
        url, visited = first, set[str]()
        while url and url not in visited:
            visited.add(url)
            answer = ask(url)
            self._expect(answer)
            if url == first and parts_of(answer.url).path != parts_of(first).path:
                self._identified()
            yield answer
            url = answer.links.get("next") or self._kept_link(url, answer)

    def _expect(self, answer: Answer) -> None:
        pages = parse_qs(parts_of(answer.links.get("last", "")).query).get("page", [""])[0]
        if _is_number(pages):
            self.usage.rows_expected = int(pages) * PER_PAGE

    def _kept_link(self, url: str, answer: Answer) -> str:
        """A 304 need not repeat where the next page is."""
        return self.usage.marks[url].following if answer.status == 304 else ""

    def _ask(self, url: str) -> Answer:
        """Read what may be unchanged since it was marked (304), and mark it."""
        known = self.usage.known.get(url)
        answer = self._get(url, etag=known.etag if known else "")
        following = answer.links.get("next", "")
        if answer.status == 304 and known is not None:
            self.usage.unchanged += 1
            self.usage.marks[url] = replace(known, following=following or known.following)
        elif answer.headers.get("etag"):
            self.usage.marks[url] = Mark(answer.headers["etag"], following)
        return answer

    def _object(self, url: str) -> object:
        """A small object, from its mark where it is unchanged."""
        answer = self._ask(url)
        if answer.status == 304:
            return decode(self.usage.marks[url].body.encode())
        if url in self.usage.marks:
            self.usage.marks[url] = replace(self.usage.marks[url], body=answer.body.decode("utf-8", "replace"))
        return answer.json()

    def _show(self, url: str, issues: Sequence[Issue]) -> None:
        """Mark what is on a page."""
        if url in self.usage.marks:
            shown = tuple(issue.number for issue in issues)
            self.usage.marks[url] = replace(self.usage.marks[url], shown=shown)

    def _identified(self) -> ProjectFacts:
        """The repository as it is now, under the name that it has now; `NotFound` when it is another one."""
        facts = _readable(facts_of, self._object(self._url("")))
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
        if is_unchanged and url in self.usage.known:
            self.usage.marks[url] = self.usage.known[url]
            return tuple(as_object(decode(self.usage.known[url].body.encode())))
        try:
            return tuple(as_object(self._object(url)))
        except NotFound:
            return ()

    def _is_mine(self, row: Json) -> bool:
        """Was this comment written by the account of our token?"""
        me = self._own_id()
        return bool(me) and text(child(row, "user"), "id") == me

    def _own_id(self) -> str:
        """The number of our token's account, asked for once; empty where there is no token."""
        if self._me is None and self._auth is None and self._connection.tokens is None:
            return ""
        if self._me is None:
            self._me = text(as_object(self._get(f"{self._connection.api_url}/user").json()), "id")
        return self._me

    def _graphql(self, question: Mapping[str, object]) -> Answer:
        return self._send("POST", graphql_url(self._connection.api_url), question)

    def _is_ours(self, row: Json) -> bool:
        """Does an issue belong to this repository? It is asked for its name only if that looks wrong."""
        home = text(row, "repository_url").lower()
        if not home or home.endswith(f"/repos/{self._path}".lower()):
            return True
        return home.endswith(f"/repos/{self._identified().path}".lower())

    def _write(self, number: int, action: Callable[[WrittenIssue], T]) -> T:
        """Perform a write; if GitHub says that the repository has moved, once more under its new name."""
        try:
            return self._renewing(lambda: self._performed(number, action))
        except Redirected:
            old = self._path
            if self._identified().path == old:
                raise Unavailable("GitHub redirects a write and does not say where the repository is.") from None
        try:
            return self._performed(number, action)
        except Redirected as exc:
            raise NotFound(f"Issue {number} was moved to another repository.") from exc

    def _performed(self, number: int, action: Callable[[WrittenIssue], T]) -> T:
        through = requester(self._transport, self._connection.api_url, self._token, self._count_write)
        try:
            return action(lazy_issue(through, self._path, number))
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


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 20


def _rows(answer: Answer) -> list[object]:
    rows = answer.json()
    if not isinstance(rows, list):
        raise Unavailable("GitHub answered something else than a list.")
    return rows


def _readable(read: Callable[[object], T], payload: object) -> T:
    """Read one object; what breaks GitHub's own schema is a fault of GitHub's."""
    try:
        return read(payload)
    except UnreadablePayload as exc:
        raise Unavailable(f"GitHub's answer cannot be read. {exc}") from exc
