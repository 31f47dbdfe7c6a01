"""The whole schema: rows only, no queries, no rules; one column, the title of a task, guards itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    exists,
    false,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship

from connector.db.columns import UtcDateTime

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Id = BigInteger().with_variant(Integer, "sqlite")
JsonObject = dict[str, Any]
JsonList = list[Any]


class Base(DeclarativeBase):
    """The parent of all rows."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads this class attribute)
        datetime: UtcDateTime,
        date: Date,
        Decimal: Numeric(6, 2),
        JsonObject: JSON,
        JsonList: JSON,
        bytes: LargeBinary,
        str: Text,
    }


# --- companies, nonprofits, people --------------------------------------------------------------------------------


class Company(Base):
    """A consulting firm that lends people."""

    __tablename__ = "company"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Nonprofit(Base):
    """An organisation helped."""

    __tablename__ = "nonprofit"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody with a role: volunteer, coordinator, maintainer, company_contact, nonprofit_contact, admin.

    ``email`` is stored in lower case. A maintainer's projects are in `maintainership`.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(String(20))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    nonprofit_id: Mapped[int | None] = mapped_column(ForeignKey("nonprofit.id"), index=True)
    language: Mapped[str | None] = mapped_column(String(8))
    theme: Mapped[str | None] = mapped_column(String(8))
    skills: Mapped[JsonList] = mapped_column(default=list)
    shows_name: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    company: Mapped[Company | None] = relationship()
    nonprofit: Mapped[Nonprofit | None] = relationship()


maintainership = Table(
    "maintainership",
    Base.metadata,
    Column("person_id", Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("project_id", Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
)


class Account(Base):
    """A login that a person named as theirs at a forge (lower case)."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("source", "host", "login"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    host: Mapped[str]
    login: Mapped[str]
    created_at: Mapped[datetime]


class Availability(Base):
    """Dates when a volunteer is between two contracts; ``ends_on`` None: until recalled."""

    __tablename__ = "availability"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class SignInLink(Base):
    """A one-time link, stored hashed. ``kind``: first_admin, invitation, sign_in or handover."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ApiToken(Base):
    """A Bearer token with the rights of its person; only its hash is kept."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Audit(Base):
    """Who changed what; rows are only ever added."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="SET NULL"), index=True)
    data: Mapped[JsonObject] = mapped_column(default=dict)


# --- projects and their hooks -------------------------------------------------------------------------------------


class Project(Base):
    """One tracker followed for a nonprofit.

    ``label_ids``: the tracker's numbers of agreed labels, by which a rename is found that nothing told -> their names.
    ``labels`` are the agreed labels; ``agreed_at`` is None as long as nobody attested the maintainer's agreement.
    ``agreed_proof`` is what proves it: attested, hook, app or file. ``own_file`` is what we know of ``.wecena.yml``.
    ``size_meanings``: hours that a weight of 1 ("weight") or a size word ("s") stands for; None: nothing.
    ``allows`` lists the upstream actions opted in to: comment, assign, label. It is read through
    `connector.courtesy.queries.policy_of`, as are ``wip_cap``, ``weekly_cap``, ``forge_cap`` (how many requests the forge
    takes from people without rights), ``kept`` (issues left to others), ``quiet`` (pairs of dates), ``ai_policy``, ``claim_label`` (marks what is taken),
    ``suggests`` (an assignee is proposed only) and ``held_at`` (too much was written; None: not).
    ``visible_at`` is when the forge last showed the project to the public; None: unknown, so hidden.
    ``visibility_at`` is the forge's own time of what ``is_public`` says, by which late deliveries are told.
    ``external_id`` is None until the forge told it (``--offline``). ``installation_id``: the App's, where it has one.
    ``etags`` is read no longer: `Etag` has them; the column goes with a later release.
    """

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("source", "host", "external_id"),
        Index("uq_project_source_host_path", "source", "host", func.lower(text("path")), unique=True),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    nonprofit_id: Mapped[int] = mapped_column(ForeignKey("nonprofit.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    host: Mapped[str]
    path: Mapped[str]
    external_id: Mapped[str | None]
    base_url: Mapped[str]
    api_url: Mapped[str]
    web_url: Mapped[str]
    clone_url: Mapped[str] = mapped_column(default="")
    default_branch: Mapped[str] = mapped_column(default="main")
    description: Mapped[str] = mapped_column(default="")
    skills: Mapped[JsonList] = mapped_column(default=list)
    languages: Mapped[JsonList] = mapped_column(default=list)
    needs: Mapped[str] = mapped_column(String(10), default="git")
    is_offline: Mapped[bool] = mapped_column(default=False)
    is_archived: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool | None]
    visible_at: Mapped[datetime | None]
    visibility_at: Mapped[datetime | None]
    labels: Mapped[JsonList] = mapped_column(default=list)
    known_labels: Mapped[JsonList] = mapped_column(default=list)
    label_ids: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    agreed_at: Mapped[datetime | None]
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    agreed_note: Mapped[str] = mapped_column(default="")
    agreed_proof: Mapped[str] = mapped_column(String(12), default="", server_default="")
    own_file: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    allows: Mapped[JsonList] = mapped_column(default=list)
    start_steps: Mapped[str] = mapped_column(default="")
    size_meanings: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    wip_cap: Mapped[int] = mapped_column(default=2)
    weekly_cap: Mapped[int | None]
    forge_cap: Mapped[int | None]
    kept: Mapped[int] = mapped_column(default=0, server_default="0")
    quiet: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    ai_policy: Mapped[str] = mapped_column(String(12), default="unknown", server_default="unknown")
    claim_label: Mapped[str] = mapped_column(default="", server_default="")
    suggests: Mapped[bool] = mapped_column(default=False, server_default=false())
    held_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="trial")
    paused_at: Mapped[datetime | None]
    paused_reason: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]
    cursor: Mapped[datetime | None]
    etags: Mapped[JsonObject] = mapped_column(default=dict)
    installation_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    created_at: Mapped[datetime]
    nonprofit: Mapped[Nonprofit] = relationship()


class EligibilityAnswer(Base):
    """What somebody answered of a project before it is accepted; the newest row of a question counts."""

    __tablename__ = "eligibility_answer"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(20))
    choice: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(default="")
    days: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime]


