"""Kinds and priorities as labels of several trackers say them."""

from __future__ import annotations

import pytest

from connector.sizing.kinds import kind_of, priority_of


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("bug", "bug"), ("🐛 Bug", "bug"), ("type: bug", "bug"), ("Type::Defect", "bug"), ("kind/feature", "feature"),
        ("type: New Feature", "feature"), ("enhancement", "improvement"), ("Sub-task", "part"), ("C-refactoring", None),
        ("refactoring", "refactoring"), ("area: bug", None), ("debugging", None), ("good first issue", None),
        ("amélioration", "improvement"), ("tâche", "task"), ("", None),
    ],
)  # fmt: skip
def test_a_label_says_the_kind(label: str, kind: str | None) -> None:
    assert kind_of([label]) == kind


@pytest.mark.parametrize(
    ("label", "priority"),
    [
        ("priority: low", "minor"), ("Priority::Minor", "minor"), ("low", None), ("low priority", "minor"),
        ("critical", "critical"), ("severity/high", "major"), ("priority-high", None), ("important", None), ("blocker", "blocker"),
        ("priorité : mineur", "minor"),
    ],
)  # fmt: skip
def test_a_label_says_the_priority(label: str, priority: str | None) -> None:
    assert priority_of([label]) == priority


def test_the_first_label_that_says_it_counts() -> None:
    assert kind_of(["help wanted", "bug", "feature"]) == "bug"
