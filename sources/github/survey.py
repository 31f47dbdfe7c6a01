"""One question about many repositories: GitHub's GraphQL answers for fifty at once what REST is asked four times each for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sources.base import Surveyed
from sources.errors import RateLimited, UnreadablePayload
from sources.model import Label, ProjectFacts, ProjectRef
from sources.payload import Json, as_object, child, children, flag, integer, text
from sources.times import parse_time

AT_ONCE = 50
_FIELDS = """
fragment Told on Repository {
  databaseId nameWithOwner url description visibility isArchived isDisabled hasIssuesEnabled pushedAt
  defaultBranchRef { name }
  languages(first: 20, orderBy: {field: SIZE, direction: DESC}) { nodes { name } }
  labels(first: 100) { nodes { name description } pageInfo { hasNextPage } }
  issues(states: OPEN) { totalCount }
  pullRequests(states: OPEN) { totalCount }
  object(expression: $file) { ... on Blob { text isTruncated } }
}
"""


def graphql_url(api_url: str) -> str:
    """Where GraphQL is asked: beside the REST root, which an enterprise server calls ``/api/v3``."""
    return f"{api_url.removesuffix('/v3')}/graphql"


def question(projects: Sequence[ProjectRef], file: str) -> dict[str, object]:
    """What to post. Names travel as variables, never inside the query."""
    names = [project.path.partition("/")[::2] for project in projects]
    declared = "".join(f", $o{place}: String!, $n{place}: String!" for place in range(len(names)))
    asked = " ".join(
        f"r{place}: repository(owner: $o{place}, name: $n{place}) {{ ...Told }}" for place in range(len(names))
    )
    variables = {"file": f"HEAD:{file}"}
    for place, (owner, name) in enumerate(names):
        variables |= {f"o{place}": owner, f"n{place}": name}
    return {"query": f"query Survey($file: String!{declared}) {{ {asked} }} {_FIELDS}", "variables": variables}


def answers(payload: object, projects: Sequence[ProjectRef], until: datetime) -> dict[str, Surveyed]:
    """Path -> what was told; a repository that is not shown, or is another one now, is left out.

    Raises `RateLimited`, which GraphQL says with status 200, and `UnreadablePayload`.
    """
    given = as_object(payload)
    if any(text(error, "type") == "RATE_LIMITED" for error in children(given, "errors")):
        raise RateLimited(until)
    rows = child(given, "data")
    if not rows:
        raise UnreadablePayload("There is no data.")
    found: dict[str, Surveyed] = {}
    for place, project in enumerate(projects):
        row = child(rows, f"r{place}")
        number = text(row, "databaseId")
        if number and project.external_id in {None, number}:
            found[project.path] = _surveyed(row)
    return found


def _surveyed(row: Json) -> Surveyed:
    labels, file = child(row, "labels"), child(row, "object")
    return Surveyed(
        facts=_facts(row),
        labels=tuple(Label(text(one, "name"), None, text(one, "description")) for one in children(labels, "nodes")),
        has_more_labels=flag(child(labels, "pageInfo"), "hasNextPage") is not False,
        file=text(file, "text") if file else None,
        is_file_whole=not file or flag(file, "isTruncated") is False,
    )


def _facts(row: Json) -> ProjectFacts:
    return ProjectFacts(
        external_id=text(row, "databaseId"),
        path=text(row, "nameWithOwner"),
        web_url=text(row, "url"),
        clone_url=f"{text(row, 'url')}.git",
        is_public=text(row, "visibility") == "PUBLIC",
        is_archived=bool(flag(row, "isArchived") or flag(row, "isDisabled")),
        has_issues=flag(row, "hasIssuesEnabled") is not False,
        default_branch=text(child(row, "defaultBranchRef"), "name") or "main",
        description=text(row, "description"),
        languages=tuple(text(one, "name") for one in children(child(row, "languages"), "nodes")),
        open_issues=_count(row, "issues") + _count(row, "pullRequests"),
        pushed_at=parse_time(row.get("pushedAt")),
    )


def _count(row: Mapping[str, object], name: str) -> int:
    return integer(child(row, name), "totalCount") or 0
