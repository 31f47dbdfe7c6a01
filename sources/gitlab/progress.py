"""What GitLab tells of merge requests beyond their own row: reviewers, first answers, and which issues they close."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sources.answers import Answer
from sources.errors import Forbidden, NotFound, Unavailable
from sources.gitlab.payloads import actor, review_said
from sources.model import Actor, Remark, Request
from sources.payload import Json, as_object, child, flag, integer, text
from sources.times import parse_time

DEVELOPER = 30
"""GitLab's level of those who may merge where nothing is protected; maintainers have 40, owners 50."""
MOST_ASKED = 5
REMARK_PAGES = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """How the client of one project asks; ``project`` is the project's address in the API, ``ask`` takes a GraphQL question."""

    project: str
    read: Callable[[str], Answer]
    pages: Callable[[str, Mapping[str, str]], Iterator[list[Json]]]
    request_of: Callable[[object], Request]
    ask: Callable[[Mapping[str, object]], Json]


def progress(reader: Reader, request: Request) -> Request:
    """The request with what its reviewers say, and its first answer; its pipeline stands in its own row."""
    place = f"{reader.project}/merge_requests/{request.number}"
    try:
        rows = reader.read(f"{place}/reviewers").json()
    except (Forbidden, NotFound):  # from before 16.0
        rows = []
    said = {
        text(child(as_object(row), "user"), "id"): review_said(text(as_object(row), "state"))
        for row in (rows if isinstance(rows, list) else [])
    }
    reviews = tuple((dict(request.reviews or ()) | said).items())
    return replace(request, reviews=reviews, answered_at=_answered_at(reader, request, place))


def remark(reader: Reader, number: int, comment_id: str, *, is_on_request: bool) -> Remark:
    """One comment; `NotFound` where it was deleted, or is one of the tracker's own."""
    if not comment_id.isascii() or not comment_id.isdigit():
        raise NotFound(f"GitLab's comments have numbers, not {comment_id!r}.")
    kind = "merge_requests" if is_on_request else "issues"
    row = as_object(reader.read(f"{reader.project}/{kind}/{number}/notes/{comment_id}").json())
    if not text(row, "id"):
        raise Unavailable("GitLab's answer does not hold the comment.")
    if _is_hidden(row):
        raise NotFound
    return _remark(row)


def recent_remarks(reader: Reader, number: int, since: datetime) -> list[Remark]:
    """The comments that people wrote under an issue since then: of the last two hundred."""
    pages = reader.pages(f"{reader.project}/issues/{number}/notes", {"order_by": "created_at", "sort": "desc"})
    rows = [row for page in islice(pages, REMARK_PAGES) for row in page]
    given = [_remark(row) for row in rows if not _is_hidden(row)]
    return [remark for remark in given if remark.at is not None and remark.at >= since]


def decides(reader: Reader, person: Actor) -> bool:
    """Developers, maintainers and owners do, of the project or of a group above it; programs never do."""
    if person.is_bot or not person.external_id.isdigit():
        return False
    try:
        row = as_object(reader.read(f"{reader.project}/members/all/{person.external_id}").json())
    except (Forbidden, NotFound):
        return False
    is_active = text(row, "state") in ("", "active")
    return is_active and (integer(row, "access_level") or 0) >= DEVELOPER


def linked(reader: Reader, numbers: Sequence[int]) -> dict[int, list[Request]]:
    """The merge requests of the project that GitLab says close these issues: one question for each."""
    found: dict[int, list[Request]] = {}
    for number in numbers:
        try:
            rows = [row for page in reader.pages(f"{reader.project}/issues/{number}/closed_by", {}) for row in page]
        except (Forbidden, NotFound):
            continue
        found[number] = [reader.request_of(row) for row in rows if _is_ours(reader, row)]
    return found


def _is_ours(reader: Reader, row: Json) -> bool:
    key = reader.project.rpartition("/")[2]  # the project's number, or its path where we do not know it yet
    return not key.isdigit() or text(row, "target_project_id") in ("", key)


def _answered_at(reader: Reader, request: Request, place: str) -> datetime | None:
    """When somebody who decides first spoke. Of strangers only the first few are asked for their rights."""
    asked: dict[str, bool] = {}
    for page in reader.pages(f"{place}/notes", {"sort": "asc", "order_by": "created_at"}):
        for row in page:
            given = _remark(row)
            person = given.author
            if person is None or person == request.author or flag(row, "system") is True or given.at is None:
                continue
            if person.external_id not in asked:
                if len(asked) == MOST_ASKED:
                    return None
                asked[person.external_id] = decides(reader, person)
            if asked[person.external_id]:
                return given.at
    return None


def _is_hidden(row: Json) -> bool:
    """Whether it is one of the tracker's own, or not for everybody."""
    return any(flag(row, name) is True for name in ("system", "internal", "confidential"))


def _remark(row: Json) -> Remark:
    return Remark(
        text(row, "id"), text(row, "body"), author=actor(row.get("author")), at=parse_time(row.get("created_at"))
    )
