"""What the worker does: its loops, its jobs and its schedule, put together from the features."""

from __future__ import annotations

from functools import partial

from connector.outbox import mails
from connector.outbox import service as outbox
from connector.queue.worker import Loop, Worker
from connector.web.services import Services

SOON = 0.2
LATER = 1.0


def make_worker(services: Services) -> Worker:
    """A worker over these services; it does nothing until it is run."""
    db, clock, settings = services.db, services.clock, services.settings
    loops = (
        Loop("outbox", partial(outbox.send_due, db, services.connect, clock, public_url=settings.public_url), LATER),
        Loop("mails", partial(mails.deliver_mails, db, settings, clock), LATER),
    )
    return Worker(db, clock, loops=loops, handlers={}, firings=())
