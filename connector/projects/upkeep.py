"""The hooks that we make at a forge with a token: made once, looked at, repaired, and taken away when we leave.

The forge is asked outside of any transaction. Our half of a hook is committed before the forge is told of it, since its
first message comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import Hook, Project
from connector.errors import UserError
from connector.projects import hooks
from connector.projects.health import ABSENT, UNSEEN
from connector.web.i18n import gettext as _
from connector.web.services import Services
from sources import registry
from sources.errors import BadCredentials, Forbidden, NotFound, SourceError
from sources.keeping import HookKeeper, HookLevel, HookWish, RemoteHook

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Ours:
    """Our half of a hook."""

    id: int
    key: str
    level: HookLevel
    wish: HookWish

    def is_at(self, url: str) -> bool:
        """Whether an address at the forge means this hook, under whatever name we were reached then."""
        return url.rstrip("/").endswith(f"/{self.key}")


def install(services: Services, project_id: int, level: HookLevel, *, by: int | None) -> RemoteHook:
    """Make the hook of a project or of its owner what it should be: looked for first, made or repaired, tried out.

    Raises `UserError` where the forge or our token does not allow it, saying what is missing.
    """
    with services.db.sessions.begin() as session:
        project = session.get_one(Project, project_id)
        ours = _ours(session, project, level, services)
    client = services.connect(project)
    if client.keeper is None:
        raise UserError(
            _("We have no token for %(host)s that could make a webhook: make it by hand.", host=project.host)
        )
    try:
        made, is_new = _made(client.keeper, ours)
    except SourceError as exc:
        _note(services, ours.id, _refused(exc))
        raise _explained(exc, project, level) from exc
    with services.db.sessions.begin() as session:
        hook = session.get_one(Hook, ours.id)
        hook.state, hook.checked_at = _seen(made, ours), services.clock()
        if is_new:  # one that somebody made by hand stays theirs
            hook.remote_id = made.external_id
        data = {"level": level.value, "remote_id": made.external_id}
        audit.record(session, "hook_made", now=services.clock(), by=by, project_id=project_id, data=data)
    log.info("hook made", hook=ours.id, project=project_id, covers=level.value)
    return made


def check(services: Services, hook_id: int) -> None:
    """Ask the forge how a hook stands, and keep its answer. Raises the `SourceError`s that say nothing of the hook."""
    with services.db.readers() as session:
        hook = session.get_one(Hook, hook_id)
        project = speaker(session, hook)
        if project is None:
            return
        ours = _known(session, hook, services)
    keeper = services.connect(project).keeper
    if keeper is None:
        return
    try:
        found = [each for each in keeper.hooks(ours.level) if ours.is_at(each.url)]
    except BadCredentials:
        raise
    except (Forbidden, NotFound) as exc:
        _note(services, hook_id, _refused(exc))
        return
    _note(services, hook_id, _seen(found[0], ours) if found else {"status": ABSENT})


def take_away(services: Services, hook_id: int) -> None:
    """Remove a hook of ours at the forge, after we left. Raises the `SourceError`s that another try may help against."""
    with services.db.readers() as session:
        hook = session.get(Hook, hook_id)
        project = None if hook is None else speaker(session, hook, even_removed=True)
        if hook is None or project is None or hook.remote_id is None:
            return
        ours = _known(session, hook, services)
    keeper = services.connect(project).keeper
    try:
        for each in keeper.hooks(ours.level) if keeper else ():
            if keeper and ours.is_at(each.url):
                keeper.remove(each)
    except (Forbidden, NotFound) as exc:
        _note(services, hook_id, _refused(exc))
        return
    with services.db.sessions.begin() as session:
        session.get_one(Hook, hook_id).remote_id = None


def to_take_away(session: Session, project: Project) -> Sequence[int]:
    """The hooks of ours that nobody needs once this project is followed no longer."""
    own = session.scalars(select(Hook.id).where(Hook.project_id == project.id, Hook.remote_id.is_not(None))).all()
    shared = hooks.owner_hook_of(session, project)
    if shared is None or shared.remote_id is None:
        return own
    others = session.scalars(hooks.covered(shared).where(Project.id != project.id).limit(1)).first()
    return own if others is not None else [*own, shared.id]


def to_check(session: Session) -> Sequence[int]:
    """The hooks whose forge may be asked about them."""
    own = select(Hook.id).join(Project).where(Project.removed_at.is_(None), Project.is_offline.is_(False))
    shared = select(Hook.id).where(Hook.scope == hooks.OWNER, Hook.remote_id.is_not(None))
    return [*session.scalars(own.order_by(Hook.id)), *session.scalars(shared.order_by(Hook.id))]


def speaker(session: Session, hook: Hook, *, even_removed: bool = False) -> Project | None:
    """A project through which the forge can be asked about this hook."""
    if hook.scope == hooks.PROJECT:
        return session.get(Project, hook.project_id)
    found = session.scalars(hooks.covered(hook).limit(1)).first()
    return found if found is not None or not even_removed else hooks.last_covered(session, hook)


def _ours(session: Session, project: Project, level: HookLevel, services: Services) -> _Ours:
    vault, now = services.vault, services.clock()
    if level is HookLevel.OWNER:
        hook = hooks.owner_hook_of(session, project) or hooks.make_owner_hook(session, project, vault=vault, now=now)[0]
    else:
        hook = hooks.hook_of(session, project) or hooks.make_hook(session, project, vault=vault, now=now)[0]
    return _known(session, hook, services)


def _known(session: Session, hook: Hook, services: Services) -> _Ours:
    key = next(iter(hooks.live_keys(session, hook, services.vault, services.clock())))
    wish = HookWish(hooks.webhook_url(services.settings, hook), registry.source(hook.source).credentials(key))
    return _Ours(hook.id, hook.key, HookLevel(hook.scope), wish)


def _made(keeper: HookKeeper, ours: _Ours) -> tuple[RemoteHook, bool]:
    """The hook as it is now, and whether it was not there before."""
    found = [each for each in keeper.hooks(ours.level) if ours.is_at(each.url)]
    for surplus in found[1:]:
        keeper.remove(surplus)
    made = keeper.repair(found[0], ours.wish) if found else keeper.create(ours.wish, ours.level)
    with suppress(SourceError):  # a test that cannot be sent is no fault of the hook
        keeper.test(made)
    return made, not found


def _seen(hook: RemoteHook, ours: _Ours) -> dict[str, object]:
    return {
        "status": hook.state.value,
        "missing": list(hook.missing),
        "is_elsewhere": hook.url.rstrip("/") != ours.wish.url,
        "until": hook.until.isoformat() if hook.until else None,
        "answer": hook.answer,
    }


def _refused(error: SourceError) -> dict[str, object]:
    return {"status": UNSEEN, "refused": str(error)[:300]}


def _note(services: Services, hook_id: int, state: dict[str, object]) -> None:
    with services.db.sessions.begin() as session:
        hook = session.get_one(Hook, hook_id)
        hook.state, hook.checked_at = state, services.clock()


def _explained(error: SourceError, project: Project, level: HookLevel) -> UserError:
    match error:
        case BadCredentials():
            return UserError(
                _("%(host)s refuses our token: replace it, or make the webhook by hand.", host=project.host)
            )
        case Forbidden():
            return UserError(_("Our token may not make a webhook there: %(why)s", why=str(error)))
        case NotFound() if level is HookLevel.OWNER:
            return UserError(
                _("%(host)s has no webhooks for this group, or does not show them to us.", host=project.host)
            )
        case _:
            return UserError(_("The webhook could not be made: %(why)s", why=str(error)))
