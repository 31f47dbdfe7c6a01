"""The policy of a project, for its maintainers and the coordinators: what may be written, when, how much, and its texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from connector.accounts.guards import principal, requires
from connector.accounts.rules import Action, allows
from connector.courtesy.queries import load_of, policy_of
from connector.courtesy.rules import DEFAULT_CAP, AiPolicy, Quiet, Upstream
from connector.courtesy.texts import opt_out
from connector.db.tables import Project
from connector.errors import NotAllowedError, NotFoundError, UserError
from connector.harvest.join_views import project_of_link
from connector.harvest.reoffering import reoffer
from connector.projects import consent, manners, queries, service, written
from connector.projects.load import report
from connector.projects.manners import Wishes
from connector.web.formats import zone
from connector.web.i18n import gettext as _
from connector.web.services import services
from sources import registry

blueprint = Blueprint("policy", __name__)

PER_PAGE = 100
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks at the page, and by which address. ``agreement``: whose word a change is, empty where it is asked for."""

    home: str
    stop: str
    may_change: bool
    may_stop: bool = True
    agreement: str = ""
    person_id: int | None = None


@blueprint.get("/maintainers/projects/<int:project_id>/policy")
@requires(Action.READ_AUDIT)
def show(project_id: int) -> str:
    """The policy, its texts, and everything that was ever written."""
    with services().db.readers() as session:
        return _page(session, queries.get(session, project_id, principal()), _signed_in(project_id))


@blueprint.post("/maintainers/projects/<int:project_id>/policy")
@requires(Action.CHANGE_PROJECT)
def save(project_id: int) -> ResponseReturnValue:
    """Change the policy."""
    return _saved(lambda session: (queries.get(session, project_id, principal()), _signed_in(project_id)))


@blueprint.post("/maintainers/projects/<int:project_id>/let-go")
@requires(Action.RUN_PROJECT)
def let_go(project_id: int) -> ResponseReturnValue:
    """Write again, after too much was written and somebody has looked."""
    with services().db.sessions.begin() as session:
        project = queries.get(session, project_id, principal())
        manners.let_go(session, project, now=services().clock(), by=principal().person_id)
    flash(_("Saved."))
    return redirect(_signed_in(project_id).home)


@blueprint.get("/coordinator/load")
@requires(Action.RUN_PROJECT)
def load() -> str:
    """What the maintainers of each project have to read of us."""
    with services().db.readers() as session:
        projects = queries.listing(session, principal())
        rows = report(session, projects, services().clock(), zone())
        return render_template("projects/load.html", rows=rows)


@blueprint.get("/join/<token>/policy")
@requires(Action.USE_PUBLIC_PAGES)
def show_by_link(token: str) -> str:
    """The same page by the signed link of a project."""
    with services().db.readers() as session:
        project = project_of_link(session, token)
        return _page(session, project, _by_link(session, project, token))


@blueprint.post("/join/<token>/policy")
@requires(Action.USE_PUBLIC_PAGES)
def save_by_link(token: str) -> ResponseReturnValue:
    """Change the policy, where something proves that the project's maintainers are behind the link."""

    def find(session: Session) -> tuple[Project, Asker]:
        project = project_of_link(session, token)
        return project, _by_link(session, project, token)

    return _saved(find)


def _signed_in(project_id: int) -> Asker:
    who, home = principal(), f"/maintainers/projects/{project_id}"
    # A maintainer speaks for themselves; anybody else names who agreed and when.
    agreement = "" if who.runs_programme else who.name or who.email
    may_change = allows(who, Action.CHANGE_PROJECT)
    return Asker(
        f"{home}/policy", f"{home}/stop", may_change, may_stop=may_change, agreement=agreement, person_id=who.person_id
    )


def _by_link(session: Session, project: Project, token: str) -> Asker:
    is_proved = consent.by_rights(session, project) is not None
    home = f"/join/{token}"
    return Asker(f"{home}/policy", f"{home}/stop", is_proved, agreement=_("By the link of the project"))


