"""What can go wrong with a tracker. The class docstring is the default message."""

from __future__ import annotations

from datetime import datetime


class SourceError(Exception):
    """The tracker could not be used."""

    permanent = False
    """True where trying again cannot help."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").split("\n", 1)[0])


class BadSignature(SourceError):
    """The delivery is not signed by a live secret of this hook."""

    permanent = True


class UnreadablePayload(SourceError):
    """The delivery is authentic, but its body cannot be understood."""

    permanent = True


class NotAProjectAddress(SourceError):
    """This address is not the address of a project."""

    permanent = True


class UnknownForge(NotAProjectAddress):
    """This host does not say which kind of forge it is."""


class NotFound(SourceError):
    """The tracker knows no such object, or does not show it to us."""

    permanent = True


class Moved(NotFound):
    """The tracker knows the object at another place: ``to`` is its address."""

    def __init__(self, to: str, message: str = "") -> None:
        super().__init__(message)
        self.to = to


class Gone(NotFound):
    """The tracker says that the object is gone for good."""


class Blocked(Gone):
    """The tracker may not show the object for legal reasons."""


class Forbidden(SourceError):
    """The tracker refuses: a permission is missing."""

    permanent = True


class BadCredentials(Forbidden):
    """The tracker refuses our token: it expired, was revoked, or is wrong."""


class Rejected(SourceError):
    """The tracker understood the request and refuses its content."""

    permanent = True


class RateLimited(SourceError):
    """The tracker asks us to wait.

    ``is_guess``: it did not say until when; who meets this again and again waits longer each time.
    """

    def __init__(self, until: datetime, message: str = "", *, is_guess: bool = False) -> None:
        super().__init__(message)
        self.until = until
        self.is_guess = is_guess


class Unavailable(SourceError):
    """The tracker does not answer, or answers with a fault of its own."""


class AddressRefused(SourceError):
    """This server's address is not allowed: only https on port 443 of public addresses is."""

    permanent = True


class UnknownSource(SourceError):
    """No tracker of this kind is known."""

    permanent = True
