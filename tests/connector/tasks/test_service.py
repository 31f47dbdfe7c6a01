"""The verbs of a task's life, on both databases where it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connector.accounts.rules import Principal
from connector.courtesy.rules import NotTaken
from connector.db.engine import Database
from connector.db.tables import (
    Assignment,
    Availability,
    DayRecord,
    Effect,
    EligibilityAnswer,
    Handover,
    Mail,
    Request,
    Task,
    TaskEvent,
)
from connector.errors import UserError
from connector.tasks import claims, queries, service
from connector.tasks.changes import ImpossibleStep, move
from connector.tasks.forms import Note
from connector.tasks.rules import Happening, Outcome, Refusal, Status
from tests.connector.tasks.conftest import Programme

PARIS = ZoneInfo("Europe/Paris")
Make = Callable[[Session], Programme]


@pytest.fixture
def session(sqlite_db: Database) -> Iterator[Session]:
    """A session that is rolled back."""
    with sqlite_db.sessions() as session:
        yield session


@pytest.fixture
def here(session: Session, programme: Make) -> Programme:
    """The programme in this test's session."""
    return programme(session)


def held(outcome: Assignment | Refusal) -> Assignment:
    """The assignment of a wish that was granted."""
    assert isinstance(outcome, Assignment)
    return outcome


def happenings(session: Session, task: Task) -> list[str]:
    """What the task's events tell, in order."""
    session.flush()
    return list(session.scalars(select(TaskEvent.kind).where(TaskEvent.task_id == task.id).order_by(TaskEvent.id)))


# --- offering -----------------------------------------------------------------------------------------------------


def test_an_issue_without_reasons_against_it_is_ready(here: Programme) -> None:
    task = here.task()
    assert (task.status, task.not_offered, task.title) == ("ready", [], "Issue 1")
    assert happenings(here.session, task) == ["offered"]


def test_a_draft_keeps_its_reasons_by_precedence(here: Programme) -> None:
    task = here.task(1, "too_big", "assigned")
    assert (task.status, task.not_offered) == ("draft", ["assigned", "too_big"])


def test_a_task_follows_its_issue(here: Programme) -> None:
    task = here.task()
    assert task.issue is not None
    issue, estimate = task.issue, task.estimate
    issue.title = "Better title"
    again = service.offer_or_draft(
        here.session, issue, estimate, ["locked"], project=task.project, now=here.now + timedelta(hours=1)
    )
    assert again.id == task.id
    assert (task.status, task.not_offered, task.title) == ("draft", ["locked"], "Better title")
    assert task.version > 1
    assert task.updated_at == here.now + timedelta(hours=1)


def test_nothing_new_changes_nothing(here: Programme) -> None:
    task = here.task(1, "locked")
    version = task.version
    assert task.issue is not None
    service.offer_or_draft(
        here.session, task.issue, task.estimate, ["locked"], project=task.project, now=here.now + timedelta(days=1)
    )
    assert (task.version, task.updated_at) == (version, here.now)
    assert happenings(here.session, task) == ["drafted"]


def test_a_withdrawn_task_comes_back(here: Programme) -> None:
    task = here.task()
    service.withdraw(here.session, task, reason="closed", now=here.now)
    assert task.issue is not None
    service.offer_or_draft(here.session, task.issue, task.estimate, [], project=task.project, now=here.now)
    assert task.status == "ready"
    assert happenings(here.session, task) == ["offered", "withdrawn", "offered"]


def test_a_task_in_hand_keeps_its_state(here: Programme) -> None:
    task = here.task()
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    assert task.issue is not None
    service.offer_or_draft(here.session, task.issue, task.estimate, ["assigned"], project=task.project, now=here.now)
    assert (task.status, task.not_offered) == ("claimed", [])


def test_after_a_done_task_comes_one_that_knows_it(here: Programme) -> None:
    task = here.task()
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    assert task.issue is not None
    new = service.offer_or_draft(here.session, task.issue, task.estimate, [], project=task.project, now=here.now)
    assert new.id != task.id
    assert (new.predecessor_id, new.status, task.status) == (task.id, "ready", "done")


