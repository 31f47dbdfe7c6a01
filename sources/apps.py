"""Apps of a tracker: registered once by an operator, installed by maintainers, with tokens that last an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from sources.base import DeliveryLog, Undelivered
from sources.transport import Transport


@dataclass(frozen=True, slots=True)
class AppWish:
    """What an App of ours should be. ``is_writing``: it may comment and assign, where projects allow it."""

    name: str
    home_url: str
    webhook_url: str
    back_url: str
    is_writing: bool = False


@dataclass(frozen=True, slots=True)
class MadeApp:
    """An App as the tracker just made it. ``private_key`` is a PEM, shown this one time.

    ``is_writing``: it may change issues.
    """

    app_id: str
    slug: str
    name: str
    web_url: str
    private_key: str = ""
    is_writing: bool = False


@dataclass(frozen=True, slots=True)
class Installed:
    """One installation of an App: on which account, and what it may do there."""

    external_id: str
    account: str
    permissions: Mapping[str, str]
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class AppToken:
    """A token of one installation; it may have any length."""

    token: str
    expires_at: datetime


class AppClient(Protocol):
    """Talks as the App itself. Every method may raise a `SourceError`."""

    def about(self) -> MadeApp:
        """The App as the tracker shows it now, without its key."""
        ...

    def configure_hook(self, url: str, credentials: Mapping[str, str]) -> None:
        """Give the App's webhook this address and our own secret."""
        ...

    def undelivered(self, url: str, *, after: int = 0) -> DeliveryLog:
        """Which deliveries to the App's webhook failed after the attempt of this number."""
        ...

    def redeliver(self, lost: Undelivered) -> None:
        """Have a delivery made once more, under the id that it had."""
        ...

    def token(self, installation_id: str, *, repository_id: str | None, permissions: Mapping[str, str]) -> AppToken:
        """A token narrowed to one repository and to these permissions. `NotFound`: the installation is gone."""
        ...


@runtime_checkable
class HasApps(Protocol):
    """A tracker that knows Apps."""

    def app_form(self, wish: AppWish) -> str:
        """What the tracker's page for new Apps takes, as JSON."""
        ...

    def app_page(self, base_url: str, owner: str) -> str:
        """Where that form is sent; ``owner`` empty: the App belongs to the person who is signed in there."""
        ...

    def make_app(self, api_url: str, code: str, transport: Transport) -> MadeApp:
        """Trade the code that came back for the App; it works once, for an hour."""
        ...

    def app(self, api_url: str, app_id: str, private_key: str, transport: Transport) -> AppClient:
        """A client that speaks as the App."""
        ...

    def install_url(self, web_url: str) -> str:
        """Where a maintainer installs the App with this page."""
        ...
