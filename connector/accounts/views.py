"""Pages to sign in and out, to choose language and look, and to invite people."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connector.accounts import guards, mails, queries, service
from connector.accounts.guards import principal, requires, safe_next
from connector.accounts.rules import Action, LinkKind, Role, may_invite
from connector.accounts.service import Invitation
from connector.db.tables import Person
from connector.errors import UserError
from connector.web import i18n, pages
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l
from connector.web.inputs import row_id
from connector.web.services import services

blueprint = Blueprint("accounts", __name__)

ROLE_NAMES = {
    Role.VOLUNTEER: _l("Volunteer"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.MAINTAINER: _l("Maintainer"),
    Role.COMPANY_CONTACT: _l("Company contact"),
    Role.NONPROFIT_CONTACT: _l("Nonprofit contact"),
    Role.ADMIN: _l("Admin"),
}
LANDING = {Role.COORDINATOR: "/coordinator/waiting"}


@blueprint.get("/sign-in")
@requires(Action.USE_PUBLIC_PAGES)
def ask() -> ResponseReturnValue:
    """The form that asks for a link."""
    wanted = safe_next(request.args.get("next"))
    if principal().is_signed_in:
        return redirect(wanted)
    return render_template("accounts/ask.html", next=wanted, sent="sent" in request.args)


@blueprint.post("/sign-in")
@requires(Action.USE_PUBLIC_PAGES)
def send() -> ResponseReturnValue:
    """Mail a link to a known address; the answer says nothing about which ones are known."""
    wanted = safe_next(request.form.get("next"))
    now, settings = services().clock(), services().settings
    with services().db.sessions.begin() as session:
        person = service.person_by_email(session, request.form.get("email", ""))
        service.note_wish(session, person, now)
        if person is not None and person.disabled_at is None:
            token = service.make_link(session, person, LinkKind.SIGN_IN, now=now)
            url = f"{service.link_url(settings.public_url, token)}?{urlencode({'next': wanted})}"
            mails.send_link(session, person, url, kind=LinkKind.SIGN_IN, now=now)
    return redirect(url_for("accounts.ask", sent=1, next=wanted))


@blueprint.get("/sign-in/<token>")
@requires(Action.USE_PUBLIC_PAGES)
def open_link(token: str) -> ResponseReturnValue:
    """A button, since mail scanners follow links: opening the address alone uses nothing up."""
    with services().db.readers() as session:
        works = service.link_works(session, token, services().clock())
    page = render_template("accounts/link.html", works=works, next=safe_next(request.args.get("next")))
    return page, 200 if works else 404


@blueprint.post("/sign-in/<token>")
@requires(Action.USE_PUBLIC_PAGES)
def use_link(token: str) -> ResponseReturnValue:
    """Sign in, once."""
    now = services().clock()
    with services().db.sessions.begin() as session:
        person = service.use_link(session, token, now)
        browser = service.start_session(session, person, now) if person is not None else ""
    if person is None:
        return render_template("accounts/link.html", works=False, next="/"), 404
    guards.sign_in(person, browser)
    wanted = safe_next(request.form.get("next"))
    return redirect(wanted if wanted != "/" else LANDING.get(Role(person.role), "/"))


@blueprint.post("/sign-out")
@requires(Action.USE_PUBLIC_PAGES)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    guards.sign_out()
    return redirect("/")


@blueprint.post("/choices")
@requires(Action.USE_PUBLIC_PAGES)
def choose() -> ResponseReturnValue:
    """Keep the language and the look: with the person where we know them, and in a cookie."""
    language, theme = request.form.get("language"), request.form.get("theme")
    language = language if language in i18n.LANGUAGES else None
    theme = theme if theme in {*pages.THEMES, "system"} else None
    if principal().is_signed_in:
        with services().db.sessions.begin() as session:
            person = session.get_one(Person, principal().person_id)
            person.language, person.theme = language or person.language, theme or person.theme
    response = make_response(redirect(safe_next(request.form.get("next"))))
    for name, value in ((i18n.COOKIE, language), (pages.THEME_COOKIE, theme)):
        if value is not None:
            pages.remember(response, name, value)
    return response


@blueprint.get("/coordinator/people")
@requires(Action.INVITE_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody, and the form that invites."""
    return _people({}, "")


@blueprint.post("/coordinator/people")
@requires(Action.INVITE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Mail somebody an invitation."""
    now, settings = services().clock(), services().settings
    try:
        with services().db.sessions.begin() as session:
            invited = service.invite(
                session, _invitation(), now=now, by=principal().person_id, inviter=principal().role
            )
            url = service.link_url(settings.public_url, invited.token)
            mails.send_link(session, invited.person, url, kind=LinkKind.INVITATION, now=now)
    except UserError as exc:
        return _people(request.form.to_dict(), exc.message), exc.status
    flash(_("The invitation for %(email)s is on its way. Its link works for 14 days.", email=invited.person.email))
    return redirect(url_for("accounts.people"))


def _people(typed: dict[str, str], problem: str) -> str:
    inviter = principal().role
    with services().db.readers() as session:
        return render_template(
            "accounts/people.html",
            people=queries.people(session),
            role_names=ROLE_NAMES,
            roles=[(role.value, name) for role, name in ROLE_NAMES.items() if may_invite(inviter, role)],
            companies=queries.company_names(session),
            nonprofits=queries.nonprofit_names(session),
            projects=queries.project_choices(session),
            typed=typed,
            problem=problem,
        )


def _invitation() -> Invitation:
    form = request.form
    try:
        role = Role(form.get("role", ""))
    except ValueError:
        raise UserError(_("Choose a role.")) from None
    project = form.get("project", type=row_id)
    return Invitation(
        email=form.get("email", ""),
        role=role,
        name=form.get("name", ""),
        company=form.get("company", ""),
        nonprofit=form.get("nonprofit", ""),
        project_ids=(project,) if role is Role.MAINTAINER and project else (),
    )