def test_a_step_that_the_table_lacks_is_a_fault(here: Programme) -> None:
    task = here.task()
    with pytest.raises(ImpossibleStep):
        move(here.session, task, Status.DONE, Happening.COMPLETED, now=here.now)


# --- claiming -----------------------------------------------------------------------------------------------------


def test_a_claim_gives_the_task_until_the_end_of_two_working_days(here: Programme) -> None:
    task, person = here.task(), here.person()
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS, version=task.version))
    assert (task.status, assignment.person_id) == ("claimed", person.id)
    assert assignment.expires_at == datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)
    assert happenings(here.session, task) == ["offered", "claimed"]


def test_a_claim_ends_with_the_declared_availability(here: Programme) -> None:
    task, person = here.task(), here.person()
    today = date(2026, 11, 23)
    here.session.add(Availability(person_id=person.id, starts_on=today - timedelta(days=9), ends_on=today))
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS))
    assert assignment.expires_at == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)


def test_a_second_press_gives_the_same_claim(here: Programme) -> None:
    task, person = here.task(), here.person()
    first = service.claim(here.session, task, person.id, now=here.now, zone=PARIS, version=1)
    second = service.claim(here.session, task, person.id, now=here.now, zone=PARIS, version=1)
    assert first is second
    assert happenings(here.session, task) == ["offered", "claimed"]


def test_a_second_claim_by_somebody_else_is_refused(here: Programme) -> None:
    task = here.task()
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    refusal = service.claim(here.session, task, here.person("ines").id, now=here.now, zone=PARIS)
    assert refusal is Refusal.TAKEN


def test_a_person_holds_one_task_at_a_time(here: Programme) -> None:
    person = here.person()
    service.claim(here.session, here.task(1), person.id, now=here.now, zone=PARIS)
    refusal = service.claim(here.session, here.task(2), person.id, now=here.now, zone=PARIS)
    assert refusal is Refusal.ALREADY_HOLDS_A_TASK


def test_a_draft_is_not_claimed(here: Programme) -> None:
    assert service.claim(here.session, here.task(1, "locked"), here.person().id, now=here.now, zone=PARIS) is (
        Refusal.NOT_READY
    )


def test_a_paused_project_gives_nothing_away(here: Programme) -> None:
    task = here.task()
    task.project.paused_at = here.now
    assert service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS) is Refusal.PROJECT_PAUSED


def test_what_was_rendered_before_a_change_is_stale(here: Programme) -> None:
    task = here.task()
    old = task.version - 1
    assert service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS, version=old) is Refusal.STALE


def test_work_in_review_counts_against_the_projects_limit(here: Programme) -> None:
    project = here.project(wip_cap=2)
    one, two, three = (here.task(number, project=project) for number in (1, 2, 3))
    malo, ines = here.person("malo"), here.person("ines")
    service.claim(here.session, one, malo.id, now=here.now, zone=PARIS)
    url = f"{project.web_url}/pull/9"
    service.submit(here.session, one, malo.id, url, now=here.now, zone=PARIS)
    service.claim(here.session, two, malo.id, now=here.now, zone=PARIS)
    assert service.claim(here.session, three, ines.id, now=here.now, zone=PARIS) is Refusal.PROJECT_FULL
    service.release(here.session, two, malo.id, now=here.now, zone=PARIS)
    assert isinstance(service.claim(here.session, three, ines.id, now=here.now, zone=PARIS), Assignment)


# --- giving back --------------------------------------------------------------------------------------------------


def test_a_recall_frees_the_task_at_once(here: Programme) -> None:
    task, person = here.task(), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    ended = held(service.release(here.session, task, person.id, now=here.now, zone=PARIS, days=Decimal("0.5")))
    assert (task.status, ended.outcome, ended.ended_at) == ("ready", "recalled", here.now)
    record = here.session.scalars(select(DayRecord)).one()
    assert (record.days, record.status, record.date) == (Decimal("0.5"), "declared", date(2026, 11, 23))
    assert (record.company_id, record.project_id) == (person.company_id, task.project_id)


