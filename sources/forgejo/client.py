"""Talks to one repository of a Forgejo or Gitea, in plain requests: there is no library worth its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

from sources.answers import Answer
from sources.base import Connection, DeliveryLog, IssueQuery, Surveyed, Undelivered, Usage
from sources.errors import Forbidden, NotFound, Unavailable, UnreadablePayload
from sources.forgejo.payloads import assigned_logins, comment_of, facts_of, issue_of, label_of, remark_of, request_of
from sources.keeping import HookKeeper
from sources.model import Actor, Comment, Issue, Label, ProjectFacts, ProjectRef, Remark, Request
from sources.payload import Json, as_object, child, integer, text
from sources.times import iso
from sources.transport import Transport

PAGE = 50  # the most that an instance gives unless its operator raised MAX_RESPONSE_ITEMS
MOST_PAGES = 2000
T = TypeVar("T")


class ForgejoClient:
    """A `sources.base.Client`. Not to be shared between threads."""

    def __init__(self, connection: Connection, transport: Transport) -> None:
        self.usage = Usage()
        self._connection = connection
        self._transport = transport
        self._path = connection.project.path
        self._headers = {"Accept": "application/json"}
        if connection.token:
            self._headers["Authorization"] = f"token {connection.token}"
        self._me: str | None = None
        self.keeper: HookKeeper | None = None

    def facts(self) -> ProjectFacts:
        """What the forge says about the repository; `NotFound` when a stranger has taken over its name."""
        facts = self._identified()
        languages = self._languages()
        return replace(facts, languages=languages) if languages else facts

    def survey(self, projects: Sequence[ProjectRef], file: str) -> Mapping[str, Surveyed]:  # noqa: ARG002 (nothing can be asked)
        """Always empty: each project has to be asked."""
        return {}

    def labels(self) -> Sequence[Label]:
        """All labels of the repository, and those of its organisation, which its issues may carry too."""
        own = self._labels(self._url("/labels"))
        owner = quote(self._path.partition("/")[0], safe="")
        with suppress(NotFound, Forbidden):  # the owner is a person, or an organisation that hides itself
            return (*own, *self._labels(f"{self._connection.api_url}/orgs/{owner}/labels"))
        return own

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """Pages of issues, the newest first. The forge leaves pull requests out.

        A label it does not find, as one of an organisation, it takes for no filter at all: so the rows are looked at.
        """
        wanted = frozenset() if query.since else frozenset(label.casefold() for label in query.labels)
        seen: set[int] = set()
        for parameters in _lists(query):
            for page in self._pages(self._url("/issues"), {"type": "issues", **parameters}):
                issues = [self._issue(row) for row in page]
                fresh = [issue for issue in issues if issue.number not in seen and _carries(issue, wanted)]
                seen.update(issue.number for issue in fresh)
                yield fresh

    def issue(self, number: int) -> Issue:
        """One issue, read now."""
        return self._issue(self._get(self._url(f"/issues/{number}")).json())

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        """Pages of pull requests that changed since then, the newest change first."""
        for page in self._pages(self._url("/pulls"), {"state": "all", "sort": "recentupdate"}):
            found = [self._request(row) for row in page]
            yield [request for request in found if request.updated_at >= since]
            if any(request.updated_at < since for request in found):
                return

    def request(self, number: int) -> Request:
        """One pull request, read now."""
        return self._request(self._get(self._url(f"/pulls/{number}")).json())

    def progress(self, request: Request) -> Request:
        """The same request: reviews are not asked for here."""
        return request

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:  # noqa: ARG002 (nothing can be asked)
        """Nothing: this forge knows closing words only."""
        return {}

    def blocked(self, numbers: Sequence[int]) -> Set[int] | None:  # noqa: ARG002 (it is told for one issue at a time only)
        """Always None."""
        return None

    def remark(self, number: int, comment_id: str, *, is_on_request: bool = False) -> Remark:
        """Commands are not taken here."""
        raise NotFound(f"Comment {comment_id} of no. {number} is not read ({is_on_request=}).")

    def recent_remarks(self, number: int, since: datetime) -> Sequence[Remark]:
        """The comments of an issue since then; this list has no pages."""
        rows = self._comments(number, "", {"since": iso(since)})
        return [_readable(remark_of, row) for row in rows]

    def decides(self, actor: Actor, association: str) -> bool:  # noqa: ARG002 (its comments tell no standing)
        """Nobody is known to."""
        return False

    def file(self, path: str) -> str | None:
        """A file of the default branch."""
        try:
            answer = self._get(self._url(f"/raw/{quote(path)}"))
        except NotFound:
            return None
        return answer.body.decode("utf-8", "replace")

    def find_comment(self, number: int, marker: str) -> Comment | None:
        """The oldest comment of an issue whose body holds ``marker``."""
        return next((_readable(comment_of, row) for row in self._comments(number, marker)), None)

    def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
        """Our own comments of an issue that hold ``marker``, oldest first."""
        return [_readable(comment_of, row) for row in self._comments(number, marker) if self._is_mine(row)]

    def create_comment(self, number: int, body: str) -> Comment:
        """Write a comment. Never repeats a request that may have been carried out."""
        return _readable(comment_of, self._write("POST", f"/issues/{number}/comments", {"body": body}).json())

    def edit_comment(self, number: int, comment_id: str, body: str) -> Comment:  # noqa: ARG002 (comments are numbered across issues)
        """Replace the text of a comment of ours."""
        answer = self._write("PATCH", f"/issues/comments/{quote(comment_id, safe='')}", {"body": body})
        return _readable(comment_of, answer.json())

    def delete_comment(self, number: int, comment_id: str) -> None:  # noqa: ARG002 (comments are numbered across issues)
        """Delete a comment of ours; nothing happens where it is gone already."""
        with suppress(NotFound):
            self._write("DELETE", f"/issues/comments/{quote(comment_id, safe='')}")

    def assign(self, number: int, login: str) -> bool:
        """Add an assignee; False where there is no such account or the forge does not take it.

        It answers 500 to a name it does not know, and takes a change that we have no right to without a word.
        """
        if not self._has_account(login):
            return False
        assigned = self._assigned(number)
        if _is_among(login, assigned):
            return True
        answer = self._write("PATCH", f"/issues/{number}", {"assignees": [*assigned, login]})
        return _is_among(login, assigned_logins(answer.json()))

    def unassign(self, number: int, login: str) -> None:
        """Take somebody off the assignees; nothing happens where they are none."""
        assigned = self._assigned(number)
        others = [name for name in assigned if name.casefold() != login.casefold()]
        if len(others) < len(assigned):
            self._write("PATCH", f"/issues/{number}", {"assignees": others})

    def suggest(self, number: int, login: str) -> bool:  # noqa: ARG002 (the forge knows no proposals)
        """Always False: an assignee of this forge is one."""
        return False

    def add_label(self, number: int, name: str) -> bool:
        """Put a label beside the others, by its number; False where the repository has none of that name."""
        label = self._label_number(name)
        if label is None:
            return False
        self._write("POST", f"/issues/{number}/labels", {"labels": [label]})
        return True

    def remove_label(self, number: int, name: str) -> None:
        """Take one label off; nothing happens where the issue does not carry it."""
        label = self._label_number(name)
        if label is not None:
            with suppress(NotFound):
                self._write("DELETE", f"/issues/{number}/labels/{label}")

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:  # noqa: ARG002 (nothing can be asked)
        """Always `Forbidden`: the list of deliveries is on a page of the forge, and not in its API."""
        raise Forbidden("Forgejo and Gitea show no program which deliveries failed.")

    def redeliver(self, lost: Undelivered) -> None:  # noqa: ARG002 (nothing can be asked)
        """Always `Forbidden`."""
        raise Forbidden("Forgejo and Gitea let no program have a delivery made once more.")

    def _identified(self) -> ProjectFacts:
        """The repository as it is now, under the name that it has now; `NotFound` when it is another one."""
        facts = _readable(facts_of, self._get(self._url("")).json())
        self._demand_ours(facts.external_id)
        self._path = facts.path
        return facts

    def _demand_ours(self, external_id: str) -> None:
        expected = self._connection.project.external_id
        if expected and external_id and expected != external_id:
            raise NotFound(f"{self._path} is another repository now: its number is {external_id}, not {expected}.")

    def _languages(self) -> tuple[str, ...]:
        """Those of the repository, most used first; none where the forge does not tell."""
        with suppress(NotFound, Forbidden):
            return tuple(as_object(self._get(self._url("/languages")).json()))
        return ()

    def _labels(self, url: str) -> tuple[Label, ...]:
        rows = (row for page in self._pages(url, {}) for row in page)
        return tuple(label for label in map(label_of, rows) if label is not None)

    def _issue(self, row: object) -> Issue:
        """One row, which must be of our repository: a name that changed hands leads to a stranger's."""
        self._demand_ours(text(child(as_object(row), "repository"), "id"))
        return _readable(issue_of, row)

    def _request(self, row: object) -> Request:
        """One row, whose target is our repository."""
        target = child(child(as_object(row), "base"), "repo")
        self._demand_ours(text(target, "id"))
        ours = replace(self._connection.project, path=self._path)
        return _readable(lambda data: request_of(data, ours, target), row)

    def _comments(self, number: int, marker: str, asked: Mapping[str, str] | None = None) -> list[Json]:
        """Those that hold the marker, oldest first; this list has no pages."""
        pages = self._pages(self._url(f"/issues/{number}/comments"), dict(asked or {}))
        rows = [as_object(row) for page in pages for row in page]
        return sorted((row for row in rows if marker in text(row, "body")), key=lambda row: integer(row, "id") or 0)

    def _is_mine(self, row: Json) -> bool:
        """Was this comment written by the account of our token? It is asked for once."""
        if self._me is None:
            self._me = text(as_object(self._get(f"{self._connection.api_url}/user").json()), "id")
        return bool(self._me) and text(child(row, "user"), "id") == self._me

    def _assigned(self, number: int) -> tuple[str, ...]:
        row = self._get(self._url(f"/issues/{number}")).json()
        self._issue(row)
        return assigned_logins(row)

    def _label_number(self, name: str) -> int | None:
        found = (label.external_id for label in self.labels() if label.name.casefold() == name.casefold())
        number = next(found, None)
        return int(number) if number else None

    def _has_account(self, login: str) -> bool:
        try:
            self._get(f"{self._connection.api_url}/users/{quote(login, safe='')}")
        except NotFound:
            return False
        return True

    def _url(self, tail: str) -> str:
        path = "/".join(quote(part, safe="") for part in self._path.split("/"))
        return f"{self._connection.api_url}/repos/{path}{tail}"

    def _pages(self, url: str, parameters: Mapping[str, str]) -> Iterator[list[object]]:
        """All pages of a list. Pages are counted: the addresses in ``Link`` bear the name an instance gives itself."""
        read = 0
        for number in range(1, MOST_PAGES + 1):
            answer = self._get(url, {**parameters, "limit": str(PAGE), "page": str(number)})
            rows = answer.json()
            if not isinstance(rows, list):
                raise Unavailable("The forge answered something else than a list.")
            yield rows
            read += len(rows)
            if not rows or not _goes_on(answer, read):
                return
        raise Unavailable(f"The forge's list does not end after {MOST_PAGES} pages.")

    def _get(self, url: str, parameters: Mapping[str, str] | None = None) -> Answer:
        return self._transport.get(url, params=parameters, headers=self._headers, count=self._count)

    def _count(self) -> None:
        self.usage.requests += 1

    def _write(self, method: str, tail: str, data: Mapping[str, object] | None = None) -> Answer:
        """Perform a write; if the forge says that the repository has moved, once more under its new name."""
        answer = self._sent(method, self._url(tail), data)
        if answer.status < 300:
            return answer
        old = self._path
        if self._identified().path == old:
            raise Unavailable("The forge redirects a write and does not say where the repository is.")
        answer = self._sent(method, self._url(tail), data)
        if answer.status >= 300:
            raise NotFound("The repository has moved.")
        return answer

    def _sent(self, method: str, url: str, data: Mapping[str, object] | None) -> Answer:
        self._count()
        response = self._transport.session().request(
            method, url, json=data, headers=self._headers, allow_redirects=False
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        self._transport.check(response.status_code, headers, response.content)
        return Answer(response.status_code, response.url, headers, response.content)


def _lists(query: IssueQuery) -> Iterator[dict[str, str]]:
    """The parameters of the lists to read. Versions differ on several labels (all or any), hence one list a label."""
    if query.since is not None:
        yield {"state": "all", "since": iso(query.since)}
    elif not query.labels or any("," in label for label in query.labels):
        # A comma separates labels in the parameter, so a label that holds one cannot be asked for.
        yield {"state": "open"}
    else:
        for label in dict.fromkeys(query.labels):
            yield {"state": "open", "labels": label}


def _carries(issue: Issue, wanted: frozenset[str]) -> bool:
    return not wanted or any(name.casefold() in wanted for name in issue.label_names)


def _is_among(login: str, logins: Sequence[str]) -> bool:
    return login.casefold() in (name.casefold() for name in logins)


def _goes_on(answer: Answer, read: int) -> bool:
    """Lists of issues tell it by ``Link``, those of labels by their total only."""
    total = answer.headers.get("x-total-count", "")
    return "next" in answer.links or (total.isascii() and total.isdigit() and read < int(total[:9]))


def _readable(read: Callable[[object], T], payload: object) -> T:
    """Read one object; what breaks the forge's own schema is a fault of the forge's."""
    try:
        return read(payload)
    except UnreadablePayload as exc:
        raise Unavailable(f"The forge's answer cannot be read. {exc}") from exc
