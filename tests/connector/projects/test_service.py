"""Projects: adding, agreeing, allowing, pausing, finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts.rules import VISITOR, Principal, Role
from connector.courtesy.rules import Upstream
from connector.db.engine import Database
from connector.db.tables import Audit, Project
from connector.db.vault import Vault
from connector.errors import NotFoundError, UserError
from connector.projects import queries, service
from connector.projects.service import NewProject
from sources.model import ProjectAddress, ProjectFacts

ADDRESS = ProjectAddress("github", "github.com", "Agenda/solidaire", "https://github.com")
FACTS = ProjectFacts(
    external_id="42", path="Agenda/solidaire", web_url="https://github.com/Agenda/solidaire",
    clone_url="https://github.com/Agenda/solidaire.git", is_public=True, languages=("Python", "HTML"),
)  # fmt: skip
NEW = NewProject(ADDRESS, "https://api.github.com", facts=FACTS)
VAULT = Vault("x" * 40)


def added(session: Session, now: datetime, new: NewProject = NEW) -> Project:
    """A project just added."""
    return service.add(session, new, vault=VAULT, now=now).project


def test_without_labels_nothing_is_agreed(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = added(session, now)
        assert (project.labels, project.agreed_at, project.allows) == ([], None, [])
        assert project.nonprofit.name == "Agenda"
        assert project.skills == ["python", "html"]
        assert project.visible_at == now


def test_labels_record_who_attests_the_agreement(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = added(session, now, replace(NEW, labels=("easy", " easy", ""), agreed_note="by mail"))
        assert (project.labels, project.agreed_at, project.agreed_note) == (["easy"], now, "by mail")


def test_a_project_not_asked_about_is_not_known_to_be_public(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = added(session, now, replace(NEW, facts=None, is_offline=True))
        assert (project.external_id, project.visible_at, project.is_public) == (None, None, None)


@pytest.mark.parametrize(
    "again",
    [NEW, replace(NEW, facts=None), replace(NEW, address=replace(ADDRESS, path="agenda/SOLIDAIRE"), facts=None),
     replace(NEW, address=replace(ADDRESS, path="old/name"))],
)  # fmt: skip
def test_a_project_is_followed_once(sqlite_db: Database, now: datetime, again: NewProject) -> None:
    with sqlite_db.sessions.begin() as session:
        added(session, now)
        with pytest.raises(UserError, match="already followed"):
            added(session, now, again)


def test_a_removed_project_comes_back_without_its_permissions(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = added(session, now, replace(NEW, labels=("easy",)))
        service.set_allows(session, project, [Upstream.COMMENT], agreement="Ana, today", now=now, by=None)
        service.remove(session, project, now=now, by=None)
        again = added(session, now + timedelta(days=1))
        assert again.id == project.id
        assert (again.removed_at, again.labels, again.allows, again.agreed_at) == (None, [], [], None)


def test_a_project_without_issues_is_refused(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session, pytest.raises(UserError, match="switched off"):
        added(session, now, replace(NEW, facts=replace(FACTS, has_issues=False)))


def test_writing_upstream_needs_somebody_who_agreed(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = added(session, now)
        with pytest.raises(UserError, match="who agreed"):
            service.set_allows(session, project, [Upstream.ASSIGN], agreement=" ", now=now, by=None)
        service.set_allows(session, project, [Upstream.ASSIGN], agreement="Ana, on Monday", now=now, by=None)
        assert project.allows == ["assign"]
        service.set_allows(session, project, [], agreement="", now=now, by=None)
        assert project.allows == []


def test_every_change_of_policy_is_in_the_audit_list(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = added(session, now, replace(NEW, labels=("easy",)))
        service.pause(session, project, now=now, by=None, reason="quiet weeks")
        service.pause(session, project, now=now, by=None)
        assert project.paused_reason == "quiet weeks"
        service.resume(session, project, now=now, by=None)
        service.set_wip_cap(session, project, 3, now=now, by=None)
        service.remove(session, project, now=now, by=None)
        kinds = session.scalars(select(Audit.kind).order_by(Audit.id)).all()
        assert kinds == [
            "project_added", "labels_agreed", "project_paused", "project_resumed", "cap_changed", "project_removed",
        ]  # fmt: skip


@pytest.mark.parametrize("cap", [0, -1, 51])
def test_a_cap_out_of_reason_is_refused(sqlite_db: Database, now: datetime, cap: int) -> None:
    with sqlite_db.sessions.begin() as session, pytest.raises(UserError):
        service.set_wip_cap(session, added(session, now), cap, now=now, by=None)


@pytest.mark.parametrize(
    "text",
    ["1", "agenda/solidaire", "Agenda/Solidaire/", "https://github.com/Agenda/solidaire",
     "https://github.com/agenda/solidaire/", "https://github.com/agenda/solidaire.git"],
)  # fmt: skip
def test_a_project_is_found_by_id_path_or_address(db: Database, now: datetime, text: str) -> None:
    with db.sessions.begin() as session:
        project = added(session, now)
        assert queries.find(session, text.replace("1", str(project.id))) is project


@pytest.mark.parametrize("text", ["2", "", "agenda", "9" * 30, "https://elsewhere.example/agenda/solidaire", "²"])
def test_what_is_not_followed_is_not_found(sqlite_db: Database, now: datetime, text: str) -> None:
    with sqlite_db.sessions.begin() as session:
        added(session, now)
        with pytest.raises(NotFoundError):
            queries.find(session, text)


def test_an_ambiguous_name_is_answered_with_the_addresses(sqlite_db: Database, now: datetime) -> None:
    elsewhere = ProjectAddress("gitlab", "gitlab.com", "agenda/solidaire", "https://gitlab.com")
    with sqlite_db.sessions.begin() as session:
        added(session, now)
        added(session, now, NewProject(elsewhere, "https://gitlab.com/api/v4"))
        with pytest.raises(NotFoundError, match=r"https://gitlab\.com/agenda/solidaire"):
            queries.find(session, "agenda/solidaire")


@pytest.mark.parametrize(
    ("role", "sees"),
    [(None, False), (Role.VOLUNTEER, False), (Role.COMPANY_CONTACT, False), (Role.MAINTAINER, False),
     (Role.NONPROFIT_CONTACT, False), (Role.COORDINATOR, True), (Role.ADMIN, True)],
)  # fmt: skip
def test_foreign_and_missing_projects_look_alike(
    sqlite_db: Database, now: datetime, role: Role | None, *, sees: bool
) -> None:
    asker = VISITOR if role is None else Principal(person_id=1, role=role)
    with sqlite_db.sessions.begin() as session:
        project = added(session, now)
        assert (project in queries.listing(session, asker)) is sees
        with pytest.raises(NotFoundError):
            queries.get(session, 999, asker)
        if not sees:
            with pytest.raises(NotFoundError):
                queries.get(session, project.id, asker)


def test_maintainers_and_nonprofits_see_their_own(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        project = added(session, now)
        maintainer = Principal(person_id=1, role=Role.MAINTAINER, project_ids=frozenset({project.id}))
        contact = Principal(person_id=2, role=Role.NONPROFIT_CONTACT, nonprofit_id=project.nonprofit_id)
        assert queries.get(session, project.id, maintainer) is project
        assert queries.get(session, project.id, contact) is project
