"""The two GraphQL questions that the simulated GitHub understands: about many repositories, and what closes issues."""

from __future__ import annotations

import re
from collections.abc import Iterable

from werkzeug import Response

from connector.demo.forges.github_base import GitHubBase
from connector.demo.forges.model import Json, Project
from connector.demo.forges.server import Call, Route, json_response
from connector.demo.forges.state import NoSuchObject

_CLOSERS = re.compile(r"i(\d+): issue\(number: \1\)")
_ASKED = re.compile(r"(\w+): repository\(owner: \$(\w+), name: \$(\w+)\)")


class GitHubGraphQl(GitHubBase):
    """Answers below ``/graphql``. As with the real one, errors come with status 200, and old names lead nowhere."""

    def graphql_routes(self) -> Iterable[Route]:
        """Where it is asked, on github.com and on an enterprise server."""
        yield Route("POST", "/graphql", self._graphql)
        yield Route("POST", "/api/graphql", self._graphql)

    def _graphql(self, call: Call) -> Response:
        if call.login is None:
            return self.error(401, "Requires authentication")
        query, variables = str(call.data().get("query", "")), call.data().get("variables") or {}
        if _CLOSERS.search(query):
            return self._closers(call, query, variables)
        rows: dict[str, Json | None] = {}
        errors: list[Json] = []
        for alias, owner, name in _ASKED.findall(query):
            project = self._named(call, f"{variables.get(owner)}/{variables.get(name)}")
            rows[alias] = self._repository(project, str(variables.get("file", ""))) if project else None
            if project is None:
                errors.append({"type": "NOT_FOUND", "path": [alias], "message": "Could not resolve to a Repository."})
        return json_response({"data": rows, **({"errors": errors} if errors else {})})

    def _closers(self, call: Call, query: str, variables: Json) -> Response:
        """What closes these issues."""
        project = self._named(call, f"{variables.get('owner')}/{variables.get('name')}")
        if project is None:
            errors = [{"type": "NOT_FOUND", "path": ["repository"], "message": "Could not resolve to a Repository."}]
            return json_response({"data": {"repository": None}, "errors": errors})
        shapes, found = self.shapes(call), {}
        for number in _CLOSERS.findall(query):
            rows = [shapes.closer(project, one) for one in project.requests.values() if int(number) in one.closes]
            found[f"i{number}"] = {"closedByPullRequestsReferences": {"nodes": rows}}
        return json_response({"data": {"repository": found}})

    def _named(self, call: Call, path: str) -> Project | None:
        try:
            project = self.forge.find(path)
        except NoSuchObject:
            return None
        return project if call.sees(project) or not project.is_private else None

    def _repository(self, project: Project, file: str) -> Json:
        text = project.files.get(file.partition(":")[2])
        shown = list(project.labels.values())[:100]
        return {
            "databaseId": project.id,
            "nameWithOwner": project.path,
            "url": f"{self.web_url}/{project.path}",
            "description": project.description or None,
            "visibility": "PRIVATE" if project.is_private else "PUBLIC",
            "isArchived": project.is_archived,
            "isDisabled": False,
            "hasIssuesEnabled": project.has_issues,
            "pushedAt": f"{project.pushed_at:%Y-%m-%dT%H:%M:%SZ}",
            "defaultBranchRef": {"name": project.default_branch},
            "languages": {"nodes": [{"name": name} for name in project.languages]},
            "labels": {
                "nodes": [{"name": label.name, "description": label.description or None} for label in shown],
                "pageInfo": {"hasNextPage": len(project.labels) > len(shown)},
            },
            "issues": {"totalCount": sum(issue.is_open for issue in project.issues.values())},
            "pullRequests": {"totalCount": sum(one.state == "open" for one in project.requests.values())},
            "object": None if text is None else {"text": text, "isTruncated": False},
        }
