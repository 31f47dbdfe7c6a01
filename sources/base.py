"""What a tracker must offer: a pure half (`Source`) and a talking half (`Client`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from sources.budget import Budget
from sources.keeping import HookKeeper
from sources.model import (
    Actor,
    Comment,
    Event,
    Issue,
    Label,
    ProjectAddress,
    ProjectFacts,
    ProjectRef,
    Remark,
    Request,
)
from sources.pasted import Pasted
from sources.transport import Transport

Headers = Mapping[str, str]
"""Header names in lower case."""


class Proof(Enum):
    """How a delivery proved that it is genuine."""

    SIGNATURE = "signature"
    TOKEN = "token"  # noqa: S105  (the name of a kind of proof, not a secret)


@dataclass(frozen=True, slots=True)
class IssueQuery:
    """Which issues to list.

    ``labels`` empty: all. Several labels mean one list per label (both forges AND them in one request);
    an issue that carries two of them comes once. ``since`` given: every change since then, labels ignored,
    closed ones included; else only open ones.
    """

    labels: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is kept of an answer, so that it need not be sent again as long as it stays the same.

    ``following``: the address of the page after it. ``shown``: the numbers of all issues on a page. ``body``: the answer
    itself, of a small object.
    """

    etag: str
    following: str = ""
    shown: tuple[int, ...] = ()
    body: str = ""


@dataclass(slots=True)
class Usage:
    """What a client has used since it was made; shown by ``wecena harvest``."""

    requests: int = 0
    unchanged: int = 0
    rate_limit_left: int | None = None
    rate_limit_resets_at: datetime | None = None
    rows_expected: int | None = None
    """About how many rows the list under way has, as far as the tracker tells."""
    known: Mapping[str, Mark] = field(default_factory=dict)
    """URL -> what is kept of earlier answers; set by the caller before the first request."""
    marks: dict[str, Mark] = field(default_factory=dict)
    """URL -> what to keep of the answers so far, unchanged ones too; a page's is there before the page is."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A delivery that the tracker could not hand over. ``number`` grows with each attempt at the tracker.

    ``delivery_id`` is the same for each attempt, and the one that a delivery arrives with.
    """

    number: int
    delivery_id: str
    hook_id: str


@dataclass(frozen=True, slots=True)
class DeliveryLog:
    """What the tracker remembers of its deliveries to one address, since the attempt last looked at.

    ``newest`` is the number of the newest attempt; ``failed`` are those that no later attempt brought, oldest first.
    """

    newest: int = 0
    failed: tuple[Undelivered, ...] = ()


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What one question about many projects tells of one of them: facts, labels, and a small file.

    ``has_more_labels``: there are others besides. ``is_file_whole``: ``file`` is all of it, or there is none (None).
    """

    facts: ProjectFacts
    labels: tuple[Label, ...] = ()
    has_more_labels: bool = False
    file: str | None = None
    is_file_whole: bool = True


class Client(Protocol):
    """Talks to one project of one tracker. Every method may raise a `SourceError`, and nothing else.

    ``keeper`` makes and repairs hooks; None where the tracker lets no program do so, or we have no token.
    """

    usage: Usage
    keeper: HookKeeper | None

    def facts(self) -> ProjectFacts:
        """What the tracker says about the project."""
        ...

    def survey(self, projects: Sequence[ProjectRef], file: str) -> Mapping[str, Surveyed]:
        """Path -> what one question tells of many projects under the same token, and of the file of this name in each.

        Projects that it does not show are left out; all of them where the tracker has no cheaper way than to ask each.
        """
        ...

    def labels(self) -> Sequence[Label]:
        """All labels of the project."""
        ...

    def issues(self, query: IssueQuery) -> Iterator[Sequence[Issue]]:
        """Pages of issues, as they arrive, pull requests included (``is_request``).

        A page that is known to be unchanged is left out; the numbers on it are in ``usage.marks``.
        """
        ...

    def issue(self, number: int) -> Issue:
        """One issue, read now."""
        ...

    def requests(self, since: datetime) -> Iterator[Sequence[Request]]:
        """Pages of the pull or merge requests that changed since then, in any state.

        No page where the list is known to be unchanged: its mark may be kept only after all pages were taken over.
        """
        ...

    def request(self, number: int) -> Request:
        """One pull or merge request, read now."""
        ...

    def progress(self, request: Request) -> Request:
        """The same request with its reviews, checks and first answer, as far as the tracker shows them to us."""
        ...

    def linked(self, numbers: Sequence[int]) -> Mapping[int, Sequence[Request]]:
        """The requests that the tracker itself says close these issues, in any state, by the issue's number.

        Only requests of this project. Empty where the tracker knows of none, or does not tell us.
        """
        ...

    def blocked(self, numbers: Sequence[int]) -> Set[int] | None:
        """Which of these issues wait for another one; None where rows and deliveries say it, or nothing is told."""
        ...

    def remark(self, number: int, comment_id: str, *, is_on_request: bool = False) -> Remark:
        """One comment of anybody, read now."""
        ...

    def recent_remarks(self, number: int, since: datetime) -> Sequence[Remark]:
        """The comments that people wrote under an issue since then, as far as two pages tell, in any order."""
        ...

    def decides(self, actor: Actor, association: str) -> bool:
        """Whether somebody may decide in this project: by their id or standing at the tracker, never by their name."""
        ...

    def file(self, path: str) -> str | None:
        """A small file of the default branch; None where there is none. `Forbidden` where our token may not read it."""
        ...

    def find_comment(self, number: int, marker: str) -> Comment | None:
        """The oldest comment of an issue whose body holds ``marker``."""
        ...

    def find_comments(self, number: int, marker: str) -> Sequence[Comment]:
        """The comments of an issue that hold ``marker`` and were written by our own account, oldest first."""
        ...

    def create_comment(self, number: int, body: str) -> Comment:
        """Write a comment. Never repeats the request by itself."""
        ...

    def edit_comment(self, number: int, comment_id: str, body: str) -> Comment:
        """Replace the text of a comment of ours."""
        ...

    def delete_comment(self, number: int, comment_id: str) -> None:
        """Delete a comment of ours; nothing happens where it is gone already."""
        ...

    def assign(self, number: int, login: str) -> bool:
        """Assign somebody; False where the tracker ignored it (read back, not believed)."""
        ...

    def unassign(self, number: int, login: str) -> None:
        """Take somebody off the assignees."""
        ...

    def suggest(self, number: int, login: str) -> bool:
        """Propose somebody as assignee, for a person there to confirm; False where the tracker has no such thing."""
        ...

    def add_label(self, number: int, name: str) -> bool:
        """Put a label beside those an issue carries; False where the project has none of that name. None is made."""
        ...

    def remove_label(self, number: int, name: str) -> None:
        """Take one label off an issue; nothing happens where it does not carry it."""
        ...

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        """Which deliveries to the hook with this address failed after the attempt of this number.

        `Forbidden` where our token may not see the hooks, `NotFound` where none has this address.
        """
        ...

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more, under the id that it had."""
        ...


