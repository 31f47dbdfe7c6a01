"""Delivering mails: by SMTP where a server is set, else into files, their links shown in the log."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from connector.clock import Clock
from connector.courtesy.links import stop_link
from connector.db.engine import Database
from connector.db.tables import Mail, Person, Project, maintainership
from connector.settings import Settings
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking

TIMEOUT_SECONDS = 20
MAX_ATTEMPTS = 8
LINK = re.compile(r"https?://\S+")
PATH = re.compile(r"^/[\w/-]+$", re.MULTILINE)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Footer:
    """What a mail ends with: the way out, in words and as links."""

    text: str
    links: tuple[str, ...]


def send_mail(session: Session, to: str, subject: str, text: str, now: datetime) -> Mail:
    """Put a mail in; it is delivered after the commit. A line that is only a path of ours becomes a whole address."""
    mail = Mail(to=to, subject=" ".join(subject.split()), text=text, created_at=now, attempts=0)
    session.add(mail)
    return mail


def deliver_mails(db: Database, settings: Settings, clock: Clock, *, limit: int = 20) -> int:
    """Deliver what is due; tells how many mails were tried. Only one process at a time may do this."""
    with db.readers() as session:
        due = _due(session, clock(), limit)
    for mail in due:
        _deliver(db, settings, clock, mail)
    return len(due)


def due_at(created_at: datetime, attempts: int) -> datetime:
    """When a mail is tried next: at once, then after 1, 3, 7 ... minutes since it was put in."""
    return created_at + timedelta(minutes=(1 << attempts) - 1)


def message_of(mail: Mail, sender: str, footer: Footer | None = None, *, site: str = "") -> EmailMessage:
    """The mail as it is sent; ``site`` is our public address. One link alone is what a mail program's own button presses (RFC 8058)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = make_msgid(idstring=str(mail.id), domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    text = PATH.sub(lambda path: f"{site}{path[0]}", mail.text)
    message.set_content(text + (footer.text if footer else ""))
    if footer is not None and len(footer.links) == 1:
        message["List-Unsubscribe"] = f"<{footer.links[0]}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def footer_of(session: Session, mail: Mail, settings: Settings) -> Footer | None:
    """How a maintainer stops everything with one press, for each of their projects; None for anybody else."""
    person = session.scalar(select(Person).where(func.lower(Person.email) == mail.to.lower()))
    if person is None or person.role != "maintainer":
        return None
    own = select(Project).join(maintainership, maintainership.c.project_id == Project.id)
    rows = session.scalars(
        own.where(maintainership.c.person_id == person.id, Project.removed_at.is_(None)).order_by(Project.id)
    ).all()
    secret = settings.secret_key.get_secret_value()
    links = {row.path: stop_link(settings.public_url, secret, row.id) for row in rows}
    with speaking(person.language):
        lines = [
            _("To stop everything in %(project)s: %(address)s", project=path, address=link)
            for path, link in links.items()
        ]
    return Footer("\n" + "\n".join(lines) + "\n", tuple(links.values())) if links else None


def _due(session: Session, now: datetime, limit: int) -> list[Mail]:
    waiting = select(Mail).where(Mail.sent_at.is_(None), Mail.attempts < MAX_ATTEMPTS).order_by(Mail.id).limit(200)
    return [mail for mail in session.scalars(waiting) if due_at(mail.created_at, mail.attempts) <= now][:limit]


def _deliver(db: Database, settings: Settings, clock: Clock, mail: Mail) -> None:
    with db.readers() as session:
        footer = footer_of(session, mail, settings)
    message = message_of(mail, settings.mail_from, footer, site=settings.public_url)
    try:
        if settings.smtp_url is None:
            _keep(settings.data_dir / "mail", mail, message)
        else:
            _send(settings.smtp_url.get_secret_value(), message)
    except (OSError, smtplib.SMTPException) as exc:
        _note(db, mail, attempts=mail.attempts + 1, error=type(exc).__name__)
        log.warning("mail not sent", mail=mail.id, because=type(exc).__name__)
        return
    _note(db, mail, attempts=mail.attempts + 1, sent_at=clock(), error=None)
    log.info("mail sent", mail=mail.id, by="file" if settings.smtp_url is None else "smtp")


def _note(db: Database, mail: Mail, **values: object) -> None:
    with db.sessions.begin() as session:
        session.execute(update(Mail).where(Mail.id == mail.id).values(**values))


def _keep(folder: Path, mail: Mail, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{mail.id:06}.eml"
    path.touch(mode=0o600)
    path.write_bytes(bytes(message))
    log.info("mail kept", mail=mail.id, file=str(path), links=LINK.findall(message.get_content()))


def _send(address: str, message: EmailMessage) -> None:
    with connect(address) as server:
        server.send_message(message)


def connect(address: str) -> smtplib.SMTP:
    """A server that is ready to take mails; raises ``OSError`` or ``SMTPException``."""
    parts = urlsplit(address)
    context = ssl.create_default_context()
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
    try:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server