class Hook(Base):
    """An address that a forge posts to. ``key`` selects the secrets and is no secret itself.

    ``signed_seen_at``: once a signed delivery was seen, a plain token is refused. ``recovered_to`` is the number of the
    forge's last attempt to deliver that we looked at, ``recovery_refused`` why it does not let us look, ``failures`` how
    many it could not hand over when we last looked.
    ``scope``: project, owner (an organisation or group: it has no project but ``host`` and ``owner``), or app.
    ``remote_id``: its number at the forge, where we made it. ``state`` is what the forge said of it at ``checked_at``.
    """

    __tablename__ = "hook"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True, nullable=True)
    source: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(10), default="project", server_default="project")
    host: Mapped[str] = mapped_column(default="", server_default="")
    owner: Mapped[str] = mapped_column(default="", server_default="")
    key: Mapped[str] = mapped_column(String(64), unique=True)
    remote_id: Mapped[str | None]
    state: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    checked_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    signed_seen_at: Mapped[datetime | None]
    pinged_at: Mapped[datetime | None]
    last_delivery_at: Mapped[datetime | None]
    recovered_to: Mapped[int | None] = mapped_column(BigInteger)
    recovered_at: Mapped[datetime | None]
    recovery_refused: Mapped[str | None]
    created_at: Mapped[datetime]
    project: Mapped[Project] = relationship()


