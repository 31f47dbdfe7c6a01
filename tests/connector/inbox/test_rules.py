"""Which deliveries are about the hook's project, and which bodies must not be kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.inbox.rules import is_about, must_be_blanked
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
