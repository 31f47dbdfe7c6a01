"""What happens to requests upstream, as the page of the task tells it: the same story on each forge."""

from __future__ import annotations

import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.cli import worker
from connector.db.tables import Assignment, Mail, Person, Task
from connector.harvest import sweeping
from connector.tasks import service as tasks
from tests.journeys.joining import LABEL, Joining

PARIS = ZoneInfo("Europe/Paris")


class Following:
    """A project that agreed, with one task that a volunteer took."""

    def __init__(self, joining: Joining) -> None:
        self.joining, self.forge, self.there = joining, joining.forge, joining.there
        self.issue = self.forge.add_issue(self.there, "Fix a typo", labels=[LABEL], body="In the README.").number
        admin = joining.sign_in()
        assert joining.follow(admin)[0] == 200
        project = joining.project()
        page = f"/coordinator/projects/{project.id}"
        self.forge.write_file(self.there, ".wecena.yml", f"labels: [{LABEL}]\nallow: [comment]\n")
        joining.press(admin, f"{page}/hook", page=page)
        joining.work()
        for hook in self.there.hooks.values():
            hook.events = ()  # somebody ticked all boxes, those of checks and pipelines too
        self.sweep()
        self.volunteer: FlaskClient = joining.sign_in(Role.VOLUNTEER)
        self.task_id = self.task().id
        assert self.task().status == "ready"

    def claim(self) -> None:
        """The volunteer takes the task."""
        with self.joining.services.db.sessions.begin() as session:
            task, person = session.get_one(Task, self.task_id), self.person(Role.VOLUNTEER)
            taken = tasks.claim(session, task, person.id, now=self.joining.clock(), zone=PARIS)
        assert isinstance(taken, Assignment)
        self.joining.work(minutes=1)

    def person(self, role: Role) -> Person:
        with self.joining.services.db.readers() as session:
            return session.scalars(select(Person).where(Person.email == f"{role}@example.org")).one()

    def sweep(self, *, is_whole: bool = True) -> None:
        """What the worker does each quarter of an hour, and (whole) each night."""
        self.joining.clock.advance(minutes=15)
        services = self.joining.services
        sweeping.sweep(services.db, services.connect, self.joining.project().id, self.joining.clock, is_whole=is_whole)

    def task(self) -> Task:
        """The newest task of the issue."""
        with self.joining.services.db.readers() as session:
            return session.scalars(select(Task).order_by(Task.id.desc())).first()

    def page(self, task_id: int | None = None) -> str:
        """The task's page, in English, as the volunteer sees it."""
        answer = self.volunteer.get(f"/tasks/{task_id or self.task_id}?lang=en")
        assert answer.status_code == 200
        return unescape(answer.text)

    def story(self, task_id: int | None = None) -> list[str]:
        """The timeline of the task's page, oldest first, without times."""
        lines = re.search(r'<ol class="timeline">(.*?)</ol>', self.page(task_id), re.DOTALL)
        entries = re.findall(r"</time>\s*<p>(.*?)</p>", lines[1] if lines else "", re.DOTALL)
        return [re.sub(r"<[^>]+>", "", entry).strip() for entry in entries]

    def mails(self) -> list[tuple[str, str]]:
        with self.joining.services.db.readers() as session:
            return [(mail.to, mail.text) for mail in session.scalars(select(Mail).order_by(Mail.id))]

    def jobs(self) -> None:
        """Let the worker do what waits, and write upstream."""
        self.joining.work(seconds=5)
        worker.send(self.joining.services)
        self.joining.work(seconds=5)


@pytest.fixture
def following(joining: Joining) -> Following:
    return Following(joining)


