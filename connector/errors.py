"""Errors whose text may reach a person. Everything else stays in the log."""

from __future__ import annotations


class UserError(Exception):
    """The request cannot be carried out."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").split("\n", 1)[0])

    @property
    def message(self) -> str:
        """One sentence: what happened and what to do."""
        return str(self.args[0])


class NotFoundError(UserError):
    """There is nothing at this address."""

    status = 404


class NotAllowedError(UserError):
    """Your role does not allow this."""

    status = 403


class SignInRequiredError(UserError):
    """Sign in first."""

    status = 401


class ConfigurationError(UserError):
    """The configuration cannot be used."""

    status = 503
