"""``wecena doctor``: what is wrong with an installation, and what to do about it."""

from __future__ import annotations

import smtplib
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from enum import Enum
from urllib.parse import urlsplit

import click
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from connector.app import build_services
from connector.cli.backup import can_dump
from connector.cli.context import place, print_json, revision
from connector.cli.nightly import nightly_backups
from connector.db import migrate
from connector.db.durability import live_settings, weaknesses
from connector.db.tables import Hook, HookSecret, Project
from connector.errors import ConfigurationError
from connector.outbox import credentials, mails
from connector.projects import consent, health, queries
from connector.projects.connections import fingerprint_for
from connector.projects.faults import sentence
from connector.queue.queries import backlogs
from connector.settings import Settings, key_path, load_settings
from connector.web.services import Services
from sources import registry
from sources.errors import SourceError
from sources.transport import Transport

CLOCK_TOLERANCE = timedelta(seconds=60)
TOKEN_WARNED, LAST_WEEK = timedelta(days=30), timedelta(days=7)
SILENT_AFTER = timedelta(days=14)
BACKUP_AFTER = timedelta(hours=36)


class Level(Enum):
    """How much a finding matters."""

    FINE = "ok"
    ADVICE = "advice"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``repair`` says what to do, unless it is fine."""

    level: Level
    about: str
    what: str
    repair: str = ""


@click.command(short_help="Check the installation.")
@click.option("--mail", "address", help="Send a test mail to this address.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def doctor(*, address: str | None, wants_json: bool) -> None:
    """Check configuration, database, clock, forges, hooks and mail; every finding says what to do.

    Example: wecena doctor --mail lea@example.org
    """
    found = list(findings(load_settings(makes_key=False), address))
    if wants_json:
        print_json(
            [{"level": each.level.value, "about": each.about, "what": each.what, "do": each.repair} for each in found]
        )
    else:
        for each in found:
            click.echo(
                f"{each.level.value:<7} {each.about:<14} {each.what}" + (f" -> {each.repair}" if each.repair else "")
            )
    if any(each.level is Level.FAULT for each in found):
        raise click.exceptions.Exit(1)


def findings(settings: Settings, address: str | None = None) -> Iterator[Finding]:
    """Everything that can be checked, in the order in which it should be repaired."""
    yield from _configuration(settings)
    database = _database(settings)
    yield database
    yield from _mail(settings, address)
    if database.level is Level.FAULT:
        return
    services = build_services(settings)
    yield from _durability(services)
    yield from _backups(settings, services.clock())
    with services.db.readers() as session:
        yield from _keys(session, services)
        yield from _ages(session, services.clock())
        projects = queries.visible(session)
        yield from _forges(settings, projects)
        yield from _access(session, settings, projects, services.clock())
        yield from _hooks(session, projects, services.clock())
        yield from _troubles(session)
        yield from _recoveries(session)
    services.db.engine.dispose()


def _configuration(settings: Settings) -> Iterator[Finding]:
    path = key_path(settings)
    if not settings.secret_key.get_secret_value():
        yield Finding(
            Level.ADVICE, "key", f"no key yet, {path} is made at the first start", "keep a copy apart from backups"
        )
    elif path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(Level.FAULT, "key", f"{path} can be read by others", f"chmod 600 {path}")
    else:
        yield Finding(Level.FINE, "key", "present")
    if settings.is_https:
        yield Finding(Level.FINE, "public address", settings.public_url)
    else:
        yield Finding(
            Level.ADVICE, "public address", f"{settings.public_url} reaches this machine only",
            "set WECENA_PUBLIC_URL to the https address that forges and people use",
        )  # fmt: skip
    if settings.frozen_at is not None:
        yield Finding(Level.FAULT, "clock", "it is frozen", "unset WECENA_FROZEN_AT")


def _database(settings: Settings) -> Finding:
    try:
        if not migrate.exists(settings.database_url):
            return Finding(Level.FAULT, "database", f"there is none at {place(settings)}", "run `wecena migrate`")
        now, newest = revision(settings), migrate.newest()
    except ConfigurationError as exc:
        return Finding(Level.FAULT, "database", exc.message, "check WECENA_DATABASE_URL and the server")
    if now != newest:
        return Finding(Level.FAULT, "database", f"schema {now}, this version needs {newest}", "run `wecena migrate`")
    return Finding(Level.FINE, "database", f"{place(settings)}, schema {now}")


def _durability(services: Services) -> Iterator[Finding]:
    try:
        with services.db.engine.connect() as connection:  # the pool that deliveries are committed through
            yield from _settings(connection.dialect.name, live_settings(connection))
        with services.db.readers() as session:
            yield from _damage(session) if services.settings.is_sqlite else _skew(session)
    except SQLAlchemyError as exc:
        yield Finding(
            Level.FAULT, "database", f"cannot be read: {type(exc).__name__}", "restore a backup, or ask for help"
        )


def _settings(dialect: str, settings: Mapping[str, str]) -> Iterator[Finding]:
    repair = (
        "keep the data on a local disk; network folders refuse the WAL mode"
        if dialect == "sqlite"
        else "set them to on in postgresql.conf, and look for ALTER ROLE or ALTER DATABASE"
    )
    wrong = weaknesses(dialect, settings)
    for setting, why in wrong.items():
        yield Finding(Level.FAULT, "durability", f"{setting}: {why}", repair)
    if not wrong:
        said = ", ".join(f"{name}={value.upper()}" for name, value in settings.items())
        yield Finding(Level.FINE, "durability", said)


def _damage(session: Session) -> Iterator[Finding]:
    if (damage := session.scalar(text("PRAGMA quick_check"))) != "ok":
        yield Finding(Level.FAULT, "database", f"damaged: {damage}", "restore a backup with `wecena restore`")


def _skew(session: Session) -> Iterator[Finding]:
    apart = abs(datetime.now(UTC) - (session.scalar(text("SELECT clock_timestamp()")) or datetime.now(UTC)))
    if apart > CLOCK_TOLERANCE:
        what = f"{apart.total_seconds():.0f} s apart from the database"
        yield Finding(Level.FAULT, "clock", what, "run a time service on both")


def _keys(session: Session, services: Services) -> Iterator[Finding]:
    sealed = session.scalar(select(HookSecret.secret).order_by(HookSecret.id.desc()).limit(1))
    if sealed is None:
        return
    try:
        services.vault.open(sealed)
    except ConfigurationError as exc:
        yield Finding(Level.FAULT, "key", exc.message, f"put the right key into {key_path(services.settings)}")


def _ages(session: Session, now: datetime) -> Iterator[Finding]:
    for queue in backlogs(session, now):
        if queue.is_overdue:
            yield Finding(
                Level.ADVICE if queue.name == "mails" else Level.FAULT, queue.name,
                f"{queue.waiting} wait, the oldest for {queue.oldest_seconds / 60:.0f} minutes",
                "check the mail server" if queue.name == "mails" else "is a worker running? see `wecena work`",
            )  # fmt: skip
        if queue.parked:
            yield Finding(
                Level.ADVICE, queue.name, f"{queue.parked} were set aside", "see why with `wecena parked`, then --retry"
            )


def _backups(settings: Settings, now: datetime) -> Iterator[Finding]:
    newest = next(iter(nightly_backups(settings)), None)
    if not settings.backups:
        yield Finding(Level.ADVICE, "backups", "none are made at night", "unset WECENA_BACKUPS, or make your own")
    elif not can_dump(settings):
        yield Finding(
            Level.ADVICE, "backups", "none are made at night: pg_dump is not installed",
            "install it (Debian: apt-get install postgresql-client)",
        )  # fmt: skip
    elif newest is None:
        yield Finding(Level.FINE, "backups", "none yet, the worker makes one each night")
    elif now - datetime.fromtimestamp(newest.stat().st_mtime, UTC) > BACKUP_AFTER:
        yield Finding(Level.FAULT, "backups", f"the newest is {newest.name}", "is a worker running? see its log")
    else:
        yield Finding(
            Level.FINE, "backups", f"{newest}, without the key: keep a copy of {key_path(settings)} elsewhere"
        )


def _forges(settings: Settings, projects: Sequence[Project]) -> Iterator[Finding]:
    transport = Transport(allowed_networks=settings.networks)
    asked = sorted({(each.source, each.api_url) for each in projects if not each.is_offline})
    for source, api_url in asked:
        yield _forge(transport, source, api_url)
    if not asked:
        yield Finding(Level.FINE, "forges", "no project that needs one asked")


def _forge(transport: Transport, source: str, api_url: str) -> Finding:
    about = urlsplit(api_url).hostname or api_url
    try:
        answer = transport.get(registry.source(source).probe_url(api_url))
    except SourceError as exc:
        return Finding(Level.FAULT, about, str(exc), "check the network, WECENA_ALLOWED_NETWORKS and the forge's state")
    theirs = time_of(answer.headers.get("date", ""))
    if theirs is not None and abs(datetime.now(UTC) - theirs) > CLOCK_TOLERANCE:
        return Finding(
            Level.FAULT, "clock", f"more than a minute apart from {about}", "run a time service on this machine"
        )
    return Finding(Level.FINE, about, "answers")


def time_of(header: str) -> datetime | None:
    """The time of a ``Date`` header; None where it holds none."""
    try:
        told = parsedate_to_datetime(header)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _access(session: Session, settings: Settings, projects: Sequence[Project], now: datetime) -> Iterator[Finding]:
    """How we stand with each forge under the token that is set now."""
    for source, host in sorted({(each.source, each.host) for each in projects}):
        access = credentials.Access(source, host, fingerprint_for(settings, source, host))
        row = credentials.find(session, access)
        until = credentials.closed_until(row, now)
        if row is not None and row.revoked_at is not None:
            yield Finding(
                Level.FAULT, host, f"our token is refused since {row.revoked_at:%Y-%m-%d %H:%M} UTC",
                "replace the token, or `wecena project reconnect PROJECT` where its rights were given back",
            )  # fmt: skip
        elif row is not None and row.expires_at is not None and row.expires_at - now <= TOKEN_WARNED:
            yield Finding(
                Level.FAULT if row.expires_at <= now + LAST_WEEK else Level.ADVICE, host,
                f"our token ends on {row.expires_at:%Y-%m-%d}", "make a new one there and set it before that day",
            )  # fmt: skip
        elif until is not None:
            yield Finding(Level.ADVICE, host, f"asked us to wait until {until:%Y-%m-%d %H:%M} UTC", "wait")


def _hooks(session: Session, projects: Sequence[Project], now: datetime) -> Iterator[Finding]:
    for project in projects:
        last = session.scalar(select(func.max(Hook.last_delivery_at)).where(Hook.project_id == project.id))
        if last is None:
            yield Finding(
                Level.ADVICE, project.path, "no delivery was ever received",
                "type the webhook address and its secret into the forge; issues are harvested meanwhile",
            )  # fmt: skip
        elif now - last > SILENT_AFTER:
            yield Finding(
                Level.ADVICE, project.path, f"no delivery since {last:%Y-%m-%d}",
                "look at the webhook's page in the forge: it may be disabled",
            )  # fmt: skip
        else:
            yield Finding(Level.FINE, project.path, f"last delivery {last:%Y-%m-%d %H:%M} UTC")


def _troubles(session: Session) -> Iterator[Finding]:
    """What the forges said of the hooks when they were asked last, and files of projects that cannot be understood."""
    rows = select(Hook, Project.path).outerjoin(Project, Project.id == Hook.project_id)
    for hook, path in session.execute(rows.where(Project.removed_at.is_(None)).order_by(Hook.id)):
        for trouble in health.troubles(hook):
            repair = "press “Repair the webhook” on the project's page" if trouble.can_repair else "see docs/forges.md"
            yield Finding(Level.ADVICE, path or hook.owner or "app", trouble.text, repair)
    for project in queries.visible(session):
        for label in consent.missing(project):
            yield Finding(
                Level.ADVICE, project.path, f"its label {label!r} was never seen", "correct it, or make it there"
            )
        for row in (project.own_file or {}).get("faults", []):
            yield Finding(Level.ADVICE, project.path, f".wecena.yml, {sentence(row)}", "tell its maintainers")


def _recoveries(session: Session) -> Iterator[Finding]:
    refused = select(Project.path, Hook.recovery_refused).select_from(Hook).outerjoin(Hook.project)
    for path, reason in session.execute(
        refused.where(Hook.recovery_refused.is_not(None), Project.removed_at.is_(None)).order_by(Project.path)
    ):
        yield Finding(
            Level.ADVICE, path or "app", f"failed deliveries cannot be asked for: {reason}",
            "a token that may see the webhook allows it; the sweep finds what was lost all the same",
        )  # fmt: skip


def _mail(settings: Settings, address: str | None) -> Iterator[Finding]:
    if settings.smtp_url is None:
        yield Finding(
            Level.ADVICE, "mail", f"no server: mails are kept in {settings.data_dir / 'mail'}",
            "set WECENA_SMTP_URL to send them",
        )  # fmt: skip
        return
    try:
        with mails.connect(settings.smtp_url.get_secret_value()) as server:
            if address:
                server.send_message(_test_mail(settings, address))
    except (OSError, smtplib.SMTPException, ValueError) as exc:
        yield Finding(Level.FAULT, "mail", f"the server cannot be used: {exc}", "check WECENA_SMTP_URL")
        return
    yield Finding(Level.FINE, "mail", f"a test mail was sent to {address}" if address else "the server answers")


def _test_mail(settings: Settings, address: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, address, "wecena: test"
    message.set_content(f"Mails of {settings.public_url} arrive.\n")
    return message
