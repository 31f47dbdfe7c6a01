"""What goes on while the demonstration runs: every so often something happens at a forge, and is delivered."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

from connector.demo.content import DemoProject
from connector.demo.forges.model import Issue, Project
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge

EVERY_SECONDS = 20.0
SEED = 2026
NEW_TITLES = (
    "Le bouton « Retour » ne revient pas à la bonne page",
    "Add alternative text to the pictures of the start page",
    "La liste des communes n’est pas triée",
    "Document the keyboard shortcuts",
    "Le titre de la page est toujours « Accueil »",
    "Dates in the footer use the wrong year",
)
SAID = "Estimation : 2 heures / Estimated time: 2 hours"

Act = Callable[[Forge, Project, DemoProject], bool]


class Life:
    """A thread in which maintainers and volunteers go on working at the forges."""

    def __init__(
        self, servers: Mapping[str, ForgeServer], projects: Sequence[DemoProject], every: float = EVERY_SECONDS
    ) -> None:
        self._servers = servers
        self._projects = projects
        self._every = every
        self._chance = random.Random(SEED)  # noqa: S311  (no secret is drawn)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo life", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def step(self) -> None:
        """One thing happens: the first of a shuffled list that is possible."""
        acts = self._chance.sample(tuple(ACTS), counts=tuple(ACTS.values()), k=sum(ACTS.values()))
        chosen = self._chance.choice(self._projects)
        forge = self._servers[chosen.forge].forge
        with forge.lock:
            project = forge.find(chosen.path)
            any(act(forge, project, chosen) for act in acts)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            self.step()


def label_one(forge: Forge, project: Project, described: DemoProject) -> bool:
    """A maintainer marks an issue for newcomers: it becomes a task."""
    label = described.labels[0]
    issue = _first(project, lambda one: label not in one.labels and not one.assignees)
    if issue is not None:
        forge.label_issue(project, issue.number, label)
    return issue is not None


def open_one(forge: Forge, project: Project, described: DemoProject) -> bool:
    """Somebody opens an issue, already labelled."""
    known = {issue.title for issue in project.issues.values()}
    title = next((one for one in NEW_TITLES if one not in known), None)
    if title is not None:
        forge.add_issue(project, title, body=SAID, labels=described.labels[:1], author=described.members[0])
    return title is not None


def merge_one(forge: Forge, project: Project, _described: DemoProject) -> bool:
    """A maintainer merges the oldest open request: its task is done."""
    waiting = [one for one in project.requests.values() if one.state == "open"]
    if waiting:
        forge.merge_request(project, min(waiting, key=lambda one: one.number).number)
    return bool(waiting)


def assign_one(forge: Forge, project: Project, described: DemoProject) -> bool:
    """A maintainer takes an issue: its task is offered no longer."""
    issue = _first(project, lambda one: described.labels[0] in one.labels and not one.assignees)
    if issue is None:
        return False
    return forge.assign(project, issue.number, described.members[0])


def give_back_one(forge: Forge, project: Project, described: DemoProject) -> bool:
    """A maintainer finds no time after all: the task is offered again."""
    issue = _first(project, lambda one: described.labels[0] in one.labels and bool(one.assignees))
    if issue is not None:
        forge.unassign(project, issue.number, issue.assignees[0].login)
    return issue is not None


ACTS: dict[Act, int] = {label_one: 2, open_one: 3, merge_one: 2, assign_one: 1, give_back_one: 1}
"""What may happen, and how often."""


def _first(project: Project, suits: Callable[[Issue], bool]) -> Issue | None:
    return next(
        (one for one in project.issues.values() if one.is_open and not one.is_confidential and suits(one)), None
    )
