"""GitLab's JSON, of deliveries and of the REST API, as values of `sources.model`."""

from __future__ import annotations

import re
from datetime import datetime

from sources.closing import closed_elsewhere, closed_issues
from sources.errors import UnreadablePayload
from sources.links import parts_of
from sources.model import (
    Actor,
    Checks,
    ClosedAs,
    Details,
    Issue,
    Label,
    ProjectRef,
    Remark,
    Request,
    RequestState,
    Review,
)
from sources.payload import Json, as_object, child, children, digest, flag, integer, text
from sources.redelivery import Attempt
from sources.times import parse_time

_PUBLIC, _PRIVATE = (20,), (0, 10)
_REQUEST_STATES = {"merged": RequestState.MERGED, "closed": RequestState.CLOSED}
_REVIEWS = {
    "unreviewed": Review.REQUESTED,
    "review_started": Review.REQUESTED,
    "approved": Review.APPROVED,
    "requested_changes": Review.CHANGES_WANTED,
}
_CHECKS = {
    **dict.fromkeys(("success", "skipped", "manual", "canceled"), Checks.PASSED),
    "failed": Checks.FAILED,
}
PIPELINE = "pipeline"
"""The one check that a merge request has here."""
_BOT = re.compile(r"(project|group)_\d+_bot(_\w+)?")
_PATH = re.compile(r"[\w.-]+(/[\w.-]+)+")
_SECONDS_PER_HOUR = 3600


def project_of(body: Json) -> ProjectRef | None:
    """The project a delivery is about; None for items of a group."""
    project, attributes = child(body, "project"), child(body, "object_attributes")
    places = ((project, "id"), (body, "project_id"), (attributes, "project_id"), (attributes, "target_project_id"))
    numbers = (integer(place, key) for place, key in places)
    external_id = next((str(number) for number in numbers if number), None)
    path = _project_path(body)
    if external_id is None and not path:
        return None
    return ProjectRef(external_id, path, _is_public(body))


def issue_of(payload: object) -> Issue:
    """One issue of the REST API; of a confidential one only its key. Raises `UnreadablePayload`."""
    row = as_object(payload)
    if says_confidential(row):
        return Issue(
            external_id=text(row, "id"),
            number=_number(row),
            title="",
            url="",
            updated_at=_moment(row, "updated_at"),
            is_confidential=True,
        )
    return _issue(
        row,
        labels=_labels(row.get("labels")),
        assignees=_assignees(row, row),
        author=actor(row.get("author")),
        estimate=integer(child(row, "time_stats"), "time_estimate"),
        version=digest(row),
    )


def is_listed_issue(row: Json) -> bool:
    """Is this row of the issue list an issue, and not a task, an incident or another kind of work item?"""
    return text(row, "issue_type") in ("", "issue")


def actor(value: object) -> Actor | None:
    """Somebody at GitLab; None for a missing or deleted account."""
    person = as_object(value)
    login = text(person, "username")
    if not login:
        return None
    return Actor(text(person, "id"), login, is_bot=_BOT.fullmatch(login) is not None)


def label_of(value: object) -> Label | None:
    """A label, of which old lists give the name only."""
    if isinstance(value, str):
        return Label(value)
    data = as_object(value)
    name = text(data, "title") or text(data, "name")
    return Label(name, text(data, "id") or None, text(data, "description")) if name else None


def issue_of_hook(body: Json, attributes: Json) -> Issue:
    labels = body.get("labels", attributes.get("labels"))
    known = {key: value for key, value in attributes.items() if key != "action"}
    return _issue(
        attributes,
        labels=_labels(labels),
        assignees=_assignees(body, attributes),
        author=_author(body, attributes),
        estimate=integer(attributes, "time_estimate"),
        version=digest([known, labels, body.get("assignees")]),
        # Old versions send no labels; and what was confidential is shown again only after we have read it ourselves.
        is_partial=not isinstance(labels, list) or "confidential" in child(body, "changes"),
    )


