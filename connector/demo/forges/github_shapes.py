"""The JSON of GitHub: what its REST API answers and what its deliveries hold, built from the simulated state."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from connector.demo.forges.model import Account, Attempt, Comment, Hook, Issue, Json, Label, Project, Request, Review

_OWNER_LINKS = (
    "followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events",
    "received_events",
)  # fmt: skip
_REPOSITORY_LINKS = {
    "archive": "/{archive_format}{/ref}", "assignees": "{/user}", "blobs": "{/sha}", "branches": "{/branch}",
    "collaborators": "{/collaborator}", "comments": "{/number}", "commits": "{/sha}", "compare": "{base}...{head}",
    "contents": "{+path}", "contributors": "", "deployments": "", "downloads": "", "events": "", "forks": "",
    "git_commits": "{/sha}", "git_refs": "{/sha}", "git_tags": "{/sha}", "hooks": "", "issue_comment": "{/number}",
    "issue_events": "{/number}", "issues": "{/number}", "keys": "{/key_id}", "labels": "{/name}", "languages": "",
    "merges": "", "milestones": "{/number}", "notifications": "{?since,all,participating}", "pulls": "{/number}",
    "releases": "{/id}", "stargazers": "", "statuses": "{sha}", "subscribers": "", "subscription": "", "tags": "",
    "teams": "", "trees": "{/sha}",
}  # fmt: skip
_REACTIONS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


class GitHubShapes:
    """JSON with addresses below ``api`` (REST) and ``web`` (pages), both without a trailing slash.

    ``has_assignee``: the single ``assignee``, which version 2026-03-10 of the API no longer shows.
    """

    def __init__(self, api: str, web: str, *, has_assignee: bool = True) -> None:
        self.api = api
        self.web = web
        self.has_assignee = has_assignee

    def user(self, account: Account | None) -> Json | None:
        """An account; None where it was deleted."""
        if account is None:
            return None
        url = f"{self.api}/users/{account.login}"
        return {
            "login": account.login,
            "id": account.id,
            "node_id": _node("U", account.id),
            "avatar_url": f"{self.web}/avatars/{account.id}",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{self.web}/{account.login}",
            **{f"{name}_url": f"{url}/{name}" for name in _OWNER_LINKS},
            "type": "Bot" if account.is_bot else "User",
            "site_admin": False,
        }

    def label(self, project: Project, label: Label) -> Json:
        """A label of a project."""
        return {
            "id": label.id,
            "node_id": _node("LA", label.id),
            "url": f"{self._of(project)}/labels/{label.name}",
            "name": label.name,
            "color": label.color,
            "default": False,
            "description": label.description or None,
        }

    def issue(self, project: Project, issue: Issue) -> Json:
        """An issue as lists, single reads and deliveries show it; a recorded one as it was recorded."""
        if issue.raw is not None:
            return dict(issue.raw)
        row = self._row(project, issue.number, issue.id, issue.author)
        people = [self.user(one) for one in issue.assignees]
        return {
            **row,
            **self._single_assignee(people),
            "html_url": f"{self.web}/{project.path}/issues/{issue.number}",
            "title": issue.title,
            "body": issue.body,
            "labels": self._labels(project, issue.labels),
            "state": "open" if issue.is_open else "closed",
            "state_reason": issue.closed_as,
            "locked": issue.is_locked,
            "active_lock_reason": "resolved" if issue.is_locked else None,
            "assignees": people,
            "comments": len(issue.comments),
            "created_at": stamp(issue.created_at),
            "updated_at": stamp(issue.updated_at),
            "closed_at": stamp(issue.closed_at),
            "issue_dependencies_summary": {
                "blocked_by": issue.blocked_by, "blocking": 0, "total_blocked_by": issue.blocked_by, "total_blocking": 0,
            },
            **self._told_besides(project, issue),
        }  # fmt: skip

    def _told_besides(self, project: Project, issue: Issue) -> Json:
        """Keys that are there only where there is something to tell."""
        told: Json = {}
        if issue.type:
            told["type"] = {
                "id": number_of(issue.type), "node_id": _node("IT", number_of(issue.type)), "name": issue.type,
                "description": None,
            }  # fmt: skip
        if issue.milestone:
            told["milestone"] = self._milestone(project, issue)
        if issue.parts:
            done = sum(not project.issues[part].is_open for part in issue.parts if part in project.issues)
            percent = 100 * done // len(issue.parts)
            told["sub_issues_summary"] = {"total": len(issue.parts), "completed": done, "percent_completed": percent}
        if issue.parent is not None:
            told["parent_issue_url"] = f"{self._of(project)}/issues/{issue.parent}"
        if issue.fields:
            told["issue_field_values"] = [_field_value(name, value) for name, value in issue.fields.items()]
        return told

    def _milestone(self, project: Project, issue: Issue) -> Json:
        number = number_of(issue.milestone)
        return {
            "url": f"{self._of(project)}/milestones/{number}", "html_url": f"{self.web}/{project.path}/milestone/{number}",
            "labels_url": f"{self._of(project)}/milestones/{number}/labels", "id": number, "node_id": _node("MI", number),
            "number": number, "title": issue.milestone, "description": None, "creator": None, "open_issues": 1,
            "closed_issues": 0, "state": "open", "created_at": stamp(project.created_at),
            "updated_at": stamp(project.created_at), "due_on": None, "closed_at": None,
        }  # fmt: skip

    def request_row(self, project: Project, request: Request) -> Json:
        """A pull request as it appears among issues."""
        url = f"{self._of(project)}/pulls/{request.number}"
        page = f"{self.web}/{project.path}/pull/{request.number}"
        return {
            **self._row(project, request.number, request.row_id, request.author),
            **self._single_assignee([]),
            "html_url": page,
            "title": request.title,
            "body": request.body,
            "labels": self._labels(project, request.labels),
            "state": "open" if request.state == "open" else "closed",
            "state_reason": None,
            "locked": False,
            "active_lock_reason": None,
            "assignees": [],
            "comments": len(request.comments),
            "created_at": stamp(request.created_at),
            "updated_at": stamp(request.updated_at),
            "closed_at": stamp(request.closed_at),
            "draft": request.is_draft,
            "pull_request": {
                "url": url, "html_url": page, "diff_url": f"{page}.diff", "patch_url": f"{page}.patch",
                "merged_at": stamp(request.merged_at),
            },
        }  # fmt: skip

    def request(self, project: Project, request: Request) -> Json:
        """A pull request as its deliveries show it."""
        url = f"{self._of(project)}/pulls/{request.number}"
        issue_url = f"{self._of(project)}/issues/{request.number}"
        row = self.request_row(project, request)
        del row["pull_request"], row["state_reason"]
        row["_links"] = {
            "self": {"href": url}, "html": {"href": row["html_url"]}, "issue": {"href": issue_url},
            "comments": {"href": f"{issue_url}/comments"}, "review_comments": {"href": f"{url}/comments"},
            "review_comment": {"href": f"{url}/comments{{/number}}"}, "commits": {"href": f"{url}/commits"},
            "statuses": {"href": f"{self._of(project)}/statuses/{_sha(request.id)}"},
        }  # fmt: skip
        return {
            **row,
            "id": request.id,
            "node_id": _node("PR", request.id),
            "url": url,
            "issue_url": issue_url,
            "diff_url": f"{row['html_url']}.diff",
            "patch_url": f"{row['html_url']}.patch",
            "commits_url": f"{url}/commits",
            "review_comments_url": f"{url}/comments",
            "review_comment_url": f"{url}/comments{{/number}}",
            "statuses_url": f"{self._of(project)}/statuses/{_sha(request.id)}",
            "assignee": None,
            "head": {**self._branch(project, request.branch, request.author), "sha": request.head},
            "base": self._branch(project, project.default_branch, request.author),
            "merged": request.state == "merged",
            "merged_at": stamp(request.merged_at),
            "merged_by": None,
            "merge_commit_sha": _sha(request.id) if request.state == "merged" else None,
            "mergeable": None,
            "mergeable_state": "unknown",
            "rebaseable": None,
            "maintainer_can_modify": True,
            "requested_reviewers": [self.user(one) for one in request.asked],
            "requested_teams": [],
            "auto_merge": None,
            "review_comments": 0,
            "commits": 1,
            "additions": 12,
            "deletions": 3,
            "changed_files": 2,
        }

    def review(self, project: Project, request: Request, review: Review, *, is_listed: bool) -> Json:
        """A review: in capitals in the API, in small letters in deliveries."""
        state = {"approved": "APPROVED", "changes_wanted": "CHANGES_REQUESTED"}.get(review.said, "COMMENTED")
        return {
            "id": review.id,
            "node_id": _node("PRR", review.id),
            "user": self.user(review.author),
            "body": "",
            "state": state if is_listed else state.lower(),
            "html_url": f"{self.web}/{project.path}/pull/{request.number}#pullrequestreview-{review.id}",
            "pull_request_url": f"{self._of(project)}/pulls/{request.number}",
            "submitted_at": stamp(review.at),
            "commit_id": request.head,
            "author_association": self._association(project, review.author),
        }

    def check_suite(self, request: Request, at: datetime) -> Json:
        """What the machines say of a commit; a request from a fork is not named."""
        conclusion = {"passed": "success", "failed": "failure"}.get(request.checks)
        return {
            "id": request.id,
            "head_sha": request.head,
            "status": "completed" if conclusion else "in_progress",
            "conclusion": conclusion,
            "pull_requests": [],
            "app": {"id": 15368, "slug": "github-actions"},
            "updated_at": stamp(at),
        }

    def closer(self, project: Project, request: Request) -> Json:
        """A pull request as GraphQL shows it beside the issue that it closes."""
        author = request.author
        return {
            "databaseId": request.id,
            "number": request.number,
            "title": request.title,
            "url": f"{self.web}/{project.path}/pull/{request.number}",
            "state": request.state.upper(),
            "isDraft": request.is_draft,
            "createdAt": stamp(request.created_at),
            "updatedAt": stamp(request.updated_at),
            "mergedAt": stamp(request.merged_at),
            "headRefOid": request.head,
            "authorAssociation": self._association(project, author),
            "author": {"login": author.login, "__typename": "Bot" if author.is_bot else "User", "databaseId": author.id}
            if author
            else None,
            "repository": {"nameWithOwner": project.path},
        }

    def comment(self, project: Project, issue: Issue | Request, comment: Comment) -> Json:
        """A comment under an issue or a pull request."""
        return {
            "id": comment.id,
            "node_id": _node("IC", comment.id),
            "url": f"{self._of(project)}/issues/comments/{comment.id}",
            "html_url": f"{self.web}/{project.path}/issues/{issue.number}#issuecomment-{comment.id}",
            "issue_url": f"{self._of(project)}/issues/{issue.number}",
            "user": self.user(comment.author),
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "author_association": self._association(project, comment.author),
            "body": comment.body,
            "reactions": self._reactions(f"{self._of(project)}/issues/comments/{comment.id}"),
            "performed_via_github_app": None,
        }

    def attempt(self, project: Project, attempt: Attempt) -> Json:
        """One row of the list of a hook's deliveries."""
        return {**delivery_row(attempt), "repository_id": project.id}

    def hook(self, project: Project, hook: Hook) -> Json:
        """A hook; its secret is never shown."""
        return self.owned_hook(f"{self._of(project)}/hooks", hook, kind="Repository")

    def owned_hook(self, place: str, hook: Hook, *, kind: str = "Organization") -> Json:
        """A hook at this place of the API."""
        url = f"{place}/{hook.id}"
        last = hook.attempts[-1].status if hook.attempts else None
        answered = {
            "code": last or 502,
            "status": "active",
            "message": "OK" if last == 202 else "Invalid HTTP Response",
        }
        return {
            "type": kind,
            "id": hook.id,
            "name": "web",
            "active": hook.is_active,
            "events": list(hook.events) or ["*"],
            "config": {"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": hook.url},
            "created_at": stamp(hook.created_at),
            "updated_at": stamp(hook.created_at),
            "url": url,
            "test_url": f"{url}/test",
            "ping_url": f"{url}/pings",
            "deliveries_url": f"{url}/deliveries",
            "last_response": {"code": None, "status": "unused", "message": None} if last is None else answered,
        }

    def repository(self, project: Project) -> Json:
        """A repository with all that GitHub says about it."""
        url, page = self._of(project), f"{self.web}/{project.path}"
        waiting = sum(one.is_open for one in project.issues.values())
        waiting += sum(one.state == "open" for one in project.requests.values())
        return {
            "id": project.id,
            "node_id": _node("R", project.id),
            "name": project.name,
            "full_name": project.path,
            "private": project.is_private,
            "visibility": "private" if project.is_private else "public",
            "owner": self.user(Account(project.id, project.owner)),
            "html_url": page,
            "description": project.description or None,
            "fork": False,
            "url": url,
            **{f"{name}_url": f"{url}/{name.replace('_', '/')}{rest}" for name, rest in _REPOSITORY_LINKS.items()},
            "git_url": f"git:{page.partition(':')[2]}.git",
            "ssh_url": f"git@127.0.0.1:{project.path}.git",
            "clone_url": f"{page}.git",
            "svn_url": page,
            "mirror_url": None,
            "homepage": None,
            "language": next(iter(project.languages), None),
            "license": None,
            "topics": [],
            "default_branch": project.default_branch,
            "archived": project.is_archived,
            "disabled": False,
            "has_issues": project.has_issues,
            **dict.fromkeys(("has_projects", "has_wiki", "has_downloads", "has_pages", "has_discussions"), False),
            **dict.fromkeys(("allow_forking", "is_template", "web_commit_signoff_required"), False),
            **dict.fromkeys(("forks", "forks_count", "watchers", "watchers_count", "stargazers_count", "size"), 0),
            **dict.fromkeys(("network_count", "subscribers_count"), 0),
            "open_issues": waiting,
            "open_issues_count": waiting,
            "created_at": stamp(project.created_at),
            "updated_at": stamp(project.updated_at),
            "pushed_at": stamp(project.pushed_at),
        }

    def _of(self, project: Project) -> str:
        return f"{self.api}/repos/{project.path}"

    def _row(self, project: Project, number: int, row_id: int, author: Account | None) -> Json:
        url = f"{self._of(project)}/issues/{number}"
        return {
            "url": url,
            "repository_url": self._of(project),
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "timeline_url": f"{url}/timeline",
            "id": row_id,
            "node_id": _node("I", row_id),
            "number": number,
            "user": self.user(author),
            "author_association": self._association(project, author),
            "milestone": None,
            "performed_via_github_app": None,
            "reactions": self._reactions(url),
        }

    def _labels(self, project: Project, names: list[str]) -> list[Json]:
        return [self.label(project, project.labels[name]) for name in names]

    def _single_assignee(self, people: list[Json | None]) -> dict[str, Any]:
        return {"assignee": next(iter(people), None)} if self.has_assignee else {}

    def _association(self, project: Project, author: Account | None) -> str:
        return "MEMBER" if author and author.login in project.members else "NONE"

    def _reactions(self, url: str) -> Json:
        return {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(_REACTIONS, 0)}

    def _branch(self, project: Project, name: str, author: Account | None) -> Json:
        return {
            "label": f"{project.owner}:{name}",
            "ref": name,
            "sha": _sha(project.id),
            "user": self.user(author),
            "repo": self.repository(project),
        }


