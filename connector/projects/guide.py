"""What to do at the forge: where a hook is added, and which events it needs; and how a volunteer starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connector.db.tables import Project
from connector.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class HookForm:
    """What to type into the forge's form. ``page`` is its address; ``fields`` are label and value; ``ticks`` its boxes."""

    page: str
    fields: tuple[tuple[str, str], ...]
    ticks: tuple[str, ...]
    last: str


def hook_form(project: Project, webhook_url: str, credentials: Mapping[str, str]) -> HookForm:
    """The form of the project's forge; ``credentials`` come from its key and are shown once."""
    secret, token = credentials.get("webhook_secret", ""), credentials.get("signing_token", "")
    match project.source:
        case "github":
            return HookForm(
                page=f"{project.web_url}/settings/hooks/new",
                fields=(("Payload URL", webhook_url), ("Content type", "application/json"), ("Secret", secret)),
                ticks=("Issues", "Labels", "Pull requests", "Repositories"),
                last=_("Press “Add webhook”. GitHub sends a first message at once, and this page shows it."),
            )
        case "gitlab":
            return HookForm(
                page=f"{project.web_url}/-/hooks",
                fields=(("URL", webhook_url), ("Signing token", token), (_("Secret token, before GitLab 19"), secret)),
                ticks=("Issues events", "Confidential issues events", "Merge request events"),
                last=_("Press “Add webhook”, then “Test” with “Issues events”: this page shows it."),
            )
        case _:
            fields = (("URL", webhook_url), *credentials.items())
            return HookForm(page=project.web_url, fields=fields, ticks=(), last=_("Save it and send a test."))


def default_steps(project: Project) -> str:
    """How one starts when nobody wrote anything better: the clone address and the contribution guide's."""
    clone = project.clone_url or f"{project.web_url}.git"
    folder = project.path.rpartition("/")[2]
    return "\n".join((f"git clone {clone}", f"cd {folder}", guide_address(project)))


def guide_address(project: Project) -> str:
    """Where the contribution guide usually is."""
    between = "-/blob" if project.source == "gitlab" else "blob"
    return f"{project.web_url}/{between}/{project.default_branch}/CONTRIBUTING.md"


def start_steps(project: Project) -> str:
    """The coordinator's start steps, else the default ones; one step a line."""
    return project.start_steps or default_steps(project)