# --- showing ------------------------------------------------------------------------------------------------------


def _label_names(project: Project) -> Sequence[str]:
    """The names the project's labels have; of a project that is not public only the one somebody chose here."""
    chosen = [project.claim_label] if project.claim_label else []
    return chosen if project.is_public is False else project.known_labels


def _page(session: Session, project: Project, asker: Asker, wrong: str = "") -> str:
    address, now = opt_out(services().settings.public_url), services().clock()
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    return render_template(
        "projects/policy.html",
        asker=asker,
        project=project,
        policy=policy_of(project),
        load=load_of(session, project.id, now, zone()),
        actions=[("comment", _("Comment once per claim")), ("assign", _("Assign the issue")),
                 ("label", _("Mark the issue with a label"))],
        ai_choices=_ai_choices(),
        quiet=_typed(policy_of(project).quiet),
        labels=[("", _("No label")), *((name, name) for name in _label_names(project))],
        can_suggest=registry.source(project.source).can_suggest,
        file_says=(project.own_file or {}).get("said", {}),
        comments=written.comments(project, address),
        marks=written.marks(project),
        written=queries.written(session, project.id, PER_PAGE, page=number),
        count=queries.count_written(session, project.id),
        older=f"{asker.home}?page={number + 1}#written",
        has_older=queries.count_written(session, project.id) > number * PER_PAGE,
        words=partial(written.words, address=address),
        wrong=wrong,
    )  # fmt: skip


def _ai_choices() -> list[tuple[str, str]]:
    return [
        (AiPolicy.UNKNOWN.value, _("Not said: the volunteer tells of it")),
        (AiPolicy.DISCLOSE.value, _("The volunteer tells of it")),
        (AiPolicy.FREE.value, _("As they like")),
        (AiPolicy.FORBIDDEN.value, _("Nothing made with an AI")),
    ]


def _typed(quiet: tuple[Quiet, ...]) -> str:
    return "\n".join(f"{each.first.isoformat()} {each.last.isoformat()}" for each in quiet)


# --- changing -----------------------------------------------------------------------------------------------------


def _saved(find: Callable[[Session], tuple[Project, Asker]]) -> ResponseReturnValue:
    try:
        with services().db.sessions.begin() as session:
            project, asker = find(session)
            if not asker.may_change:
                raise NotAllowedError(_("Nothing proves yet that the project’s maintainers sent this."))
            _change(session, project, asker)
    except UserError as exc:
        if isinstance(exc, NotAllowedError | NotFoundError):
            raise
        with services().db.readers() as session:
            return _page(session, *find(session), wrong=exc.message), exc.status
    flash(_("Saved."))
    return redirect(asker.home)


def _change(session: Session, project: Project, asker: Asker) -> None:
    now, form = services().clock(), request.form
    agreement = asker.agreement or form.get("agreement", "")
    allowed = {Upstream(name) for name in form.getlist("allow") if name in {each.value for each in Upstream}}
    wishes = Wishes(
        open_cap=manners.number(form.get("open_cap", "")) or DEFAULT_CAP,
        weekly_cap=manners.number(form.get("weekly_cap", ""), lowest=0),
        forge_cap=manners.number(form.get("forge_cap", "")),
        quiet=manners.quiet_weeks(form.get("quiet", "")),
        ai=_ai(form.get("ai", "")),
        language=form["language"] if form.get("language") in {"fr", "en"} else "",
        claim_label=form.get("claim_label", ""),
        kept=manners.number(form.get("kept", ""), lowest=0) or 0,
        suggests=form.get("suggests") == "1" and registry.source(project.source).can_suggest,
    )
    manners.change(session, project, wishes, now=now, by=asker.person_id, note=agreement)
    service.set_allows(session, project, allowed, agreement=agreement, now=now, by=asker.person_id)
    reoffer(session, project, now)


def _ai(name: str) -> AiPolicy:
    return AiPolicy(name) if name in {each.value for each in AiPolicy} else AiPolicy.UNKNOWN
