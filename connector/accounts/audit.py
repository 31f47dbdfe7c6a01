"""The audit list: who changed what. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from connector.db.tables import Audit


def record(
    session: Session,
    kind: str,
    *,
    now: datetime,
    by: int | None,
    project_id: int | None = None,
    data: Mapping[str, object] | None = None,
) -> None:
    """Note that the person ``by`` did this; None: the operator at the command line, or the service itself."""
    session.add(Audit(at=now, person_id=by, kind=kind, project_id=project_id, data=dict(data or {})))
