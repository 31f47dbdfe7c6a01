"""Task, assignment, inbox and outbox together, against anything that may happen in any order (R1 to R6, S3; G5)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, event, select, text
from sqlalchemy.orm import Session

from connector.db.engine import Database, open_database
from connector.db.tables import Assignment, Handover, Issue, Task
from connector.tasks import service as tasks
from connector.tasks.forms import Note
from sources.errors import RateLimited, Unavailable
from sources.model import ClosedAs, RequestState
from tests.fakes import FACTS
from tests.postgres import PostgresServer
from tests.simulation.programme import LABEL, NUMBERS, PARIS, Died, Programme

numbers = st.sampled_from(NUMBERS)
people = st.sampled_from((0, 1))
killed = st.sampled_from((False, False, True))


class Whole(RuleBasedStateMachine):
    """One step is one thing that happens to the programme."""

    db: Database

    def __init__(self) -> None:
        super().__init__()
        self.here = Programme(self.db)

    # --- at the forge

    @rule(number=numbers, words=st.integers(0, 99))
    def edit(self, number: int, words: int) -> None:
        self.here.change(number, title=f"Fix {words}")

    @rule(number=numbers, is_labelled=st.booleans())
    def label(self, number: int, is_labelled: bool) -> None:  # noqa: FBT001  (drawn)
        self.here.change(number, labels=(LABEL,) if is_labelled else ())

    @rule(number=numbers, is_open=st.booleans())
    def close(self, number: int, is_open: bool) -> None:  # noqa: FBT001  (drawn)
        self.here.change(number, is_open=is_open, closed_as=None if is_open else ClosedAs.UNKNOWN)

    @rule(number=numbers)
    def hide(self, number: int) -> None:
        self.here.hide(number)

    @rule(number=numbers, state=st.sampled_from(RequestState))
    def see_request(self, number: int, state: RequestState) -> None:
        self.here.see_request(number, state)

    @rule(seconds=st.sampled_from((1, 60, 3600, 12 * 3600)))
    def time_passes(self, seconds: int) -> None:
        self.here.clock.advance(seconds=seconds)

    # --- at work

    @rule(back=st.integers(0, 6))
    def deliver(self, back: int) -> None:
        if self.here.sent:  # never delivered: lost; not the last one: late; the same twice: repeated
            self.here.deliver(self.here.sent[max(0, len(self.here.sent) - 1 - back)])

    @rule()
    def drain(self) -> None:
        self.here.drain()

    @rule()
    def sweep(self) -> None:
        self.here.sweep()

    @rule(is_killed=killed)
    def run_job(self, is_killed: bool) -> None:  # noqa: FBT001  (drawn)
        self.here.run_job(is_killed=is_killed)

    @rule(error=st.sampled_from(("none", "unavailable", "limited", "died")), after=st.booleans())
    def send(self, error: str, after: bool) -> None:  # noqa: FBT001  (drawn)
        match error:
            case "unavailable":
                self.here.fail(Unavailable(), after=after)
            case "limited":
                self.here.fail(RateLimited(self.here.clock() + timedelta(minutes=1)), after=after)
            case "died":
                self.here.fail(Died(), after=after)
        self.here.send()

    @rule()
    def leases_run_out(self) -> None:
        self.here.leases_run_out()

    @rule()
    def expire(self) -> None:
        self.here.expire()

    @rule(kinds=st.sampled_from(((), ("comment",), ("comment", "assign"))))
    def allow(self, kinds: tuple[str, ...]) -> None:
        self.here.allow(*kinds)

    # --- people

    @rule(number=numbers, who=people, behind=st.sampled_from((None, 0, 1)), is_killed=killed)
    def claim(self, number: int, who: int, behind: int | None, is_killed: bool) -> None:  # noqa: FBT001  (drawn)
        def act(session: Session, task: Task) -> None:
            version = None if behind is None else task.version - behind
            tasks.claim(session, task, self.here.people[who], now=self.here.clock(), zone=PARIS, version=version)

        self.here.do(number, act, is_killed=is_killed)

    @rule(number=numbers, who=people, is_killed=killed)
    def release(self, number: int, who: int, is_killed: bool) -> None:  # noqa: FBT001  (drawn)
        def act(session: Session, task: Task) -> None:
            tasks.release(session, task, self.here.people[who], now=self.here.clock(), zone=PARIS)

        self.here.do(number, act, is_killed=is_killed)

    @rule(number=numbers, who=people, is_killed=killed)
    def hand_over(self, number: int, who: int, is_killed: bool) -> None:  # noqa: FBT001  (drawn)
        def act(session: Session, task: Task) -> None:
            own = select(Assignment).where(Assignment.task_id == task.id, Assignment.person_id == self.here.people[who])
            held = session.scalar(own.order_by(Assignment.id.desc()).limit(1))
            if held is not None:
                tasks.hand_over(session, held, Note(done="half"), now=self.here.clock(), zone=PARIS)

        self.here.do(number, act, is_killed=is_killed)

    @rule(number=numbers, who=people, is_killed=killed)
    def submit(self, number: int, who: int, is_killed: bool) -> None:  # noqa: FBT001  (drawn)
        def act(session: Session, task: Task) -> None:
            url = f"{FACTS.web_url}/-/merge_requests/{number}"
            tasks.submit(session, task, self.here.people[who], url, now=self.here.clock(), zone=PARIS)

        self.here.do(number, act, is_killed=is_killed)

    # --- what must hold after each step

    @invariant()
    def the_promises_hold(self) -> None:
        with self.here.db.engine.connect() as connection:
            one_holder_and_the_state_says_so(connection)
            no_delivery_is_lost(connection, self.here.accepted)
            nothing_is_running_that_is_done(connection)
            nothing_hidden_has_text(connection)
        no_effect_is_doubled(self.here)

    def teardown(self) -> None:
        self.here.allow("comment", "assign")
        self.here.come_to_rest()
        self.at_rest()
        self.the_promises_hold()

    def at_rest(self) -> None:
        """R4, R6: what is on offer is what the forge shows, and nothing waits."""
        shown = {
            one.number: one.title for one in self.here.client.known.values() if one.is_open and LABEL in one.labels
        }
        with self.here.db.readers() as session:
            offered = session.execute(
                select(Issue.number, Task.title).join(Issue).where(Task.status.in_(("ready", "draft", "claimed")))
            ).all()
            notes = session.scalars(select(Handover.assignment_id)).all()
        assert self.here.waiting() == 0
        assert self.here.unsent() == []
        assert dict(offered).items() <= shown.items()
        assert len(notes) == len(set(notes))


# Plain statements: they are asked after each step, and must not trust what the services' own queries say.
HELD = text("select task_id, person_id from assignment where ended_at is null order by task_id")
CLAIMED = text("select id from task where status = 'claimed' order by id")
STORED = text("select external_id, processed_at is null, outcome is null from delivery")
RUNNING = text(
    "select (select count(*) from job where done_at is not null and leased_until is not null)"
    " + (select count(*) from effect where sent_at is not null and claimed_at is not null)"
)
LEAKING = text(
    "select count(*) from issue left join task on task.issue_id = issue.id where issue.visibility <> 'public'"
    " and (issue.title <> '' or issue.body <> '' or coalesce(task.title, '') <> '')"
)


def one_holder_and_the_state_says_so(connection: Connection) -> None:
    """R2, R5."""
    held = connection.execute(HELD).all()
    assert [task for task, _person in held] == list(connection.scalars(CLAIMED))
    assert max(Counter(person for _task, person in held).values(), default=0) <= 1


def no_delivery_is_lost(connection: Connection, accepted: set[str]) -> None:
    """R1."""
    rows = connection.execute(STORED).all()
    assert {name for name, _waits, _undecided in rows} == accepted
    assert all(waits == undecided for _name, waits, undecided in rows)


def nothing_is_running_that_is_done(connection: Connection) -> None:
    """R6."""
    assert connection.scalar(RUNNING) == 0


def nothing_hidden_has_text(connection: Connection) -> None:
    """S3."""
    assert connection.scalar(LEAKING) == 0


def no_effect_is_doubled(here: Programme) -> None:
    """R3: each comment carries the marker of its effect."""
    for comments in here.client.comments.values():
        marks = Counter(comment.body.rsplit("<!--", 1)[-1] for comment in comments)
        assert max(marks.values()) == 1


def go(db: Database, *, examples: int, part: int, steps: int = 100) -> None:
    """Try this many ways of as many steps; another part draws other ways."""
    whole = type("Whole", (Whole,), {"db": db})
    run_state_machine_as_test(
        seed(part)(whole),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def quick_sqlite(sqlite_db: Database) -> Database:
    """Power does not fail here, so nobody waits for the disk."""
    event.listen(sqlite_db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
    return sqlite_db


@pytest.mark.parametrize("part", range(4))
def test_whatever_happens_in_any_order_the_promises_hold(quick_sqlite: Database, part: int) -> None:
    """R1 to R6, S3; G5. Four parts of 5,000 steps, so that several processes share them."""
    go(quick_sqlite, examples=50, part=part)


def test_whatever_happens_on_a_server_the_promises_hold(postgres: PostgresServer) -> None:
    """R1 to R6, S3; G5: 5,000 steps on PostgreSQL."""
    db = open_database(postgres.copy("wecena_template"))
    try:
        go(db, examples=50, part=4)
    finally:
        db.engine.dispose()


@pytest.mark.drill
@pytest.mark.parametrize("part", range(5, 205))
def test_a_million_steps_in_any_order_keep_the_promises(quick_sqlite: Database, part: int) -> None:
    """G5."""
    go(quick_sqlite, examples=50, part=part)