class App(Base):
    """An App of ours at a forge. ``external_id`` is None until the forge has made it; ``private_key`` is sealed."""

    __tablename__ = "app"
    __table_args__ = (UniqueConstraint("source", "host", "external_id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source: Mapped[str] = mapped_column(String(20))
    host: Mapped[str]
    base_url: Mapped[str]
    api_url: Mapped[str]
    external_id: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    web_url: Mapped[str] = mapped_column(default="")
    is_writing: Mapped[bool] = mapped_column(default=False)
    private_key: Mapped[bytes | None]
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class Installation(Base):
    """An App on one account, with the numbers of the repositories that it covers. Rows are never deleted."""

    __tablename__ = "installation"
    __table_args__ = (UniqueConstraint("app_id", "external_id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    app_id: Mapped[int] = mapped_column(ForeignKey("app.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    account: Mapped[str]
    permissions: Mapped[JsonObject] = mapped_column(default=dict)
    repositories: Mapped[JsonList] = mapped_column(default=list)
    suspended_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class HookSecret(Base):
    """A secret of a hook, encrypted; at most two are live at once, so that rotation loses nothing."""

    __tablename__ = "hook_secret"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id", ondelete="CASCADE"), index=True)
    secret: Mapped[bytes]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class Etag(Base):
    """An answer of a forge that need not be sent again as long as it stays the same.

    ``kind``: which list or object of the project it belongs to. ``following``: the address of the page after it.
    ``shown``: the issue numbers on a page; ``body``: the answer itself, of a small object.
    """

    __tablename__ = "etag"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    etag: Mapped[str]
    following: Mapped[str]
    shown: Mapped[JsonList]
    body: Mapped[str]


class HarvestRun(Base):
    """One pull of one project and what it found; of those that find nothing new, two a day are noted."""

    __tablename__ = "harvest_run"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    counts: Mapped[JsonObject] = mapped_column(default=dict)
    error: Mapped[str | None]


# --- issues, estimates, tasks -------------------------------------------------------------------------------------


issue_request = Table(
    "issue_request",
    Base.metadata,
    Column("issue_id", Id, ForeignKey("issue.id", ondelete="CASCADE"), primary_key=True),
    Column("request_id", Id, ForeignKey("request.id", ondelete="CASCADE"), primary_key=True),
    # text: the request says so, and may stop to; tracker: its forge says so; given: the volunteer did
    Column("found_by", String(10), nullable=False, default="text", server_default="text"),
)


class Issue(Base):
    """Our mirror of an upstream issue. A confidential one keeps its number and times, and no text at all.

    ``visibility``: public, confidential or gone. ``facts`` holds what rules read and nobody searches: type, milestone,
    parts ... ``moved_to``: the address, or the tracker's own number, of the issue that it became elsewhere.
    ``spoken_for_at``: when somebody wrote that they take it, as long as that counts; ``comments_read``: how many comments
    it had when they were last read. ``wanted_until``: how long somebody's word counts that it is still wanted.
    ``set_aside``: the rules that somebody said its text does not state, and the digest of that text.
    """

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("project_id", "number"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    number: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    author: Mapped[str | None]
    labels: Mapped[JsonList] = mapped_column(default=list)
    assignees: Mapped[JsonList] = mapped_column(default=list)
    is_open: Mapped[bool]
    closed_as: Mapped[str | None] = mapped_column(String(20))
    is_locked: Mapped[bool] = mapped_column(default=False)
    is_blocked: Mapped[bool] = mapped_column(default=False)
    is_request: Mapped[bool] = mapped_column(default=False)
    visibility: Mapped[str] = mapped_column(String(12), default="public")
    language: Mapped[str | None] = mapped_column(String(8))
    comments: Mapped[int] = mapped_column(default=0)
    comments_read: Mapped[int] = mapped_column(default=0, server_default="0")
    spoken_for_at: Mapped[datetime | None]
    wanted_until: Mapped[datetime | None]
    set_aside: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    estimate_hours: Mapped[float | None]
    remote_created_at: Mapped[datetime | None]
    remote_updated_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64), default="")
    facts: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    moved_to: Mapped[str | None]
    reread_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    project: Mapped[Project] = relationship()
    requests: Mapped[list[Request]] = relationship(secondary=issue_request, back_populates="issues")


class Request(Base):
    """An upstream pull or merge request.

    ``reviews`` holds each reviewer's (an id) last word, ``checks`` what each check (a name) says of the commit ``head``.
    ``association`` is the author's standing in the forge's words. ``answered_at``: the first word of a maintainer.
    """

    __tablename__ = "request"
    __table_args__ = (UniqueConstraint("project_id", "number"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(default="")
    url: Mapped[str]
    author: Mapped[str | None]
    state: Mapped[str] = mapped_column(String(10))
    is_draft: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime | None]
    merged_at: Mapped[datetime | None]
    remote_updated_at: Mapped[datetime]
    association: Mapped[str] = mapped_column(String(24), default="", server_default="")
    head: Mapped[str] = mapped_column(String(64), default="", server_default="", index=True)
    reviews: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    checks: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    answered_at: Mapped[datetime | None]
    is_by_bot: Mapped[bool] = mapped_column(default=False, server_default=false())
    issues: Mapped[list[Issue]] = relationship(secondary=issue_request, back_populates="requests")


class RequestEvent(Base):
    """One thing that happened to a request upstream, for the page of its task; no name, no text."""

    __tablename__ = "request_event"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))


class OfferLine(Base):
    """What the whole programme offers; the newest row counts.

    ``chance``: from which on. ``quiet_days``: how long without news at most; None: whatever their age.
    """

    __tablename__ = "offer_line"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chance: Mapped[float]
    quiet_days: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class Estimate(Base):
    """The size given to an issue, or to a part of it; the newest row counts. Hours are hours of a team member.

    ``is_judged``: its chance decides whether it is offered or to be split. ``days`` is what a volunteer is asked for.
    """

    __tablename__ = "estimate"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id", ondelete="CASCADE"), index=True)
    part: Mapped[int] = mapped_column(default=0, server_default="0")
    p_one_day: Mapped[float]
    p_team_day: Mapped[float]
    hours_mid: Mapped[float]
    hours_low: Mapped[float]
    hours_high: Mapped[float]
    offer: Mapped[bool]
    reasons: Mapped[JsonList] = mapped_column(default=list)
    unsuitable: Mapped[JsonList] = mapped_column(default=list)
    rules_version: Mapped[str] = mapped_column(String(40))
    overridden_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    is_judged: Mapped[bool] = mapped_column(default=False, server_default=false())
    days: Mapped[Decimal | None]
    created_at: Mapped[datetime]


class Task(Base):
    """The one-day unit that is offered.

    ``not_offered`` are the rule ids that keep a draft from being ready. ``version`` grows with every change: a form
    carries the one it was rendered from. ``predecessor_id``: the done task of the same issue, reopened since, or the
    one that was split. ``part`` counts the parts of a split issue from 1; 0: the whole issue.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_status_id", "status", "id"),
        Index(
            "uq_task_issue_live",
            "issue_id",
            "part",
            unique=True,
            sqlite_where=text("status not in ('done', 'split')"),
            postgresql_where=text("status not in ('done', 'split')"),
        ),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    estimate_id: Mapped[int | None] = mapped_column(ForeignKey("estimate.id", ondelete="SET NULL"))
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"))
    part: Mapped[int] = mapped_column(default=0, server_default="0")
    kind: Mapped[str] = mapped_column(String(10), default="code")
    stored_title: Mapped[str] = mapped_column("title")
    brief: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(10))
    not_offered: Mapped[JsonList] = mapped_column(default=list)
    days: Mapped[Decimal]
    unit: Mapped[str | None] = mapped_column(String(20))
    units: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    issue: Mapped[Issue | None] = relationship()
    project: Mapped[Project] = relationship()
    estimate: Mapped[Estimate | None] = relationship()

    @hybrid_property
    def title(self) -> str:
        """What it is called; empty while its project is known not to be public, wherever it is asked for."""
        return "" if self.project is not None and self.project.is_public is False else self.stored_title

    @title.inplace.setter
    def _title_setter(self, title: str) -> None:
        self.stored_title = title

    @title.inplace.expression
    @classmethod
    def _title_expression(cls) -> ColumnElement[str]:
        its_project = aliased(Project)
        private = exists().where(its_project.id == cls.project_id, its_project.is_public.is_(False))
        return case((private, ""), else_=cls.stored_title).label("title")


class TaskEvent(Base):
    """One thing that happened to a task; reports are computed from these."""

    __tablename__ = "task_event"
    __table_args__ = (Index("ix_task_event_task_id_id", "task_id", "id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    data: Mapped[JsonObject] = mapped_column(default=dict)


class Assignment(Base):
    """One person holding one task until a deadline. ``minutes``: what they say they worked on it; None: not said."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_task_open",
            "task_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index(
            "uq_assignment_person_slot_open",
            "person_id",
            "slot",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    slot: Mapped[int] = mapped_column(default=1)
    claimed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    submitted_url: Mapped[str | None]
    minutes: Mapped[int | None]
    task: Mapped[Task] = relationship()
    person: Mapped[Person] = relationship()


class Observation(Base):
    """What became of an estimate; rows are only ever added, the newest of a task and kind counts.

    ``kind``: worked (hours of volunteers) or said (hours of the team, by somebody who overrode the size). ``expected``:
    hours of the team that the model alone had expected. Not ``is_finished``: it takes more than these hours.
    """

    __tablename__ = "observation"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), index=True)
    estimate_id: Mapped[int | None] = mapped_column(ForeignKey("estimate.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(10))
    hours: Mapped[float]
    expected: Mapped[float]
    is_finished: Mapped[bool]
    created_at: Mapped[datetime]


class Calibration(Base):
    """How chances and ranges are moved since so many tasks were finished: logit(p) becomes start + slope x logit(p)."""

    __tablename__ = "calibration"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finished: Mapped[int]
    start: Mapped[float]
    slope: Mapped[float]
    wider: Mapped[float]
    created_at: Mapped[datetime]


class Handover(Base):
    """The note that lets the next person go on at once."""

    __tablename__ = "handover"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), unique=True)
    done: Mapped[str] = mapped_column(default="")
    remaining: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    assignment: Mapped[Assignment] = relationship()


