"""Deliveries as rows: a group of them in one durable transaction, each stored once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from isal import isal_zlib
from sqlalchemy import Engine, Update, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError

from connector.db.tables import Delivery, Hook
from webhooks.delivery import Accepted
from webhooks.delivery import Delivery as Received

LEVEL = 1
"""Of 12 KB three quarters go in a quarter of the time that the standard library takes; it can read the result."""
KEY = ("hook_id", "external_id")


@dataclass(frozen=True, slots=True)
class Draft:
    """A delivery's row, compressed already. ``signed_at``: this hook's first signed one came then."""

    row: dict[str, Any]  # the library's parameters
    signed_at: datetime | None

    @property
    def key(self) -> tuple[int, str]:
        """What makes it the same delivery."""
        return self.row["hook_id"], self.row["external_id"]


class Writer:
    """Commits groups of deliveries, one group at a time: two would only wait for each other at the database."""

    def __init__(self, engine: Engine) -> None:
        insert = sqlite.insert(Delivery) if engine.dialect.name == "sqlite" else postgresql.insert(Delivery)
        self._engine = engine
        self._turn = threading.Lock()
        self._only_new = insert.on_conflict_do_nothing(index_elements=KEY)
        self._telling = self._only_new.returning(Delivery.hook_id, Delivery.external_id)

    def write(self, drafts: Sequence[Draft]) -> Sequence[Accepted | None]:
        """What became of each, once all are on disk; None for one whose hook was removed a moment ago."""
        try:
            with self._turn:
                return self._all_new(drafts) or self._each_told(drafts)
        except (IntegrityError, DataError):
            if len(drafts) == 1:
                return [None]
            return [self.write([draft])[0] for draft in drafts]

    def _all_new(self, drafts: Sequence[Draft]) -> Sequence[Accepted]:
        """The usual case, and the fast one: nothing but new ones. Else nothing is written and nobody is answered."""
        with self._engine.connect() as connection, connection.begin() as transaction:
            rows = [draft.row for draft in drafts]
            inserted = connection.execute(self._only_new, rows, execution_options={"preserve_rowcount": True})
            if inserted.rowcount != len(drafts):
                transaction.rollback()
                return []
            for statement in _first_signatures(drafts):
                connection.execute(statement)
        return [Accepted.STORED] * len(drafts)

    def _each_told(self, drafts: Sequence[Draft]) -> Sequence[Accepted]:
        with self._engine.begin() as connection:
            new = connection.execute(self._telling, [draft.row for draft in drafts])
            fresh = {(hook_id, external_id) for hook_id, external_id in new}
            for statement in _first_signatures(drafts):
                connection.execute(statement)
        return list(_answers(drafts, fresh))


def draft_of(delivery: Received) -> Draft:
    """What will be written of a delivery; compressing it takes a moment, so it is done before others wait for it."""
    return Draft(
        row={
            "hook_id": delivery.hook_id,
            "external_id": delivery.external_id,
            "event": delivery.event,
            "headers": dict(delivery.headers),
            "body": isal_zlib.compress(delivery.body, LEVEL),
            "received_at": delivery.received_at,
            "tries": 0,
        },
        signed_at=delivery.received_at if delivery.first_signed else None,
    )


def _first_signatures(drafts: Sequence[Draft]) -> Iterator[Update]:
    first = {draft.row["hook_id"]: draft.signed_at for draft in reversed(drafts) if draft.signed_at is not None}
    for hook_id, signed_at in sorted(first.items()):
        yield update(Hook).where(Hook.id == hook_id, Hook.signed_seen_at.is_(None)).values(signed_seen_at=signed_at)


def _answers(drafts: Sequence[Draft], fresh: set[tuple[int, str]]) -> Iterator[Accepted]:
    # Of two with the same id in one group only the first is new.
    for draft in drafts:
        yield Accepted.STORED if draft.key in fresh else Accepted.SEEN
        fresh.discard(draft.key)
