"""The sweep: a day whose every delivery was lost ends as if all had come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from connector.cli import worker
from connector.db.engine import Database
from connector.db.tables import Assignment, Issue, Job, Person, Project, Request, Task
from connector.demo.forges.answers import Answer
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.gitlab import GitLabServer
from connector.demo.forges.server import ForgeServer
from connector.demo.forges.state import Forge
from connector.harvest.sweeping import sweep
from connector.projects.connections import make_connect
from connector.settings import load_settings
from connector.tasks import service as tasks
from sources.errors import RateLimited, Unavailable
from sources.transport import Transport
from tests.fakes import FakeClock
from tests.rows import project_row

LABEL, OTHER = "good first issue", "easy"
SHOWN = ("ready", "claimed", "in_review")
Public = dict[int, tuple[str, frozenset[str]]]


class Day:
    """A project at a forge that tells us nothing by itself, and our copy of it."""

    def __init__(self, db: Database, server: ForgeServer, clock: FakeClock) -> None:
        self.db, self.server, self.forge, self.clock = db, server, server.forge, clock
        self.there = self.forge.add_project("asso/site", labels=[LABEL, OTHER, "bug"])
        settings = load_settings({"WECENA_SECRET_KEY": "k" * 32, "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8"})
        self.connect = make_connect(settings, Transport(allowed_networks=settings.networks))
        with db.sessions.begin() as session:
            self.project_id = project_row(
                session, clock(), source=server.kind, host="127.0.0.1", path="asso/site", labels=[LABEL, OTHER],
                external_id=str(self.there.id), base_url=server.url, api_url=server.api_url, web_url=server.url,
            ).id  # fmt: skip

    def sweep(self, *, is_whole: bool = False) -> None:
        self.clock.advance(minutes=15)
        self.server.requests.clear()
        sweep(self.db, self.connect, self.project_id, self.clock, is_whole=is_whole)

    def add(self, title: str, *labels: str) -> int:
        self.clock.advance(seconds=61)
        return self.forge.add_issue(self.there, title, labels=labels or [LABEL]).number

    def there_public(self) -> Public:
        """What the forge shows everybody of the work that is agreed."""
        wanted = {LABEL, OTHER}
        return {
            number: (issue.title, frozenset(issue.labels))
            for number, issue in self.there.issues.items()
            if issue.is_open and not issue.is_confidential and wanted & set(issue.labels)
        }

    def here_public(self) -> Public:
        """What we show, or hold as open and wanted."""
        with self.db.readers() as session:
            rows = session.scalars(
                select(Issue).join(Task, Task.issue_id == Issue.id).where(Task.status.in_((*SHOWN, "draft")))
            ).unique()
            return {row.number: (row.title, frozenset(row.labels)) for row in rows}

    def offered(self) -> set[int]:
        return {number for number, status in self.statuses().items() if status == "ready"}

    def statuses(self) -> dict[int, str]:
        with self.db.readers() as session:
            rows = session.execute(
                select(Issue.number, Task.status).join(Task, Task.issue_id == Issue.id).order_by(Task.id)
            )
            return {number: status for number, status in rows}  # noqa: C416  (rows are no pairs to the type checker)

    def text(self, number: int) -> str:
        with self.db.readers() as session:
            row = session.scalars(select(Issue).where(Issue.number == number)).one()
            return f"{row.title}{row.body}{row.url}"

    def claim(self, number: int) -> None:
        with self.db.sessions.begin() as session:
            person = Person(email=f"v{number}@example.org", role="volunteer", created_at=self.clock())
            session.add(person)
            session.flush()
            task = session.scalars(select(Task).join(Issue).where(Issue.number == number)).one()
            taken = tasks.claim(session, task, person.id, now=self.clock(), zone=self.clock().tzinfo)  # type: ignore[arg-type]  # the clock has a zone
            assert isinstance(taken, Assignment)


def forge_of(kind: str, clock: FakeClock) -> ForgeServer:
    return GitHubServer(Forge(clock)) if kind == "github" else GitLabServer(Forge(clock, shares_numbers=False))


@pytest.fixture(params=["github", "gitlab"])
def day(request: pytest.FixtureRequest, db: Database) -> Iterator[Day]:
    clock = FakeClock()
    with forge_of(request.param, clock) as server:
        yield Day(db, server, clock)


def test_after_a_day_of_lost_deliveries_one_sweep_finds_everything(day: Day) -> None:
    """R4, with a change of each kind."""
    forge, there = day.forge, day.there
    closed, edited, gone, stripped, assigned, locked, reopened, requested = (
        day.add(f"Issue {number}") for number in range(8)
    )
    late_label = day.add("Labelled later", "bug")
    forge.close_issue(there, reopened)
    day.sweep()
    assert day.here_public() == day.there_public()

    day.clock.advance(hours=1)
    added = day.add("New")
    forge.close_issue(there, closed)
    forge.edit_issue(there, edited, title="Another title", body="Another text")
    forge.delete_issue(there, gone)
    forge.unlabel_issue(there, stripped, LABEL)
    forge.assign(there, assigned, "mainteneuse")
    forge.lock_issue(there, locked)
    forge.reopen_issue(there, reopened)
    forge.label_issue(there, late_label, OTHER)
    forge.open_request(there, "A fix", author="eve", closes=[requested])
    day.clock.advance(hours=8)
    day.sweep()
    assert day.here_public() == day.there_public()
    assert day.offered() == {edited, reopened, late_label, added}
    assert day.text(gone) == ""


def test_any_mix_of_lost_changes_is_found(day: Day) -> None:
    """R4, at random."""
    chance = random.Random(1)  # noqa: S311  (a test that can be repeated)
    for number in range(10):
        day.add(f"Issue {number}", chance.choice([LABEL, OTHER, "bug"]))
    day.sweep()
    for _change in range(40):
        day.clock.advance(minutes=chance.choice([0, 1, 30]))
        change_something(day, chance)
    day.clock.advance(minutes=1)
    day.sweep()
    assert day.here_public() == day.there_public()


def change_something(day: Day, chance: random.Random) -> None:
    forge, there = day.forge, day.there
    number = chance.choice(sorted(there.issues))
    label = chance.choice([LABEL, OTHER, "bug"])
    acts: list[Callable[[], object]] = [
        lambda: forge.close_issue(there, number),
        lambda: forge.reopen_issue(there, number),
        lambda: forge.edit_issue(there, number, title=f"Title {chance.random()}"),
        lambda: forge.label_issue(there, number, label),
        lambda: forge.unlabel_issue(there, number, label),
        lambda: forge.delete_issue(there, number) if len(there.issues) > 5 else None,
        lambda: day.add("New", label),
    ]
    if not forge.shares_numbers:
        acts.append(lambda: forge.make_confidential(there, number, is_confidential=chance.random() < 0.7))
    chance.choice(acts)()


def test_a_confidential_issue_is_hidden_within_a_quarter_of_an_hour(db: Database) -> None:
    """S3 and R4: no delivery came, no list shows it, and the forge answers as if it did not exist."""
    clock = FakeClock()
    with forge_of("gitlab", clock) as server:
        day = Day(db, server, clock)
        secret, claimed, plain = day.add("SECRET one"), day.add("SECRET two"), day.add("Plain")
        day.sweep()
        day.claim(claimed)
        for number in (secret, claimed):
            day.forge.make_confidential(day.there, number)
        day.sweep()
        assert day.statuses() == {secret: "withdrawn", claimed: "withdrawn", plain: "ready"}
        assert day.text(secret) == day.text(claimed) == ""
        day.forge.make_confidential(day.there, secret, is_confidential=False)
        day.sweep()
        assert day.statuses()[secret] == "ready"


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_sweep_takes_no_more_requests_than_it_needs(sqlite_db: Database, kind: str) -> None:
    clock = FakeClock()
    with forge_of(kind, clock) as server:
        day = Day(sqlite_db, server, clock)
        for number in range(101):
            day.add(f"Issue {number}")
        lost = day.add("Lost")
        day.sweep()
        day.clock.advance(hours=2)
        day.forge.delete_issue(day.there, lost)
        day.sweep()
        asked = [one.path.rpartition("/")[2] for one in server.requests]
        assert asked.count("issues") == 1 + 2 + 1, "the changes, two pages of one label, one of the other"
        assert asked.count(str(lost)) == 1
        blocked = {"github": 0, "gitlab": 2}[kind]  # GitHub's rows say it, GitLab is asked for a hundred at once
        assert len(asked) == 4 + 1 + 4 + blocked, "besides: project, languages, requests, labels"
        day.sweep()
        languages = {"github": 0, "gitlab": 1}[kind]  # GitHub says that nothing changed there
        assert len(server.requests) == 6 + languages + blocked


def test_what_became_of_requests_is_found(day: Day) -> None:
    """R4: an opened, a merged and a refused request, none of which was told."""
    merged, refused, opened = day.add("One"), day.add("Two"), day.add("Three")
    day.sweep()
    fixes = [day.forge.open_request(day.there, "Fix", author="eve", closes=[one]) for one in (merged, refused)]
    day.sweep()
    assert day.offered() == {opened}
    day.forge.merge_request(day.there, fixes[0].number)
    day.forge.close_request(day.there, fixes[1].number)
    day.forge.open_request(day.there, "Fix", author="eve", closes=[opened])
    day.sweep()
    assert day.offered() == {refused}
    assert day.statuses()[merged] == "withdrawn"


def test_a_request_that_is_gone_holds_back_nothing_after_the_night(day: Day) -> None:
    number = day.add("One")
    day.sweep()
    request = day.forge.open_request(day.there, "Fix", author="eve", closes=[number])
    day.sweep()
    assert day.offered() == set()
    del day.there.requests[request.number]
    day.sweep()
    assert day.offered() == set()
    day.sweep(is_whole=True)
    assert day.offered() == {number}
    with day.db.readers() as session:
        assert session.scalars(select(Request.state)).all() == ["closed"]


def test_a_label_made_after_the_first_harvest_is_listed_too(day: Day) -> None:
    with day.db.sessions.begin() as session:
        session.get_one(Project, day.project_id).labels = ["brand new"]
    day.sweep()
    numbers = [day.add(f"Issue {number}", "brand new") for number in range(3)]
    day.sweep()
    assert day.offered() == set(numbers)
    day.sweep()
    assert not [one for one in day.server.requests if one.path.endswith(tuple(f"/issues/{n}" for n in numbers))]


def test_a_sweep_that_broke_off_loses_nothing(day: Day) -> None:
    day.sweep()
    number = day.add("One")
    day.forge.open_request(day.there, "Fix", author="eve", closes=[number])
    day.server.answers.program("GET", "*/issues", *[Answer(status=502)] * 3)
    with pytest.raises(Unavailable):
        day.sweep()
    day.sweep()
    assert day.statuses() == {number: "draft"}


def test_a_forge_at_its_limit_is_asked_again_later(db: Database) -> None:
    clock = FakeClock()
    with forge_of("github", clock) as server:
        day = Day(db, server, clock)
        assert isinstance(server, GitHubServer)
        server.exhaust()
        with pytest.raises(RateLimited):
            day.sweep()
        server.restore()
        day.add("One")
        day.sweep()
        assert len(day.offered()) == 1


def test_each_project_is_reconciled_once_a_night_at_a_time_of_its_own(db: Database) -> None:
    clock = FakeClock()
    start = clock().replace(hour=0, minute=0)
    with db.sessions.begin() as session:
        for number in range(20):
            project_row(session, clock(), path=f"asso/{number}", external_id=str(number))
        project_row(session, clock(), path="off/line", external_id=None, is_offline=True)
    for _firing in range(2):
        with db.sessions.begin() as session:
            worker.enqueue_reconciliations(session, start, start)
    with db.readers() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "reconcile")).all()
    assert len(jobs) == len({job.ref for job in jobs}) == 20
    times = {job.run_at for job in jobs}
    assert len(times) > 10
    assert all(start <= at < start + timedelta(hours=5) for at in times)
