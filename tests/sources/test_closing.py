"""Closing keywords of pull and merge requests."""

from __future__ import annotations

import time

import pytest

from sources.closing import closed_elsewhere, closed_issues

PATH, URL = "halfeld/archive", "https://forge.example/halfeld/archive"

CASES: list[tuple[str, tuple[int, ...]]] = [
    ("Closes #42", (42,)),
    *((f"{word} #1", (1,)) for word in "close closes closed fix fixes fixed resolve resolves resolved".split()),  # noqa: SIM905 (easier to read)
    *((f"{word} #1", (1,)) for word in ("Closing", "FIXING", "Resolving", "Implements", "Implemented", "Implementing")),
    ("closes: #7", (7,)),
    ("Closes issue #7", (7,)),
    ("Closes #1, #2 and #3; see #4", (1, 2, 3)),
    ("Closes #1, closes #2", (1, 2)),
    ("Fixes #1 & #2", (1, 2)),
    ("Fixes #2. Fixes #2.", (2,)),
    ("Closes\n#9", (9,)),
    ("Fixes GH-12", (12,)),
    ("fixes halfeld/archive#5", (5,)),
    ("fixes Halfeld/Archive#5", (5,)),
    ("fixes archive#5", (5,)),
    ("fixes other/archive#5", ()),
    ("fixes other/project#5, #6", (6,)),
    ("Resolves https://forge.example/halfeld/archive/issues/8", (8,)),
    ("Resolves https://forge.example/halfeld/archive/-/issues/8.", (8,)),
    ("Resolves https://forge.example/halfeld/archive/-/work_items/8", (8,)),
    ("Resolves https://forge.example/halfeld/archive/issues/8#note_1", (8,)),
    ("Resolves https://other.example/halfeld/archive/issues/8", ()),
    ("Resolves https://forge.example/halfeld/other/issues/8", ()),
    ("Resolves https://forge.example/halfeld/archive/pull/8", ()),
    ("Resolves https://[forge.example/halfeld/archive/issues/8", ()),
    ("See #42", ()),
    ("Relates to #42 and fixes nothing", ()),
    ("This fixes the bug of #42", ()),
    ("disclose #4", ()),
    ("prefix #4", ()),
    ("hotfix/fixes #4", ()),
    ("fixes#4", ()),
    ("fixes #0", ()),
    ("fixes #12345678901234567890", ()),
    ("<!-- Closes #1 -->", ()),
    ("`closes #1`", ()),
    ("```\ncloses #1\n```\nCloses #2", (2,)),
    ("```\ncloses #1", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "numbers"), CASES)
def test_which_issues_a_text_closes(text: str, numbers: tuple[int, ...]) -> None:
    assert closed_issues(text, path=PATH, web_url=URL) == numbers


def test_title_and_body_are_read_together() -> None:
    assert closed_issues("Fix #1", "Closes #2", path=PATH, web_url=URL) == (1, 2)


def test_a_flood_of_references_is_bounded() -> None:
    text = "Closes " + ", ".join(f"#{n}" for n in range(1, 5000))
    assert len(closed_issues(text, path=PATH, web_url=URL)) == 100


@pytest.mark.parametrize(
    "text",
    [
        "closes " * 50_000,
        "closes #1, " * 20_000,
        "`" * 100_000,
        "<!--" * 50_000,
        "closes a/" * 20_000,
        "fixes " + "a/" * 90_000,
        "fixes " + "a" * 190_000,
        "fixes #1" + " " * 190_000,
    ],
)
def test_a_hostile_text_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    closed_issues(text, path=PATH, web_url=URL)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Closes halfeld/other#3", (("halfeld/other", 3),)),
        ("Closes halfeld/other#3, stranger/thing#4", (("halfeld/other", 3), ("stranger/thing", 4))),
        ("Closes https://forge.example/halfeld/other/-/issues/8", (("halfeld/other", 8),)),
        ("Closes https://elsewhere.example/halfeld/other/issues/8", ()),
        ("Closes halfeld/archive#5", ()),
        ("Closes other#3", ()),
        ("Closes #3", ()),
        ("Closes halfeld/other#0", ()),
        ("See halfeld/other#3", ()),
        ("`Closes halfeld/other#3`", ()),
    ],
)
def test_which_issues_of_other_projects_a_text_closes(text: str, found: tuple[tuple[str, int], ...]) -> None:
    """Trap 26."""
    assert closed_elsewhere(text, path=PATH, web_url=URL) == found


def test_a_forge_below_a_path_of_its_host_keeps_that_path_out_of_its_projects() -> None:
    home = "https://forge.example/git/group/archive"
    text = "Closes https://forge.example/git/group/sub/other/-/issues/8, https://forge.example/wiki/group/x/issues/9"
    assert closed_elsewhere(text, path="group/archive", web_url=home) == (("group/sub/other", 8),)
