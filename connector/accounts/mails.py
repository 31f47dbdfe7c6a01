"""The mails that bring a one-time link, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from connector.accounts.rules import LinkKind
from connector.db.tables import Mail, Person
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking


def send_link(session: Session, person: Person, url: str, *, kind: LinkKind, now: datetime) -> None:
    """Put the mail with this link in the queue; it goes out after the commit."""
    with speaking(person.language):
        subject, text = _invitation(url) if kind is LinkKind.INVITATION else _sign_in(url)
    session.add(Mail(to=person.email, subject=subject, text=text, created_at=now))


def _sign_in(url: str) -> tuple[str, str]:
    lines = (
        _("Open this address to sign in. It works once, for ten minutes:"),
        url,
        _("If you did not ask for it, do nothing: nobody can sign in without this mail."),
    )
    return _("Your sign-in link"), "\n\n".join(lines) + "\n"


def _invitation(url: str) -> tuple[str, str]:
    lines = (
        _("You are invited to take part. Open this address to sign in. It works once, for 14 days:"),
        url,
        _("Later, ask for a new link on the sign-in page. There is no password."),
    )
    return _("Your invitation"), "\n\n".join(lines) + "\n"
