"""How long, in the words of a language: minutes below one hour, hours above. Pure: whoever calls brings the language."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]
SENTENCES = {
    "minutes": "%(minutes)s min",
    "hours": "%(hours)s h",
    "both": "%(hours)s h %(minutes)s",
    "between": "%(low)s – %(high)s",
    "between_hours": "%(low)s–%(high)s h",
    "between_minutes": "%(low)s–%(high)s min",
    "at_most": "at most %(time)s",
    "more_than": "more than %(time)s",
}
AN_HOUR = 60
ROUND_MINUTES = (5, 10, 15, 20, 30, 45, AN_HOUR)
"""What ends of a range below one hour are told as."""


def length(minutes: int, translate: Translate = str) -> str:
    """45 min, 2 h, 1 h 30."""
    hours, left = divmod(minutes, AN_HOUR)
    if not hours:
        return translate(SENTENCES["minutes"]) % {"minutes": left}
    return translate(SENTENCES["both" if left else "hours"]) % {"hours": hours, "minutes": f"{left:02}"}


def between(low: int, high: int, translate: Translate = str) -> str:
    """Minutes as a range: 2–5 h, 15–30 min, 30 min – 8 h; one length where both are the same."""
    if low >= high:
        return length(high, translate)
    if low % AN_HOUR == 0 and high % AN_HOUR == 0:
        return translate(SENTENCES["between_hours"]) % {"low": low // AN_HOUR, "high": high // AN_HOUR}
    if high < AN_HOUR:
        return translate(SENTENCES["between_minutes"]) % {"low": low, "high": high}
    return translate(SENTENCES["between"]) % {"low": length(low, translate), "high": length(high, translate)}


def rounded(hours: float) -> int:
    """Minutes that an end of a range is told as: whole hours, below one the nearest round number of minutes."""
    minutes = hours * AN_HOUR
    if minutes < AN_HOUR:
        return min(ROUND_MINUTES, key=lambda step: abs(step - minutes))
    return int(hours + 0.5) * AN_HOUR


def stated(hours: str, translate: Translate = str) -> str:
    """What somebody stated, as it is kept with a reason ("0.5", "1–2", "0–8", "> 4"), in words."""
    if hours.startswith(">"):
        return translate(SENTENCES["more_than"]) % {"time": length(_minutes(hours.lstrip("> ")), translate)}
    first, _, last = hours.partition("–")
    low, high = _minutes(first), _minutes(last or first)
    if low == 0 < high:
        return translate(SENTENCES["at_most"]) % {"time": length(high, translate)}
    return between(low, high, translate)


def _minutes(hours: str) -> int:
    """To the minute below one hour, else to five: "more than a day" is kept as 8.01 hours."""
    minutes = float(hours) * AN_HOUR
    return round(minutes) if minutes < AN_HOUR else 5 * round(minutes / 5)
