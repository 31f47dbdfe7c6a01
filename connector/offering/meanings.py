"""What size words and weights mean in a project: asked once, and used from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.accounts.rules import Principal
from connector.db.tables import Estimate, Issue, Project, Task
from connector.errors import NotFoundError, UserError
from connector.harvest.mirror import said_besides
from connector.harvest.service import for_writing
from connector.harvest.steps import follow
from connector.offering.queries import looked_after
from connector.sizing.rules import AGREED_VERSION
from connector.sizing.words import HOURS, WEIGHT, size_words
from connector.web.i18n import gettext as _

UNHELD = ("draft", "ready")
MOST = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """A size word, or the weight, that a project's tasks carry: on how many, and what was answered so far."""

    word: str
    tasks: int
    is_answered: bool
    hours: float | None


def asked(session: Session, project: Project) -> list[Asked]:
    """Every word and the weight that tasks without a stated time carry, or that was answered, the commonest first."""
    counts = Counter[str](dict.fromkeys(project.size_meanings, 0))
    rows = session.execute(
        select(Issue.labels, Issue.facts)
        .join(Task, Task.issue_id == Issue.id)
        .join(Estimate, Estimate.id == Task.estimate_id)
        .where(Task.project_id == project.id, Task.status.in_(UNHELD), Estimate.rules_version.like("words-%"))
        .limit(MOST)
    )
    counts.update(word for labels, facts in rows for word in carried(labels, facts or {}))
    return [
        Asked(word, count, word in project.size_meanings, project.size_meanings.get(word))
        for word, count in counts.most_common()
    ]


def carried(labels: list[str], facts: Mapping[str, object]) -> list[str]:
    """The size words that an issue carries, and ``weight`` where it has one."""
    weight = [WEIGHT] if isinstance(facts.get(WEIGHT), int) and facts[WEIGHT] else []
    return [*weight, *size_words((*labels, *said_besides(facts)))]


def answer(
    session: Session, project: Project, meanings: Mapping[str, float | None], *, now: datetime, by: int | None
) -> None:
    """Keep what words mean here, hours or None for no time, and size the tasks that carry them anew.

    Raises `UserError` for hours that were not offered.
    """
    if any(hours is not None and hours not in HOURS for hours in meanings.values()):
        raise UserError(_("Choose one of the lengths shown."))
    project = for_writing(session, project.id)
    project.size_meanings = {**project.size_meanings, **meanings}
    audit.record(session, "sizes_explained", now=now, by=by, project_id=project.id, data={"meanings": dict(meanings)})
    session.flush()
    newest = select(Task.issue_id).join(Estimate, Estimate.id == Task.estimate_id)
    learned = or_(Estimate.rules_version.like("words-%"), Estimate.rules_version == AGREED_VERSION)
    chosen = newest.where(Task.project_id == project.id, Task.status.in_(UNHELD), learned)
    for row in session.scalars(select(Issue).where(Issue.id.in_(chosen)).order_by(Issue.id)).all():
        follow(session, project, row, now, descriptions={})  # what a label's description states would have won before


def explainable(session: Session, project_id: int, principal: Principal) -> Project:
    """A project this person looks after; raises `NotFoundError` for a missing and for a foreign one alike."""
    found = session.scalar(select(Project).where(Project.id == project_id, looked_after(principal)))
    if found is None:
        raise NotFoundError
    return found
