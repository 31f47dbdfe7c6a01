"""Deliveries that the forge could not hand over: found in its own list, and asked for again under their old id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.db.engine import Database
from connector.db.tables import App, Delivery, Hook, Project
from sources.base import Deliverer, DeliveryLog, Undelivered
from sources.errors import BadCredentials, Forbidden, NotFound, Rejected

MOST_AT_ONCE = 5
"""GitLab makes no more than five deliveries again a minute."""

log = structlog.get_logger(__name__)


def recover(db: Database, hook_id: int, clock: Clock, forge: Deliverer, *, url: str) -> int:
    """Have the forge deliver again what failed since the last look; tells how many are left for another look.

    ``forge`` keeps the list, ``url`` is the address of our hook. Where the forge does not let us look, the reason is kept at the hook; the sweep
    finds what was lost all the same. Raises other `SourceError`s.
    """
    with db.readers() as session:
        after = session.get_one(Hook, hook_id).recovered_to or 0
    try:
        found = forge.undelivered(url, after=after)
    except BadCredentials:
        raise
    except (Forbidden, NotFound) as exc:
        _note(db, hook_id, clock(), refused=str(exc))
        return 0
    missing = _missing(db, hook_id, found)
    wanted, left = missing[:MOST_AT_ONCE], missing[MOST_AT_ONCE:]
    _ask_again(forge, wanted)
    _note(db, hook_id, clock(), read_to=wanted[-1].number if left else found.newest, failures=len(found.failed))
    log.info("recovery", hook=hook_id, asked=len(wanted), left=len(left))
    return len(left)


def _missing(db: Database, hook_id: int, found: DeliveryLog) -> list[Undelivered]:
    """Those that we do not have: an answer of ours may have been lost on its way."""
    ids = [each.delivery_id for each in found.failed]
    with db.readers() as session:
        stored = set(
            session.scalars(
                select(Delivery.external_id).where(Delivery.hook_id == hook_id, Delivery.external_id.in_(ids))
            )
        )
    return [each for each in found.failed if each.delivery_id not in stored]


def _ask_again(forge: Deliverer, wanted: Sequence[Undelivered]) -> None:
    for each in wanted:
        try:
            forge.redeliver(each)
        except (NotFound, Rejected) as exc:  # forgotten meanwhile, or the address was changed since
            log.warning("delivery not made again", delivery=each.delivery_id, because=str(exc))


def _note(
    db: Database,
    hook_id: int,
    now: datetime,
    *,
    read_to: int | None = None,
    refused: str | None = None,
    failures: int = 0,
) -> None:
    with db.sessions.begin() as session:
        hook = session.get_one(Hook, hook_id)
        hook.recovered_at, hook.recovery_refused, hook.failures = now, refused, failures
        if read_to is not None:
            hook.recovered_to = max(hook.recovered_to or 0, read_to)


def hooks_to_look_at(session: Session) -> Sequence[int]:
    """The hooks of projects and of Apps whose forge may be asked."""
    followed = select(Hook.id).join(Project).where(Project.removed_at.is_(None), Project.is_offline.is_(False))
    made = select(App.hook_id).where(App.external_id.is_not(None))
    return sorted(session.scalars(followed.union(made)))
