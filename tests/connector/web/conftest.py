"""The whole application on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.browser import application


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application, its clock stopped."""
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


@pytest.fixture
def browser(app: APIFlask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()
