"""Every order in which two workers can serve one comment, with crashes, sleep, lost answers and stale lists (R3, G8)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

import pytest

from connector.outbox import protocol
from connector.outbox.protocol import Attempt, Call, Row, Standing
from sources.model import Comment

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


def following(world: World, mishap: Mishap) -> Iterator[World]:
    """Every world that one step leads to."""
    if world.row.wish == WISHES[0]:
        yield replace(world, row=protocol.wished(world.row, WISHES[1]))
    for who, worker in enumerate(world.workers):
        if worker is None:
            yield from begin(world, who, mishap)
        else:
            if mishap is not Mishap.SLEEP:
                yield world.put(who, None)
            yield from (serve(world, who, worker) if isinstance(worker, Serving) else sweep(world, who, worker, mishap))


def begin(world: World, who: int, mishap: Mishap) -> Iterator[World]:
    if world.begun == ATTEMPTS:
        return
    is_held = any(worker is not None and worker.attempt.token == world.row.token for worker in world.workers)
    for is_over in (False, not is_held or mishap is not Mishap.DEATH):
        row = protocol.claimed(world.row, world.begun, is_over=is_over)
        if row is not None:
            attempt = protocol.begun(row, world.begun)
            yield world.put(who, Serving(attempt), row=row, begun=world.begun + 1)
        row = protocol.claimed_for_sweep(world.row, world.begun, is_over=is_over)
        if row is not None:
            attempt = protocol.begun(row, world.begun)
            yield world.put(who, Sweeping(attempt, str(row.wish)), row=row, begun=world.begun + 1)


def serve(world: World, who: int, worker: Serving) -> Iterator[World]:
    attempt = worker.attempt
    if worker.is_lost:
        row = protocol.failed(world.row, attempt, is_parked=False, unknown=worker.call)
        yield world.put(who, None, row=row)
    elif worker.is_answered:
        yield world.put(who, None, row=protocol.recorded(world.row, attempt, worker.made))
    elif worker.call is not None:
        yield from write(world, who, worker)
    else:
        call, target = protocol.next_call(attempt, str(attempt.wish))
        match call:
            case Call.LOOK:
                for listed in lists(world):
                    yield world.put(who, Serving(protocol.looked(attempt, listed)))
            case Call.NOTHING:
                yield world.put(who, replace(worker, is_answered=True, made=target))
            case Call.GIVE_UP:
                row = protocol.failed(world.row, attempt, is_parked=False, unknown=None)
                yield world.put(who, None, row=row)
            case Call.CREATE | Call.EDIT if protocol.may_write(world.row, attempt):
                yield world.put(who, replace(worker, call=call, target=target))
            case _:
                yield world.put(who, None)


def write(world: World, who: int, worker: Serving) -> Iterator[World]:
    """It takes effect and is answered, or takes effect and is not answered, or never arrives."""
    body = str(worker.attempt.wish)
    if worker.call is Call.CREATE:
        made = Comment(f"{world.written}", "", body)
        shown, written = (*world.shown, made), world.written + 1
    elif all(one.external_id != worker.target for one in world.shown):
        missing = protocol.looked(worker.attempt, ())
        for listed in lists(world):
            yield world.put(who, Serving(protocol.looked(missing, listed)))
        return
    else:
        made = Comment(str(worker.target), "", body)
        shown = tuple(made if one.external_id == worker.target else one for one in world.shown)
        written = world.written
    yield world.put(who, replace(worker, is_answered=True, made=made.external_id), shown=shown, written=written)
    yield world.put(who, replace(worker, is_lost=True), shown=shown, written=written)
    yield world.put(who, replace(worker, is_lost=True))


def sweep(world: World, who: int, worker: Sweeping, mishap: Mishap) -> Iterator[World]:
    if not worker.has_listed:
        for listed in lists(world) if mishap is Mishap.BOTH else [world.shown]:  # a sweep waits until lists are fresh
            kept, doomed = protocol.keep_and_delete(listed)
            yield world.put(who, replace(worker, has_listed=True, kept=kept, doomed=doomed))
    elif worker.doomed:
        shown = tuple(one for one in world.shown if one.external_id != worker.doomed[0].external_id)
        yield world.put(who, replace(worker, doomed=worker.doomed[1:]), shown=shown)
    else:
        yield world.put(who, None, row=protocol.swept(world.row, worker.attempt, worker.kept, worker.body))


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
            world = next(serve(world, 0, worker))
    return world


def explored(mishap: Mishap) -> Iterator[World]:
    """All worlds that can be reached."""
    seen, waiting = {World()}, [World()]
    while waiting:
        yield (world := waiting.pop())
        for after in following(world, mishap):
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def faults(mishap: Mishap) -> Iterator[World]:
    """The worlds with nobody at work that do not come to rest as promised; the night's doubt helps where both happen."""
    for world in explored(mishap):
        if world.workers == (None, None) and not is_well(at_rest(world, is_night=mishap is Mishap.BOTH)):
            yield world


def is_well(world: World) -> bool:
    row = world.row
    visible = [(one.external_id, one.body) for one in world.shown]
    return row.standing is Standing.DONE and visible == [(row.made, row.wish)] and not row.is_in_doubt


@pytest.mark.parametrize("mishap", Mishap)
def test_at_rest_the_comment_is_there_once_after_one_sweep(mishap: Mishap) -> None:
    """R3, G8: two workers, four attempts, every order: the one copy is the recorded one and says what was wished for.

    Where workers only sleep, or only die, some row is in doubt without any look at night.
    """
    assert list(islice(faults(mishap), 3)) == []


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
    assert next(faults(mishap), None) is not None
