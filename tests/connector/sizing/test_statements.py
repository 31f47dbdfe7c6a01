"""What counts as a stated time, in labels and in texts."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from connector.sizing.statements import of_label, of_text


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("1h", 1, 1), ("~2d", 16, 16), ("1-2 hours", 1, 2), ("half-day", 4, 4), ("half a day", 4, 4), ("1h30", 1.5, 1.5),
        ("est: 3h", 3, 3), ("effort/1 day", 8, 8), ("a day or less", 0, 8), ("30 min", 0.5, 0.5), ("< 1 day", 0, 8),
        ("une demi-journée", 4, 4), ("2 jours", 16, 16), ("time: ~4h", 4, 4),
    ],
)  # fmt: skip
def test_a_label_may_be_a_time(name: str, low: float, high: float) -> None:
    stated = of_label(name)
    assert stated is not None
    assert (stated.low, stated.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "name",
    [
        "size: M",
        "Effort S",
        "E-easy",
        "24",
        "2",
        "P1",
        "week",
        "m",
        "good first issue",
        "v2.4",
        "7 days to die",
        "bug 2d",
    ],
)
def test_a_size_word_alone_is_no_time(name: str) -> None:
    assert of_label(name) is None


@pytest.mark.parametrize(
    "description",
    [
        "No activity for 30 days",
        "We respond within 2 days",
        "Will be closed in 14 days",
        "Needs a fix",
        "Deadline: 3 days",
    ],
)
def test_a_waiting_time_is_no_working_time(description: str) -> None:
    assert of_label("triage", description) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Estimate: 3h", 3, 3), ("**Estimate:** 1-2 hours", 1, 2), ("Estimated time: 2.5 hours", 2.5, 2.5),
        ("Bonjour\nTemps estimé : une demi-journée", 4, 4), ("Durée estimée\u00a0: 2 jours", 16, 16), ("/estimate 1d 4h", 12, 12),
        ("- Effort: 1 day", 8, 8), ("| Estimate | 2h |", 2, 2), ("### Estimated time\n\n2h\n", 2, 2),
        ("This should take about 2 hours.", 2, 2), ("this shouldn't take more than a day", 0, 8),
        ("Une demi-heure suffit", 0.5, 0.5), ("1-2 hours.", 1, 2), ("Fix the link. 1-2 hours.", 1, 2), ("Fix the link\n\n(2h)", 2, 2),
        ("Environ 3 heures de travail", 3, 3), ("Two hours of work", 2, 2), ("Should be doable in an hour or two", 1, 2),
        ("Compter une demi-journée", 4, 4), ("Prévoir environ 2 heures.", 2, 2), ("C'est l'affaire d'une heure", 1, 1),
        ("Half an hour is enough", 0.5, 0.5), ("Ce ticket prendra 2 jours", 16, 16), ("I'd say 2-3 hours", 2, 3),
        ("I think this is a 2 hour job", 2, 2), ("Une journée devrait suffire", 8, 8),
        ("Cela devrait prendre environ 1,5 heure", 1.5, 1.5), ("cela ne devrait pas prendre plus d’une heure", 0, 1),
    ],
)  # fmt: skip
def test_a_text_may_state_its_time(text: str, low: float, high: float) -> None:
    stated = of_text(text)
    assert stated is not None
    assert (stated.low, stated.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "Estimated time remaining: 3h", "```\nEstimate: 3h\n```", "The build takes 3 hours", "it will take effect in 2 days",
        "it should take the visitor to page 3 days later", "I estimate nothing", "Estimate: hard", "", "since 3 days",
        "Session timeout:\n\n2 hours", "How long does it last?\n\n2 hours", "### Interval\n\n2 hours", "The server restarts after 2 hours.",
        "Wait 2 hours.", "Il y a 2 heures", "- 2 hours", "ETA: 2 days", "The cache is emptied within 2 hours", "reply within 2 days is enough",
    ],
)  # fmt: skip
def test_other_times_are_not_taken_for_work(text: str) -> None:
    assert of_text(text) is None


def test_the_labels_of_real_projects_mean_what_their_projects_say() -> None:
    folder = os.environ.get("WECENA_TEST_DATA")
    if not folder:
        pytest.skip("WECENA_TEST_DATA is not set")
    wrong = []
    packed = (Path(folder) / "sizing" / "label_time_meanings.jsonl.gz").read_bytes()
    for line in gzip.decompress(packed).splitlines():
        row = json.loads(line)
        stated = of_label(row["label"] or "", row["description"])
        if (stated.fits_one_day if stated else None) != row["fits_one_day"]:
            wrong.append(row["label"])
    assert wrong == []
