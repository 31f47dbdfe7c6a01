"""Group commit: everybody gets the answer of their own row, and nobody takes a failure for a success (R1)."""

from __future__ import annotations

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
