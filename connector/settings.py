"""The settings: read once from ``WECENA_*`` variables, checked, then handed around frozen.

Nobody else reads the environment. ``docs/settings.md`` lists every field.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from connector.errors import ConfigurationError

PREFIX = "WECENA_"
SECRETS = (
    "database_url", "secret_key", "smtp_url", "github_token", "gitlab_token", "forge_tokens", "github_app_key", "metrics_token",
)  # fmt: skip
MIN_SECRET_LENGTH = 32
KEY_FILE = "secret.key"


class Settings(BaseSettings):
    """All settings. Built by `load_settings`; never changed afterwards."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Path = Field(Path("var"), description="Where the database, the key and unsent mails live.")
    database_url: str = Field("", repr=False, description="SQLAlchemy address; empty: SQLite in the data directory.")
    secret_key: SecretStr = Field(SecretStr(""), description="Master key, at least 32 characters; generated if unset.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    public_url: str = Field("", description="Address people and forges reach the service at.")
    admin_email: str = Field("admin@localhost", description="The first admin.")
    programme_name: str = Field("Wecena", description="Shown in the footer: who runs this service.")
    default_language: str = Field("fr", pattern="^(fr|en)$", description="Language of visitors who state none.")
    timezone: str = Field("Europe/Paris", description="Zone in which days and times are shown.")
    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:port; unset: mails stay in files.")
    mail_from: str = Field("wecena@localhost", description="Sender of mails.")
    github_token: SecretStr | None = Field(None, description="Token for GitHub's API.")
    gitlab_token: SecretStr | None = Field(None, description="Token for GitLab's API.")
    forge_tokens: SecretStr | None = Field(None, description="Tokens of other forges: HOST=TOKEN HOST=TOKEN.")
    github_app_id: str = Field("", description="Number of the GitHub App.")
    github_app_key: SecretStr | None = Field(None, description="Private key of the GitHub App (PEM).")
    allowed_networks: str = Field("", description="Networks of private forges, comma separated (10.0.0.0/8).")
    metrics_token: SecretStr | None = Field(None, description="Bearer token for /metrics from elsewhere.")
    web_workers: int = Field(1, ge=1, le=64, description="Processes that answer HTTP.")
    rate_limits: bool = Field(True, description="off only for tests and load.")
    max_body_bytes: int = Field(4 * 1024 * 1024, ge=1024, description="Largest webhook body taken.")
    harvest_minutes: int = Field(15, ge=1, le=1440, description="Time between two harvests of a project.")
    backups: int = Field(7, ge=0, le=366, description="Nightly backups kept in the data directory; 0: none are made.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least level logged.")
    frozen_at: datetime | None = Field(None, description="Fixed clock, for screenshots; never in production.")

    @field_validator("allowed_networks")
    @classmethod
    def _networks_are_readable(cls, value: str) -> str:
        for part in filter(None, (piece.strip() for piece in value.split(","))):
            ipaddress.ip_network(part)
        return value

    @field_validator("forge_tokens")
    @classmethod
    def _tokens_have_hosts(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not all(host and token for host, token in _pairs(value)):
            raise ValueError("needs HOST=TOKEN, several separated by spaces")
        return value

    @field_validator("frozen_at")
    @classmethod
    def _clock_has_a_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs a time zone, for example 2026-11-23T09:00:00+01:00")
        return value

    @model_validator(mode="after")
    def _fill_what_depends_on_others(self) -> Self:
        data_dir = self.data_dir.expanduser().absolute()
        object.__setattr__(self, "data_dir", data_dir)
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{data_dir / 'wecena.db'}")
        if not self.public_url:
            object.__setattr__(self, "public_url", f"http://127.0.0.1:{self.port}")
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{PREFIX}PUBLIC_URL: not a web address")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise ValueError(f"{PREFIX}PUBLIC_URL: plain http is allowed for loopback only, use https")
        if self.secret_key.get_secret_value() and len(self.secret_key.get_secret_value()) < MIN_SECRET_LENGTH:
            raise ValueError(f"{PREFIX}SECRET_KEY: shorter than {MIN_SECRET_LENGTH} characters")
        return self

    @property
    def is_https(self) -> bool:
        """Whether people reach the service through TLS."""
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the embedded one."""
        return self.database_url.startswith("sqlite")

    @property
    def tokens(self) -> dict[str, str]:
        """Our tokens by host (with its port, where the address has one)."""
        named = {"github.com": self.github_token, "gitlab.com": self.gitlab_token}
        found = {host: token.get_secret_value() for host, token in named.items() if token is not None}
        return found | (dict(_pairs(self.forge_tokens)) if self.forge_tokens else {})

    @property
    def networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """The private networks where forges may live."""
        parts = (piece.strip() for piece in self.allowed_networks.split(","))
        return tuple(ipaddress.ip_network(part) for part in parts if part)


def load_settings(environ: Mapping[str, str] | None = None, *, makes_key: bool = True, **overrides: object) -> Settings:
    """Build the settings; raises `ConfigurationError` naming the variable that is wrong.

    Unset or empty variables keep their default. The secret key is read from the data directory, or made there;
    ``makes_key`` False leaves it empty where there is none, and writes nothing.
    """
    values = _from_environment(os.environ if environ is None else environ)
    values.update({name: value for name, value in overrides.items() if value is not None})
    try:
        settings = Settings.model_validate(values)
    except ValidationError as exc:
        raise ConfigurationError(_explain(exc)) from exc
    if not settings.secret_key.get_secret_value() and (makes_key or key_path(settings).exists()):
        key = SecretStr(_stored_key(settings.data_dir))
        settings = settings.model_copy(update={"secret_key": key})
    return settings


def key_path(settings: Settings) -> Path:
    """Where a generated secret key is kept."""
    return settings.data_dir / KEY_FILE


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in Settings.model_fields:
        name = variable(field)
        if environ.get(name):
            values[field] = environ[name]
        elif field in SECRETS and environ.get(f"{name}_FILE"):
            values[field] = _read_secret(f"{name}_FILE", environ[f"{name}_FILE"])
    return values


def _read_secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigurationError(f"{name}: {path} cannot be read.") from exc


def _stored_key(data_dir: Path) -> str:
    path = data_dir / KEY_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", encoding="ascii", opener=_owner_only) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # made by an earlier start, or by another process just now
        return path.read_text(encoding="ascii").strip()
    except OSError as exc:
        raise ConfigurationError(f"{variable('data_dir')}: {data_dir} cannot be written.") from exc


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _pairs(tokens: SecretStr) -> list[tuple[str, str]]:
    """``HOST=TOKEN HOST=TOKEN`` as hosts, in lower case, and tokens."""
    parts = (part.partition("=") for part in tokens.get_secret_value().split())
    return [(host.lower(), token) for host, _, token in parts]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    message = str(first["msg"]).removeprefix("Value error, ")
    field = str(first["loc"][0]) if first["loc"] else ""
    return f"{variable(field)}: {message}." if field else f"{message}."
