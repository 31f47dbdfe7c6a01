"""``wecena project``: follow a tracker's project, list, pause, resume and remove it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click
from sqlalchemy.orm import Session

from connector.cli.context import open_services, print_json
from connector.db.tables import Project
from connector.harvest.reoffering import reoffer
from connector.harvest.service import leave
from connector.outbox import credentials
from connector.projects import adding, hooks, queries, service
from connector.projects.rules import shown_state
from connector.projects.service import Added
from connector.web.services import Services
from sources import registry
from webhooks.subscriptions import hook_form


@click.group(short_help="Follow projects.")
def project() -> None:
    """Follow the issue trackers of nonprofits.

    Example: wecena project add https://github.com/OWNER/NAME --label "good first issue"
    """


@project.command(short_help="Follow a project, print what to type into its forge.")
@click.argument("url")
@click.option("--nonprofit", default="", help="Whom it helps; by default named like the owner.")
@click.option("--label", "labels", multiple=True, help="A label that the maintainer agreed to; repeatable.")
@click.option(
    "--source", type=click.Choice(sorted(registry.SOURCES)), help="Kind of forge, where the host does not tell."
)
@click.option("--api-url", default="", help="API root of a self-managed forge, where it is not the usual one.")
@click.option("--offline", is_flag=True, help="Ask the forge nothing; the first verified delivery gives the id.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def add(
    *, url: str, nonprofit: str, labels: tuple[str, ...], source: str | None, api_url: str, offline: bool,
    wants_json: bool,
) -> None:  # fmt: skip
    """Follow the project at URL. With --label you attest that its maintainer agreed to be offered under these labels.

    Without --label the default labels feed a preview only, and nothing is offered.

    Example: wecena project add https://gitlab.com/GROUP/NAME --nonprofit "Les Herbiers" --label easy
    """
    services = open_services()
    with services.db.readers() as session:
        hosts = queries.known_hosts(session)
    new = replace(
        adding.recognised(url, source, api_url, hosts=hosts),
        nonprofit=nonprofit,
        labels=labels,
        is_offline=offline,
        agreed_note=f"attested at the command line by {_operator()}" if labels else "",
    )
    if not offline:
        new = adding.ask(services.connect, new).new
    with services.db.sessions.begin() as session:
        added = service.add(session, new, vault=services.vault, now=services.clock())
        answer = _credentials(services, added)
    if wants_json:
        print_json(answer)
    else:
        _explain(answer, added.project)


@project.command("list", short_help="List the projects.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def list_projects(*, wants_json: bool) -> None:
    """List the projects that are followed.

    Example: wecena project list --json
    """
    with open_services().db.readers() as session:
        rows = [_row(each) for each in queries.visible(session)]
    if wants_json:
        print_json(rows)
        return
    for row in rows:
        labels = ", ".join(row["labels"]) if row["is_agreed"] else "no agreed label"
        click.echo(f"{row['project']:>5}  {row['source']:<8}{row['state']:<10}{row['path']}  ({labels})")
    if not rows:
        click.echo("No project yet: `wecena project add URL`.")


@project.command(short_help="Offer nothing of a project for a while.")
@click.argument("text", metavar="PROJECT")
@click.option("--reason", default="", help="Shown to the coordinator.")
def pause(text: str, *, reason: str) -> None:
    """Offer nothing of PROJECT (id, owner/name or address) until it is resumed.

    Example: wecena project pause owner/name --reason "release week"
    """
    services = open_services()
    change(
        services,
        text,
        lambda session, found: service.pause(session, found, now=services.clock(), by=None, reason=reason),
    )


@project.command(short_help="Offer a paused project again.")
@click.argument("text", metavar="PROJECT")
def resume(text: str) -> None:
    """Offer PROJECT again after a pause.

    Example: wecena project resume owner/name
    """
    services = open_services()
    change(services, text, lambda session, found: service.resume(session, found, now=services.clock(), by=None))


@project.command(short_help="Use a forge again after it refused our token or asked us to wait.")
@click.argument("text", metavar="PROJECT")
def reconnect(text: str) -> None:
    """Ask PROJECT's forge whether it takes our token, and if so go on with everything that was held back there.

    A replaced token is used without this; it is for one whose rights were given back.

    Example: wecena project reconnect owner/name
    """
    services = open_services()
    with services.db.readers() as session:
        found = queries.find(session, text)
    services.connect(found).facts()
    with services.db.sessions.begin() as session:
        credentials.reopen(session, found.source, found.host)
    click.echo(f"{found.host} takes our token; what was held back goes on.")


@project.command(short_help="Follow a project no longer.")
@click.argument("text", metavar="PROJECT")
def remove(text: str) -> None:
    """Follow PROJECT no longer. What was done for it stays in the reports.

    Example: wecena project remove owner/name
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        found = queries.find(session, text)
        leave(session, found, now=services.clock(), by=None)
        click.echo(f"{found.path} (project {found.id}): {_state(found)}")


@project.command(short_help="Make a new webhook secret.")
@click.argument("text", metavar="PROJECT")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def secret(text: str, *, wants_json: bool) -> None:
    """Make a new webhook secret for PROJECT and print it once; the old one works one day more, so nothing is lost.

    Example: wecena project secret owner/name
    """
    services = open_services()
    with services.db.sessions.begin() as session:
        found, now = queries.find(session, text), services.clock()
        hook = hooks.hook_of(session, found)
        if hook is None:
            hook, key = hooks.make_hook(session, found, vault=services.vault, now=now)
        else:
            key = hooks.rotate(session, hook, vault=services.vault, now=now)
        answer = _credentials(services, Added(found, hook, key))
    if wants_json:
        print_json(answer)
    else:
        _show(answer)


def change(services: Services, text: str, verb: Callable[[Session, Project], None]) -> None:
    """Do this to the project meant by ``text``, decide anew what is offered of it, and say its new state."""
    with services.db.sessions.begin() as session:
        found = queries.find(session, text)
        verb(session, found)
        reoffer(session, found, services.clock())
        click.echo(f"{found.path} (project {found.id}): {_state(found)}")


def _credentials(services: Services, added: Added) -> dict[str, object]:
    source, url = registry.source(added.project.source), hooks.webhook_url(services.settings, added.hook)
    return {"project": added.project.id, **hook_form(source, url, added.key)}


def _explain(answer: dict[str, object], added: Project) -> None:
    click.echo(f"{added.path} is project {answer['project']}. Type this into its webhook form; it is shown once:")
    _show(answer)
    if not added.labels:
        click.echo("Nothing is offered yet: no label was agreed with its maintainer (--label).")


def _show(answer: dict[str, object]) -> None:
    for name in ("webhook_url", "webhook_secret", "signing_token"):
        if name in answer:
            click.echo(f"  {name:<15} {answer[name]}")


def _row(found: Project) -> dict[str, Any]:
    return {
        "project": found.id, "source": found.source, "path": found.path, "url": found.web_url,
        "nonprofit": found.nonprofit.name, "labels": found.labels, "is_agreed": found.agreed_at is not None,
        "state": _state(found),
    }  # fmt: skip


def _state(found: Project) -> str:
    if found.removed_at is not None:
        return "removed"
    return shown_state(found.state, is_paused=found.paused_at is not None)


def _operator() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "the operator"
