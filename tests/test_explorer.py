"""The explorer finds what it is for: a lost update, by the shortest way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.explorer import BadState, explore


@dataclass(frozen=True)
class Counter:
    """Two workers add one each. What each has read (None: nothing yet), and who is done."""

    value: int = 0
    read: tuple[int | None, int | None] = (None, None)
    done: tuple[bool, bool] = (False, False)


def with_worker(state: Counter, worker: int, *, read: int | None, done: bool, value: int) -> Counter:
    reads, dones = list(state.read), list(state.done)
    reads[worker], dones[worker] = read, done
    return replace(state, value=value, read=(reads[0], reads[1]), done=(dones[0], dones[1]))


def read_then_write(state: Counter) -> Iterator[tuple[str, Counter]]:
    for worker in (0, 1):
        seen = state.read[worker]
        if state.done[worker]:
            continue
        if seen is None:
            yield f"{worker} reads", with_worker(state, worker, read=state.value, done=False, value=state.value)
        else:
            yield f"{worker} writes", with_worker(state, worker, read=None, done=True, value=seen + 1)


def in_one_step(state: Counter) -> Iterator[tuple[str, Counter]]:
    for worker in (0, 1):
        if not state.done[worker]:
            yield f"{worker} adds", with_worker(state, worker, read=None, done=True, value=state.value + 1)


def both_count(state: Counter) -> bool:
    return state.value == 2


def test_a_lost_update_is_found_by_the_shortest_way() -> None:
    with pytest.raises(BadState) as bad:
        explore(Counter(), read_then_write, final=both_count)
    assert bad.value.trace == ("0 reads", "1 reads", "0 writes", "1 writes")
    assert "  2. 1 reads" in str(bad.value)
    assert "value=1" in str(bad.value)


def test_what_is_done_in_one_step_is_not_lost() -> None:
    explored = explore(Counter(), in_one_step, final=both_count)
    assert (explored.states, explored.steps, explored.final) == (4, 4, 1)


def test_an_invariant_is_checked_in_every_state() -> None:
    with pytest.raises(BadState, match="the invariant is broken, after") as bad:
        explore(Counter(), in_one_step, invariant=lambda state: state.value < 1)
    assert bad.value.trace == ("0 adds",)


def test_the_initial_state_is_checked_too() -> None:
    with pytest.raises(BadState, match="the initial state"):
        explore(Counter(), in_one_step, invariant=lambda state: state.value > 0)


def test_a_rule_may_say_what_it_misses() -> None:
    def says_so(state: Counter) -> bool:
        assert state.value == 2, f"{state.value} instead of 2"
        return True

    with pytest.raises(BadState, match="1 instead of 2, after"):
        explore(Counter(), read_then_write, final=says_so)


def test_final_states_are_settled_first() -> None:
    explored = explore(
        Counter(), read_then_write, final=both_count, settle=lambda state: replace(state, value=sum(state.done))
    )
    assert explored.final == 2


def test_a_protocol_that_does_not_end_is_refused() -> None:
    with pytest.raises(AssertionError, match="more than 10 states"):
        explore(0, lambda state: [("adds", state + 1)], at_most=10)
