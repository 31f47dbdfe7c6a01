"""What commands start from: settings, and a database that must be there already."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.engine import make_url

from connector import logs
from connector.app import build_services
from connector.db import migrate
from connector.db.engine import make_engine
from connector.errors import ConfigurationError
from connector.settings import Settings, load_settings
from connector.web.services import Services

Item = TypeVar("Item")


def open_services() -> Services:
    """The services over the configured database; raises `ConfigurationError` where there is none, or an old one.

    Connections are closed at the end of the command.
    """
    settings = load_settings(makes_key=False)
    logs.configure("warning" if settings.log_level == "info" else settings.log_level)
    require_database(settings)
    services = build_services(load_settings())
    click.get_current_context().call_on_close(services.db.engine.dispose)
    return services


def require_database(settings: Settings) -> None:
    """Refuse to go on without a database at the newest schema."""
    if not migrate.exists(settings.database_url):
        raise ConfigurationError(
            f"There is no database at {place(settings)}: start the service once with `wecena run`, "
            "run `wecena migrate`, or set WECENA_DATA_DIR or WECENA_DATABASE_URL."
        )
    if revision(settings) != migrate.newest():
        raise ConfigurationError(f"The database at {place(settings)} has an older schema: run `wecena migrate`.")


def revision(settings: Settings) -> str | None:
    """The schema that the database is at."""
    engine = make_engine(settings.database_url)
    try:
        return migrate.current(engine)
    finally:
        engine.dispose()


def place(settings: Settings) -> str:
    """Where the database is, as a path or as an address without its password."""
    url = make_url(settings.database_url)
    return str(url.database) if settings.is_sqlite else url.render_as_string(hide_password=True)


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def tracked(items: Iterable[Item], text: str, total: int, name: Callable[[Item], str]) -> Iterator[Item]:
    """The items, with a progress bar on a terminal, else with a plain line each, on stderr."""
    console = Console(stderr=True)
    if not console.is_terminal:
        for number, item in enumerate(items, start=1):
            click.echo(f"{text} {number}/{total}: {name(item)}", err=True)
            yield item
        return
    with Progress(console=console, transient=True) as bar:
        yield from bar.track(items, total=total, description=text)
