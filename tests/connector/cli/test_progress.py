"""How far a harvest is, in words."""

from __future__ import annotations

import pytest

from connector.cli.progress import pace


@pytest.mark.parametrize(
    ("rows", "expected", "seconds", "said"),
    [
        (12_000, 100_000, 60.0, "12,000 of about 100,000 issues, 200/s, 7 min 20 s left"),
        (900, 1_000, 9.0, "900 of about 1,000 issues, 100/s, 1 s left"),
        (1_000, 1_000, 10.0, "1,000 issues, 100/s"),
        (500, None, 10.0, "500 issues, 50/s"),
        (0, 1_000, 0.0, "0 issues, 0/s"),
    ],
)
def test_rate_and_time_left_are_told_as_far_as_they_are_known(
    rows: int, expected: int | None, seconds: float, said: str
) -> None:
    assert pace(rows, expected, seconds) == said
