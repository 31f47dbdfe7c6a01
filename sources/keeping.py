"""What a tracker lets a program do about its own access: hooks made, looked at, repaired and removed; a token's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class HookLevel(Enum):
    """What a hook covers: one project, or all projects of an organisation or group."""

    PROJECT = "project"
    OWNER = "owner"


class HookState(Enum):
    """Whether the tracker sends at all."""

    ACTIVE = "active"
    PAUSED = "paused"
    """It stopped for a while after our failures; what happens meanwhile is lost."""
    DISABLED = "disabled"
    """It stopped for good, by itself or because somebody said so."""


@dataclass(frozen=True, slots=True)
class HookWish:
    """What a hook of ours should be. ``credentials`` are those of `Source.credentials`."""

    url: str
    credentials: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RemoteHook:
    """A hook as the tracker shows it. Its secrets are never shown.

    ``missing``: what has to be changed in its form, in the form's own words. ``until``: when a pause ends.
    ``answer``: what the tracker got from us last, where that was no success.
    """

    external_id: str
    level: HookLevel
    url: str
    state: HookState = HookState.ACTIVE
    missing: tuple[str, ...] = ()
    until: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What the tracker says of our token. ``expires_at`` None: it does not end, or the tracker does not say."""

    expires_at: datetime | None = None


class HookKeeper(Protocol):
    """The hooks of one project and of its owner. Every method may raise a `SourceError`, and nothing else.

    `Forbidden` names the permission that is missing, as far as the tracker does.
    """

    def token(self) -> TokenFacts:
        """What is known of our token."""
        ...

    def hooks(self, level: HookLevel) -> Sequence[RemoteHook]:
        """All hooks at this level, other people's too."""
        ...

    def create(self, wish: HookWish, level: HookLevel) -> RemoteHook:
        """Make a hook. Never repeats the request by itself: look at `hooks` first."""
        ...

    def repair(self, hook: RemoteHook, wish: HookWish) -> RemoteHook:
        """Make a hook what it should be, its secrets included."""
        ...

    def test(self, hook: RemoteHook) -> None:
        """Have a first message sent."""
        ...

    def remove(self, hook: RemoteHook) -> None:
        """Take a hook away; nothing happens where it is gone already."""
        ...
