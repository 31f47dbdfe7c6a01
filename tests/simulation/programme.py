"""A whole small programme over a real database: a forge in memory, two volunteers, and everything the worker does."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Account, Base, Delivery, Effect, Issue, Job, Person, Project, Task
from connector.db.vault import Vault
from connector.harvest import pulling
from connector.harvest import service as harvest
from connector.harvest.service import REREAD
from connector.inbox.door import Inbox
from connector.inbox.service import drain
from connector.outbox import service as outbox
from connector.projects.hooks import make_hook
from connector.queue import service as queue
from connector.tasks import service as tasks
from sources.errors import SourceError
from sources.model import Actor, Label, Request, RequestState
from sources.model import Issue as Seen
from tests.fakes import FACTS, FakeClient, FakeClock, issue
from tests.rows import project_row
from webhooks.delivery import Delivery as Received

PARIS = ZoneInfo("Europe/Paris")
LABEL = Label("good first issue")
NUMBERS = (1, 2, 3)


class Died(Exception):
    """The process was killed at this point."""


class Programme:
    """Everything that may happen, each as one call. What the forge shows everybody is ``client.known``."""

    def __init__(self, db: Database) -> None:
        self.db, self.clock = db, FakeClock()
        self.client = FakeClient(known={number: issue(number) for number in NUMBERS})
        self.hidden: dict[int, Seen] = {}
        self.sent: list[Received] = []
        self.accepted: set[str] = set()
        with db.sessions.begin() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
            project = project_row(
                session, self.clock(), source="gitlab", host="gitlab.com", allows=["comment", "assign"], wip_cap=2
            )
            hook, _key = make_hook(session, project, vault=Vault("k" * 32), now=self.clock())
            people = [
                Person(email=f"{name}@example.org", name=name, role="volunteer", created_at=self.clock())
                for name in ("malo", "zoe")
            ]
            session.add_all(people)
            session.flush()
            session.add(
                Account(
                    person_id=people[0].id, source="gitlab", host="gitlab.com", login="malo", created_at=self.clock()
                )
            )
            self.project_id, self.hook_id = project.id, hook.id
            self.people = [person.id for person in people]
        self.inbox = Inbox(db, Vault("k" * 32), self.clock)

    # --- at the forge

    def change(self, number: int, **changes: object) -> None:
        """An issue changes, and news of it is sent; a confidential one is shown to nobody."""
        place = self.hidden if number in self.hidden else self.client.known
        now = replace(place[number], updated_at=self.clock(), **changes)  # type: ignore[arg-type]  # names of fields
        place[number] = replace(now, digest=f"read {len(self.sent)}")
        self._tell(place[number])

    def hide(self, number: int) -> None:
        """Make an issue confidential, or public again."""
        here, there = (self.hidden, self.client.known) if number in self.hidden else (self.client.known, self.hidden)
        there[number] = here.pop(number)
        self.change(number)

    def _tell(self, one: Seen) -> None:
        body = _body(one, is_confidential=one.number in self.hidden)
        self.sent.append(
            Received(
                hook_id=self.hook_id, source="gitlab", external_id=f"d{len(self.sent)}", event="Issue Hook",
                headers={"x-gitlab-event": "Issue Hook", "content-type": "application/json"},
                body=json.dumps(body).encode(), received_at=self.clock(),
            )
        )  # fmt: skip

    def see_request(self, number: int, state: RequestState) -> None:
        """A request of the first volunteer that closes the issue is opened, merged or closed."""
        url = f"{FACTS.web_url}/-/merge_requests/{number}"
        request = Request(
            str(number), number, "Fix", url, state, self.clock(), Actor("1", "malo"), (number,), created_at=self.clock()
        )
        with self.db.sessions.begin() as session:
            harvest.observe_request(session, harvest.for_writing(session, self.project_id), request, self.clock())

    # --- at work

    def deliver(self, delivery: Received) -> None:
        """The forge posts a delivery, for the first time or again."""
        self.inbox.accept(delivery)
        self.accepted.add(delivery.external_id)

    def drain(self) -> int:
        """Process what waits in the inbox."""
        return drain(self.db, self.clock)

    def sweep(self) -> None:
        """Read the whole project, as each night."""
        with self.db.sessions.begin() as session:
            session.get_one(Project, self.project_id).cursor = None
        pulling.pull(self.db, lambda _project: self.client, self.project_id, self.clock)

    def run_job(self, *, is_killed: bool = False) -> bool:
        """Read one issue that is in doubt; killed: after the work, before it was noted. False: there is none."""
        with self.db.sessions.begin() as session:
            job = queue.lease_next(session, now=self.clock(), kinds=[REREAD])
        if job is None:
            return False
        pulling.read_issue(self.db, lambda _p: self.client, self.project_id, int(job.ref.partition(":")[2]), self.clock)
        if not is_killed:
            with self.db.sessions.begin() as session:
                queue.finish(session, [job], self.clock())
        return True

    def send(self) -> None:
        """Perform what is due upstream, until the process dies."""
        with suppress(Died):
            outbox.send_due(self.db, lambda _p: self.client, self.clock, public_url="https://wecena.example", limit=3)
        self.client.failures.clear()
        self.client.lost.clear()

    def leases_run_out(self) -> None:
        """As long as nobody does anything, what dead processes held becomes free. Leases go by the database's clock."""
        long = timedelta(hours=1)
        with self.db.sessions.begin() as session:
            for job in session.scalars(select(Job).where(Job.leased_until.is_not(None), Job.done_at.is_(None))):
                job.leased_until = (job.leased_until or self.clock()) - long
            for effect in session.scalars(select(Effect).where(Effect.claimed_at.is_not(None))):
                effect.claimed_at = (effect.claimed_at or self.clock()) - long

    def do(self, number: int, act: Callable[[Session, Task], object], *, is_killed: bool = False) -> None:
        """A person does something with the task of an issue; killed: before the commit."""
        with suppress(Died), self.db.sessions.begin() as session:
            newest = select(Task).join(Issue).where(Issue.number == number).order_by(Task.id.desc()).limit(1)
            task = session.scalar(newest)
            if task is not None:
                act(session, task)
            if is_killed:
                raise Died

    def expire(self) -> None:
        """End the claims whose time ran out."""
        with self.db.sessions.begin() as session:
            tasks.expire_due(session, self.clock())

    def allow(self, *kinds: str) -> None:
        """The maintainers say what may be written upstream."""
        with self.db.sessions.begin() as session:
            session.execute(update(Project).values(allows=list(kinds)))

    def fail(self, error: SourceError | Died, *, after: bool) -> None:
        """The forge's next answer: an error, or the effect without an answer."""
        (self.client.lost if after else self.client.failures).append(error)  # type: ignore[arg-type]  # or the end

    def come_to_rest(self) -> None:
        """No more events: everything waiting is done, with one sweep and a second look at what it doubts."""
        self.client.failures.clear()
        self.client.lost.clear()
        self.leases_run_out()
        while self.drain():
            pass
        self.clock.advance(minutes=1)
        self.sweep()
        for _look in range(3):
            while self.run_job():
                pass
            self.clock.advance(minutes=11)
        for _quarter in range(30):
            self.send()
            if not self.unsent():
                break
            self.clock.advance(minutes=15)

    def unsent(self) -> list[str]:
        """The keys of what is still to be done upstream."""
        with self.db.readers() as session:
            due = select(Effect.key).where(Effect.sent_at.is_(None), Effect.next_attempt_at.is_not(None))
            return list(session.scalars(due))

    def waiting(self) -> int:
        """How many deliveries wait."""
        with self.db.readers() as session:
            return session.query(Delivery).filter(Delivery.processed_at.is_(None)).count()


def _body(one: Seen, *, is_confidential: bool) -> dict[str, object]:
    labels = [{"id": place, "title": name} for place, name in enumerate(one.label_names)]
    return {
        "object_kind": "issue", "event_type": "confidential_issue" if is_confidential else "issue",
        "user": {"id": 7, "username": "alice", "name": "Alice"},
        "project": {"id": 1001, "path_with_namespace": FACTS.path, "web_url": FACTS.web_url, "visibility_level": 20},
        "object_attributes": {
            "id": 5000 + one.number, "iid": one.number, "project_id": 1001, "title": one.title,
            "description": one.body, "state": "opened" if one.is_open else "closed", "action": "update",
            "confidential": is_confidential, "labels": labels, "author_id": 7, "url": one.url,
            "created_at": "2026-11-20 08:00:00 UTC", "updated_at": f"{one.updated_at:%Y-%m-%d %H:%M:%S} UTC",
        },
        "labels": labels, "changes": {},
    }  # fmt: skip
