"""What to do at the forge: where a hook is added, and which events it needs; and how a volunteer starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connector.db.tables import Project
from connector.web.i18n import gettext as _
from sources import registry
from sources.base import HookRecipe


@dataclass(frozen=True, slots=True)
class HookForm:
    """What to type into the forge's form. ``page`` is its address; ``fields`` are label and value; ``ticks`` its boxes.

    ``confidential`` are those of them that need a reason.
    """

    page: str
    fields: tuple[tuple[str, str], ...]
    ticks: tuple[str, ...]
    last: str
    confidential: tuple[str, ...] = ()


def hook_form(project: Project, webhook_url: str, credentials: Mapping[str, str]) -> HookForm:
    """The form of the project's forge; ``credentials`` come from its key and are shown once."""
    recipe = registry.source(project.source).hook_recipe(project.web_url)
    secrets = tuple((field, credentials[name]) for field, name in recipe.secrets)
    return HookForm(
        page=recipe.page,
        fields=((recipe.url_field, webhook_url), *recipe.choices, *secrets),
        ticks=recipe.events,
        last=_last_step(recipe),
        confidential=recipe.confidential,
    )


def _last_step(recipe: HookRecipe) -> str:
    if recipe.test:
        return _(
            "Press “%(save)s”, then “%(test)s”: the project's page shows the message.",
            save=recipe.save,
            test=recipe.test,
        )
    return _("Press “%(save)s”: a first message comes at once, and the project's page shows it.", save=recipe.save)


def default_steps(project: Project) -> str:
    """How one starts when nobody wrote anything better: the clone address and the contribution guide's."""
    clone = project.clone_url or f"{project.web_url}.git"
    folder = project.path.rpartition("/")[2]
    return "\n".join((f"git clone {clone}", f"cd {folder}", guide_address(project)))


def guide_address(project: Project) -> str:
    """Where the contribution guide usually is."""
    return registry.source(project.source).file_url(project.web_url, project.default_branch, "CONTRIBUTING.md")


def start_steps(project: Project) -> str:
    """The coordinator's start steps, else the default ones; one step a line."""
    return project.start_steps or default_steps(project)
