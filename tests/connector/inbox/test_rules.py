"""Which deliveries are about the hook's project, which bodies must not be kept, and how many are taken at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.inbox.rules import FIRST_AT_ONCE, LONGEST_HELD, MOST_AT_ONCE, is_about, must_be_blanked, next_at_once
from sources.model import Event, Ignored, Issue, IssueHidden, IssueSeen, Ping, ProjectChanged, ProjectRef

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
REF = ProjectRef("1", "Asso/Site")


@pytest.mark.parametrize(
    ("ref", "external_id", "path", "mine"),
    [
        (ProjectRef("1", "asso/site"), "1", "asso/site", True),
        (ProjectRef("1", "asso/renamed"), "1", "asso/site", True),
        (ProjectRef("2", "asso/site"), "1", "asso/site", False),
        (ProjectRef("2", "Asso/Site"), None, "asso/site", True),
        (ProjectRef("2", "asso/other"), None, "asso/site", False),
        (ProjectRef(None, "ASSO/site"), "1", "asso/site", True),
        (ProjectRef(None, "asso/other"), "1", "asso/site", False),
        (None, "1", "asso/site", False),
    ],
)
def test_numbers_decide_and_paths_only_where_there_is_none(
    ref: ProjectRef | None,
    external_id: str | None,
    path: str,
    mine: bool,  # noqa: FBT001  (a column of the table)
) -> None:
    assert is_about(ref, Ping(ref), external_id=external_id, path=path) is mine


def test_a_rename_is_about_the_project_of_the_old_path() -> None:
    event = ProjectChanged(ProjectRef("1", "asso/new"), "renamed", old_path="asso/site")
    assert is_about(event.project, event, external_id=None, path="Asso/Site")


def issue(*, is_confidential: bool) -> Issue:
    return Issue("1", 1, "t", "u", NOW, is_confidential=is_confidential)


@pytest.mark.parametrize(
    ("event", "blanked"),
    [
        (IssueHidden(REF, 1), True),
        (IssueSeen(REF, issue(is_confidential=True), "update"), True),
        (IssueSeen(REF, issue(is_confidential=False), "update"), False),
        (Ignored("confidential_note", REF), True),
        (Ignored("event:push", REF), False),
        (Ping(REF), False),
    ],
)
def test_confidential_bodies_are_not_kept(event: Event, blanked: bool) -> None:  # noqa: FBT001  (a column of the table)
    assert must_be_blanked(event) is blanked


@pytest.mark.parametrize(
    ("at_once", "done", "seconds", "then"),
    [
        (10, 10, LONGEST_HELD / 3, 20),
        (80, 80, LONGEST_HELD / 3, MOST_AT_ONCE),
        (80, 80, LONGEST_HELD * 0.9, 80),
        (80, 80, LONGEST_HELD * 1.1, 40),
        (80, 10, LONGEST_HELD * 1.1, 5),
        (1, 1, LONGEST_HELD * 9, 1),
        (1, 0, LONGEST_HELD * 9, 1),
        (80, 30, LONGEST_HELD / 3, FIRST_AT_ONCE),
        (4, 0, 0, 4),
    ],
    ids=["cheap", "never too many", "just right", "dear", "few and dear", "one at least", "none", "all done", "idle"],
)
def test_a_transaction_takes_as_many_as_it_can_without_keeping_the_door_waiting(
    at_once: int, done: int, seconds: float, then: int
) -> None:
    assert next_at_once(at_once, done, seconds) == then


@pytest.mark.parametrize(("each", "settled"), [(0.0004, 80), (0.014, 4), (0.2, 1)])
def test_it_settles_where_a_transaction_is_short(each: float, settled: int) -> None:
    at_once, longest = FIRST_AT_ONCE, 0.0
    for turn in range(50):
        took = at_once * each
        longest = max(longest, took) if turn > 10 else 0.0
        at_once = next_at_once(at_once, at_once, took)
    assert at_once == pytest.approx(settled, abs=2)
    assert longest <= max(LONGEST_HELD, each) * 1.5
