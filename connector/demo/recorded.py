"""The main job on recorded input: deliveries posted to the door, lists harvested from forges that serve them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.tables import Delivery, Issue, Task
from connector.demo.forges.server import ForgeServer
from connector.harvest import pulling
from connector.projects import adding, hooks
from connector.projects import service as projects
from connector.projects.service import NewProject
from connector.web.services import Services
from sources import registry
from sources.errors import UnreadablePayload
from webhooks.replay import Recorded, signed

Post = Callable[[str, Mapping[str, str], bytes], int]
"""Path, headers and body in, status out."""


@dataclass(frozen=True, slots=True)
class RecordedDelivery:
    """A delivery of the recordings; ``path`` is its repository's, in lower case, None where it names none."""

    source: str
    recording: Recorded
    path: str | None
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Target:
    """Where deliveries of a project go: the path below the service's address, and the key they are signed with."""

    path: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Harvested:
    """One recorded repository after its harvest: the run's counts, and the requests that the forge saw."""

    path: str
    counts: Mapping[str, Any]
    requests: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it all: (what, why) -> how many."""

    deliveries: Counter[tuple[str, str]]
    issues: Counter[str]
    tasks: Counter[tuple[str, str]]


def read(folder: Path) -> list[RecordedDelivery]:
    """The deliveries of the forges we know, in the manifest's order."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    known = ((registry.kind_of(row["forge"]), row) for row in rows)
    return [_delivery(folder, source, row) for source, row in known if source is not None]


def delivery_of(forge: str, file: Path, headers: Mapping[str, str], body: bytes) -> RecordedDelivery:
    """A delivery from its event headers and its body; ``file`` is where it was found."""
    source = registry.source(forge)
    lowered = {name.lower(): value for name, value in headers.items()}
    recording = Recorded(file, source.event_name(lowered), body)
    try:
        project = source.parse(lowered, body).project
        labels = frozenset(_labels(json.loads(body)))
    except (UnreadablePayload, ValueError):
        project, labels = None, frozenset()
    return RecordedDelivery(forge, recording, project.path.lower() if project and project.path else None, labels)


def register(services: Services, deliveries: Iterable[RecordedDelivery]) -> dict[tuple[str, str], Target]:
    """Add every repository named in the deliveries, offline, with every label that occurs there."""
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in deliveries:
        if each.path is not None:
            labels[each.source, each.path] |= each.labels
    return {key: _add_offline(services, *key, labels=tuple(sorted(found))) for key, found in labels.items()}


def post_all(
    services: Services,
    deliveries: Sequence[RecordedDelivery],
    targets: Mapping[tuple[str, str], Target],
    post: Post,
) -> Counter[int]:
    """Sign and post them in this order; those that name no repository go to any hook of their forge."""
    anywhere = {source: target for (source, _path), target in targets.items()}
    statuses: Counter[int] = Counter()
    for each in deliveries:
        target = anywhere[each.source] if each.path is None else targets[each.source, each.path]
        headers = signed(registry.source(each.source), each.recording, key=target.key, now=services.clock())
        statuses[post(target.path, headers, each.recording.body)] += 1
    return statuses


def harvest(services: Services, server: ForgeServer) -> Iterator[Harvested]:
    """Add every repository that this forge serves, with all its labels agreed, and harvest it."""
    for project in server.forge.projects.values():
        new = adding.recognised(f"{server.web_url}/{project.path}", server.kind, server.api_url)
        asked = adding.ask(services.connect, new).new
        with services.db.sessions.begin() as session:
            agreed = replace(asked, labels=asked.known_labels)
            added = projects.add(session, agreed, vault=services.vault, now=services.clock())
            project_id = added.project.id
        before = len(server.requests)
        run = pulling.pull(services.db, services.connect, project_id, services.clock)
        yield Harvested(project.path, run.counts, len(server.requests) - before)


def summary(session: Session) -> Summary:
    """Deliveries by outcome and reason, issues, tasks by state and reason."""
    deliveries = session.execute(
        select(Delivery.outcome, Delivery.reason, func.count()).group_by(Delivery.outcome, Delivery.reason)
    )
    tasks: Counter[tuple[str, str]] = Counter()
    for status, reasons in session.execute(select(Task.status, Task.not_offered)):
        tasks[status, ", ".join(reasons)] += 1
    issues = session.execute(
        select(Issue.visibility, Issue.is_open, func.count()).group_by(Issue.visibility, Issue.is_open)
    )
    return Summary(
        deliveries=Counter({(outcome or "waiting", reason or ""): count for outcome, reason, count in deliveries}),
        issues=Counter(
            {f"{visibility}, {'open' if is_open else 'closed'}": count for visibility, is_open, count in issues}
        ),
        tasks=tasks,
    )


def waiting(session: Session) -> int:
    """How many deliveries were not looked at yet."""
    return session.scalar(select(func.count()).select_from(Delivery).where(Delivery.processed_at.is_(None))) or 0


def _delivery(folder: Path, source: str, row: Mapping[str, Any]) -> RecordedDelivery:
    file = folder / row["file"]
    return delivery_of(source, file, row["headers"], file.read_bytes())


def _labels(node: object, key: str = "") -> Iterator[str]:
    """The names of all labels anywhere in a payload; GitLab calls them titles."""
    if isinstance(node, list):
        for one in node:
            yield from _labels(one, key)
    elif isinstance(node, dict):
        name = node.get("name") or node.get("title")
        if key in {"label", "labels"} and isinstance(name, str):
            yield name
        for inner, value in node.items():
            yield from _labels(value, inner)


def _add_offline(services: Services, source: str, path: str, *, labels: tuple[str, ...]) -> Target:
    host = registry.source(source).default_host
    recognised = adding.recognised(f"https://{host}/{path}", source)
    new = NewProject(recognised.address, recognised.api_url, labels=labels, known_labels=labels, is_offline=True)
    with services.db.sessions.begin() as session:
        added = projects.add(session, new, vault=services.vault, now=services.clock())
        url = hooks.webhook_url(services.settings, added.hook)
    return Target(urlsplit(url).path, added.key)
