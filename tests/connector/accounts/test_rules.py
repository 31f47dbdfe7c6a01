"""The policy table, and how long links and sessions last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.accounts.rules import (
    POLICY,
    VISITOR,
    Action,
    LinkKind,
    Principal,
    Role,
    allows,
    link_ends,
    may_invite,
    session_limits,
)

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def somebody(role: Role, **more: object) -> Principal:
    """A signed-in person with this role."""
    return Principal(person_id=1, role=role, **more)  # type: ignore[arg-type]  # the caller names real fields


def test_every_action_has_its_roles() -> None:
    assert set(POLICY) == set(Action)
    assert all(POLICY.values())


@pytest.mark.parametrize(
    "action", [action for action in Action if action.value not in {"use_public_pages", "read_tasks"}]
)
def test_a_visitor_only_reads_what_is_public(action: Action) -> None:
    assert not allows(VISITOR, action)


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.VOLUNTEER, {"claim_task"}),
        (Role.COMPANY_CONTACT, {"read_company_report"}),
        (Role.NONPROFIT_CONTACT, {"read_projects", "read_nonprofit_days"}),
        (
            Role.MAINTAINER,
            {"edit_task", "read_projects", "change_project", "size_task", "replace_hook_secret", "read_audit"},
        ),
        (Role.COORDINATOR, {action.value for action in Action} - {"claim_task", "operate"}),
        (Role.ADMIN, {action.value for action in Action} - {"claim_task", "edit_task", "move_any_task"}),
    ],
)
def test_each_role_may_do_this_and_no_more(role: Role, actions: set[str]) -> None:
    everybody = {"use_public_pages", "read_tasks", "use_own_account"}
    assert {action.value for action in Action if allows(somebody(role), action)} == actions | everybody


@pytest.mark.parametrize(
    ("inviter", "role", "may"),
    [
        (None, Role.ADMIN, True),
        (Role.ADMIN, Role.ADMIN, True),
        (Role.COORDINATOR, Role.ADMIN, False),
        (Role.COORDINATOR, Role.COORDINATOR, True),
        (Role.MAINTAINER, Role.VOLUNTEER, False),
    ],
)
def test_only_admins_make_admins(inviter: Role | None, role: Role, *, may: bool) -> None:
    assert may_invite(inviter, role) is may


@pytest.mark.parametrize(
    ("kind", "lasts"),
    [
        (LinkKind.FIRST_ADMIN, None),
        (LinkKind.INVITATION, timedelta(days=14)),
        (LinkKind.SIGN_IN, timedelta(minutes=10)),
    ],
)
def test_links_last_as_promised(kind: LinkKind, lasts: timedelta | None) -> None:
    assert link_ends(kind, NOW) == (None if lasts is None else NOW + lasts)


def test_admins_sign_in_more_often() -> None:
    assert session_limits(Role.ADMIN).idle == timedelta(minutes=30)
    assert session_limits(Role.ADMIN).absolute == timedelta(hours=12)
    assert session_limits(Role.VOLUNTEER).idle == timedelta(hours=12)
    assert session_limits(Role.VOLUNTEER).absolute == timedelta(days=7)
