"""What pages call the states of a task, the reasons against offering one, skills, and what happened."""

from __future__ import annotations

from collections.abc import Mapping

from connector.accounts.rules import Role
from connector.sizing.reasons import PLURALS, told
from connector.sizing.reasons import SENTENCES as SIZING
from connector.tasks.forms import STEPS, TAPS
from connector.tracking.pace import Band
from connector.web import formats
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l
from connector.web.i18n import ngettext

N_ = str
"""Marks a sentence for the catalogue; looked up where it is shown."""

STATUSES = {
    "draft": _l("Being prepared"),
    "ready": _l("Ready to take"),
    "claimed": _l("Taken"),
    "in_review": _l("In review"),
    "withdrawn": _l("Withdrawn"),
    "split": _l("Split"),
}
OUTCOMES = {"accepted": _l("Merged"), "rejected": _l("Declined by the project")}
REFUSALS = {
    "TAKEN": _l("Someone took this task a moment ago."),
    "NOT_READY": _l("This task cannot be taken now."),
    "ALREADY_HOLDS_A_TASK": _l("You already hold a task. Finish it or hand it over first."),
    "PROJECT_PAUSED": _l("This project is paused."),
    "PROJECT_FULL": _l("This project has enough tasks under way for now."),
    "STALE": _l("This page was no longer up to date. Here is the present state."),
}
DAY_STATES = {
    "draft": _l("Draft"),
    "declared": _l("To confirm"),
    "confirmed": _l("Confirmed"),
    "disputed": _l("Disputed"),
    "locked": _l("In a final report"),
}
HAPPENED = {
    "offered": _l("The task is on offer here."),
    "claimed": _l("Taken by a volunteer"),
    "recalled": _l("The volunteer was called back. The task is free."),
    "handed_over": _l("Handed over. The task is free."),
    "expired": _l("Time ran out. The task is free."),
    "submitted": _l("A request was sent to the project."),
    "sent_back": _l("Not taken by the project. The task is free."),
    "completed": _l("Finished"),
    "withdrawn": _l("Withdrawn"),
    "split": _l("Split into smaller tasks"),
}
SIZED = _l("%(who)s said that it takes %(time)s.")
SIZED_BY = {
    Role.COORDINATOR: _l("A coordinator"),
    Role.MAINTAINER: _l("A maintainer"),
    Role.ADMIN: _l("An administrator"),
}
SOMEBODY = _l("Somebody who knows the project")
SIZES = {"0.5": _l("half a day"), "1": _l("one day"), "2": _l("more than a day")}
AI_WISHES = {
    "forbidden": _l("This project takes nothing that was made with an AI, in no part."),
    "disclose": _l("This project wants to be told where an AI helped, and how."),
    "free": _l("This project lets you use an AI as you like."),
    "unknown": _l("This project does not say what it thinks of AI: say in your request where one helped, and how."),
}
ANSWERS_WITHIN = {
    Band.DAYS: N_("Usually answers within two days (%(count)s requests)."),
    Band.WEEK: N_("Usually answers within a week (%(count)s requests)."),
    Band.MONTH: N_("Usually answers within a month (%(count)s requests)."),
    Band.LONGER: N_("Usually takes more than a month to answer (%(count)s requests)."),
    Band.UNKNOWN: "",
}
MERGES_WITHIN = {
    Band.DAYS: N_("Usually merges within two days (%(count)s requests)."),
    Band.WEEK: N_("Usually merges within a week (%(count)s requests)."),
    Band.MONTH: N_("Usually merges within a month (%(count)s requests)."),
    Band.LONGER: N_("Usually takes more than a month to merge (%(count)s requests)."),
    Band.UNKNOWN: "",
}
OF_REQUEST = {
    "opened": N_("Request no. %(number)s opened"),
    "draft": N_("Request no. %(number)s is a draft"),
    "ready": N_("Request no. %(number)s is ready to be read"),
    "review_requested": N_("Somebody was asked to read request no. %(number)s"),
    "approved": N_("Request no. %(number)s approved"),
    "changes_wanted": N_("Changes to request no. %(number)s were asked for"),
    "checks_failed": N_("The checks of request no. %(number)s fail"),
    "checks_passed": N_("The checks of request no. %(number)s pass again"),
    "closed": N_("Request no. %(number)s closed, not merged"),
    "reopened": N_("Request no. %(number)s opened again"),
    "merged": N_("Request no. %(number)s merged"),
}
NOT_NOW = {
    "draft": _l("It is not offered yet."),
    "claimed": _l("Somebody works on it now."),
    "in_review": _l("The project reads a proposal for it."),
    "done": _l("It is finished."),
    "withdrawn": _l("It is no longer offered."),
    "split": _l("It was split into smaller ones."),
}
SKILLS = {
    "python": "Python", "javascript": "JavaScript", "typescript": "TypeScript", "html": "HTML", "css": "CSS",
    "sql": "SQL", "php": "PHP", "postgresql": "PostgreSQL", "mysql": "MySQL", "sqlite": "SQLite", "ios": "iOS",
    "latex": "LaTeX", "graphql": "GraphQL", "powershell": "PowerShell", "wordpress": "WordPress",
    "documentation": _l("Writing"), "translation": _l("Translating"), "testing": _l("Testing"),
    "accessibility": _l("Accessibility"), "design": _l("Design"),
}  # fmt: skip
OFFERED_SKILLS = ("python", "html", "javascript", "sql", "documentation", "translation")
WITH_HTML = frozenset({"html", "css"})


def badge(status: str, outcome: str | None) -> str:
    """The state in a word or two."""
    return str(OUTCOMES.get(outcome or "", _l("Finished")) if status == "done" else STATUSES.get(status, status))


def skill_name(skill: str) -> str:
    """A skill as written: Python, C++, Writing."""
    return str(SKILLS.get(skill, skill if len(skill) < 3 else skill.capitalize()))


def choice_name(skill: str) -> str:
    """A skill as the question bar offers it; HTML and CSS go together there."""
    return _("HTML and CSS") if skill == "html" else skill_name(skill)


def reason_sentence(reason: Mapping[str, object]) -> str:
    """Why a size is what it is, in the current language; the English text where the reason is not known here."""
    name, params = str(reason.get("id", "")), reason.get("params")
    if not (name in SIZING or name in PLURALS) or not isinstance(params, dict):
        return str(reason.get("text", ""))
    return told(name, params, translate=_, plural=ngettext)


def lengths() -> dict[str, list[tuple[str, str]]]:
    """The lengths of work that are one tap, and all of them, as value and words."""
    taps = [(str(minutes), formats.minutes(minutes)) for minutes in TAPS]
    others = [(str(minutes), formats.minutes(minutes)) for minutes in STEPS if minutes]
    return {"taps": taps, "others": [("", _("Choose a length")), *others]}
