"""``wecena recorded``: the main job on recorded deliveries and lists, on a throw-away database."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
import requests
from rich.console import Console
from rich.table import Table

from connector import logs
from connector.app import build_services, wsgi
from connector.cli.processes import Background, free_port, serve
from connector.cli.run import PORT, work_until_told
from connector.db import migrate
from connector.demo import application
from connector.demo import recorded as recording
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.recorded import load_recorded
from connector.errors import UserError
from connector.settings import Settings
from connector.web.services import Services

PATIENCE_SECONDS = 120
Names = TypeVar("Names", bound=tuple[str, ...])


@click.command(short_help="The main job on recorded deliveries and lists.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@PORT
@click.option("--once", is_flag=True, help="End after the table instead of leaving the pages open.")
def recorded(folder: Path, *, port: int | None, once: bool) -> None:
    """Post the recorded deliveries of FOLDER, harvest its recorded lists, and print what came of them.

    Everything happens on a throw-away database, over HTTP; the pages stay open until Ctrl-C.

    Example: wecena recorded ../shared/data/recorded
    """
    if not (folder / "manifest.jsonl").is_file():
        raise UserError(f"{folder} holds no manifest.jsonl: name the folder of the recordings.")
    with tempfile.TemporaryDirectory(prefix="wecena-recorded-") as place:
        chosen = free_port("127.0.0.1", 8000 if port is None else port)
        settings = application.settings(Path(place), host="127.0.0.1", port=chosen)
        logs.configure(settings.log_level)
        migrate.upgrade(settings.database_url)
        feeder = Feeder(settings, folder, ends=once)
        feeder.start()
        serve(settings, partial(wsgi, settings), [Background("worker", partial(work_until_told, settings))])
    if feeder.is_unfinished:
        raise UserError("The recordings were not fed to the end.")


class Feeder(threading.Thread):
    """Feeds the recordings to the service that is about to run, beside it, and then prints the table."""

    def __init__(self, settings: Settings, folder: Path, *, ends: bool) -> None:
        super().__init__(name="feeder", daemon=True)
        self.is_unfinished = True
        self._settings = settings
        self._folder = folder
        self._ends = ends

    def run(self) -> None:
        """Feed, print, and end the service where that is wanted or something broke."""
        try:
            self._feed()
            self.is_unfinished = False
        finally:
            if self._ends or self.is_unfinished:
                os.kill(os.getpid(), signal.SIGTERM)

    def _feed(self) -> None:
        services = build_services(self._settings)
        deliveries = recording.read(self._folder)
        targets = recording.register(services, deliveries)
        click.echo(f"{len(deliveries)} deliveries of {len(targets)} repositories, all added without asking a forge")
        wait_until_up(self._settings.public_url)
        with requests.Session() as session:
            post = partial(post_over_http, session, self._settings.public_url)
            statuses = recording.post_all(services, deliveries, targets, post)
        click.echo("answers: " + ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items())))
        wait_until_drained(services)
        self._harvest(services)
        print_summary(services)
        click.echo(f"The pages are on {self._settings.public_url}; everything is thrown away at the end.")

    def _harvest(self, services: Services) -> None:
        served = load_recorded(self._folder)
        with ExitStack() as stack:
            for server in (GitHubServer(served.github), GitLabServer(served.gitlab)):
                found = list(recording.harvest(services, stack.enter_context(server)))
                issues = sum(int(one.counts.get("issues", 0)) for one in found)
                asked = sum(one.requests for one in found)
                click.echo(f"{server.kind}: {len(found)} repositories, {issues} issues read in {asked} requests")
        click.echo(f"{served.entries} list entries, {served.merge_requests} of them merge requests")


def wait_until_up(url: str) -> None:
    """Return when the service answers; raises `UserError` when it does not in time."""
    for _ in range(PATIENCE_SECONDS * 5):
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise UserError(f"{url} does not answer.")


def post_over_http(session: requests.Session, url: str, path: str, headers: Mapping[str, str], body: bytes) -> int:
    """One delivery; the status it was answered with."""
    return session.post(url + path, data=body, headers=dict(headers), timeout=30).status_code


def wait_until_drained(services: Services) -> None:
    """Return when every delivery was looked at; raises `UserError` when that takes too long."""
    for _ in range(PATIENCE_SECONDS * 5):
        with services.db.readers() as session:
            if recording.waiting(session) == 0:
                return
        time.sleep(0.2)
    raise UserError("The worker does not get on with the deliveries.")


def print_summary(services: Services) -> None:
    """The table."""
    with services.db.readers() as session:
        found = recording.summary(session)
    console = Console()
    console.print(_table("Deliveries", ("outcome", "reason"), found.deliveries))
    console.print(_table("Issues", ("state",), Counter({(name,): count for name, count in found.issues.items()})))
    console.print(_table("Tasks", ("state", "not offered because"), found.tasks))


def _table(title: str, columns: Sequence[str], rows: Mapping[Names, int]) -> Table:
    table = Table(*columns, title=f"{title}: {sum(rows.values())}", title_justify="left")
    table.add_column("count", justify="right")
    for names, count in sorted(rows.items(), key=lambda row: (row[0][0], -row[1])):
        table.add_row(*names, str(count))
    return table
