"""Fakes at our own seams: a client of a tracker that lives in memory, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sources.base import DeliveryLog, IssueQuery, Surveyed, Undelivered, Usage
from sources.errors import NotFound, SourceError
from sources.keeping import HookKeeper
from sources.model import Actor, Comment, Issue, Label, ProjectFacts, ProjectRef, Remark, Request

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
FACTS = ProjectFacts(
    external_id="1001",
    path="asso/site",
    web_url="https://github.com/asso/site",
    clone_url="https://github.com/asso/site.git",
    is_public=True,
)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **time: float) -> datetime:
        """Move on, by ``timedelta`` arguments."""
        self.at += timedelta(**time)
        return self.at


def issue(number: int = 1, **changes: object) -> Issue:
    """An open issue with the usual label."""
    values: dict[str, object] = {
        "external_id": str(5000 + number),
        "number": number,
        "title": f"Issue {number}",
        "url": f"https://github.com/asso/site/issues/{number}",
        "updated_at": NOW - timedelta(days=1),
        "created_at": NOW - timedelta(days=2),
        "body": "Something is wrong.",
        "labels": (Label("good first issue"),),
        "author": Actor("77", "alice"),
        "digest": f"digest-{number}",
    }
    return Issue(**{**values, **changes})  # type: ignore[arg-type]  # a factory for tests


@dataclass
class FakeClient:
    """A `sources.base.Client` over a dictionary of issues.

    ``failures`` are raised by the next calls, one each; ``lost`` ones are raised after the call took effect.
    """

    project: ProjectFacts = FACTS
    known: dict[int, Issue] = field(default_factory=dict)
    project_labels: list[str] = field(default_factory=lambda: ["good first issue", "bug"])
    known_requests: dict[int, Request] = field(default_factory=dict)
    logs: dict[str, DeliveryLog] = field(default_factory=dict)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    assigned: dict[int, list[str]] = field(default_factory=dict)
    assignable: bool = True
    failures: list[SourceError] = field(default_factory=list)
    lost: list[SourceError] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    page_size: int = 100
    keeper: HookKeeper | None = None
    files: dict[str, str] = field(default_factory=dict)
    known_progress: dict[int, Request] = field(default_factory=dict)
    known_links: dict[int, list[Request]] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)

    def put(self, *issues: Issue) -> None:
        """Let the tracker show these issues."""
        self.known.update({one.number: one for one in issues})

    def facts(self) -> ProjectFacts:
        self._called("facts")
        return self.project

    def labels(self) -> Sequence[Label]:
        self._called("labels")
        return [Label(name) for name in self.project_labels]

    def survey(self, projects: Sequence[ProjectRef], file: str) -> Mapping[str, Surveyed]:
        return {}

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        seen: set[int] = set()
        for label in query.labels or (None,):
            rows = [one for one in self._rows(query) if label is None or label in one.label_names]
            for start in range(0, max(len(rows), 1), self.page_size):
                self._called(f"issues {label or 'all'}")
                page = [one for one in rows[start : start + self.page_size] if one.number not in seen]
                seen |= {one.number for one in page}
                yield page

    def issue(self, number: int) -> Issue:
        self._called(f"issue {number}")
        try:
            return self.known[number]
        except KeyError:
            raise NotFound from None

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        self._called("requests")
        yield [one for one in self.known_requests.values() if one.updated_at >= since]

    def request(self, number: int) -> Request:
        self._called(f"request {number}")
        try:
            return self.known_requests[number]
        except KeyError:
            raise NotFound from None

    def progress(self, request: Request) -> Request:
        self._called(f"progress {request.number}")
        return self.known_progress.get(request.number, request)

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:
        self._called("linked")
        return {number: found for number, found in self.known_links.items() if number in numbers}

    def blocked(self, numbers: Sequence[int]) -> Set[int] | None:
        return None

    def remark(self, number: int, comment_id: str, *, is_on_request: bool = False) -> Remark:
        self._called(f"remark {number} {comment_id} {is_on_request}")
        try:
            return self.remarks[comment_id]
        except KeyError:
            raise NotFound from None

    def recent_remarks(self, number: int, since: datetime) -> Sequence[Remark]:
        self._called(f"recent_remarks {number}")
        return [one for one in self.remarks.values() if one.at is not None and one.at >= since]

    def decides(self, actor: Actor, association: str) -> bool:
        return association == "OWNER" and not actor.is_bot

    def file(self, path: str) -> str | None:
        return self.files.get(path)

    def find_comment(self, number: int, marker: str) -> Comment | None:
        self._called("find_comment")
        return next((comment for comment in self.comments.get(number, []) if marker in comment.body), None)

    def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
        self._called("find_comments")
        return [comment for comment in self.comments.get(number, []) if marker in comment.body]

    def create_comment(self, number: int, body: str) -> Comment:
        self._called("create_comment")
        comment = Comment(str(9000 + sum(map(len, self.comments.values()))), f"https://github.com/c/{number}", body)
        self.comments.setdefault(number, []).append(comment)
        self._lose_the_answer()
        return comment

    def edit_comment(self, number: int, comment_id: str, body: str) -> Comment:
        self._called("edit_comment")
        for place, comment in enumerate(self.comments.get(number, [])):
            if comment.external_id == comment_id:
                self.comments[number][place] = replace(comment, body=body)
                return self.comments[number][place]
        raise NotFound

    def delete_comment(self, number: int, comment_id: str) -> None:
        self._called("delete_comment")
        self.comments[number] = [one for one in self.comments.get(number, []) if one.external_id != comment_id]

    def assign(self, number: int, login: str) -> bool:
        self._called("assign")
        if self.assignable:
            self.assigned.setdefault(number, []).append(login)
        return self.assignable

    def unassign(self, number: int, login: str) -> None:
        self._called("unassign")
        self.assigned[number] = [one for one in self.assigned.get(number, []) if one != login]

    def suggest(self, number: int, login: str) -> bool:
        self._called("suggest")
        return self.assignable

    def add_label(self, number: int, name: str) -> bool:
        self._called("add_label")
        return name in self.project_labels

    def remove_label(self, number: int, name: str) -> None:
        self._called("remove_label")

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        self._called("undelivered")
        if url not in self.logs:
            raise NotFound
        return self.logs[url]

    def redeliver(self, lost: Undelivered) -> None:
        self._called(f"redeliver {lost.delivery_id}")

    def _rows(self, query: IssueQuery) -> list[Issue]:
        rows = sorted(self.known.values(), key=lambda one: (one.updated_at, one.number))
        if query.since is None:
            return [one for one in rows if one.is_open]
        return [one for one in rows if one.updated_at >= query.since]

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.usage.requests += 1
        if self.failures:
            raise self.failures.pop(0)

    def _lose_the_answer(self) -> None:
        if self.lost:
            raise self.lost.pop(0)
