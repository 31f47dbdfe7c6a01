"""Finished tasks that share rare words with an issue are like it, those of its project first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from connector.sizing import similar
from connector.sizing.similar import MOST_COMPARED, Candidate, most_alike

TITLES = (
    "Export the calendar as a file",
    "The map shows the wrong place",
    "Translate the page of the shop",
    "Calendar export forgets the place",
)


def finished(*titles: str, same: Sequence[int] = ()) -> list[Candidate]:
    return [Candidate(place, title, "", place in same) for place, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("title", "same", "first"),
    [
        ("Calendar: the exported file is empty", (), 0),
        ("Wrong place on the map", (), 1),
        ("Calendar export", (3,), 3),
        ("Calendar export", (0,), 0),
    ],
)
def test_the_most_alike_comes_first_and_the_own_project_is_preferred(
    title: str, same: Sequence[int], first: int
) -> None:
    assert most_alike(title, "", finished(*TITLES, same=same))[0] == first


@pytest.mark.parametrize("title", ["", "Rewrite the engine", "ΨΩ", "the of and"])
def test_what_is_like_nothing_has_nothing_beside_it(title: str) -> None:
    assert most_alike(title, "", finished(*TITLES)) == []


def test_a_huge_body_and_many_tasks_are_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    real = similar.read
    monkeypatch.setattr(similar, "read", lambda title, body: (read.append(len(body)), real(title, body))[1])
    body = "y" * 10**6  # one text for all: five thousand of them are five gigabytes
    most_alike("Calendar", "calendar " * 200_000, [Candidate(n, "x", body, True) for n in range(5000)])
    assert len(read) == MOST_COMPARED + 1
    assert max(read) <= similar.READ_OF_BODY
