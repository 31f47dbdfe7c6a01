"""Simulated forges for one test, and GitHub's own description of its API."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.state import Forge
from sources.transport import Transport
from tests.fakes import FakeClock
from tests.openapi import OpenApi


@pytest.fixture
def clock() -> FakeClock:
    """A clock that is set by hand."""
    return FakeClock()


@pytest.fixture
def github(clock: FakeClock) -> Iterator[GitHubServer]:
    """A running GitHub on which the token ``t`` acts as the maintainer."""
    forge = Forge(clock)
    forge.add_token("t", "mainteneuse")
    with GitHubServer(forge) as server:
        yield server


@pytest.fixture
def gitlab(clock: FakeClock) -> Iterator[GitLabServer]:
    """A running GitLab on which the token ``t`` acts as the maintainer."""
    forge = Forge(clock, shares_numbers=False)
    forge.add_token("t", "mainteneuse")
    with GitLabServer(forge) as server:
        yield server


@pytest.fixture
def transport() -> Iterator[Transport]:
    """The way out that may reach this machine."""
    found = Transport(allowed_networks=(ip_network("127.0.0.0/8"),))
    yield found
    found.close()


@pytest.fixture(scope="session")
def openapi(test_data: Path) -> OpenApi:
    """GitHub's description, where the folder of recorded data has it."""
    folder = test_data / "github-openapi"
    if not folder.is_dir():
        pytest.skip("WECENA_TEST_DATA holds no github-openapi")
    return OpenApi(folder)
