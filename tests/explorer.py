"""Visits every state that a small protocol can reach, and shows the shortest way to a bad one.

A protocol is a frozen, hashable state and a function that gives each step that may come next: one label, one next
state. Whatever two workers may do in any order is then a matter of offering both of their next steps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State", bound=Hashable)
Steps = Callable[[State], Iterable[tuple[str, State]]]
"""From a state, what may happen next: the label of each step, and the state after it."""


class BadState(AssertionError):
    """A reachable state breaks a rule. The message is the shortest trace that leads there; ``trace`` its labels."""

    def __init__(self, trace: tuple[str, ...], state: object, rule: str) -> None:
        self.trace, self.state, self.rule = trace, state, rule
        lines = [f"{number:3}. {label}" for number, label in enumerate(trace, 1)] or ["  (the initial state)"]
        super().__init__("\n".join([f"{rule}, after:", *lines, f"in {state!r}"]))


@dataclass(frozen=True, slots=True)
class Explored:
    """How many states and steps were visited, and how many of the states were final."""

    states: int
    steps: int
    final: int


def explore(
    initial: State,
    steps: Steps[State],
    *,
    invariant: Callable[[State], bool] | None = None,
    final: Callable[[State], bool] | None = None,
    settle: Callable[[State], State] | None = None,
    at_most: int = 1_000_000,
) -> Explored:
    """Visit all reachable states breadth first, each once.

    ``invariant`` must hold in every state. ``final`` must hold in every state that has no next step, after ``settle``
    (what always happens at last, such as a sweep). Both may answer False or raise `AssertionError` with the rule that
    is broken. Raises `BadState` with the shortest trace; a plain `AssertionError` past ``at_most`` states.
    """
    search = _Search(initial)
    taken = ended = 0
    while search.waiting:
        state = search.waiting.popleft()
        search.check(state, state, invariant, "the invariant is broken")
        is_final = True
        for label, following in steps(state):
            is_final, taken = False, taken + 1
            search.meet(state, label, following)
        if is_final:
            ended += 1
            search.check(state, settle(state) if settle else state, final, "a final state is wrong")
        assert len(search.came_by) <= at_most, f"more than {at_most} states: the protocol does not end"
    return Explored(len(search.came_by), taken, ended)


class _Search(Generic[State]):
    """The states met so far, each with the step by which it was met first."""

    def __init__(self, initial: State) -> None:
        self.came_by: dict[State, tuple[State, str] | None] = {initial: None}
        self.waiting = deque([initial])

    def meet(self, state: State, label: str, following: State) -> None:
        if following not in self.came_by:
            self.came_by[following] = (state, label)
            self.waiting.append(following)

    def check(self, met: State, shown: State, rule: Callable[[State], bool] | None, otherwise: str) -> None:
        if rule is None:
            return
        try:
            if rule(shown):
                return
        except AssertionError as exc:
            said = str(exc).splitlines()  # pytest adds its own lines below ours
            raise BadState(self.trace(met), shown, said[0] if said else otherwise) from exc
        raise BadState(self.trace(met), shown, otherwise)

    def trace(self, state: State) -> tuple[str, ...]:
        """The labels from the initial state to this one."""
        labels: list[str] = []
        before = self.came_by[state]
        while before is not None:
            state, label = before
            labels.append(label)
            before = self.came_by[state]
        return tuple(reversed(labels))