def stamp(at: datetime | None) -> str | None:
    """GitHub's times: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _node(kind: str, number: int) -> str:
    return f"{kind}_kwDOdemo{number:08x}"


def _sha(number: int) -> str:
    return hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest()


def number_of(name: str) -> int:
    """The number of something that is known by its name only here, always the same."""
    return crc32(name.encode()) % 1_000_000


def field_row(name: str, *, is_for_all: bool) -> Json:
    """A field of an organisation's issues."""
    return {
        "id": number_of(name), "node_id": _node("IFT", number_of(name)), "name": name, "description": None,
        "data_type": "text", "visibility": "all" if is_for_all else "organization_members_only",
    }  # fmt: skip


def _field_value(name: str, value: str) -> Json:
    number = number_of(name)
    return {
        "issue_field_id": number, "issue_field_name": name, "node_id": _node("IFV", number), "data_type": "text",
        "value": value,
    }  # fmt: skip


def delivery_row(attempt: Attempt) -> Json:
    """One attempt to deliver, as lists show it."""
    has_worked = 200 <= attempt.status < 300
    return {
        "id": attempt.number,
        "guid": attempt.delivery_id,
        "delivered_at": stamp(attempt.at),
        "redelivery": attempt.is_again,
        "duration": 0.27,
        "status": "OK" if has_worked else ("timed out" if not attempt.status else "Invalid HTTP Response"),
        "status_code": attempt.status or 502,
        "event": attempt.event,
        "action": None,
        "installation_id": None,
        "repository_id": None,
        "throttled_at": None,
    }
