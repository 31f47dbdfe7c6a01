"""GitHub's JSON, from webhooks and from the REST API, to our values. Nothing in it is trusted to be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sources.closing import closed_elsewhere, closed_issues
from sources.errors import UnreadablePayload
from sources.links import parts_of
from sources.model import (
    Actor,
    Checks,
    ClosedAs,
    Comment,
    Details,
    Issue,
    Label,
    ProjectFacts,
    ProjectRef,
    Remark,
    Request,
    RequestState,
    Review,
)
from sources.payload import Json, as_object, child, children, digest, flag, integer, text
from sources.redelivery import Attempt
from sources.times import parse_time

_CLOSED_AS = {
    "completed": ClosedAs.COMPLETED,
    "not_planned": ClosedAs.NOT_PLANNED,
    "duplicate": ClosedAs.NOT_PLANNED,
}
_REVIEWS = {"approved": Review.APPROVED, "changes_requested": Review.CHANGES_WANTED}
_CHECKS = {
    **dict.fromkeys(("success", "neutral", "skipped"), Checks.PASSED),
    **dict.fromkeys(("failure", "error", "timed_out", "action_required", "startup_failure"), Checks.FAILED),
}
DECIDING = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""The associations of those who may decide in a repository."""


def issue_of(payload: object) -> Issue:
    """One issue; a row of the list that is a pull request comes with ``is_request``.

    The oldest format has no id: the number names the issue within its repository all the same.
    """
    data = _object(payload, "issue")
    is_open = text(data, "state") == "open" if "state" in data else data.get("closed_at") is None
    return Issue(
        external_id=str(_number(data, "id", "issue")) if "id" in data else "",
        number=_number(data, "number", "issue"),
        title=text(data, "title"),
        url=_page(data),
        updated_at=_updated_at(data, "issue"),
        created_at=parse_time(data.get("created_at")),
        body=text(data, "body"),
        labels=labels_of(data),
        assignees=_actors(data),
        author=actor_of(data.get("user")),
        author_association=text(data, "author_association"),
        is_open=is_open,
        closed_as=None if is_open else _CLOSED_AS.get(text(data, "state_reason"), ClosedAs.UNKNOWN),
        closed_at=parse_time(data.get("closed_at")),
        is_locked=flag(data, "locked") or False,
        is_blocked=(integer(child(data, "issue_dependencies_summary"), "blocked_by") or 0) > 0,
        is_request=data.get("pull_request") is not None,
        is_partial=not ({"state", "labels"} <= data.keys() and data.keys() & {"assignees", "assignee"}),
        comments=integer(data, "comments") or 0,
        details=details_of(data),
        digest=digest(data),
    )


def details_of(data: Json, visible: Collection[int] | None = None) -> Details:
    """What is told besides. ``visible``: the fields that everybody may see; None: it is not known which, so none is."""
    parts = child(data, "sub_issues_summary")
    values = children(data, "issue_field_values")
    fields = (
        None if values and visible is None else tuple(_field(row) for row in values if _is_told(row, visible or ()))
    )
    return Details(
        type=text(child(data, "type"), "name"),
        milestone=text(child(data, "milestone"), "title"),
        parent=text(data, "parent_issue_url"),
        parts=integer(parts, "total") or 0,
        parts_done=integer(parts, "completed") or 0,
        fields=fields,
    )


def visible_fields(rows: Iterable[Json]) -> frozenset[int]:
    """The numbers of an organisation's fields that are not for its members only."""
    shown = (integer(row, "id") for row in rows if text(row, "visibility") == "all")
    return frozenset(number for number in shown if number is not None)


def _is_told(row: Json, visible: Collection[int]) -> bool:
    return integer(row, "issue_field_id") in visible and bool(text(row, "issue_field_name"))


def _field(row: Json) -> tuple[str, str]:
    chosen = [child(row, "single_select_option"), *children(row, "multi_select_options")]
    names = [text(option, "name") for option in chosen if text(option, "name")]
    return text(row, "issue_field_name"), ", ".join(names) or text(row, "value")


def request_of(payload: object, project: ProjectRef) -> Request:
    """One pull request; ``closes`` are read from its title and body."""
    data = _object(payload, "pull request")
    title, url = text(data, "title"), _page(data)
    home = url.partition("/pull/")[0]
    return Request(
        external_id=str(_number(data, "id", "pull request")),
        number=_number(data, "number", "pull request"),
        title=title,
        url=url,
        state=_request_state(data),
        updated_at=_updated_at(data, "pull request"),
        author=actor_of(data.get("user")),
        closes=closed_issues(title, text(data, "body"), path=project.path, web_url=home),
        is_draft=flag(data, "draft") or False,
        created_at=parse_time(data.get("created_at")),
        merged_at=parse_time(data.get("merged_at")),
        closes_elsewhere=closed_elsewhere(title, text(data, "body"), path=project.path, web_url=home),
        association=text(data, "author_association"),
        head=text(child(data, "head"), "sha"),
        reviews=tuple((text(person, "id"), Review.REQUESTED) for person in children(data, "requested_reviewers")),
    )


def review_of(payload: object) -> tuple[Remark, Review]:
    """One review, as deliveries and the list of reviews show it; its text is left out."""
    data = _object(payload, "review")
    author, state = actor_of(data.get("user")), text(data, "state").lower()
    remark = Remark(
        external_id=text(data, "id"),
        body="",
        author=author,
        association=text(data, "author_association"),
        at=parse_time(data.get("submitted_at")),
    )
    return remark, _REVIEWS.get(state, Review.NOTHING)


