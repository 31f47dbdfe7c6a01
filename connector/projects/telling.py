"""Mails to the people who run a project: its coordinators and its maintainers, each in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from connector.db.tables import Person, maintainership
from connector.outbox.mails import send_mail
from connector.web.i18n import speaking

Words = Callable[[], tuple[str, str]]
"""Subject and text, said in the language that is being spoken."""

_IS_COORDINATOR = Person.role.in_(("coordinator", "admin"))


def tell(session: Session, project_ids: Iterable[int], words: Words, now: datetime) -> int:
    """Put a mail in the queue for each of them; tells how many."""
    maintaining = select(maintainership.c.person_id).where(maintainership.c.project_id.in_(list(project_ids)))
    return _mail(session, _IS_COORDINATOR | Person.id.in_(maintaining), words, now)


def tell_coordinators(session: Session, words: Words, now: datetime) -> int:
    """Put a mail in the queue for each coordinator, and for nobody of the project; tells how many."""
    return _mail(session, _IS_COORDINATOR, words, now)


def _mail(session: Session, to: ColumnElement[bool], words: Words, now: datetime) -> int:
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None), to).order_by(Person.id)).all()
    for person in people:
        with speaking(person.language):
            subject, text = words()
            send_mail(session, person.email, subject, text, now)
    return len(people)