def test_only_the_holder_gives_a_task_back(here: Programme) -> None:
    task, stranger = here.task(), here.person("ines")
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    assert service.release(here.session, task, stranger.id, now=here.now, zone=PARIS) is Refusal.STALE
    assert task.status == "claimed"


def test_a_handover_leaves_its_note_with_the_task(here: Programme) -> None:
    task, person = here.task(), here.person()
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS))
    note = Note(done="found it", remaining="fix it", link="branch-7")
    held(service.hand_over(here.session, assignment, note, now=here.now, zone=PARIS))
    left = here.session.scalars(select(Handover)).one()
    assert (left.done, left.remaining, left.link) == ("found it", "fix it", "branch-7")
    assert (task.status, assignment.outcome) == ("ready", "handed_over")
    assert happenings(here.session, task) == ["offered", "claimed", "handed_over", "note_written"]


def test_an_empty_handover_is_taken_and_flagged(here: Programme) -> None:
    task = here.task()
    assignment = held(service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS))
    held(service.hand_over(here.session, assignment, Note(), now=here.now, zone=PARIS))
    here.session.flush()
    flagged = here.session.scalars(select(TaskEvent).where(TaskEvent.kind == "note_written")).one()
    assert flagged.data == {"is_empty": True}


@pytest.mark.parametrize(("later", "is_open"), [(timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False)])
def test_a_note_stays_open_for_a_day(here: Programme, later: timedelta, *, is_open: bool) -> None:
    task, person = here.task(), here.person()
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS))
    service.release(here.session, task, person.id, now=here.now, zone=PARIS)
    outcome = service.hand_over(here.session, assignment, Note(done="x"), now=here.now + later, zone=PARIS)
    assert (outcome is assignment) is is_open
    assert (outcome is Refusal.STALE) is not is_open


def test_a_second_press_of_a_handover_counts_the_day_once(here: Programme) -> None:
    task = here.task()
    assignment = held(service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS))
    note = Note(done="x", days=Decimal("0.5"))
    for _press in range(2):
        held(service.hand_over(here.session, assignment, note, now=here.now, zone=PARIS))
    assert [record.days for record in here.session.scalars(select(DayRecord))] == [Decimal("0.5")]


def test_a_note_of_more_than_4000_characters_is_refused(here: Programme) -> None:
    assignment = held(service.claim(here.session, here.task(), here.person().id, now=here.now, zone=PARIS))
    with pytest.raises(UserError, match="4,000"):
        service.hand_over(here.session, assignment, Note(done="x" * 4001), now=here.now, zone=PARIS)


def test_a_third_half_day_on_one_date_is_refused(here: Programme) -> None:
    person = here.person()
    for number, days in ((1, "0.5"), (2, "0.5")):
        task = here.task(number)
        service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
        service.release(here.session, task, person.id, now=here.now, zone=PARIS, days=Decimal(days))
    task = here.task(3)
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    with pytest.raises(UserError, match="half-days"):
        service.release(here.session, task, person.id, now=here.now, zone=PARIS, days=Decimal("0.5"))
    tomorrow = here.now + timedelta(days=1)
    assert isinstance(
        service.release(here.session, task, person.id, now=tomorrow, zone=PARIS, days=Decimal(1)), Assignment
    )


@pytest.mark.parametrize("days", ["0.25", "1.5", "-0.5", "2"])
def test_a_day_is_counted_in_halves(here: Programme, days: str) -> None:
    task, person = here.task(), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    with pytest.raises(UserError, match="half a day"):
        service.release(here.session, task, person.id, now=here.now, zone=PARIS, days=Decimal(days))


def test_the_day_is_that_of_the_programmes_time_zone(here: Programme) -> None:
    task, person = here.task(), here.person()
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    service.claim(here.session, task, person.id, now=late, zone=PARIS)
    service.release(here.session, task, person.id, now=late, zone=PARIS, days=Decimal(1))
    assert here.session.scalars(select(DayRecord.date)).one() == date(2026, 11, 24)


# --- handing in ---------------------------------------------------------------------------------------------------


