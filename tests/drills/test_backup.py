"""R10, G17: a backup made under load, restored elsewhere: nothing is sent twice, everything since is found again."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from connector.cli.backup import restore_into, write_backup
from connector.db.engine import Database, open_database
from connector.db.tables import Assignment, Company, DayRecord, Effect, Issue, Person, Project, Task
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.state import Forge
from connector.harvest.sweeping import sweep
from connector.inbox import service as inbox
from connector.outbox import service as outbox
from connector.parked import service as parked
from connector.reports import queries as reports
from connector.reports.exports import as_csv
from connector.settings import load_settings
from connector.tasks import service as tasks
from tests.connector.inbox.test_recovery import LABEL, Place
from tests.fakes import FakeClock

CLAIMED = 4
ADDRESS = "https://wecena.example.org"


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Iterator[Place]:
    if database_url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    clock = FakeClock()
    with GitHubServer(Forge(clock)) as server:
        made = Place(database_url, tmp_path / "first", server, clock)
        for number in range(8):
            made.forge.add_issue(made.there, f"Issue {number}", labels=[LABEL])
        work_once(made, made.db)
        yield made
        made.deliveries.stop()
        made.db.engine.dispose()


def work_once(place: Place, db: Database) -> None:
    """Take in what was delivered and write one thing upstream, as long as there is any."""
    place.deliveries.settle()
    while inbox.drain(db, place.clock):
        pass


def send(place: Place, db: Database, most: int = 100) -> None:
    for _write in range(most):
        place.clock.advance(seconds=2)
        if not outbox.send_due(db, place.services.connect, place.clock, public_url=ADDRESS, limit=1):
            return


def claim(place: Place, number: int) -> None:
    with place.db.sessions.begin() as session:
        session.execute(update(Project).values(allows=["comment"], wip_cap=50))
        company = session.scalar(select(Company)) or Company(name="Lanterne Conseil", created_at=place.clock())
        person = Person(email=f"v{number}@example.org", role="volunteer", created_at=place.clock())
        session.add_all([company, person])
        session.flush()
        task = session.scalars(select(Task).join(Issue).where(Issue.number == number)).one()
        assert isinstance(tasks.claim(session, task, person.id, now=place.clock(), zone=UTC), Assignment)
        session.add(
            DayRecord(
                person_id=person.id, project_id=task.project_id, task_id=task.id, company_id=company.id,
                date=date(2026, 11, 20), days=1, declared_at=place.clock(), confirmed_at=place.clock(),
                status="confirmed",
            )
        )  # fmt: skip


def report(db: Database) -> str:
    with db.readers() as session:
        company = reports.company_named(session, "Lanterne Conseil")
        found = reports.completion(
            session, company=company, nonprofit=None, start=date(2026, 11, 1), end=date(2026, 11, 30)
        )
        return as_csv(found, "en")


def comments(place: Place) -> Counter[tuple[int, str]]:
    """How often each marker stands under each issue."""
    return Counter(
        (number, comment.body.rpartition("<!--")[2])
        for number, issue in place.there.issues.items()
        for comment in issue.comments
    )


def offered(db: Database) -> dict[int, str]:
    with db.readers() as session:
        rows = session.scalars(select(Issue).join(Task).where(Task.status.in_(("ready", "claimed", "in_review"))))
        return {row.number: row.title for row in rows}


class Load:
    """Issues that change and are delivered, in a thread, until told to stop."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        number = 0
        while not self._stop.wait(0.1):
            number += 1
            self._place.forge.edit_issue(self._place.there, 8, title=f"Title {number}")
            self._place.forge.add_issue(self._place.there, f"Under load {number}", labels=[LABEL])


def live_through_a_restore(place: Place, target_url: str, folder: Path) -> None:
    for number in range(1, CLAIMED + 1):
        claim(place, number)
    send(place, place.db, most=1)
    settings = load_settings({"WECENA_DATABASE_URL": str(place.services.settings.database_url)}, data_dir=folder / "a")
    file = folder / "backup.tar.gz"
    with Load(place):
        write_backup(settings, file, with_key=False, now=place.clock())
        assert file.stat().st_mode & 0o777 == 0o600
        told = report(place.db)
    work_once(place, place.db)
    send(place, place.db)
    since = place.forge.add_issue(place.there, "Since the backup", labels=[LABEL])
    place.clock.advance(seconds=5)
    place.forge.close_issue(place.there, 7)
    work_once(place, place.db)
    before = comments(place)
    assert len(before) == CLAIMED

    elsewhere = load_settings({"WECENA_DATABASE_URL": target_url}, data_dir=folder / "b")
    restore_into(elsewhere, file)
    db = open_database(target_url)
    try:
        come_back(place, db, told, before, since.number)
    finally:
        db.engine.dispose()


def come_back(place: Place, db: Database, told: str, before: Counter[tuple[int, str]], since: int) -> None:
    assert report(db) == told
    with db.readers() as session:
        project_id = session.scalars(select(Project.id)).one()
        held = session.scalars(select(Effect).where(Effect.sent_at.is_(None))).all()
    assert len(held) == CLAIMED - 1, "the others waited when the backup was made"
    asked = len(place.server.requests)
    send(place, db)
    assert len(place.server.requests) == asked, "nothing leaves before it is released"
    place.clock.advance(minutes=15)
    sweep(db, place.services.connect, project_id, place.clock)
    expected = {number: issue.title for number, issue in place.there.issues.items() if issue.is_open}
    assert offered(db) == expected
    assert since in expected
    assert 7 not in expected
    with db.sessions.begin() as session:
        assert parked.release(session, now=place.clock(), by=None) == CLAIMED - 1
    send(place, db)
    assert comments(place) == before, "each comment stands there once"
    with db.readers() as session:
        assert session.scalars(select(Effect.id).where(Effect.sent_at.is_(None))).all() == []
    assert report(db) == told


def test_nothing_is_sent_twice_after_a_restore(place: Place, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if place.services.settings.is_sqlite:
        (tmp_path / "b").mkdir()
        target = f"sqlite:///{tmp_path / 'b' / 'wecena.db'}"
    else:
        target = request.getfixturevalue("postgres").create("restored_elsewhere")
    live_through_a_restore(place, target, tmp_path)