def _issue(
    data: Json,
    *,
    labels: tuple[Label, ...],
    assignees: tuple[Actor, ...],
    author: Actor | None,
    estimate: int | None,
    version: str,
    is_partial: bool = False,
) -> Issue:
    is_open = text(data, "state") != "closed" and integer(data, "state_id") != 2
    return Issue(
        external_id=text(data, "id"),
        number=_number(data),
        title=text(data, "title"),
        url=text(data, "url") or text(data, "web_url"),
        updated_at=_moment(data, "updated_at"),
        created_at=parse_time(data.get("created_at")),
        body=text(data, "description"),
        labels=labels,
        assignees=assignees,
        author=author,
        is_open=is_open,
        closed_as=None if is_open else _closed_as(data),
        closed_at=None if is_open else parse_time(data.get("closed_at")),
        is_locked=flag(data, "discussion_locked") is True,
        is_blocked=None,
        is_partial=is_partial,
        comments=integer(data, "user_notes_count") or 0,
        estimate_hours=estimate / _SECONDS_PER_HOUR if estimate and estimate > 0 else None,
        details=_details(data),
        moved_to=None if is_open else text(data, "moved_to_id") or None,
        digest=version,
    )


def _details(data: Json) -> Details:
    """Lists tell more than deliveries, which name a milestone by its number only."""
    boxes = child(data, "task_completion_status")
    spent = integer(child(data, "time_stats"), "total_time_spent") or integer(data, "total_time_spent")
    return Details(
        milestone=text(child(data, "milestone"), "title"),
        boxes=integer(boxes, "count") or 0,
        boxes_done=integer(boxes, "completed_count") or 0,
        weight=integer(data, "weight"),
        spent_hours=spent / _SECONDS_PER_HOUR if spent and spent > 0 else None,
        is_whole="task_completion_status" in data,
    )


def _closed_as(data: Json) -> ClosedAs:
    """GitLab gives no reason, but a duplicate and a moved issue were certainly not completed here."""
    elsewhere = text(data, "duplicated_to_id") or text(data, "moved_to_id")
    return ClosedAs.NOT_PLANNED if elsewhere else ClosedAs.UNKNOWN


def request_of_hook(body: Json, attributes: Json, project: ProjectRef) -> Request:
    title, updated_at = text(attributes, "title"), _moment(attributes, "updated_at")
    # "locked" is the moment in which GitLab merges: still open for us.
    state = _REQUEST_STATES.get(text(attributes, "state"), RequestState.OPEN)
    web_url = _web_url(body)
    return Request(
        external_id=text(attributes, "id"),
        number=_number(attributes),
        title=title,
        url=text(attributes, "url"),
        state=state,
        updated_at=updated_at,
        author=_author(body, attributes),
        closes=closed_issues(title, text(attributes, "description"), path=project.path, web_url=web_url),
        is_draft=flag(attributes, "draft") is True or flag(attributes, "work_in_progress") is True,
        created_at=parse_time(attributes.get("created_at")),
        merged_at=_merged_at(attributes, updated_at) if state is RequestState.MERGED else None,
        closes_elsewhere=closed_elsewhere(title, text(attributes, "description"), path=project.path, web_url=web_url),
        head=text(child(attributes, "last_commit"), "id"),
        reviews=_said_by_hook(body, attributes),
    )


def _said_by_hook(body: Json, attributes: Json) -> tuple[tuple[str, Review], ...] | None:
    """The reviewers with what they say; who approves or takes that back need not be one. Old versions do not tell."""
    rows = children(body, "reviewers")
    found = {text(row, "id"): review_said(text(row, "state")) for row in rows if "state" in row}
    said = {"approved": Review.APPROVED, "approval": Review.APPROVED}
    said |= dict.fromkeys(("unapproved", "unapproval"), Review.NOTHING)
    who, action = text(child(body, "user"), "id"), text(attributes, "action")
    if who and action in said:
        found[who] = said[action]
    return tuple(found.items()) if found or ("reviewers" in body and not rows) else None


def review_said(state: str) -> Review:
    """A reviewer's state."""
    return _REVIEWS.get(state, Review.NOTHING)


def checks_of(status: str) -> Checks:
    """A pipeline's status."""
    return _CHECKS.get(status, Checks.RUNNING)


def remark_of_hook(body: Json) -> Remark:
    """A comment, from its delivery."""
    attributes = child(body, "object_attributes")
    at = parse_time(attributes.get("created_at"))
    return Remark(text(attributes, "id"), text(attributes, "note"), author=actor(body.get("user")), at=at)


