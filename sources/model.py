"""The values every tracker is translated into: projects, issues, requests and events.

Nothing here knows a particular tracker, a database or the network. Times are aware UTC datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ClosedAs(Enum):
    """Why an issue was closed, as far as the tracker says; GitLab never does."""

    COMPLETED = "completed"
    NOT_PLANNED = "not_planned"
    UNKNOWN = "unknown"


class RequestState(Enum):
    """The state of a pull or merge request."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class Review(Enum):
    """What one reviewer says of a pull or merge request. ``NOTHING``: they looked, or took back what they had said."""

    REQUESTED = "requested"
    NOTHING = "nothing"
    APPROVED = "approved"
    CHANGES_WANTED = "changes_wanted"


class Checks(Enum):
    """What the project's machines say of a pull or merge request."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ProjectAddress:
    """A project's place as typed by a person: ``host`` may hold a port, ``path`` has no slashes around it.

    ``base_url`` is the web root of the forge without a trailing slash (``https://gitlab.example/sub``).
    """

    source: str
    host: str
    path: str
    base_url: str

    @property
    def web_url(self) -> str:
        """The project's home page."""
        return f"{self.base_url}/{self.path}"


@dataclass(frozen=True, slots=True)
class ProjectRef:
    """The project that a delivery is about. ``is_public`` is None where the payload does not tell.

    ``updated_at`` is when the project itself last changed, as far as the payload tells.
    """

    external_id: str | None
    path: str
    is_public: bool | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What a tracker says about a project when asked."""

    external_id: str
    path: str
    web_url: str
    clone_url: str
    is_public: bool
    is_archived: bool = False
    has_issues: bool = True
    default_branch: str = "main"
    description: str = ""
    languages: tuple[str, ...] = ()
    open_issues: int | None = None
    pushed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a project; ``description`` may state a time."""

    name: str
    external_id: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at the tracker. ``external_id`` is the numeric account id as text."""

    external_id: str
    login: str
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What a tracker tells of an issue besides, as far as it has such things.

    ``parent``: the address of the issue that this is a part of. ``parts`` are issues, ``boxes`` lines to tick in the text;
    each with how many are done. ``fields``: the organisation's own fields that everybody may see, name -> value; None:
    the payload does not tell which those are. ``is_whole``: what is empty here is empty there.
    """

    type: str = ""
    milestone: str = ""
    parent: str = ""
    parts: int = 0
    parts_done: int = 0
    boxes: int = 0
    boxes_done: int = 0
    weight: int | None = None
    spent_hours: float | None = None
    fields: tuple[tuple[str, str], ...] | None = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Issue:
    """A snapshot of an upstream issue, as one delivery or one list row shows it.

    ``labels`` is the state after the change. ``is_request`` marks a pull request listed among issues.
    ``estimate_hours`` is what the tracker's own estimate field says (GitLab ``time_estimate``), else None.
    ``moved_to``: what it became in another project, where a tracker says so of a closed issue: its own number there.
    ``is_blocked``: another one has to be done first; None where a tracker does not say so in this place.
    ``is_partial`` marks a payload that lacks fields needed to decide: it must be read again.
    ``digest`` is the SHA-256 of the canonical JSON of the issue object; it decides ties of ``updated_at``.
    """

    external_id: str
    number: int
    title: str
    url: str
    updated_at: datetime
    created_at: datetime | None = None
    body: str = ""
    labels: tuple[Label, ...] = ()
    assignees: tuple[Actor, ...] = ()
    author: Actor | None = None
    author_association: str = ""
    is_open: bool = True
    closed_as: ClosedAs | None = None
    closed_at: datetime | None = None
    is_locked: bool = False
    is_confidential: bool = False
    is_blocked: bool | None = False
    is_request: bool = False
    is_partial: bool = False
    comments: int = 0
    estimate_hours: float | None = None
    details: Details = Details()
    moved_to: str | None = None
    digest: str = ""

    @property
    def label_names(self) -> tuple[str, ...]:
        """The names of the labels, in the tracker's order."""
        return tuple(label.name for label in self.labels)


@dataclass(frozen=True, slots=True)
class Request:
    """A pull or merge request. ``closes`` are the issue numbers of the same project it says to close.

    ``closes_elsewhere`` are those of other projects of the same tracker: (path, number). ``association`` is the
    author's standing in the tracker's words. ``head`` is the newest commit. ``reviews`` and ``checks`` are what this
    source tells, by reviewer (an id) and by check (a name); whoever was asked and is not named is asked no more, and
    ``reviews`` is None where nothing is told of them.
    ``answered_at`` is the first word of somebody who decides there, as far as it was looked for.
    """

    external_id: str
    number: int
    title: str
    url: str
    state: RequestState
    updated_at: datetime
    author: Actor | None = None
    closes: tuple[int, ...] = ()
    is_draft: bool = False
    created_at: datetime | None = None
    merged_at: datetime | None = None
    closes_elsewhere: tuple[tuple[str, int], ...] = ()
    association: str = ""
    head: str = ""
    reviews: tuple[tuple[str, Review], ...] | None = None
    checks: tuple[tuple[str, Checks], ...] = ()
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of anybody. ``association`` is the author's standing in the tracker's words, empty where it has none.

    ``is_ours``: written by the account of our token.
    """

    external_id: str
    body: str
    author: Actor | None = None
    association: str = ""
    at: datetime | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours upstream."""

    external_id: str
    url: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class IssueSeen:
    """An issue changed; ``issue`` is its whole state after the change."""

    project: ProjectRef
    issue: Issue
    action: str
    sender: Actor | None = None


@dataclass(frozen=True, slots=True)
class IssueHidden:
    """An issue is confidential now: hide our copy and blank its text. Carries nothing that could leak."""

    project: ProjectRef
    number: int
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssueGone:
    """An issue was deleted or moved away. ``updated_at`` orders it among other news of the issue."""

    project: ProjectRef
    number: int
    moved_to: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A pull or merge request changed."""

    project: ProjectRef
    request: Request
    action: str
    sender: Actor | None = None
    remark: Remark | None = None
    """The review that the delivery tells of; its text is not kept."""


@dataclass(frozen=True, slots=True)
class ChecksSeen:
    """A check of a commit changed. Which request that is, a tracker does not say for those from forks."""

    project: ProjectRef
    head: str
    name: str
    checks: Checks
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RemarkSeen:
    """Somebody wrote a comment under an issue or (``is_on_request``) a pull or merge request. Edits are not told."""

    project: ProjectRef
    number: int
    remark: Remark
    is_on_request: bool = False


@dataclass(frozen=True, slots=True)
class LabelChanged:
    """A label was created, edited or deleted; ``old_name`` is set when it was renamed."""

    project: ProjectRef
    label: Label
    action: str
    old_name: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectChanged:
    """The project itself changed: renamed, archived, made private, deleted ... ``old_path`` when it moved."""

    project: ProjectRef
    action: str
    is_archived: bool | None = None
    old_path: str | None = None


@dataclass(frozen=True, slots=True)
class InstallationChanged:
    """Our App was installed, removed, suspended ..., or its repositories changed.

    ``added`` and ``removed`` are the projects that it covers now, and no longer. ``project`` is always None.
    """

    action: str
    external_id: str
    account: str
    permissions: tuple[tuple[str, str], ...] = ()
    added: tuple[ProjectRef, ...] = ()
    removed: tuple[ProjectRef, ...] = ()
    project: ProjectRef | None = None


@dataclass(frozen=True, slots=True)
class Ping:
    """The tracker confirms the hook."""

    project: ProjectRef | None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A genuine delivery that we do not act on. ``reason`` is a short rule id such as ``unknown_event``."""

    reason: str
    project: ProjectRef | None = None


Event = (
    IssueSeen
    | IssueHidden
    | IssueGone
    | RequestSeen
    | ChecksSeen
    | RemarkSeen
    | LabelChanged
    | ProjectChanged
    | InstallationChanged
    | Ping
    | Ignored
)
