"""The API keeps to its own description, whatever is sent: schemathesis makes the requests from the description."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

from connector.accounts.rules import Role
from tests.drills.exposed import Exposed, exposed

DESCRIPTION = "/api/v1/openapi.json"
VISITOR, STRANGER = "visitor", "stranger"
"""Without a token, and with one that nobody made."""
NOT_PROMISED = ("negative_data_rejection", "positive_data_acceptance")
"""A filter that means nothing sifts nothing, and a claim may be refused for reasons that no schema knows."""


@pytest.fixture
def service(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[Exposed]:
    # What differs between the databases is asked by the hostile requests.
    with exposed(sqlite_url, tmp_path, now) as one:
        yield one


def broken_promises(service: Exposed, asker: str, examples: int) -> list[str]:
    """What an answer to this kind of person does not keep of the description."""
    headers = {"Authorization": f"Bearer {_token(service, asker)}"} if asker != VISITOR else {}
    description = schemathesis.openapi.from_wsgi(DESCRIPTION, service.app).include(path_regex="^/api/")
    checks = [CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in NOT_PROMISED]
    found: list[str] = []
    for operation in description.get_all_operations():

        @settings(
            max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.ok().as_strategy())
        def ask(case: schemathesis.Case) -> None:
            try:
                case.call_and_validate(headers=headers, checks=checks)
            except (Failure, FailureGroup) as exc:
                found.append(f"{case.method} {case.formatted_path}: {exc}")

        ask()
    return found


def _token(service: Exposed, asker: str) -> str:
    return "wrong" if asker == STRANGER else service.person(Role(asker)).bearer


@pytest.mark.parametrize("asker", [VISITOR, STRANGER, Role.VOLUNTEER, Role.COORDINATOR])
@pytest.mark.parametrize("examples", [15, pytest.param(1000, marks=pytest.mark.drill)])
def test_the_api_keeps_to_its_description(service: Exposed, asker: str, examples: int) -> None:
    """Promise 6: no error of ours, and nothing that the description does not announce."""
    assert broken_promises(service, asker, examples)[:3] == []
    assert service.errors == []
