"""PyGithub for writing, through our own guarded sessions instead of its own HTTP."""

from __future__ import annotations

from collections.abc import Callable, ItemsView
from typing import Any, cast
from urllib.parse import quote

from github.Auth import Auth
from github.Issue import Issue
from github.Repository import Repository
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester

from sources.errors import Unavailable
from sources.model import Comment
from sources.transport import Transport

API_VERSION = "2026-03-10"
TIMEOUT_SECONDS = 15


class Redirected(Exception):
    """A write was answered with a redirect; nothing was written."""


class _Response:
    """What PyGithub reads of an answer."""

    def __init__(self, status: int, headers: dict[str, str], body: str) -> None:
        self.status = status
        self._headers = headers
        self._body = body

    def getheaders(self) -> ItemsView[str, str]:
        return self._headers.items()

    def read(self) -> str:
        return self._body


def _connection_class(transport: Transport, scheme: str, count: Callable[[], None]) -> type:
    """A connection class in PyGithub's sense. Every refusal leaves it as a `SourceError`."""

    class GuardedConnection:
        def __init__(self, host: str, port: int | None = None, **_: object) -> None:
            self.host = host
            self._root = f"{scheme}://{host}" + (f":{port}" if port else "")
            self._request: tuple[str, str, object, dict[str, str]] = ("", "", None, {})

        def request(self, verb: str, url: str, body: object, headers: dict[str, str], *_: object) -> None:
            self._request = (verb, url, body, headers)

        def getresponse(self) -> _Response:
            verb, url, body, headers = self._request
            count()
            response = transport.session().request(
                verb, f"{self._root}{url}", data=cast("Any", body), headers=headers, allow_redirects=False
            )
            if 300 <= response.status_code < 400:
                raise Redirected
            transport.check(response.status_code, response.headers, response.content)
            return _Response(response.status_code, dict(response.headers), response.content.decode("utf-8", "replace"))

        def close(self) -> None:
            """The session belongs to the transport."""

    return GuardedConnection


def requester(transport: Transport, api_url: str, auth: Auth | None, count: Callable[[], None]) -> Requester:
    """PyGithub's requester on our session, for one thread: no retries, no pauses, no hidden reads."""

    class GuardedRequester(Requester):
        """A class of its own, because PyGithub keeps its connection classes on the class."""

    GuardedRequester.injectConnectionClasses(
        cast("type[HTTPRequestsConnectionClass]", _connection_class(transport, "http", count)),
        cast("type[HTTPSRequestsConnectionClass]", _connection_class(transport, "https", count)),
    )
    return GuardedRequester(
        auth=auth,
        base_url=api_url,
        timeout=TIMEOUT_SECONDS,
        user_agent=transport.user_agent,
        per_page=100,
        verify=True,
        retry=None,
        pool_size=None,
        seconds_between_requests=0,
        seconds_between_writes=0,
        lazy=True,
        api_version=API_VERSION,
    )


def lazy_issue(through: Requester, path: str, number: int) -> Issue:
    """The issue object of PyGithub, without reading it."""
    return Repository(through, url=f"/repos/{path}").get_issue(number)


def create_comment(issue: Issue, body: str) -> Comment:
    """Write a comment."""
    made = issue.create_comment(body)
    return Comment(_written_id(made.id), made.html_url, made.body)


def edit_comment(issue: Issue, comment_id: int, body: str) -> Comment:
    """Replace a comment's text."""
    comment = issue.get_comment(comment_id)
    comment.edit(body)
    return Comment(_written_id(comment.id), comment.html_url, comment.body)


def delete_comment(issue: Issue, comment_id: int) -> None:
    """Delete a comment."""
    issue.get_comment(comment_id).delete()


def assign(issue: Issue, login: str) -> bool:
    """Add an assignee; False where the answer does not list this person."""
    issue.add_to_assignees(login)
    return login.lower() in (assignee.login.lower() for assignee in issue.assignees)


def unassign(issue: Issue, login: str) -> None:
    """Take somebody off the assignees."""
    issue.remove_from_assignees(login)


def suggest(issue: Issue, login: str) -> None:
    """Propose an assignee: PyGithub knows only names here."""
    wish = {"assignees": [{"login": login, "suggest": True}]}
    issue.requester.requestJsonAndCheck("POST", f"{issue.url}/assignees", input=wish)


def add_label(issue: Issue, name: str) -> None:
    """Put a label beside the others."""
    issue.add_to_labels(name)


def remove_label(issue: Issue, name: str) -> None:
    """Take one label off. PyGithub leaves a slash in the name as it is, and GitHub then finds no such label."""
    issue.requester.requestJsonAndCheck("DELETE", f"{issue.url}/labels/{quote(name, safe='')}")


def _written_id(value: object) -> str:
    if not isinstance(value, int):
        raise Unavailable("GitHub's answer to a write does not show what was written.")
    return str(value)
