"""The way between a forge and us: one in a hundred things is lost, three are repeated, and all arrive out of order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
LOST, REPEATED = 0.01, 0.03
SOON, LATE = 12, 3000
"""How many changes later something arrives: mostly soon, one in fifty late."""


class Post(Generic[Thing]):
    """What is under way, by the moment of its arrival."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance.random
        self._boxes: list[list[Thing]] = [[] for _ in range(LATE + 1)]
        self._at = 0

    def send(self, thing: Thing) -> None:
        """Lose it, or let it arrive once or twice."""
        fate = self._chance()
        if fate < LOST:
            return
        self.bring(thing)
        if fate < LOST + REPEATED:
            self.bring(thing)

    def bring(self, thing: Thing) -> None:
        """Let it arrive for certain, some time."""
        latest = LATE if self._chance() < 0.02 else SOON
        self._boxes[(self._at + 1 + int(self._chance() * latest)) % len(self._boxes)].append(thing)

    def arrived(self) -> Sequence[Thing]:
        """Go on by one change, and take what arrives with it."""
        self._at += 1
        place = self._at % len(self._boxes)
        things, self._boxes[place] = self._boxes[place], []
        return things

    def empty(self, take: Callable[[Thing], None]) -> None:
        """Let all that is still under way arrive, with what follows from it."""
        while any(self._boxes):
            for thing in self.arrived():
                take(thing)
