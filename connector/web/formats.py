"""How dates, hours, days and chances are written in the current language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import has_app_context

from connector.web import amounts
from connector.web.i18n import gettext as _
from connector.web.i18n import locale
from connector.web.services import services

WORDS = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "fr": ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
}


def long_day(day: date | datetime) -> str:
    """Lundi 23 novembre, Monday 23 November; in lower case in French."""
    return _first(format_date(local_day(day), "EEEE d MMMM", locale()))


def short_day(day: date | datetime) -> str:
    """23 nov., 23 Nov."""
    return _first(format_date(local_day(day), "d MMM", locale())).replace(" ", "\N{NO-BREAK SPACE}")


def dated(day: date | datetime) -> str:
    """23 novembre 2026, 23 November 2026."""
    return _first(format_date(local_day(day), "d MMMM yyyy", locale()))


def weekday(day: date | datetime) -> str:
    """Lundi, Monday."""
    return format_date(local_day(day), "EEEE", locale())


def month(day: date) -> str:
    """Novembre 2026, November 2026."""
    return format_date(day, "MMMM yyyy", locale())


def moment(at: datetime) -> str:
    """3 nov., 09:12; for columns, in the zone of the service."""
    return f"{short_day(at)}, {_local(at):%H:%M}"


def clock_time(at: datetime) -> str:
    """9 h 05 in French prose, 9:05 in English."""
    local = _local(at)
    if locale().language == "fr":
        return f"{local.hour}\N{NO-BREAK SPACE}h" + (f"\N{NO-BREAK SPACE}{local:%M}" if local.minute else "")
    return f"{local.hour}:{local:%M}"


def hours(low: float, high: float) -> str:
    """2 à 5 h, 30 min à 8 h; 2–5 h, 30 min – 8 h: whole hours, minutes below one."""
    return amounts.between(amounts.rounded(low), amounts.rounded(high), _)


def percent(chance: float) -> str:
    """78 %, 78%; never 0 or 100, which nobody can promise."""
    return _hundredths(min(99, max(1, _rounded(chance * 100))))


def share(observed: float) -> str:
    """78 %, 78%: what was counted, which may well be 0 or 100."""
    return _hundredths(_rounded(observed * 100))


def shares(low: float, high: float) -> str:
    """De 70 à 80 %, 70 to 80%."""
    return _("%(low)s to %(high)s", low=_rounded(low * 100), high=share(high))


def ticks(most: float) -> range:
    """Round numbers from 0 to this for an axis, seven at most: in steps of 2, 5, 10, 20, 50."""
    step = next(digit * 10**power for power in range(9) for digit in (2, 5, 10) if most <= 6 * digit * 10**power)
    return range(0, int(most) + 1, step)


def tenths(chance: float) -> int:
    """Chance in tenths, rounded half up, never below 1 nor above 9."""
    return min(9, max(1, _rounded(chance * 10)))


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Always with the same decimals: 23,5 or 8,0."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale())


def days(value: Decimal | float) -> str:
    """2,5 j; 2.5 d: for tables."""
    return _("%(days)s d", days=number(value, 1))


def how_long(value: Decimal | float) -> str:
    """A time in words, as the first words of a sentence."""
    names: dict[float, Callable[[], str]] = {
        0.0: lambda: _("None"),
        0.5: lambda: _("Half a day"),
        1.0: lambda: _("One day"),
        2.0: lambda: _("Two days"),
    }
    return names[float(value)]() if float(value) in names else _("%(days)s days", days=number(value, 1))


def minutes(count: int) -> str:
    """A length of work: 45 min, 2 h, 1 h 30."""
    return amounts.length(count, _)


def in_words(count: int) -> str:
    """Numbers up to ten in words, figures above."""
    words = WORDS[locale().language]
    return words[count] if 0 <= count < len(words) else number(count)


def language_name(code: str) -> str:
    """The name of a language in the current one: anglais, English."""
    return _language_name(code, locale().language)


@lru_cache(maxsize=256)
def _language_name(code: str, spoken: str) -> str:
    try:
        return Locale.parse(code).get_language_name(spoken) or code
    except (UnknownLocaleError, ValueError):
        return code


def zone() -> tzinfo:
    """The zone in which days and times are shown."""
    return ZoneInfo(services().settings.timezone if has_app_context() else "Europe/Paris")


def _local(at: datetime) -> datetime:
    return at.astimezone(zone())


def local_day(day: date | datetime) -> date:
    """The day of a moment in the zone of the service; a day stays itself."""
    return _local(day).date() if isinstance(day, datetime) else day


def _first(text: str) -> str:
    # French says "1er novembre"; the locale data does not.
    if locale().language != "fr":
        return text
    return " ".join("1er" if word == "1" else word for word in text.split(" "))


def _hundredths(value: int) -> str:
    return f"{value}\N{NARROW NO-BREAK SPACE}%" if locale().language == "fr" else f"{value}%"


def _rounded(value: float) -> int:
    return int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))


FILTERS: dict[str, Callable[..., object]] = {
    "long_day": long_day,
    "short_day": short_day,
    "dated": dated,
    "weekday": weekday,
    "month": month,
    "moment": moment,
    "clock_time": clock_time,
    "percent": percent,
    "share": share,
    "ticks": ticks,
    "tenths": tenths,
    "number": number,
    "days": days,
    "how_long": how_long,
    "work_time": minutes,
    "in_words": in_words,
    "language_name": language_name,
}
