"""What people decide of sizes: where the line is, how long a task takes, which parts it is split into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import Estimate, Issue, OfferLine, Project, Task
from connector.errors import UserError
from connector.harvest import mirror, rules
from connector.harvest.reoffering import reoffer
from connector.harvest.service import for_writing
from connector.harvest.steps import follow
from connector.sizing import learning
from connector.sizing.line import MEASURED, Line
from connector.sizing.parts import FEWEST, LONGEST_TITLE, MOST, Split, labels_of_parts, parts_of
from connector.sizing.queries import experience, line_of
from connector.sizing.rules import Size, Sizeable, besides_size, estimate, stated_by_hand
from connector.tasks import changes
from connector.tasks import service as tasks
from connector.tasks.rules import FINAL, Happening, Refusal, Status
from connector.tasks.sizes import misread
from connector.web.i18n import gettext as _

LINES = tuple(one.line for one in MEASURED)
YEAR = 365
QUIET_DAYS = (None, YEAR, 2 * YEAR, 3 * YEAR, 5 * YEAR)
"""After how long without news an issue may be kept back; None: never for its age."""
WANTED_FOR = timedelta(days=YEAR)
"""How long somebody's word counts that an issue is still wanted."""
SIZES = (Decimal("0.5"), Decimal(1), Decimal(2))
"""What a size may be overridden with: days, of which two mean that it is to be split."""


EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it would be offered."""

    title: str
    size: Size
    is_unlikely: bool
    """Whether it more likely takes over a day. The line judges no text as short as this."""


@dataclass(frozen=True, slots=True)
class Together:
    """The hours of all parts, and whether they are fewer or more than the range of the whole allows."""

    hours: float
    is_less: bool
    is_more: bool


def draw_line(session: Session, chance: float, *, now: datetime, by: int | None) -> int:
    """Offer from this chance on, in the whole programme; tells how many issues were decided anew. Raises `UserError`."""
    if chance not in LINES:
        raise UserError(_("Choose one of the lines shown."))
    audit.record(session, "line_drawn", now=now, by=by, data={"chance": chance})
    return _offer_by(session, replace(line_of(session), chance=chance), now=now, by=by)


def keep_back_after(session: Session, quiet_days: int | None, *, now: datetime, by: int | None) -> int:
    """Offer no issue without news for so long, in the whole programme; None: whatever their age. As `draw_line`."""
    if quiet_days not in QUIET_DAYS:
        raise UserError(_("Choose one of the lengths shown."))
    audit.record(session, "quiet_days_set", now=now, by=by, data={"days": quiet_days})
    return _offer_by(session, replace(line_of(session), quiet_days=quiet_days), now=now, by=by)


def still_wanted(session: Session, task: Task, *, now: datetime, by: int | None) -> None:
    """Take somebody's word that the issue is still wanted: for a year it is not stale. Raises `UserError` for a task that is over."""
    issue = task.issue
    if issue is None or Status(task.status) in FINAL:
        raise UserError(_("This task is over."))
    project = for_writing(session, task.project_id)
    issue.wanted_until = now + WANTED_FOR
    audit.record(session, "still_wanted", now=now, by=by, project_id=project.id, data={"task": task.id})
    session.flush()
    follow(session, project, issue, now)


def set_aside(session: Session, task: Task, *, now: datetime, by: int | None) -> None:
    """Take somebody's word that the text does not state what was read in it, until it changes.

    Raises `UserError` for a task of which nothing was read that may be set aside.
    """
    issue, wrong = task.issue, misread(task)
    if issue is None or not wrong:
        raise UserError(_("There is nothing to set aside."))
    project = for_writing(session, task.project_id)
    known = mirror.set_aside(issue)
    issue.set_aside = {"rules": sorted({*known, *wrong}), "text": rules.text_digest(issue.title, issue.body)}
    audit.record(session, "set_aside", now=now, by=by, project_id=project.id, data={"task": task.id, "rules": wrong})
    session.flush()
    follow(session, project, issue, now)


