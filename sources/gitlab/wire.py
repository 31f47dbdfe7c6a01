"""What python-gitlab talks through: the guarded session, with each request counted and each refusal as our error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests

from sources.base import Usage
from sources.budget import Budget
from sources.transport import Transport

GRAPHQL = "/graphql"
"""The end of the address where questions are asked with POST; we change nothing there."""


class Wire:
    """The session handed to python-gitlab: this thread's guarded one, that counts and raises our errors.

    An answer of 400 or more never reaches the library, so that its own waiting and repeating cannot start.
    """

    def __init__(self, transport: Transport, usage: Usage, budget: Budget) -> None:
        self._transport = transport
        self._usage = usage
        self._budget = budget

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # noqa: ANN401 (requests' own options)
        """One HTTP request, and those it is redirected to."""
        if method.lower() == "get" or url.endswith(GRAPHQL):
            self._budget.read()
        else:
            self._budget.write()
        self._usage.requests += 1
        response = self._transport.session().request(method, url, **options)
        self._usage.requests += len(response.history)
        headers = lower_case(response.headers)
        self._budget.learn(headers)
        self._note_limit(headers)
        self._transport.check(response.status_code, headers, response.content)
        return response

    def _note_limit(self, headers: Mapping[str, str]) -> None:
        left, resets_at = headers.get("ratelimit-remaining", ""), headers.get("ratelimit-reset", "")
        if left.isdigit():
            self._usage.rate_limit_left = int(left)
        if resets_at.isdigit():
            self._usage.rate_limit_resets_at = datetime.fromtimestamp(int(resets_at), UTC)


def lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    """Header names in lower case."""
    return {name.lower(): value for name, value in headers.items()}
