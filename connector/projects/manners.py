"""What maintainers wish beyond yes and no: quiet weeks, caps, how AI may be used, what marks a claim; and the brake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.courtesy.rules import MAX_CAP, AiPolicy, Quiet, weeks
from connector.db.tables import Project
from connector.errors import UserError
from connector.projects.telling import tell
from connector.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Wishes:
    """The page of a policy, read. ``weekly_cap`` and ``forge_cap`` None: no such limit."""

    open_cap: int
    weekly_cap: int | None
    forge_cap: int | None
    quiet: tuple[Quiet, ...]
    ai: AiPolicy
    language: str
    claim_label: str = ""
    suggests: bool = False
    kept: int = 0


def change(session: Session, project: Project, wishes: Wishes, *, now: datetime, by: int | None, note: str) -> None:
    """Follow these wishes from now on. ``note`` says whose they are, for the audit list.

    Raises `UserError` where the project has no such label: one of ours is never made there.
    """
    label = _existing(project, wishes.claim_label)
    before = _kept(project)
    project.wip_cap, project.weekly_cap, project.forge_cap = wishes.open_cap, wishes.weekly_cap, wishes.forge_cap
    project.kept = wishes.kept
    project.quiet = [[quiet.first.isoformat(), quiet.last.isoformat()] for quiet in wishes.quiet]
    project.ai_policy, project.claim_label, project.suggests = wishes.ai.value, label, wishes.suggests
    if wishes.language and project.languages[:1] != [wishes.language]:
        project.languages = [wishes.language, *(each for each in project.languages if each != wishes.language)]
    after = _kept(project)
    if after == before:
        return
    data = {"agreement": note, **{name: value for name, value in after.items() if value != before[name]}}
    audit.record(session, "manners_changed", now=now, by=by, project_id=project.id, data=data)
    if after["cap"] != before["cap"]:
        cap = {"cap": project.wip_cap, "agreement": note}
        audit.record(session, "cap_changed", now=now, by=by, project_id=project.id, data=cap)


def hold(session: Session, project: Project, now: datetime) -> None:
    """We wrote more in this project than can be right: nothing more goes out, and the coordinators are told."""
    project.held_at = now
    audit.record(session, "writing_held", now=now, by=None, project_id=project.id)

    def words() -> tuple[str, str]:
        subject = _("Writing in %(project)s is held", project=project.path)
        text = _(
            "We wrote more in %(project)s within an hour than can be right. Nothing more is written there until a "
            "coordinator has looked and lets it on the page of the project’s policy.",
            project=project.path,
        )
        return subject, f"{text}\n"

    tell(session, [project.id], words, now)


def let_go(session: Session, project: Project, *, now: datetime, by: int | None) -> None:
    """Somebody has looked: what waits goes out again."""
    if project.held_at is None:
        return
    project.held_at = None
    audit.record(session, "writing_let_go", now=now, by=by, project_id=project.id)


def meet_limit(session: Session, project: Project, open_now: int, *, now: datetime) -> None:
    """The forge took no more requests from one of ours: what is open there now is its limit, and we stay below it."""
    limit = max(1, min(open_now, MAX_CAP))
    if project.forge_cap is not None and project.forge_cap <= limit:
        return
    project.forge_cap = limit
    audit.record(session, "forge_limit_met", now=now, by=None, project_id=project.id, data={"limit": limit})


def number(typed: str, *, lowest: int = 1) -> int | None:
    """A cap as typed, None where nothing was; raises `UserError` for what is none."""
    if not typed.strip():
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and lowest <= int(typed) <= MAX_CAP):
        raise UserError(_("Between 1 and %(most)s tasks at once.", most=MAX_CAP))
    return int(typed)


def quiet_weeks(typed: str) -> tuple[Quiet, ...]:
    """Quiet weeks as typed; raises `UserError` where a line is not understood."""
    found = weeks(typed)
    if found is None:
        raise UserError(
            _("Give a week as 2026-W52, or the first and the last day as 2026-12-21 2027-01-03, one a line.")
        )
    return found


def _existing(project: Project, label: str) -> str:
    wanted = " ".join(label.split())
    if not wanted:
        return ""
    known = {" ".join(str(name).split()).casefold(): str(name) for name in project.known_labels}
    if wanted.casefold() not in known:
        raise UserError(_("The project has no label “%(label)s”; make it there first.", label=wanted))
    return known[wanted.casefold()]


def _kept(project: Project) -> dict[str, object]:
    return {
        "cap": project.wip_cap,
        "weekly_cap": project.weekly_cap,
        "forge_cap": project.forge_cap,
        "kept": project.kept,
        "quiet": project.quiet,
        "ai_policy": project.ai_policy,
        "claim_label": project.claim_label,
        "suggests": project.suggests,
        "languages": project.languages,
    }
