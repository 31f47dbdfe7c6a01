"""All HTTP to trackers: guarded sessions, one a thread, and reads that are tried again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import requests
import stamina
from requests.auth import AuthBase

from sources.addresses import Network
from sources.answers import Answer, failure
from sources.errors import Unavailable
from sources.session import CALL_SECONDS, GuardedSession

READ_ATTEMPTS = 3
USER_AGENT = "wecena-connector"


def _nothing() -> None:
    """Count nothing."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Transport:
    """The one way out. Safe to share between threads: each gets a session of its own.

    ``allowed_networks`` may be talked to although they are private, also without https and on any port.
    """

    def __init__(
        self,
        *,
        allowed_networks: Sequence[Network] = (),
        user_agent: str = USER_AGENT,
        clock: Callable[[], datetime] = _utc_now,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self.clock = clock
        self._allowed = tuple(allowed_networks)
        self.user_agent = user_agent
        self._call_seconds = call_seconds
        self._local = threading.local()

    def session(self) -> requests.Session:
        """This thread's session, for libraries that take one. It raises `SourceError`s only and never repeats a request.

        Redirects: only GET, only on the same host, at most three; the answer to any other is the redirect itself.
        """
        if not hasattr(self._local, "session"):
            self._local.session = GuardedSession(
                allowed=self._allowed, user_agent=self.user_agent, call_seconds=self._call_seconds
            )
        session: requests.Session = self._local.session
        return session

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
        count: Callable[[], None] = _nothing,
    ) -> Answer:
        """Read ``url``; tried up to three times while the tracker is `Unavailable`. Each try calls ``count``.

        A status of 400 or more raises its `SourceError`; 304 and other answers come back.
        """
        for attempt in stamina.retry_context(on=Unavailable, attempts=READ_ATTEMPTS, wait_initial=0.3, wait_max=5):
            with attempt:
                count()
                return self._get(url, params=params, headers=headers, auth=auth)
        raise Unavailable

    def check(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Raise the `SourceError` that an answer got by another way means."""
        problem = failure(status, headers, body, now=self.clock())
        if problem is not None:
            raise problem

    def close(self) -> None:
        """Close this thread's connections."""
        if hasattr(self._local, "session"):
            self._local.session.close()

    def _get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        auth: AuthBase | None,
    ) -> Answer:
        response = self.session().get(url, params=params, headers=headers, auth=auth)
        lowered = {name.lower(): value for name, value in response.headers.items()}
        self.check(response.status_code, lowered, response.content)
        return Answer(response.status_code, response.url, lowered, response.content)