class Deliverer(Protocol):
    """Whatever keeps a list of its deliveries to one webhook of ours: the client of a project, or an App."""

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        """Which deliveries failed after the attempt of this number."""
        ...

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more, under the id that it had."""
        ...


class TokenSource(Protocol):
    """Lends tokens that last a while. Both may raise a `SourceError`."""

    def current(self) -> str | None:
        """A live token; None: read as anybody."""
        ...

    def another(self, refused: str) -> str | None:
        """A token after one that the tracker refused; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """Where and as whom to talk: ``api_url`` without trailing slash, ``token`` None for anonymous reads.

    ``tokens`` lends one instead, when the first request is made. ``budget``: what the credential may still ask.
    """

    api_url: str
    project: ProjectRef
    token: str | None = None
    tokens: TokenSource | None = None
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class HookRecipe:
    """How somebody makes a hook by hand, in the words of the tracker's own English form.

    ``page``: where the form is. ``url_field``: what takes the webhook's address. ``choices``: other fields and their
    values. ``secrets``: fields and the names of their values in `Source.credentials`. ``events``: the boxes to tick.
    ``save``: the last button. ``test``: what to press then for a first message; empty where it comes by itself.
    ``confidential``: the boxes among them that make the tracker tell us of confidential issues.
    """

    page: str
    url_field: str
    choices: tuple[tuple[str, str], ...]
    secrets: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    save: str
    test: str = ""
    confidential: tuple[str, ...] = ()


class Source(Protocol):
    """A kind of tracker. Everything but `connect` is pure."""

    name: str
    also: tuple[str, ...]
    """Other names of trackers of this kind, as recordings and hosts bear them: gitea."""
    title: str
    """As shown to people: GitHub."""
    default_host: str
    can_suggest: bool
    """Whether an assignee can be proposed only, for a person there to confirm."""

    def verify(
        self, headers: Headers, body: bytes, *, keys: Sequence[bytes], now: datetime, signed_only: bool = False
    ) -> Proof:
        """Say how the delivery proves itself under one of the live keys, or raise `BadSignature`.

        ``signed_only``: a plain token is no longer accepted on this hook.
        """
        ...

    def delivery_id(self, headers: Headers, body: bytes) -> str:
        """The tracker's id of the event, else SHA-256 of event header and body."""
        ...

    def event_name(self, headers: Headers) -> str:
        """The event header, as sent."""
        ...

    def storable(self, headers: Headers, body: bytes) -> bytes:
        """What may be kept of the body: all of it, or only the key of a confidential object."""
        ...

    def parse(self, headers: Headers, body: bytes) -> Event:
        """What the delivery means; raises `UnreadablePayload`."""
        ...

    def credentials(self, key: bytes) -> Mapping[str, str]:
        """What to type into the tracker's hook form: ``webhook_secret`` and, where there is one, ``signing_token``."""
        ...

    def sign(self, body: bytes, *, key: bytes, event: str, delivery_id: str, now: datetime) -> dict[str, str]:
        """The headers (lower case) that the tracker itself would send with this body."""
        ...

    def address(self, url: str) -> ProjectAddress:
        """The project that a pasted web address means; raises `NotAProjectAddress`."""
        ...

    def shows_in(self, pasted: Pasted) -> bool:
        """Whether the form of an address alone, on whatever host, tells that it leads to this kind of tracker."""
        ...

    def hook_recipe(self, web_url: str) -> HookRecipe:
        """What to do by hand for a hook of the project whose home page is ``web_url``."""
        ...

    def file_url(self, web_url: str, branch: str, path: str) -> str:
        """The page that shows a file of a project."""
        ...

    def probe_url(self, api_url: str) -> str:
        """A cheap address below the API root that answers anybody, to see whether the tracker does."""
        ...

    def api_url(self, base_url: str) -> str:
        """The API root of the forge whose web root is ``base_url``."""
        ...

    def issue_of(self, payload: object) -> Issue:
        """One issue from the tracker's REST JSON."""
        ...

    def per_minute(self, host: str) -> int | None:
        """How many points a credential may spend a minute there; None: no limit is known."""
        ...

    def connect(self, connection: Connection, transport: Transport) -> Client:
        """A client for one project; no request is made yet."""
        ...
