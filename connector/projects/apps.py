"""Apps of ours at forges: made from a form that the forge fills in, and followed through its own deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from connector.accounts import audit
from connector.db.tables import App, Hook, Installation, Project
from connector.errors import NotFoundError, UserError
from connector.projects import hooks, service
from connector.projects.app_tokens import client_of
from connector.projects.rules import Proof
from connector.projects.telling import tell
from connector.web.i18n import gettext as _
from connector.web.services import Services
from sources import registry
from sources.apps import AppWish, HasApps
from sources.errors import SourceError
from sources.model import InstallationChanged

log = structlog.get_logger(__name__)


def begin(session: Session, services: Services, *, source: str, base_url: str, is_writing: bool) -> App:
    """An App that the forge has not made yet, with the address that its deliveries will come to."""
    kind, now = _kind(source), services.clock()
    hook = hooks.make_app_hook(session, source=source, vault=services.vault, now=now)
    host = base_url.partition("://")[2]
    app = App(
        source=source, host=host, base_url=base_url, api_url=registry.source(source).api_url(base_url), name="",
        web_url="", is_writing=is_writing, hook_id=hook.id, created_at=now,
    )  # fmt: skip
    session.add(app)
    session.flush()
    log.info("app begun", app=app.id, host=host, kind=type(kind).__name__)
    return app


def form(services: Services, app: App, hook: Hook) -> str:
    """What the forge's page takes, as JSON."""
    url = services.settings.public_url
    name = f"{services.settings.programme_name} {app.id}" + (" (writes)" if app.is_writing else "")
    wish = AppWish(
        name=name[:34],
        home_url=f"{url}/maintainers",
        webhook_url=hooks.webhook_url(services.settings, hook),
        back_url=f"{url}/admin/apps/back",
        is_writing=app.is_writing,
    )
    return _kind(app.source).app_form(wish)


def finish(services: Services, app_id: int, code: str, *, by: int | None) -> App:
    """Trade the code for the App, keep its key encrypted, and give its webhook a secret of ours."""
    with services.db.readers() as session:
        app = session.get(App, app_id)
        if app is None or app.external_id is not None:
            raise NotFoundError
    try:
        made = _kind(app.source).make_app(app.api_url, code, services.transport)
        with services.db.sessions.begin() as session:
            app = session.get_one(App, app_id)
            app.external_id, app.name, app.web_url = made.app_id, made.name, made.web_url
            app.private_key = services.vault.seal(made.private_key.encode())
            audit.record(session, "app_made", now=services.clock(), by=by, data={"app": made.app_id, "host": app.host})
    except SourceError as exc:
        raise UserError(_("%(host)s did not make the App: %(why)s", host=app.host, why=str(exc))) from exc
    configure(services, app_id)
    return app


def can_adopt(session: Session, services: Services) -> bool:
    """Whether the settings name an App that is not used yet."""
    settings = services.settings
    if not settings.github_app_id or settings.github_app_key is None:
        return False
    return session.scalar(select(App.id).where(App.external_id == settings.github_app_id)) is None


def adopt(services: Services, base_url: str = "https://github.com", *, by: int | None) -> None:
    """Use the App that the settings name, which somebody made by hand."""
    settings, source = services.settings, "github"
    with services.db.sessions.begin() as session:
        if not can_adopt(session, services) or settings.github_app_key is None:
            raise NotFoundError
        app = begin(session, services, source=source, base_url=base_url, is_writing=False)
        app.private_key = services.vault.seal(settings.github_app_key.get_secret_value().encode())
        app.external_id = settings.github_app_id
        app_id = app.id
    try:
        seen = client_of(app, services.vault, services.transport).about()
    except SourceError as exc:
        with services.db.sessions.begin() as session:
            session.delete(session.get_one(App, app_id))
        raise UserError(
            _("%(host)s does not know the App of the settings: %(why)s", host=app.host, why=str(exc))
        ) from exc
    with services.db.sessions.begin() as session:
        app = session.get_one(App, app_id)
        app.name, app.web_url, app.is_writing = seen.name, seen.web_url, seen.is_writing
        audit.record(session, "app_made", now=services.clock(), by=by, data={"app": seen.app_id, "host": app.host})
    configure(services, app_id)


def configure(services: Services, app_id: int) -> None:
    """Give the App's webhook our address and our secret, once more too."""
    with services.db.readers() as session:
        app = session.get(App, app_id)
        if app is None:
            raise NotFoundError
        hook = session.get_one(Hook, app.hook_id)
        key = hooks.live_keys(session, hook, services.vault, services.clock())[0]
    credentials = registry.source(app.source).credentials(key)
    url = hooks.webhook_url(services.settings, hook)
    try:
        client_of(app, services.vault, services.transport).configure_hook(url, credentials)
    except SourceError as exc:
        raise UserError(
            _("The webhook of the App could not be set: %(why)s Press “Repair the webhook” later.", why=str(exc))
        ) from exc


