"""``wecena parked`` and ``wecena release``: what was set aside, and another chance for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from connector.cli.context import open_services, print_json
from connector.errors import UserError
from connector.parked import queries, service
from connector.parked.rules import Kind, Parked, parse_name
from connector.web.services import Services


@click.command(short_help="List what was set aside, or try it again.")
@click.option("--retry", "names", multiple=True, metavar="KIND[/ID]", help="Try this one, or all of a kind, again.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def parked(names: tuple[str, ...], *, wants_json: bool) -> None:
    """List the deliveries, jobs, effects and mails that were set aside, each with its reason.

    Example: wecena parked --retry job/12 --retry mail
    """
    services = open_services()
    if names:
        retried = {name: _retried(services, name) for name in names}
        print_json(retried) if wants_json else _tell_retried(retried)
        return
    with services.db.readers() as session:
        rows, counts = queries.parked(session), queries.counts(session)
    if wants_json:
        print_json([_as_json(row) for row in rows])
    else:
        _tell(rows, counts)


@click.command(short_help="Send what was held since a restore.")
def release() -> None:
    """Send what waited when the backup was made that was restored. Read the projects before: `wecena harvest`.

    Example: wecena release
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        count = service.release(session, now=services.clock(), by=None)
    click.echo(f"{count} effects and mails are released." if count else "Nothing is held.")


def _retried(services: Services, name: str) -> int:
    wanted = parse_name(name)
    if wanted is None:
        raise UserError(f"{name} names nothing: use {', '.join(Kind)}, or one of them as job/12.")
    kind, row_id = wanted
    with services.db.sessions.begin() as session:
        if row_id is None:
            return service.retry_all(session, kind, now=services.clock(), by=None)
        if not service.retry(session, kind, row_id, now=services.clock(), by=None):
            raise UserError(f"{name} is not set aside, or its content is kept no longer: see `wecena parked`.")
    return 1


def _tell_retried(retried: Mapping[str, int]) -> None:
    for name, count in retried.items():
        click.echo(f"{name}: {count} tried again")


def _tell(rows: Sequence[Parked], counts: Mapping[Kind, int]) -> None:
    for row in rows:
        reason = " ".join(row.reason.split())
        click.echo(f"{row.name:<16} {row.since:%Y-%m-%d %H:%M}  {row.about}  {row.where}  {reason}")
    total = sum(counts.values())
    if total > len(rows):
        click.echo(f"{total - len(rows)} more are not listed")
    if not total:
        click.echo("Nothing was set aside.")


def _as_json(row: Parked) -> dict[str, object]:
    return {
        "name": row.name, "since": row.since.isoformat(), "about": row.about, "project": row.where or None,
        "reason": row.reason, "can_retry": row.can_retry,
    }  # fmt: skip