def test_submitting_frees_the_person_and_keeps_them_as_contributor(here: Programme) -> None:
    task, person = here.task(), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    url = f"{task.project.web_url}/pull/7"
    ended = held(
        service.submit(here.session, task, person.id, f"{url}/files", now=here.now, zone=PARIS, days=Decimal(1))
    )
    assert (task.status, ended.outcome, ended.submitted_url) == ("in_review", "submitted", url)
    assert isinstance(service.claim(here.session, here.task(2), person.id, now=here.now, zone=PARIS), Assignment)
    assert here.session.scalars(select(DayRecord.days)).one() == Decimal(1)


def test_an_address_of_another_project_is_no_submission(here: Programme) -> None:
    task, person = here.task(), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    with pytest.raises(UserError, match="asso/site"):
        service.submit(here.session, task, person.id, "https://github.com/other/site/pull/7", now=here.now, zone=PARIS)
    assert task.status == "claimed"


def test_a_known_merged_request_completes_at_once(here: Programme) -> None:
    task, person = here.task(), here.person()
    url = f"{task.project.web_url}/pull/7"
    request = Request(
        project_id=task.project_id, number=7, url=url, state="merged", merged_at=here.now, remote_updated_at=here.now
    )
    here.session.add(request)
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    service.submit(here.session, task, person.id, url, now=here.now, zone=PARIS)
    assert (task.status, task.outcome) == ("done", "accepted")
    assert task.issue is not None
    assert task.issue.requests == [request]
    assert happenings(here.session, task) == ["offered", "claimed", "submitted", "completed"]


def test_late_work_is_kept_and_leaves_the_new_holder_alone(here: Programme) -> None:
    task, malo, ines = here.task(), here.person("malo"), here.person("ines")
    service.claim(here.session, task, malo.id, now=here.now, zone=PARIS)
    service.release(here.session, task, malo.id, now=here.now, zone=PARIS)
    service.claim(here.session, task, ines.id, now=here.now, zone=PARIS)
    late = held(service.submit(here.session, task, malo.id, f"{task.project.web_url}/pull/7", now=here.now, zone=PARIS))
    assert late.submitted_url == f"{task.project.web_url}/pull/7"
    assert (task.status, late.outcome) == ("claimed", "recalled")
    assert happenings(here.session, task)[-1] == "late_work"


def test_who_never_held_the_task_submits_nothing(here: Programme) -> None:
    task = here.task()
    url = f"{task.project.web_url}/pull/7"
    assert service.submit(here.session, task, here.person().id, url, now=here.now, zone=PARIS) is Refusal.STALE


def test_a_merge_completes_what_is_still_claimed(here: Programme) -> None:
    task, person = here.task(), here.person()
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS))
    assert service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    assert (task.status, task.outcome, assignment.outcome) == ("done", "accepted", "submitted")


@pytest.mark.parametrize("step", ["complete", "send_back", "submit_seen"])
def test_what_nobody_works_on_is_neither_completed_nor_sent_back(here: Programme, step: str) -> None:
    task = here.task()
    steps = {
        "complete": lambda: service.complete(here.session, task, Outcome.ACCEPTED, now=here.now),
        "send_back": lambda: service.send_back(here.session, task, now=here.now),
        "submit_seen": lambda: service.submit_seen(here.session, task, "", now=here.now),
    }
    assert steps[step]() is False
    assert task.status == "ready"


def test_a_declined_request_gives_the_task_back(here: Programme) -> None:
    task, person = here.task(), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    service.submit_seen(here.session, task, "https://github.com/asso/site/pull/3", now=here.now)
    assert service.send_back(here.session, task, now=here.now)
    assert (task.status, task.outcome) == ("ready", None)
    event = here.session.scalars(select(TaskEvent).where(TaskEvent.kind == "sent_back")).one()
    assert event.data["outcome"] == "rejected"
    assert event.person_id == person.id


# --- going away ---------------------------------------------------------------------------------------------------


def test_a_withdrawn_claim_is_told_with_another_task_that_fits(here: Programme) -> None:
    project = here.project(wip_cap=5)
    task = here.task(1, project=project)
    here.task(2, project=project, p_one_day=0.9)
    here.task(3, project=project, labels=["python"], title="Use a set")
    person = here.person(language="en", skills=["python"])
    assignment = held(service.claim(here.session, task, person.id, now=here.now, zone=PARIS))
    assert service.withdraw(here.session, task, reason="somebody_else", now=here.now)
    assert (task.status, assignment.outcome) == ("withdrawn", "withdrawn")
    mail = here.session.scalars(select(Mail)).one()
    assert mail.to == person.email
    assert "somebody else took the issue" in mail.text
    assert "Use a set" in mail.text


