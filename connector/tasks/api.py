"""API v1: tasks, projects and oneself as JSON, for programs with a token and, read-only, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint, APIFlask, HTTPError
from flask import Response, abort, jsonify, make_response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from marshmallow import RAISE
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action
from connector.db.tables import Assignment, Task
from connector.errors import NotFoundError
from connector.tasks import answers, queries, service
from connector.tasks.answers import Json
from connector.tasks.days import declare
from connector.tasks.forms import Note
from connector.tasks.queries import Filter
from connector.tasks.rules import Refusal
from connector.tasks.schemas import (
    ConflictOut,
    DayIn,
    ErrorOut,
    HandoverIn,
    MeOut,
    OneTaskOut,
    PageIn,
    ProjectsOut,
    SubmitIn,
    TasksIn,
    TasksOut,
)
from connector.web.errors import answer
from connector.web.services import services
from sources.errors import UnreadablePayload
from sources.payload import decode

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="API v1")

PERSONAL = frozenset({"api.me"})
TAKEN_UP: Any = {  # the library takes more than its types say
    400: "Bad input",
    401: "No token, or an unknown one",
    403: "Wrong role",
    404: "Missing, or not to be seen",
    409: {"description": "Not now, and why", "content": {"application/json": {"schema": ConflictOut}}},
    415: "Not JSON",
    429: "Too many requests in a short time",
}
"""What a wish for a task may be answered with, besides the task."""


@blueprint.get("/tasks")
@requires(Action.READ_TASKS)
@blueprint.input(TasksIn, location="query", arg_name="asked", unknown=RAISE)
@blueprint.output(TasksOut)
@blueprint.doc(summary="The tasks somebody may see", responses=[400, 401, 429])
def tasks(asked: dict[str, Any]) -> Json:
    """Ready ones unless another status is asked for; a waiting handover first, then the best chance to finish."""
    now = services().clock()
    with services().db.readers() as session:
        page = queries.listing(session, _filter(asked), principal(), now=now)
        items = answers.tasks(session, page.items)
    return {"items": items, "total": page.total, "page": page.page, "next": _next(page.page, has_next=page.has_next)}


@blueprint.get("/tasks/<int:task_id>")
@requires(Action.READ_TASKS)
@blueprint.output(OneTaskOut)
@blueprint.doc(summary="One task", responses=[401, 404, 429])
def task(task_id: int) -> Json:
    """A missing one and one that may not be seen answer alike."""
    with services().db.readers() as session:
        found = queries.detail(session, task_id, principal(), now=services().clock())
        return answers.task(session, found)


@blueprint.post("/tasks/<int:task_id>/claim")
@requires(Action.CLAIM_TASK)
@blueprint.input(DayIn, arg_name="wish")
@blueprint.output(OneTaskOut)
@blueprint.doc(summary="Take a task", security="bearer", responses=TAKEN_UP)
def claim(task_id: int, wish: dict[str, Any]) -> ResponseReturnValue:
    """Exactly one wins; the others are given an alternative."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        found = queries.for_claim(session, task_id, principal(), now=now)
        outcome = service.claim(session, found, _me(), now=now, zone=_zone())
        if not isinstance(outcome, Refusal):
            declare(session, found, _me(), _days(wish), now=now, zone=_zone())
        return _answer(session, found, outcome)


@blueprint.post("/tasks/<int:task_id>/release")
@requires(Action.CLAIM_TASK)
@blueprint.input(DayIn, arg_name="wish")
@blueprint.output(OneTaskOut)
@blueprint.doc(summary="Free the task at once", security="bearer", responses=TAKEN_UP)
def release(task_id: int, wish: dict[str, Any]) -> ResponseReturnValue:
    """No reason is asked; a note may follow within a day through handover."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        found = queries.detail(session, task_id, principal(), now=now)
        outcome = service.release(session, found, _me(), now=now, zone=_zone(), days=_days(wish))
        return _answer(session, found, outcome)


@blueprint.post("/tasks/<int:task_id>/handover")
@requires(Action.CLAIM_TASK)
@blueprint.input(HandoverIn, arg_name="wish")
@blueprint.output(OneTaskOut)
@blueprint.doc(summary="Pass the task on with a note", security="bearer", responses=TAKEN_UP)
def handover(task_id: int, wish: dict[str, Any]) -> ResponseReturnValue:
    """Also writes the note of a task given back within the last day."""
    now = services().clock()
    note = Note(wish["done"], wish["remaining"], wish["link"], _days(wish), wish.get("minutes"))
    with services().db.sessions.begin() as session:
        found = queries.detail(session, task_id, principal(), now=now)
        own = queries.own_assignment(session, task_id, _me())
        outcome = service.hand_over(session, own, note, now=now, zone=_zone()) if own else Refusal.STALE
        return _answer(session, found, outcome)


@blueprint.post("/tasks/<int:task_id>/submit")
@requires(Action.CLAIM_TASK)
@blueprint.input(SubmitIn, arg_name="wish")
@blueprint.output(OneTaskOut)
@blueprint.doc(summary="Say that the request is open", security="bearer", responses=TAKEN_UP)
def submit(task_id: int, wish: dict[str, Any]) -> ResponseReturnValue:
    """The task goes to review; sending this confirms that you understand and tested every line."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        found = queries.detail(session, task_id, principal(), now=now)
        days, minutes = _days(wish), wish.get("minutes")
        outcome = service.submit(session, found, _me(), wish["url"], now=now, zone=_zone(), days=days, minutes=minutes)
        return _answer(session, found, outcome)


