"""The packs of issues with known effort, read as texts, groups and targets. Their README says what each column is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from connector.sizing.kinds import kind_of, priority_of
from connector.sizing.text import Text, read

Row = dict[str, Any]
TAUGHT = Path(__file__).with_name("taught.json.gz")
"""Pack -> issue -> what a ranker on sentence vectors says of it, in hundredths; written by ``make vectors``."""
LEAST_HOURS, MOST_HOURS = 0.1, 40.0
"""Hours are compared between these: what was logged beyond a week says little about the first days."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Issues of one pack. ``effort`` is log2 of hours or points; ``kinds`` and ``priorities`` are None where unknown.

    ``taught``: the answers of `TAUGHT`, NaN where an issue has none.
    """

    ids: tuple[str, ...]
    projects: np.ndarray
    texts: tuple[Text, ...]
    kinds: tuple[str | None, ...]
    priorities: tuple[str | None, ...]
    effort: np.ndarray
    hours: np.ndarray
    taught: np.ndarray
    created: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    plain: tuple[str, ...] = ()


def hours(folder: Path) -> Pack:
    """Issues with the hours really logged, whose work was done."""
    rows = [row for row in _rows(folder / "hours_jira.jsonl.gz") if row["usable"]]
    return _pack("hours", rows, [row["spent_h"] for row in rows])


def points(folder: Path) -> Pack:
    """Issues with story points. Points are a team's own unit: compare only inside one project."""
    rows = _rows(folder / "storypoints.jsonl.gz")
    return _pack("points", rows, [max(row["storypoint"], 0.5) for row in rows], most=1000)


def firm(folder: Path) -> Pack:
    """The titles of one firm's tasks, with the hours really spent."""
    rows = _rows(folder / "hours_sip.jsonl.gz")
    return _pack("firm", rows, [row["spent_h"] for row in rows], most=80)


def labels_of(row: Row) -> list[str]:
    """The labels under which a tracker with labels only would show this issue."""
    named = [*(row.get("labels") or [])]
    if row.get("issue_type"):
        named.append(f"type: {row['issue_type']}")
    if row.get("priority"):
        named.append(f"priority: {row['priority']}")
    return named


def less_project(values: np.ndarray, projects: np.ndarray, share: float = 1.0) -> np.ndarray:
    """The values, or rows of them, less this share of their project's mean."""
    out = values.astype(float).copy()
    for name in np.unique(projects):
        out[projects == name] -= share * values[projects == name].mean(axis=0)
    return out


def inside_projects(pack: Pack) -> np.ndarray:
    """The effort in units of its spread in its project, from the project's mean."""
    effort = less_project(pack.effort, pack.projects)
    for name in np.unique(pack.projects):
        effort[pack.projects == name] /= max(effort[pack.projects == name].std(), 0.1)
    return effort


def write(data: Mapping[str, object], path: Path) -> None:
    """The same data gives the same bytes: no time, no file name."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _pack(name: str, rows: list[Row], effort: Iterable[float], *, most: float = MOST_HOURS) -> Pack:
    taught = _taught(name)
    spent = np.array(list(effort), dtype=float)
    labels = [labels_of(row) if "issue_type" in row else [] for row in rows]
    return Pack(
        ids=tuple(str(row["id"]) for row in rows),
        projects=np.array([row["project"] for row in rows]),
        texts=tuple(read(row["title"] or "", row.get("body") or "") for row in rows),
        kinds=tuple(kind_of(names) for names in labels),
        priorities=tuple(priority_of(names) for names in labels),
        effort=np.log2(np.clip(spent, LEAST_HOURS, most)),
        hours=spent,
        taught=np.array([taught.get(str(row["id"]), np.nan) for row in rows]) / 100,
        created=tuple(row.get("created") or "" for row in rows),
        resolved=tuple(row.get("resolved") or row.get("created") or "" for row in rows),
        lengths=tuple(len(row["title"] or "") + len(row.get("body") or "") for row in rows),
        plain=tuple(f"{row['title']} . {(row.get('body') or '')[:4000]}" for row in rows),
    )


def _taught(name: str) -> dict[str, int]:
    if not TAUGHT.exists():
        return {}
    with gzip.open(TAUGHT, "rt", encoding="utf-8") as file:
        return json.load(file)[name]


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