def test_withdrawing_twice_changes_nothing(here: Programme) -> None:
    task = here.task()
    assert service.withdraw(here.session, task, reason="closed", now=here.now)
    assert not service.withdraw(here.session, task, reason="closed", now=here.now)
    assert happenings(here.session, task) == ["offered", "withdrawn"]


def test_a_mail_about_a_hidden_issue_names_no_title(here: Programme) -> None:  # S3
    task = here.task(1, title="Secret hole")
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    task.title = ""
    service.withdraw(here.session, task, reason="confidential", now=here.now)
    assert "Secret" not in here.session.scalars(select(Mail.text)).one()


def test_a_claim_expires_after_its_notice(here: Programme) -> None:
    task = here.task()
    assignment = held(service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS))
    ends = assignment.expires_at
    assert service.expire_due(here.session, ends - timedelta(hours=13)) == 0
    assert service.expire_due(here.session, ends - timedelta(hours=11)) == 1
    assert service.expire_due(here.session, ends - timedelta(hours=10)) == 0
    assert task.status == "claimed"
    assert service.expire_due(here.session, ends + timedelta(hours=2)) == 1
    assert (task.status, assignment.outcome) == ("ready", "expired")
    assert happenings(here.session, task) == ["offered", "claimed", "noticed", "expired"]
    assert len(here.session.scalars(select(Mail)).all()) == 1


def test_a_claim_with_an_open_request_never_expires(here: Programme) -> None:
    task = here.task()
    assert task.issue is not None
    task.issue.requests.append(
        Request(project_id=task.project_id, number=7, url="u", state="open", remote_updated_at=here.now)
    )
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    assert service.expire_due(here.session, here.now + timedelta(days=30)) == 0
    assert task.status == "claimed"


# --- what is wished for upstream ----------------------------------------------------------------------------------


def effects(session: Session) -> list[tuple[str, dict[str, object]]]:
    """Kind and data of all effects, in order."""
    session.flush()
    return [(effect.kind, effect.data) for effect in session.scalars(select(Effect).order_by(Effect.id))]


def test_nothing_is_written_upstream_without_opt_in(here: Programme) -> None:
    task, person = here.task(), here.person()
    here.login(person, "malo-gh")
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    service.release(here.session, task, person.id, now=here.now, zone=PARIS)
    assert effects(here.session) == []


def test_a_claim_has_one_comment_that_is_edited_in_place(here: Programme) -> None:
    task, person = here.task(project=here.project(allows=["comment"])), here.person()
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    assert effects(here.session) == [("comment", {"number": 1, "state": "claimed"})]
    service.submit_seen(here.session, task, "u", now=here.now)
    service.complete(here.session, task, Outcome.ACCEPTED, now=here.now)
    assert effects(here.session) == [("comment", {"number": 1, "state": "done"})]


def test_the_volunteers_own_login_is_assigned_and_taken_off_again(here: Programme) -> None:
    task, person = here.task(project=here.project(allows=["assign"])), here.person()
    here.login(person, "malo-gh")
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    wish = {"number": 1, "login": "malo-gh"}
    assert effects(here.session) == [("assign", wish)]
    here.session.execute(update(Effect).values(sent_at=here.now, next_attempt_at=None, attempts=1))
    here.session.expire_all()
    service.release(here.session, task, person.id, now=here.now, zone=PARIS)
    assert effects(here.session) == [("unassign", wish)]
    assert here.session.scalars(select(Effect.next_attempt_at)).one() == here.now


def test_who_was_not_assigned_yet_when_the_claim_ends_is_not_assigned_at_all(here: Programme) -> None:
    """R3: the wish that still waits is superseded."""
    task, person = here.task(project=here.project(allows=["assign"])), here.person()
    here.login(person, "malo-gh")
    service.claim(here.session, task, person.id, now=here.now, zone=PARIS)
    service.release(here.session, task, person.id, now=here.now, zone=PARIS)
    waiting = here.session.execute(select(Effect.kind, Effect.next_attempt_at)).all()
    assert waiting == [("unassign", None)]


