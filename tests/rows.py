"""Rows that many tests start from."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.engine import open_database
from connector.db.tables import Nonprofit, OfferLine, Project
from tests.fakes import FACTS

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def project_row(session: Session, now: datetime, **changes: object) -> Project:
    """A public project on GitHub whose maintainer agreed to the usual label."""
    nonprofit = session.scalar(select(Nonprofit)) or Nonprofit(name="Asso", created_at=now)
    values: dict[str, object] = {
        "nonprofit": nonprofit,
        "source": "github",
        "host": "github.com",
        "path": FACTS.path,
        "external_id": FACTS.external_id,
        "base_url": "https://github.com",
        "api_url": "https://api.github.com",
        "web_url": FACTS.web_url,
        "is_public": True,
        "visible_at": now,
        "labels": ["good first issue"],
        "agreed_at": now,
        "created_at": now,
    }
    project = Project(**(values | changes))
    session.add(project)
    session.flush()
    return project


def offer_everything(url: str) -> None:
    """Draw the line at nothing: the issues of tests say a few words, and what they say of size is beside their point.

    Tests of the line itself draw another; the demonstration and the journeys from outside start without any.
    """
    database = open_database(url)
    with database.sessions.begin() as session:
        session.add(OfferLine(chance=0.0, created_at=LONG_AGO))
    database.engine.dispose()
