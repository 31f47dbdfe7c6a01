"""A look that a volunteer asks of another before work goes upstream: an offer, which holds nothing up and nobody back.

It stands open as long as who asked holds the task and nobody has answered. Whoever begins first gives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from connector.accounts.rules import Principal
from connector.db.tables import Assignment, Look, Task
from connector.errors import NotFoundError, UserError
from connector.outbox.mails import send_mail
from connector.tasks.forms import Values
from connector.tasks.queries import LARGEST_ID, visible
from connector.web.i18n import gettext as _
from connector.web.i18n import speaking
from sources.links import parts_of

MOST_SHOWN = 5
MOST_TEXT, MOST_LINK = 4000, 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody types who asks for a look: where the work is, and what to look at."""

    link: str = ""
    question: str = ""

    @classmethod
    def of_form(cls, form: Values) -> Self:
        """From the two fields."""
        return cls(form.get("link", "").strip(), form.get("question", "").strip())

    def wrong(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if not _is_address(self.link):
            found["link"] = _("An address that begins with https:// and that your colleagues can open.")
        if len(self.question) > MOST_TEXT:
            found["question"] = _("At most 4,000 characters.")
        return found


def ask(session: Session, assignment: Assignment, wish: Wish, now: datetime) -> None:
    """Ask for a look at what one holds; asking again begins anew."""
    if assignment.ended_at is not None:
        raise UserError(_("You do not hold this task any more."))
    look = asked(session, assignment.task_id, assignment.person_id)
    if look is None:
        look = Look(task_id=assignment.task_id, asked_by=assignment.person_id)
        session.add(look)
    look.link, look.question, look.asked_at = wish.link, wish.question, now
    look.person_id, look.answer, look.answered_at = None, "", None
    session.flush()


def withdraw(session: Session, task_id: int, person_id: int) -> None:
    """It is not needed any more; one that was given stays."""
    session.execute(delete(Look).where(Look.task_id == task_id, Look.asked_by == person_id, Look.answered_at.is_(None)))


def take(session: Session, look: Look, person_id: int) -> bool:
    """Begin to look; False where somebody else was faster."""
    begun = update(Look).where(Look.id == look.id, or_(Look.person_id.is_(None), Look.person_id == person_id))
    return session.scalar(begun.values(person_id=person_id).returning(Look.id)) is not None


def leave(session: Session, look: Look, person_id: int) -> None:
    """Let somebody else look."""
    session.execute(update(Look).where(Look.id == look.id, Look.person_id == person_id).values(person_id=None))


def answer(session: Session, look: Look, text: str, now: datetime) -> None:
    """Say what one saw; who asked is told by mail."""
    look.answer, look.answered_at = text, now
    with speaking(look.asker.language):
        line = _("Somebody has looked at your work on “%(title)s”. What they say stands here:", title=look.task.title)
        send_mail(
            session, look.asker.email, _("Somebody has looked at your work"), f"{line}\n/tasks/{look.task_id}", now
        )


def asked(session: Session, task_id: int, person_id: int) -> Look | None:
    """What this person asked for about this task."""
    return session.scalar(select(Look).where(Look.task_id == task_id, Look.asked_by == person_id))


def wanted(session: Session, principal: Principal, now: datetime) -> Sequence[Look]:
    """The looks that this person gives, or could give, in the order they were asked for."""
    free = _open(principal, now).order_by(Look.person_id.is_(None), Look.asked_at, Look.id)
    return session.scalars(free.limit(MOST_SHOWN)).all()


def for_looking(session: Session, look_id: int, principal: Principal, now: datetime) -> Look:
    """A look that this person gives or could give; raises `NotFoundError` for every other."""
    found = session.scalar(_open(principal, now).where(Look.id == look_id)) if 0 < look_id < LARGEST_ID else None
    if found is None:
        raise NotFoundError
    return found


def of_person(session: Session, person_id: int) -> Sequence[Look]:
    """All that somebody asked for or gave."""
    own = or_(Look.asked_by == person_id, Look.person_id == person_id)
    return session.scalars(select(Look).where(own).order_by(Look.id)).all()


def _open(principal: Principal, now: datetime) -> Select[Look]:
    me = principal.person_id or 0
    rows = select(Look).join(Look.task).join(Task.project).outerjoin(Task.issue).options(contains_eager(Look.task))
    return rows.join(Assignment, _holds()).where(
        visible(principal, now),
        Look.answered_at.is_(None),
        Look.asked_by != me,
        or_(Look.person_id.is_(None), Look.person_id == me),
    )


def _holds() -> ColumnElement[bool]:
    return and_(
        Assignment.task_id == Look.task_id, Assignment.person_id == Look.asked_by, Assignment.ended_at.is_(None)
    )


def _is_address(text: str) -> bool:
    parts = parts_of(text)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and len(text) <= MOST_LINK
