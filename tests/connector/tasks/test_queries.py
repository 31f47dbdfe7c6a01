"""What is seen by whom, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from connector.accounts.rules import VISITOR, Principal, Role
from connector.db.engine import Database
from connector.db.tables import Assignment, Project
from connector.errors import NotFoundError
from connector.tasks import queries, service
from connector.tasks.forms import Note
from connector.tasks.queries import Filter
from connector.tasks.rules import Outcome
from tests.connector.tasks.conftest import Programme

PARIS = ZoneInfo("Europe/Paris")
COORDINATOR = Principal(person_id=999, role=Role.COORDINATOR)
Make = Callable[[Session], Programme]


def titles(session: Session, wanted: Filter, principal: Principal, now: datetime) -> list[str]:
    """The titles found, in order."""
    return [task.title for task in queries.listing(session, wanted, principal, now=now).items]


def hand_on(here: Programme, number: int) -> None:
    """A task that somebody handed over."""
    task, person = here.task(number, p_one_day=0.1), here.person(f"p{number}")
    assignment = service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    assert isinstance(assignment, Assignment)
    service.hand_over(here.session, assignment, Note(done="half"), now=here.now, zone=PARIS)


def test_a_waiting_handover_comes_first_then_the_best_chance(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions() as session:
        here = programme(session)
        here.task(1, p_one_day=0.5)
        here.task(2, p_one_day=0.9)
        here.task(3, p_one_day=0.5)
        hand_on(here, 4)
        assert titles(session, Filter(), VISITOR, now) == ["Issue 4", "Issue 2", "Issue 1", "Issue 3"]


@pytest.mark.parametrize(
    "changes",
    [
        {"agreed_at": None},
        {"is_public": False},
        {"is_public": None},
        {"visible_at": None},
        {"removed_at": datetime.fromisoformat("2026-11-23T09:00:00+00:00")},
        {"visible_at": datetime.fromisoformat("2026-11-22T09:05:00+00:00")},
    ],
)
def test_a_project_that_may_not_be_shown_shows_nothing(
    sqlite_db: Database, programme: Make, now: datetime, changes: dict[str, object]
) -> None:  # S3
    with sqlite_db.sessions() as session:
        here = programme(session)
        task = here.task(project=here.project(**changes))
        assert titles(session, Filter(status="all"), VISITOR, now) == []
        with pytest.raises(NotFoundError):
            queries.detail(session, task.id, VISITOR, now=now)
        assert queries.projects(session, VISITOR, now=now, page=1, per_page=30) == ([], 0)


@pytest.mark.parametrize(("is_offline", "shown"), [(True, ["Issue 1"]), (False, [])])
def test_visibility_does_not_age_while_a_project_is_offline(
    sqlite_db: Database, programme: Make, now: datetime, *, is_offline: bool, shown: list[str]
) -> None:
    with sqlite_db.sessions() as session:
        here = programme(session)
        here.task(project=here.project(is_offline=is_offline, visible_at=now - timedelta(days=3)))
        assert titles(session, Filter(), VISITOR, now) == shown


@pytest.mark.parametrize("principal", [VISITOR, COORDINATOR])
def test_a_confidential_issue_is_seen_by_nobody(
    sqlite_db: Database, programme: Make, now: datetime, principal: Principal
) -> None:  # S3
    with sqlite_db.sessions() as session:
        task = programme(session).task(visibility="confidential")
        assert titles(session, Filter(status="all"), principal, now) == []
        with pytest.raises(NotFoundError):
            queries.detail(session, task.id, principal, now=now)


def one_of_each(here: Programme) -> None:
    """A draft, and tasks that are ready, claimed, in review, done and withdrawn."""
    project = here.project(wip_cap=50)
    here.task(1, "locked", title="draft")
    here.task(2, title="ready")
    for number, title in ((3, "claimed"), (4, "in_review"), (5, "done")):
        task = here.task(number, title=title, project=project)
        service.claim(here.session, task, here.person(title).id, now=here.now, zone=PARIS)
        if title != "claimed":
            service.submit_seen(here.session, task, "u", now=here.now)
        if title == "done":
            service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    service.withdraw(here.session, here.task(6, title="withdrawn"), reason="closed", now=here.now)
    here.session.flush()


@pytest.mark.parametrize("status", ["draft", "ready", "claimed", "in_review", "done", "withdrawn", "split"])
def test_visitors_see_what_is_offered_or_worked_on_and_coordinators_everything(
    sqlite_db: Database, programme: Make, now: datetime, status: str
) -> None:
    public = {"ready", "claimed", "in_review", "done"}
    made = public | {"draft", "withdrawn"}
    with sqlite_db.sessions() as session:
        one_of_each(programme(session))
        assert titles(session, Filter(status=status), VISITOR, now) == [status] * (status in public)
        assert titles(session, Filter(status=status), COORDINATOR, now) == [status] * (status in made)
        assert set(titles(session, Filter(status="all"), VISITOR, now)) == public
        assert set(titles(session, Filter(status="all"), COORDINATOR, now)) == made


def test_maintainers_see_all_states_of_their_own_projects(sqlite_db: Database, programme: Make, now: datetime) -> None:
    with sqlite_db.sessions() as session:
        here = programme(session)
        here.task(1, "locked", title="mine")
        here.task(2, "locked", title="foreign", project=here.project("other/thing"))
        maintainer = Principal(7, Role.MAINTAINER, project_ids=frozenset({here.project().id}))
        assert titles(session, Filter(status="draft"), maintainer, now) == ["mine"]


def test_people_see_the_tasks_they_once_held(sqlite_db: Database, programme: Make, now: datetime) -> None:
    with sqlite_db.sessions() as session:
        here = programme(session)
        task, person = here.task(), here.person()
        service.claim(session, task, person.id, now=now, zone=PARIS)
        service.withdraw(session, task, reason="closed", now=now)
        mine = Principal(person.id, Role.VOLUNTEER)
        assert queries.detail(session, task.id, mine, now=now).id == task.id
        with pytest.raises(NotFoundError):
            queries.detail(session, task.id, Principal(person.id + 1, Role.VOLUNTEER), now=now)


FILTERS: list[tuple[Filter, list[str]]] = [
    (Filter(q="import"), ["Fix the import"]),
    (Filter(q="IMPORT fix"), ["Fix the import"]),
    (Filter(q="inside"), ["Show dates"]),
    (Filter(q="100%"), ["100% wide"]),
    (Filter(q="100_"), []),
    (Filter(q="\\"), []),
    (Filter(language="fr"), ["Show dates"]),
    (Filter(language="en"), ["Fix the import"]),
    (Filter(language="de"), ["100% wide"]),
    (Filter(language='"'), []),
    (Filter(skill="python"), ["Fix the import"]),
    (Filter(skill="css"), ["Fix the import", "Show dates", "100% wide"]),
    (Filter(skill="cobol"), []),
    (Filter(size_max=Decimal("0.5")), ["Show dates"]),
    (Filter(size_max=Decimal(1)), ["Fix the import", "Show dates", "100% wide"]),
    (Filter(kind="code"), ["Fix the import", "Show dates", "100% wide"]),
    (Filter(kind="batch"), []),
    (Filter(project="asso/site"), ["Fix the import", "Show dates", "100% wide"]),
    (Filter(project="https://github.com/Asso/Site/"), ["Fix the import", "Show dates", "100% wide"]),
    (Filter(project="999"), []),
    (Filter(project="9" * 40), []),
]


def test_filters_narrow_the_list(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions() as session:
        here = programme(session)
        here.project(skills=["css"], languages=["de"])
        here.task(1, title="Fix the import", labels=["good first issue", "lang: python"], language="en")
        here.task(2, title="Show dates", body="It hides inside.", language="fr", days="0.5", p_one_day=0.6)
        here.task(3, title="100% wide", language=None, p_one_day=0.5)
        assert [(wanted, titles(session, wanted, VISITOR, now)) for wanted, _found in FILTERS] == FILTERS


@pytest.mark.parametrize("skill", ["", "css"])
def test_pages_follow_each_other_without_gap_or_double(
    sqlite_db: Database, programme: Make, now: datetime, skill: str
) -> None:
    with sqlite_db.sessions() as session:
        here = programme(session)
        here.project(skills=["css"])
        for number in range(1, 8):
            here.task(number)
        seen, page = [], 1
        while True:
            found = queries.listing(session, Filter(skill=skill, page=page, per_page=3), VISITOR, now=now)
            seen += [task.title for task in found.items]
            assert found.total == 7
            if not found.has_next:
                break
            page += 1
        assert (page, seen) == (3, [f"Issue {number}" for number in range(1, 8)])
        beyond = queries.listing(session, Filter(skill=skill, page=10**6, per_page=3), VISITOR, now=now)
        assert (list(beyond.items), beyond.has_next) == ([], False)


def test_a_longer_list_needs_no_more_reads(sqlite_db: Database, programme: Make, now: datetime) -> None:
    counts = []
    for size in (2, 20):
        with sqlite_db.sessions() as session:
            here = programme(session)
            for number in range(size):
                here.task(number + 1, project=here.project(f"asso/p{number}"))
            session.flush()
            session.expire_all()
            reads: list[str] = []
            listen = lambda *args, reads=reads: reads.append(args[2])  # noqa: E731  (one name for adding and removing)
            event.listen(sqlite_db.engine, "before_cursor_execute", listen)
            for task in queries.listing(session, Filter(), VISITOR, now=now).items:
                assert task.project.nonprofit.name
                assert task.issue
                assert task.estimate
            event.remove(sqlite_db.engine, "before_cursor_execute", listen)
            counts.append(len(reads))
    assert counts[0] == counts[1]


def test_an_alternative_can_be_taken_and_suits_the_person(db: Database, programme: Make, now: datetime) -> None:
    with db.sessions() as session:
        here = programme(session)
        person = here.person("ines", skills=["python"])
        wanted = here.task(1, p_one_day=0.99)
        likely = here.task(2, p_one_day=0.9)
        fitting = here.task(3, p_one_day=0.4, labels=["python"])
        paused: Project = here.project("asso/paused", paused_at=now)
        here.task(4, project=paused, labels=["python"], p_one_day=0.95)
        full = here.project("asso/full", wip_cap=1)
        taken = here.task(5, project=full)
        here.task(6, project=full, labels=["python"], p_one_day=0.95)
        service.claim(session, taken, here.person("malo").id, now=now, zone=PARIS)
        others = queries.alternatives_for(session, person.id, besides=wanted.id, now=now)
        assert [other.id for other in others] == [fitting.id, likely.id]
        assert queries.alternative_for(session, person.id, besides=wanted.id, now=now) is others[0]


def test_there_may_be_no_alternative(sqlite_db: Database, programme: Make, now: datetime) -> None:
    with sqlite_db.sessions() as session:
        here = programme(session)
        assert queries.alternative_for(session, here.person().id, besides=here.task().id, now=now) is None
