"""People, their one-time links, sessions and tokens. Only hashes of what is handed out are stored."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.accounts.rules import LinkKind, Principal, Role, link_ends, may_invite, session_limits
from connector.db.tables import (
    ApiToken,
    Company,
    Nonprofit,
    Person,
    SignInLink,
    WebSession,
    maintainership,
)
from connector.errors import NotAllowedError, NotFoundError, UserError
from connector.web.i18n import gettext as _

Row = TypeVar("Row", Company, Nonprofit, Person)
TOKEN_BYTES = 32
MAX_ADDRESS = 254
ADDRESS = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+")
TOUCH_EVERY = timedelta(minutes=1)
NOTE_EVERY = timedelta(hours=1)
"""How often it is noted that a token was used."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite, and as what. Company and nonprofit are names; new ones are created."""

    email: str
    role: Role
    company: str = ""
    nonprofit: str = ""
    project_ids: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """The person, and the token of their one-time link."""

    person: Person
    token: str


def invite(
    session: Session, invitation: Invitation, *, now: datetime, by: int | None = None, inviter: Role | None = None
) -> Invited:
    """Create the person, or give a known one this role; raises `UserError` for what is missing or wrong.

    ``inviter`` None is the operator at the command line, who may give every role.
    """
    if not may_invite(inviter, invitation.role):
        raise NotAllowedError(_("Only an admin can invite an admin."))
    _check(invitation)
    person = _person(session, normal_address(invitation.email), now)
    if not may_invite(inviter, Role(person.role)):
        raise NotAllowedError(_("Only an admin can change the role of an admin."))
    _give_role(session, person, invitation, now)
    data = {"person": person.id, "role": invitation.role.value}
    audit.record(session, "person_invited", now=now, by=by, data=data)
    return Invited(person, make_link(session, person, LinkKind.INVITATION, now=now))


def normal_address(email: str) -> str:
    """The address as it is stored; raises `UserError` where it is none."""
    address = email.strip().lower()
    if len(address) > MAX_ADDRESS or not ADDRESS.fullmatch(address):
        raise UserError(_("%(email)s is not an e-mail address.", email=repr(email)))
    return address


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this address, in any case."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def note_wish(session: Session, person: Person | None, now: datetime) -> None:
    """Note that somebody asked for a link: known or not, one row is committed, so that both take the same time."""
    audit.record(session, "link_asked", now=now, by=None, data={"person": person.id if person else None})


def make_link(session: Session, person: Person, kind: LinkKind, *, now: datetime) -> str:
    """A new one-time link; returns its token, which is not kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        SignInLink(
            person_id=person.id, kind=kind.value, token_hash=digest(token), created_at=now,
            expires_at=link_ends(kind, now),
        )
    )  # fmt: skip
    session.flush()
    return token


def link_url(public_url: str, token: str) -> str:
    """The address of a one-time link."""
    return f"{public_url}/sign-in/{token}"


def link_works(session: Session, token: str, now: datetime) -> bool:
    """Whether `use_link` would accept this token now."""
    return session.scalar(select(SignInLink.id).where(*_usable(token, now))) is not None


def use_link(session: Session, token: str, now: datetime) -> Person | None:
    """The person this link is for, once; None for an unknown, used or expired link, or a disabled person."""
    person_id = session.scalar(
        update(SignInLink).where(*_usable(token, now)).values(used_at=now).returning(SignInLink.person_id)
    )
    person = None if person_id is None else session.get(Person, person_id)
    return None if person is None or person.disabled_at else person


def first_admin_link(session: Session, email: str, now: datetime) -> str | None:
    """The token of a link for the first admin, new at every start; None once one was used."""
    links = select(SignInLink.id).where(SignInLink.kind == LinkKind.FIRST_ADMIN.value)
    if session.scalar(links.where(SignInLink.used_at.is_not(None)).limit(1)) is not None:
        return None
    session.execute(delete(SignInLink).where(SignInLink.kind == LinkKind.FIRST_ADMIN.value))
    person = _person(session, normal_address(email), now)
    if person.role != Role.ADMIN:
        person.role = Role.ADMIN.value
        audit.record(session, "first_admin_named", now=now, by=None, data={"person": person.id})
    return make_link(session, person, LinkKind.FIRST_ADMIN, now=now)


def start_session(session: Session, person: Person, now: datetime) -> str:
    """A new signed-in browser; returns the token for its cookie."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ends = now + session_limits(Role(person.role)).absolute
    session.add(
        WebSession(person_id=person.id, token_hash=digest(token), created_at=now, last_seen_at=now, expires_at=ends)
    )
    person.last_seen_at = now
    audit.record(session, "signed_in", now=now, by=person.id)
    return token


