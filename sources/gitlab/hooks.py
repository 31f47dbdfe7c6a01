"""GitLab's webhooks, of a project or of its group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from urllib.parse import quote

from sources.answers import Answer
from sources.errors import Forbidden, NotFound, Unavailable
from sources.keeping import HookLevel, HookState, HookWish, RemoteHook, TokenFacts
from sources.payload import Json, as_object, flag, text
from sources.times import parse_time

TRIGGERS = {
    "issues_events": "Issues events",
    "confidential_issues_events": "Confidential issues events",
    "merge_requests_events": "Merge request events",
    "note_events": "Comments",
}
"""What we listen to, and what it is called in GitLab's form."""
TEMPLATE = "Custom webhook template (empty it)"
_STATES = {"temporarily_disabled": HookState.PAUSED, "disabled": HookState.DISABLED}


class GitLabHooks:
    """A `sources.keeping.HookKeeper`. ``project`` is the project's address in the API, ``path`` its full path."""

    def __init__(
        self,
        api_url: str,
        project: str,
        path: Callable[[], str],
        *,
        pages: Callable[[str], Iterator[list[Json]]],
        send: Callable[[str, str, Mapping[str, object] | None], Answer],
    ) -> None:
        self._api_url = api_url
        self._project = project
        self._path = path
        self._pages = pages
        self._send = send

    def token(self) -> TokenFacts:
        """When it ends: the midnight (UTC) with which its last day begins. A token of another kind says nothing."""
        try:
            row = as_object(self._send("get", f"{self._api_url}/personal_access_tokens/self", None).json())
        except (NotFound, Forbidden):
            return TokenFacts()
        day = text(row, "expires_at")
        return TokenFacts(expires_at=parse_time(f"{day} 00:00:00 UTC"))

    def hooks(self, level: HookLevel) -> Sequence[RemoteHook]:
        """All hooks at this level."""
        return [remote_hook(row, level) for page in self._pages(self._place(level)) for row in page]

    def create(self, wish: HookWish, level: HookLevel) -> RemoteHook:
        """Make a hook; GitLab sends nothing by itself."""
        return remote_hook(as_object(self._send("post", self._place(level), _form(wish)).json()), level)

    def repair(self, hook: RemoteHook, wish: HookWish) -> RemoteHook:
        """Give it address, tokens and triggers anew; a change of the address alone would drop the tokens."""
        form = {**_form(wish), **({"custom_webhook_template": ""} if TEMPLATE in hook.missing else {})}
        return remote_hook(as_object(self._send("put", self._of(hook), form).json()), hook.level)

    def test(self, hook: RemoteHook) -> None:
        """Have a sample sent, of which an answer of ours wakes a hook that was disabled."""
        self._send("post", f"{self._of(hook)}/test/issues_events", None)

    def remove(self, hook: RemoteHook) -> None:
        """Take it away."""
        with suppress(NotFound):
            self._send("delete", self._of(hook), None)

    def _of(self, hook: RemoteHook) -> str:
        return f"{self._place(hook.level)}/{quote(hook.external_id, safe='')}"

    def _place(self, level: HookLevel) -> str:
        if level is HookLevel.OWNER:
            return f"{self._api_url}/groups/{quote(self._path().rpartition('/')[0], safe='')}/hooks"
        return f"{self._project}/hooks"


def remote_hook(row: Json, level: HookLevel) -> RemoteHook:
    """A hook from the API's JSON; raises `Unavailable` where it has no number."""
    if not text(row, "id"):
        raise Unavailable("GitLab's answer does not show the hook.")
    missing = [name for trigger, name in TRIGGERS.items() if flag(row, trigger) is not True]
    template = [TEMPLATE] if text(row, "custom_webhook_template") else []
    return RemoteHook(
        external_id=text(row, "id"),
        level=level,
        url=text(row, "url"),
        state=_STATES.get(text(row, "alert_status"), HookState.ACTIVE),
        missing=(*missing, *template),
        until=parse_time(row.get("disabled_until")),
    )


def _form(wish: HookWish) -> dict[str, object]:
    return {
        "url": wish.url,
        "token": wish.credentials["webhook_secret"],
        "signing_token": wish.credentials["signing_token"],
        "enable_ssl_verification": True,
        "push_events": False,
        **dict.fromkeys(TRIGGERS, True),
    }
