"""GitHub's webhooks, of a repository or of its organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import quote

from sources.answers import Answer
from sources.errors import Forbidden, NotFound, Unavailable
from sources.keeping import HookLevel, HookState, HookWish, RemoteHook, TokenFacts
from sources.payload import Json, as_object, child, flag, integer, text
from sources.times import parse_time

EVENTS = {
    "issues": "Issues",
    "issue_comment": "Issue comments",
    "label": "Labels",
    "pull_request": "Pull requests",
    "pull_request_review": "Pull request reviews",
    "repository": "Repositories",
}
"""What we listen to, and what it is called in GitHub's form."""
EXPIRATION = "github-authentication-token-expiration"
_PERMISSIONS = {
    HookLevel.PROJECT: "Webhooks: read and write (or admin:repo_hook)",
    HookLevel.OWNER: "organization Webhooks: read and write (or admin:org_hook)",
}


class GitHubHooks:
    """A `sources.keeping.HookKeeper`. ``path`` gives the repository's present ``owner/name``."""

    def __init__(
        self,
        api_url: str,
        path: Callable[[], str],
        *,
        pages: Callable[[str], Iterator[list[object]]],
        send: Callable[[str, str, Mapping[str, object] | None], Answer],
    ) -> None:
        self._api_url = api_url
        self._path = path
        self._pages = pages
        self._send = send

    def token(self) -> TokenFacts:
        """When it ends: GitHub says so in a header of each answer."""
        answer = self._send("GET", f"{self._api_url}/rate_limit", None)
        return TokenFacts(expires_at=parse_time(answer.headers.get(EXPIRATION)))

    def hooks(self, level: HookLevel) -> Sequence[RemoteHook]:
        """All hooks at this level."""
        with _naming(level):
            rows = [row for page in self._pages(f"{self._place(level)}?per_page=100") for row in page]
        return [remote_hook(as_object(row), level) for row in rows]

    def create(self, wish: HookWish, level: HookLevel) -> RemoteHook:
        """Make a hook; GitHub sends a ping at once."""
        with _naming(level):
            answer = self._send("POST", self._place(level), {"name": "web", **_form(wish)})
        return remote_hook(as_object(answer.json()), level)

    def repair(self, hook: RemoteHook, wish: HookWish) -> RemoteHook:
        """Give it address, secret and events anew."""
        with _naming(hook.level):
            answer = self._send("PATCH", self._of(hook), _form(wish))
        return remote_hook(as_object(answer.json()), hook.level)

    def test(self, hook: RemoteHook) -> None:
        """Have a ping sent."""
        self._send("POST", f"{self._of(hook)}/pings", None)

    def remove(self, hook: RemoteHook) -> None:
        """Take it away."""
        with suppress(NotFound):
            self._send("DELETE", self._of(hook), None)

    def _of(self, hook: RemoteHook) -> str:
        return f"{self._place(hook.level)}/{quote(hook.external_id, safe='')}"

    def _place(self, level: HookLevel) -> str:
        owner, _, name = self._path().partition("/")
        if level is HookLevel.OWNER:
            return f"{self._api_url}/orgs/{quote(owner, safe='')}/hooks"
        return f"{self._api_url}/repos/{quote(owner, safe='')}/{quote(name, safe='')}/hooks"


@contextmanager
def _naming(level: HookLevel) -> Iterator[None]:
    """GitHub answers 404 to whoever does not administer the place: said here as what is missing."""
    try:
        yield
    except NotFound as exc:
        raise Forbidden(f"The permission {_PERMISSIONS[level]} is missing.") from exc


def remote_hook(row: Json, level: HookLevel) -> RemoteHook:
    """A hook from the API's JSON; raises `Unavailable` where it has no number."""
    if not text(row, "id"):
        raise Unavailable("GitHub's answer does not show the hook.")
    return RemoteHook(
        external_id=text(row, "id"),
        level=level,
        url=text(child(row, "config"), "url"),
        state=HookState.DISABLED if flag(row, "active") is False else HookState.ACTIVE,
        missing=_missing(row.get("events")),
        answer=_last_answer(child(row, "last_response")),
    )


def _missing(events: object) -> tuple[str, ...]:
    asked = events if isinstance(events, list) else []
    return () if "*" in asked else tuple(name for event, name in EVENTS.items() if event not in asked)


def _last_answer(last: Json) -> str:
    code = integer(last, "code")
    return "" if code is None or 200 <= code < 300 else f"{code} {text(last, 'message')}".strip()[:200]


def _form(wish: HookWish) -> dict[str, object]:
    secret = wish.credentials["webhook_secret"]
    config = {"url": wish.url, "content_type": "json", "insecure_ssl": "0", "secret": secret}
    return {"active": True, "events": list(EVENTS), "config": config}
