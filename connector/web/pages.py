"""What every page shares: language, look, protection, error pages and the context of the templates."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, g, request, url_for

from connector.web import errors, formats, i18n, inputs, markdown, navigation, security
from connector.web.services import services

THEMES = ("light", "dark")
THEME_COOKIE = "wecena_theme"
STATIC = Path(__file__).parent / "static"
ONE_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Prepare an application whose `Services` are in place to show pages."""
    settings = app.extensions["wecena"].settings
    security.install(app, settings)
    i18n.install(app, default_language=settings.default_language, timezone=settings.timezone)
    errors.install(app)
    inputs.install(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.filters["markdown"] = markdown.render
    app.jinja_env.filters["markdown_line"] = markdown.render_line
    app.jinja_env.globals["hours_range"] = formats.hours
    app.jinja_env.globals["shares_range"] = formats.shares
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
    app.after_request(_remember_language)


def _context() -> dict[str, object]:
    return {
        "asset": asset,
        "language": i18n.current_language(),
        "other_language": i18n.other_language(),
        "programme": services().settings.programme_name,
        "same_page": same_page,
        "stops": navigation.stops,
        "theme": _theme(),
    }


def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return url_for("static", filename=name, v=_digest(name))


def same_page(**changes: object) -> str:
    """This page with some of its query replaced; None takes a parameter away."""
    query = {name: request.args.getlist(name) for name in request.args if name not in changes}
    query.update({name: [str(value)] for name, value in changes.items() if value is not None})
    pairs = [(name, value) for name, values in query.items() for value in values]
    return request.path + (f"?{urlencode(pairs)}" if pairs else "")


def remember(response: Response, name: str, value: str) -> None:
    """Keep a choice of the visitor in a cookie for a year."""
    secure = services().settings.is_https
    response.set_cookie(name, value, max_age=ONE_YEAR, secure=secure, httponly=True, samesite="Lax", path="/")


def _remember_language(response: Response) -> Response:
    wish = request.args.get("lang")
    if wish in i18n.LANGUAGES and wish != request.cookies.get(i18n.COOKIE):
        remember(response, i18n.COOKIE, wish)
    return response


def _theme() -> str:
    wish = g.get("preferred_theme") or request.cookies.get(THEME_COOKIE, "")
    return wish if wish in THEMES else ""


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
