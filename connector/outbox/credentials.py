"""How we stand with each forge under each token: who has to wait, whom it refuses, and how fast we may write.

A limit or a refused token closes everything that is done with that token at that forge, reading and writing, and
nothing else. A row belongs to the token's digest, so a replaced token is open at once, in whichever process has it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.inserts import insert_or_ignore
from connector.db.tables import Credential, Person, Project, maintainership
from connector.outbox import rules
from connector.outbox.mails import send_mail
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking
from sources.errors import BadCredentials, RateLimited, SourceError

Fingerprint = Callable[[str, str], str]
"""Source and host -> the digest of our token there, empty where we have none."""
CLOSING = (RateLimited, BadCredentials)
"""What says something about the token, not about what was asked."""
HELD_FOR = timedelta(minutes=15)
"""How long what needs a refused token waits before it is looked at again, without any call."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """A forge and the token that we show there."""

    source: str
    host: str
    fingerprint: str


def nobody(_source: str, _host: str) -> str:
    """The fingerprint of no token at all."""
    return ""


def access_to(project: Project, fingerprint: Fingerprint) -> Access:
    """How a project is reached."""
    if project.installation_id is not None:
        # Limits and refusals of an App's installation are its own.
        lent = hashlib.sha256(f"wecena installation {project.installation_id}".encode()).hexdigest()
        return Access(project.source, project.host, lent)
    return Access(project.source, project.host, fingerprint(project.source, project.host))


def hold(session: Session, access: Access) -> Credential:
    """The row of this access, made where there is none, kept from others until the transaction ends."""
    found = _locked(session, access)
    if found is None:
        insert = insert_or_ignore(session, Credential, key=["source", "host", "fingerprint"])
        session.execute(
            insert.values(source=access.source, host=access.host, fingerprint=access.fingerprint, limits=0, writes=[])
        )
        found = _locked(session, access)
    if found is None:
        raise LookupError(access)
    return found


def find(session: Session, access: Access) -> Credential | None:
    """The row of this access, to look at; None where nothing is known of it yet."""
    return session.scalar(_of(access))


def closed_until(row: Credential | None, now: datetime) -> datetime | None:
    """Until when nothing is asked under this credential; None where it is open."""
    if row is None:
        return None
    if row.revoked_at is not None:
        return now + HELD_FOR
    return row.paused_until if row.paused_until is not None and row.paused_until > now else None


def refuse_if_closed(db: Database, access: Access, now: datetime) -> None:
    """Raise `RateLimited` where nothing may be asked now: the limit is not over, or the token was refused."""
    with db.readers() as session:
        row = find(session, access)
    until = closed_until(row, now)
    if until is not None:
        raise RateLimited(until, f"{access.host} is not asked before {until:%Y-%m-%d %H:%M} UTC.")


def note(db: Database, access: Access, error: SourceError, now: datetime) -> None:
    """Close the access after a limit or a refused token, which is told to people once; other errors change nothing."""
    if not isinstance(error, CLOSING):
        return
    with db.sessions.begin() as session:
        row = hold(session, access)
        if isinstance(error, RateLimited):
            until = rules.pause_until(error, row.limits, now)
            row.paused_until = max(until, row.paused_until or until)
            row.limits += error.is_guess
            log.warning("forge paused", host=access.host, until=row.paused_until.isoformat())
        elif row.revoked_at is None:
            row.revoked_at = now
            _tell(session, access, now)
            log.warning("token refused", host=access.host)


def note_success(session: Session, access: Access, now: datetime) -> None:
    """A call went well: the next limit that does not say until when is the first one again."""
    row = find(session, access)
    if row is not None and row.limits and closed_until(row, now) is None:
        hold(session, access).limits = 0


def reopen(session: Session, source: str, host: str) -> int:
    """Use this forge again at once, under any token; tells how many were closed."""
    rows = session.scalars(
        select(Credential).where(Credential.source == source, Credential.host == host).with_for_update()
    ).all()
    closed = [row for row in rows if row.revoked_at is not None or row.paused_until is not None]
    for row in closed:
        row.revoked_at = row.paused_until = None
        row.limits = 0
    return len(closed)


def _of(access: Access) -> Select[Credential]:
    return select(Credential).where(
        Credential.source == access.source,
        Credential.host == access.host,
        Credential.fingerprint == access.fingerprint,
    )


def _locked(session: Session, access: Access) -> Credential | None:
    return session.scalar(_of(access).with_for_update().execution_options(populate_existing=True))


def _tell(session: Session, access: Access, now: datetime) -> None:
    """Tell the coordinators, and the maintainers of the projects there."""
    followed = select(Project.id).where(
        Project.source == access.source, Project.host == access.host, Project.removed_at.is_(None)
    )
    maintaining = select(maintainership.c.person_id).where(maintainership.c.project_id.in_(followed))
    told = select(Person).where(
        Person.disabled_at.is_(None), (Person.role == "coordinator") | Person.id.in_(maintaining)
    )
    for person in session.scalars(told.order_by(Person.id)):
        with speaking(person.language):
            subject = _("%(host)s refuses our token", host=access.host)
            text = _(
                "%(host)s refuses the token of this service: nothing is read or written there until it is replaced.",
                host=access.host,
            )
            send_mail(session, person.email, subject, text, now)
