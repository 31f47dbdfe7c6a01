"""DOMAIN 8, rules 7 to 11, 13 and 14: whose word counts, who wins, when we leave, and that nobody is ranked."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from connector.accounts import logins
from connector.accounts.rules import Role
from connector.db.tables import Person, TaskEvent
from connector.errors import UserError
from sources.base import Client
from tests.courtesy.conftest import Manners

RANKS = re.compile(
    r"\b(ranking|leaderboard|classement|podium|points|score[sd]?|streak|top contributors?)\b", re.IGNORECASE
)


def test_rule_07_the_project_s_wish_about_ai_is_shown_and_every_line_is_answered_for(here: Manners) -> None:
    """Forbidden is shown before the claim; unknown is treated as disclose; the volunteer confirms."""
    here.follow()
    volunteer = here.volunteer("ines")
    page = f"/tasks/{here.task('First').id}"
    assert "say in your request where one helped" in here.text(page, volunteer), "unknown is treated as disclose"
    here.allow(ai_policy="forbidden")
    assert "takes nothing that was made with an AI" in here.text(page, volunteer)
    here.claim(volunteer, "First")
    assert "takes nothing that was made with an AI" in here.text(f"{page}/submit", volunteer)
    assert here.press(volunteer, "First", "submit", url=f"{here.project.web_url}/pull/9") == 400
    here.submit(volunteer, "First", "ines")
    with here.services.db.readers() as session:
        told = session.scalars(select(TaskEvent).where(TaskEvent.kind == "submitted")).one()
    assert told.data["confirmed_under"] == "forbidden"


def test_rule_08_contributions_come_from_people_s_own_accounts(here: Manners) -> None:
    """No request is ever opened for anybody, and no account belongs to two."""
    here.follow()
    here.allow("comment", "assign", "label", claim_label="bug")
    volunteer = here.volunteer("ines")
    here.claim(volunteer, "First")
    here.settle()
    request = here.submit(volunteer, "First", "ines")
    assert request.author is not None
    assert request.author.login == "ines"
    assert not [one for one in here.writes() if re.search(r"/(pulls|merge_requests|git|repository|forks?)\b", one.path)]
    verbs = {name for name, _ in inspect.getmembers(Client, inspect.isfunction) if not name.startswith("_")}
    assert not {name for name in verbs if re.match(r"create|open|merge|approve|close|lock", name)} - {"create_comment"}
    here.volunteer("malo")
    with here.services.db.sessions.begin() as session:
        malo = session.scalars(select(Person).where(Person.name == "malo")).one()
        host, kind = here.joining.host, here.joining.kind
        with pytest.raises(UserError):
            logins.add(session, malo.id, "ines", source=kind, host=host, now=here.clock())


def test_rule_09_whoever_takes_the_issue_upstream_first_wins(here: Manners) -> None:
    """The claim ends at once, and the volunteer is offered another."""
    here.follow()
    volunteer = here.volunteer("ines")
    here.claim(volunteer, "First")
    here.forge.account("bo")
    here.there.members.add("bo")
    here.forge.assign(here.there, here.issues[0].number, "bo")
    here.harvest()
    assert here.task("First").status in {"withdrawn", "draft"}
    (mail,) = here.mails(Role.VOLUNTEER)
    assert "somebody else took the issue" in mail.text
    assert "fit you too:" in mail.text or "fits you too:" in mail.text
    assert re.search(r"^/tasks/\d+$", mail.text, re.MULTILINE)
    assert [one.login for one in here.issues[0].assignees] == ["bo"]
    assert here.writes() == []


def test_rule_10_nobody_upstream_is_ever_reminded(here: Manners) -> None:
    """A month without a word: reminders go to our volunteer and coordinator, and no stale sweep touches anything."""
    here.follow()
    here.allow("comment", "assign", "label", claim_label="bug")
    slow, done = here.volunteer("ines"), here.volunteer("malo")
    here.claim(slow, "First")
    here.claim(done, "Second")
    here.submit(done, "Second", "malo")
    here.settle()
    before = len(here.comments())
    for _day in range(30):
        here.later(days=1)
    assert len(here.comments()) == before
    assert {one.method for one in here.writes()[before:]} <= {"POST", "PUT", "PATCH", "DELETE"}
    assert not [
        one
        for issue in here.issues
        for one in issue.comments
        if re.search("remind|rappel|ping", one.body, re.IGNORECASE)
    ]
    told = [mail.to for mail in here.mails(Role.VOLUNTEER)]
    assert "ines@firm.example" in told, "the holder is told before the claim ends"
    assert all(issue.is_open for issue in here.issues)
    assert here.task("First").status != "claimed"


def test_rule_11_two_rejections_in_a_row_pause_the_project(here: Manners) -> None:
    """Nothing is resent, and the coordinators are told, not the maintainers."""
    here.follow()
    here.joining.sign_in(Role.COORDINATOR)
    here.maintainer()
    volunteer = here.volunteer("ines")
    for title in ("First", "Second"):
        assert here.project.paused_at is None
        here.claim(volunteer, title)
        request = here.submit(volunteer, title, "ines")
        here.forge.close_request(here.there, request.number)
        here.harvest()
    assert here.project.paused_at is not None
    assert here.claim(volunteer, "Third") == 404, "it is not even shown"
    assert "ready" not in here.joining.tasks().values()
    assert len([mail for mail in here.mails(Role.COORDINATOR) if "asso/site" in mail.subject]) == 1
    assert here.mails(Role.MAINTAINER) == []
    assert here.writes() == []
    page = f"/coordinator/projects/{here.project.id}"
    here.joining.press(here.admin, f"{page}/resume", page=page)
    here.later(hours=2)
    assert here.project.paused_at is None, "somebody has spoken with them: the count begins anew"


def test_rule_11_two_weeks_of_silence_pause_the_project(here: Manners) -> None:
    here.follow()
    here.joining.sign_in(Role.COORDINATOR)
    volunteer = here.volunteer("ines")
    here.claim(volunteer, "First")
    request = here.submit(volunteer, "First", "ines")
    here.later(days=13)
    assert here.project.paused_at is None
    request.updated_at = here.clock()
    here.harvest()
    here.later(days=13)
    assert here.project.paused_at is None, "there was an answer meanwhile"
    here.later(days=1, hours=1)
    assert here.project.paused_at is not None
    assert len([mail for mail in here.mails(Role.COORDINATOR) if "asso/site" in mail.subject]) == 1
    assert here.writes() == []


def test_rule_13_the_load_is_reported_and_peace_is_kept(here: Manners) -> None:
    """The coordinator sees what each project has of us; quiet weeks and a weekly cap hold."""
    here.follow()
    here.allow("comment", weekly_cap=1)
    volunteer, other = here.volunteer("ines"), here.volunteer("malo")
    here.claim(volunteer, "First")
    here.submit(volunteer, "First", "ines")
    assert here.claim(other, "Second") == 409, "one a week"
    assert "asso/site 1 of 2 1 of 1 23 Nov 0" in here.text("/coordinator/load").replace("\N{NO-BREAK SPACE}", " ")
    week = here.clock() + timedelta(days=7)
    here.allow(
        "comment", weekly_cap=None, quiet=[[week.date().isoformat(), (week + timedelta(days=2)).date().isoformat()]]
    )
    here.later(days=7)
    here.harvest()
    other = here.again("malo@firm.example")
    assert here.claim(other, "Second") == 409, "a quiet week"
    assert "This project is paused" in here.text(f"/tasks/{here.task('Second').id}", other)
    written = len(here.writes())
    here.later(days=3)
    here.harvest()
    assert here.claim(here.again("malo@firm.example"), "Second") == 302
    here.settle()
    assert len(here.writes()) == written + 1


def test_rule_14_nobody_is_ranked(here: Manners) -> None:
    """No ranking of people, no points, no counts of requests as a goal."""
    here.follow()
    ines, malo = here.volunteer("zoe"), here.volunteer("ali")
    for title in ("First", "Second"):
        here.claim(ines, title)
        here.submit(ines, title, "zoe")
    found = {}
    for path in ("/", "/me", f"/tasks/{here.task('First').id}"):
        found[path] = RANKS.findall(here.text(path, malo))
    for path in (
        "/coordinator/waiting",
        "/coordinator/people",
        "/coordinator/load",
        "/coordinator/projects",
        "/sizing",
    ):
        found[path] = RANKS.findall(here.text(path))
    assert {path: words for path, words in found.items() if words} == {}
    people = here.text("/coordinator/people")
    assert people.index("ali@firm.example") < people.index("zoe@firm.example"), "by name, not by number"
    assert "zoe" not in here.text("/coordinator/load")
    (item, *_rest) = here.joining.app.test_client().get("/api/v1/tasks?status=all").json["items"]
    assert not {key for key in item if re.search("person|volunteer|score|rank|points", key)}
