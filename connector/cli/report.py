"""``wecena report``: what a company's people did in a period."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from connector.app import create_app
from connector.cli.context import open_services
from connector.errors import UserError
from connector.reports import exports, queries
from connector.reports.rules import Report
from connector.web.services import Services

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(short_help="Write a company's completion report.")
@click.option("--company", required=True, help="Name of the company.")
@click.option("--from", "start", type=DAY, required=True, help="First day.")
@click.option("--to", "end", type=DAY, required=True, help="Last day, included.")
@click.option("--nonprofit", help="Only this nonprofit.")
@click.option(
    "--format", "wanted", type=click.Choice([*exports.FORMATS, *exports.LATER]), required=True, help="Kind of file."
)
@click.option("--language", type=click.Choice(["fr", "en"]), help="By default the one of the service.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, else stdout.")
def report(
    *, company: str, start: datetime, end: datetime, nonprofit: str | None, wanted: str, language: str | None,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the completion report of a company for a period, one section for each nonprofit.

    Example: wecena report --company "Lanterne Conseil" --from 2026-11-01 --to 2026-11-30 --format html -o report.html
    """
    if wanted in exports.LATER:
        raise UserError(f"The format {wanted} is not available yet: use html, csv or json.")
    if end < start:
        raise UserError("The period ends before it starts: exchange --from and --to.")
    services = open_services()
    found = _read(services, company, nonprofit=nonprofit, start=start, end=end)
    with create_app(services.settings).app_context():
        content = exports.render(found, wanted, language or services.settings.default_language)
    _write(content, output)


def _read(services: Services, company: str, *, nonprofit: str | None, start: datetime, end: datetime) -> Report:
    with services.db.readers() as session:
        return queries.completion(
            session,
            company=queries.company_named(session, company),
            nonprofit=queries.nonprofit_named(session, nonprofit) if nonprofit else None,
            start=start.date(),
            end=end.date(),
        )


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as exc:
        raise UserError(f"{output} cannot be written: {exc.strerror}.") from exc
