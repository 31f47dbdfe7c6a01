"""What a volunteer is told by mail: a claim that ends soon, a task that went away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from connector.db.tables import Assignment, Task
from connector.outbox.mails import send_mail
from connector.tasks.rules import NotOffered, WithdrawnFor
from connector.web import formats
from connector.web.i18n import gettext as _
from connector.web.i18n import ngettext, speaking


def send_notice(session: Session, task: Task, assignment: Assignment, now: datetime) -> None:
    """Tell the holder that the claim ends soon."""
    person = assignment.person
    with speaking(person.language):
        until = formats.long_day(assignment.expires_at)
        text = _(
            "You hold “%(title)s” until %(day)s. Send the address of your request or hand the task over by then; "
            "after that it is free for somebody else.",
            title=task.title,
            day=until,
        )
        send_mail(session, person.email, _("Your task ends soon"), f"{text}\n\n/tasks/{task.id}", now)


def send_lost(
    session: Session, task: Task, assignment: Assignment, *, reason: str, alternatives: Sequence[Task], now: datetime
) -> None:
    """Tell the holder that the task is no longer theirs, why, and which others fit them."""
    person = assignment.person
    with speaking(person.language):
        name = _("“%(title)s”", title=task.title) if task.title else _("The task you hold")
        lines = [_("%(task)s: %(reason)s", task=name, reason=_why(reason)), _("Thank you for your work.")]
        if alternatives:
            lines.append(ngettext("This one fits you too:", "These fit you too:", len(alternatives)))
        for each in alternatives:
            what = _("“%(title)s”, in %(project)s", title=each.title, project=each.project.path)
            lines.append(f"{what}\n/tasks/{each.id}")
        send_mail(session, person.email, _("Your task is no longer offered"), "\n\n".join(lines), now)


def _why(reason: str) -> str:
    match reason:
        case WithdrawnFor.CLOSED:
            return _("the issue was closed in its project.")
        case WithdrawnFor.SOMEBODY_ELSE:
            return _("somebody else took the issue in its project.")
        case WithdrawnFor.UNLABELLED | WithdrawnFor.STOPPED:
            return _("its maintainers no longer offer it.")
        case NotOffered.ARCHIVED:
            return _("its project was archived.")
        case _:
            return _("it is no longer available.")
