"""The description that a volunteer copies into their request."""

from __future__ import annotations

import pytest

from connector.courtesy.rules import AiPolicy, Policy
from connector.tasks.description import to_copy


@pytest.mark.parametrize(
    ("language", "is_part", "said"),
    [
        ("en", False, ["## What this changes", "## How I tested it", "Closes #12"]),
        ("fr", False, ["## Ce que cela change", "Closes #12"]),
        ("en", True, ["## What this changes", "Part of #12"]),
    ],
)
def test_it_speaks_the_projects_language_and_closes_only_whole_issues(
    *, language: str, is_part: bool, said: list[str]
) -> None:
    lines = to_copy(12, Policy(language=language), is_part=is_part)
    assert set(said) <= set(lines)
    assert ("Closes #12" in lines) is not is_part


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (AiPolicy.UNKNOWN, "Tools that wrote part of this"),
        (AiPolicy.DISCLOSE, "Tools that wrote part of this"),
        (AiPolicy.FORBIDDEN, "No tool wrote any of this"),
        (AiPolicy.FREE, "I understand and tested every line."),
    ],
)
def test_it_tells_of_tools_what_the_project_wants_to_know(wish: AiPolicy, said: str) -> None:
    assert to_copy(12, Policy(ai=wish), is_part=False)[-1].startswith(said)
