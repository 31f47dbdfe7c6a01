"""What a project would offer: its labels for newcomers with their counts, and its issues with their sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from connector.projects.rules import carries_agreed_label, is_for_newcomers
from connector.sizing.line import UNLIKELY, Line, is_below
from connector.sizing.rules import Size, Sizeable, estimate
from sources.base import Client, IssueQuery
from sources.model import Issue

MOST_PAGES = 5
"""A preview reads at most so many lists of a hundred: enough to decide, quick enough to wait for."""
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """An issue as it would be offered; ``obstacle`` is the rule id that keeps it from that, or empty."""

    number: int
    title: str
    url: str
    size: Size
    obstacle: str


@dataclass(frozen=True, slots=True)
class Preview:
    """``labels``: name and number of open issues that carry it. ``is_partial``: there are more than we read."""

    labels: tuple[tuple[str, int], ...]
    proposals: tuple[Proposal, ...]
    is_partial: bool = False

    @property
    def offered(self) -> int:
        """How many would be offered."""
        return sum(not proposal.obstacle for proposal in self.proposals)


def preview(client: Client, known_labels: Sequence[str], now: datetime, *, path: str, line: Line) -> Preview:
    """Look at the open issues under the labels that usually invite newcomers.

    ``path`` is that of the project, ``line`` what the programme offers.

    May raise a `SourceError`. Nothing is stored, and nothing is offered by this.
    """
    labels = tuple(label for label in known_labels if is_for_newcomers(label))[:MOST_LABELS]
    if not labels:
        return Preview((), ())
    pages = list(islice(client.issues(IssueQuery(labels=labels)), MOST_PAGES))
    issues = [issue for page in pages for issue in page if _counts(issue)]
    counts = Counter(label for issue in issues for label in labels if carries_agreed_label(issue.label_names, [label]))
    proposals = sorted((_proposal(issue, path, now, line) for issue in issues), key=_best_first)
    return Preview(
        tuple((label, counts[label]) for label in labels), tuple(proposals), is_partial=len(pages) == MOST_PAGES
    )


def obstacle(issue: Issue, size: Size, now: datetime, line: Line) -> str:
    """The first rule that would keep this issue from being offered; empty where there is none."""
    facts: Iterable[tuple[str, bool]] = (
        ("assigned", bool(issue.assignees)),
        ("locked", issue.is_locked),
        ("blocked", issue.is_blocked is True),
    )
    found = next((rule for rule, applies in facts if applies), "")
    if found or not size.offer:
        return found or next(iter(size.unsuitable), "too_big")
    if is_below(size.p_one_day, line.chance, is_judged=size.is_judged):
        return UNLIKELY
    return "stale" if line.is_past(issue.updated_at, now) else ""


def _counts(issue: Issue) -> bool:
    return issue.is_open and not issue.is_request and not issue.is_confidential


def _proposal(issue: Issue, path: str, now: datetime, line: Line) -> Proposal:
    size = estimate(
        Sizeable(
            id=str(issue.number),
            title=issue.title,
            body=issue.body,
            labels=issue.label_names,
            label_descriptions={label.name: label.description for label in issue.labels},
            estimate_hours=issue.estimate_hours,
            created_at=issue.created_at,
            updated_at=issue.updated_at,
            seen_at=now,
            comments=issue.comments,
            is_blocked=issue.is_blocked is True,
            project=path,
        )
    )
    return Proposal(issue.number, issue.title, issue.url, size, obstacle(issue, size, now, line))


def _best_first(proposal: Proposal) -> tuple[bool, float, int]:
    return (bool(proposal.obstacle), -proposal.size.p_one_day, proposal.number)
