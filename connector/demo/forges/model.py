"""What a simulated forge holds: plain mutable records, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Account:
    """Somebody with a login."""

    id: int
    login: str
    name: str = ""
    is_bot: bool = False


@dataclass(slots=True)
class Label:
    """A label of a project."""

    id: int
    name: str
    description: str = ""
    color: str = "ededed"


@dataclass(slots=True)
class Comment:
    """A comment under an issue or a request."""

    id: int
    body: str
    author: Account | None
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True)
class Issue:
    """An issue. ``raw`` is a recorded row, which is then served as it is instead of one built from the other fields.

    ``parts``: the numbers of its sub-issues. ``fields``: values of the organisation's own fields, by name.
    """

    id: int
    number: int
    title: str
    body: str | None
    author: Account | None
    created_at: datetime
    updated_at: datetime
    labels: list[str] = field(default_factory=list)
    assignees: list[Account] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    is_open: bool = True
    closed_at: datetime | None = None
    closed_as: str | None = None
    is_locked: bool = False
    is_confidential: bool = False
    blocked_by: int = 0
    estimate_seconds: int = 0
    spent_seconds: int = 0
    type: str = ""
    milestone: str = ""
    weight: int | None = None
    parts: list[int] = field(default_factory=list)
    parent: int | None = None
    moved_to: int | None = None
    fields: dict[str, str] = field(default_factory=dict)
    raw: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer said: approved or changes_wanted."""

    id: int
    author: Account
    said: str
    at: datetime


@dataclass(slots=True)
class Request:
    """A pull or merge request. ``closes`` are the issues that its merge closes; ``state`` is open, closed or merged.

    ``asked`` are the reviewers who have not answered. ``checks``: running, passed or failed; ``head`` the newest commit.
    """

    id: int
    row_id: int
    number: int
    title: str
    body: str
    author: Account | None
    created_at: datetime
    updated_at: datetime
    closes: tuple[int, ...] = ()
    labels: list[str] = field(default_factory=list)
    state: str = "open"
    is_draft: bool = False
    branch: str = "patch-1"
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    asked: list[Account] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    checks: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to hand over a delivery. ``status`` is the answer's, 0 where nobody answered."""

    number: int
    delivery_id: str
    event: str
    body: bytes
    status: int
    at: datetime
    is_again: bool = False


@dataclass(slots=True)
class Hook:
    """An address that is told what happens. The secrets are what somebody typed into the forge's form.

    ``events`` are names as in deliveries, empty: all of them. ``attempts``: what the forge remembers of its deliveries,
    the oldest first. ``failures``: how many in a row failed; ``disabled_until``: a pause that the forge takes.
    """

    id: int
    url: str
    created_at: datetime
    secret: str = ""
    signing_token: str = ""
    events: tuple[str, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    is_active: bool = True
    failures: int = 0
    disabled_until: datetime | None = None
    template: str = ""


@dataclass(slots=True)
class Project:
    """A repository with its tracker. ``members`` may see everything and be assigned anywhere.

    ``moved``: number of an issue that went to another project -> that project's id and its number there.
    """

    id: int
    path: str
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime
    description: str = ""
    default_branch: str = "main"
    languages: dict[str, int] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False
    has_issues: bool = True
    labels: dict[str, Label] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)
    hooks: dict[int, Hook] = field(default_factory=dict)
    old_paths: set[str] = field(default_factory=set)
    moved: dict[int, tuple[int, int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def owner(self) -> str:
        """The path without its last part."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that just happened, for those who listen. ``subject`` is issue, request, label, comment, project or hook.

    ``before`` holds the old values of what changed, ``about`` the label or account that an action is about. ``data``: the
    whole delivery, where the forge has no other words for it.
    """

    subject: str
    action: str
    project: Project
    sender: Account
    issue: Issue | None = None
    request: Request | None = None
    label: Label | None = None
    comment: Comment | None = None
    hook: Hook | None = None
    about: Account | Label | None = None
    review: Review | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
