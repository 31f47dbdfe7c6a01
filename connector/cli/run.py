"""``wecena run``, ``web``, ``work`` and ``migrate``: the service itself."""

from __future__ import annotations

from functools import partial

import click

from connector import logs
from connector.accounts import service
from connector.app import build_services, wsgi
from connector.cli.context import place, require_database
from connector.cli.processes import Background, free_port, serve, until_told_to_stop
from connector.cli.worker import make_worker
from connector.db import migrate as schema
from connector.settings import Settings, load_settings

PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0: any free one.")
HOST = click.option("--host", help="Address to listen on.")


@click.command(short_help="Start the service: web, worker and schedule.")
@PORT
@HOST
def run(*, port: int | None, host: str | None) -> None:
    """Start the whole service in one process group; the database is created and brought up to date first.

    Prints a one-time sign-in link for the first admin (WECENA_ADMIN_EMAIL) until one was used.

    Example: wecena run --port 8000
    """
    settings = listening(host, port)
    schema.upgrade(settings.database_url)
    announce(settings)
    serve(settings, partial(wsgi, settings), [Background("worker", partial(work_until_told, settings))])


@click.command(short_help="Only answer HTTP.")
@PORT
@HOST
def web(*, port: int | None, host: str | None) -> None:
    """Answer HTTP without working: any number of these beside `wecena work`, on PostgreSQL.

    Example: wecena web --host 0.0.0.0 --port 8000
    """
    settings = listening(host, port)
    require_database(settings)
    click.echo(f"wecena answers on {settings.public_url}")
    serve(settings, partial(wsgi, settings))


@click.command(short_help="Only do what waits.")
def work() -> None:
    """Understand deliveries, harvest, write upstream and send mails, without answering HTTP.

    Example: wecena work
    """
    settings = load_settings()
    require_database(settings)
    click.echo(f"wecena works on {place(settings)}")
    work_until_told(settings)


@click.command(short_help="Bring the database to the newest schema.")
@click.option("--to", "revision", metavar="SCHEMA", help="Go back to this older schema, before an older release.")
def migrate(*, revision: str | None) -> None:
    """Create the database where there is none, and bring it to the newest schema.

    Example: wecena migrate
    """
    settings = load_settings()
    if revision is None:
        schema.upgrade(settings.database_url)
    else:
        schema.downgrade(settings.database_url, revision)
    click.echo(f"The database at {place(settings)} is at schema {revision or schema.newest()}.")


def listening(host: str | None, port: int | None) -> Settings:
    """The settings with what the command line says of where to listen; raises `UserError` for a taken port."""
    settings = load_settings(host=host, port=port)
    chosen = free_port(settings.host, settings.port)
    return settings if chosen == settings.port else load_settings(host=host, port=chosen)


def announce(settings: Settings) -> None:
    """Say where the service is, and how the first admin comes in."""
    services = build_services(settings)
    with services.db.sessions.begin() as session:
        made = service.first_admin_link(session, settings.admin_email, services.clock())
    services.db.engine.dispose()
    click.echo(f"wecena is on {settings.public_url}, its data in {place(settings)}")
    if made is not None:
        click.echo(f"First admin {settings.admin_email}, open this once: {service.link_url(settings.public_url, made)}")


def work_until_told(settings: Settings) -> None:
    """Work in this process until SIGTERM or SIGINT; what was begun is ended first."""
    told = until_told_to_stop()
    logs.configure(settings.log_level)
    make_worker(build_services(settings)).run(told)
