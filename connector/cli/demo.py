"""``wecena demo``: the service on a throw-away database beside two simulated forges."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from connector import logs
from connector.cli.processes import Background, free_port, serve
from connector.cli.run import HOST, PORT, work_until_told
from connector.db import migrate
from connector.demo import application, content, live
from connector.demo.application import Demo


@click.command(short_help="Try the service with invented projects and people.")
@PORT
@HOST
@click.option("--frozen", is_flag=True, help="No live events, a fixed clock: the same text at every start.")
def demo(*, port: int | None, host: str | None, frozen: bool) -> None:
    """Start the service on a throw-away database, with two simulated forges, three nonprofits and eight people.

    Works without internet. Prints a sign-in link for each person; the pages offer to go on as any of them.

    Example: wecena demo --port 8000
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecena-demo-")))
        settings = application.settings(
            folder, host=host or "127.0.0.1", port=free_port(host or "127.0.0.1", 8000 if port is None else port),
            is_frozen=frozen,
        )  # fmt: skip
        logs.configure(settings.log_level)
        migrate.upgrade(settings.database_url)
        click.echo("Telling the story of the last weeks to an empty service ...")
        started = stack.enter_context(Demo(settings, content.load()))
        announce(started)
        if not frozen:
            stack.enter_context(live.Life(started.servers, started.content.projects))
        load = partial(application.demo_wsgi, settings)
        serve(settings, load, [Background("worker", partial(work_until_told, settings))])


def announce(started: Demo) -> None:
    """Say where everything is and how to come in as whom."""
    click.echo(f"The demonstration is on {started.settings.public_url}; everything is thrown away at the end.")
    for server in started.servers.values():
        click.echo(f"A simulated {server.kind} is on {server.url}")
    for name, role, url in started.links():
        click.echo(f"  {name}, {role}: {url}")
