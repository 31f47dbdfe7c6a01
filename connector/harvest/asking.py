"""Asking a forge only while it lets us: a limit or a refused token closes everything that shows the same token there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from connector.db.tables import Project
from connector.outbox import credentials
from connector.projects.connections import fingerprint_for
from connector.web.services import Services


@contextmanager
def asking(services: Services, project_id: int) -> Iterator[None]:
    """Ask a project's forge within this block, unless it closed to us; raises `RateLimited` with the time to come back."""
    with services.db.readers() as session:
        project = session.get_one(Project, project_id)
    access = credentials.access_to(project, partial(fingerprint_for, services.settings))
    credentials.refuse_if_closed(services.db, access, services.clock())
    try:
        yield
    except credentials.CLOSING as exc:
        credentials.note(services.db, access, exc, services.clock())
        credentials.refuse_if_closed(services.db, access, services.clock())
        raise
