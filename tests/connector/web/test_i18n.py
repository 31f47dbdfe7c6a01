"""Which language a page speaks, and that French works without compiling anything."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from flask import g
from flask.testing import FlaskClient

from connector.web import i18n


@pytest.mark.parametrize(
    ("asked", "setting", "cookie", "accepted", "spoken"),
    [
        ("en", "fr", "fr", "fr", "en"),
        ("", "en", "fr", "en", "fr"),
        ("", "en", "", "fr", "en"),
        ("", None, "en", "fr", "en"),
        ("", None, "", "en-GB,en;q=0.9", "en"),
        ("", None, "", "de", "fr"),
        ("xx", None, "yy", "", "fr"),
    ],
)
def test_the_nearest_wish_wins(
    app: APIFlask, asked: str, setting: str | None, cookie: str, accepted: str, spoken: str
) -> None:
    headers = {"Accept-Language": accepted, "Cookie": f"{i18n.COOKIE}={cookie}"}
    with app.test_request_context(f"/?lang={asked}", headers=headers):
        g.preferred_language = setting
        assert i18n.current_language() == spoken


def test_a_language_asked_for_in_the_address_is_remembered(browser: FlaskClient) -> None:
    assert "How sizes are estimated" in browser.get("/sizing?lang=en").text
    assert "How sizes are estimated" in browser.get("/sizing").text


def test_french_needs_no_compiled_file_and_no_request() -> None:
    assert not list(i18n.TRANSLATIONS.rglob("*.mo"))
    with i18n.speaking("fr"):
        assert i18n.gettext("Tasks") == "Tâches"
        assert i18n.ngettext("One task fits your day", "%(num)s tasks fit your day", 3).startswith("3 tâches")
    assert i18n.gettext("Tasks") == "Tasks"
    with i18n.speaking("xx"):
        assert i18n.current_language() == "fr"


def test_values_in_a_sentence_of_a_template_are_escaped(app: APIFlask) -> None:
    template = app.jinja_env.from_string('{{ _("project %(name)s", name=name) }}')
    with app.test_request_context("/?lang=en"):
        assert template.render(name="<b>") == "project &lt;b&gt;"