def remark_of(payload: object) -> Remark:
    """A comment of anybody."""
    data = _object(payload, "comment")
    return Remark(
        external_id=str(_number(data, "id", "comment")),
        body=text(data, "body"),
        author=actor_of(data.get("user")),
        association=text(data, "author_association"),
        at=parse_time(data.get("created_at")),
    )


def checks_of(data: Json) -> Checks:
    """What a check suite, a check run or a commit status says."""
    if text(data, "status") not in ("", "completed"):
        return Checks.RUNNING
    return _CHECKS.get(text(data, "conclusion") or text(data, "state"), Checks.RUNNING)


def project_of(payload: object) -> ProjectRef | None:
    """The repository that a payload names, None where it names none."""
    data = as_object(payload)
    path = text(data, "full_name")
    if path.count("/") != 1:
        return None
    number = integer(data, "id")
    return ProjectRef(
        external_id=None if number is None else str(number),
        path=path,
        is_public=_is_public(data),
        updated_at=parse_time(data.get("updated_at")),
    )


def project_named_in(data: Json) -> ProjectRef | None:
    """The repository that an issue's own addresses name, for payloads without a ``repository``."""
    parts = parts_of(text(data, "repository_url")).path.strip("/").split("/")
    return ProjectRef(external_id=None, path="/".join(parts[-2:])) if len(parts) >= 3 and parts[-3] == "repos" else None


def facts_of(payload: object) -> ProjectFacts:
    """A repository as the REST API shows it."""
    data = _object(payload, "repository")
    return ProjectFacts(
        external_id=str(_number(data, "id", "repository")),
        path=text(data, "full_name"),
        web_url=text(data, "html_url"),
        clone_url=text(data, "clone_url"),
        is_public=_is_public(data) or False,
        is_archived=bool(flag(data, "archived") or flag(data, "disabled")),
        has_issues=flag(data, "has_issues") is not False,
        default_branch=text(data, "default_branch") or "main",
        description=text(data, "description"),
        languages=(text(data, "language"),) if text(data, "language") else (),
        open_issues=integer(data, "open_issues_count"),
        pushed_at=parse_time(data.get("pushed_at")),
    )


def label_of(payload: object) -> Label | None:
    """A label; old answers list bare names."""
    if isinstance(payload, str):
        return Label(payload) if payload else None
    data = as_object(payload)
    number = integer(data, "id")
    return (
        Label(text(data, "name"), None if number is None else str(number), text(data, "description"))
        if text(data, "name")
        else None
    )


def labels_of(data: Json) -> tuple[Label, ...]:
    """The labels of an issue, in GitHub's order."""
    rows = data.get("labels")
    found = [label_of(row) for row in rows] if isinstance(rows, list) else []
    return tuple(label for label in found if label is not None)


def actor_of(payload: object) -> Actor | None:
    """An account, None for a deleted one."""
    data = as_object(payload)
    login, number = text(data, "login"), integer(data, "id")
    if not login:
        return None
    is_bot = text(data, "type") == "Bot" or login.endswith("[bot]")
    return Actor(external_id="" if number is None else str(number), login=login, is_bot=is_bot)


def comment_of(payload: object) -> Comment:
    """A comment as the REST API shows it."""
    data = _object(payload, "comment")
    return Comment(str(_number(data, "id", "comment")), text(data, "html_url"), text(data, "body"))


def attempt_of(data: Json) -> Attempt:
    """One row of the list of a hook's deliveries."""
    return Attempt(integer(data, "id") or 0, text(data, "guid"), has_worked=text(data, "status") == "OK")


def _actors(data: Json) -> tuple[Actor, ...]:
    """The assignees; payloads from before 2016 know only one."""
    rows: list[Json] = children(data, "assignees") if "assignees" in data else [child(data, "assignee")]
    found = [actor_of(row) for row in rows]
    return tuple(actor for actor in found if actor is not None)


def _is_public(data: Json) -> bool | None:
    """Public only if nothing says otherwise; None if nothing says anything."""
    private, visibility = flag(data, "private"), text(data, "visibility")
    if private is None and not visibility:
        return None
    return private is not True and visibility in ("", "public")


def _request_state(data: Json) -> RequestState:
    if flag(data, "merged") or data.get("merged_at") is not None:
        return RequestState.MERGED
    return RequestState.OPEN if text(data, "state") == "open" else RequestState.CLOSED


def _page(data: Json) -> str:
    """The web page of an issue or pull request; old payloads have it under ``_links`` or not at all."""
    url = text(data, "html_url") or text(child(child(data, "_links"), "html"), "href")
    return url if url.startswith(("https://", "http://")) else ""


def _updated_at(data: Json, what: str) -> datetime:
    moment = parse_time(data.get("updated_at")) or parse_time(data.get("created_at"))
    if moment is None:
        raise UnreadablePayload(f"The {what} has no readable time of its last change.")
    return moment


def _object(payload: object, what: str) -> Json:
    if not isinstance(payload, dict):
        raise UnreadablePayload(f"There is no {what}.")
    return payload


def _number(data: Json, key: str, what: str) -> int:
    number = integer(data, key)
    if number is None or number < 0:
        raise UnreadablePayload(f"The {what} has no readable {key}.")
    return number
