"""Group commit: everybody gets the answer of their own row, and nobody takes a failure for a success (R1)."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from connector.inbox.commit import GroupCommit, GroupFailed


class Disk:
    """A slow disk: holds the first write back until told, and fails when told."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.go_on = threading.Event()
        self.failing = False
        self.short = False

    def write(self, rows: Sequence[int]) -> Sequence[int]:
        self.groups.append(list(rows))
        self.go_on.wait(5)
        if self.failing:
            raise OSError("disk full")
        return [row * 10 for row in rows][: -1 if self.short else None]


def crowd(commit: GroupCommit[int, int], disk: Disk, size: int) -> list[int | Exception]:
    """``size`` callers at once; all of them wait before the disk goes on."""

    def call(row: int) -> int | Exception:
        try:
            return commit.add(row)
        except (GroupFailed, OSError, ValueError) as exc:
            return exc

    with ThreadPoolExecutor(size) as pool:
        calls = [pool.submit(call, row) for row in range(size)]
        while len(commit._waiting) + sum(map(len, disk.groups)) < size:
            threading.Event().wait(0.001)
        disk.go_on.set()
        return [done.result(5) for done in calls]


def test_one_caller_gets_its_answer() -> None:
    disk = Disk()
    disk.go_on.set()
    assert GroupCommit(disk.write).add(3) == 30


def test_callers_that_wait_share_a_write_and_get_their_own_answers() -> None:
    disk = Disk()
    commit = GroupCommit(disk.write)
    assert crowd(commit, disk, 20) == [row * 10 for row in range(20)]
    assert len(disk.groups) <= 2
    assert sorted(row for group in disk.groups for row in group) == list(range(20))


def test_a_group_is_never_larger_than_allowed() -> None:
    disk = Disk()
    crowd(GroupCommit(disk.write, largest=4), disk, 20)
    assert max(map(len, disk.groups)) == 4


def test_a_failing_leader_fails_its_followers() -> None:
    disk = Disk()
    disk.failing = True
    results = crowd(GroupCommit(disk.write), disk, 10)
    assert all(isinstance(result, Exception) for result in results)
    assert sum(isinstance(result, OSError) for result in results) == len(disk.groups)


def test_too_few_answers_are_a_failure_of_the_whole_group() -> None:
    disk = Disk()
    disk.short = True
    results = crowd(GroupCommit(disk.write), disk, 10)
    assert all(isinstance(result, Exception) for result in results)


def test_the_next_group_is_not_harmed_by_a_failed_one() -> None:
    disk = Disk()
    disk.go_on.set()
    commit = GroupCommit(disk.write)
    disk.failing = True
    with pytest.raises(OSError, match="disk full"):
        commit.add(1)
    disk.failing = False
    assert commit.add(2) == 20


class Interrupted(BaseException):
    """What a server raises in a thread that it ends."""


def test_a_leader_that_is_ended_fails_its_followers_and_the_next_leads() -> None:
    """R1: nobody takes the silence of a leader for a success."""
    disk = Disk()
    interrupted: list[int] = []

    def write(rows: Sequence[int]) -> Sequence[int]:
        answers = disk.write(rows)
        if not interrupted:
            interrupted.extend(rows)
            raise Interrupted
        return answers

    commit = GroupCommit(write)
    outcomes: dict[int, int | type[BaseException]] = {}

    def call(row: int) -> None:
        try:
            outcomes[row] = commit.add(row)
        except (Interrupted, GroupFailed) as exc:
            outcomes[row] = type(exc)

    callers = [threading.Thread(target=call, args=(row,)) for row in range(12)]
    for caller in callers:
        caller.start()
    while len(commit._waiting) + sum(map(len, disk.groups)) < len(callers):
        threading.Event().wait(0.001)
    disk.go_on.set()
    for caller in callers:
        caller.join(5)
    assert {row for row, outcome in outcomes.items() if not isinstance(outcome, int)} == set(interrupted)
    assert all(outcome == row * 10 for row, outcome in outcomes.items() if row not in interrupted)
    assert list(outcomes.values()).count(Interrupted) == 1


@pytest.mark.parametrize("answers", [[], [1, 2, 3]])
def test_another_number_of_answers_is_a_failure(answers: list[int]) -> None:
    commit = GroupCommit(lambda rows: answers)
    with pytest.raises(ValueError, match="zip"):
        commit.add(1)


def test_while_a_leader_waits_for_the_disk_nobody_is_answered() -> None:
    """R1: a paused leader delays its followers, and never lets one go without its row on disk."""
    disk = Disk()
    commit = GroupCommit(disk.write)
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(commit.add, row) for row in range(8)]
        while len(commit._waiting) + sum(map(len, disk.groups)) < len(calls):
            threading.Event().wait(0.001)
        assert not any(call.done() for call in calls)
        assert len(disk.groups) == 1
        disk.go_on.set()
        assert sorted(call.result(5) for call in calls) == [row * 10 for row in range(8)]


def test_a_thousand_callers_on_a_disk_that_fails_at_random_each_learn_the_truth() -> None:
    """R1: answered means written, exactly once; refused means not acknowledged; nobody is left waiting."""
    chance, stored, writing = random.Random(4), list[int](), threading.Lock()  # noqa: S311  (chance, not secrets)

    def write(rows: Sequence[int]) -> Sequence[int]:
        assert writing.acquire(blocking=False), "two leaders at once"
        try:
            if chance.random() < 0.2:
                raise OSError("disk full")
            stored.extend(rows)
            return [row * 10 for row in rows]
        finally:
            writing.release()

    commit = GroupCommit(write, largest=7)
    truth: dict[int, bool] = {}

    def call(row: int) -> None:
        try:
            assert commit.add(row) == row * 10
            truth[row] = True
        except (OSError, GroupFailed):
            truth[row] = False

    callers = [threading.Thread(target=call, args=(row,)) for row in range(1000)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(30)
    assert len(truth) == 1000
    assert sorted(stored) == sorted(row for row, is_stored in truth.items() if is_stored)
