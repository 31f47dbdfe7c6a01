"""What is learnt upstream ends in the same state, whatever the order, the number of times, or the way it came (R4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Account, Assignment, Estimate, Issue, Job, Mail, Person, Project, Task, TaskEvent
from connector.harvest import reoffering, service
from connector.harvest.rules import Decision
from connector.projects import service as projects
from connector.tasks import service as tasks
from sources.model import (
    Actor,
    ClosedAs,
    Label,
    LabelChanged,
    ProjectChanged,
    ProjectRef,
    Request,
    RequestState,
)
from tests.fakes import FACTS, NOW, issue
from tests.rows import project_row

PARIS = ZoneInfo("Europe/Paris")
REF = ProjectRef(FACTS.external_id, FACTS.path, is_public=True)


class Desk:
    """One project, and what happens to it."""

    def __init__(self, db: Database, **project: object) -> None:
        self.db = db
        self.now = NOW
        with db.sessions.begin() as session:
            self.project_id = project_row(session, NOW, **project).id

    def do(self, what: Callable[[Session, Project], object]) -> object:
        self.now += timedelta(seconds=1)
        with self.db.sessions.begin() as session:
            return what(session, session.get_one(Project, self.project_id))

    def see(self, number: int = 1, *, was_read: bool = False, **changes: object) -> object:
        seen = issue(number, **changes)
        return self.do(lambda session, project: service.observe(session, project, seen, self.now, was_read=was_read))

    def later(self, number: int = 1, **changes: object) -> object:
        """The same issue, changed a minute later."""
        self.minutes = getattr(self, "minutes", 0) + 1
        return self.see(number, updated_at=NOW + timedelta(minutes=self.minutes), **changes)

    def request(self, state: RequestState = RequestState.OPEN, **changes: object) -> object:
        values = {
            "external_id": "1", "number": 9, "title": "Fix", "url": f"{FACTS.web_url}/pull/9", "state": state,
            "updated_at": self.now, "author": Actor("8", "bob"), "closes": (1,), "created_at": self.now,
        }  # fmt: skip
        seen = Request(**{**values, **changes})  # type: ignore[arg-type]  # a factory for tests
        return self.do(lambda session, project: service.observe_request(session, project, seen, self.now))

    def claim(self, login: str | None = "bob") -> int:
        """Somebody takes the only task."""
        self.now += timedelta(seconds=1)
        with self.db.sessions.begin() as session:
            person = Person(email=f"{self.now.timestamp()}@example.org", role="volunteer", created_at=self.now)
            session.add(person)
            session.flush()
            if login:
                account = Account(
                    person_id=person.id, source="github", host="github.com", login=login, created_at=self.now
                )
                session.add(account)
            taken = tasks.claim(session, session.scalars(select(Task)).one(), person.id, now=self.now, zone=PARIS)
            assert isinstance(taken, Assignment)
            return person.id

    def task(self) -> Task | None:
        with self.db.readers() as session:
            return session.scalars(select(Task).order_by(Task.id.desc())).first()

    def state(self) -> tuple[str, list[str]] | None:
        task = self.task()
        return None if task is None else (task.status, task.not_offered)

    def row(self, number: int = 1) -> Issue:
        with self.db.readers() as session:
            return session.scalars(select(Issue).where(Issue.number == number)).one()

    def ended(self) -> str | None:
        with self.db.readers() as session:
            return session.scalars(select(Assignment.outcome).order_by(Assignment.id.desc())).first()


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


# --- tasks from issues --------------------------------------------------------------------------------------------


def test_a_labelled_issue_is_a_sized_task_and_an_event(desk: Desk) -> None:
    assert desk.see() is Decision.APPLY
    assert desk.state() == ("ready", [])
    with desk.db.readers() as session:
        task = session.scalars(select(Task)).one()
        assert (task.title, task.estimate is not None) == ("Issue 1", True)
        assert session.scalars(select(TaskEvent.kind)).all() == ["offered"]


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": (Label("bug"),)}, {"labels": ()}, {"is_request": True}, {"is_open": False},
        {"is_confidential": True}, {"labels": (Label("good first issue"), Label("no-wecena"))},
    ],
)  # fmt: skip
def test_these_make_no_task(desk: Desk, changes: dict[str, object]) -> None:
    desk.see(**changes)  # type: ignore[arg-type]  # handed through
    assert desk.task() is None


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"assignees": (Actor("1", "eve"),)}, ["assigned"]),
        ({"is_locked": True}, ["locked"]),
        ({"is_blocked": True}, ["blocked"]),
        ({"labels": (Label("good first issue"), Label("wontfix"))}, ["rejecting_label"]),
        ({"estimate_hours": 40.0}, ["too_big"]),
    ],
)
def test_these_make_a_draft_with_its_reason(desk: Desk, changes: dict[str, object], reasons: list[str]) -> None:
    desk.see(**changes)  # type: ignore[arg-type]  # handed through
    assert desk.state() == ("draft", reasons)
    desk.later()
    assert desk.state() == ("ready", [])


def test_without_an_agreement_the_usual_labels_give_drafts_only(db: Database) -> None:
    desk = Desk(db, labels=[], agreed_at=None)
    desk.see()
    assert desk.state() == ("draft", ["not_agreed"])


def test_the_same_snapshot_twice_changes_nothing(desk: Desk) -> None:
    desk.see()
    version = desk.task().version  # type: ignore[union-attr]  # it is there
    assert desk.see() is Decision.NOTHING
    assert desk.see(updated_at=NOW - timedelta(days=9), labels=()) is Decision.STALE
    assert desk.task().version == version  # type: ignore[union-attr]
    with desk.db.readers() as session:
        assert session.query(Estimate).count() == 1


def test_a_tie_is_read_again_once(desk: Desk) -> None:
    desk.see()
    for _ in range(2):
        assert desk.see(digest="other") is Decision.REREAD
    with desk.db.readers() as session:
        (job,) = session.scalars(select(Job))
    assert (job.kind, job.ref) == ("reread", f"{desk.project_id}:1")
    assert desk.row().reread_at is not None
    assert desk.see(digest="other", was_read=True) is Decision.APPLY
    assert desk.row().reread_at is None


def test_the_order_of_arrival_does_not_matter_offline(sqlite_db: Database) -> None:
    snapshots = [
        issue(digest="a", labels=()),
        issue(digest="b"),
        issue(updated_at=NOW - timedelta(days=3), is_open=False, digest="c"),
        issue(digest="ab", is_locked=True),
    ]
    ends = set()
    for order in permutations(snapshots):
        with sqlite_db.sessions.begin() as session:
            session.query(Project).delete()
        desk = Desk(sqlite_db, is_offline=True)
        for seen in (*order, *order):
            desk.do(lambda session, project, seen=seen: service.observe(session, project, seen, NOW))
        ends.add(str(desk.state()))
    assert ends == {"('ready', [])"}


# --- while nobody, somebody, or nobody any more works on it ---------------------------------------------------------


def test_a_label_gone_withdraws_and_back_again_offers(desk: Desk) -> None:
    desk.see()
    desk.later(labels=())
    assert desk.state() == ("withdrawn", [])
    desk.later()
    assert desk.state() == ("ready", [])


def test_a_title_changed_while_claimed_is_shown(desk: Desk) -> None:
    """R4: the state of a task in hand stays, what it is called follows the forge."""
    desk.see()
    desk.claim()
    desk.later(title="Fix two typos")
    task = desk.task()
    assert task is not None
    assert (task.status, task.stored_title) == ("claimed", "Fix two typos")


def test_a_label_gone_while_claimed_ends_the_claim(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.later(labels=())
    assert (desk.state(), desk.ended()) == (("withdrawn", []), "withdrawn")


def test_somebody_else_assigned_upstream_wins(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.later(assignees=(Actor("1", "eve"),))
    assert (desk.state(), desk.ended()) == (("draft", ["assigned"]), "withdrawn")
    with desk.db.readers() as session:
        assert session.query(Mail).count() == 1


def test_the_holder_assigned_upstream_keeps_the_task(desk: Desk) -> None:
    desk.see()
    desk.claim("Bob")
    desk.later(assignees=(Actor("8", "bob"),))
    assert desk.state() == ("claimed", [])


def test_closed_as_completed_while_claimed_is_accepted(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.later(is_open=False, closed_as=ClosedAs.COMPLETED)
    assert (desk.state(), desk.task().outcome, desk.ended()) == (("done", []), "accepted", "submitted")  # type: ignore[union-attr]


def test_refused_while_claimed_withdraws(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.later(is_open=False, closed_as=ClosedAs.NOT_PLANNED)
    assert (desk.state(), desk.ended()) == (("withdrawn", []), "withdrawn")


def test_reopened_after_done_is_a_new_task_that_knows_its_predecessor(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.later(is_open=False)
    first = desk.task()
    desk.later()
    second = desk.task()
    assert first is not None
    assert second is not None
    assert (second.predecessor_id, second.status) == (first.id, "ready")
    desk.later(body="edited")
    assert desk.task().id == second.id  # type: ignore[union-attr]


def test_a_done_task_of_an_issue_still_open_gets_no_successor(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request(RequestState.MERGED)
    done = desk.task()
    desk.later(body="edited")
    assert desk.task().id == done.id  # type: ignore[union-attr]


# --- opting out ---------------------------------------------------------------------------------------------------


def test_the_label_against_us_on_any_issue_stops_the_project_and_frees_its_claims(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.see(2, labels=(Label("no-wecena"),))
    assert desk.ended() == "withdrawn"
    with desk.db.readers() as session:
        assert session.get_one(Project, desk.project_id).paused_reason == "no-wecena, #2"
        assert len(session.scalars(select(Mail)).all()) == 1


def test_a_resumed_project_is_not_stopped_again_by_the_same_label(desk: Desk) -> None:
    desk.see(labels=(Label("no-wecena"),))
    desk.do(lambda session, project: projects.resume(session, project, now=desk.now, by=None))
    desk.later(labels=(Label("no-wecena"), Label("bug")))
    with desk.db.readers() as session:
        assert session.get_one(Project, desk.project_id).paused_at is None


# --- requests -----------------------------------------------------------------------------------------------------


def test_the_holders_request_submits_and_its_merge_completes(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request()
    assert (desk.state(), desk.ended()) == (("in_review", []), "submitted")
    desk.request(RequestState.MERGED)
    assert (desk.state(), desk.task().outcome) == (("done", []), "accepted")  # type: ignore[union-attr]


def test_a_request_whose_author_is_no_longer_named_stays_the_holders(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request()
    desk.request(RequestState.MERGED, author=Actor("8", ""))
    assert desk.state() == ("done", [])


def test_a_request_of_somebody_else_wins(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request(author=Actor("1", "eve"))
    assert (desk.state(), desk.ended()) == (("draft", ["linked_request"]), "withdrawn")


def test_a_draft_request_of_the_holder_is_no_submission(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request(is_draft=True)
    assert desk.state() == ("claimed", [])


def test_a_declined_request_frees_the_task(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request()
    desk.request(RequestState.CLOSED)
    assert desk.state() == ("ready", [])
    desk.claim("carol")
    assert desk.state() == ("claimed", [])


def test_a_declined_request_of_a_closed_issue_is_rejected(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.request()
    desk.later(is_open=False, closed_as=ClosedAs.UNKNOWN)
    assert desk.task().outcome == "accepted"  # type: ignore[union-attr]  # nothing was declined yet


def test_an_open_request_keeps_an_issue_from_being_offered_until_it_is_closed(desk: Desk) -> None:
    desk.request()
    desk.see()
    assert desk.state() == ("draft", ["linked_request"])
    desk.request(RequestState.CLOSED)
    assert desk.state() == ("ready", [])


def test_a_request_that_no_longer_names_the_issue_is_unlinked(desk: Desk) -> None:
    desk.see()
    desk.request()
    desk.request(closes=())
    assert desk.state() == ("ready", [])


def test_an_older_request_event_changes_nothing(desk: Desk) -> None:
    desk.see()
    at = desk.now
    desk.request(RequestState.MERGED, updated_at=at)
    assert desk.request(RequestState.OPEN, updated_at=at) is Decision.STALE
    assert desk.state() == ("ready", [])


# --- hiding -------------------------------------------------------------------------------------------------------


def test_a_confidential_issue_keeps_no_text_and_no_claim(desk: Desk) -> None:
    desk.see(title="CANARY", body="CANARY")
    desk.claim()
    desk.later(title="CANARY", is_confidential=True)
    row, task = desk.row(), desk.task()
    assert (row.visibility, row.title, row.body, row.author, row.labels) == ("confidential", "", "", None, [])
    assert task is not None
    assert (task.status, task.stored_title, desk.ended()) == ("withdrawn", "", "withdrawn")
    with desk.db.readers() as session:
        assert session.query(Estimate).count() == 0
        assert not [mail.id for mail in session.scalars(select(Mail)) if "CANARY" in mail.subject + mail.text]


def test_an_issue_never_seen_is_remembered_as_hidden(db: Database) -> None:
    desk = Desk(db, is_offline=True)
    desk.do(lambda session, project: service.hide(session, project, 1, NOW, updated_at=NOW))
    desk.see()
    assert desk.row().title == ""
    desk.later(title="Public again")
    assert desk.row().title == "Public again"


def test_news_of_hiding_older_than_what_we_have_changes_nothing(desk: Desk) -> None:
    desk.later()
    old = NOW - timedelta(days=5)
    assert desk.do(lambda s, project: service.hide(s, project, 1, NOW, updated_at=old)) is Decision.STALE
    assert desk.state() == ("ready", [])


def test_a_deleted_issue_is_forgotten(desk: Desk) -> None:
    desk.see()
    desk.do(lambda session, project: service.forget(session, project, 1, NOW))
    assert (desk.row().visibility, desk.row().title, desk.state()) == ("gone", "", ("withdrawn", []))


def test_what_was_said_before_an_issue_was_deleted_does_not_bring_it_back(desk: Desk) -> None:
    later = NOW + timedelta(hours=1)
    desk.do(lambda session, project: service.forget(session, project, 1, NOW, updated_at=later))
    desk.see()
    assert desk.row().visibility == "gone"


# --- projects -----------------------------------------------------------------------------------------------------


def changed(action: str, *, public: bool = True, at: datetime = NOW, **more: object) -> ProjectChanged:
    ref = replace(REF, is_public=public, updated_at=at)
    return ProjectChanged(ref, action, **more)  # type: ignore[arg-type]  # a factory for tests


def test_a_project_made_private_hides_and_made_public_offers_again(desk: Desk) -> None:
    desk.see()
    desk.claim()
    minute = timedelta(minutes=1)
    private, public = changed("privatized", public=False, at=NOW + minute), changed("publicized", at=NOW + 2 * minute)
    desk.do(lambda session, project: service.meet(session, project, private.project, NOW))
    assert (desk.state(), desk.ended()) == (("draft", ["not_public"]), "withdrawn")
    desk.do(lambda session, project: service.meet(session, project, public.project, NOW))
    assert desk.state() == ("ready", [])
    desk.do(lambda session, project: service.meet(session, project, private.project, NOW))
    assert desk.state() == ("ready", []), "late news"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_news_without_a_time_may_hide_in_any_order_and_only_the_forge_shows_again(
    desk: Desk, order: tuple[int, ...]
) -> None:
    """S3 and R4: GitLab's deliveries do not say when the project changed."""
    day = timedelta(days=1)
    news = [
        replace(REF, is_public=False, updated_at=None),
        replace(REF, is_public=True, updated_at=None),
        replace(REF, is_public=True, updated_at=NOW - day),
    ]
    desk.see()
    for index in order:
        desk.do(lambda session, project, index=index: service.meet(session, project, news[index], NOW))
    assert desk.state() == ("draft", ["not_public"])
    desk.do(lambda session, project: service.learn(session, project, FACTS, NOW + day))
    assert desk.state() == ("ready", [])


