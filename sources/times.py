"""Times as trackers write them, always to aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

# Seen: 2016-08-18T17:56:30Z, 2016-08-18 17:56:30 UTC, 2016-08-18 19:56:30 +0200, fractions of any length.
_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2}:\d{2})(?P<fraction>\.\d+)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def parse_time(value: object) -> datetime | None:
    """The moment written in ``value`` (ISO text, GitLab's ``... UTC``, or epoch seconds), None if it is none.

    A time without a zone is taken as UTC.
    """
    if isinstance(value, bool):
        return None
    try:
        if isinstance(value, (int, float)):
            return datetime.fromtimestamp(value, UTC)
        return _from_text(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def _from_text(value: str) -> datetime | None:
    if _USUAL.fullmatch(value):
        return datetime.fromisoformat(value)
    found = _WRITTEN.fullmatch(value.strip())
    if found is None:
        return None
    zone = (found["zone"] or "UTC").upper()
    fraction = (found["fraction"] or "")[:7].ljust(7, "0") if found["fraction"] else ""
    moment = f"{found['day']}T{found['time']}{fraction}{'+00:00' if zone in ('Z', 'UTC') else zone}"
    return datetime.fromisoformat(moment).astimezone(UTC)


def iso(moment: datetime) -> str:
    """``2026-11-02T09:00:00Z``, the form that both forges take in a query."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
