"""Asking about many projects at once what each would be asked by itself, where a tracker can and it is cheaper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import structlog

from connector.db.tables import Project
from connector.harvest.pulling import Connect
from connector.projects.wecena_file import NAME
from sources.base import Surveyed
from sources.errors import SourceError
from sources.model import ProjectRef

WORTH_IT = 3
"""How many projects of one forge there must be; fewer are asked one by one."""

log = structlog.get_logger(__name__)


def survey(connect: Connect, projects: Sequence[Project]) -> dict[int, Surveyed]:
    """Project id -> what one question told of it. Only of those that were never read: of the others the forge keeps ETags.

    What is left out for whatever reason is to be asked by itself, and says then what is wrong.
    """
    groups: dict[tuple[str, str], list[Project]] = defaultdict(list)
    for project in projects:
        # An App's token opens one project only.
        if project.cursor is None and project.installation_id is None:
            groups[(project.source, project.api_url)].append(project)
    found: dict[int, Surveyed] = {}
    for (_source, api_url), group in groups.items():
        if len(group) >= WORTH_IT:
            found |= _told(connect, api_url, group)
    return found


def _told(connect: Connect, api_url: str, group: Sequence[Project]) -> dict[int, Surveyed]:
    refs = [ProjectRef(project.external_id, project.path) for project in group]
    try:
        told = connect(group[0]).survey(refs, NAME)
    except SourceError as exc:
        log.info("no survey", api=api_url, because=str(exc))
        return {}
    return {project.id: told[project.path] for project in group if project.path in told}