@blueprint.get("/projects")
@requires(Action.READ_TASKS)
@blueprint.input(PageIn, location="query", arg_name="asked", unknown=RAISE)
@blueprint.output(ProjectsOut)
@blueprint.doc(summary="The projects somebody may see", responses=[400, 401, 429])
def projects(asked: dict[str, Any]) -> Json:
    """Public ones that opted in; all of them for the programme."""
    page, size = asked["page"], asked["per_page"]
    with services().db.readers() as session:
        found, total = queries.projects(session, principal(), now=services().clock(), page=page, per_page=size)
        items = [answers.listed_project(row, ready) for row, ready in found]
    return {"items": items, "total": total, "page": page, "next": _next(page, has_next=page * size < total)}


@blueprint.get("/me")
@requires(Action.USE_OWN_ACCOUNT)
@blueprint.output(MeOut)
@blueprint.doc(summary="Who the token speaks for", security="bearer", responses=[401, 429])
def me() -> Json:
    """The person behind the token, and the task they hold."""
    asking = principal()
    with services().db.readers() as session:
        held = queries.held_by(session, _me())
        task = answers.task(session, held.task) if held else None
    role = asking.role.value if asking.role else ""
    return {"id": asking.person_id, "email": asking.email, "name": asking.name, "role": role, "task": task}


# --- requests -----------------------------------------------------------------------------------------------------


@blueprint.before_request
def _refuse_odd_requests() -> None:
    """Repeated parameters are refused, and bodies that are not JSON."""
    if any(len(values) > 1 for _name, values in request.args.lists()):
        abort(400)
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    if request.method == "POST" and has_body:
        if not request.is_json:
            abort(415)
        _read_within_limits(request.get_data())


def _read_within_limits(body: bytes) -> None:
    """The library that reads it after us knows no limits of depth and digits, and keeps the last of two equal keys."""
    try:
        decode(body)
    except UnreadablePayload:
        abort(400)


@blueprint.after_request
def _let_other_sites_read(response: Response) -> Response:
    """What is public may be read by any page; no credentials go with it."""
    if request.method == "GET" and request.endpoint not in PERSONAL:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _filter(asked: Mapping[str, Any]) -> Filter:
    return Filter(
        status=asked["status"] or "ready",
        q=asked["q"],
        language=asked["language"].lower(),
        skill=asked["skill"].lower(),
        size_max=Decimal(asked["size_max"]) if "size_max" in asked else None,
        project=asked["project"],
        kind=asked["kind"],
        page=asked["page"],
        per_page=asked["per_page"],
    )


def _days(wish: Mapping[str, Any]) -> Decimal | None:
    return Decimal(str(wish["days"])) if "days" in wish else None


def _me() -> int:
    person_id = principal().person_id
    if person_id is None:
        raise NotFoundError
    return person_id


def _zone() -> tzinfo:
    return ZoneInfo(services().settings.timezone)


# --- answers ------------------------------------------------------------------------------------------------------


def _next(page: int, *, has_next: bool) -> str | None:
    if not has_next:
        return None
    query = {**request.args.to_dict(), "page": page + 1}
    return f"{services().settings.public_url}{request.path}?{urlencode(query)}"


def _answer(session: Session, row: Task, outcome: Assignment | Refusal) -> ResponseReturnValue:
    session.flush()
    if isinstance(outcome, Assignment):
        return cast("ResponseReturnValue", answers.task(session, row))
    other = queries.alternative_for(session, _me(), besides=row.id, now=services().clock())
    body = {
        "error": "conflict",
        "reason": outcome.value,
        "alternative": answers.task(session, other) if other else None,
    }
    return make_response(jsonify(ConflictOut().dump(body)), 409)


def _on_invalid(error: HTTPError) -> ResponseReturnValue:
    return answer(error.status_code, _in_words(error.detail))


def _in_words(detail: object) -> str:
    """``done: Longer than maximum length 4000.`` for each field, whatever part of the request it came in."""
    places = detail.values() if isinstance(detail, dict) else []
    fields = [pair for place in places if isinstance(place, dict) for pair in place.items()]
    return " ".join(f"{name}: {' '.join(map(str, said)) if isinstance(said, list) else said}" for name, said in fields)


def _install(state: BlueprintSetupState) -> None:
    """What the whole application must know of the API: its errors, and how it describes itself."""
    app = cast("APIFlask", state.app)
    app.register_error_handler(HTTPError, _on_invalid)
    app.config.update(
        VALIDATION_ERROR_STATUS_CODE=400, VALIDATION_ERROR_SCHEMA=ErrorOut, HTTP_ERROR_SCHEMA=ErrorOut,
        VALIDATION_ERROR_DESCRIPTION="Bad input", AUTO_404_RESPONSE=False,
    )  # fmt: skip
    app.security_schemes = {"bearer": {"type": "http", "scheme": "bearer"}}


blueprint.record_once(_install)
