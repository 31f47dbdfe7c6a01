"""Reads for the people's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from connector.accounts.rules import Role
from connector.db.tables import Company, Nonprofit, Person, Project


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the programme. ``belongs_to`` is the name of their company or nonprofit, or empty."""

    id: int
    name: str
    email: str
    role: Role
    belongs_to: str
    last_seen_at: datetime | None


def people(session: Session) -> Sequence[Listed]:
    """Everybody who was not disabled, by name."""
    rows = session.scalars(
        select(Person)
        .options(joinedload(Person.company), joinedload(Person.nonprofit))
        .where(Person.disabled_at.is_(None))
        .order_by(func.lower(Person.name), Person.id)
    )
    return [_listed(person) for person in rows]


def company_names(session: Session) -> Sequence[str]:
    """All companies, by name."""
    return session.scalars(select(Company.name).order_by(Company.name)).all()


def nonprofit_names(session: Session) -> Sequence[str]:
    """All nonprofits, by name."""
    return session.scalars(select(Nonprofit.name).order_by(Nonprofit.name)).all()


def project_choices(session: Session) -> Sequence[tuple[int, str]]:
    """The projects a maintainer can be invited for: id and path."""
    rows = session.execute(
        select(Project.id, Project.path).where(Project.removed_at.is_(None)).order_by(func.lower(Project.path))
    )
    return [(row.id, row.path) for row in rows]


def _listed(person: Person) -> Listed:
    home = person.company or person.nonprofit
    return Listed(
        id=person.id,
        name=person.name,
        email=person.email,
        role=Role(person.role),
        belongs_to=home.name if home else "",
        last_seen_at=person.last_seen_at,
    )
