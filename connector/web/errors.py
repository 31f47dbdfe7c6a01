"""Error pages: one plain sentence, what to do next, and a reference; JSON under ``/api/``."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadHost, HTTPException, TooManyRequests

from connector.errors import UserError
from connector.web.i18n import gettext as _
from connector.web.i18n import lazy_gettext as _l
from connector.web.security import API_PREFIX

TITLES = {
    400: _l("This request cannot be read"),
    401: _l("Sign in first"),
    403: _l("This is not open to you"),
    404: _l("There is nothing here"),
    405: _l("This address takes no such request"),
    409: _l("Something changed meanwhile"),
    413: _l("This is too long"),
    429: _l("Too many requests in a short time"),
    500: _l("Something broke on our side"),
    503: _l("The service cannot answer right now"),
}
ADVICE = {
    400: _l("Go back, reload the page and send it again."),
    401: _l("Open your sign-in link, or ask for a new one."),
    403: _l("Your role does not allow it. Ask a coordinator if you think it should."),
    404: _l("The page may have moved, or what it showed is no longer public."),
    405: _l("Go back and use the buttons of the page."),
    409: _l("Reload the page to see the present state."),
    413: _l("Shorten the text and send it again."),
    429: _l("Wait a few minutes, then try again."),
    500: _l("It was noted. Try again in a moment; if it stays, tell the coordinator this reference."),
    503: _l("Try again in a moment."),
}
NAMES = {
    400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    409: "conflict", 413: "too_large", 415: "unsupported", 422: "bad_request", 429: "too_many_requests",
    503: "unavailable",
}  # fmt: skip


def install(app: Flask) -> None:
    """Answer every error with a page of ours, or with JSON under ``/api/``."""
    app.register_error_handler(UserError, _on_user_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(OperationalError, _on_database_away)


def _on_user_error(error: UserError) -> ResponseReturnValue:
    return answer(error.status, _(error.message))


def _on_database_away(error: OperationalError) -> ResponseReturnValue:
    g.database_is_away = True  # the page that says so must not ask it who is signed in
    current_app.logger.error("The database does not answer: %s", type(error.orig).__name__)
    return answer(503, headers={"Retry-After": "5"})


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    status = 500 if error.code not in TITLES and error.code > 500 else error.code
    detail = _("This form was open for too long, or cookies are switched off.") if isinstance(error, CSRFError) else ""
    headers = {"Retry-After": _retry_after(error)} if status == 429 else {}
    if status == 405 and isinstance(getattr(error, "valid_methods", None), list | set | tuple):
        headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]  # checked just above
    return answer(status, detail, headers)


def answer(status: int, detail: str = "", headers: dict[str, str] | None = None) -> ResponseReturnValue:
    """The page or the JSON of an error; ``detail`` is a translated sentence fit for the person."""
    title = str(TITLES.get(status, TITLES[400 if status < 500 else 500]))
    advice = str(ADVICE.get(status, ADVICE[400 if status < 500 else 500]))
    if request.path.startswith(API_PREFIX):
        return {"error": NAMES.get(status, "error"), "detail": detail or title}, status, headers or {}
    if isinstance(request.routing_exception, BadHost):  # no page of ours: there is no address that it could link to
        return f"<!doctype html><title>wecena</title><h1>{escape(title)}</h1>", status, headers or {}
    reference = g.get("request_id", "") if status >= 500 else ""
    page = render_template(
        "errors/error.html", status=status, title=title, detail=detail, advice=advice, reference=reference
    )
    return page, status, headers or {}


def _retry_after(error: HTTPException) -> str:
    if isinstance(error, TooManyRequests) and isinstance(error.retry_after, int):
        return str(error.retry_after)
    return str(current_app.config.get("WECENA_RETRY_AFTER", 60))
