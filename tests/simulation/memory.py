"""Our side without a database: the production decisions over a dictionary, with workers that answer late."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from connector.harvest.rules import (
    Decision,
    Known,
    NotShown,
    Policy,
    blanked,
    decide,
    decide_gone,
    decide_hidden,
    decide_not_shown,
    shown,
)
from sources.errors import NotFound
from sources.model import Issue, IssueGone, IssueHidden, IssueSeen
from tests.simulation.forge import Forge, Sent
from tests.simulation.post import Post

POLICY = Policy(labels=("good first issue",), is_agreed=True, is_public=True)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Read:
    """The answer to a question asked then; ``issue`` None: it was not shown."""

    number: int
    asked_at: datetime
    issue: Issue | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to put to the forge."""

    number: int


class Memory:
    """What we know and what we show of each issue, kept up to date by what arrives."""

    def __init__(self, forge: Forge, chance: random.Random) -> None:
        self.forge = forge
        self.post: Post[Sent | Read | Ask] = Post(chance)
        self.known: dict[int, Known] = {}
        self.text: dict[int, str] = {}
        self.told: dict[int, int] = {}
        """The last version of each issue of which we were told that it is confidential."""
        self.leaks: list[str] = []
        self._asked: set[int] = set()
        self._moments = 0

    def take(self, thing: Sent | Read | Ask) -> None:
        """Act on something that arrived."""
        match thing:
            case Sent(news=IssueSeen(issue=seen), version=version):
                if self._observe(seen) is Decision.HIDE:
                    self._was_told(seen.number, version)
            case Sent(news=IssueHidden(number=number, updated_at=at), version=version):
                if self._hide(number, at) is Decision.HIDE:
                    self._was_told(number, version)
            case Sent(news=IssueGone(number=number, updated_at=at)):
                self._forget(number, at)
            case Ask(number=number):
                self._asked.discard(number)
                self.post.bring(self._read(number))
            case Read():
                self._answered(thing)

    def sweep(self) -> None:
        """Read all that is public, then what we show although it was not listed; each of these twice if need be."""
        asked_at = self._clock()
        listed = self.forge.listed()
        for seen in listed:
            self._observe(seen, asked_at=asked_at)
        for number in self.text.keys() - {seen.number for seen in listed}:
            self._answered(self._read(number))
        self.post.empty(self.take)

    def _clock(self) -> datetime:
        """Our own clock never stands still, however many things arrive between two changes."""
        self._moments += 1
        return self.forge.now + self._moments % 100_000 * MOMENT

    def _read(self, number: int) -> Read:
        asked_at = self._clock()
        try:
            return Read(number, asked_at, self.forge.read(number))
        except NotFound:
            return Read(number, asked_at, None)

    def _answered(self, read: Read) -> None:
        if read.issue is not None:
            self._observe(read.issue, asked_at=read.asked_at)
            return
        match decide_not_shown(self.known.get(read.number)):
            case NotShown.FORGET:
                self._forget(read.number, None)
            case NotShown.HIDE:
                self._hide(read.number, None)
                self._ask(read.number)

    def _observe(self, seen: Issue, asked_at: datetime | None = None) -> Decision:
        known = self.known.get(seen.number)
        decision = decide(seen, known, POLICY, was_read=asked_at is not None, asked_at=asked_at)
        match decision:
            case Decision.APPLY:
                self._show(seen)
            case Decision.HIDE:
                return self._hide(seen.number, seen.updated_at)
            case Decision.REREAD:
                self._ask(seen.number)
        return decision

    def _show(self, seen: Issue) -> None:
        self.known[seen.number], self.text[seen.number] = shown(seen), seen.title
        truth = self.forge.truth[seen.number]
        if truth.is_hidden and self.told.get(seen.number, -1) >= truth.hidden_since:
            self.leaks.append(f"{seen.title} at {self.forge.now}")

    def _was_told(self, number: int, version: int) -> None:
        self.told[number] = max(version, self.told.get(number, -1))

    def _hide(self, number: int, at: datetime | None) -> Decision:
        decision = decide_hidden(at, self.known.get(number))
        if decision is Decision.HIDE:
            self._blank(number, at, is_gone=False)
        return decision

    def _forget(self, number: int, at: datetime | None) -> None:
        match decide_gone(at, self.known.get(number), POLICY):
            case Decision.HIDE:
                self._blank(number, at, is_gone=True)
            case Decision.REREAD:
                self._ask(number)

    def _blank(self, number: int, at: datetime | None, *, is_gone: bool) -> None:
        self.known[number] = blanked(self.known.get(number), at, self._clock(), is_gone=is_gone)
        self.text.pop(number, None)

    def _ask(self, number: int) -> None:
        if number not in self._asked:  # one question that waits stands for all doubts so far
            self._asked.add(number)
            self.post.bring(Ask(number))
