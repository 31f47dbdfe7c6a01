"""How far a harvest is: a bar with rate and time left on a terminal, else a line each few seconds, on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from connector.harvest.listing import Watch

EVERY_SECONDS = 5.0
Watching = Callable[[str], Watch]
"""The path of the next project -> who is told of its pages."""


@contextmanager
def watched(projects: int) -> Iterator[Watching]:
    """Show how far the harvest of so many projects is."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(projects)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} issues"), _Rate(),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, projects)


class _Lines:
    """Plain lines, for logs and pipes."""

    def __init__(self, projects: int, ticks: Callable[[], float] = time.monotonic) -> None:
        self._projects, self._number = projects, 0
        self._ticks = ticks

    def __call__(self, path: str) -> Watch:
        self._number += 1
        name = f"harvest {self._number}/{self._projects}: {path}"
        click.echo(name, err=True)
        began = said = self._ticks()

        def watch(rows: int, expected: int | None) -> None:
            nonlocal said
            now = self._ticks()
            if now - said >= EVERY_SECONDS:
                said = now
                click.echo(f"{name}: {pace(rows, expected, now - began)}", err=True)

        return watch


class _Bar:
    """One line that is drawn again, for the project under way."""

    def __init__(self, bar: Progress, projects: int) -> None:
        self._bar, self._projects, self._number = bar, projects, 0
        self._task = bar.add_task("harvest", total=None)

    def __call__(self, path: str) -> Watch:
        self._number += 1
        self._bar.reset(self._task, description=f"{self._number}/{self._projects} {path}", total=None)

        def watch(rows: int, expected: int | None) -> None:
            self._bar.update(self._task, completed=rows, total=max(expected, rows) if expected else None)

        return watch


class _Rate(ProgressColumn):
    """Issues a second."""

    def render(self, task: Task) -> Text:
        """Empty until something is known."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


def pace(rows: int, expected: int | None, seconds: float) -> str:
    """How far, how fast, and how long still; the latter only where the end is known."""
    rate = rows / seconds if seconds > 0 else 0.0
    done = f"{rows:,} issues, {rate:,.0f}/s"
    if not expected or rows >= expected or not rate:
        return done
    left = (expected - rows) / rate
    return f"{rows:,} of about {expected:,} issues, {rate:,.0f}/s, {_time(left)} left"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
