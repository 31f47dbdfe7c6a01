"""The invented people, projects and issues of the demonstration, read from ``content.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("content.toml")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the programme; ``github`` and ``gitlab`` are their logins there."""

    email: str
    name: str
    role: str
    language: str
    company: str = ""
    nonprofit: str = ""
    project: str = ""
    github: str = ""
    gitlab: str = ""
    skills: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the scenario calls them: ``ines``."""
        return self.email.partition(".")[0]

    @property
    def logins(self) -> Mapping[str, str]:
        """Their login at each forge where they have one."""
        return {name: login for name, login in (("github", self.github), ("gitlab", self.gitlab)) if login}


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A project; ``labels`` are the agreed ones, ``languages`` in bytes."""

    forge: str
    path: str
    nonprofit: str
    description: str
    languages: Mapping[str, int]
    labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    members: tuple[str, ...]
    start_steps: str = ""
    needs: str = "git"

    @property
    def key(self) -> str:
        """What the scenario calls it: the last part of its path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class DemoIssue:
    """An issue, opened so many working days before the demonstration's first day."""

    project: str
    key: str
    title: str
    labels: tuple[str, ...]
    opened: int
    body: str = ""
    assignees: tuple[str, ...] = ()
    estimate_hours: float = 0
    is_confidential: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """All of it, in the order of the file."""

    people: tuple[DemoPerson, ...]
    projects: tuple[DemoProject, ...]
    issues: tuple[DemoIssue, ...]


def load() -> Content:
    """Read the file that comes with the package."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Content(
        people=tuple(DemoPerson(**_frozen(one)) for one in data["person"]),
        projects=tuple(DemoProject(**_frozen(one)) for one in data["project"]),
        issues=tuple(DemoIssue(**_frozen(one)) for one in data["issue"]),
    )


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value.strip() if isinstance(value, str) else value
        for name, value in table.items()
    }