def test_an_archived_project_offers_nothing(desk: Desk) -> None:
    desk.see()
    desk.do(
        lambda session, project: service.change_project(session, project, changed("archived", is_archived=True), NOW)
    )
    assert desk.state() == ("draft", ["archived"])


def test_a_renamed_project_is_followed_under_its_new_name(desk: Desk) -> None:
    event = replace(changed("renamed"), project=replace(REF, path="asso/new"), old_path=FACTS.path)
    desk.do(lambda session, project: service.change_project(session, project, event, NOW))
    with desk.db.readers() as session:
        project = session.get_one(Project, desk.project_id)
        assert (project.path, project.web_url) == ("asso/new", "https://github.com/asso/new")


def test_a_taken_name_is_not_taken_over(desk: Desk) -> None:
    with desk.db.sessions.begin() as session:
        project_row(session, NOW, path="asso/New", external_id="2002")
    event = replace(changed("renamed"), project=replace(REF, path="asso/new"))
    desk.do(lambda session, project: service.change_project(session, project, event, NOW))
    with desk.db.readers() as session:
        assert session.get_one(Project, desk.project_id).path == FACTS.path


@pytest.mark.parametrize(("hours", "faded"), [(23, 0), (25, 1)])
def test_visibility_not_seen_for_a_day_counts_no_longer(desk: Desk, hours: int, faded: int) -> None:
    desk.see()
    now = NOW + timedelta(hours=hours)
    assert [desk.do(lambda session, _project: reoffering.fade(session, now)) for _ in range(2)] == [faded, 0]
    assert desk.state() == (("draft", ["not_public"]) if faded else ("ready", []))


