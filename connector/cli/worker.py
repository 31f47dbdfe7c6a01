"""What the worker does: its loops, its jobs and its schedule, put together from the features."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.cli import nightly
from connector.db.tables import App, Hook, Mail, Project
from connector.harvest import pulling, reoffering, sweeping
from connector.harvest import service as observing
from connector.harvest.asking import asking
from connector.harvest.service import REREAD, UNHOOK
from connector.inbox import recovery
from connector.inbox import service as inbox
from connector.offering import commands
from connector.outbox import mails
from connector.outbox import service as outbox
from connector.parked import queries as parked
from connector.projects import manners, token_ends, upkeep
from connector.projects.app_tokens import client_of
from connector.projects.connections import fingerprint_for
from connector.projects.hooks import webhook_url
from connector.queue import service as queue
from connector.queue.rules import PACE, Pace
from connector.queue.schedule import Firing
from connector.queue.service import Leased
from connector.queue.worker import Handler, Loop, Worker
from connector.tasks import patience
from connector.tasks import service as tasks
from connector.tasks.patience import REOFFER
from connector.tracking.commands import COMMAND
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
PATIENCE = "patience"
CLEAN = "clean"
FADE = "fade"
COPIES = "copies"
RECOVER = "recover"
LOOK_AT_HOOKS = "look_at_hooks"
LOOK_AT_ACCESS = "look_at_access"
HOOKS_EVERY = timedelta(hours=6)
NEXT_LOOK = timedelta(minutes=1)
BACKUP = "backup"
BACKUP_AT = timedelta(hours=1)
"""How long after midnight (UTC) the backup is made, when a night's changes have ended."""
SENDERS = 3
"""Threads that write upstream: one more than a dead forge can keep busy."""

_FOLLOWED = select(Project.id).where(Project.removed_at.is_(None), Project.is_offline.is_(False))


def make_worker(services: Services, *, pace: Pace = PACE) -> Worker:
    """A worker over these services; it does nothing until it is run."""
    db, clock, settings = services.db, services.clock, services.settings
    loops = (
        Loop("inbox", inbox.Drains(db, clock), SOON),
        *(Loop(f"outbox-{number}", partial(send, services), LATER) for number in range(SENDERS)),
        Loop("mails", partial(deliver_mails, services, uuid4().hex), LATER),
    )
    firings = (
        Firing(HARVEST, timedelta(minutes=settings.harvest_minutes), enqueue_harvests),
        Firing(RECOVER, timedelta(minutes=settings.harvest_minutes), enqueue_recoveries),
        Firing(LOOK_AT_HOOKS, HOOKS_EVERY, enqueue_hooks),
        Firing(LOOK_AT_ACCESS, timedelta(days=1), enqueue_tokens),
        Firing(RECONCILE, timedelta(days=1), enqueue_reconciliations),
        Firing(EXPIRE, timedelta(minutes=1), partial(enqueue_once, EXPIRE)),
        Firing(PATIENCE, timedelta(hours=1), partial(enqueue_once, PATIENCE)),
        Firing(CLEAN, timedelta(days=1), partial(enqueue_once, CLEAN)),
        Firing(FADE, timedelta(hours=1), partial(enqueue_once, FADE)),
        Firing(COPIES, timedelta(days=1), partial(enqueue_once, COPIES)),
        *([Firing(BACKUP, timedelta(days=1), enqueue_backup)] if settings.backups else ()),
    )
    return Worker(db, clock, loops=loops, handlers=jobs(services), firings=firings, pace=pace)


def jobs(services: Services) -> dict[str, Handler]:
    """What is done for each kind of job."""
    return {
        HARVEST: partial(harvest, services),
        RECONCILE: partial(reconcile, services),
        REREAD: partial(read_again, services),
        COMMAND: partial(obey, services),
        EXPIRE: partial(expire, services),
        PATIENCE: partial(end_silence, services),
        REOFFER: partial(reoffer, services),
        CLEAN: partial(clean, services),
        FADE: partial(fade, services),
        COPIES: partial(doubt_copies, services),
        BACKUP: partial(back_up, services),
        RECOVER: partial(recover, services),
        LOOK_AT_HOOKS: partial(look_at_hook, services),
        LOOK_AT_ACCESS: partial(look_at_token, services),
        UNHOOK: partial(unhook, services),
    }


