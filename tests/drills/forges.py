"""Simulated forges on a bad day: answers are lost after the write was applied, and lists of comments lag behind."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

from werkzeug import Response

from connector.clock import utc_now
from connector.demo.forges.answers import Answer, Answers
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import Call, ForgeServer
from connector.demo.forges.state import Forge

SEED = 2026
PLENTY = 1_000_000
LOST = Answer(drop_after_applying=True)


class LosingAnswers(Answers):
    """Loses a share of all answers, after the call took effect."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.lost = 0
        self._chance = random.Random(SEED)  # noqa: S311  (no secret is drawn)

    def take(self, method: str, path: str) -> Answer | None:
        """What was programmed for this call, else by chance a lost answer."""
        programmed = super().take(method, path)
        if programmed is not None or self._chance.random() >= self.share:
            return programmed
        self.lost += 1
        return LOST


class BadForge(ForgeServer):
    """Lists comments as they were ``lag`` ago."""

    lag = timedelta(0)

    def __init__(self, forge: Forge, *, web_url: str) -> None:
        super().__init__(forge, web_url=web_url)
        self.answers: LosingAnswers = LosingAnswers()

    def _routed(self, call: Call, path: str) -> Response:
        response = super()._routed(call, path)
        is_list = call.http.method == "GET" and path.rstrip("/").endswith(("/comments", "/notes"))
        if is_list and self.lag and response.status_code == 200:
            rows = [row for row in json.loads(response.get_data()) if _time(row) <= utc_now() - self.lag]
            response.set_data(json.dumps(rows))
        return response


class BadGitHub(BadForge, GitHubServer):
    """GitHub on a bad day, but one that never sends us away for an hour: a drill asks more in it than a service does."""

    def __init__(self, forge: Forge, *, web_url: str) -> None:
        super().__init__(forge, web_url=web_url)
        self.limit = PLENTY


class BadGitLab(BadForge, GitLabServer):
    """GitLab on a bad day."""


def make_forges() -> dict[str, BadForge]:
    """One forge of each kind, not started; they call themselves by the names that our tokens are for."""
    return {
        "github": BadGitHub(Forge(), web_url="https://github.com"),
        "gitlab": BadGitLab(Forge(shares_numbers=False), web_url="https://gitlab.com"),
    }


def _time(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["created_at"])
