"""Who writes that they take an issue is believed for two weeks: it is offered to nobody else meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from connector.db.engine import Database
from connector.db.tables import Account, Issue, Person, Project, Task
from connector.harvest import service
from connector.harvest.rules import MARKER, SPOKEN_FOR, taken_at
from connector.harvest.service import observe_remarks
from connector.outbox.comments import marker
from sources.model import Actor, Remark
from tests.connector.harvest.test_sweeping import Day, forge_of
from tests.fakes import NOW, FakeClock

TAKES = "Hello, can I work on this?"


class Spoken(Day):
    """A project under whose issues people write."""

    def say(self, number: int, text: str = TAKES, *, by: str = "somebody") -> None:
        self.clock.advance(seconds=61)
        self.forge.comment(self.there, number, text, by=by)

    def task(self, number: int) -> tuple[str, list[str]]:
        with self.db.readers() as session:
            task = session.scalars(select(Task).join(Issue).where(Issue.number == number)).one()
            return task.status, list(task.not_offered)

    def asked(self) -> list[str]:
        return [one.path for one in self.server.requests if one.path.endswith(("/comments", "/notes"))]

    def pass_time(self, time: timedelta) -> None:
        self.clock.advance(seconds=time.total_seconds())
        self.sweep()
        with self.db.sessions.begin() as session:
            service.offer_again(session, self.clock())


@pytest.fixture(params=["github", "gitlab"])
def day(request: pytest.FixtureRequest, db: Database) -> Iterator[Spoken]:
    clock = FakeClock()
    with forge_of(request.param, clock) as server:
        yield Spoken(db, server, clock)


def test_a_sweep_reads_who_takes_an_issue(day: Spoken) -> None:
    taken, free = day.add("Show the map"), day.add("Another")
    day.sweep()
    day.say(taken)
    day.say(free, "I have the same problem.")
    day.sweep()
    assert day.task(taken) == ("draft", ["in_progress"])
    assert day.task(free) == ("ready", [])
    assert len(day.asked()) == 2
    day.sweep()
    assert day.asked() == [], "what was read is not read again"


def test_after_two_weeks_of_nothing_it_is_offered_again(day: Spoken) -> None:
    number = day.add("Show the map")
    day.say(number)
    day.sweep()
    assert day.task(number) == ("draft", ["in_progress"])
    day.pass_time(SPOKEN_FOR - timedelta(days=1))
    assert day.task(number) == ("draft", ["in_progress"])
    day.pass_time(timedelta(days=1))
    assert day.task(number) == ("ready", [])


def test_who_holds_a_task_may_say_so(day: Spoken) -> None:
    number = day.add("Show the map")
    day.sweep()
    day.claim(number)
    day.say(number, "I'm working on this.")
    day.sweep()
    assert day.task(number) == ("claimed", [])
    assert day.asked() == [], "only what is on offer is read"


def test_a_volunteer_of_ours_claims_here_and_not_by_a_comment(day: Spoken) -> None:
    number = day.add("Show the map")
    with day.db.sessions.begin() as session:
        person = Person(email="v@example.org", role="volunteer", created_at=day.clock())
        session.add(person)
        session.flush()
        session.add(
            Account(person_id=person.id, source=day.server.kind, host="127.0.0.1", login="vera", created_at=day.clock())
        )
    day.say(number, by="Vera")
    day.sweep()
    assert day.task(number) == ("ready", [])


@pytest.mark.parametrize("is_taken_again", [False, True])
def test_a_delivered_comment_counts_once_and_late_ones_do_not_prolong_it(db: Database, *, is_taken_again: bool) -> None:
    clock = FakeClock()
    with forge_of("github", clock) as server:
        day = Spoken(db, server, clock)
        number = day.add("Show the map")
        day.sweep()
        first = Remark("1", TAKES, Actor("9", "somebody"), at=clock())
        with db.sessions.begin() as session:
            project = session.get_one(Project, day.project_id)
            assert observe_remarks(session, project, number, [first], clock())
            assert not observe_remarks(session, project, number, [first], clock()), "told twice"
            assert not observe_remarks(session, project, 999, [first], clock()), "of an issue that we do not know"
        assert day.task(number) == ("draft", ["in_progress"])
        day.pass_time(timedelta(days=10))
        if is_taken_again:
            again = Remark("2", "I'll take it", Actor("8", "other"), at=clock())
            with db.sessions.begin() as session:
                assert observe_remarks(session, session.get_one(Project, day.project_id), number, [again], clock())
        day.pass_time(timedelta(days=5))
        assert day.task(number)[0] == ("draft" if is_taken_again else "ready")


@pytest.mark.parametrize(
    "remark",
    [
        Remark("1", TAKES, Actor("2", "helper[bot]", is_bot=True), at=NOW),
        Remark("1", TAKES, Actor("2", "wecena"), at=NOW, is_ours=True),
        Remark("1", f"I'll take this\n\n{marker('8')}", Actor("2", "wecena"), at=NOW),
        Remark("1", TAKES, Actor("2", "somebody"), at=NOW - SPOKEN_FOR),
        Remark("1", TAKES, Actor("2", "somebody")),
        Remark("1", "Any news?", Actor("2", "somebody"), at=NOW),
    ],
    ids=["program", "our account", "our comment", "long ago", "without a time", "a question"],
)
def test_what_takes_nothing(remark: Remark) -> None:
    assert marker("8").startswith(MARKER)
    assert taken_at([remark], NOW) is None
    people = Remark("2", TAKES, Actor("3", "somebody"), at=NOW)
    assert taken_at([remark, people], NOW) == NOW