class Look(Base):
    """One volunteer's look at another's work before it goes upstream.

    ``link`` is where the work is, ``person_id`` who looks; None: nobody has begun.
    """

    __tablename__ = "look"
    __table_args__ = (UniqueConstraint("task_id", "asked_by"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    link: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    task: Mapped[Task] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=[asked_by])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])


class DayRecord(Base):
    """One volunteer, one date, one project: how long, and on what. ``hours`` None: conventional, days x 7."""

    __tablename__ = "day_record"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    date: Mapped[date] = mapped_column(Date)
    days: Mapped[Decimal]
    hours: Mapped[Decimal | None]
    status: Mapped[str] = mapped_column(String(10), default="declared")
    declared_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    project: Mapped[Project] = relationship()
    task: Mapped[Task | None] = relationship()


# --- deliveries, jobs, effects ------------------------------------------------------------------------------------


class Delivery(Base):
    """One webhook request, as received. The forge's id names the event, not the hook, hence the pair.

    ``body`` is zlib-compressed; None once it was deleted. ``outcome``: applied, ignored, quarantined or parked.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("hook_id", "external_id"),
        Index(
            "ix_delivery_waiting",
            "id",
            sqlite_where=text("processed_at is null"),
            postgresql_where=text("processed_at is null"),
        ),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(255))
    event: Mapped[str] = mapped_column(String(100), default="")
    headers: Mapped[JsonObject] = mapped_column(default=dict)
    body: Mapped[bytes | None]
    received_at: Mapped[datetime]
    processed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    hook: Mapped[Hook] = relationship()


class Job(Base):
    """Something to do later; the key collapses duplicates. ``ref`` names the object it is about."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due",
            "run_at",
            "id",
            sqlite_where=text("done_at is null and parked_reason is null"),
            postgresql_where=text("done_at is null and parked_reason is null"),
        ),
        Index(
            "ix_job_object",
            "kind",
            "ref",
            sqlite_where=text("done_at is null"),
            postgresql_where=text("done_at is null"),
        ),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(default="")
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    parked_reason: Mapped[str | None]
    created_at: Mapped[datetime]


