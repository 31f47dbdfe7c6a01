"""A small Forgejo with the habits of the real one, for the tests of the client."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sources.times import iso, parse_time
from tests.sources.conftest import Asked, Reply, ScriptedServer

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
EASY, HELP = "good first issue", "Help/Wanted"
ME = {"id": 900, "login": "wecena"}
Rows = list[dict[str, Any]]


class SmallForgejo(ScriptedServer):
    """One repository of an organisation. What the script says goes first."""

    def __init__(self) -> None:
        super().__init__()
        self.path, self.former, self.number = "halfeld/archive", "", 531
        self.issues: Rows = []
        self.pulls: Rows = []
        self.comments: dict[int, Rows] = {}
        self.labels, self.organisation_labels = [EASY, "easy"], [HELP]
        self.accounts = ["mira", "joon"]
        self.most = 50
        self.may_write = True
        self.repository: dict[str, Any] = {}

    def add(self, title: str, *labels: str, minutes: int = 0, **changes: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
        """A new issue, the newest."""
        number = len(self.issues) + 1
        made = {
            "id": 1000 + number, "number": number, "title": title, "body": "", "state": "open", "comments": 0,
            "html_url": f"{self.url}/{self.path}/issues/{number}", "user": {"id": 1, "login": "mira"},
            "labels": [{"id": index, "name": name} for index, name in enumerate(labels)], "assignees": None,
            "created_at": iso(START), "updated_at": iso(START + timedelta(minutes=minutes)), "pull_request": None,
            "repository": {"id": self.number, "full_name": self.path}, **changes,
        }  # fmt: skip
        self.issues.insert(0, made)
        return made

    def answer(self, asked: Asked) -> Reply:
        """The script's answer, else the forge's."""
        scripted = super().answer(asked)
        if scripted.status != 404 or f"{asked.method} {asked.target}" in self.script:
            return scripted
        if asked.headers.get("authorization", "token good") != "token good":
            return Reply(401, {"message": "invalid username, password or token"})
        parts = urlsplit(asked.target)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        path = unquote(parts.path).removeprefix("/api/v1")
        if self.former and path.startswith(f"/repos/{self.former}"):
            tail = path.removeprefix(f"/repos/{self.former}")
            return Reply(307, headers={"Location": f"/api/v1/repos/{self.path}{tail}"})
        return self.at(asked, path.replace(f"/repos/{self.path}", "", 1), query)

    def at(self, asked: Asked, path: str, query: dict[str, str]) -> Reply:
        """Below the repository, or anywhere else."""
        parts = path.strip("/").split("/")
        if asked.method != "GET":
            return self.written(asked, parts[1:])
        return self.listed(parts, query) or self.shown(parts)

    def listed(self, parts: list[str], query: dict[str, str]) -> Reply | None:
        """A list."""
        match parts:
            case ["labels"]:
                return self.page([{"id": 1, "name": name} for name in self.labels], query, links=False)
            case ["orgs", _, "labels"]:
                return self.page([{"id": 2, "name": name} for name in self.organisation_labels], query, links=False)
            case ["issues"]:
                return self.page(self.found(query), query)
            case ["pulls"]:
                return self.page(sorted(self.pulls, key=lambda row: str(row["updated_at"]), reverse=True), query)
        return None

    def shown(self, parts: list[str]) -> Reply:
        """One object, or what comes without pages."""
        match parts:
            case [""]:
                return Reply(200, self.facts())
            case ["languages"]:
                return Reply(200, {"Python": 9000, "Shell": 10})
            case [("issues" | "pulls") as kind, number]:
                rows = self.issues if kind == "issues" else self.pulls
                return next((Reply(200, row) for row in rows if row["number"] == int(number)), Reply(404, {}))
            case ["issues", number, "comments"]:
                rows = self.comments.get(int(number), [])
                return Reply(200, rows, {"X-Total-Count": str(len(rows))})
            case ["user"]:
                return Reply(200, ME)
            case ["users", login]:
                return Reply(200, {"id": 1, "login": login}) if login in self.accounts else Reply(404, {})
        return Reply(404, {"message": "The target couldn't be found."})

    def written(self, asked: Asked, rest: list[str]) -> Reply:
        """A write."""
        data: Any = asked.json if asked.body else {}
        match [asked.method, *rest]:
            case ["POST", number, "comments"]:
                row = {"id": 3000 + len(self.asked), "user": ME, "html_url": f"{self.url}/c", **data}
                self.comments.setdefault(int(number), []).append(row)
                return Reply(201, row)
            case [method, "comments", comment]:
                for rows in self.comments.values():
                    for row in [row for row in rows if row["id"] == int(comment)]:
                        row.update(data)
                        if method == "DELETE":
                            rows.remove(row)
                        return Reply(204) if method == "DELETE" else Reply(200, row)
            case ["PATCH", number]:
                if not set(data["assignees"]) <= set(self.accounts):
                    return Reply(500, {"message": ""})
                row = next(row for row in self.issues if row["number"] == int(number))
                if self.may_write:
                    row["assignees"] = [{"id": 1, "login": login} for login in data["assignees"]] or None
                return Reply(201, row)
        return Reply(404, {})

    def facts(self) -> dict[str, Any]:
        """The repository."""
        return {
            "id": self.number, "full_name": self.path, "html_url": f"{self.url}/{self.path}", "private": False,
            "internal": False, "clone_url": f"{self.url}/{self.path}.git", "has_issues": True, "archived": False,
            "default_branch": "trunk", "description": "Records", "open_issues_count": 3, "language": "Python",
            "updated_at": "2026-10-30T08:11:38Z", **self.repository,
        }  # fmt: skip

    def found(self, query: dict[str, str]) -> Rows:
        """The list's rows: a label that is not the repository's own is no filter at all."""
        rows = [row for row in self.issues if query["state"] in ("all", row["state"]) and query["type"] == "issues"]
        wanted = [name for name in query.get("labels", "").split(",") if name in self.labels]
        since = parse_time(query.get("since")) or START
        rows = [row for row in rows if (parse_time(row["updated_at"]) or START) >= since]
        return [row for row in rows if all(name in [one["name"] for one in row["labels"]] for name in wanted)]

    def page(self, rows: Rows, query: dict[str, str], *, links: bool = True) -> Reply:
        """A page: never more rows than the operator allows; links bear the name that the instance gives itself."""
        size, number = min(int(query["limit"]), self.most), int(query["page"])
        last = -(-len(rows) // size)
        headers = {"X-Total-Count": str(len(rows))}
        if links and number < last:
            headers["Link"] = f'<https://forge.internal/api/v1/issues?page={number + 1}>; rel="next"'
        return Reply(200, rows[(number - 1) * size : number * size], headers)
