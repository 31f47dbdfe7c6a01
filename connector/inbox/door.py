"""What the door is given: the keys of a hook, and the commit of a delivery before it is answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from connector.clock import Clock
from connector.db.engine import PATIENCE, Database
from connector.db.tables import Hook, Project
from connector.db.vault import Vault
from connector.inbox.commit import GroupCommit, GroupFailed
from connector.inbox.outage import Outage
from connector.inbox.writing import Draft, Writer, draft_of
from connector.projects import hooks
from webhooks.delivery import Accepted, Delivery, HookKeys, InboxUnavailable

KEYS_LIVE_SECONDS = 5.0
REREAD_SECONDS = 0.2
MOST_KEYS = 10_000
PATIENCE_SECONDS = 1.5
"""How long a group waits for another writer before the forge is told to come again."""


@dataclass(frozen=True, slots=True)
class _Known:
    keys: HookKeys
    until: float
    may_reread_at: float = 0.0


class Inbox:
    """The callables of the door. They raise `InboxUnavailable` while the database is away. Safe between threads."""

    def __init__(
        self, db: Database, vault: Vault, clock: Clock, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._db = db
        self._vault = vault
        self._clock = clock
        self._monotonic = monotonic
        self._known: dict[tuple[str, str], _Known] = {}
        self._outage = Outage()
        self._writer = Writer(db.engine.execution_options(**{PATIENCE: PATIENCE_SECONDS}))
        self._commit: GroupCommit[Draft, Accepted | None] = GroupCommit(self._writer.write)

    def at_hand(self, source: str, key: str) -> HookKeys | None:
        """The live keys of a hook where they were read at most `KEYS_LIVE_SECONDS` ago."""
        known = self._known.get((source, key))
        return known.keys if known is not None and known.until > self._monotonic() else None

    def lookup(self, source: str, key: str) -> HookKeys | None:
        """The live keys of a hook, at most `KEYS_LIVE_SECONDS` old; None for an unknown hook or a removed project."""
        keys = self.at_hand(source, key)
        if keys is not None:
            return keys
        keys = self._read_keys(source, key)
        if keys is not None:
            self._remember((source, key), keys)
        return keys

    def reread(self, source: str, key: str) -> HookKeys | None:
        """The keys of a hook as they are now, or were `REREAD_SECONDS` ago: a secret may be that young."""
        known = self._known.get((source, key))
        if known is not None and known.may_reread_at > self._monotonic():
            return known.keys
        keys = self._read_keys(source, key)
        if keys is not None:
            self._remember((source, key), keys, may_reread_at=self._monotonic() + REREAD_SECONDS)
        return keys

    def accept(self, delivery: Delivery) -> Accepted:
        """Commit a delivery, together with those that come at the same time."""
        draft = draft_of(delivery)
        try:
            with self._outage.watched():
                accepted = self._commit.add(draft)
        except GroupFailed as exc:
            raise InboxUnavailable from exc
        if accepted is None:
            raise InboxUnavailable
        self._note_signatures([delivery])
        return accepted

    def accept_all(self, deliveries: Sequence[Delivery]) -> Sequence[Accepted | None]:
        """Commit these together; None for one whose hook was removed a moment ago."""
        drafts = [draft_of(delivery) for delivery in deliveries]
        with self._outage.watched():
            accepted = self._writer.write(drafts)
        self._note_signatures(deliveries)
        return accepted

    def _read_keys(self, source: str, key: str) -> HookKeys | None:
        known = select(Hook).outerjoin(Project).where(Hook.source == source, Hook.key == key)
        # A hook without a project of its own serves all that its owner has here, now or later.
        wanted = known.where(Project.removed_at.is_(None))
        with self._outage.watched(), self._db.readers() as session:
            hook = session.scalar(wanted)
            if hook is None:
                return None
            keys = tuple(hooks.live_keys(session, hook, self._vault, self._clock()))
        return HookKeys(hook_id=hook.id, source=source, keys=keys, signed_only=hook.signed_seen_at is not None)

    def _remember(self, address: tuple[str, str], keys: HookKeys, *, may_reread_at: float = 0.0) -> None:
        if len(self._known) >= MOST_KEYS:
            self._known.clear()
        self._known[address] = _Known(keys, self._monotonic() + KEYS_LIVE_SECONDS, may_reread_at)

    def _note_signatures(self, deliveries: Sequence[Delivery]) -> None:
        """From its first signature on, a hook's keys are no longer what was remembered."""
        changed = {delivery.hook_id for delivery in deliveries if delivery.first_signed}
        for address, known in list(self._known.items()) if changed else ():
            if known.keys.hook_id in changed:
                self._known.pop(address, None)