class Effect(Base):
    """Something to do upstream, waiting in the outbox: comment, assign or unassign.

    ``result`` is what the forge answered (the comment's id and address), so that a retry can edit in place.
    ``claimed_at`` is the token of the worker at it. ``sweep_at``: it may be there twice, look again then.
    """

    __tablename__ = "effect"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[JsonObject] = mapped_column(default=dict)
    result: Mapped[JsonObject] = mapped_column(default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(index=True)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sweep_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    project: Mapped[Project] = relationship()


class Credential(Base):
    """How we stand with a forge under one token: whether we have to wait, and when we wrote lately.

    ``fingerprint`` is a digest of the token (empty: as anybody), so that a new token starts afresh. ``limits`` counts
    the limits met in a row without being told until when. ``writes`` holds the seconds since 1970 of the last hour's.
    ``expires_at`` is when the token ends, ``warned_days`` the last warning of it that was given (30, 7 or 1 days ahead).
    """

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("source", "host", "fingerprint"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source: Mapped[str] = mapped_column(String(20))
    host: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    paused_until: Mapped[datetime | None]
    limits: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]
    writes: Mapped[JsonList] = mapped_column(default=list)
    expires_at: Mapped[datetime | None]
    warned_days: Mapped[int | None]


class Mail(Base):
    """A mail waiting to be sent; without an SMTP server it is written to a file instead."""

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


class Lease(Base):
    """Which process is the elected one for a role, until when."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]