def _offer_by(session: Session, line: Line, *, now: datetime, by: int | None) -> int:
    session.add(OfferLine(chance=line.chance, quiet_days=line.quiet_days, person_id=by, created_at=now))
    session.flush()
    followed = session.scalars(select(Project.id).where(Project.removed_at.is_(None)).order_by(Project.id)).all()
    return sum(reoffer(session, for_writing(session, project_id), now) for project_id in followed)


def override(session: Session, task: Task, days: Decimal, *, now: datetime, by: int | None) -> None:
    """Take somebody's word for the size of a task: it is kept, told in the task's story, and never sized over.

    Raises `UserError` for a task that is over, or for another size than half a day, one day or two.
    """
    issue = task.issue
    if days not in SIZES or issue is None:
        raise UserError(_("Choose half a day, one day or more than a day."))
    project = for_writing(session, task.project_id)
    task = changes.locked(session, task)
    if Status(task.status) in FINAL:
        raise UserError(_("This task is over: its size stays as it was."))
    row = _written(session, issue, stated_by_hand(days), part=task.part, now=now, by=by)
    row.unsuitable = [*row.unsuitable, *besides_size(task.estimate.unsuitable if task.estimate else ())]
    task.estimate, task.days = row, days
    changes.touch(task, now)
    changes.note(session, task, Happening.SIZED, now=now, person_id=by, data={"days": str(days)})
    learning.hear(session, task, days, now)
    data = {"task": task.id, "days": str(days)}
    audit.record(session, "size_overridden", now=now, by=by, project_id=task.project_id, data=data)
    session.flush()
    follow(session, project, issue, now)


def proposed(issue: Issue) -> Split | None:
    """The split that the text of an issue suggests."""
    return parts_of(issue.title, issue.body)


def sized(session: Session, task: Task, titles: Sequence[str], now: datetime) -> list[Part]:
    """Each part with its own size, in order."""
    known = experience(session, task.project_id)
    labels, path = labels_of_parts(task.issue.labels if task.issue else ()), task.project.path
    sizes = [
        estimate(Sizeable(str(n), title, labels=labels, seen_at=now, project=path), known)
        for n, title in enumerate(titles, 1)
    ]
    return [Part(title, size, size.p_one_day < EVEN) for title, size in zip(titles, sizes, strict=True)]


def together(parts: Sequence[Part], whole: Estimate | None) -> Together:
    """The parts against the whole they are to take the place of."""
    hours = sum(part.size.hours_mid for part in parts)
    if whole is None or not parts:
        return Together(hours, is_less=False, is_more=False)
    return Together(hours, is_less=hours < whole.hours_low, is_more=hours > whole.hours_high)


def split(
    session: Session, task: Task, titles: Sequence[str], *, now: datetime, by: int | None
) -> list[Task] | Refusal:
    """Put these parts in the place of a task that nobody holds. Nothing is written upstream.

    Raises `UserError` unless there are 2 to 12 of them, none longer than 200 characters.
    """
    issue = task.issue
    if issue is None or not FEWEST <= len(titles) <= MOST or any(len(title) > LONGEST_TITLE for title in titles):
        raise UserError(_("Give 2 to 12 parts, one a line, of at most 200 characters each."))
    project = for_writing(session, task.project_id)
    parts = [
        (part.title, _written(session, issue, part.size, part=number, now=now, by=None))
        for number, part in enumerate(sized(session, task, titles, now), start=1)
    ]
    made = tasks.split(session, task, parts, now=now, by=by)
    if isinstance(made, Refusal):
        return made
    data = {"task": task.id, "parts": len(made)}
    audit.record(session, "task_split", now=now, by=by, project_id=task.project_id, data=data)
    follow(session, project, issue, now)
    return made


def _written(session: Session, issue: Issue, size: Size, *, part: int, now: datetime, by: int | None) -> Estimate:
    row = Estimate(
        issue_id=issue.id, part=part, p_one_day=size.p_one_day, p_team_day=size.p_team_day, hours_mid=size.hours_mid,
        hours_low=size.hours_low, hours_high=size.hours_high, offer=size.offer,
        reasons=[reason.as_json() for reason in size.reasons], unsuitable=list(size.unsuitable),
        rules_version=size.version, overridden_by=by, is_judged=False, days=size.days, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
