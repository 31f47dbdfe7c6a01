"""Labels in all the spellings that projects use."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from connector.projects import rules

SHARE = 0.99
"""Of the projects whose label has beginner words in it, how many we must recognise."""


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Good First Issue", "good first issue"),
        ("good-first-issue", "good first issue"),
        ("good_first_issue", "good first issue"),
        ("good first issue 👍", "good first issue"),
        (":octocat: good first issue!", "good first issue"),
        ("difficulty/easy", "easy"),
        ("difficulty::easy", "easy"),
        ("Difficulty: Easy", "easy"),
        ("E-easy", "easy"),
        ("E-Help-wanted", "help wanted"),
        ("tag / good first issue", "good first issue"),
        ("level:starter", "starter"),
        ("easy-fix", "easy fix"),
        ("Good first issue", "good first issue"),
        ("débutant", "débutant"),
        ("🎉", ""),
        ("type:", "type"),
        ("", ""),
    ],
)
def test_a_label_is_read_as_words(label: str, words: str) -> None:
    assert rules.normalised(label) == words


@pytest.mark.parametrize(
    "label",
    ["good first issue", "Good-First-Bug", "easy", "E-easy", "beginner", "newcomers", "up-for-grabs", "junior jobs",
     "first-timers-only", "good first issue :octocat:", "🏸 good first", "Type: good first issue", "novice issues"],
)  # fmt: skip
def test_usual_spellings_invite_newcomers(label: str) -> None:
    assert rules.is_for_newcomers(label)


@pytest.mark.parametrize(
    "label",
    ["help wanted", "hacktoberfest", "enhancement", "bug", "not easy", "difficulty/hard", "easygoing", "", "🎉",
     "good second issue", "type: bug", "documentation", "effort/large", "priority: low"],
)  # fmt: skip
def test_other_labels_do_not(label: str) -> None:
    assert not rules.is_for_newcomers(label)


@pytest.mark.parametrize("label", ["help wanted", "Help-Wanted", "status/help-wanted", "help wanted 🙌", "help_wanted"])
def test_help_wanted_is_known_but_off(label: str) -> None:
    assert rules.asks_for_help(label)
    assert not rules.is_for_newcomers(label)


def test_all_default_labels_are_recognised() -> None:
    assert all(rules.is_for_newcomers(label) for label in rules.DEFAULT_LABELS)


@pytest.mark.parametrize(
    ("labels", "agreed", "carries"),
    [
        (["bug", "Good First Issue"], ["good first issue"], True),
        (["good-first-issue"], ["good first issue"], False),
        (["bug"], ["good first issue"], False),
        ([], ["easy"], False),
        (["easy"], [], False),
        (["Facile  À faire"], ["facile à faire"], True),
    ],
)
def test_only_agreed_labels_count_whatever_their_case(labels: list[str], agreed: list[str], *, carries: bool) -> None:
    assert rules.carries_agreed_label(labels, agreed) is carries


def test_labels_that_do_not_exist_are_named() -> None:
    assert rules.missing_labels(["Easy", "fun"], ["easy", "bug"]) == ("fun",)


def test_labels_that_projects_really_use_are_recognised() -> None:
    folder = os.environ.get("WECENA_TEST_DATA")
    if not folder:
        pytest.skip("WECENA_TEST_DATA is not set")
    with gzip.open(Path(folder) / "sizing" / "label_counts_upforgrabs.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    words = ("first", "easy", "begin", "newcomer", "newbie", "novice", "starter", "grabs", "junior", "hanging")
    meant = [row for row in rows if any(word in row["label"] for word in words)]
    known = [row for row in meant if rules.is_for_newcomers(row["label"])]
    assert sum(row["projects"] for row in known) / sum(row["projects"] for row in meant) >= SHARE
    assert not [
        row["label"] for row in rows if rules.is_for_newcomers(row["label"]) and rules.asks_for_help(row["label"])
    ]