def take(session: Session, hook: Hook, event: InstallationChanged, now: datetime) -> Sequence[Project]:
    """Follow what happened to an installation; the projects whose rights changed, to be decided anew."""
    app = session.scalars(select(App).where(App.hook_id == hook.id)).one()
    row = _installation(session, app, event, now)
    if event.permissions:
        row.permissions = dict(event.permissions)
    match event.action:
        case "deleted":
            row.removed_at = now
        case "suspend":
            row.suspended_at = now
        case "created" | "unsuspend":
            row.suspended_at = row.removed_at = None
    lost = _lose(session, app, row, event, now)
    gained = _gain(session, app, row, event, now)
    log.info("installation", app=app.id, action=event.action, gained=len(gained), lost=len(lost))
    return [*gained, *lost]


def listed(session: Session) -> list[tuple[App, Sequence[Installation]]]:
    """The Apps that exist at their forge, each with its installations."""
    made = session.scalars(select(App).where(App.external_id.is_not(None)).order_by(App.id)).all()
    rows = session.scalars(select(Installation).order_by(Installation.id)).all()
    return [(app, [row for row in rows if row.app_id == app.id]) for app in made]


def to_install(session: Session, project: Project) -> Sequence[App]:
    """The Apps that this project's maintainers could install."""
    if project.installation_id is not None:
        return []
    at_hand = select(App).where(App.source == project.source, App.host == project.host, App.external_id.is_not(None))
    return session.scalars(at_hand.order_by(App.id)).all()


def _installation(session: Session, app: App, event: InstallationChanged, now: datetime) -> Installation:
    same = select(Installation).where(Installation.app_id == app.id, Installation.external_id == event.external_id)
    row = session.scalar(same)
    if row is None:
        row = Installation(
            app_id=app.id, external_id=event.external_id, account=event.account, permissions={}, repositories=[],
            created_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
    return row


def _gain(
    session: Session, app: App, row: Installation, event: InstallationChanged, now: datetime
) -> Sequence[Project]:
    if row.removed_at is not None or row.suspended_at is not None:
        return []
    ids = {ref.external_id for ref in event.added if ref.external_id}
    row.repositories = sorted({*row.repositories, *ids})
    gained = _followed(session, app, row.repositories if event.action in {"created", "unsuspend"} else ids)
    for project in gained:
        project.installation_id = row.id
        audit.record(session, "app_installed", now=now, by=None, project_id=project.id, data={"account": row.account})
        if project.paused_reason == _gone_reason():
            service.resume(session, project, now=now, by=None)
    return gained


def _lose(
    session: Session, app: App, row: Installation, event: InstallationChanged, now: datetime
) -> Sequence[Project]:
    """Without the App a project is read as anybody reads it. Where only the App proved the agreement, it rests."""
    gone = {ref.external_id for ref in event.removed if ref.external_id}
    if row.removed_at is None and row.suspended_at is None:
        row.repositories = [each for each in row.repositories if each not in gone]
        lost = [each for each in _followed(session, app, gone) if each.installation_id == row.id]
    else:
        lost = list(session.scalars(select(Project).where(Project.installation_id == row.id)))
    for project in lost:
        project.installation_id = None
        audit.record(session, "app_removed", now=now, by=None, project_id=project.id, data={"action": event.action})
        is_paused = project.agreed_proof == Proof.APP
        if is_paused:
            service.pause(session, project, now=now, by=None, reason=_gone_reason())
        tell(session, [project.id], _Words(project.path, is_paused=is_paused), now)
    return lost


class _Words:
    """What is told about a project that lost the App."""

    def __init__(self, path: str, *, is_paused: bool) -> None:
        self._path = path
        self._is_paused = is_paused

    def __call__(self) -> tuple[str, str]:
        if self._is_paused:
            text = _("Its agreement rested on the App: nothing is offered until somebody agrees again.")
        else:
            text = _("It goes on with what anybody may read, every quarter of an hour; nothing is written there.")
        return _("%(project)s no longer has our App", project=self._path), f"{text}\n"


def _gone_reason() -> str:
    return "GitHub App"


def _followed(session: Session, app: App, external_ids: Sequence[str] | set[str]) -> list[Project]:
    """The projects followed among these; each has its row locked, as whatever is learnt of it."""
    rows = select(Project).where(
        Project.source == app.source,
        Project.host == app.host,
        Project.external_id.in_(list(external_ids)),
        Project.removed_at.is_(None),
    )
    return list(session.scalars(rows.order_by(Project.id).with_for_update(key_share=True)))


def _kind(source: str) -> HasApps:
    kind = registry.source(source)
    if not isinstance(kind, HasApps):
        raise NotFoundError
    return kind
