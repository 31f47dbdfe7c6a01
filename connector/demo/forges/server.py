"""What both simulated forges share as HTTP servers: routes, a log of requests, programmed answers, and a thread."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from wsgiref.types import StartResponse

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest
from werkzeug.serving import WSGIRequestHandler, make_server

from connector.demo.forges.answers import Answer, Answers
from connector.demo.forges.model import Attempt, Change, Comment, Hook, Issue, Json, Project
from connector.demo.forges.pages import page
from connector.demo.forges.state import Forge, NoSuchObject

KEPT_HEADERS = ("accept", "content-type", "if-none-match", "user-agent", "x-github-api-version")
Handler = Callable[["Call"], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """A method, the path after the API's root with ``{name}`` for a part, and what answers it."""

    method: str
    path: str
    handler: Handler
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)))


@dataclass(frozen=True, slots=True)
class Logged:
    """One request as it came in, and the status it was answered with (0: the connection was dropped)."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    is_authorised: bool
    body: Any
    status: int


@dataclass(slots=True)
class Call:
    """A request on its way to its handler. ``root`` is the API's address that the caller used, without a slash.

    ``below`` is the path after the project.
    """

    http: Request
    root: str
    login: str | None
    parts: Mapping[str, str] = field(default_factory=dict)
    below: str = ""

    def number(self, name: str = "number") -> int:
        """A part of the path as a number; raises `NoSuchObject`."""
        try:
            return int(self.parts[name])
        except ValueError:
            raise NoSuchObject(self.parts[name]) from None

    def data(self) -> dict[str, Any]:
        """The JSON or form that came with the request; raises `BadRequest`."""
        if self.http.mimetype != "application/json":
            return dict(self.http.form)
        value = self.http.get_json()
        if not isinstance(value, dict):
            raise BadRequest("Problems parsing JSON")
        return value

    def administers(self, owner: str, forge: Forge) -> bool:
        """Whether the caller administers an organisation or group."""
        return self.login is not None and self.login.lower() in forge.owners.get(owner.lower(), set())

    def sees(self, project: Project) -> bool:
        """Whether the caller is a member of the project."""
        return self.login is not None and self.login.lower() in {one.lower() for one in project.members}


class ForgeServer:
    """A simulated forge on the network. Children say what its API looks like.

    ``web_url`` is what it calls its own pages, for a text that does not depend on the port.
    ``stale_seconds``: comments younger than this are not listed yet, as where reads come from a copy that lags behind.
    """

    kind = ""
    api_path = ""

    def __init__(self, forge: Forge, *, port: int = 0, web_url: str = "") -> None:
        self.forge = forge
        self._web_url = web_url
        self.answers = Answers()
        self.requests: list[Logged] = []
        self.stale_seconds = 0.0
        self.redeliver: Callable[[Hook, Attempt], None] | None = None
        self._routes = tuple(self.routes())
        self._server = make_server("127.0.0.1", port, self._wsgi, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._serve, name=f"forge-{self.kind}", daemon=True)

    def routes(self) -> Iterable[Route]:
        """What the API answers."""
        raise NotImplementedError

    def refused(self, call: Call) -> Response | None:
        """An answer that comes before any route: a bad token, a limit."""
        raise NotImplementedError

    def error(self, status: int, message: str = "") -> Response:
        """A refusal in the forge's own words."""
        raise NotImplementedError

    def finish(self, call: Call, response: Response) -> Response:
        """The last word about an answer: headers that all answers have."""
        raise NotImplementedError

    def login(self, http: Request) -> tuple[str | None, bool]:
        """Who is calling, and whether a token was shown."""
        raise NotImplementedError

    def payload(self, change: Change) -> tuple[str, Json] | None:
        """The event's name and the JSON of the delivery about a change; None where the forge says nothing."""
        raise NotImplementedError

    def delivery_headers(self, hook: Hook, body: bytes, *, event: str, delivery_id: str) -> dict[str, str]:
        """The headers of a delivery, signed with what was typed into the forge's form."""
        raise NotImplementedError

    def sends(self, hook: Hook) -> bool:
        """Whether this hook is told anything now."""
        return hook.is_active

    def listening(self, project: Project) -> list[Hook]:
        """The hooks that hear of a project."""
        return self.forge.hooks_of(project)

    def note_answer(self, hook: Hook, *, is_success: bool) -> None:
        """A delivery was answered, or not."""
        hook.failures = 0 if is_success else hook.failures + 1

    @property
    def url(self) -> str:
        """Where it listens, without a trailing slash."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def web_url(self) -> str:
        """The web root as it stands in answers and deliveries."""
        return self._web_url or self.url

    @property
    def api_url(self) -> str:
        """The API root, without a trailing slash."""
        return self.url + self.api_path

    def start(self) -> Self:
        """Answer from now on."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no longer."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def send_again(self, hook: Hook, number: int) -> None:
        """Deliver once more what an earlier attempt held; raises `NoSuchObject`."""
        attempt = next((one for one in hook.attempts if one.number == number), None)
        if attempt is None or self.redeliver is None:
            raise NoSuchObject(f"attempt {number}")
        self.redeliver(hook, attempt)

    def hook(self, call: Call, project: Project) -> Hook:
        """The hook that the path names; raises `NoSuchObject`."""
        try:
            return project.hooks[call.number("hook")]
        except KeyError:
            raise NoSuchObject("hook") from None

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def requests_to(self, pattern: str, method: str = "GET") -> list[Logged]:
        """The requests so far whose path matches this regular expression wholly."""
        return [one for one in self.requests if one.method == method and re.fullmatch(pattern, one.path)]

    def listed(self, issue: Issue) -> list[Comment]:
        """The comments of an issue as a list shows them, oldest first."""
        until = self.forge.clock() - timedelta(seconds=self.stale_seconds)
        return [one for one in issue.comments if not self.stale_seconds or one.created_at <= until]

    def _wsgi(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        http = Request(environ)
        path = urlsplit(environ["RAW_URI"]).path
        response, is_dropped = self._respond(http, path)
        token_shown = self.login(http)[1]
        headers = {name: http.headers[name] for name in KEPT_HEADERS if name in http.headers}
        status = 0 if is_dropped else response.status_code
        self.requests.append(
            Logged(http.method, path, http.args.to_dict(), headers, token_shown, http.get_json(silent=True), status)
        )
        if is_dropped:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return response(environ, start_response)

    def _respond(self, http: Request, path: str) -> tuple[Response, bool]:
        answer = self.answers.take(http.method, path)
        if answer is None:
            return self._usual(http, path), False
        time.sleep(answer.delay)
        if answer.status is None or answer.apply_first:
            usual = self._usual(http, path)
            if answer.status is None:
                return usual, answer.drop_after_applying
        return _as_programmed(answer), answer.drop_after_applying

    def _usual(self, http: Request, path: str) -> Response:
        prefix = self.api_path if path.startswith(f"{self.api_path}/") else ""
        call = Call(http, self.url + prefix, self.login(http)[0])
        response = self.refused(call)
        return self.finish(call, response or self._routed(call, path.removeprefix(prefix)))

    def _routed(self, call: Call, path: str) -> Response:
        for route in self._routes:
            found = route.pattern.fullmatch(path)
            if found and route.method == call.http.method:
                call.parts = {name: unquote(value) for name, value in found.groupdict().items()}
                with self.forge.lock:
                    return self._handled(route, call)
        return page(self.forge, path) or self.error(404)

    def _handled(self, route: Route, call: Call) -> Response:
        try:
            return route.handler(call)
        except NoSuchObject:
            return self.error(404)
        except BadRequest as exc:
            return self.error(400, exc.description or "")


def json_response(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON."""
    body = json.dumps(data, ensure_ascii=False)
    return Response(body, status=status, headers=dict(headers or {}), content_type="application/json; charset=utf-8")


def _as_programmed(answer: Answer) -> Response:
    status, headers = answer.status or 200, dict(answer.headers)
    if isinstance(answer.body, str | bytes):
        return Response(answer.body, status=status, headers=headers, content_type="text/plain")
    response = json_response(answer.body if answer.body is not None else {}, status, headers)
    if answer.drip:
        response.response = _dripping(response.get_data(), answer.drip)
    return response


def _dripping(body: bytes, seconds: float) -> Iterator[bytes]:
    for place in range(len(body)):
        time.sleep(seconds)
        yield body[place : place + 1]


class _Quiet(WSGIRequestHandler):
    """Logs nothing: the requests are in the server's own list."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  (the parent's name)
        """Say nothing."""
