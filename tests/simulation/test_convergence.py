"""Whatever is lost, repeated and reordered: after one sweep we show what the forge shows the public (R4, G3)."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from connector.harvest.rules import Decision, Known, Policy, blanked, decide, decide_gone, decide_hidden, shown
from sources.model import IssueGone, IssueHidden, IssueSeen
from tests.simulation.forge import START, Forge, News
from tests.simulation.memory import Memory

EVENTS, ISSUES = 1_000_000, 2_000


def simulated(seed: int, *, events: int = EVENTS, issues: int = ISSUES) -> Memory:
    """A forge that changed this often, and what we made of the news of it before any sweep."""
    chance = random.Random(seed)  # noqa: S311  (a simulation)
    forge = Forge(chance, issues)
    memory = Memory(forge, chance)
    for _ in range(events):
        sent = forge.change()
        if sent is not None:
            memory.post.send(sent)
        for thing in memory.post.arrived():
            memory.take(thing)
    memory.post.empty(memory.take)
    return memory


def wrong(memory: Memory) -> list[int]:
    """The issues of which we show something else than the forge shows the public."""
    public = {issue.number: issue.title for issue in memory.forge.truth if issue.is_public}
    return [number for number in range(len(memory.forge.truth)) if memory.text.get(number) != public.get(number)]


def converges(seed: int) -> None:
    memory = simulated(seed)
    assert wrong(memory), "nothing was lost: this proves nothing about the sweep"
    memory.sweep()
    assert wrong(memory) == []
    assert memory.leaks == []


def test_a_million_events_end_in_what_the_forge_shows_after_one_sweep() -> None:
    """R4, G3, and S3: nothing that we were told is confidential was shown again by older news."""
    converges(20261123)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(20))
def test_twenty_times_a_million_events_end_in_what_the_forge_shows(seed: int) -> None:
    """R4, G3."""
    converges(seed)


def test_a_second_sweep_changes_nothing() -> None:
    """R4: at rest the sweep has nothing to say."""
    memory = simulated(7, events=20_000, issues=200)
    memory.sweep()
    known = dict(memory.known)
    memory.sweep()
    assert memory.known == known


# --- where the forge cannot be asked ------------------------------------------------------------------------------

SILENT = Policy(can_ask=False)


def after(known: Known | None, news: News) -> Known | None:
    """What is known after this news where nothing can be asked."""
    match news:
        case IssueSeen(issue=seen):
            decision = decide(seen, known, SILENT)
            if decision is Decision.APPLY:
                return shown(seen)
            return blanked(known, seen.updated_at, START, is_gone=False) if decision is Decision.HIDE else known
        case IssueHidden(updated_at=at):
            is_hidden = decide_hidden(at, known) is Decision.HIDE
            return blanked(known, at, START, is_gone=False) if is_hidden else known
        case IssueGone(updated_at=at):
            is_gone = decide_gone(at, known, SILENT) is Decision.HIDE
            return blanked(known, at, START, is_gone=True) if is_gone else known


@pytest.mark.parametrize("seed", range(60))
def test_without_asking_the_order_of_arrival_does_not_matter(seed: int) -> None:
    """R4: the greater of (updated_at, digest) wins, and hiding wins every tie."""
    forge = Forge(random.Random(seed), 1)  # noqa: S311  (a simulation)
    sent = [one for one in (forge.change() for _ in range(5)) if one is not None]
    ends = set()
    for order in permutations(sent):
        known: Known | None = None
        for one in order:
            known = after(known, one.news)
        ends.add(known)
    assert len(ends) == 1
