"""Who may do what: the six roles, and the one table that every route is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum


class Role(StrEnum):
    """What somebody is here for. A person has exactly one role."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    MAINTAINER = "maintainer"
    COMPANY_CONTACT = "company_contact"
    NONPROFIT_CONTACT = "nonprofit_contact"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. A visitor has neither ``person_id`` nor ``role``; ``project_ids`` are a maintainer's projects."""

    person_id: int | None = None
    role: Role | None = None
    company_id: int | None = None
    nonprofit_id: int | None = None
    project_ids: frozenset[int] = frozenset()
    name: str = ""
    email: str = ""

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who this is."""
        return self.person_id is not None

    @property
    def runs_programme(self) -> bool:
        """Whether all objects of the programme are theirs to see: coordinators and admins."""
        return self.role in PROGRAMME


PROGRAMME = frozenset({Role.COORDINATOR, Role.ADMIN})
VISITOR = Principal()


class Action(Enum):
    """What a route does. Whose objects it may touch is decided by the queries, through the principal."""

    USE_PUBLIC_PAGES = "use_public_pages"
    READ_TASKS = "read_tasks"
    CLAIM_TASK = "claim_task"
    EDIT_TASK = "edit_task"
    MOVE_ANY_TASK = "move_any_task"
    USE_OWN_ACCOUNT = "use_own_account"
    READ_WAITING = "read_waiting"
    READ_PROJECTS = "read_projects"
    ADD_PROJECT = "add_project"
    CHANGE_PROJECT = "change_project"
    RUN_PROJECT = "run_project"
    SIZE_TASK = "size_task"
    DRAW_LINE = "draw_line"
    REPLACE_HOOK_SECRET = "replace_hook_secret"  # noqa: S105  (the name of an action)
    READ_AUDIT = "read_audit"
    INVITE_PEOPLE = "invite_people"
    READ_COMPANY_REPORT = "read_company_report"
    READ_PROGRAMME_REPORT = "read_programme_report"
    READ_NONPROFIT_DAYS = "read_nonprofit_days"
    OPERATE = "operate"


ANYBODY: frozenset[Role | None] = frozenset({None, *Role})
SIGNED_IN: frozenset[Role | None] = frozenset(Role)

POLICY: dict[Action, frozenset[Role | None]] = {
    Action.USE_PUBLIC_PAGES: ANYBODY,
    Action.READ_TASKS: ANYBODY,
    Action.CLAIM_TASK: frozenset({Role.VOLUNTEER}),
    Action.EDIT_TASK: frozenset({Role.COORDINATOR, Role.MAINTAINER}),
    Action.MOVE_ANY_TASK: frozenset({Role.COORDINATOR}),
    Action.USE_OWN_ACCOUNT: SIGNED_IN,
    Action.READ_WAITING: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.READ_PROJECTS: frozenset({Role.COORDINATOR, Role.ADMIN, Role.MAINTAINER, Role.NONPROFIT_CONTACT}),
    Action.ADD_PROJECT: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.CHANGE_PROJECT: frozenset({Role.COORDINATOR, Role.ADMIN, Role.MAINTAINER}),
    Action.RUN_PROJECT: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.SIZE_TASK: frozenset({Role.COORDINATOR, Role.ADMIN, Role.MAINTAINER}),
    Action.DRAW_LINE: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.REPLACE_HOOK_SECRET: frozenset({Role.COORDINATOR, Role.ADMIN, Role.MAINTAINER}),
    Action.READ_AUDIT: frozenset({Role.COORDINATOR, Role.ADMIN, Role.MAINTAINER}),
    Action.INVITE_PEOPLE: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.READ_COMPANY_REPORT: frozenset({Role.COORDINATOR, Role.ADMIN, Role.COMPANY_CONTACT}),
    Action.READ_PROGRAMME_REPORT: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Action.READ_NONPROFIT_DAYS: frozenset({Role.COORDINATOR, Role.ADMIN, Role.NONPROFIT_CONTACT}),
    Action.OPERATE: frozenset({Role.ADMIN}),
}


def allows(principal: Principal, action: Action) -> bool:
    """Whether this role may do this at all; foreign objects are kept out by the queries."""
    return principal.role in POLICY[action]


def may_invite(inviter: Role | None, role: Role) -> bool:
    """Whether somebody may give this role: only admins make admins; None is the operator at the command line."""
    return inviter in {None, Role.ADMIN} or (inviter is Role.COORDINATOR and role is not Role.ADMIN)


class LinkKind(StrEnum):
    """Why a one-time link was made; decides how long it lasts."""

    FIRST_ADMIN = "first_admin"
    INVITATION = "invitation"
    SIGN_IN = "sign_in"


LINK_LASTS: dict[LinkKind, timedelta | None] = {
    LinkKind.FIRST_ADMIN: None,
    LinkKind.INVITATION: timedelta(days=14),
    LinkKind.SIGN_IN: timedelta(minutes=10),
}


def link_ends(kind: LinkKind, now: datetime) -> datetime | None:
    """When a link made now stops working; None: when it was used."""
    lasts = LINK_LASTS[kind]
    return None if lasts is None else now + lasts


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a signed-in browser may rest, and how long it lasts in all."""

    idle: timedelta
    absolute: timedelta


def session_limits(role: Role) -> SessionLimits:
    """Admins sign in more often."""
    if role is Role.ADMIN:
        return SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    return SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=7))
