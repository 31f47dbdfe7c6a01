"""Stated times in words, as they are kept with a reason."""

from __future__ import annotations

import pytest

from connector.web import amounts
from connector.web.i18n import gettext, speaking


@pytest.mark.parametrize(
    ("kept", "french", "english"),
    [
        ("0.5", "30 min", "30 min"),
        ("0.167", "10 min", "10 min"),
        ("2", "2 h", "2 h"),
        ("1.5", "1 h 30", "1 h 30"),
        ("1–2", "1 à 2 h", "1–2 h"),
        ("0.5–2", "30 min à 2 h", "30 min – 2 h"),
        ("1.5–2", "1 h 30 à 2 h", "1 h 30 – 2 h"),
        ("0–8", "au plus 8 h", "at most 8 h"),
        ("0–0.5", "au plus 30 min", "at most 30 min"),
        ("> 4", "plus de 4 h", "more than 4 h"),
        ("> 8.01", "plus de 8 h", "more than 8 h"),
        ("1e+03", "1000 h", "1000 h"),
    ],
)
def test_a_stated_time_in_words(kept: str, french: str, english: str) -> None:
    assert amounts.stated(kept) == english
    with speaking("fr"):
        assert amounts.stated(kept, gettext) == french
