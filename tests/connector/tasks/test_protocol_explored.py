"""All interleavings of two volunteers, the forge and the clock over one task, with deaths between any two steps (G8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

import pytest

from connector.tasks import protocol
from connector.tasks.protocol import GOES_TO, HandedIn, Hold, Standing, hand_in
from connector.tasks.rules import EndedAs, Status, may_follow
from tests.explorer import BadState, Explored, explore

UPSTREAM = 2
"""The actor that is neither volunteer: the forge, the coordinator and the clock."""


class Act(Enum):
    """What somebody is about to commit."""

    CLAIM = "claims"
    RELEASE = "gives back"
    HAND_OVER = "hands over"
    SUBMIT = "hands in"
    WITHDRAW = "withdraws"
    OFFER = "offers"
    NOTICE = "tells the holder"
    EXPIRE = "lets it expire"


@dataclass(frozen=True)
class State:
    """The rows of one task, and what each actor is in the middle of."""

    status: Status = Status.READY
    version: int = 1
    held: tuple[int, ...] = ()
    """Who has an open assignment."""
    ended: frozenset[tuple[int, EndedAs]] = frozenset()
    late: frozenset[int] = frozenset()
    is_noticed: bool = False
    forms: tuple[int, int] = (1, 1)
    """The version that each volunteer's page was rendered from."""
    doing: tuple[Act | None, Act | None, Act | None] = (None, None, None)
    left: tuple[int, int, int] = (2, 2, 3)
    """How much each may still do."""
    deaths: int = 1
    locks: bool = True


def begun(state: State, who: int, act: Act | None) -> State:
    doing = list(state.doing)
    doing[who] = act
    return replace(state, doing=(doing[0], doing[1], doing[2]))


def spent(state: State, who: int) -> State:
    left = list(state.left)
    left[who] -= 1
    return replace(begun(state, who, None), left=(left[0], left[1], left[2]))


def hold_of(state: State, who: int) -> Hold | None:
    was = [how for one, how in state.ended if one == who]
    if who in state.held:
        return Hold(is_open=True)
    return (
        Hold(is_open=False, submitted_url="url" if EndedAs.SUBMITTED in was or who in state.late else None)
        if was
        else None
    )


def wishes(state: State, who: int) -> Iterator[Act]:
    """What an actor may decide to do now, by the production decisions where they refuse."""
    if who == UPSTREAM:
        yield Act.WITHDRAW if may_follow(state.status, Status.WITHDRAWN) else Act.OFFER
        if state.held:
            yield Act.EXPIRE if state.is_noticed else Act.NOTICE
        return
    standing = Standing(state.status, state.version)
    if who in state.held:
        yield from (Act.RELEASE, Act.HAND_OVER)
    elif protocol.why_not(standing, holds_another=False, version=state.forms[who]) is None:
        yield Act.CLAIM
    if hand_in(hold_of(state, who), "url") in {HandedIn.SUBMITS, HandedIn.LATE}:
        yield Act.SUBMIT


def let_go(state: State, who: int, how: EndedAs) -> State:
    """As `changes.let_go`: both writes, in one transaction."""
    assert may_follow(state.status, GOES_TO[how]), f"{state.status} to {GOES_TO[how]}"
    held = tuple(one for one in state.held if one != who)
    return replace(
        state, held=held, ended=state.ended | {(who, how)}, status=GOES_TO[how], version=state.version + 1,
        is_noticed=False,
    )  # fmt: skip


def committed(state: State, who: int, act: Act) -> State:
    """The write at the end of a transaction. The index on open assignments is asked here, and nowhere before."""
    match act:
        case Act.CLAIM:
            if state.held:  # on conflict do nothing
                return state
            return replace(state, held=(who,), status=Status.CLAIMED, version=state.version + 1)
        case Act.RELEASE:
            return let_go(state, who, EndedAs.RECALLED)
        case Act.HAND_OVER:
            return let_go(state, who, EndedAs.HANDED_OVER)
        case Act.SUBMIT if hand_in(hold_of(state, who), "url") is HandedIn.SUBMITS:
            return let_go(state, who, EndedAs.SUBMITTED)
        case Act.SUBMIT:
            return replace(state, late=state.late | {who}, version=state.version + 1)
        case _:
            return come_from_outside(state, act)


