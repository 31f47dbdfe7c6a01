"""Forgejo's, Gitea's and Gogs' JSON, from webhooks and from the REST API, to our values."""

from __future__ import annotations

from datetime import UTC, datetime

from sources.closing import closed_issues
from sources.errors import UnreadablePayload
from sources.model import (
    Actor,
    ClosedAs,
    Comment,
    Issue,
    Label,
    ProjectFacts,
    ProjectRef,
    Remark,
    Request,
    RequestState,
)
from sources.payload import Json, as_object, child, children, digest, flag, integer, text
from sources.times import parse_time

_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)  # these forges write "never" as the year 1, or as the first of 1970
_DRAFT_TITLES = ("WIP:", "[WIP]")
_FIRST_SYSTEM_ACCOUNT = -2  # -1 is the deleted account, -2 and below are those that automate
_SECONDS_PER_HOUR = 3600


def issue_of(payload: object, repository: Json | None = None) -> Issue:
    """One issue; ``repository`` helps where old versions give the issue no address or no time of its own."""
    data, home = _object(payload, "issue"), as_object(repository)
    number = _number(data, "issue")
    is_open = text(data, "state") != "closed"
    own_time = _moment(data, "updated_at")
    updated_at = own_time or _moment(data, "created_at") or _moment(home, "updated_at")
    if updated_at is None:
        raise UnreadablePayload("The issue has no readable time of its last change.")
    return Issue(
        external_id=text(data, "id"),
        number=number,
        title=text(data, "title"),
        url=_page(data) or (_page(home) and f"{_page(home)}/issues/{number}"),
        updated_at=updated_at,
        created_at=_moment(data, "created_at"),
        body=text(data, "body"),
        labels=_labels(data),
        assignees=_assignees(data),
        author=actor_of(data.get("user")),
        is_open=is_open,
        closed_as=None if is_open else ClosedAs.UNKNOWN,
        closed_at=None if is_open else _moment(data, "closed_at"),
        is_locked=flag(data, "is_locked") or False,
        is_request=data.get("pull_request") is not None,
        is_partial=own_time is None or not {"state", "labels"} <= data.keys(),
        comments=integer(data, "comments") or 0,
        estimate_hours=_hours(data),
        digest=digest(data),
    )


def request_of(payload: object, project: ProjectRef, repository: Json) -> Request:
    """One pull request. Gogs gives it no time: then the repository's counts, and without one it is older than all."""
    data = _object(payload, "pull request")
    title = text(data, "title")
    times = (_moment(data, "updated_at"), _moment(data, "created_at"), _moment(repository, "updated_at"))
    return Request(
        external_id=text(data, "id"),
        number=_number(data, "pull request"),
        title=title,
        url=_page(data),
        state=_request_state(data),
        updated_at=next((moment for moment in times if moment), _LONG_AGO),
        author=actor_of(data.get("user")),
        closes=closed_issues(title, text(data, "body"), path=project.path, web_url=_page(repository)),
        is_draft=flag(data, "draft") or title.upper().startswith(_DRAFT_TITLES),
        created_at=_moment(data, "created_at"),
        merged_at=_moment(data, "merged_at"),
    )


def project_of(payload: object) -> ProjectRef | None:
    """The repository that a payload names, None where it names none."""
    data = as_object(payload)
    path = text(data, "full_name")
    if path.count("/") != 1:
        return None
    return ProjectRef(
        external_id=text(data, "id") or None,
        path=path,
        is_public=_is_public(data),
        updated_at=_moment(data, "updated_at"),
    )


def facts_of(payload: object) -> ProjectFacts:
    """A repository as the REST API shows it. Issues kept in another tracker count as none: ``has_issues`` stays true."""
    data = _object(payload, "repository")
    if not text(data, "id") or not text(data, "full_name"):
        raise UnreadablePayload("The repository has no id or no name.")
    return ProjectFacts(
        external_id=text(data, "id"),
        path=text(data, "full_name"),
        web_url=text(data, "html_url"),
        clone_url=text(data, "clone_url"),
        is_public=_is_public(data) or False,
        is_archived=flag(data, "archived") or False,
        has_issues=flag(data, "has_issues") is not False and not child(data, "external_tracker"),
        default_branch=text(data, "default_branch") or "main",
        description=text(data, "description"),
        languages=(text(data, "language"),) if text(data, "language") else (),
        open_issues=integer(data, "open_issues_count"),
        pushed_at=_moment(data, "updated_at"),
    )


def label_of(payload: object) -> Label | None:
    """A label, None for what has no name."""
    data = as_object(payload)
    name = text(data, "name")
    return Label(name, text(data, "id") or None, text(data, "description")) if name else None


def actor_of(payload: object) -> Actor | None:
    """An account; None for a deleted one, which these forges show as number -1."""
    data = as_object(payload)
    login, number = text(data, "login") or text(data, "username"), integer(data, "id")
    if not login or number == -1:
        return None
    is_bot = number is not None and number <= _FIRST_SYSTEM_ACCOUNT
    return Actor(external_id="" if number is None else str(number), login=login, is_bot=is_bot)


def comment_of(payload: object) -> Comment:
    """A comment as the REST API shows it."""
    data = _object(payload, "comment")
    if not text(data, "id"):
        raise UnreadablePayload("The comment has no id.")
    return Comment(text(data, "id"), _page(data), text(data, "body"))


def remark_of(payload: object) -> Remark:
    """A comment of anybody."""
    data = _object(payload, "comment")
    return Remark(
        text(data, "id"), text(data, "body"), actor_of(data.get("user")), at=parse_time(data.get("created_at"))
    )


def assigned_logins(payload: object) -> tuple[str, ...]:
    """Who is assigned to an issue, as its JSON says."""
    return tuple(actor.login for actor in _assignees(as_object(payload)))


def _labels(data: Json) -> tuple[Label, ...]:
    found = (label_of(row) for row in children(data, "labels"))
    return tuple(label for label in found if label is not None)


def _assignees(data: Json) -> tuple[Actor, ...]:
    """The list, else the single field: Gogs has no list, and others show an empty one as null."""
    rows = children(data, "assignees") or [child(data, "assignee")]
    found = (actor_of(row) for row in rows)
    return tuple(actor for actor in found if actor is not None)


def _is_public(data: Json) -> bool | None:
    """``internal``: a repository that only signed-in people see is not public."""
    private, internal = flag(data, "private"), flag(data, "internal")
    return None if private is None else not (private or internal)


def _request_state(data: Json) -> RequestState:
    if flag(data, "merged") or _moment(data, "merged_at"):
        return RequestState.MERGED
    return RequestState.CLOSED if text(data, "state") == "closed" else RequestState.OPEN


def _hours(data: Json) -> float | None:
    """Gitea's estimate, in seconds; none where it is zero."""
    seconds = integer(data, "time_estimate")
    return seconds / _SECONDS_PER_HOUR if seconds and seconds > 0 else None


def _page(data: Json) -> str:
    url = text(data, "html_url")
    return url if url.startswith(("https://", "http://")) else ""


def _moment(data: Json, key: str) -> datetime | None:
    moment = parse_time(data.get(key))
    return moment if moment is not None and moment >= _LONG_AGO else None


def _number(data: Json, what: str) -> int:
    number = integer(data, "number")
    if number is None or number < 1:
        raise UnreadablePayload(f"The {what} has no readable number.")
    return number


def _object(payload: object, what: str) -> Json:
    if not isinstance(payload, dict):
        raise UnreadablePayload(f"There is no {what}.")
    return payload