def end_session(session: Session, token: str, now: datetime) -> None:
    """Sign this browser out; its cookie is worth nothing from now on."""
    ended = session.scalar(
        update(WebSession)
        .where(WebSession.token_hash == digest(token), WebSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(WebSession.person_id)
    )
    if ended is not None:
        audit.record(session, "signed_out", now=now, by=ended)


def end_all_sessions(session: Session, person_id: int, now: datetime) -> None:
    """Sign this person out everywhere, as after a change of role."""
    session.execute(
        update(WebSession)
        .where(WebSession.person_id == person_id, WebSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def touch_session(session: Session, token: str, now: datetime) -> None:
    """Note that this browser was here, so that it does not fall idle."""
    session.execute(update(WebSession).where(WebSession.token_hash == digest(token)).values(last_seen_at=now))


def is_due_for_touch(session: Session, token: str, now: datetime) -> bool:
    """Whether the last note of this browser is old enough to write a new one."""
    seen = session.scalar(select(WebSession.last_seen_at).where(WebSession.token_hash == digest(token)))
    return seen is not None and seen + TOUCH_EVERY <= now


def make_token(session: Session, person: Person, now: datetime, by: int | None = None) -> str:
    """A new API token with the person's rights, to be shown once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(ApiToken(person_id=person.id, token_hash=digest(token), created_at=now))
    audit.record(session, "token_made", now=now, by=by, data={"person": person.id})
    return token


def tokens(session: Session, person: Person | None = None) -> Sequence[tuple[ApiToken, str]]:
    """The API tokens of a person or of everybody, oldest first, each with the address of whose it is."""
    found = select(ApiToken, Person.email).join(Person, Person.id == ApiToken.person_id).order_by(ApiToken.id)
    if person is not None:
        found = found.where(ApiToken.person_id == person.id)
    return [(row, email) for row, email in session.execute(found)]


def revoke_token(session: Session, token_id: int, now: datetime, by: int | None = None) -> None:
    """From now on this API token opens nothing; raises `NotFoundError` for a number that no token has."""
    row = session.get(ApiToken, token_id)
    if row is None:
        raise NotFoundError(f"No token has the number {token_id}: see `wecena token list`.")
    if row.revoked_at is None:
        row.revoked_at = now
        audit.record(session, "token_revoked", now=now, by=by, data={"person": row.person_id, "token": row.id})


def is_due_for_note(session: Session, token: str, now: datetime) -> bool:
    """Whether the last note that this API token was used is old enough to write a new one."""
    last = session.scalar(select(ApiToken.last_used_at).where(ApiToken.token_hash == digest(token)))
    return last is None or last + NOTE_EVERY <= now


def note_use(session: Session, token: str, now: datetime) -> None:
    """Note that this API token was used."""
    session.execute(update(ApiToken).where(ApiToken.token_hash == digest(token)).values(last_used_at=now))


def principal_of_session(session: Session, token: str, now: datetime) -> Principal | None:
    """Who is signed in with this cookie; None where it is unknown, ended, idle for too long or too old."""
    found = session.execute(
        select(WebSession, Person)
        .join(Person, Person.id == WebSession.person_id)
        .where(WebSession.token_hash == digest(token), WebSession.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    browser, person = found
    limits = session_limits(Role(person.role))
    ends = min(browser.last_seen_at + limits.idle, browser.created_at + limits.absolute, browser.expires_at)
    return principal_of(session, person) if now < ends else None


def principal_of_token(session: Session, token: str, now: datetime) -> Principal | None:  # noqa: ARG001  (the contract hands the time in)
    """Whose Bearer token this is; None where it is unknown or revoked."""
    person = session.scalar(
        select(Person)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(ApiToken.token_hash == digest(token), ApiToken.revoked_at.is_(None))
    )
    return None if person is None else principal_of(session, person)


def principal_of(session: Session, person: Person) -> Principal | None:
    """The person with their rights; None where they were disabled."""
    if person.disabled_at is not None:
        return None
    projects = select(maintainership.c.project_id).where(maintainership.c.person_id == person.id)
    return Principal(
        person_id=person.id,
        role=Role(person.role),
        company_id=person.company_id,
        nonprofit_id=person.nonprofit_id,
        project_ids=frozenset(session.scalars(projects)),
        name=person.name,
        email=person.email,
    )


def company_named(session: Session, name: str, now: datetime) -> Company:
    """The company of this name, created where it is new."""
    return _found_or_made(
        session, select(Company).where(Company.name == name.strip()), Company(name=name.strip(), created_at=now)
    )


def nonprofit_named(session: Session, name: str, now: datetime) -> Nonprofit:
    """The nonprofit of this name, created where it is new."""
    return _found_or_made(
        session, select(Nonprofit).where(Nonprofit.name == name.strip()), Nonprofit(name=name.strip(), created_at=now)
    )


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _check(invitation: Invitation) -> None:
    if invitation.role is Role.COMPANY_CONTACT and not invitation.company.strip():
        raise UserError(_("A company contact needs a company."))
    if invitation.role is Role.NONPROFIT_CONTACT and not invitation.nonprofit.strip():
        raise UserError(_("A nonprofit contact needs a nonprofit."))
    if invitation.role is Role.MAINTAINER and not invitation.project_ids:
        raise UserError(_("A maintainer needs a project."))


def _person(session: Session, email: str, now: datetime) -> Person:
    new = Person(email=email, name=email.partition("@")[0], role=Role.VOLUNTEER.value, created_at=now)
    return _found_or_made(session, select(Person).where(Person.email == email), new)


def _found_or_made(session: Session, query: Select[Row], new: Row) -> Row:
    """Two people may name the same new thing at once: the database decides, and the second one finds it."""
    found = session.scalar(query)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return session.scalars(query).one()
    return new


def _give_role(session: Session, person: Person, invitation: Invitation, now: datetime) -> None:
    if person.role != invitation.role:
        end_all_sessions(session, person.id, now)
    person.role = invitation.role.value
    person.name = invitation.name.strip() or person.name
    if invitation.company.strip():
        person.company_id = company_named(session, invitation.company, now).id
    if invitation.nonprofit.strip():
        person.nonprofit_id = nonprofit_named(session, invitation.nonprofit, now).id
    known = set(session.scalars(select(maintainership.c.project_id).where(maintainership.c.person_id == person.id)))
    for project_id in set(invitation.project_ids) - known:
        session.execute(insert(maintainership).values(person_id=person.id, project_id=project_id))
    session.flush()


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    lasting = SignInLink.expires_at.is_(None) | (SignInLink.expires_at > now)
    return SignInLink.token_hash == digest(token), SignInLink.used_at.is_(None), lasting
