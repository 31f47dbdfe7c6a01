"""Before a project is added: whether its forge may be talked to, and what it says, in sentences a person can use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts.rules import Role
from connector.db.tables import Project
from connector.errors import NotAllowedError, UserError
from connector.projects.rules import missing_labels
from connector.projects.service import NewProject
from connector.web.i18n import gettext as _
from sources import registry
from sources.base import Client
from sources.errors import (
    BadCredentials,
    Forbidden,
    NotAProjectAddress,
    NotFound,
    RateLimited,
    SourceError,
    UnknownForge,
    UnknownSource,
)

SHOWN_LABELS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The project with what its forge says, and the client that asked."""

    new: NewProject
    client: Client


def recognised(
    url: str, source: str | None = None, api_url: str = "", *, hosts: Mapping[str, str] = MappingProxyType({})
) -> NewProject:
    """The project that a pasted address means; raises `UserError` where it means none. ``hosts``: `queries.known_hosts`."""
    try:
        address = registry.recognise(url.strip(), source or None, hosts)
    except UnknownSource as exc:
        raise UserError(str(exc)) from exc
    except UnknownForge as exc:
        raise UserError(
            _(
                "“%(url)s” does not tell which kind of forge it is: say so (%(kinds)s).",
                url=url.strip(),
                kinds=", ".join(registry.source(name).title for name in registry.SOURCES),
            )
        ) from exc
    except NotAProjectAddress as exc:
        raise UserError(
            _(
                "“%(url)s” is not the address of a project. Paste for example %(example)s.",
                url=url.strip(),
                example="https://github.com/owner/name",
            )
        ) from exc
    return NewProject(
        address=address, api_url=api_url.rstrip("/") or registry.source(address.source).api_url(address.base_url)
    )


def check_host(session: Session, new: NewProject, role: Role | None) -> None:
    """Raises `NotAllowedError` where a new forge would have to be talked to: that is an admin's decision."""
    host = new.address.host
    if role in {None, Role.ADMIN} or host == registry.source(new.address.source).default_host:
        return
    if session.scalar(select(Project.id).where(Project.host == host).limit(1)) is None:
        raise NotAllowedError(_("%(host)s is new here: an admin adds its first project.", host=host))


def ask(connect: Callable[[Project], Client], new: NewProject) -> Asked:
    """What the forge says of it; raises `UserError` for whatever stands in the way, labels that do not exist included."""
    client = connect(_not_yet_stored(new))
    try:
        facts, labels = client.facts(), client.labels()
    except SourceError as exc:
        raise explained(exc, new.address.host) from exc
    names = tuple(label.name for label in labels)
    check_labels(new.labels, names)
    return Asked(replace(new, facts=facts, known_labels=names), client)


def explained(error: SourceError, host: str) -> UserError:
    """What went wrong at the forge and what to do, in one or two sentences."""
    match error:
        case NotFound():
            return UserError(
                _(
                    "%(host)s shows no such project. Check the address; a private one needs a token that may read it.",
                    host=host,
                )
            )
        case BadCredentials():
            return UserError(
                _(
                    "%(host)s refuses our token: it expired, was revoked, or is wrong. The operator has to renew it.",
                    host=host,
                )
            )
        case Forbidden():
            return UserError(_("Our token for %(host)s may not read this project: %(why)s", host=host, why=str(error)))
        case RateLimited():
            return UserError(
                _(
                    "%(host)s asks us to wait until %(time)s UTC. Try again then.",
                    host=host,
                    time=f"{error.until:%H:%M}",
                )
            )
        case _:
            return UserError(_("%(host)s does not answer as it should. Try again later.", host=host))


def check_labels(wanted: Sequence[str], existing: Sequence[str]) -> None:
    """Raises `UserError` for a label that does not exist, and lists those that do."""
    missing = missing_labels(wanted, existing)
    if missing:
        known = ", ".join(sorted(existing, key=str.casefold)[:SHOWN_LABELS]) or _("none")
        raise UserError(
            _(
                "There is no label %(missing)s in this project. It has: %(existing)s.",
                missing=", ".join(missing),
                existing=known,
            )
        )


def _not_yet_stored(new: NewProject) -> Project:
    address = new.address
    return Project(
        source=address.source, host=address.host, path=address.path, base_url=address.base_url, api_url=new.api_url,
        external_id=None, is_public=None, etags={},
    )  # fmt: skip
