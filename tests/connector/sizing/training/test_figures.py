"""The figures that models are judged by; skipped where the packages for training are not installed."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")

from connector.sizing.training.figures import auc, auc_inside, calibration_error, precision  # noqa: E402 - needs numpy
from connector.sizing.training.fit import by_project  # noqa: E402 - needs scikit-learn
from connector.sizing.training.packs import less_project  # noqa: E402 - needs numpy


def test_the_area_counts_ties_by_half() -> None:
    assert auc(np.array([True, False]), np.array([0.9, 0.1])) == 1.0
    assert auc(np.array([True, False]), np.array([0.5, 0.5])) == 0.5
    assert np.isnan(auc(np.array([True, True]), np.array([0.5, 0.5])))


def test_the_order_between_projects_does_not_count() -> None:
    projects = np.repeat(["a", "b"], 10)
    happened = np.array([True] * 9 + [False] + [False] * 9 + [True])
    score = np.where(projects == "a", 0.9, 0.1)
    assert auc(happened, score) > 0.8
    assert auc_inside(projects, happened, score) == 0.5


def test_the_safest_quarter_counts_ties_by_their_mean() -> None:
    assert precision(np.array([True, False, False, False]), np.full(4, 0.5)) == 0.25


def test_a_chance_that_comes_true_has_no_error() -> None:
    assert calibration_error(np.array([True, False]), np.array([0.55, 0.55])) == pytest.approx(0.05)


def test_folds_are_whole_projects() -> None:
    projects = np.array(["a"] * 5 + ["b"] * 4 + ["c"] * 3 + ["d"] * 2)
    folds = by_project(projects, 2)
    assert all(len(set(folds[projects == name])) == 1 for name in "abcd")
    assert {int((folds == fold).sum()) for fold in (0, 1)} == {7}


def test_half_of_a_projects_mean_is_taken_away() -> None:
    assert less_project(np.array([2.0, 4.0]), np.array(["a", "a"]), 0.5).tolist() == [0.5, 2.5]
