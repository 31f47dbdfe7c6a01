"""What stands in the way of adding a project, said in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.vault import Vault
from connector.errors import NotAllowedError, UserError
from connector.projects import adding, queries, service
from sources.base import Client
from sources.errors import BadCredentials, Forbidden, NotFound, RateLimited, SourceError, Unavailable
from sources.model import Label, ProjectFacts

FACTS = ProjectFacts("42", "Agenda/Solidaire", "https://github.com/Agenda/Solidaire", "x.git", is_public=True)


@dataclass
class Forge:
    """As much of a client as adding a project asks."""

    error: SourceError | None = None

    def facts(self) -> ProjectFacts:
        """What the forge says, or its refusal."""
        if self.error is not None:
            raise self.error
        return FACTS

    def labels(self) -> Sequence[Label]:
        """Two labels."""
        return (Label("easy"), Label("bug"))


def asked(forge: Forge, *labels: str) -> adding.Asked:
    """The answer about a project with these agreed labels."""
    new = adding.recognised("https://github.com/agenda/solidaire")
    client: Client = forge  # type: ignore[assignment]  # the two calls that are made
    return adding.ask(lambda _project: client, type(new)(new.address, new.api_url, labels=labels))


@pytest.mark.parametrize(
    ("url", "source", "path"),
    [
        ("https://github.com/a/b", None, "a/b"),
        (" https://github.com/a/b/issues/3 ", None, "a/b"),
        ("https://gitlab.com/group/sub/name", None, "group/sub/name"),
        ("https://forge.example/group/name", "gitlab", "group/name"),
        ("https://codeberg.org/a/b/issues/3", None, "a/b"),
        ("https://forge.example/a/b", "forgejo", "a/b"),
    ],
)
def test_an_address_is_recognised(url: str, source: str | None, path: str) -> None:
    assert adding.recognised(url, source).address.path == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hello",
        "https://github.com",
        "https://github.com/only",
        "ftp://github.com/a/b",
        "https://[bad",
    ],
)
def test_what_is_no_project_address_is_said_so(url: str) -> None:
    with pytest.raises(UserError, match="not the address of a project"):
        adding.recognised(url)


def test_a_host_that_does_not_tell_its_kind_is_asked_about() -> None:
    with pytest.raises(UserError, match="which kind of forge"):
        adding.recognised("https://forge.example/a/b")


def test_an_unknown_kind_of_forge_is_said_so() -> None:
    with pytest.raises(UserError, match="Known: github"):
        adding.recognised("https://forge.example/a/b", "sourceforge")


def test_what_the_forge_says_is_taken_over() -> None:
    new = asked(Forge(), "Easy").new
    assert (new.facts, new.known_labels) == (FACTS, ("easy", "bug"))


def test_a_label_that_does_not_exist_lists_those_that_do() -> None:
    with pytest.raises(UserError, match=r"no label fun in this project. It has: bug, easy\."):
        asked(Forge(), "fun")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotFound(), "shows no such project"),
        (BadCredentials(), "refuses our token"),
        (Forbidden("needs Issues: read"), "may not read this project: needs Issues: read"),
        (RateLimited(datetime(2026, 11, 23, 10, 30, tzinfo=UTC)), "wait until 10:30"),
        (Unavailable(), "Try again later"),
    ],
)
def test_each_refusal_of_the_forge_is_one_sentence(error: SourceError, words: str) -> None:
    with pytest.raises(UserError, match=words):
        asked(Forge(error))


def test_a_forge_that_nobody_can_tell_is_asked_for_by_all_its_possible_names() -> None:
    with pytest.raises(UserError, match="GitHub, GitLab, Forgejo / Gitea"):
        adding.recognised("https://forge.example/a/b")


def test_a_forge_that_is_followed_already_need_not_be_named_again(sqlite_db: Database, now: datetime) -> None:
    with sqlite_db.sessions.begin() as session:
        first = adding.recognised("https://forge.example/a/b", "forgejo")
        service.add(session, first, vault=Vault("x" * 40), now=now)
        second = adding.recognised("https://forge.example/c/d", hosts=queries.known_hosts(session))
        assert (second.address.source, second.api_url) == ("forgejo", "https://forge.example/api/v1")
        assert queries.find(session, "https://forge.example/a/b/issues/3").path == "a/b"


def test_only_an_admin_brings_in_a_new_forge(sqlite_db: Database, now: datetime) -> None:
    new = adding.recognised("https://forge.example/a/b", "gitlab")
    with sqlite_db.sessions.begin() as session:
        adding.check_host(session, adding.recognised("https://github.com/a/b"), Role.COORDINATOR)
        adding.check_host(session, new, Role.ADMIN)
        with pytest.raises(NotAllowedError, match=r"forge\.example"):
            adding.check_host(session, new, Role.COORDINATOR)
        service.add(session, new, vault=Vault("x" * 40), now=now)
        adding.check_host(session, adding.recognised("https://forge.example/c/d", "gitlab"), Role.COORDINATOR)
