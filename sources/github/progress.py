"""What GitHub tells of pull requests beyond their own row: reviews, checks, first answers, and which issues they close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from sources.answers import Answer
from sources.errors import Forbidden, NotFound, RateLimited, Unavailable, UnreadablePayload
from sources.github.payloads import DECIDING, checks_of, remark_of, review_of
from sources.model import Actor, Checks, Remark, Request, RequestState, Review
from sources.payload import Json, as_object, child, children, text
from sources.times import iso, parse_time

PER_PAGE = "100"
REMARK_PAGES = 2
AT_ONCE = 50
"""How many issues one GraphQL query asks for: well below the limit of nodes, and one point of the quota."""
_CLOSERS = (
    "closedByPullRequestsReferences(first: 20, includeClosedPrs: true) { nodes { "
    "databaseId number title url state isDraft createdAt updatedAt mergedAt headRefOid authorAssociation "
    "author { login __typename ... on User { databaseId } ... on Bot { databaseId } } "
    "repository { nameWithOwner } } }"
)
_STATES = {"OPEN": RequestState.OPEN, "MERGED": RequestState.MERGED}


@dataclass(frozen=True, slots=True)
class Reader:
    """How the client of one repository asks. ``url`` takes the part after the repository, ``graphql`` the query."""

    url: Callable[[str], str]
    get: Callable[[str], Answer]
    pages: Callable[[str], Iterator[list[object]]]
    graphql: Callable[[Mapping[str, object]], Answer]
    clock: Callable[[], datetime]


def progress(reader: Reader, request: Request) -> Request:
    """The request with its reviews, the checks of its newest commit, and its first answer."""
    reviews, answers = _reviews(reader, request)
    answered_at = min((*answers, *_remarks(reader, request)), default=None)
    return replace(request, reviews=reviews, checks=_checks(reader, request.head), answered_at=answered_at)


def remark(reader: Reader, comment_id: str) -> Remark:
    """One comment; `NotFound` where it was deleted."""
    if not comment_id.isascii() or not comment_id.isdigit():
        raise NotFound(f"GitHub's comments have numbers, not {comment_id!r}.")
    try:
        return remark_of(reader.get(reader.url(f"/issues/comments/{comment_id}")).json())
    except UnreadablePayload as exc:
        raise Unavailable(f"GitHub's answer is not a comment: {exc}") from exc


def recent_remarks(reader: Reader, number: int, since: datetime) -> list[Remark]:
    """The comments of an issue since then: the first two hundred."""
    pages = reader.pages(reader.url(f"/issues/{number}/comments?since={iso(since)}&per_page={PER_PAGE}"))
    try:
        return [remark_of(row) for page in islice(pages, REMARK_PAGES) for row in page]
    except UnreadablePayload as exc:
        raise Unavailable(f"GitHub's answer is not a comment: {exc}") from exc


def decides(actor: Actor, association: str) -> bool:
    """Owners, members and collaborators decide; programs never do."""
    return association in DECIDING and not actor.is_bot


def linked(reader: Reader, path: str, numbers: Sequence[int]) -> dict[int, list[Request]]:
    """The pull requests of the repository that GitHub says close these issues: one query for fifty issues."""
    found: dict[int, list[Request]] = {}
    for first in range(0, len(numbers), AT_ONCE):
        for number, rows in _closers(reader, path, numbers[first : first + AT_ONCE]):
            ours = [row for row in rows if text(child(row, "repository"), "nameWithOwner").lower() == path.lower()]
            found[number] = [request for row in ours if (request := _request(row)) is not None]
    return found


# --- reviews ------------------------------------------------------------------------------------------------------


def _reviews(reader: Reader, request: Request) -> tuple[tuple[tuple[str, Review], ...], list[datetime]]:
    """Each reviewer's last word, whoever is asked again; and when those who decide spoke."""
    said: dict[str, Review] = {}
    answers: list[datetime] = []
    for row in _rows(reader, f"/pulls/{request.number}/reviews?per_page={PER_PAGE}"):
        given, review = review_of(row)
        if given.author is None:
            continue
        if text(row, "state").upper() != "COMMENTED" or given.author.external_id not in said:
            said[given.author.external_id] = review  # a mere comment takes back nothing
        if given.at is not None and _is_answer(given, request):
            answers.append(given.at)
    return tuple((said | dict(request.reviews or ())).items()), answers


def _remarks(reader: Reader, request: Request) -> list[datetime]:
    rows = _rows(reader, f"/issues/{request.number}/comments?per_page={PER_PAGE}")
    remarks = [remark_of(row) for row in rows]
    return [given.at for given in remarks if given.at is not None and _is_answer(given, request)]


def _is_answer(given: Remark, request: Request) -> bool:
    author = given.author
    if author is None or (request.author is not None and author.external_id == request.author.external_id):
        return False
    return decides(author, given.association)


# --- checks -------------------------------------------------------------------------------------------------------


def _checks(reader: Reader, head: str) -> tuple[tuple[str, Checks], ...]:
    """By suite and by status, as deliveries name them; none where our token may not see them."""
    if not head:
        return ()
    found: dict[str, Checks] = {}
    try:
        for suite in _rows(reader, f"/commits/{head}/check-suites?per_page={PER_PAGE}", within="check_suites"):
            found[text(child(suite, "app"), "id") or "suite"] = checks_of(suite)
        for status in _rows(reader, f"/commits/{head}/status?per_page={PER_PAGE}", within="statuses"):
            found[text(status, "context") or "status"] = checks_of(status)
    except (Forbidden, NotFound):
        return tuple(found.items())
    return tuple(found.items())


def _rows(reader: Reader, tail: str, *, within: str = "") -> Iterable[Json]:
    if within:
        return children(as_object(reader.get(reader.url(tail)).json()), within)
    return [as_object(row) for page in reader.pages(reader.url(tail)) for row in page]


# --- what closes an issue -----------------------------------------------------------------------------------------


def _closers(reader: Reader, path: str, numbers: Sequence[int]) -> Iterator[tuple[int, list[Json]]]:
    owner, _, name = path.partition("/")
    issues = " ".join(f"i{number}: issue(number: {int(number)}) {{ {_CLOSERS} }}" for number in numbers)
    query = f"query($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {{ {issues} }} }}"
    answer = as_object(reader.graphql({"query": query, "variables": {"owner": owner, "name": name}}).json())
    for error in children(answer, "errors"):
        if text(error, "type") == "RATE_LIMITED":  # under status 200
            raise RateLimited(reader.clock() + timedelta(minutes=1), is_guess=True)
    repository = child(child(answer, "data"), "repository")
    for number in numbers:
        yield number, children(child(child(repository, f"i{number}"), "closedByPullRequestsReferences"), "nodes")


def _request(row: Json) -> Request | None:
    updated_at, url = parse_time(row.get("updatedAt")), text(row, "url")
    if updated_at is None or not url.startswith(("https://", "http://")) or not text(row, "number").isdigit():
        return None
    author = child(row, "author")
    login = text(author, "login")
    is_bot = text(author, "__typename") == "Bot"
    return Request(
        external_id=text(row, "databaseId"),
        number=int(text(row, "number")),
        title=text(row, "title"),
        url=url,
        state=_STATES.get(text(row, "state"), RequestState.CLOSED),
        updated_at=updated_at,
        author=Actor(text(author, "databaseId"), login, is_bot) if login else None,
        is_draft=row.get("isDraft") is True,
        created_at=parse_time(row.get("createdAt")),
        merged_at=parse_time(row.get("mergedAt")),
        association=text(row, "authorAssociation"),
        head=text(row, "headRefOid"),
    )
