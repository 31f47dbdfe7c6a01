"""Too many requests in a short time are told to wait; tests and load switch that off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from connector.app import create_app
from connector.settings import load_settings


@pytest.fixture
def browser_at(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[Callable[[str], FlaskClient]]:
    """A visitor's browser at a service with limits on or off."""
    made = []

    def make(limits: str) -> FlaskClient:
        values = {"WECENA_DATABASE_URL": sqlite_url, "WECENA_DATA_DIR": str(tmp_path), "WECENA_RATE_LIMITS": limits}
        app = create_app(load_settings(values), clock=lambda: now)
        made.append(app)
        return app.test_client()

    yield make
    for app in made:
        app.extensions["wecena"].db.engine.dispose()


def test_the_sixty_first_search_of_a_minute_waits(browser_at: Callable[[str], FlaskClient]) -> None:
    browser = browser_at("on")
    statuses = [browser.get("/?q=word").status_code for _time in range(61)]
    assert set(statuses[:60]) == {200}
    refused = browser.get("/?q=word")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert browser.get("/").status_code == 200


def test_limits_can_be_off(browser_at: Callable[[str], FlaskClient]) -> None:
    browser = browser_at("off")
    assert {browser.get("/?q=word").status_code for _time in range(65)} == {200}
