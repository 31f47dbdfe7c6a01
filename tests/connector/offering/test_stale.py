"""Issues without news for long: kept back where the programme says so, until somebody says that they are still wanted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Audit, Project, Task
from connector.errors import UserError
from connector.harvest.service import keep_back_the_quiet, observe
from connector.offering import queries, service
from connector.offering.queries import Patience
from connector.sizing.queries import line_of
from sources.model import Issue, Label
from tests.rows import project_row

DAY, YEAR = timedelta(days=1), timedelta(days=365)
SHORT = "The sum is wrong."


def issue(at: datetime, *labels: str, number: int = 7) -> Issue:
    """A labelled issue of which this was the last news."""
    names = ("good first issue", *labels)
    return Issue(str(number), number, "Repair the sum", "https://x.example/7", at, body=SHORT, labels=tuple(map(Label, names)))  # fmt: skip


def harvested(session: Session, now: datetime, age: timedelta, *labels: str) -> tuple[Project, Task]:
    project = project_row(session, now)
    observe(session, project, issue(now - age, *labels), now)
    return project, session.scalars(select(Task)).one()


def state(task: Task) -> tuple[str, list[str]]:
    return task.status, task.not_offered


def test_age_alone_keeps_nothing_back_until_the_programme_says_so(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, 3 * YEAR)
        assert state(task) == ("ready", [])
        service.keep_back_after(session, 730, now=now, by=None)
        assert state(task) == ("draft", ["stale"])
        observe(session, project, issue(now, "bug"), now)
        assert state(task) == ("ready", []), "any word upstream is news"
        service.keep_back_after(session, None, now=now, by=None)
        assert session.scalar(select(func.count(Audit.id)).where(Audit.kind == "quiet_days_set")) == 2


def test_both_choices_of_the_programme_stand_beside_each_other(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        harvested(session, now, DAY)
        service.draw_line(session, 0.8, now=now, by=None)
        service.keep_back_after(session, 365, now=now, by=None)
        service.draw_line(session, 0.5, now=now, by=None)
        line = line_of(session)
        assert (line.chance, line.quiet_days) == (0.5, 365)


@pytest.mark.parametrize("days", [0, 1, 366, -365])
def test_a_length_that_was_not_shown_is_refused(db: Database, now: datetime, days: int) -> None:
    with db.sessions.begin() as session, pytest.raises(UserError):
        service.keep_back_after(session, days, now=now, by=None)


@pytest.mark.parametrize(("age", "kept_back"), [(730 * DAY, False), (730 * DAY + timedelta(seconds=1), True)])
def test_what_grows_too_old_on_offer_is_kept_back(
    db: Database, now: datetime, age: timedelta, *, kept_back: bool
) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, timedelta())
        service.keep_back_after(session, 730, now=now, by=None)
        assert state(task) == ("ready", [])
        task.project.visible_at = now + age
        assert [keep_back_the_quiet(session, now + age) for _ in range(2)] == [int(kept_back), 0]
        assert state(task) == (("draft", ["stale"]) if kept_back else ("ready", []))


def test_what_somebody_holds_stays_theirs(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, 3 * YEAR)
        task.status = "claimed"
        session.flush()
        service.keep_back_after(session, 365, now=now, by=None)
        assert task.status == "claimed"
        assert keep_back_the_quiet(session, now) == 0


@pytest.mark.parametrize(("labels", "days"), [((), 365), (("stale",), None)], ids=["age", "label"])
def test_somebodys_word_counts_for_a_year(
    db: Database, now: datetime, labels: tuple[str, ...], days: int | None
) -> None:
    with db.sessions.begin() as session:
        project, task = harvested(session, now, 3 * YEAR, *labels)
        service.keep_back_after(session, days, now=now, by=None)
        assert state(task) == ("draft", ["stale"])
        service.still_wanted(session, task, now=now, by=None)
        assert state(task) == ("ready", [])
        assert keep_back_the_quiet(session, now + YEAR - DAY) == 0
        project.visible_at = now + YEAR
        assert keep_back_the_quiet(session, now + YEAR) == 1
        assert state(task) == ("draft", ["stale"])


def test_nobody_speaks_for_what_is_over(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        _, task = harvested(session, now, DAY)
        task.status = "done"
        with pytest.raises(UserError):
            service.still_wanted(session, task, now=now, by=None)


def test_it_is_shown_what_each_length_would_do(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project, _ = harvested(session, now, 3 * YEAR)
        for number, age, labels in ((8, DAY, ()), (9, 6 * YEAR, ()), (10, DAY, ("stale",)), (11, DAY, ("wontfix",))):
            observe(session, project, issue(now - age, *labels, number=number), now)
        service.keep_back_after(session, 1825, now=now, by=None)
        assert queries.patience(session, service.QUIET_DAYS, now) == [
            Patience(None, 3, 1, 0),
            Patience(365, 1, 0, 1),
            Patience(730, 1, 0, 1),
            Patience(1095, 2, 0, 0),
            Patience(1825, 2, 0, 0),
        ]
