"""What the worker does: its loops, its jobs and its schedule, put together from the features."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.tables import Mail, Project
from connector.harvest import pulling, sweeping
from connector.harvest import service as observing
from connector.harvest.service import REREAD
from connector.inbox import service as inbox
from connector.outbox import mails
from connector.outbox import service as outbox
from connector.queue import service as queue
from connector.queue.rules import PACE, Pace
from connector.queue.service import Leased
from connector.queue.worker import Firing, Loop, Worker
from connector.tasks import service as tasks
from connector.web.services import Services

SOON = 0.2
LATER = 1.0
MAILS = "mails"
MAILS_LEASE = timedelta(minutes=3)
KEEP_DONE_JOBS = timedelta(days=7)
HARVEST = "harvest"
RECONCILE = "reconcile"
NIGHT_SECONDS = 5 * 3600
"""Over how much of the night the projects are spread."""
EXPIRE = "expire"
CLEAN = "clean"
FADE = "fade"

_FOLLOWED = select(Project.id).where(Project.removed_at.is_(None), Project.is_offline.is_(False))


def make_worker(services: Services, *, pace: Pace = PACE) -> Worker:
    """A worker over these services; it does nothing until it is run."""
    db, clock, settings = services.db, services.clock, services.settings
    loops = (
        Loop("inbox", partial(inbox.drain, db, clock), SOON),
        Loop("outbox", partial(outbox.send_due, db, services.connect, clock, public_url=settings.public_url), LATER),
        Loop("mails", partial(deliver_mails, services, uuid4().hex), LATER),
    )
    handlers = {
        HARVEST: partial(harvest, services),
        RECONCILE: partial(reconcile, services),
        REREAD: partial(read_again, services),
        EXPIRE: partial(expire, services),
        CLEAN: partial(clean, services),
        FADE: partial(fade, services),
    }
    firings = (
        Firing(HARVEST, timedelta(minutes=settings.harvest_minutes), enqueue_harvests),
        Firing(RECONCILE, timedelta(days=1), enqueue_reconciliations),
        Firing(EXPIRE, timedelta(minutes=1), partial(enqueue_once, EXPIRE)),
        Firing(CLEAN, timedelta(days=1), partial(enqueue_once, CLEAN)),
        Firing(FADE, timedelta(hours=1), partial(enqueue_once, FADE)),
    )
    return Worker(db, clock, loops=loops, handlers=handlers, firings=firings, pace=pace)


def deliver_mails(services: Services, holder: str) -> int:
    """Deliver due mails in one process only, so that none goes out twice."""
    with services.db.readers() as session:
        if session.scalar(select(Mail.id).where(Mail.sent_at.is_(None)).limit(1)) is None:
            return 0
    with services.db.sessions.begin() as session:
        if not queue.hold_lease(session, MAILS, holder=holder, length=MAILS_LEASE):
            return 0
    return mails.deliver_mails(services.db, services.settings, services.clock)


def harvest(services: Services, job: Leased) -> None:
    """Read what changed of a project at its tracker, and what is not shown there any more."""
    sweeping.sweep(services.db, services.connect, int(job.ref), services.clock)


def reconcile(services: Services, job: Leased) -> None:
    """Compare a project with its tracker, whole."""
    sweeping.sweep(services.db, services.connect, int(job.ref), services.clock, is_whole=True)


def read_again(services: Services, job: Leased) -> None:
    """Read one issue that is in doubt."""
    project, _colon, number = job.ref.partition(":")
    pulling.read_issue(services.db, services.connect, int(project), int(number), services.clock)


def expire(services: Services, _job: Leased) -> None:
    """End the claims whose time ran out."""
    with services.db.sessions.begin() as session:
        tasks.expire_due(session, services.clock())


def clean(services: Services, _job: Leased) -> None:
    """Delete what is kept no longer."""
    with services.db.sessions.begin() as session:
        inbox.delete_old_bodies(session, services.clock())
        queue.delete_done(session, services.clock() - KEEP_DONE_JOBS)


def fade(services: Services, _job: Leased) -> None:
    """Offer nothing of projects that were not seen to be public lately."""
    with services.db.sessions.begin() as session:
        observing.fade(session, services.clock())


def enqueue_reconciliations(session: Session, start: datetime, now: datetime) -> None:
    """One comparison in this night for each project whose forge may be asked, each at its own time of the night."""
    for project_id in session.scalars(_FOLLOWED):
        at = start + timedelta(seconds=crc32(str(project_id).encode()) % NIGHT_SECONDS)
        key = f"{RECONCILE}:{project_id}:{start.date().isoformat()}"
        queue.enqueue(session, key, RECONCILE, ref=str(project_id), run_at=at, now=now)


def enqueue_harvests(session: Session, start: datetime, now: datetime) -> None:
    """One harvest in this period for each project whose forge may be asked."""
    for project_id in session.scalars(_FOLLOWED):
        key = f"{HARVEST}:{project_id}:{start.isoformat()}"
        queue.enqueue(session, key, HARVEST, ref=str(project_id), run_at=now, now=now)


def enqueue_once(kind: str, session: Session, start: datetime, now: datetime) -> None:
    """One such job in this period."""
    queue.enqueue(session, f"{kind}:{start.isoformat()}", kind, run_at=now, now=now)
