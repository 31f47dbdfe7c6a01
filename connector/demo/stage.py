"""A service and two simulated forges that share one clock, set by hand, to live through days in a second.

Everything goes the way it goes in earnest: projects are asked for at the forges, deliveries are signed, posted to the
door and drained, and what people do goes through the services of their pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import logins
from connector.accounts import service as accounts
from connector.accounts.rules import Role
from connector.accounts.service import Invitation
from connector.app import build_services, make_door
from connector.db.tables import Issue as IssueRow
from connector.db.tables import Person, Project, Task
from connector.demo.content import DemoIssue, DemoPerson, DemoProject
from connector.demo.forges.deliveries import Deliveries
from connector.demo.forges.model import Issue, Request
from connector.demo.forges.model import Project as ForgeProject
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from connector.harvest import pulling
from connector.inbox import service as inbox
from connector.projects import adding, hooks
from connector.projects import service as projects
from connector.settings import Settings
from connector.tasks import queries
from connector.tasks import service as tasks
from connector.tasks.forms import Note
from connector.tasks.rules import Refusal
from sources import registry
from webhooks.replay import post

SATURDAY = 5
ONE_MORNING = timedelta(hours=12)


class Moment:
    """A clock that shows what it was told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.at

    def pass_seconds(self, seconds: int) -> None:
        """Move on."""
        self.at += timedelta(seconds=seconds)


class CannotHappen(Exception):
    """The script asks for something that the service refuses."""


