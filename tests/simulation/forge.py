"""A forge of which only the truth is simulated: what each issue is now, and the news that it sends about each change."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sources.errors import NotFound
from sources.model import ClosedAs, Issue, IssueGone, IssueHidden, IssueSeen, Label, ProjectRef

START = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(milliseconds=250)
"""One change at a time: four in a second, so that forges that count in seconds give equal times."""

REF = ProjectRef("1001", "asso/site", is_public=True)
LABELLED, UNLABELLED = (Label("good first issue"), Label("bug")), (Label("bug"),)
News = IssueSeen | IssueHidden | IssueGone


@dataclass(frozen=True, slots=True)
class Sent:
    """News of one version of an issue. The version is for the simulation to check with, nobody is told it."""

    news: News
    version: int


@dataclass(slots=True)
class Truth:
    """What an issue is at the forge. ``version`` grows with each change, ``at`` need not."""

    number: int
    at: datetime
    version: int = 0
    is_open: bool = True
    is_labelled: bool = True
    is_hidden: bool = False
    is_gone: bool = False
    hidden_since: int = 0
    """The version by which it became confidential."""

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return not self.is_hidden and not self.is_gone

    @property
    def title(self) -> str:
        """A text that names this version of this issue."""
        return f"{self.number}.{self.version}"


class Forge:
    """Issues that change at random. One in two is told of as by GitLab: milliseconds when read, seconds when delivered."""

    def __init__(self, chance: random.Random, issues: int) -> None:
        self._chance = chance
        self.now = START
        self.truth = [Truth(number, START) for number in range(issues)]
        self._last = self.truth[0]

    def change(self) -> Sent | None:
        """Let one issue change, and give the news of it; None where there is nothing to tell."""
        self.now += TICK
        chance = self._chance.random
        issue = self._last if chance() < 0.3 else self.truth[int(chance() * len(self.truth))]
        self._last = issue
        if issue.is_gone:
            return None
        issue.version += 1
        issue.at = self.now
        self._mutate(issue, chance())
        return Sent(self._news(issue), issue.version)

    def read(self, number: int) -> Issue:
        """What everybody is shown of an issue; of some confidential ones that they are. Raises `NotFound`."""
        issue = self.truth[number]
        if issue.is_gone or (issue.is_hidden and number % 3):
            raise NotFound
        return _snapshot(issue, self._read_time(issue), "read")

    def listed(self) -> list[Issue]:
        """All issues that everybody may read."""
        return [self.read(issue.number) for issue in self.truth if issue.is_public]

    @staticmethod
    def _mutate(issue: Truth, chance: float) -> None:
        if chance < 0.0002:
            issue.is_gone = True
        elif chance < 0.08:
            issue.is_hidden, issue.hidden_since = not issue.is_hidden, issue.version
        elif chance < 0.2:
            issue.is_open = not issue.is_open
        elif chance < 0.4:
            issue.is_labelled = not issue.is_labelled

    def _news(self, issue: Truth) -> News:
        at = issue.at.replace(microsecond=0)
        if issue.is_gone:
            return IssueGone(REF, issue.number, updated_at=at if issue.number % 2 else None)
        if issue.is_hidden and issue.number % 4:
            return IssueHidden(REF, issue.number, at)
        return IssueSeen(REF, _snapshot(issue, at, "delivered"), "edited")

    @staticmethod
    def _read_time(issue: Truth) -> datetime:
        return issue.at if issue.number % 2 == 0 else issue.at.replace(microsecond=0)


def _snapshot(issue: Truth, at: datetime, how: str) -> Issue:
    # Delivered and read objects have other shapes, so their digests differ even where they say the same.
    if issue.is_hidden:
        return Issue(str(issue.number), issue.number, "", "", at, is_confidential=True)
    return Issue(
        external_id=str(issue.number),
        number=issue.number,
        title=issue.title,
        url=f"https://github.com/asso/site/issues/{issue.number}",
        updated_at=at,
        labels=LABELLED if issue.is_labelled else UNLABELLED,
        is_open=issue.is_open,
        closed_as=None if issue.is_open else ClosedAs.NOT_PLANNED,
        digest=f"{how} {issue.title}",
    )
