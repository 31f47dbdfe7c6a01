"""Mails to the people who run a project: its coordinators and its maintainers, each in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Person, maintainership
from connector.outbox.mails import send_mail
from connector.web.i18n import speaking

Words = Callable[[], tuple[str, str]]
"""Subject and text, said in the language that is being spoken."""


def tell(session: Session, project_ids: Iterable[int], words: Words, now: datetime) -> int:
    """Put a mail in the queue for each of them; tells how many."""
    maintaining = select(maintainership.c.person_id).where(maintainership.c.project_id.in_(list(project_ids)))
    told = select(Person).where(
        Person.disabled_at.is_(None), Person.role.in_(("coordinator", "admin")) | Person.id.in_(maintaining)
    )
    people = session.scalars(told.order_by(Person.id)).all()
    for person in people:
        with speaking(person.language):
            subject, text = words()
            send_mail(session, person.email, subject, text, now)
    return len(people)
