"""What a preview says of a project's issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from connector.harvest.preview import MOST_PAGES, Preview, preview
from connector.sizing.line import Line
from sources.base import Client, IssueQuery
from sources.model import Actor, Issue, Label

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@dataclass
class Lister:
    """As much of a client as a preview asks."""

    pages: Sequence[Sequence[Issue]]
    asked: list[IssueQuery] = field(default_factory=list)
    read: int = 0

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """The pages, counted as they are read."""
        self.asked.append(query)
        for page in self.pages:
            self.read += 1
            yield page


def issue(number: int, *labels: str, **more: object) -> Issue:
    """An open issue with these labels."""
    known: dict[str, object] = {
        "title": f"Fix a typo in page {number}",
        "url": f"https://example.org/{number}",
        "updated_at": NOW,
    }
    return Issue(external_id=str(number), number=number, labels=tuple(map(Label, labels)), **(known | more))  # type: ignore[arg-type]  # the caller names real fields


def seen(lister: Lister, *known: str) -> Preview:
    """The preview of a project with these labels."""
    client: Client = lister  # type: ignore[assignment]  # the one call that is made
    return preview(client, known, NOW, path="asso/map", line=Line(quiet_days=365))


def test_only_labels_for_newcomers_are_asked_for() -> None:
    lister = Lister([[issue(1, "Easy")]])
    found = seen(lister, "bug", "Easy", "good first issue", "help wanted")
    assert lister.asked == [IssueQuery(labels=("Easy", "good first issue"))]
    assert found.labels == (("Easy", 1), ("good first issue", 0))


def test_it_shows_what_its_age_keeps_back() -> None:
    old = issue(1, "Easy", updated_at=NOW - timedelta(days=366))
    found = seen(Lister([[old, issue(2, "Easy")]]), "Easy")
    assert [(one.number, one.obstacle) for one in found.proposals] == [(2, ""), (1, "stale")]


def test_a_project_without_such_labels_is_not_asked_at_all() -> None:
    lister = Lister([])
    found = seen(lister, "bug")
    assert (lister.asked, found.proposals) == ([], ())


@pytest.mark.parametrize(
    ("more", "obstacle"),
    [
        ({}, ""),
        ({"assignees": (Actor("1", "ana"),)}, "assigned"),
        ({"is_locked": True}, "locked"),
        ({"is_blocked": True}, "blocked"),
        ({"estimate_hours": 40.0}, "too_big"),
    ],
)
def test_the_first_obstacle_is_named(more: dict[str, object], obstacle: str) -> None:
    found = seen(Lister([[issue(1, "easy", **more)]]), "easy")
    assert [proposal.obstacle for proposal in found.proposals] == [obstacle]
    assert found.offered == (0 if obstacle else 1)


@pytest.mark.parametrize("more", [{"is_request": True}, {"is_confidential": True}, {"is_open": False}])
def test_what_never_becomes_a_task_is_left_out(more: dict[str, object]) -> None:
    found = seen(Lister([[issue(1, "easy", **more)]]), "easy")
    assert (found.proposals, found.labels) == ((), (("easy", 0),))


def test_a_preview_reads_a_few_pages_only() -> None:
    lister = Lister([[issue(number, "easy")] for number in range(50)])
    found = seen(lister, "easy")
    assert lister.read == MOST_PAGES
    assert found.is_partial
