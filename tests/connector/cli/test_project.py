"""``wecena project``, ``person`` and ``token``."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, tzinfo
from typing import Self

import pytest

from connector.cli import doctor
from connector.db.engine import open_database
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.state import Forge
from connector.outbox import credentials
from connector.outbox.credentials import Access
from connector.projects.connections import fingerprint_for
from connector.settings import load_settings
from sources.errors import BadCredentials
from tests.connector.cli.conftest import Wecena
from tests.rows import project_row

GITHUB = "https://github.com/Herbiers/flora"


def test_adding_offline_prints_what_to_type_into_the_forge(wecena: Wecena) -> None:
    found = wecena("project", "add", GITHUB, "--offline", "--label", "easy", "--json")
    assert found.exit_code == 0
    answer = json.loads(found.stdout)
    assert list(answer) == ["project", "webhook_url", "webhook_secret"]
    assert isinstance(answer["project"], int)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/webhooks/github/[\w-]+", answer["webhook_url"])
    assert len(answer["webhook_secret"]) >= 32


def test_a_gitlab_project_has_a_signing_token_too(wecena: Wecena) -> None:
    found = wecena("project", "add", "https://gitlab.com/a/b/c", "--offline", "--json")
    assert list(json.loads(found.stdout)) == ["project", "webhook_url", "webhook_secret", "signing_token"]


def test_a_project_is_found_by_id_path_and_address(wecena: Wecena) -> None:
    wecena("project", "add", GITHUB, "--offline", "--label", "easy")
    for text, verb, state in (
        ("1", "pause", "paused"),
        ("herbiers/flora", "resume", "trial"),
        (GITHUB, "remove", "removed"),
    ):
        found = wecena("project", verb, text)
        assert found.exit_code == 0
        assert found.stdout.strip().endswith(state)
    assert wecena("project", "pause", "1").exit_code == 1


def test_a_new_secret_is_for_the_same_address(wecena: Wecena) -> None:
    old = json.loads(wecena("project", "add", GITHUB, "--offline", "--json").stdout)
    new = json.loads(wecena("project", "secret", "herbiers/flora", "--json").stdout)
    assert (new["project"], new["webhook_url"]) == (old["project"], old["webhook_url"])
    assert new["webhook_secret"] != old["webhook_secret"]
    assert re.search(r"^  webhook_secret  [0-9a-f]{64}$", wecena("project", "secret", GITHUB).stdout, re.MULTILINE)


def test_projects_are_listed_with_their_labels(wecena: Wecena) -> None:
    wecena("project", "add", GITHUB, "--offline", "--label", "easy", "--label", "docs", "--nonprofit", "Les Herbiers")
    (row,) = json.loads(wecena("project", "list", "--json").stdout)
    assert row["labels"] == ["easy", "docs"]
    assert row["is_agreed"] is True
    assert row["nonprofit"] == "Les Herbiers"
    assert "Herbiers/flora  (easy, docs)" in wecena("project", "list").stdout


def test_a_refused_token_is_seen_by_the_doctor_until_the_forge_takes_it_again(
    wecena: Wecena, sqlite_url: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = Forge()
    project = forge.add_project("Herbiers/flora")
    monkeypatch.setenv("WECENA_GITHUB_TOKEN", "t0ken")
    monkeypatch.setenv("WECENA_ALLOWED_NETWORKS", "127.0.0.0/8")
    access = Access("github", "github.com", fingerprint_for(load_settings(), "github", "github.com"))
    db = open_database(sqlite_url)
    with GitHubServer(forge) as server:
        with db.sessions.begin() as session:
            project_row(session, now, path="Herbiers/flora", api_url=server.api_url, external_id=str(project.id))
        credentials.note(db, access, BadCredentials(), now)
        assert wecena("project", "reconnect", "1").exit_code == 1
        assert "our token is refused since 2026-11-23" in wecena("doctor").stdout
        forge.add_token("t0ken", "wecena-bot")
        assert "github.com takes our token" in wecena("project", "reconnect", "1").stdout
        assert "token is refused" not in wecena("doctor").stdout
    db.engine.dispose()


@pytest.mark.parametrize(("seconds", "is_apart"), [(0, False), (30, False), (-30, False), (90, True), (-90, True)])
def test_the_doctor_compares_our_clock_with_the_forges(
    wecena: Wecena, sqlite_url: str, now: datetime, monkeypatch: pytest.MonkeyPatch, seconds: int, *, is_apart: bool
) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(seconds=seconds)

    monkeypatch.setenv("WECENA_ALLOWED_NETWORKS", "127.0.0.0/8")
    db = open_database(sqlite_url)
    with GitHubServer(Forge()) as server:
        with db.sessions.begin() as session:
            project_row(session, now, api_url=server.api_url)
        monkeypatch.setattr(doctor, "datetime", Wrong)
        said = wecena("doctor").stdout
    assert ("more than a minute apart from 127.0.0.1" in said) is is_apart
    db.engine.dispose()


@pytest.mark.parametrize("header", ["", "yesterday", "Mon, 99 Nov 2026 09:00:00 GMT", "x" * 10_000])
def test_a_header_without_a_time_says_nothing(header: str) -> None:
    assert doctor.time_of(header) is None


@pytest.mark.parametrize(
    "address", ["https://example.org/", "not an address", "https://github.com/only-owner", "ftp://github.com/a/b"]
)
def test_an_address_that_is_no_project_gets_one_sentence(wecena: Wecena, address: str) -> None:
    found = wecena("project", "add", address, "--offline")
    assert found.exit_code == 1
    assert found.stderr.count("\n") == 1
    assert "Traceback" not in found.output


def test_a_project_is_not_followed_twice(wecena: Wecena) -> None:
    wecena("project", "add", GITHUB, "--offline")
    found = wecena("project", "add", GITHUB.upper().replace("HTTPS://GITHUB.COM", "https://github.com"), "--offline")
    assert found.exit_code == 1
    assert "already followed" in found.stderr


def test_inviting_somebody_prints_their_link(wecena: Wecena) -> None:
    found = wecena("person", "invite", "Lea@Example.org", "--role", "volunteer", "--company", "Lanterne", "--json")
    answer = json.loads(found.stdout)
    assert list(answer) == ["person", "email", "role", "link"]
    assert (answer["email"], answer["role"]) == ("lea@example.org", "volunteer")
    assert answer["link"].startswith("http://127.0.0.1:8000/sign-in/")


def test_a_token_works_before_the_first_sign_in(wecena: Wecena) -> None:
    wecena("person", "invite", "lea@example.org", "--role", "coordinator")
    found = wecena("token", "create", "--person", "lea@example.org", "--json")
    assert list(json.loads(found.stdout)) == ["token"]
    assert wecena("person", "link", "lea@example.org").stdout.startswith("http://127.0.0.1:8000/sign-in/")


def test_tokens_are_listed_without_what_opens_the_door_and_revoked_by_number(wecena: Wecena) -> None:
    assert wecena("token", "list").stdout == "There is no token.\n"
    for email in ("lea@example.org", "sam@example.org"):
        wecena("person", "invite", email, "--role", "coordinator")
    made = wecena("token", "create", "--person", "lea@example.org").stdout.strip()
    wecena("token", "create", "--person", "sam@example.org")
    assert wecena("token", "revoke", "1").stdout == "Token 1 is revoked.\n"
    assert wecena("token", "revoke", "7").exit_code == 1
    listed = wecena("token", "list", "--person", "lea@example.org", "--json").stdout
    assert made not in listed
    (row,) = json.loads(listed)
    assert list(row) == ["token", "person", "created_at", "last_used_at", "revoked_at"]
    assert (row["token"], row["person"], row["last_used_at"]) == (1, "lea@example.org", None)
    assert row["revoked_at"]
    first, second = wecena("token", "list").stdout.splitlines()
    assert ("revoked" in first, "last used never" in second) == (True, True)


def test_nobody_unknown_gets_a_link_or_a_token(wecena: Wecena) -> None:
    for arguments in (
        ("person", "link", "who@example.org"),
        ("token", "create", "--person", "who@example.org"),
        ("token", "list", "--person", "who@example.org"),
    ):
        found = wecena(*arguments)
        assert found.exit_code == 1
        assert "wecena person invite" in found.stderr
