"""Record what is known of a project's eligibility, and accept it or put it back on trial."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import EligibilityAnswer, Project
from connector.eligibility import queries, rules
from connector.eligibility.rules import Answer
from connector.errors import UserError
from connector.web.i18n import gettext as _

TRIAL, ACCEPTED = "trial", "accepted"
LONGEST_NOTE = 500


def answer(session: Session, project: Project, given: Answer, *, now: datetime, by: int | None) -> None:
    """Record an answer; an older one is kept. What speaks against an accepted project puts it back on trial.

    Raises `UserError` for what is no answer to the question.
    """
    if not rules.is_possible(given) or len(given.note) > LONGEST_NOTE:
        raise UserError(_("Choose one of the answers, with the few words or the number that it asks for."))
    session.add(
        EligibilityAnswer(
            project_id=project.id, question=given.question.value, choice=given.choice, note=given.note.strip(),
            days=given.days, person_id=by, answered_at=now,
        )
    )  # fmt: skip
    data = {"question": given.question.value, "choice": given.choice}
    audit.record(session, "eligibility_answered", now=now, by=by, project_id=project.id, data=data)
    session.flush()
    if project.state == ACCEPTED and not rules.may_be_accepted(queries.answers(session, project.id)):
        _move(session, project, TRIAL, now=now, by=by)


def accept(session: Session, project: Project, *, now: datetime, by: int | None) -> None:
    """Accept a project of which all is known and nothing stands against it, else raises `UserError`."""
    if not rules.may_be_accepted(queries.answers(session, project.id)):
        raise UserError(_("Not yet: a question is open, or an answer stands against it."))
    if project.state != ACCEPTED:
        _move(session, project, ACCEPTED, now=now, by=by)


def _move(session: Session, project: Project, state: str, *, now: datetime, by: int | None) -> None:
    project.state = state
    audit.record(session, "project_state", now=now, by=by, project_id=project.id, data={"state": state})
