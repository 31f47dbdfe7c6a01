"""What other sites show of our tasks: a badge and a feed, for all, for one project or for one nonprofit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from connector.accounts.guards import requires
from connector.accounts.rules import Action
from connector.courtesy.texts import language_of
from connector.db.tables import Nonprofit, Project, Task
from connector.errors import NotFoundError
from connector.tasks import queries
from connector.web.i18n import ngettext, speaking
from connector.web.services import services

blueprint = Blueprint("feeds", __name__)

NEWEST = 50
FRESH_SECONDS = 300
LARGEST_ID = 2**53
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""
WIDTH_OF_A_LETTER = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Whose tasks: its name, its part of an address, the condition for its tasks, and its language."""

    name: str
    query: str
    where: ColumnElement[bool]
    language: str


@blueprint.get("/badge/<int:number>.svg")
@requires(Action.USE_PUBLIC_PAGES)
def badge(number: int) -> Response:
    """How many one-day tasks a project offers, as a picture for its own page."""
    with services().db.readers() as session:
        return _badge(session, _project(session, number))


@blueprint.get("/badge/nonprofit/<int:number>.svg")
@requires(Action.USE_PUBLIC_PAGES)
def badge_of_nonprofit(number: int) -> Response:
    """The same for all projects of a nonprofit."""
    with services().db.readers() as session:
        return _badge(session, _nonprofit(session, number))


@blueprint.get("/tasks.atom")
@requires(Action.USE_PUBLIC_PAGES)
def feed() -> Response:
    """The newest tasks on offer (RFC 4287): of all, of ``project=1``, or of ``nonprofit=1``."""
    with services().db.readers() as session:
        place = _place(session)
        tasks = _newest(session, place)
        with speaking(_language(place)):
            text = render_template(
                "feeds/tasks.xml",
                language=_language(place),
                name=printable(place.name),
                printable=printable,
                own=f"/tasks.atom{place.query}",
                shown=request.full_path.rstrip("?"),
                root=services().settings.public_url,
                tasks=tasks,
                updated=_updated(session, place),
            )
    return _public(text, "application/atom+xml")


def printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def _badge(session: Session, place: Place) -> Response:
    offered = queries.offered(services().clock())
    count = session.scalar(select(func.count()).select_from(offered.where(place.where).subquery())) or 0
    with speaking(_language(place)):
        text = ngettext("one task of a day", "%(num)s tasks of a day", count)
    widths = [len(part) * WIDTH_OF_A_LETTER + 16 for part in ("wecena", text)]
    svg = render_template("feeds/badge.svg", name=printable(place.name), text=text, widths=widths)
    return _public(svg, "image/svg+xml")


def _place(session: Session) -> Place:
    project, nonprofit = request.args.get("project", ""), request.args.get("nonprofit", "")
    if project:
        return _project(session, _number(project))
    if nonprofit:
        return _nonprofit(session, _number(nonprofit))
    return Place("wecena", "", true(), "fr")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _project(session: Session, number: int) -> Place:
    """A project that everybody may see, else `NotFoundError`: an unknown and a hidden one look alike."""
    shown = select(Project).where(Project.id == min(number, LARGEST_ID), queries.published(services().clock()))
    project = session.scalar(shown)
    if project is None:
        raise NotFoundError
    language = language_of(project.languages)
    return Place(project.path, f"?project={number}", Task.project_id == number, language)


def _nonprofit(session: Session, number: int) -> Place:
    shown = queries.published(services().clock())
    project = session.scalar(select(Project).where(Project.nonprofit_id == min(number, LARGEST_ID), shown).limit(1))
    if project is None:
        raise NotFoundError
    name = session.get_one(Nonprofit, number).name
    language = language_of(project.languages)
    return Place(name, f"?nonprofit={number}", Project.nonprofit_id == number, language)


def _language(place: Place) -> str:
    asked = request.args.get("lang", "")
    return asked if asked in {"fr", "en"} else place.language


def _newest(session: Session, place: Place) -> Sequence[Task]:
    rows = queries.offered(services().clock()).where(place.where)
    ids = session.scalars(rows.order_by(Task.updated_at.desc(), Task.id.desc()).limit(NEWEST)).all()
    return sorted(queries.loaded(session, ids), key=lambda task: (task.updated_at, task.id), reverse=True)


def _updated(session: Session, place: Place) -> datetime:
    """When a task of theirs last changed, on offer or not; a feed without any is as old as the service."""
    of_place = select(func.max(Task.updated_at)).join(Project, Project.id == Task.project_id)
    newest = session.scalar(of_place.where(place.where, queries.published(services().clock())))
    return newest or session.scalar(select(func.min(Nonprofit.created_at))) or services().clock()


def _public(text: str, kind: str) -> Response:
    response = make_response(text)
    response.content_type = f"{kind}; charset=utf-8"
    response.cache_control.public, response.cache_control.max_age = True, FRESH_SECONDS
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # a badge is shown on pages of others
    response.add_etag()
    response.make_conditional(request)
    return response
