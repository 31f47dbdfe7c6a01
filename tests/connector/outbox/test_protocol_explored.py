"""Every order in which two workers can serve one comment, with crashes, sleep, lost answers and stale lists (R3, G8)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

import pytest

from connector.outbox import protocol
from connector.outbox.protocol import Attempt, Call, Row, Standing
from sources.model import Comment
from tests.explorer import BadState, Explored, explore

ATTEMPTS = 4
WISHES = ("claimed", "done")
FIRST = Row(WISHES[0])


@dataclass(frozen=True)
class Serving:
    """What a worker is at. ``call`` None: it has to decide; else this call was begun, ``target`` is what it edits."""

    attempt: Attempt
    call: Call | None = None
    target: str | None = None
    made: str | None = None
    is_answered: bool = False
    is_lost: bool = False


@dataclass(frozen=True)
class Sweeping:
    """A worker that sweeps: it has to list, then to delete what is left, then to record."""

    attempt: Attempt
    body: str
    has_listed: bool = False
    kept: Comment | None = None
    doomed: tuple[Comment, ...] = ()


Worker = Serving | Sweeping | None


class Mishap(Enum):
    """What may happen to workers: they sleep past their lease, die, or both."""

    SLEEP = "sleep"
    DEATH = "death"
    BOTH = "both"


@dataclass(frozen=True)
class World:
    """The row, the forge's comments (oldest first), the workers, and how much may still be begun."""

    row: Row = FIRST
    shown: tuple[Comment, ...] = ()
    workers: tuple[Worker, ...] = (None, None)
    begun: int = 0
    written: int = 0

    def put(self, who: int, worker: Worker, **changes: object) -> World:
        workers = tuple(worker if place == who else other for place, other in enumerate(self.workers))
        return replace(self, workers=workers, **changes)  # type: ignore[arg-type]  # fields by name


Steps = Iterator[tuple[str, World]]


def following(world: World, mishap: Mishap) -> Steps:
    """Every step that may come next."""
    if world.row.wish == WISHES[0]:
        yield "the wish changes", replace(world, row=protocol.wished(world.row, WISHES[1]))
    for who, worker in enumerate(world.workers):
        for label, after in work(world, who, worker, mishap):
            yield f"{who} {label}", after


def work(world: World, who: int, worker: Worker, mishap: Mishap) -> Steps:
    if worker is None:
        yield from begin(world, who, mishap)
        return
    if mishap is not Mishap.SLEEP:
        yield "dies", world.put(who, None)
    if isinstance(worker, Serving):
        yield from serve(world, who, worker)
    else:
        yield from sweep(world, who, worker, mishap)


def begin(world: World, who: int, mishap: Mishap) -> Steps:
    if world.begun == ATTEMPTS:
        return
    is_held = any(worker is not None and worker.attempt.token == world.row.token for worker in world.workers)
    for is_over in (False, not is_held or mishap is not Mishap.DEATH):
        row = protocol.claimed(world.row, world.begun, is_over=is_over)
        if row is not None:
            worker = Serving(protocol.begun(row, world.begun))
            yield "claims", world.put(who, worker, row=row, begun=world.begun + 1)
        row = protocol.claimed_for_sweep(world.row, world.begun, is_over=is_over)
        if row is not None:
            attempt = protocol.begun(row, world.begun)
            yield "begins a sweep", world.put(who, Sweeping(attempt, str(row.wish)), row=row, begun=world.begun + 1)


def serve(world: World, who: int, worker: Serving) -> Steps:
    attempt = worker.attempt
    if worker.is_lost:
        row = protocol.failed(world.row, attempt, is_parked=False, unknown=worker.call)
        yield "notes a failure", world.put(who, None, row=row)
    elif worker.is_answered:
        yield "records", world.put(who, None, row=protocol.recorded(world.row, attempt, worker.made))
    elif worker.call is not None:
        yield from write(world, who, worker)
    else:
        yield from decide(world, who, worker)


def decide(world: World, who: int, worker: Serving) -> Steps:
    attempt = worker.attempt
    call, target = protocol.next_call(attempt, str(attempt.wish))
    match call:
        case Call.LOOK:
            for listed in lists(world):
                yield f"sees {len(listed)}", world.put(who, Serving(protocol.looked(attempt, listed)))
        case Call.NOTHING:
            yield "has nothing to do", world.put(who, replace(worker, is_answered=True, made=target))
        case Call.GIVE_UP:
            row = protocol.failed(world.row, attempt, is_parked=False, unknown=None)
            yield "gives up", world.put(who, None, row=row)
        case Call.CREATE | Call.EDIT if protocol.may_write(world.row, attempt):
            yield f"begins to {call.value}", world.put(who, replace(worker, call=call, target=target))
        case _:
            yield "is too late", world.put(who, None)


