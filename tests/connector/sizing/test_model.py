"""The packaged model: small, readable, and a sum whose parts are its reasons."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from connector.sizing.model import FILE, Model, from_json, packaged, predict, range_at
from connector.sizing.reasons import PRESENT, PRIORITY_REASONS, SENTENCES, of_parts
from connector.sizing.rules import RULES_VERSION
from connector.sizing.text import read

MOST_BYTES = 1_500_000


def tiny() -> Model:
    calibration = {
        "hours": (1.0, 1.0), "half_day": (0.0, -1.0), "day": (1.0, -1.0), "steps": [-0.4, 0.5],
        "ranges": [(0.5, 4), (1, 8), (1, 16)],
    }  # fmt: skip
    words = {"title": {"fix": (200, -500), "design": (200, 500)}, "body": {"fix": (200, -1000)}}
    return from_json(
        {
            "version": "t", "bias": 0.0, "words": words, "shape": {"items": (0.0, 1.0, 0.5)}, "kinds": {"bug": -0.25},
            "priorities": {"minor": -0.5}, "without_kind": calibration, "with_kind": {**calibration, "hours": (3.0, 2.0)},
        }
    )  # fmt: skip


def test_words_pull_the_hours_down_or_up() -> None:
    less, more = predict(tiny(), read("fix", "")), predict(tiny(), read("design", ""))
    assert (less.log_hours, more.log_hours) == pytest.approx((0.5, 1.5))
    assert less.p_half_day > 0.5 > more.p_half_day
    assert less.parts == (("title:fix", -0.5),)


def test_a_field_counts_as_a_whole_however_long_it_is() -> None:
    assert predict(tiny(), read("fix fix fix", "")).log_hours == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("score", "found"),
    [(-9, (0.5, 4)), (-0.41, (0.5, 4)), (-0.4, (1, 8)), (0.49, (1, 8)), (0.5, (1, 16)), (9, (1, 16))],
)
def test_the_range_follows_the_score(score: float, found: tuple[float, float]) -> None:
    assert range_at(tiny().calibrations[0], score) == found


def test_a_range_is_in_hours() -> None:
    less, more = predict(tiny(), read("fix", "")), predict(tiny(), read("design", ""))
    assert [(said.low, said.high) for said in (less, more)] == [(0.5, 4), (1, 16)]


def test_an_odd_text_is_no_surer_than_nearly_all_others() -> None:
    calibration = replace(tiny().calibrations[0], limits=(-0.1, 0.1))
    model = replace(tiny(), calibrations=(calibration, calibration))
    assert predict(model, read("fix", "")).log_hours == pytest.approx(0.9)


def test_a_known_kind_has_its_own_calibration() -> None:
    found = predict(tiny(), read("", ""), kind="bug", priority="minor")
    assert found.log_hours == pytest.approx(3.0 - 2 * 0.75)
    assert predict(tiny(), read("", ""), kind="unheard of").log_hours == pytest.approx(1.0)


def test_shapes_out_of_all_proportion_count_as_far() -> None:
    assert predict(tiny(), read("", "- x\n" * 600)).log_hours == pytest.approx(1 + 3 * 0.5)


def test_the_packaged_model_is_small_and_of_this_version() -> None:
    assert resources.files("connector.sizing").joinpath(FILE).stat().st_size <= MOST_BYTES  # type: ignore[attr-defined]
    assert packaged().version == RULES_VERSION


@pytest.mark.parametrize("which", range(3))
def test_the_packaged_ranges_grow_with_the_score_and_hold_the_middle(which: int) -> None:
    model = packaged()
    assert model.warm is not None
    calibration = (*model.calibrations, model.warm)[which]
    assert list(calibration.steps) == sorted(calibration.steps)
    assert len(calibration.ranges) == len(calibration.steps) + 1
    for score in (calibration.limits[0], *calibration.steps, calibration.limits[1]):
        low, high = range_at(calibration, score)
        assert low < 2 ** (calibration.hours[0] + calibration.hours[1] * score) < high
    assert calibration.ranges[0][1] < calibration.ranges[-1][1]


def test_every_part_that_is_shown_has_a_sentence() -> None:
    model = packaged()
    assert {f"kind_{kind}" for kind in model.kinds} <= SENTENCES.keys()
    assert {PRIORITY_REASONS[level] for level in model.priorities} <= SENTENCES.keys()
    assert {*PRESENT.values()} <= SENTENCES.keys()
    assert PRESENT.keys() <= model.shape.keys()


def test_a_word_is_shown_as_it_was_written() -> None:
    title = "Externalizing strings"
    text = read(title, "")
    reasons = of_parts([("title:externaliz", -0.4), ("title:and", -0.3), ("title:str", 0.2)], text.shape, title, "")
    assert [(reason.text, reason.effect) for reason in reasons] == [
        ("Issues that say “externalizing” usually take less time.", "+")
    ]
