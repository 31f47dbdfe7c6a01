"""The forges that the journeys of joining are made at, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.joining import Joining


@pytest.fixture(params=["github", "gitlab"])
def joining(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Joining]:
    """A service beside an empty simulated forge of each kind, on each database."""
    made = Joining(request.param, database_url, tmp_path)
    yield made
    made.close()
