"""How one client asks GitHub: with its token and within its budget, page by page, and only for what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qs

from github.Auth import Token
from github.Requester import Requester
from requests import PreparedRequest
from requests.auth import AuthBase

from sources.answers import Answer
from sources.base import Connection, Mark, Usage
from sources.errors import AddressRefused, BadCredentials, Unavailable
from sources.github.survey import graphql_url
from sources.github.writer import API_VERSION, requester
from sources.links import parts_of
from sources.model import Issue
from sources.payload import decode
from sources.transport import Transport

PER_PAGE = 100
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": API_VERSION}
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


class Wire:
    """The requests of one client, counted in ``usage``. ``on_move`` is called when a list was found elsewhere."""

    def __init__(
        self, connection: Connection, transport: Transport, usage: Usage, on_move: Callable[[], object]
    ) -> None:
        self._connection = connection
        self._transport = transport
        self._usage = usage
        self._on_move = on_move
        self._token: Token | None = None
        self._auth: _Authorised | None = None
        self._is_renewed = False
        self._use(connection.token)

    @property
    def has_token(self) -> bool:
        """Whether there is a token at this moment."""
        return self._token is not None

    @property
    def is_anonymous(self) -> bool:
        """Whether there is no token, and none to be had."""
        return self._token is None and self._connection.tokens is None

    def get(self, url: str, *, etag: str = "", accept: str = "") -> Answer:
        """Read, from GitHub's own server only."""
        if parts_of(url)[:2] != parts_of(self._connection.api_url)[:2]:
            raise AddressRefused("GitHub names a next page on another server.")
        headers = dict(HEADERS)
        if etag:
            headers["If-None-Match"] = etag
        if accept:
            headers["Accept"] = accept
        answer = self.renewing(lambda: self._transport.get(url, headers=headers, auth=self._auth, count=self._count))
        self._account(answer.headers)
        return answer

    def send(self, verb: str, url: str, data: Mapping[str, object] | None) -> Answer:
        """One request that is never repeated by itself, unless it was refused for its token."""
        return self.renewing(lambda: self._send_once(verb, url, data))

    def graphql(self, question: Mapping[str, object]) -> Answer:
        """A question to GraphQL, which lies beside the REST root."""
        return self.send("POST", graphql_url(self._connection.api_url), question)

    def renewing(self, ask: Callable[[], T]) -> T:
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

    def requester(self) -> Requester:
        """What PyGithub writes through."""
        return requester(self._transport, self._connection.api_url, self._token, self._count_write)

    def pages(self, first: str) -> Iterator[list[object]]:
        """The pages of a list, as ``Link`` leads through them."""
        for answer in self._walk(first, self.get):
            yield _rows(answer)

    def marked_pages(self, first: str) -> Iterator[tuple[str, list[object] | None]]:
        """The pages of a list, each with its own address; None in place of one that is as it was when it was marked."""
        asked: list[str] = []

        def ask(url: str) -> Answer:
            asked.append(url)
            return self._ask(url)

        for answer in self._walk(first, ask):
            yield asked[-1], None if answer.status == 304 else _rows(answer)

    def marked_object(self, url: str) -> object:
        """A small object, from its mark where it is unchanged."""
        answer = self._ask(url)
        if answer.status == 304:
            return self._marked(url)
        if url in self._usage.marks:
            self._usage.marks[url] = replace(self._usage.marks[url], body=answer.body.decode("utf-8", "replace"))
        return answer.json()

    def known_object(self, url: str) -> object | None:
        """A small object as it was marked before, without asking; it is marked again."""
        if url not in self._usage.known:
            return None
        self._usage.marks[url] = self._usage.known[url]
        return self._marked(url)

    def mark_shown(self, url: str, issues: Sequence[Issue]) -> None:
        """Mark what is on a page."""
        if url in self._usage.marks:
            shown = tuple(issue.number for issue in issues)
            self._usage.marks[url] = replace(self._usage.marks[url], shown=shown)

    def _marked(self, url: str) -> object:
        return decode(self._usage.marks[url].body.encode())

    def _use(self, token: str | None) -> None:
        self._token = Token(token) if token else None
        self._auth = _Authorised(self._token) if self._token else None

    def _send_once(self, verb: str, url: str, data: Mapping[str, object] | None) -> Answer:
        self._count_write()
        response = self._transport.session().request(
            verb, url, headers=HEADERS, auth=self._auth, json=data, allow_redirects=False
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        self._transport.check(response.status_code, headers, response.content)
        return Answer(response.status_code, response.url, headers, response.content)

    def _count(self) -> None:
        self._connection.budget.read()
        self._usage.requests += 1

    def _count_write(self) -> None:
        self._connection.budget.write()
        self._usage.requests += 1

    def _account(self, headers: Mapping[str, str]) -> None:
        self._connection.budget.learn(headers)
        left, resets = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        if is_number(left):
            self._usage.rate_limit_left = int(left)
        if is_number(resets):
            self._usage.rate_limit_resets_at = datetime.fromtimestamp(int(resets[:11]), UTC)

    def _walk(self, first: str, ask: Callable[[str], Answer]) -> Iterator[Answer]:
        url, visited = first, set[str]()
        while url and url not in visited:
            visited.add(url)
            answer = ask(url)
            self._expect(answer)
            if url == first and parts_of(answer.url).path != parts_of(first).path:
                self._on_move()
            yield answer
            url = answer.links.get("next") or self._kept_link(url, answer)

    def _expect(self, answer: Answer) -> None:
        pages = parse_qs(parts_of(answer.links.get("last", "")).query).get("page", [""])[0]
        if is_number(pages):
            self._usage.rows_expected = int(pages) * PER_PAGE

    def _kept_link(self, url: str, answer: Answer) -> str:
        """A 304 need not repeat where the next page is."""
        return self._usage.marks[url].following if answer.status == 304 else ""

    def _ask(self, url: str) -> Answer:
        """Read what may be unchanged since it was marked (304), and mark it."""
        known = self._usage.known.get(url)
        answer = self.get(url, etag=known.etag if known else "")
        following = answer.links.get("next", "")
        if answer.status == 304 and known is not None:
            self._usage.unchanged += 1
            self._usage.marks[url] = replace(known, following=following or known.following)
        elif answer.headers.get("etag"):
            self._usage.marks[url] = Mark(answer.headers["etag"], following)
        return answer


def is_number(written: str) -> bool:
    """Whether it is a number as GitHub writes them."""
    return written.isascii() and written.isdigit() and len(written) < 20


def _rows(answer: Answer) -> list[object]:
    rows = answer.json()
    if not isinstance(rows, list):
        raise Unavailable("GitHub answered something else than a list.")
    return rows
