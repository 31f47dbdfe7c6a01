"""What the model learns besides hours; skipped where the packages for training are not installed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("sklearn")

from connector.sizing.text import read  # noqa: E402 - after the packages
from connector.sizing.training import fit  # noqa: E402 - needs scikit-learn
from connector.sizing.training.packs import Pack  # noqa: E402 - needs numpy


def pack(name: str, titles: list[str], taught: list[float]) -> Pack:
    texts, count = tuple(read(title, "") for title in titles), len(titles)
    return Pack(
        ids=tuple(map(str, range(count))),
        projects=np.array([f"{name}{place % 4}" for place in range(count)]),
        texts=texts,
        kinds=("bug", "task") * (count // 2),
        priorities=("minor", "major") * (count // 2),
        effort=np.tile([0.0, 2.0], count // 2),
        hours=np.tile([1.0, 4.0], count // 2),
        taught=np.array(taught),
        created=tuple(f"2026-01-{place + 1:02}" for place in range(count)),
        resolved=tuple(f"2026-02-{place + 1:02}" for place in range(count)),
        plain=tuple(titles),
    )


def packs(taught: list[float]) -> fit.Packs:
    titles = ["rename label", "rewrite engine"] * 12
    return fit.Packs(*(pack(name, titles, taught) for name in ("hours", "points", "firm")))


def test_words_learn_what_sentence_vectors_say_of_whole_texts() -> None:
    known = packs([-1.0, 1.0] * 12)
    maker = fit._Maker(known, fit.words_of(known), np.ones(24, dtype=bool))
    weight = dict(zip(maker.names, maker.rankers[1], strict=True))
    assert weight["title", "renam"] < 0 < weight["title", "rewrit"]


def test_what_was_never_asked_teaches_nothing() -> None:
    half, none = packs([-1.0, float("nan")] * 12), packs([float("nan")] * 24)
    maker = fit._Maker(half, fit.words_of(half), np.ones(24, dtype=bool))
    assert np.allclose(maker.rankers[1], 0)
    with pytest.raises(ValueError, match="make vectors"):
        fit._Maker(none, fit.words_of(none), np.ones(24, dtype=bool))


def test_issues_left_out_of_training_teach_nothing() -> None:
    titles = ["rename label", "rewrite engine"] * 12
    silent = pack("points", titles, [float("nan")] * 24)
    known = fit.Packs(pack("hours", titles, [-1.0, 1.0] * 12), silent, replace(silent, projects=np.full(24, "firm")))
    train = np.arange(24) % 2 == 0  # only what renames
    maker = fit._Maker(known, fit.words_of(known), train)
    assert np.allclose(maker.rankers[1], 0)


def test_a_range_is_the_shortest_of_round_hours_that_holds_enough() -> None:
    spent = np.array([0.2] + [1.0] * 4 + [2.0] * 4 + [7.5])
    assert fit.shortest_ranges([spent]) == [(1, 8)]
    assert fit.shortest_ranges([np.array([1.0] * 9 + [40.0])]) == [(0.75, 1)]
    assert fit.shortest_ranges([np.full(10, 3000.0)])[0] in combinations(fit.ROUND_HOURS, 2)


def test_ranges_are_widened_where_that_holds_most() -> None:
    near, far = np.array([1.0] * 78 + [2.0] * 22), np.array([1.0] * 78 + [400.0] * 22)
    assert fit.shortest_ranges([far, near]) == [(0.75, 1), (1, 2)]


def test_ranges_rise_with_the_score() -> None:
    few, many, odd = np.array([1.0] * 10), np.array([2.0] * 9 + [16.0]), np.array([1.0] * 5 + [3.0] * 5)
    found = fit.shortest_ranges([few, odd, many, odd])
    assert found == sorted(found)
    assert [high for _, high in found] == sorted(high for _, high in found)
