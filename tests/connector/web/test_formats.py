"""Dates, hours, chances and numbers in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from connector.web import formats
from connector.web.i18n import speaking

NARROW, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
AT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        (lambda: formats.long_day(AT), "lundi 23 novembre", "Monday 23 November"),
        (lambda: formats.long_day(date(2026, 12, 1)), "mardi 1er décembre", "Tuesday 1 December"),
        (lambda: formats.short_day(AT), f"23{HARD}nov.", f"23{HARD}Nov"),
        (lambda: formats.moment(AT), f"23{HARD}nov., 09:05", f"23{HARD}Nov, 09:05"),
        (lambda: formats.clock_time(AT), f"9{HARD}h{HARD}05", "9:05"),
        (lambda: formats.clock_time(datetime(2026, 11, 23, 10, tzinfo=UTC)), f"11{HARD}h", "11:00"),
        (lambda: formats.short_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)), f"24{HARD}nov.", f"24{HARD}Nov"),
        (lambda: formats.hours(2.1, 4.6), "2 à 5 h", "2–5 h"),
        (lambda: formats.hours(2, 2), "2 h", "2 h"),
        (lambda: formats.hours(0.5, 8), "30 min à 8 h", "30 min – 8 h"),
        (lambda: formats.hours(0.25, 0.5), "15 à 30 min", "15–30 min"),
        (lambda: formats.hours(0.1, 0.4), "5 à 20 min", "5–20 min"),
        (lambda: formats.hours(0.43, 3.7), "30 min à 4 h", "30 min – 4 h"),
        (lambda: formats.hours(0.95, 1.2), "1 h", "1 h"),
        (lambda: formats.hours(0.01, 0.02), "5 min", "5 min"),
        (lambda: formats.hours(1, 48), "1 à 48 h", "1–48 h"),
        (lambda: formats.minutes(45), "45 min", "45 min"),
        (lambda: formats.minutes(65), "1 h 05", "1 h 05"),
        (lambda: formats.share(1.0), f"100{NARROW}%", "100%"),
        (lambda: formats.share(0.0), f"0{NARROW}%", "0%"),
        (lambda: formats.percent(0.784), f"78{NARROW}%", "78%"),
        (lambda: formats.percent(1.0), f"99{NARROW}%", "99%"),
        (lambda: formats.shares(0.9, 1.0), f"de 90 à 100{NARROW}%", "90 to 100%"),
        (lambda: formats.shares(0.0, 0.1), f"de 0 à 10{NARROW}%", "0 to 10%"),
        (lambda: formats.number(Decimal("1234.5"), 1), f"1{NARROW}234,5", "1,234.5"),
        (lambda: formats.days(Decimal(8)), "8,0 j", "8.0 d"),
        (lambda: formats.how_long(Decimal("0.5")), "Une demi\N{NON-BREAKING HYPHEN}journée", "Half a day"),
        (lambda: formats.how_long(3), "3,0 jours", "3.0 days"),
        (lambda: formats.in_words(2), "deux", "two"),
        (lambda: formats.in_words(12), "12", "12"),
        (lambda: formats.language_name("ar"), "arabe", "Arabic"),
        (lambda: formats.language_name("no such"), "no such", "no such"),
    ],
)
def test_each_language_writes_its_own_way(written: Callable[[], str], french: str, english: str) -> None:
    with speaking("fr"):
        assert written() == french
    with speaking("en"):
        assert written() == english


@pytest.mark.parametrize(("chance", "full"), [(0.0, 1), (0.04, 1), (0.25, 3), (0.78, 8), (0.949, 9), (1.0, 9)])
def test_nobody_promises_ten_of_ten(chance: float, full: int) -> None:
    assert formats.tenths(chance) == full


@pytest.mark.parametrize(
    ("most", "drawn"),
    [
        (1.0, [0]),
        (5.5, [0, 2, 4]),
        (12, [0, 2, 4, 6, 8, 10, 12]),
        (29, [0, 5, 10, 15, 20, 25]),
        (100, [0, 20, 40, 60, 80, 100]),
        (1234, [0, 500, 1000]),
    ],
)
def test_an_axis_has_round_numbers(most: float, drawn: list[int]) -> None:
    assert list(formats.ticks(most)) == drawn