def test_a_claim_outlives_a_day_without_sight_of_the_project(desk: Desk) -> None:
    desk.see()
    desk.claim()
    desk.do(lambda session, project: reoffering.reoffer(session, project, NOW + timedelta(hours=25)))
    assert desk.state() == ("claimed", [])


def test_an_agreement_holds_under_the_new_name_of_its_label(desk: Desk) -> None:
    desk.see()
    event = LabelChanged(REF, Label("starter"), "edited", old_name="Good first issue")
    desk.do(lambda session, project: service.rename_label(session, project, event, NOW))
    desk.see(2, labels=(Label("starter"),))
    with desk.db.readers() as session:
        assert session.get_one(Project, desk.project_id).labels == ["good first issue", "starter"]
        assert session.scalars(select(Task.status)).all() == ["ready", "ready"]
        assert session.scalars(select(Job.ref)).all() == [f"{desk.project_id}:1"]


def test_late_news_of_the_former_name_decide_nothing_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.see(labels=(Label("good first issue", external_id="7"),))
    desk.see(2, labels=(Label("starter", external_id="7"),))
    decided: list[int] = []
    monkeypatch.setattr(service, "follow", lambda _s, _p, row, _now, **_how: decided.append(row.number))
    desk.see(3, labels=(Label("good first issue", external_id="7"),))
    desk.see(4, labels=(Label("starter", external_id="7"),))
    assert decided == [3, 4]
    with desk.db.readers() as session:
        assert session.get_one(Project, desk.project_id).labels == ["good first issue", "starter"]


def test_issues_of_a_deleted_label_are_read_again(desk: Desk) -> None:
    desk.see()
    desk.see(2, labels=(Label("bug"),))
    event = LabelChanged(REF, Label("good first issue"), "deleted")
    desk.do(lambda session, project: service.rename_label(session, project, event, NOW))
    with desk.db.readers() as session:
        assert session.scalars(select(Job.ref)).all() == [f"{desk.project_id}:1"]