def deliver_mails(services: Services, holder: str) -> int:
    """Deliver due mails in one process only, so that none goes out twice."""
    with services.db.readers() as session:
        if session.scalar(select(Mail.id).where(Mail.sent_at.is_(None)).limit(1)) is None:
            return 0
    with services.db.sessions.begin() as session:
        if not queue.hold_lease(session, MAILS, holder=holder, length=MAILS_LEASE):
            return 0
    return mails.deliver_mails(services.db, services.settings, services.clock)


def send(services: Services) -> int:
    """Write upstream what is due."""
    return outbox.send_due(
        services.db,
        services.connect,
        services.clock,
        public_url=services.settings.public_url,
        fingerprint=partial(fingerprint_for, services.settings),
        missing=doubt_issue,
        too_much=manners.hold,
        zone=ZoneInfo(services.settings.timezone),
    )


def doubt_issue(session: Session, project: Project, number: int, now: datetime) -> None:
    """Read an issue that could not be written to, and hide it if it is not shown."""
    if not project.is_offline:
        observing.read_again(session, project, number, version=f"missing {now.isoformat()}", now=now)


def harvest(services: Services, job: Leased) -> None:
    """Read what changed of a project at its tracker, and what is not shown there any more."""
    with asking(services, int(job.ref)):
        sweeping.sweep(services.db, services.connect, int(job.ref), services.clock)


def reconcile(services: Services, job: Leased) -> None:
    """Compare a project with its tracker, whole."""
    with asking(services, int(job.ref)):
        sweeping.sweep(services.db, services.connect, int(job.ref), services.clock, is_whole=True)


def read_again(services: Services, job: Leased) -> None:
    """Read one issue that is in doubt."""
    project, _colon, number = job.ref.partition(":")
    with asking(services, int(project)):
        pulling.read_issue(services.db, services.connect, int(project), int(number), services.clock)


def obey(services: Services, job: Leased) -> None:
    """Do what a maintainer told us in a comment."""
    with asking(services, int(job.ref.partition(":")[0])):
        commands.obey(services.db, services.connect, job.ref, services.clock)


def doubt_copies(services: Services, _job: Leased) -> None:
    """Have comments looked at that may be there twice although nobody noticed; not while a restore holds the outbox."""
    with services.db.sessions.begin() as session:
        if not parked.held(session):
            outbox.doubt_recent(session, services.clock())


def expire(services: Services, _job: Leased) -> None:
    """End the claims whose time ran out."""
    with services.db.sessions.begin() as session:
        tasks.expire_due(session, services.clock())


def end_silence(services: Services, _job: Leased) -> None:
    """Leave projects in peace that do not answer."""
    with services.db.sessions.begin() as session:
        patience.end_silence(session, services.clock())


def reoffer(services: Services, job: Leased) -> None:
    """Decide anew what is offered of a project."""
    project, _separator, after = job.ref.partition(":")
    with services.db.sessions.begin() as session:
        row = observing.for_writing(session, int(project))
        reoffering.reoffer(session, row, services.clock(), after=int(after or 0))


def clean(services: Services, _job: Leased) -> None:
    """Delete what is kept no longer."""
    with services.db.sessions.begin() as session:
        inbox.delete_old_bodies(session, services.clock())
        queue.delete_done(session, services.clock() - KEEP_DONE_JOBS)


def recover(services: Services, job: Leased) -> None:
    """Have the forge deliver again what failed; where there is more than it takes at once, go on in a minute."""
    hook_id = int(job.ref)
    with services.db.readers() as session:
        hook = session.get(Hook, hook_id)
        app = session.scalar(select(App).where(App.hook_id == hook_id, App.external_id.is_not(None)))
        project = upkeep.speaker(session, hook) if hook and app is None else None
    if hook is None:
        return
    look = partial(recovery.recover, services.db, hook_id, services.clock, url=webhook_url(services.settings, hook))
    if app is not None:
        left = look(client_of(app, services.vault, services.transport))
    elif project is not None:
        with asking(services, project.id):
            left = look(services.connect(project))
    else:
        return
    if left:
        now = services.clock()
        with services.db.sessions.begin() as session:
            key = f"{RECOVER}:{hook_id}:{now.isoformat()}"
            queue.enqueue(session, key, RECOVER, ref=job.ref, run_at=now + NEXT_LOOK, now=now)


