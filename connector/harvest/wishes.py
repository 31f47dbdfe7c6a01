"""A project's own file, ``.wecena.yml``: read at each harvest when something was pushed since, and followed.

What cannot be understood is told to the people who run the project, with its lines, and changes nothing; except that
``stop: true`` is heard in any case.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from connector.courtesy.rules import Upstream
from connector.db.tables import Project
from connector.harvest import service as harvest
from connector.harvest.reoffering import reoffer
from connector.projects import queries, service
from connector.projects.faults import sentence, stored
from connector.projects.rules import Proof
from connector.projects.telling import tell
from connector.projects.wecena_file import NAME, Read, Wishes, read, said
from connector.web.i18n import gettext as _
from sources.base import Client
from sources.errors import Forbidden
from sources.model import ProjectFacts

SETTLES = timedelta(minutes=65)
"""For how long after a push its time may not show the next one: GitLab moves it once an hour at most."""
STOPPED = f"stop: true, {NAME}"

log = structlog.get_logger(__name__)


def is_due(project: Project, facts: ProjectFacts) -> bool:
    """Whether the file may have changed since we read it."""
    read_at = (project.own_file or {}).get("read_at")
    if not isinstance(read_at, str) or facts.pushed_at is None:
        return True
    return datetime.fromisoformat(read_at) < facts.pushed_at + SETTLES


def fetch(client: Client) -> tuple[bool, str | None]:
    """Whether we could look, and the file's text."""
    with suppress(Forbidden):
        return True, client.file(NAME)
    return False, None


def follow_file(session: Session, project: Project, text: str | None, now: datetime) -> None:
    """Do what the file says, where it says something new; the project is locked for writing."""
    before = dict(project.own_file or {})
    digest = hashlib.sha256(text.encode()).hexdigest() if text is not None else ""
    if digest == before.get("digest", ""):
        project.own_file = {**before, "digest": digest, "read_at": now.isoformat()}
        return
    found = Read(Wishes()) if text is None else read(text)
    project.own_file = {
        "digest": digest,
        "read_at": now.isoformat(),
        "faults": [stored(fault) for fault in found.faults],
        "stop": before.get("stop", False),
        "said": before.get("said", {}) if found.faults else said(found.wishes),
    }
    if found.faults:
        _tell_faults(session, project, now)
    else:
        _follow(session, project, found.wishes, now)
    _stop_or_go_on(session, project, stop=found.wishes.stop, is_sure=not found.faults, now=now)
    log.info("own file", project=project.id, faults=len(found.faults), stop=found.wishes.stop)


def _follow(session: Session, project: Project, wishes: Wishes, now: datetime) -> None:
    if wishes.labels is not None:
        _agree(session, project, wishes.labels, now)
    elif project.agreed_proof == Proof.FILE:
        _agree(session, project, (), now)  # what only the file had agreed to, it agrees to no longer
    if wishes.language is not None:
        project.languages = [wishes.language]
    if wishes.start is not None:
        service.set_start_steps(session, project, "\n".join(wishes.start), now=now, by=None)
    if wishes.needs is not None:
        project.needs = wishes.needs
    # What a person decided is narrowed by `policy_of`, as long as the file stands, and not forgotten.
    if wishes.at_once is not None and queries.decided_by(session, project, "cap_changed") in {None, NAME}:
        service.set_wip_cap(session, project, wishes.at_once, now=now, by=None, note=NAME)
    by = queries.decided_by(session, project, "writing_allowed")
    if by == NAME or (by is None and wishes.allow is not None):
        allowed = {Upstream(name) for name in wishes.allow or ()}
        service.set_allows(session, project, allowed, agreement=NAME, now=now, by=None)


def _agree(session: Session, project: Project, labels: tuple[str, ...], now: datetime) -> None:
    if list(labels) == project.labels and project.agreed_proof == Proof.FILE:
        return
    service.agree(session, project, labels, now=now, by=None, note=NAME, proof=Proof.FILE)
    reoffer(session, project, now)


def _stop_or_go_on(session: Session, project: Project, *, stop: bool, is_sure: bool, now: datetime) -> None:
    was_stopped = bool(project.own_file.get("stop"))
    project.own_file = {**project.own_file, "stop": stop or (was_stopped and not is_sure)}
    if stop and not was_stopped:
        harvest.stop(session, project, now=now, by=None, reason=STOPPED)
    elif was_stopped and not stop and is_sure and project.paused_reason == STOPPED:
        service.resume(session, project, now=now, by=None)
        reoffer(session, project, now)


def _tell_faults(session: Session, project: Project, now: datetime) -> None:
    def words() -> tuple[str, str]:
        subject = _("%(file)s of %(project)s cannot be understood", file=NAME, project=project.path)
        lines = "\n".join(sentence(row) for row in project.own_file["faults"])
        text = _("It changes nothing until it is repaired. What it says of stopping counts all the same.")
        return subject, f"{lines}\n\n{text}\n"

    tell(session, [project.id], words, now)
