"""What the worker does: its loops, its jobs and its schedule, put together from the features."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

from connector.outbox import mails
from connector.outbox import service as outbox
from connector.queue import service as queue
from connector.queue.worker import Loop, Worker
from connector.web.services import Services

SOON = 0.2
LATER = 1.0
MAILS = "mails"
MAILS_LEASE = timedelta(minutes=3)


def make_worker(services: Services) -> Worker:
    """A worker over these services; it does nothing until it is run."""
    db, clock, settings = services.db, services.clock, services.settings
    loops = (
        Loop("outbox", partial(outbox.send_due, db, services.connect, clock, public_url=settings.public_url), LATER),
        Loop("mails", partial(deliver_mails, services, uuid4().hex), LATER),
    )
    return Worker(db, clock, loops=loops, handlers={}, firings=())


def deliver_mails(services: Services, holder: str) -> int:
    """Deliver due mails in one process only, so that none goes out twice."""
    with services.db.sessions.begin() as session:
        if not queue.hold_lease(session, MAILS, holder=holder, length=MAILS_LEASE):
            return 0
    return mails.deliver_mails(services.db, services.settings, services.clock)
