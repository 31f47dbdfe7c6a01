"""The logins that people name as theirs at the forges: a request opened by one counts as theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import Account
from connector.errors import UserError
from connector.web.i18n import gettext as _

LOGIN = re.compile(r"[a-z0-9_][a-z0-9._\-]{0,99}")


def of(session: Session, person_id: int) -> Sequence[Account]:
    """The logins of a person, by forge."""
    rows = select(Account).where(Account.person_id == person_id).order_by(Account.host, Account.login)
    return session.scalars(rows).all()


def add(session: Session, person_id: int, login: str, *, source: str, host: str, now: datetime) -> None:
    """Name a login; naming it again changes nothing. Raises `UserError` where it is none, or another person's."""
    name = login.strip().removeprefix("@").lower()
    if not LOGIN.fullmatch(name):
        raise UserError(_("This is not the name of an account. It looks like “marie-b”."))
    same = (Account.source == source, Account.host == host, Account.login == name)
    known = session.scalar(select(Account).where(*same))
    if known is not None and known.person_id != person_id:
        raise UserError(_("Another person named this account. Ask a coordinator if it is yours."))
    if known is None:
        session.add(Account(person_id=person_id, source=source, host=host, login=name, created_at=now))
        audit.record(session, "login_added", now=now, by=person_id, data={"host": host, "login": name})


def remove(session: Session, person_id: int, account_id: int, *, now: datetime) -> None:
    """Forget a login of this person; another person's stays as it is."""
    account = session.get(Account, account_id)
    if account is not None and account.person_id == person_id:
        session.delete(account)
        audit.record(session, "login_removed", now=now, by=person_id, data={"host": account.host})