def come_from_outside(state: State, act: Act) -> State:
    """What the forge, the coordinator and the clock write."""
    match act:
        case Act.NOTICE:
            return replace(state, is_noticed=True)
        case Act.EXPIRE:
            return let_go(state, state.held[0], EndedAs.EXPIRED)
        case Act.WITHDRAW if state.held:
            return let_go(state, state.held[0], EndedAs.WITHDRAWN)
        case Act.WITHDRAW:
            return replace(state, status=Status.WITHDRAWN, version=state.version + 1)
        case _:
            return replace(state, status=Status.READY, version=state.version + 1)


def steps(state: State) -> Iterator[tuple[str, State]]:
    """Somebody begins, commits or dies; a volunteer looks at the page again, which may be much later."""
    is_locked = state.locks and any(state.doing)
    for who, act in enumerate(state.doing):
        name = ("malo", "zoe", "upstream")[who]
        if act is not None:
            yield f"{name} {act.value}", spent(committed(state, who, act), who)
            if state.deaths:
                yield f"{name} dies before the commit", replace(spent(state, who), deaths=state.deaths - 1)
        elif state.left[who] and not is_locked:
            for wish in wishes(state, who):
                yield f"{name} begins: {wish.value}", begun(state, who, wish)
        if act is None and who != UPSTREAM and state.forms[who] != state.version and state.left[who]:
            forms = (state.version, state.forms[1]) if who == 0 else (state.forms[0], state.version)
            yield f"{name} sees the page", replace(state, forms=forms)


def holds(state: State) -> bool:
    """R5, R2."""
    assert len(state.held) <= 1, "two live claims"
    assert (state.status is Status.CLAIMED) == bool(state.held), "the task does not say who holds it"
    return True


def explored(initial: State, following: Callable[[State], Iterator[tuple[str, State]]] = steps) -> Explored:
    return explore(initial, following, invariant=holds, final=holds)


def test_a_task_has_one_holder_whatever_comes_between() -> None:
    """R5, G8: claims, hand-overs, late work, withdrawals, expiry and deaths, two volunteers twice each."""
    found = explored(State())
    assert found.states > 2_000, found
    assert found.final > 20, found


def test_of_two_claims_the_index_lets_one_through_even_without_a_lock() -> None:
    """R5: the database decides the race, not the reading before it."""

    def claims_only(state: State) -> Iterator[tuple[str, State]]:
        return ((label, after) for label, after in steps(state) if label.endswith(("claims", "dies before the commit")))

    assert explored(State(locks=False), claims_only).states > 5


def test_without_the_index_two_claims_would_both_win() -> None:
    """The proof above can fail."""

    def no_index(state: State) -> Iterator[tuple[str, State]]:
        for label, after in steps(state):
            if label in {"malo claims", "zoe claims"} and state.held:
                who = 0 if label.startswith("malo") else 1
                yield label, replace(after, held=(*after.held, who))
            else:
                yield label, after

    with pytest.raises(BadState, match="two live claims") as bad:
        explored(State(locks=False), no_index)
    assert len(bad.value.trace) == 4


def test_late_work_never_takes_the_task_from_its_new_holder() -> None:
    """RELIABILITY 5: it is a contribution beside the task."""
    state = State(Status.CLAIMED, held=(1,), ended=frozenset({(0, EndedAs.EXPIRED)}), doing=(Act.SUBMIT, None, None))
    after = committed(state, 0, Act.SUBMIT)
    assert (after.held, after.status, after.late) == ((1,), Status.CLAIMED, frozenset({0}))


@pytest.mark.parametrize("how", EndedAs)
def test_every_end_of_a_hold_says_where_the_task_goes(how: EndedAs) -> None:
    """R2: along the table of transitions, and never to claimed by nobody."""
    assert may_follow(Status.CLAIMED, GOES_TO[how])