class Stage:
    """What the script of the demonstration acts through. Make it before anything else uses the database."""

    def __init__(
        self, settings: Settings, servers: Mapping[str, ForgeServer], clock: Moment, *, start: datetime
    ) -> None:
        self.settings = settings.model_copy(update={"frozen_at": None})
        self.servers = servers
        self.clock = clock
        self.start = start
        self.services = build_services(self.settings, clock)
        self.zone: tzinfo = ZoneInfo(settings.timezone)
        self._door = make_door(self.services)
        self._deliveries = {name: Deliveries(server, self._post) for name, server in servers.items()}
        self._projects: dict[str, ForgeProject] = {}
        self._sources: dict[str, str] = {}
        self._issues: dict[str, tuple[str, Issue]] = {}
        self._people: dict[str, DemoPerson] = {}
        self._harvested_at = clock()

    def __enter__(self) -> Self:
        for deliveries in self._deliveries.values():
            deliveries.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for deliveries in self._deliveries.values():
            deliveries.stop()
        self.services.db.engine.dispose()

    # --- time ---

    def go_to(self, days_ago: int, at: str) -> None:
        """Set the clock to a time of day (``14:30``) so many working days before the start; never backwards."""
        day = self.start.astimezone(self.zone).date()
        for _ in range(days_ago):
            day = _workday_before(day)
        wanted = datetime.combine(day, time.fromisoformat(at), tzinfo=self.zone)
        self.clock.at = max(wanted, self.clock.at)

    def settle(self) -> None:
        """Let everything that was delivered arrive and be understood."""
        for deliveries in self._deliveries.values():
            deliveries.settle()
        while inbox.drain(self.services.db, self.clock):
            pass
        self.clock.pass_seconds(60)

    # --- setting up ---

    def create(self, project: DemoProject) -> None:
        """Make the project at its forge, not yet known to the service."""
        forge = self.servers[project.forge].forge
        self._projects[project.key] = forge.add_project(
            project.path,
            labels=(*project.labels, *project.other_labels),
            languages=project.languages,
            members=project.members,
            description=project.description,
        )
        self._sources[project.key] = project.forge

    def follow(self, project: DemoProject) -> None:
        """Add the project to the service, as a coordinator does, type the hook into the forge, and harvest."""
        services, server = self.services, self.servers[project.forge]
        address = f"{server.web_url}/{project.path}"
        new = adding.recognised(address, project.forge, server.api_url)
        new = replace(new, nonprofit=project.nonprofit, labels=project.labels)
        asked = adding.ask(services.connect, new)
        with services.db.sessions.begin() as session:
            added = projects.add(session, asked.new, vault=services.vault, now=self.clock())
            added.project.needs = project.needs
            steps = project.start_steps.format(clone_url=added.project.clone_url)
            projects.set_start_steps(session, added.project, steps, now=self.clock(), by=None)
            url, project_id = hooks.webhook_url(self.settings, added.hook), added.project.id
        typed = registry.source(project.forge).credentials(added.key)
        server.forge.add_hook(
            self._projects[project.key],
            url,
            secret=typed["webhook_secret"],
            signing_token=typed.get("signing_token", ""),
        )
        self.settle()
        pulling.pull(services.db, services.connect, project_id, self.clock)

    def harvest_all(self) -> None:
        """Harvest every project, as the schedule does."""
        with self.services.db.readers() as session:
            ids = session.scalars(select(Project.id).order_by(Project.id)).all()
        for project_id in ids:
            pulling.pull(self.services.db, self.services.connect, project_id, self.clock)
        self._harvested_at = self.clock()

    def invite(self, person: DemoPerson) -> None:
        """Invite somebody and let them say their logins and skills."""
        self._people[person.key] = person
        now = self.clock()
        with self.services.db.sessions.begin() as session:
            invitation = Invitation(
                person.email,
                Role(person.role),
                company=person.company,
                nonprofit=person.nonprofit,
                project_ids=(self._project_row(session, person.project).id,) if person.project else (),
                name=person.name,
            )
            row = accounts.invite(session, invitation, now=now).person
            row.language, row.skills = person.language, list(person.skills)
            for source, login in person.logins.items():
                host = urlsplit(self.servers[source].web_url).netloc
                logins.add(session, row.id, login, source=source, host=host, now=now)

    # --- what happens at the forges ---

    def open_issue(self, issue: DemoIssue) -> None:
        """Somebody opens an issue."""
        project, forge = self._projects[issue.project], self._forge(issue.project)
        made = forge.add_issue(
            project,
            issue.title,
            body=issue.body or None,
            labels=issue.labels,
            assignees=issue.assignees,
            is_confidential=issue.is_confidential,
            estimate_hours=issue.estimate_hours,
            author=project_author(project),
        )
        self._issues[issue.key] = (issue.project, made)
        if issue.is_locked:
            self.clock.pass_seconds(60)
            forge.lock_issue(project, made.number)

    def open_request(self, who: str, issue: str, title: str) -> Request:
        """A volunteer proposes a change for an issue."""
        key, found = self._issues[issue]
        login = self._people[who].logins[self._sources[key]]
        return self._forge(key).open_request(self._projects[key], title, author=login, closes=(found.number,))

    def merge(self, issue: str, request: Request) -> None:
        """The project merges it."""
        key, _issue = self._issues[issue]
        self._forge(key).merge_request(self._projects[key], request.number)
        self.settle()

    def refuse(self, issue: str, request: Request) -> None:
        """The project closes it unmerged."""
        key, _issue = self._issues[issue]
        self._forge(key).close_request(self._projects[key], request.number)
        self.settle()

    # --- what people do on their pages ---

    def claim(self, who: str, issue: str) -> None:
        """A volunteer takes the task of an issue. What was not seen to be public for a day would be hidden."""
        if self.clock() - self._harvested_at > ONE_MORNING:
            self.harvest_all()
        with self.services.db.sessions.begin() as session:
            task, person = self._task(session, issue), self._person(session, who)
            taken = tasks.claim(session, task, person.id, now=self.clock(), zone=self.zone)
            _check(taken, who, f"{issue} ({task.status} {', '.join(task.not_offered)})")
        self.settle()

    def release(self, who: str, issue: str, *, days: str) -> None:
        """A volunteer was recalled: the task is free, without a note."""
        with self.services.db.sessions.begin() as session:
            task, person = self._task(session, issue), self._person(session, who)
            worked = Decimal(days)
            _check(tasks.release(session, task, person.id, now=self.clock(), zone=self.zone, days=worked), who, issue)
        self.settle()

    def hand_over(self, who: str, issue: str, note: Note) -> None:
        """A volunteer passes the task on."""
        with self.services.db.sessions.begin() as session:
            held = queries.held_by(session, self._person(session, who).id)
            if held is None:
                raise CannotHappen(f"{who} holds nothing")
            _check(tasks.hand_over(session, held, note, now=self.clock(), zone=self.zone), who, issue)
        self.settle()

    def submit(self, who: str, issue: str, title: str, *, days: str = "1") -> Request:
        """A volunteer opens a request and hands in its address."""
        request = self.open_request(who, issue, title)
        url = self._request_url(issue, request)
        with self.services.db.sessions.begin() as session:
            task, person = self._task(session, issue), self._person(session, who)
            ended = tasks.submit(session, task, person.id, url, now=self.clock(), zone=self.zone, days=Decimal(days))
            _check(ended, who, issue)
        self.settle()
        return request

    # --- parts ---

    def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        lowered = {name.lower(): value for name, value in headers.items()}
        return post(self._door, urlsplit(url).path, headers=lowered, body=body)

    def _forge(self, project: str) -> Forge:
        return self.servers[self._sources[project]].forge

    def _request_url(self, issue: str, request: Request) -> str:
        key = self._issues[issue][0]
        project, source = self._projects[key], self._sources[key]
        part = "pull" if source == "github" else "-/merge_requests"
        return f"{self.servers[source].web_url}/{project.path}/{part}/{request.number}"

    def _project_row(self, session: Session, key: str) -> Project:
        return session.scalars(select(Project).where(Project.path == self._projects[key].path)).one()

    def _person(self, session: Session, key: str) -> Person:
        return session.scalars(select(Person).where(Person.email == self._people[key].email)).one()

    def _task(self, session: Session, key: str) -> Task:
        project, issue = self._issues[key]
        wanted = (
            select(Task)
            .join(IssueRow, IssueRow.id == Task.issue_id)
            .where(IssueRow.project_id == self._project_row(session, project).id, IssueRow.number == issue.number)
        )
        return session.scalars(wanted.order_by(Task.id.desc())).first() or _missing(key)


def _workday_before(day: date) -> date:
    before = day - timedelta(days=1)
    return before if before.weekday() < SATURDAY else _workday_before(before)


def project_author(project: ForgeProject) -> str:
    """Who opens issues there."""
    return min(project.members)


def _missing(key: str) -> Task:
    raise CannotHappen(f"{key} is no task")


def _check(result: object, who: str, issue: str) -> None:
    if isinstance(result, Refusal):
        raise CannotHappen(f"{who}, {issue}: {result.value}")
