"""Who asks, and whether they may: checked before every route, refused where a route declares no action.

Pages know people by a session cookie, ``/api`` by a Bearer token and nothing else, so that no stranger's form can
use a cookie there. The cookie holds a random token, the database its hash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Request, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from connector.accounts import service
from connector.accounts.rules import VISITOR, Action, Principal, allows
from connector.db.tables import Person
from connector.errors import NotAllowedError, SignInRequiredError
from connector.web.i18n import gettext as _
from connector.web.services import services

P = ParamSpec("P")
R = TypeVar("R")

API = "/api/"
DECLARED = "wecena_action"
WITHOUT_ACTION = frozenset({"static", "openapi.spec", "openapi.docs", "openapi.static"})
"""Endpoints of the libraries that show nothing but files and the description of the API."""


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login brings no types
    """The person behind a request, as Flask-Login wants it."""

    def __init__(self, principal: Principal, token: str) -> None:
        self.principal = principal
        self.token = token

    def get_id(self) -> str:
        """What the cookie holds: the session's token, never the person's id."""
        return self.token


def install(app: Flask) -> None:
    """Look after every request of this application."""
    manager = LoginManager()
    manager.session_protection = None  # our rows decide, not the address or the browser's name
    manager.user_loader(_from_cookie)
    manager.request_loader(_from_header)
    manager.init_app(app)
    app.before_request(_guard)
    app.context_processor(_context)


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a route does; `install` refuses those who may not."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, DECLARED, action)
        return view

    return declare


def action_of(app: Flask, endpoint: str) -> Action | None:
    """The action that a route declared; None where it declared none."""
    return cast("Action | None", getattr(app.view_functions.get(endpoint), DECLARED, None))


def principal() -> Principal:
    """Who asks; `VISITOR` for everybody who is not signed in."""
    return cast("Principal", getattr(current_user, "principal", VISITOR))


def signed_in_id() -> int:
    """The id of the person who asks; raises `SignInRequiredError` where nobody is signed in."""
    person_id = principal().person_id
    if person_id is None:
        raise SignInRequiredError
    return person_id


def sign_in(person: Person, token: str) -> None:
    """Give this browser a new session; whatever its cookie held before is forgotten."""
    chosen = {key: session[key] for key in ("language", "theme") if key in session}
    session.clear()
    session.update(chosen)
    session.permanent = True
    login_user(SignedIn(Principal(person_id=person.id), token))


def sign_out() -> None:
    """End this browser's session on the server, and forget its cookie."""
    token = getattr(current_user, "token", None)
    if token is not None:
        with services().db.sessions.begin() as db:
            service.end_session(db, token, services().clock())
    logout_user()
    session.clear()


def safe_next(address: str | None) -> str:
    """Where to go after signing in: a path of our own, or the start page."""
    if not address or not address.startswith("/") or address[1:2] in {"/", "\\"}:
        return "/"
    if any(ord(sign) < 32 or sign == "\\" for sign in address):
        return "/"
    parts = urlsplit(address)
    return "/" if parts.scheme or parts.netloc else address


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint in WITHOUT_ACTION:
        return None  # nothing there, or a file of ours
    action = action_of(current_app, request.endpoint)
    g.is_signed_in = principal().is_signed_in
    if action is not None and allows(principal(), action):
        return None
    if action is None or principal().is_signed_in:
        raise NotAllowedError(_("Your role does not allow this."))
    if request.path.startswith(API):
        raise SignInRequiredError(_("Send the token of a person who may do this."))
    return redirect(f"{url_for('accounts.ask')}?{urlencode({'next': _where_one_was()})}")


def _where_one_was() -> str:
    """The page asked for; for a form, the page of ours it stood on: its own address cannot be opened."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = (request.referrer or "").partition("?")[0]
    return safe_next("/" + page.removeprefix(request.host_url) if page.startswith(request.host_url) else "/")


def _context() -> dict[str, object]:
    """For templates: who asks, and whether they may do something, by the action's name."""
    return {"principal": principal(), "may": lambda name: allows(principal(), Action(name))}


def _from_cookie(token: str) -> SignedIn | None:
    if request.path.startswith(API) or g.get("database_is_away"):
        return None
    now, db = services().clock(), services().db
    with db.readers() as reading:
        found = service.principal_of_session(reading, token, now)
        due = found is not None and service.is_due_for_touch(reading, token, now)
        person = reading.get(Person, found.person_id) if found is not None else None
    if found is None or person is None:
        return None
    g.preferred_language, g.preferred_theme = person.language, person.theme
    if due:
        _note(service.touch_session, token)
    return SignedIn(found, token)


def _note(use: Callable[[Session, str, datetime], None], token: str) -> None:
    try:
        with services().db.sessions.begin() as db:
            use(db, token, services().clock())
    except OperationalError:
        current_app.logger.warning("A full or locked database: the time of use was not noted.")


def _from_header(incoming: Request) -> SignedIn | None:
    if not incoming.path.startswith(API):
        return None
    header = incoming.headers.get("Authorization")
    if header is None:
        return None
    kind, _space, token = header.partition(" ")
    token, now = token.strip(), services().clock()
    with services().db.readers() as reading:
        found = service.principal_of_token(reading, token, now)
        due = found is not None and service.is_due_for_note(reading, token, now)
    if kind.lower() != "bearer" or found is None:
        raise SignInRequiredError(_("This token is not known."))
    if due:
        _note(service.note_use, token)
    return SignedIn(found, token)