def write(world: World, who: int, worker: Serving) -> Steps:
    """It takes effect and is answered, or takes effect and is not answered, or never arrives."""
    body, written = str(worker.attempt.wish), world.written
    if worker.call is Call.CREATE:
        made = Comment(f"{written}", "", body)
        shown, written = (*world.shown, made), written + 1
    elif all(one.external_id != worker.target for one in world.shown):
        missing = protocol.looked(worker.attempt, ())
        for listed in lists(world):
            yield "finds it missing", world.put(who, Serving(protocol.looked(missing, listed)))
        return
    else:
        made = Comment(str(worker.target), "", body)
        shown = tuple(made if one.external_id == worker.target else one for one in world.shown)
    answered = replace(worker, is_answered=True, made=made.external_id)
    yield "is answered", world.put(who, answered, shown=shown, written=written)
    yield "loses the answer", world.put(who, replace(worker, is_lost=True), shown=shown, written=written)
    yield "is not heard", world.put(who, replace(worker, is_lost=True))


def sweep(world: World, who: int, worker: Sweeping, mishap: Mishap) -> Steps:
    if not worker.has_listed:
        for listed in lists(world) if mishap is Mishap.BOTH else [world.shown]:  # a sweep waits until lists are fresh
            kept, doomed = protocol.keep_and_delete(listed)
            yield f"lists {len(listed)}", world.put(who, replace(worker, has_listed=True, kept=kept, doomed=doomed))
    elif worker.doomed:
        shown = tuple(one for one in world.shown if one.external_id != worker.doomed[0].external_id)
        yield "deletes", world.put(who, replace(worker, doomed=worker.doomed[1:]), shown=shown)
    else:
        row = protocol.swept(world.row, worker.attempt, worker.kept, worker.body)
        yield "ends its sweep", world.put(who, None, row=row)


def lists(world: World) -> Iterator[tuple[Comment, ...]]:
    """What the forge may list: everything, or without what was written last."""
    yield world.shown
    if world.shown:
        yield world.shown[:-1]


def at_rest(world: World, *, is_night: bool) -> World:
    """What a worker alone, awake and well answered makes of it, with one sweep where there is a doubt."""
    world = alone(world)
    row = protocol.doubted(world.row) if is_night else world.row
    row = protocol.claimed_for_sweep(row, "sweep", is_over=True) or row
    if row.token != "sweep":
        return world
    kept, _doomed = protocol.keep_and_delete(world.shown)
    row = protocol.swept(row, protocol.begun(row, "sweep"), kept, str(row.wish))
    return alone(replace(world, row=row, shown=world.shown[:1]))


def alone(world: World) -> World:
    world = replace(world, begun=100)
    while (row := protocol.claimed(world.row, world.begun, is_over=True)) is not None:
        attempt = protocol.begun(row, world.begun)
        world = replace(world, begun=world.begun + 1).put(0, Serving(attempt), row=row)
        while isinstance(worker := world.workers[0], Serving):
            # The first way is the good one: a fresh list, a write that is answered.
            _label, world = next(serve(world, 0, worker))
    return world


def explored(mishap: Mishap) -> Explored:
    """Visit every world; raises `BadState` for one with nobody at work that does not come to rest as promised.

    The night's doubt helps only where workers both sleep and die.
    """

    def is_promised(world: World) -> bool:
        return world.workers != (None, None) or is_well(at_rest(world, is_night=mishap is Mishap.BOTH))

    return explore(World(), lambda world: following(world, mishap), invariant=is_promised)


def is_well(world: World) -> bool:
    row = world.row
    visible = [(one.external_id, one.body) for one in world.shown]
    return row.standing is Standing.DONE and visible == [(row.made, row.wish)] and not row.is_in_doubt


@pytest.mark.parametrize("mishap", Mishap)
def test_at_rest_the_comment_is_there_once_after_one_sweep(mishap: Mishap) -> None:
    """R3, G8: two workers, four attempts, every order: the one copy is the recorded one and says what was wished for.

    Where workers only sleep, or only die, some row is in doubt without any look at night.
    """
    assert explored(mishap).states > 500


def careless(row: Row, attempt: Attempt, made: str | None) -> Row:
    """Record whosever the row is, and doubt nothing."""
    return replace(row, token=None, made=made, standing=Standing.DONE)


def trusting(row: Row, token: Hashable, *, is_over: bool) -> Row | None:
    """Take a row over without wondering what became of its worker."""
    free = row.standing is Standing.DUE and (row.token is None or is_over)
    return replace(row, token=token) if free else None


def hopeful(row: Row, attempt: Attempt, *, is_parked: bool, unknown: Call | None) -> Row:
    """Take a lost answer for a refusal."""
    return replace(row, token=None) if row.token == attempt.token else row


@pytest.mark.parametrize(
    ("name", "broken", "mishap"),
    [
        ("recorded", careless, Mishap.SLEEP),
        ("claimed", trusting, Mishap.DEATH),
        ("failed", hopeful, Mishap.SLEEP),
    ],
)
def test_the_explorer_sees_a_broken_protocol(
    name: str, broken: object, mishap: Mishap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, name, broken)
    with pytest.raises(BadState):
        explored(mishap)
