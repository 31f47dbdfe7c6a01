"""The packs of issues with known effort, read as texts, groups and targets. Their README says what each column is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from connector.sizing.kinds import kind_of, priority_of
from connector.sizing.text import Text, read

Row = dict[str, Any]
LEAST_HOURS, MOST_HOURS = 0.1, 40.0
"""Hours are compared between these: what was logged beyond a week says little about the first days."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Issues of one pack. ``effort`` is log2 of hours or points; ``kinds`` and ``priorities`` are None where unknown."""

    ids: tuple[str, ...]
    projects: np.ndarray
    texts: tuple[Text, ...]
    kinds: tuple[str | None, ...]
    priorities: tuple[str | None, ...]
    effort: np.ndarray
    hours: np.ndarray
    created: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    plain: tuple[str, ...] = ()


def hours(folder: Path) -> Pack:
    """Issues with the hours really logged, whose work was done."""
    rows = [row for row in _rows(folder / "hours_jira.jsonl.gz") if row["usable"]]
    return _pack(rows, [row["spent_h"] for row in rows], [row["project"] for row in rows])


def points(folder: Path) -> Pack:
    """Issues with story points. Points are a team's own unit: compare only inside one project."""
    rows = _rows(folder / "storypoints.jsonl.gz")
    return _pack(rows, [max(row["storypoint"], 0.5) for row in rows], [row["project"] for row in rows], most=1000)


def firm(folder: Path) -> Pack:
    """The titles of one firm's tasks, with the hours really spent."""
    rows = _rows(folder / "hours_sip.jsonl.gz")
    return _pack(rows, [row["spent_h"] for row in rows], [row["project"] for row in rows], most=80)


def labels_of(row: Row) -> list[str]:
    """The labels under which a tracker with labels only would show this issue."""
    named = [*(row.get("labels") or [])]
    if row.get("issue_type"):
        named.append(f"type: {row['issue_type']}")
    if row.get("priority"):
        named.append(f"priority: {row['priority']}")
    return named


def _pack(rows: list[Row], effort: Iterable[float], projects: list[str], *, most: float = MOST_HOURS) -> Pack:
    spent = np.array(list(effort), dtype=float)
    labels = [labels_of(row) if "issue_type" in row else [] for row in rows]
    return Pack(
        ids=tuple(str(row["id"]) for row in rows),
        projects=np.array(projects),
        texts=tuple(read(row["title"] or "", row.get("body") or "") for row in rows),
        kinds=tuple(kind_of(names) for names in labels),
        priorities=tuple(priority_of(names) for names in labels),
        effort=np.log2(np.clip(spent, LEAST_HOURS, most)),
        hours=spent,
        created=tuple(row.get("created") or "" for row in rows),
        resolved=tuple(row.get("resolved") or row.get("created") or "" for row in rows),
        lengths=tuple(len(row["title"] or "") + len(row.get("body") or "") for row in rows),
        plain=tuple(f"{row['title']} . {(row.get('body') or '')[:4000]}" for row in rows),
    )


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
