"""People, links, sessions and tokens on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import service
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.db.engine import Database
from connector.db.tables import ApiToken, Audit, Person, SignInLink, WebSession
from connector.errors import NotAllowedError, NotFoundError, UserError


def invited(session: Session, now: datetime, email: str = "Ana@Example.org", role: Role = Role.VOLUNTEER) -> Person:
    """A person who was invited."""
    return service.invite(session, Invitation(email, role), now=now).person


def test_an_invitation_creates_the_person_and_their_company(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        made = service.invite(session, Invitation("Ana@Example.org", Role.COMPANY_CONTACT, company="Lanterne"), now=now)
        assert (made.person.email, made.person.role) == ("ana@example.org", "company_contact")
        assert made.person.company is not None
        assert made.person.company.name == "Lanterne"


def test_a_second_invitation_changes_the_role_and_ends_old_sessions(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        person = invited(session, now)
        token = service.start_session(session, person, now)
        again = invited(session, now, "ana@example.org", Role.COORDINATOR)
        assert again.id == person.id
        assert again.role == "coordinator"
        assert service.principal_of_session(session, token, now) is None


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "@example.org", "a b@example.org", "a@b\r\nBcc: c@d", "x" * 250 + "@a.fr"]
)
def test_what_is_no_address_is_refused(sqlite_db: Database, now: datetime, email: str) -> None:
    with sqlite_db.sessions.begin() as session, pytest.raises(UserError):
        invited(session, now, email)


@pytest.mark.parametrize("role", [Role.COMPANY_CONTACT, Role.NONPROFIT_CONTACT, Role.MAINTAINER])
def test_contacts_and_maintainers_belong_somewhere(sqlite_db: Database, now: datetime, role: Role) -> None:
    with sqlite_db.sessions.begin() as session, pytest.raises(UserError, match="needs"):
        invited(session, now, role=role)


def test_a_coordinator_neither_makes_nor_demotes_an_admin(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        invited(session, now, "root@example.org", Role.ADMIN)
        for email, role in (("new@example.org", Role.ADMIN), ("root@example.org", Role.VOLUNTEER)):
            with pytest.raises(NotAllowedError):
                service.invite(session, Invitation(email, role), now=now, by=1, inviter=Role.COORDINATOR)


def test_a_link_works_once(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        person = invited(session, now)
        token = service.make_link(session, person, LinkKind.SIGN_IN, now=now)
        assert service.link_works(session, token, now)
        assert service.use_link(session, token, now) is person
        assert not service.link_works(session, token, now)
        assert service.use_link(session, token, now) is None


@pytest.mark.parametrize(
    ("kind", "after", "works"),
    [
        (LinkKind.SIGN_IN, timedelta(minutes=9, seconds=59), True),
        (LinkKind.SIGN_IN, timedelta(minutes=10), False),
        (LinkKind.INVITATION, timedelta(days=13), True),
        (LinkKind.INVITATION, timedelta(days=14), False),
        (LinkKind.FIRST_ADMIN, timedelta(days=900), True),
    ],
)
def test_a_link_ends_in_time(
    sqlite_db: Database, now: datetime, kind: LinkKind, after: timedelta, *, works: bool
) -> None:
    with sqlite_db.sessions.begin() as session:
        token = service.make_link(session, invited(session, now), kind, now=now)
        assert service.link_works(session, token, now + after) is works
        assert (service.use_link(session, token, now + after) is not None) is works


def test_a_disabled_person_cannot_come_in(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        person = invited(session, now)
        link, browser = (
            service.make_link(session, person, LinkKind.SIGN_IN, now=now),
            service.start_session(session, person, now),
        )
        bearer = service.make_token(session, person, now)
        person.disabled_at = now
        session.flush()
        assert service.use_link(session, link, now) is None
        assert service.principal_of_session(session, browser, now) is None
        assert service.principal_of_token(session, bearer, now) is None


def test_the_first_admin_gets_a_new_link_until_one_was_used(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        first = service.first_admin_link(session, "Admin@localhost", now)
        second = service.first_admin_link(session, "Admin@localhost", now)
        assert first is not None
        assert second is not None
        assert service.use_link(session, first, now) is None
        person = service.use_link(session, second, now)
        assert person is not None
        assert (person.email, person.role) == ("admin@localhost", "admin")
        assert service.first_admin_link(session, "admin@localhost", now) is None


@pytest.mark.parametrize(
    ("role", "idle", "alive"),
    [
        (Role.VOLUNTEER, timedelta(hours=11, minutes=59), True),
        (Role.VOLUNTEER, timedelta(hours=12), False),
        (Role.ADMIN, timedelta(minutes=29), True),
        (Role.ADMIN, timedelta(minutes=30), False),
    ],
)
def test_an_idle_session_ends(sqlite_db: Database, now: datetime, role: Role, idle: timedelta, *, alive: bool) -> None:
    with sqlite_db.sessions.begin() as session:
        token = service.start_session(session, invited(session, now, role=role), now)
        session.flush()
        assert (service.principal_of_session(session, token, now + idle) is not None) is alive


@pytest.mark.parametrize(("role", "lasts"), [(Role.VOLUNTEER, timedelta(days=7)), (Role.ADMIN, timedelta(hours=12))])
def test_a_busy_session_ends_as_well(sqlite_db: Database, now: datetime, role: Role, lasts: timedelta) -> None:
    with sqlite_db.sessions.begin() as session:
        token = service.start_session(session, invited(session, now, role=role), now)
        session.flush()
        service.touch_session(session, token, now + lasts - timedelta(minutes=1))
        assert service.principal_of_session(session, token, now + lasts - timedelta(minutes=1)) is not None
        assert service.principal_of_session(session, token, now + lasts) is None


def test_signing_out_ends_the_session_on_the_server(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        token = service.start_session(session, invited(session, now), now)
        service.end_session(session, token, now)
        assert service.principal_of_session(session, token, now) is None


def test_a_token_carries_the_rights_of_its_person(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        person = invited(session, now)
        found = service.principal_of_token(session, service.make_token(session, person, now), now)
        assert found is not None
        assert (found.person_id, found.role) == (person.id, Role.VOLUNTEER)
        assert service.principal_of_token(session, "another", now) is None
        assert service.principal_of_token(session, "\udcff", now) is None


def test_a_revoked_token_opens_nothing_and_leaves_the_others_alone(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        person = invited(session, now)
        lost, kept = service.make_token(session, person, now), service.make_token(session, person, now)
        session.flush()
        number = service.tokens(session, person)[0][0].id
        for moment in (now, now + timedelta(days=1)):
            service.revoke_token(session, number, moment)
        assert service.principal_of_token(session, lost, now) is None
        assert service.principal_of_token(session, kept, now) is not None
        assert [row.revoked_at for row, _email in service.tokens(session)] == [now, None]
        with pytest.raises(NotFoundError):
            service.revoke_token(session, number + 7, now)


def test_the_use_of_a_token_is_noted_once_an_hour(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        token = service.make_token(session, invited(session, now), now)
        session.flush()
        assert service.is_due_for_note(session, token, now)
        service.note_use(session, token, now)
        assert not service.is_due_for_note(session, token, now + timedelta(minutes=59))
        assert service.is_due_for_note(session, token, now + timedelta(hours=1))


def test_no_token_is_stored_in_clear(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        person = invited(session, now)
        tokens = {
            service.make_link(session, person, LinkKind.SIGN_IN, now=now),
            service.start_session(session, person, now),
            service.make_token(session, person, now),
        }
        session.flush()
        stored = {
            row for table in (SignInLink, WebSession, ApiToken) for row in session.scalars(select(table.token_hash))
        }
        assert len(stored) == 4
        assert not tokens & stored
        assert all(len(token) >= 43 for token in tokens)


def test_sign_ins_and_roles_are_in_the_audit_list(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        token = service.start_session(session, invited(session, now), now)
        service.end_session(session, token, now)
        kinds = session.scalars(select(Audit.kind).order_by(Audit.id)).all()
        assert kinds == ["person_invited", "signed_in", "signed_out"]