def request_of(payload: object, project: ProjectRef) -> Request:
    """One merge request from GitLab's REST JSON."""
    data = as_object(payload)
    title, url, updated_at = text(data, "title"), text(data, "web_url"), _moment(data, "updated_at")
    state = _REQUEST_STATES.get(text(data, "state"), RequestState.OPEN)
    return Request(
        external_id=text(data, "id"),
        number=_number(data),
        title=title,
        url=url,
        state=state,
        updated_at=updated_at,
        author=actor(data.get("author")),
        closes=closed_issues(
            title,
            text(data, "description"),
            path=project.path,
            web_url=_home_of(url),
        ),
        is_draft=flag(data, "draft") is True or flag(data, "work_in_progress") is True,
        created_at=parse_time(data.get("created_at")),
        merged_at=_merged_at(data, updated_at) if state is RequestState.MERGED else None,
        closes_elsewhere=closed_elsewhere(title, text(data, "description"), path=project.path, web_url=_home_of(url)),
        head=text(data, "sha"),
        checks=_pipeline(child(data, "head_pipeline")),
    )


def _home_of(url: str) -> str:
    return url.partition("/merge_requests/")[0].removesuffix("/-")


def _pipeline(data: Json) -> tuple[tuple[str, Checks], ...]:
    return ((PIPELINE, checks_of(text(data, "status"))),) if text(data, "status") else ()


def attempt_of(data: Json) -> Attempt:
    """One row of the list of a hook's events."""
    headers = {name.lower(): value for name, value in child(data, "request_headers").items()}
    return Attempt(
        integer(data, "id") or 0,
        text(headers, "idempotency-key"),
        has_worked=text(data, "response_status").startswith("2"),
    )


def _merged_at(attributes: Json, updated_at: datetime) -> datetime:
    return parse_time(attributes.get("merged_at")) or updated_at


def says_confidential(data: Json) -> bool:
    return data.get("confidential") not in (None, False)


def _is_public(body: Json) -> bool | None:
    """What the delivery says, None where it says nothing. Internal projects are not public."""
    level = integer(child(body, "project"), "visibility_level")
    if level in _PUBLIC:
        return True
    if level in _PRIVATE:
        return False
    # System hooks say "public", old ones "visibilitylevel|public".
    word = text(body, "project_visibility").rpartition("|")[2]
    return word == "public" if word else None


def _project_path(body: Json) -> str:
    target = child(child(body, "object_attributes"), "target")
    for data in (child(body, "project"), body, target):
        path = text(data, "path_with_namespace")
        if _PATH.fullmatch(path):
            return path
    path = parts_of(_web_url(body)).path.strip("/")
    return path if _PATH.fullmatch(path) else ""


def _web_url(body: Json) -> str:
    """The project's page; deliveries before 2015 name it under ``repository`` only."""
    project, repository = child(body, "project"), child(body, "repository")
    return text(project, "web_url") or text(project, "homepage") or text(repository, "homepage")


def _labels(value: object) -> tuple[Label, ...]:
    found = (label_of(item) for item in value) if isinstance(value, list) else ()
    return tuple(label for label in found if label is not None)


def _assignees(people: Json, data: Json) -> tuple[Actor, ...]:
    """From the list, else from the single field of old versions, else from the bare ids."""
    if isinstance(people.get("assignees"), list):
        listed = [actor(person) for person in children(people, "assignees")]
    else:
        listed = [actor(people.get("assignee"))]
    found = tuple(person for person in listed if person is not None)
    ids = data.get("assignee_ids")
    if found or not isinstance(ids, list):
        return found
    return tuple(Actor(str(number), "") for number in ids if isinstance(number, int))


def _author(body: Json, attributes: Json) -> Actor | None:
    """Deliveries name the author by number only: the login is known if the author is among the people they show."""
    author_id = text(attributes, "author_id")
    people = [child(body, "user"), *children(body, "assignees"), *children(body, "reviewers"), child(body, "assignee")]
    for person in people:
        if author_id and text(person, "id") == author_id:
            return actor(person)
    if text(attributes, "action") == "open" and not text(child(body, "user"), "id"):
        return Actor(
            author_id, text(child(body, "user"), "username")
        )  # old versions give no ids; the opener is the author
    return Actor(author_id, "") if author_id else None


def _number(data: Json) -> int:
    number = integer(data, "iid")
    if not number:
        raise UnreadablePayload("The object has no number (iid).")
    return number


def _moment(data: Json, key: str) -> datetime:
    moment = parse_time(data.get(key))
    if moment is None:
        raise UnreadablePayload(f"The object has no readable time in {key}.")
    return moment
