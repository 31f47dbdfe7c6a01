"""Which deliveries are missing, told from a tracker's list of its attempts to deliver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sources.base import DeliveryLog, Undelivered


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a tracker to hand over a delivery."""

    number: int
    delivery_id: str
    has_worked: bool


def delivery_log(hook_id: str, attempts: Iterable[Attempt], *, after: int) -> DeliveryLog:
    """What is missing of a hook's attempts; those up to ``after`` were looked at before."""
    rows = sorted((row for row in attempts if row.number > after), key=lambda row: row.number)
    arrived = {row.delivery_id for row in rows if row.has_worked}
    missing = {row.delivery_id: row for row in rows if row.delivery_id and row.delivery_id not in arrived}
    failed = sorted(missing.values(), key=lambda row: row.number)
    return DeliveryLog(
        newest=max((row.number for row in rows), default=after),
        failed=tuple(Undelivered(row.number, row.delivery_id, hook_id) for row in failed),
    )
