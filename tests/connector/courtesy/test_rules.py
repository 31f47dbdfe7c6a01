"""One policy decides what may be written in a project and what may be taken there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from connector.courtesy import rules
from connector.courtesy.rules import Load, NotTaken, NotWritten, Policy, Quiet, Upstream

TODAY = date(2026, 11, 23)
CHRISTMAS = Quiet(date(2026, 12, 21), date(2026, 12, 27))
NOW_QUIET = Quiet(date(2026, 11, 20), date(2026, 11, 23))
OPEN = Policy(allows=frozenset(Upstream))


@pytest.mark.parametrize(
    ("policy", "kind", "is_new", "why"),
    [
        (OPEN, "comment", True, None),
        (Policy(), "comment", True, NotWritten.NOT_ALLOWED),
        (Policy(allows=frozenset({Upstream.COMMENT})), "assign", True, NotWritten.NOT_ALLOWED),
        (Policy(allows=frozenset({Upstream.ASSIGN})), "unassign", True, None),
        (OPEN, "close", True, NotWritten.NOT_ALLOWED),
        (replace(OPEN, is_stopped=True), "comment", True, NotWritten.STOPPED),
        (replace(OPEN, is_stopped=True), "label", True, NotWritten.STOPPED),
        (replace(OPEN, is_stopped=True), "comment", False, None),
        (replace(OPEN, is_stopped=True), "unassign", True, None),
        (replace(OPEN, quiet=(NOW_QUIET,)), "assign", True, NotWritten.QUIET),
        (replace(OPEN, quiet=(NOW_QUIET,)), "unlabel", True, None),
        (replace(OPEN, quiet=(CHRISTMAS,)), "assign", True, None),
        (replace(OPEN, is_held=True), "unassign", True, NotWritten.HELD),
        (replace(OPEN, is_held=True, is_stopped=True), "comment", False, NotWritten.HELD),
    ],
)
def test_what_may_be_written(policy: Policy, kind: str, *, is_new: bool, why: NotWritten | None) -> None:
    assert rules.why_not_write(policy, kind, TODAY, is_new=is_new) is why


@pytest.mark.parametrize(
    ("policy", "load", "why"),
    [
        (OPEN, Load(open=1), None),
        (OPEN, Load(open=2), NotTaken.FULL),
        (replace(OPEN, open_cap=3), Load(open=2), None),
        (replace(OPEN, weekly_cap=1), Load(this_week=1), NotTaken.FULL),
        (replace(OPEN, weekly_cap=2), Load(this_week=1), None),
        (replace(OPEN, weekly_cap=0), Load(), NotTaken.FULL),
        (replace(OPEN, kept=3), Load(ready=3), NotTaken.FULL),
        (replace(OPEN, kept=3), Load(ready=4), None),
        (replace(OPEN, is_stopped=True), Load(), NotTaken.PAUSED),
        (replace(OPEN, quiet=(NOW_QUIET,)), Load(open=9), NotTaken.PAUSED),
        (replace(OPEN, is_held=True), Load(), None),
    ],
)
def test_what_may_be_taken(policy: Policy, load: Load, why: NotTaken | None) -> None:
    assert rules.why_not_take(policy, load, TODAY) is why


def test_weeks_that_follow_each_other_are_one_peace() -> None:
    following = Quiet(date(2026, 11, 24), date(2026, 11, 30))
    policy = replace(OPEN, quiet=(CHRISTMAS, following, NOW_QUIET))
    assert rules.quiet_until(policy, TODAY) == date(2026, 11, 30)
    assert rules.quiet_until(policy, date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", ()),
        ("2026-W52", (CHRISTMAS,)),
        (" 2026-12-21 2026-12-27 \n\n", (CHRISTMAS,)),
        ("2026-W52\n2026-11-20 2026-11-23", (NOW_QUIET, CHRISTMAS)),
        ("2026-11-23", (Quiet(TODAY, TODAY),)),
        ("2026-W54", None),
        ("2026-12-27 2026-12-21", None),
        ("christmas", None),
        ("\n".join(["2026-W52"] * 31), None),
    ],
)
def test_quiet_weeks_are_read_as_they_are_typed(typed: str, understood: tuple[Quiet, ...] | None) -> None:
    assert rules.weeks(typed) == understood


@pytest.mark.parametrize(
    ("allowed", "by_file", "kept"),
    [
        (["comment", "assign"], None, {"comment", "assign"}),
        (["comment", "assign"], ["comment"], {"comment"}),
        (["comment"], ["comment", "assign"], {"comment"}),
        (["comment"], [], set()),
        (["merge"], None, set()),
    ],
)
def test_a_file_only_narrows_what_people_allowed(allowed: list[str], by_file: list[str] | None, kept: set[str]) -> None:
    assert rules.narrowed(allowed, by_file) == kept


@pytest.mark.parametrize(("caps", "lowest"), [((2,), 2), ((5, None, None), 5), ((5, 3, None), 3), ((5, 9, 1), 1)])
def test_the_lowest_cap_counts(caps: tuple[int, ...], lowest: int) -> None:
    assert rules.effective_cap(*caps) == lowest


@pytest.mark.parametrize(
    ("cap", "written", "is_too_much"), [(2, 29, False), (2, 30, True), (50, 299, False), (50, 300, True)]
)
def test_too_many_writes_trip_the_brake(cap: int, written: int, *, is_too_much: bool) -> None:
    assert rules.wrote_too_much(replace(OPEN, open_cap=cap), written) is is_too_much


@pytest.mark.parametrize(
    ("outcomes", "too_often"),
    [
        ((), False),
        (("rejected",), False),
        (("rejected", "rejected", "accepted"), True),
        (("rejected", "accepted"), False),
    ],
)
def test_two_rejections_in_a_row_are_too_many(outcomes: tuple[str, ...], *, too_often: bool) -> None:
    assert rules.is_refused_too_often(outcomes) is too_often
