"""What protects every page: cookies, CSRF and origin checks, and the headers of each answer."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from connector.courtesy import links
from connector.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'"
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ONE_YEAR = 365 * 24 * 3600
API_PREFIX = "/api/"
OPEN_PREFIXES = (API_PREFIX, links.PREFIX)
"""Forms there carry their own proof: the API knows people by their token only, and a stop link is signed."""


def install(app: Flask, settings: Settings) -> None:
    """Configure cookies, refuse foreign forms, and send the headers with every answer."""
    app.config.update(
        SECRET_KEY=hashlib.sha256(b"wecena cookies\0" + settings.secret_key.get_secret_value().encode()).hexdigest(),
        SESSION_COOKIE_NAME="__Host-wecena" if settings.is_https else "wecena",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a handover may be written over a whole day
        WTF_CSRF_SSL_STRICT=False,  # the Origin check below covers http and https alike
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=200,
    )
    protect = CSRFProtect(app)
    own_origins = {settings.public_url}

    @app.before_request
    def refuse_foreign_forms() -> None:
        g.request_id = secrets.token_hex(4)
        if request.method in SAFE_METHODS or request.path.startswith(OPEN_PREFIXES):
            return
        if not _is_own(request.headers.get("Origin"), own_origins):
            abort(403)
        protect.protect()

    @app.after_request
    def add_headers(response: Response) -> Response:
        return _with_headers(response, is_https=settings.is_https)


def _is_own(origin: str | None, own_origins: set[str]) -> bool:
    if origin is None:
        return True  # not sent by old browsers and by programs; the form's token still has to be right
    return origin in own_origins or origin in {f"http://{request.host}", f"https://{request.host}"}


def _with_headers(response: Response, *, is_https: bool) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
    if is_https:
        headers.setdefault("Strict-Transport-Security", f"max-age={2 * ONE_YEAR}; includeSubDomains")
    if request.endpoint != "static":
        response.vary.update(["Cookie", "Accept-Language"])
        headers.setdefault("Cache-Control", "no-store" if _is_personal() else "no-cache")
    return response


def _is_personal() -> bool:
    return bool(g.get("is_signed_in")) or "Authorization" in request.headers
