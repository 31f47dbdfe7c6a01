"""Languages: which one a page speaks, and its sentences. The only module that knows Flask-Babel.

Sentences are English in the code; French is in ``translations/fr/LC_MESSAGES/messages.po``, which is read as it is,
so that a fresh clone needs no compiling.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString

LANGUAGES = ("fr", "en")
COOKIE = "wecena_language"
TRANSLATIONS = Path(__file__).parent / "translations"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def install(app: Flask, *, default_language: str, timezone: str) -> None:
    """Make templates and views speak the visitor's language."""
    app.config["WECENA_DEFAULT_LANGUAGE"] = default_language
    Babel(
        app,
        configure_jinja=False,
        default_locale=default_language,
        default_timezone=timezone,
        locale_selector=current_language,
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # brought by the extension above
        gettext,
        _plural,
        newstyle=True,  # templates fill the places themselves, escaping the values
    )


def current_language() -> str:
    """The language to speak now: the one of `speaking`, else the visitor's, else English."""
    forced = _spoken.get()
    if forced is not None:
        return forced
    if not has_request_context():
        return "en"
    if "language" not in g:
        g.language = select_language()
    return cast("str", g.language)


def select_language() -> str:
    """The visitor's language: asked for in the address, chosen in this browser, the person's setting, the browser's.

    The cookie goes before the setting: it is what somebody chose last where they sit, by the link in the header.
    """
    wishes = (request.args.get("lang"), request.cookies.get(COOKIE), g.get("preferred_language"))
    for wish in wishes:
        if wish in LANGUAGES:
            return cast("str", wish)
    default = cast("str", current_app.config["WECENA_DEFAULT_LANGUAGE"])
    return request.accept_languages.best_match(LANGUAGES, default) or default


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak this language inside the block, request or not; for mails and reports. None or unknown: French."""
    token = _spoken.set(language if language in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(sentence: str, /, **values: object) -> str:
    """The sentence in the current language, its ``%(name)s`` places filled."""
    found = catalogue(current_language()).ugettext(sentence)
    return found % values if values else found


def ngettext(one: str, many: str, /, num: int, **values: object) -> str:
    """The sentence for ``num`` things; ``%(num)s`` is available as a place."""
    return _plural(one, many, num) % {"num": num, **values}


def _plural(one: str, many: str, num: int) -> str:
    return catalogue(current_language()).ungettext(one, many, num)


def lazy_gettext(sentence: str, /, **values: object) -> str:
    """A sentence that is looked up when it is shown; for tables built at import."""
    return cast("str", LazyString(gettext, sentence, **values))


_ = gettext


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language; English needs none."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def locale() -> Locale:
    """How the current language writes dates and numbers; English is British."""
    return _locale(current_language())


@cache
def _locale(language: str) -> Locale:
    return Locale.parse({"fr": "fr_FR", "en": "en_GB"}[language])


def other_language() -> str:
    """The language offered in the header."""
    return "en" if current_language() == "fr" else "fr"
