"""Commands in comments: what a maintainer may tell us without leaving the tracker. Nobody claims a task by a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

COMMAND = "command"
"""The kind of the job that reads a comment again and does what it says."""
HALF_DAY, DAY = 4, 8
READ_AT_MOST = 10_000
_FENCE = re.compile(r"(?:```|~~~)")
_STOP = re.compile(r"/wecena[ \t]+stop", re.IGNORECASE)
_SIZE = re.compile(
    r"/wecena[ \t]+size[ \t]+(\d{1,3}(?:[.,]\d{1,2})?)[ \t]*(?:(h|hours?|heures?)|(?:d|days?|j|jours?))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing more of this project."""


@dataclass(frozen=True, slots=True)
class Resize:
    """The task of this issue takes so long: half a day, one day, or two, of which two mean that it is to be split."""

    days: Decimal


def command_of(body: str) -> Stop | Resize | None:
    """The first command of a comment: a line of its own, neither quoted nor inside a block of code."""
    is_code = False
    for line in body[:READ_AT_MOST].splitlines():
        if _FENCE.match(line.lstrip()):
            is_code = not is_code
        elif not is_code and (found := _read(line.rstrip())) is not None:
            return found
    return None


def _read(line: str) -> Stop | Resize | None:
    if _STOP.fullmatch(line):
        return Stop()
    size = _SIZE.fullmatch(line)
    if size is None:
        return None
    hours = float(size[1].replace(",", ".")) * (1 if size[2] else DAY)
    if not hours:
        return None
    return Resize(Decimal("0.5") if hours <= HALF_DAY else Decimal(1) if hours <= DAY else Decimal(2))
