"""``wecena replay``: recorded deliveries through the normal door, signed with the project's own secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from connector.cli.context import open_services, print_json, tracked
from connector.db.tables import Delivery, Hook
from connector.errors import UserError
from connector.inbox import service as inbox
from connector.inbox.door import Inbox
from connector.projects import hooks, queries
from connector.web.services import Services
from sources import registry
from webhooks.receiver import Receiver
from webhooks.replay import Recorded, post, recorded, signed

ANSWERS = {202: "stored", 200: "seen before"}


@click.command(short_help="Feed recorded deliveries.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--project", "text", required=True, help="Id, owner/name or web address.")
@click.option("--event", help="Value of the event header; by default the name of the folder a file is in.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document.")
def replay(paths: tuple[Path, ...], *, text: str, event: str | None, wants_json: bool) -> None:
    """Feed the recorded deliveries in PATH (files or folders) to a project, as if its forge had sent them.

    Example: wecena replay recorded/issues --project owner/name
    """
    services = open_services()
    hook, key = _hook_of(services, text)
    recordings = _read(paths, event)
    answers = _posted(services, recordings, hook, key)
    while inbox.drain(services.db, services.clock):
        pass
    result = {"deliveries": len(recordings), "answers": answers, "outcomes": _outcomes(services, recordings, hook)}
    _tell(result, wants_json=wants_json)
    if set(answers) - set(ANSWERS.values()):
        raise click.exceptions.Exit(1)


def _read(paths: Sequence[Path], event: str | None) -> list[Recorded]:
    try:
        found = list(recorded(paths, event))
    except OSError as exc:
        raise UserError(f"{exc.filename} cannot be read: {exc.strerror}.") from exc
    if not found:
        raise UserError("There is no recorded delivery (*.json, *.form) in what was given.")
    return found


def _hook_of(services: Services, text: str) -> tuple[Hook, bytes]:
    with services.db.readers() as session:
        project = queries.find(session, text)
        hook = hooks.hook_of(session, project)
        keys = hooks.live_keys(session, hook, services.vault, services.clock()) if hook else []
    if hook is None or not keys:
        raise UserError(f"{project.path} has no live webhook secret: make one on its page.")
    return hook, keys[0]


def _posted(services: Services, recordings: Sequence[Recorded], hook: Hook, key: bytes) -> dict[str, int]:
    source, door = registry.source(hook.source), _door(services)
    path = f"/webhooks/{hook.source}/{hook.key}"
    statuses: Counter[str] = Counter()
    for each in tracked(recordings, "replay", len(recordings), lambda each: each.path.name):
        headers = signed(source, each, key=key, now=services.clock())
        status = post(door, path, headers=headers, body=each.body)
        statuses[ANSWERS.get(status, f"refused with {status}")] += 1
    return dict(statuses)


def _door(services: Services) -> Receiver:
    store = Inbox(services.db, services.vault, services.clock)
    limit = services.settings.max_body_bytes
    return Receiver(store.lookup, store.accept, clock=services.clock, max_body_bytes=limit)


def _outcomes(services: Services, recordings: Sequence[Recorded], hook: Hook) -> dict[str, int]:
    wanted = {each.delivery_id for each in recordings}
    with services.db.readers() as session:
        rows = session.execute(
            select(Delivery.external_id, Delivery.outcome, Delivery.reason).where(Delivery.hook_id == hook.id)
        )
        found = [(outcome or "waiting", reason) for external_id, outcome, reason in rows if external_id in wanted]
    return dict(Counter(f"{outcome}: {reason}" if reason else outcome for outcome, reason in found))


def _tell(result: dict[str, object], *, wants_json: bool) -> None:
    if wants_json:
        print_json(result)
        return
    for name in ("answers", "outcomes"):
        counts = result[name]
        if isinstance(counts, dict):
            told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
            click.echo(f"{name}: {told or 'none'}")
