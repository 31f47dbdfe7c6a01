"""What the page of one task tells: the relay so far, what happened, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts.rules import Role
from connector.db.tables import (
    Assignment,
    DayRecord,
    Handover,
    Person,
    Request,
    RequestEvent,
    Task,
    TaskEvent,
    issue_request,
)
from connector.tasks.rules import Happening
from connector.tasks.words import HAPPENED, OF_REQUEST, SIZED, SIZED_BY, SIZES, SOMEBODY
from connector.web import formats
from connector.web.i18n import gettext as _

COMMANDS = frozenset(
    {"cd", "git", "make", "npm", "npx", "pnpm", "yarn", "pip", "pipx", "uv", "poetry", "python", "python3", "docker"}
    | {"cargo", "go", "bundle", "composer", "mvn", "./gradlew", "source", "cp", "sudo", "apt", "bash", "sh"}
)
"""Words that start a command where a line of the start steps does not begin with ``$``."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What one person did on the task, and what they left."""

    who: str
    when: str
    done: str = ""
    remaining: str = ""
    link: str = ""
    is_yours: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no note was left."""
        return not (self.done or self.remaining or self.link)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened; only the day is shown where it happened here."""

    at: datetime
    text: str
    is_here: bool
    quote: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the start: what to do, the commands to type, or the page to read."""

    text: str
    commands: tuple[str, ...] = ()
    address: str = ""


def legs(session: Session, task: Task, *, reader: int | None = None) -> list[Leg]:
    """The people who held the task and stopped, oldest first. Names only of those who show theirs, and of the reader."""
    found = session.execute(
        select(Assignment, Person, Handover)
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(Handover, Handover.assignment_id == Assignment.id)
        .where(Assignment.task_id == task.id, Assignment.ended_at.is_not(None))
        .order_by(Assignment.ended_at, Assignment.id)
    ).all()
    worked = _worked(session, task.id)
    return [_leg(assignment, person, note, worked, reader) for assignment, person, note in found]


def entries(session: Session, task: Task) -> list[Entry]:
    """What happened upstream and here, oldest first."""
    return sorted([*_upstream(session, task), *_here(session, task)], key=lambda entry: entry.at)


def steps(text: str) -> list[Step]:
    """Start steps, written one a line: commands follow the sentence they belong to, an address alone is to be read."""
    found: list[Step] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        command = _command(line)
        if not command:
            found.append(_read_first(line) if line.startswith(("https://", "http://")) else Step(line))
        elif found and not found[-1].address:
            found[-1] = Step(found[-1].text, (*found[-1].commands, *_one_by_one(command)))
        else:
            found.append(Step(_("Type this in a terminal."), _one_by_one(command)))
    return found


def _command(line: str) -> str:
    if line.startswith("$"):
        return line.removeprefix("$").strip()
    return line if line.split()[0] in COMMANDS else ""


def _one_by_one(command: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in command.split("&&"))


def _read_first(address: str) -> Step:
    text = _("Read the contribution guide of the project.") if "CONTRIBUTING" in address else _("Read this page.")
    return Step(text, address=address)


def _leg(
    assignment: Assignment,
    person: Person,
    note: Handover | None,
    worked: dict[tuple[int, date], Decimal],
    reader: int | None,
) -> Leg:
    day = formats.local_day(assignment.ended_at or assignment.claimed_at)
    length = worked.get((person.id, day))
    when = formats.long_day(day)
    if length:
        when = _("%(day)s, %(length)s", day=when, length=formats.how_long(length).lower())
    who = _("You") if person.id == reader else person.name if person.shows_name and person.name else _("A volunteer")
    left = (note.done, note.remaining, note.link) if note else ("", "", assignment.submitted_url or "")
    return Leg(who, when, *left, is_yours=person.id == reader)


def _worked(session: Session, task_id: int) -> dict[tuple[int, date], Decimal]:
    found = session.execute(
        select(DayRecord.person_id, DayRecord.date, DayRecord.days).where(DayRecord.task_id == task_id)
    )
    return {(person, day): days for person, day, days in found}


def _upstream(session: Session, task: Task) -> list[Entry]:
    issue = task.issue
    if issue is None:
        return []
    found = (
        [Entry(issue.remote_created_at, _("Issue opened in the project"), is_here=False)]
        if issue.remote_created_at
        else []
    )
    linked = session.scalars(
        select(Request)
        .join(issue_request, issue_request.c.request_id == Request.id)
        .where(issue_request.c.issue_id == issue.id)
    )
    for request in linked:
        found += _of_request(session, request)
    return found


def _of_request(session: Session, request: Request) -> list[Entry]:
    """A request from its beginning to its end."""
    told = session.scalars(
        select(RequestEvent).where(RequestEvent.request_id == request.id).order_by(RequestEvent.id)
    ).all()
    known = [(request.created_at, "opened"), *((event.at, event.kind) for event in told), (request.merged_at, "merged")]
    return [
        Entry(at, _(OF_REQUEST[kind], number=request.number), is_here=False, url=request.url)
        for at, kind in known
        if at is not None and kind in OF_REQUEST
    ]


def _here(session: Session, task: Task) -> Sequence[Entry]:
    happened = session.execute(
        select(TaskEvent, Person)
        .outerjoin(Person, Person.id == TaskEvent.person_id)
        .where(TaskEvent.task_id == task.id)
        .order_by(TaskEvent.id)
    )
    told = ((event.at, _of_event(event, person)) for event, person in happened)
    return [Entry(at, text, is_here=True) for at, text in told if text]


def _of_event(event: TaskEvent, person: Person | None) -> str:
    """What happened here in a sentence; nothing where it is not told."""
    time = SIZES.get(str(event.data.get("days")))
    if event.kind == Happening.SIZED and time is not None:
        return str(SIZED) % {"who": _who(person), "time": time}
    return str(HAPPENED.get(event.kind, ""))


def _who(person: Person | None) -> str:
    """The name of somebody who shows it, else their role."""
    if person is None:
        return str(SOMEBODY)
    return person.name if person.shows_name and person.name else str(SIZED_BY.get(Role(person.role), SOMEBODY))