def look_at_hook(services: Services, job: Leased) -> None:
    """Ask a hook's forge how it stands."""
    hook_id = int(job.ref)
    with services.db.readers() as session:
        hook = session.get(Hook, hook_id)
        project = upkeep.speaker(session, hook) if hook else None
    if project is not None:
        with asking(services, project.id):
            upkeep.check(services, hook_id)


def look_at_token(services: Services, job: Leased) -> None:
    """Ask a forge when our token ends."""
    with asking(services, int(job.ref)):
        token_ends.look(services, int(job.ref))


def unhook(services: Services, job: Leased) -> None:
    """Take a hook of ours away from its forge, after we left."""
    hook_id = int(job.ref)
    with services.db.readers() as session:
        hook = session.get(Hook, hook_id)
        project = upkeep.speaker(session, hook, even_removed=True) if hook else None
    if project is not None:
        with asking(services, project.id):
            upkeep.take_away(services, hook_id)


def back_up(services: Services, _job: Leased) -> None:
    """Write tonight's backup."""
    nightly.back_up(services.settings, services.clock())


def fade(services: Services, _job: Leased) -> None:
    """Offer nothing of projects that were not seen to be public lately nor what grew too old, and again what somebody took and left."""
    with services.db.sessions.begin() as session:
        reoffering.fade(session, services.clock())
    with services.db.sessions.begin() as session:
        observing.offer_again(session, services.clock())
    with services.db.sessions.begin() as session:
        observing.keep_back_the_quiet(session, services.clock())


def enqueue_reconciliations(session: Session, start: datetime, now: datetime) -> None:
    """One comparison in this night for each project whose forge may be asked, each at its own time of the night."""
    for project_id in session.scalars(_FOLLOWED):
        at = start + timedelta(seconds=crc32(str(project_id).encode()) % NIGHT_SECONDS)
        key = f"{RECONCILE}:{project_id}:{start.date().isoformat()}"
        queue.enqueue(session, key, RECONCILE, ref=str(project_id), run_at=max(at, now), now=now)


def enqueue_harvests(session: Session, start: datetime, now: datetime) -> None:
    """One harvest in this period for each project whose forge may be asked."""
    for project_id in session.scalars(_FOLLOWED):
        key = f"{HARVEST}:{project_id}:{start.isoformat()}"
        queue.enqueue(session, key, HARVEST, ref=str(project_id), run_at=now, now=now)


def enqueue_recoveries(session: Session, start: datetime, now: datetime) -> None:
    """One look in this period at the failed deliveries of each hook whose forge may be asked."""
    for hook_id in recovery.hooks_to_look_at(session):
        queue.enqueue(
            session, f"{RECOVER}:{hook_id}:{start.isoformat()}", RECOVER, ref=str(hook_id), run_at=now, now=now
        )


def enqueue_hooks(session: Session, start: datetime, now: datetime) -> None:
    """One look in this period at each hook whose forge may be asked."""
    for hook_id in upkeep.to_check(session):
        key = f"{LOOK_AT_HOOKS}:{hook_id}:{start.isoformat()}"
        queue.enqueue(session, key, LOOK_AT_HOOKS, ref=str(hook_id), run_at=now, now=now)


def enqueue_tokens(session: Session, start: datetime, now: datetime) -> None:
    """One look a day at the token of each forge."""
    for project_id in token_ends.to_ask(session):
        key = f"{LOOK_AT_ACCESS}:{project_id}:{start.isoformat()}"
        queue.enqueue(session, key, LOOK_AT_ACCESS, ref=str(project_id), run_at=now, now=now)


def enqueue_backup(session: Session, start: datetime, now: datetime) -> None:
    """One backup a night."""
    queue.enqueue(session, f"{BACKUP}:{start.date().isoformat()}", BACKUP, run_at=max(start + BACKUP_AT, now), now=now)


def enqueue_once(kind: str, session: Session, start: datetime, now: datetime) -> None:
    """One such job in this period."""
    queue.enqueue(session, f"{kind}:{start.isoformat()}", kind, run_at=now, now=now)
