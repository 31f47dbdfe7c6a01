"""Settings come from the environment, are checked once, and say what is wrong."""

from __future__ import annotations

import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from connector.errors import ConfigurationError
from connector.projects.connections import token_for
from connector.settings import load_settings


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = load_settings({}, data_dir=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/wecena.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.admin_email == "admin@localhost"


def test_the_public_address_follows_the_port(tmp_path: Path) -> None:
    assert load_settings({}, data_dir=tmp_path, port=8123).public_url == "http://127.0.0.1:8123"


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = load_settings({}, data_dir=tmp_path).secret_key
    assert load_settings({}, data_dir=tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert load_settings({"WECENA_PORT": "", "WECENA_DATA_DIR": str(tmp_path)}).port == 8000


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("ghp_abc\n")
    settings = load_settings({"WECENA_GITHUB_TOKEN_FILE": str(tmp_path / "token")}, data_dir=tmp_path)
    assert settings.github_token is not None
    assert settings.github_token.get_secret_value() == "ghp_abc"


def test_secrets_do_not_show_in_the_representation(tmp_path: Path) -> None:
    settings = load_settings({"WECENA_GITHUB_TOKEN": "ghp_abc", "WECENA_SECRET_KEY": "k" * 40}, data_dir=tmp_path)
    assert "ghp_abc" not in repr(settings)
    assert "k" * 40 not in repr(settings)


def test_private_networks_are_read(tmp_path: Path) -> None:
    settings = load_settings({"WECENA_ALLOWED_NETWORKS": "10.0.0.0/8, ::1/128"}, data_dir=tmp_path)
    assert settings.networks == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"WECENA_PORT": "eighty"}, "WECENA_PORT: "),
        ({"WECENA_PUBLIC_URL": "http://wecena.example"}, "WECENA_PUBLIC_URL: plain http is allowed for loopback only"),
        ({"WECENA_PUBLIC_URL": "wecena.example"}, "WECENA_PUBLIC_URL: not a web address"),
        ({"WECENA_SECRET_KEY": "short"}, "WECENA_SECRET_KEY: shorter than 32"),
        ({"WECENA_ALLOWED_NETWORKS": "10.0.0.300"}, "WECENA_ALLOWED_NETWORKS: "),
        ({"WECENA_DEFAULT_LANGUAGE": "de"}, "WECENA_DEFAULT_LANGUAGE: "),
        ({"WECENA_FROZEN_AT": "2026-11-23T09:00:00"}, "WECENA_FROZEN_AT: needs a time zone"),
        ({"WECENA_FORGE_TOKENS": "codeberg.org"}, "WECENA_FORGE_TOKENS: "),
        ({"WECENA_FORGE_TOKENS": "=abc"}, "WECENA_FORGE_TOKENS: "),
        ({"WECENA_GITLAB_TOKEN_FILE": "/nowhere/token"}, "WECENA_GITLAB_TOKEN_FILE: /nowhere/token cannot be read"),
    ],
)
def test_a_wrong_value_is_named(environ: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_settings({"WECENA_DATA_DIR": str(tmp_path), **environ})
    assert sentence in refusal.value.message


def test_a_token_belongs_to_one_host_and_goes_to_no_other(tmp_path: Path) -> None:
    """S6."""
    (tmp_path / "tokens").write_text("Codeberg.org=one\ngit.example.org:3000=two=2\n", encoding="utf-8")
    environ = {"WECENA_FORGE_TOKENS_FILE": str(tmp_path / "tokens"), "WECENA_GITHUB_TOKEN": "three"}
    settings = load_settings(environ, data_dir=tmp_path)
    assert settings.tokens == {"codeberg.org": "one", "git.example.org:3000": "two=2", "github.com": "three"}
    assert token_for(settings, "codeberg.org") == "one"
    assert token_for(settings, "git.example.org") is None
    assert "two=2" not in repr(settings)


def test_a_wrong_secret_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_settings({"WECENA_SECRET_KEY": "my-short-key"}, data_dir=tmp_path)
    assert "my-short-key" not in refusal.value.message
