"""The description that a volunteer copies into their request."""

from __future__ import annotations

import pytest

from connector.tasks.description import to_copy


@pytest.mark.parametrize(
    ("languages", "is_part", "said"),
    [
        (["en"], False, ["## What this changes", "## How I tested it", "Closes #12"]),
        (["fr", "en"], False, ["## Ce que cela change", "Closes #12"]),
        (["de"], True, ["## What this changes", "Part of #12"]),
    ],
)
def test_it_speaks_the_projects_language_and_closes_only_whole_issues(
    *, languages: list[str], is_part: bool, said: list[str]
) -> None:
    lines = to_copy(12, languages, is_part=is_part)
    assert set(said) <= set(lines)
    assert ("Closes #12" in lines) is not is_part
