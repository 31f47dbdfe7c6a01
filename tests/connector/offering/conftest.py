"""Databases in which nobody has drawn the line: the default holds."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from connector.db.engine import open_database
from connector.db.tables import OfferLine


@pytest.fixture
def sqlite_url(sqlite_url: str) -> str:
    """A SQLite database without a line of its own."""
    return undrawn(sqlite_url)


@pytest.fixture
def database_url(database_url: str) -> str:
    """A database of either kind without a line of its own."""
    return undrawn(database_url)


def undrawn(url: str) -> str:
    database = open_database(url)
    with database.sessions.begin() as session:
        session.execute(delete(OfferLine))
    database.engine.dispose()
    return url
