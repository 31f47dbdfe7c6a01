"""What the page of a task says of its size: reasons each way, what stands behind it, and whose time is meant."""

from __future__ import annotations

from sqlalchemy.orm import Session

from connector.db.tables import Task
from connector.sizing import queries
from connector.sizing.rules import PERHAPS
from connector.sizing.suitability import READ_IN_TEXTS, hinting, of_labels
from connector.tasks.rules import Status
from connector.tasks.words import reason_sentence
from connector.web import formats
from connector.web.i18n import gettext as _
from connector.web.i18n import ngettext

EACH_WAY = 3
OWN_TASKS, OWN_WORDS = "own_tasks", "own_words"
WIDER = frozenset({"other_language", "few_words"})
"""Flags: why the range is wider. They are told beside the strongest reasons, not in the place of one."""


def reasons(task: Task) -> list[dict[str, object]]:
    """The strongest three for and three against, as they were given, and the flags; nothing that somebody set aside."""
    silent = {OWN_TASKS, OWN_WORDS} | READ_IN_TEXTS - set(task.not_offered)
    given = [each for each in _given(task) if each.get("id") not in silent]
    strong = [each for each in given if each.get("id") not in WIDER]
    for_it = [each for each in strong if each.get("effect") == "+"][:EACH_WAY]
    against = [each for each in strong if each.get("effect") != "+"][:EACH_WAY]
    flags = [each for each in given if each.get("id") in WIDER]
    told = [*((True, each) for each in for_it), *((False, each) for each in (*against, *flags))]
    return [{"is_for": is_for, "text": reason_sentence(each)} for is_for, each in told]


def misread(task: Task) -> list[str]:
    """The rules that keep a task back only because of what was read in its text: a person may know better."""
    if task.issue is None or task.estimate is None or task.status != Status.DRAFT:
        return []
    labelled = of_labels(task.issue.labels)
    return [rule for rule in task.not_offered if rule in READ_IN_TEXTS & set(task.estimate.unsuitable) - labelled]


def hint(task: Task) -> str:
    """The sentence of its text that may speak against the task, though nothing is stated; empty where there is none."""
    issue, may = task.issue, any(str(each.get("id")).startswith(PERHAPS) for each in _given(task))
    return hinting(issue.title, issue.body, issue.labels) if may and issue is not None and not task.part else ""


def behind(session: Session, task: Task) -> list[str]:
    """How many finished tasks and how many words of people stand behind an estimate by the model."""
    if task.estimate is None:
        return []
    count = queries.behind(session, task.project_id, task.estimate.rules_version).finished
    if count is None:
        return []
    finished = ngettext(
        "One finished task of this project stands behind it.",
        "%(num)s finished tasks of this project stand behind it.",
        count,
    )
    none_yet = _("No finished task of this project stands behind it yet.")
    said = [reason_sentence(each) for each in _given(task) if each.get("id") == OWN_WORDS]
    return [finished if count else none_yet, *said]


def whose_hours(task: Task) -> str:
    """Of whom the range speaks: the model learned from teams, a time is stated for whoever takes the task."""
    return _("Hours of somebody who knows the project.") if _is_learned(task) else _("Hours of whoever takes it.")


def outsider(session: Session, task: Task) -> str:
    """How much longer somebody new is taken to need, as the chance counts it; nothing where a time was stated."""
    if task.estimate is None or not _is_learned(task):
        return ""
    known = queries.behind(session, task.project_id, task.estimate.rules_version).outsider
    if known.is_assumed:
        return _("We assume that somebody new needs twice as long.")
    return ngettext(
        "Somebody new needs about %(factor)s times as long, by what one task took.",
        "Somebody new needs about %(factor)s times as long, by what %(num)s tasks took.",
        known.tasks,
        factor=formats.number(known.factor, 1),
    )


def _is_learned(task: Task) -> bool:
    return task.estimate is not None and task.estimate.rules_version.startswith(queries.LEARNED)


def _given(task: Task) -> list[dict[str, object]]:
    return list(task.estimate.reasons) if task.estimate else []
