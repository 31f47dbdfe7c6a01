"""What is kept of a forge's answers, so that it need not send again what is as it was.

A mark is written by the transaction that wrote what its answer brought: it never vouches for rows that are not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from connector.db.tables import Etag
from sources.base import Mark


class Kind(Enum):
    """What of a project an answer was about."""

    FACTS = "facts"
    CHANGES = "changes"
    LABELLED = "labelled"
    REQUESTS = "requests"


def known(session: Session, project_id: int, kind: Kind) -> dict[str, Mark]:
    """Address -> what is kept of its last answer."""
    rows = session.scalars(select(Etag).where(Etag.project_id == project_id, Etag.kind == kind.value))
    return {row.url: Mark(row.etag, row.following, tuple(row.shown), row.body) for row in rows}


def keep(session: Session, project_id: int, kind: Kind, marks: Mapping[str, Mark]) -> None:
    """Keep these answers instead of older ones from the same addresses."""
    for url, mark in marks.items():
        session.merge(
            Etag(
                project_id=project_id, url=url, kind=kind.value, etag=mark.etag, following=mark.following,
                shown=list(mark.shown), body=mark.body,
            )
        )  # fmt: skip


def replace(session: Session, project_id: int, kind: Kind, marks: Mapping[str, Mark]) -> None:
    """Keep these answers, and no others of this kind."""
    session.execute(delete(Etag).where(Etag.project_id == project_id, Etag.kind == kind.value))
    keep(session, project_id, kind, marks)


def forget(session: Session, project_id: int, urls: Collection[str]) -> None:
    """Keep nothing of these addresses any more."""
    for url in urls:  # few: pages that a list no longer has
        session.execute(delete(Etag).where(Etag.project_id == project_id, Etag.url == url))
