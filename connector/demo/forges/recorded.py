"""Fills simulated forges with recorded lists of issues, so that real rows can be harvested over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from connector.clock import Clock, utc_now
from connector.demo.forges.model import Issue, Json, Project
from connector.demo.forges.state import Forge, NoSuchObject
from sources.times import parse_time

_NUMBERED = re.compile(r"/(?:repositories|projects)/(\d+)/")
_GITHUB_PATH = re.compile(r"(?:/repos)?/([^/]+/[^/]+)/(?:issues|pull)")
_GITLAB_PATH = re.compile(r"/(.+?)(?:/-)?/(?:issues|merge_requests)/\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one recorded list: where it belongs, and the row as it was recorded.

    ``project_id`` is None where neither the row nor the address of the request tells it.
    """

    source: str
    path: str
    project_id: int | None
    row: Json

    @property
    def number(self) -> int:
        """The number that people see."""
        return int(self.row["number" if self.source == "github" else "iid"])

    @property
    def is_merge_request(self) -> bool:
        """GitLab lists merge requests apart; they are no issues there."""
        return self.source == "gitlab" and "source_branch" in self.row

    @property
    def updated_at(self) -> datetime:
        """When the row says it changed last."""
        at = parse_time(self.row["updated_at"])
        if at is None:
            raise ValueError(f"{self.path}#{self.number}: no readable updated_at")
        return at


@dataclass(slots=True)
class Recorded:
    """The two forges filled, and how many rows the recordings hold, repeated ones included."""

    github: Forge
    gitlab: Forge
    entries: int = 0
    merge_requests: int = 0
    forges: dict[str, Forge] = field(init=False)

    def __post_init__(self) -> None:
        self.forges = {"github": self.github, "gitlab": self.gitlab}


def load_recorded(folder: Path, clock: Clock = utc_now) -> Recorded:
    """Read all recorded lists below ``folder``; of each issue the newest version is kept."""
    recorded = Recorded(Forge(clock), Forge(clock, shares_numbers=False))
    newest: dict[tuple[str, str, int], Entry] = {}
    for entry in entries(folder):
        recorded.entries += 1
        if entry.is_merge_request:
            recorded.merge_requests += 1
            continue
        key = (entry.source, entry.path.lower(), entry.number)
        if key not in newest or entry.updated_at >= newest[key].updated_at:
            newest[key] = entry
    ids = {(one.source, one.path.lower()): one.project_id for one in newest.values() if one.project_id}
    for entry in newest.values():
        _add(recorded.forges[entry.source], entry, ids.get((entry.source, entry.path.lower())))
    return recorded


def entries(folder: Path) -> Iterator[Entry]:
    """Every row of every recorded list of GitHub and GitLab."""
    for source in ("github", "gitlab"):
        for file in sorted((folder / "rest" / source).glob("*.json")):
            for exchange in json.loads(file.read_text(encoding="utf-8"))["exchanges"]:
                address = str(exchange["request"].get("url") or "")
                for row in _rows(exchange["response"].get("body")):
                    yield _entry(source, address, row)


def _rows(body: object) -> list[Json]:
    """The rows of a list or of a search (two formats), where they are issues."""
    if isinstance(body, dict):
        body = body.get("items", body.get("issues"))
    if not isinstance(body, list):
        return []
    return [one for one in body if isinstance(one, dict) and "title" in one and "labels" in one and _is_numbered(one)]


def _is_numbered(row: Json) -> bool:
    return "number" in row or "iid" in row


def _entry(source: str, address: str, row: Json) -> Entry:
    found = _NUMBERED.search(address)
    numbered = int(found.group(1)) if found else None
    if source == "gitlab":
        return Entry(source, _gitlab_path(row), int(row.get("project_id") or numbered or 0) or None, row)
    repository = row.get("repository") or {}
    return Entry(source, _github_path(row), repository.get("id") or numbered, row)


def _github_path(row: Json) -> str:
    path = urlsplit(str(row.get("url") or row["html_url"])).path
    found = _GITHUB_PATH.search(path)
    if found is None:
        raise ValueError(f"{path}: not the address of an issue")
    return found.group(1)


def _gitlab_path(row: Json) -> str:
    found = _GITLAB_PATH.fullmatch(urlsplit(str(row.get("web_url") or "")).path)
    return found.group(1) if found else f"recorded/{row['project_id']}"


def _add(forge: Forge, entry: Entry, project_id: int | None) -> None:
    project = _project(forge, entry, project_id)
    labels = [str(one["name"] if isinstance(one, dict) else one) for one in entry.row["labels"]]
    project.issues[entry.number] = Issue(
        id=int(entry.row.get("id") or entry.number),
        number=entry.number,
        title=entry.row["title"],
        body=entry.row.get("body"),
        author=None,
        created_at=parse_time(entry.row["created_at"]) or entry.updated_at,
        updated_at=entry.updated_at,
        labels=[forge.add_label(project, label).name for label in labels],
        is_open=entry.row["state"] in {"open", "opened"},
        is_confidential=bool(entry.row.get("confidential")),
        raw=entry.row,
    )


def _project(forge: Forge, entry: Entry, project_id: int | None) -> Project:
    try:
        return forge.find(entry.path)
    except NoSuchObject:
        return forge.add_project(entry.path, project_id=project_id)
