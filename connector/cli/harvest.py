"""``wecena harvest``: read projects at their trackers now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from connector.cli.context import open_services, print_json
from connector.cli.progress import watched
from connector.db.tables import Project
from connector.harvest.asking import asking
from connector.harvest.listing import Watch
from connector.harvest.pulling import pull
from connector.harvest.surveying import survey
from connector.projects import queries
from connector.web.services import Services
from sources.base import Surveyed
from sources.errors import SourceError


@click.command(short_help="Read projects at their trackers now.")
@click.argument("texts", nargs=-1, metavar="[PROJECT]...")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def harvest(texts: tuple[str, ...], *, wants_json: bool) -> None:
    """Read the issues of each PROJECT (id, owner/name or address), by default of all, and say what came of it.

    Example: wecena harvest owner/name
    """
    services = open_services()
    projects = _chosen(services, texts)
    told = survey(services.connect, projects)
    with watched(len(projects)) as watching:
        results = [_result(services, each, told.get(each.id), watching(each.path)) for each in projects]
    if wants_json:
        print_json(results)
    else:
        for result in results:
            click.echo("\n".join(_lines(result)))
    if any(result["error"] for result in results):
        raise click.exceptions.Exit(1)


def _chosen(services: Services, texts: Sequence[str]) -> Sequence[Project]:
    """Those named; else all that were not added with ``--offline``, which promised to ask their forge nothing."""
    with services.db.readers() as session:
        if texts:
            return [queries.find(session, text) for text in texts]
        return [project for project in queries.visible(session) if not project.is_offline]


def _result(services: Services, project: Project, told: Surveyed | None, watch: Watch) -> dict[str, Any]:
    about = {"project": project.id, "path": project.path}
    try:
        with asking(services, project.id):
            run = pull(services.db, services.connect, project.id, services.clock, told=told, watch=watch)
    except SourceError as exc:  # one forge in trouble must not keep the others from being read
        click.echo(f"{project.path}: {exc}", err=True)
        return {**about, "error": str(exc)}
    return {**about, **run.counts, "error": None}


def _lines(result: Mapping[str, Any]) -> list[str]:
    if result["error"]:
        return [f"{result['path']}: failed"]
    left = result["rate_limit_left"]
    limit = "no rate limit known" if left is None else f"{left} left of the rate limit"
    lines = [
        f"{result['path']}: {result['issues']} issues seen",
        f"  tasks: {result['made']} made, {result['changed']} changed, {result['withdrawn']} withdrawn",
        f"  HTTP: {result['requests']} requests, {result['unchanged']} unchanged, {limit}",
    ]
    reasons = {**result["not_offered"], **({"unlabelled": result["unlabelled"]} if result["unlabelled"] else {})}
    if reasons:
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        lines.insert(2, f"  not offered: {told}")
    return lines