def test_the_page_tells_what_happens_to_a_request_in_one_story(following: Following) -> None:
    """G1, R4: deliveries and the sweep tell the same, and nothing twice."""
    following.claim()
    forge, there, work = following.forge, following.there, following.joining.work
    request = forge.open_request(there, "Fix it", author="malo", closes=[following.issue], is_draft=True).number
    work(minutes=1)
    assert following.task().status == "claimed", "a draft is not handed in yet"
    forge.set_draft(there, request, is_draft=False)
    work(minutes=1)
    assert following.task().status == "in_review"
    forge.ask_review(there, request, "mainteneuse")
    work(minutes=1)
    forge.check(there, request, "failed")
    forge.review(there, request, "changes_wanted")
    work(minutes=1)
    forge.push(there, request)
    forge.check(there, request, "passed")
    work(minutes=1)
    forge.review(there, request, "approved")
    work(minutes=1)
    expected = [
        "Issue opened in the project",
        "The task is on offer here.",
        "Taken by a volunteer",
        f"Request no. {request} opened",
        f"Request no. {request} is a draft",
        f"Request no. {request} is ready to be read",
        "A request was sent to the project.",
        f"Somebody was asked to read request no. {request}",
        f"The checks of request no. {request} fail",
        f"Changes to request no. {request} were asked for",
        f"The checks of request no. {request} pass again",
        f"Request no. {request} approved",
    ]
    told = [line for line in following.story() if "on offer" not in line or line == expected[1]]
    assert sorted(told) == sorted(expected)
    following.sweep()
    assert sorted(following.story()) == sorted(told)
    forge.merge_request(there, request)
    work(minutes=1)
    assert following.story()[-2:] == [f"Request no. {request} merged", "Finished"]
    assert following.task().status == "done"


def test_without_deliveries_the_nightly_sweep_finds_the_same_story(following: Following) -> None:
    """R4: reviews, checks and links that no signal told."""
    following.claim()
    forge, there = following.forge, following.there
    with forge.silent():
        request = forge.open_request(there, "Fix it", author="malo", closes=[following.issue], body="No word.").number
        forge.check(there, request, "failed")
        forge.review(there, request, "changes_wanted")
    following.sweep()
    following.sweep()
    lines = following.story()
    assert f"Request no. {request} opened" in lines, "linked although its text says nothing"
    assert following.task().status == "in_review"
    assert f"Changes to request no. {request} were asked for" in lines
    assert f"The checks of request no. {request} fail" in lines


def test_an_address_given_by_the_volunteer_links_for_good(following: Following) -> None:
    """A request without any closing word completes the task, whichever is heard of first."""
    following.claim()
    forge, there = following.forge, following.there
    request = forge.open_request(there, "Fix it", author="malo", body="See the issue.").number
    following.joining.work(minutes=1)
    address = f"{following.joining.project().web_url}/{'pull' if following.joining.kind == 'github' else '-/merge_requests'}/{request}"
    page = f"/tasks/{following.task_id}"
    status, _ = following.joining.press(
        following.volunteer, f"{page}/submit", page=f"{page}/submit", url=address, tested="1"
    )
    assert (status, following.task().status) == (302, "in_review")
    forge.edit_request(there, request, body="Still no word.")
    following.joining.work(minutes=1)
    forge.merge_request(there, request)
    following.joining.work(minutes=1)
    assert following.task().status == "done"


def test_a_request_of_another_project_of_the_same_owner_is_linked(following: Following) -> None:
    """Trap 26. A stranger's project is not: anybody may write such words anywhere."""
    joining, forge = following.joining, following.forge
    neighbour = forge.add_project("asso/tools", labels=[LABEL])
    assert joining.follow(joining.sign_in(), "asso/tools")[0] == 200
    following.claim()
    words = f"Closes asso/site#{following.issue}, stranger/thing#1"
    request = forge.open_request(neighbour, "Fix it there", author="malo", body=words).number
    services = joining.services
    sweeping.sweep(services.db, services.connect, joining.project("asso/tools").id, joining.clock)
    assert following.task().status == "in_review"
    assert f"Request no. {request} opened" in following.story()


def test_several_requests_for_one_issue_are_told_apart(following: Following) -> None:
    following.claim()
    forge, there, work = following.forge, following.there, following.joining.work
    first = forge.open_request(there, "First try", author="malo", closes=[following.issue]).number
    work(minutes=1)
    forge.close_request(there, first)
    work(minutes=1)
    assert following.task().status == "ready"
    following.claim()
    second = forge.open_request(there, "Second try", author="malo", closes=[following.issue]).number
    work(minutes=1)
    forge.merge_request(there, second)
    work(minutes=1)
    lines = following.story()
    assert f"Request no. {first} closed, not merged" in lines
    assert f"Request no. {second} merged" in lines
    assert (following.task().status, following.task().outcome) == ("done", "accepted")
