"""The page of one's own: the task in hand, days, logins, choices, and everything we hold as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import logins
from connector.accounts.guards import principal, requires, signed_in_id
from connector.accounts.rules import Action, allows
from connector.db.tables import Assignment, DayRecord, Handover, Look, Person, Project
from connector.errors import UserError
from connector.tasks import looks, pages, queries
from connector.tasks.forms import Answers
from connector.tasks.rules import EndedAs, note_open_until
from connector.tasks.words import DAY_STATES
from connector.web.i18n import current_language
from connector.web.i18n import gettext as _
from connector.web.inputs import row_id
from connector.web.services import services
from sources import registry

FREED = (EndedAs.RECALLED.value, EndedAs.HANDED_OVER.value)

blueprint = Blueprint("me", __name__)


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note that its author can still complete."""

    task_id: int
    title: str
    until: datetime


@blueprint.get("/me")
@requires(Action.USE_OWN_ACCOUNT)
def show() -> str:
    """My task, my days, my logins, my choices, my data."""
    return _page({})


@blueprint.post("/me/logins")
@requires(Action.USE_OWN_ACCOUNT)
def add_login() -> ResponseReturnValue:
    """Name a login at one of the forges we know."""
    now = services().clock()
    try:
        with services().db.sessions.begin() as session:
            source, host = _forge(session, request.form.get("forge", ""))
            logins.add(session, signed_in_id(), request.form.get("login", ""), source=source, host=host, now=now)
    except UserError as exc:
        return _page({"login": exc.message}), exc.status
    flash(_("This account is yours from now on."))
    return redirect("/me#logins")


@blueprint.post("/me/logins/remove")
@requires(Action.USE_OWN_ACCOUNT)
def remove_login() -> ResponseReturnValue:
    """Forget a login."""
    with services().db.sessions.begin() as session:
        logins.remove(session, signed_in_id(), request.form.get("account", 0, type=row_id), now=services().clock())
    return redirect("/me#logins")


@blueprint.get("/me/data.json")
@requires(Action.USE_OWN_ACCOUNT)
def data() -> Response:
    """Everything we hold about the person, to take away."""
    with services().db.readers() as session:
        answer = jsonify(_everything(session, session.get_one(Person, signed_in_id())))
    answer.headers["Content-Disposition"] = 'attachment; filename="wecena.json"'
    return answer


def _page(wrong: dict[str, str]) -> str:
    with services().db.readers() as session:
        held = queries.held_by(session, signed_in_id())
        return render_template(
            "tasks/me.html",
            chosen={"language": current_language(), "theme": g.get("preferred_theme") or "system"},
            days=_days(session),
            forges=[(f"{source} {host}", host) for source, host in _forges(session)],
            is_volunteer=allows(principal(), Action.CLAIM_TASK),
            logins=logins.of(session, signed_in_id()),
            looks=looks.wanted(session, principal(), services().clock()),
            mine=pages.own_row(held, Answers()) if held else None,
            open_notes=_open_notes(session, services().clock()),
            wrong=wrong,
        )


def _forges(session: Session) -> Sequence[tuple[str, str]]:
    ours = session.execute(select(Project.source, Project.host).distinct().order_by(Project.host))
    public = ((name, registry.source(name).default_host) for name in registry.SOURCES)
    return list(dict.fromkeys((*((source, host) for source, host in ours), *public)))


def _forge(session: Session, text: str) -> tuple[str, str]:
    source, _space, host = text.partition(" ")
    if (source, host) not in _forges(session):
        raise UserError(_("Choose one of the forges of the list."))
    return source, host


def _days(session: Session) -> list[dict[str, object]]:
    rows = (
        select(DayRecord)
        .where(DayRecord.person_id == signed_in_id())
        .order_by(DayRecord.date.desc(), DayRecord.id.desc())
    )
    return [
        {
            "date": record.date,
            "days": record.days,
            "project": record.project.path.rpartition("/")[2],
            "state": str(DAY_STATES.get(record.status, record.status)),
            "task": record.task.title if record.task else "",
            "task_url": f"/tasks/{record.task_id}" if record.task_id else "",
        }
        for record in session.scalars(rows.limit(100))
    ]


def _open_notes(session: Session, now: datetime) -> list[OpenNote]:
    ended = select(Assignment).where(Assignment.person_id == signed_in_id(), Assignment.outcome.in_(FREED))
    recent = session.scalars(ended.order_by(Assignment.ended_at.desc()).limit(5))
    notes = [
        OpenNote(assignment.task_id, assignment.task.title, note_open_until(assignment.ended_at))
        for assignment in recent
        if assignment.ended_at is not None
    ]
    return [note for note in notes if note.until > now]


def _everything(session: Session, person: Person) -> dict[str, object]:
    held = session.scalars(select(Assignment).where(Assignment.person_id == person.id).order_by(Assignment.id))
    return {
        "person": {
            "name": person.name,
            "email": person.email,
            "role": person.role,
            "company": person.company.name if person.company else None,
            "nonprofit": person.nonprofit.name if person.nonprofit else None,
            "skills": person.skills,
            "language": person.language,
            "since": person.created_at.date().isoformat(),
        },
        "logins": [{"host": account.host, "login": account.login} for account in logins.of(session, person.id)],
        "tasks": [_held(session, assignment) for assignment in held],
        "looks": [_look(look, person.id) for look in looks.of_person(session, person.id)],
        "days": [
            {
                "date": record.date.isoformat(),
                "days": float(record.days),
                "state": record.status,
                "task": record.task_id,
            }
            for record in session.scalars(select(DayRecord).where(DayRecord.person_id == person.id))
        ],
    }


def _look(look: Look, person_id: int) -> dict[str, object]:
    is_mine = look.asked_by == person_id
    own = {"link": look.link, "question": look.question} if is_mine else {"answer": look.answer}
    return {"task": look.task_id, "asked_on": look.asked_at.date().isoformat(), "asked_by_you": is_mine, **own}


def _held(session: Session, assignment: Assignment) -> dict[str, object]:
    note = session.scalar(select(Handover).where(Handover.assignment_id == assignment.id))
    return {
        "task": assignment.task_id,
        "title": assignment.task.title,
        "taken_on": assignment.claimed_at.date().isoformat(),
        "ended_on": assignment.ended_at.date().isoformat() if assignment.ended_at else None,
        "outcome": assignment.outcome,
        "request": assignment.submitted_url,
        "note": {"done": note.done, "remaining": note.remaining, "link": note.link} if note else None,
    }