def test_nothing_is_written_about_a_hidden_issue(here: Programme) -> None:
    task = here.task(project=here.project(allows=["comment"]))
    service.claim(here.session, task, here.person().id, now=here.now, zone=PARIS)
    assert task.issue is not None
    task.issue.visibility = "confidential"
    service.withdraw(here.session, task, reason="confidential", now=here.now)
    assert effects(here.session) == [("comment", {"number": 1, "state": "claimed"})]


def test_the_whole_life_of_a_task(db: Database, programme: Make) -> None:
    with db.sessions() as session:
        here = programme(session)
        task, malo, ines = (
            here.task(project=here.project(allows=["comment", "assign"])),
            here.person(),
            here.person("i"),
        )
        here.login(ines, "ines-gh")
        first = held(service.claim(session, task, malo.id, now=here.now, zone=PARIS))
        assert service.expire_due(session, first.expires_at) == 1
        assert service.expire_due(session, first.expires_at + timedelta(hours=12)) == 1
        later = here.now + timedelta(days=4)
        second = held(service.claim(session, task, ines.id, now=later, zone=PARIS))
        note = Note(done="half", days=Decimal("0.5"))
        held(service.hand_over(session, second, note, now=later, zone=PARIS))
        third = held(service.claim(session, task, malo.id, now=later, zone=PARIS))
        url = f"{task.project.web_url}/pull/7"
        held(service.submit(session, task, malo.id, url, now=later, zone=PARIS, days=Decimal(1)))
        assert service.send_back(session, task, now=later)
        held(service.claim(session, task, ines.id, now=later, zone=PARIS))
        assert service.complete(session, task, Outcome.ACCEPTED, now=later)
        assert happenings(session, task) == [
            "offered", "claimed", "noticed", "expired", "claimed", "handed_over", "note_written", "claimed", "submitted",
            "sent_back", "claimed", "submitted", "completed",
        ]  # fmt: skip
        assert third.submitted_url == url
        kinds = sorted(kind for kind, _data in effects(session))
        assert kinds == ["assign"] + ["comment"] * 4 + ["unassign"]


def test_a_project_gets_no_more_days_than_its_team_can_look_after(here: Programme) -> None:
    """DOMAIN: at most five days of volunteers for each day that its own people spend, a month."""
    task, project, ines = here.task(), here.project(), here.person("ines")
    team = EligibilityAnswer(
        project_id=project.id, question="team", choice="yes", note="", days=1, answered_at=here.now
    )
    here.session.add(team)
    today = here.now.date()
    for days, date_of in (("4.5", today), ("3", today.replace(day=1) - timedelta(days=1)), ("0.5", today)):
        assert not isinstance(claims.closed(here.session, project, now=here.now, zone=PARIS), NotTaken)
        here.session.add(
            DayRecord(
                person_id=ines.id, project_id=project.id, date=date_of, days=Decimal(days), declared_at=here.now
            )
        )  # fmt: skip
        here.session.flush()
    assert service.claim(here.session, task, ines.id, now=here.now, zone=PARIS) is Refusal.PROJECT_FULL


def test_a_task_and_the_one_that_followed_it_know_each_other(here: Programme) -> None:
    task, issue = here.task(), here.issue(9)
    task.status, task.outcome = Status.DONE.value, Outcome.ACCEPTED.value
    again = service.offer_or_draft(
        here.session, task.issue or issue, task.estimate, [], project=task.project, now=here.now
    )
    here.session.flush()
    visitor = Principal()
    assert queries.around(here.session, task, visitor, now=here.now) == (None, again)
    assert queries.around(here.session, again, visitor, now=here.now) == (task, None)
    service.offer_or_draft(
        here.session, task.issue or issue, task.estimate, ["locked"], project=task.project, now=here.now
    )
    assert queries.around(here.session, task, visitor, now=here.now) == (None, None), "a draft is nobody's to see"
