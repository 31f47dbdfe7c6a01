"""The state of a simulated forge and what people can do there; each act moves ``updated_at`` and tells the listeners."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from connector.clock import Clock, utc_now
from connector.demo.forges.model import Account, Change, Comment, Hook, Issue, Label, Project, Request, Review

OWNER = "mainteneuse"
"""Who acts where nobody else is named."""


class NoSuchObject(LookupError):
    """The forge has no such project, issue or comment."""


class Forge:
    """Everything one forge holds. Safe to use from several threads.

    ``shares_numbers``: issues and requests are counted together, as GitHub does.
    """

    def __init__(self, clock: Clock = utc_now, *, shares_numbers: bool = True) -> None:
        self.clock = clock
        self.shares_numbers = shares_numbers
        self.accounts: dict[str, Account] = {}
        self.projects: dict[int, Project] = {}
        self.owner_hooks: dict[str, dict[int, Hook]] = {}
        self.owners: dict[str, set[str]] = {}
        self.fields: dict[str, bool] = {}
        """Issue fields of all organisations: name -> whether everybody may see the values."""
        self.tokens: dict[str, str] = {}
        self.token_ends: dict[str, datetime] = {}
        self.listeners: list[Callable[[Change], None]] = []
        self.lock = threading.RLock()
        self._ids = count(1001)
        self._is_silent = False

    # --- people and projects ---

    def account(self, login: str, *, name: str = "", is_bot: bool = False) -> Account:
        """The account of this login, made where there is none."""
        known = self.accounts.get(login.lower())
        if known is None:
            known = self.accounts[login.lower()] = Account(next(self._ids), login, name or login, is_bot)
        return known

    def add_token(self, token: str, login: str) -> None:
        """Let requests with this token act as ``login``."""
        self.account(login)
        self.tokens[token] = login

    def add_project(
        self,
        path: str,
        *,
        labels: Sequence[str] = (),
        languages: Mapping[str, int] | None = None,
        members: Sequence[str] = (OWNER,),
        description: str = "",
        is_private: bool = False,
        project_id: int | None = None,
    ) -> Project:
        """A new project with these labels; ``languages`` in bytes."""
        now = self.clock()
        project = Project(
            id=project_id or next(self._ids),
            path=path,
            created_at=now,
            updated_at=now,
            pushed_at=now,
            description=description,
            languages=dict(languages or {}),
            members=set(members),
            is_private=is_private,
        )
        for login in members:
            self.account(login)
        for label in labels:
            self.add_label(project, label)
        self.projects[project.id] = project
        return project

    def find(self, key: str) -> Project:
        """The project of this id or present path; raises `NoSuchObject`."""
        wanted = key.lower()
        for project in list(self.projects.values()):
            if wanted in (str(project.id), project.path.lower()):
                return project
        raise NoSuchObject(key)

    def moved(self, path: str) -> Project | None:
        """The project that had this path before it was renamed."""
        return next((one for one in list(self.projects.values()) if path.lower() in one.old_paths), None)

    def add_label(self, project: Project, name: str, *, description: str = "") -> Label:
        """The label of this name, made where there is none."""
        if name not in project.labels:
            project.labels[name] = Label(next(self._ids), name, description)
        return project.labels[name]

    def add_hook(
        self, project: Project, url: str, *, secret: str = "", signing_token: str = "", events: Sequence[str] = ()
    ) -> Hook:
        """Tell this address what happens from now on."""
        hook = Hook(next(self._ids), url, self.clock(), secret, signing_token, tuple(events))
        project.hooks[hook.id] = hook
        self._tell("hook", "ping", project, OWNER, hook=hook)
        return hook

    def add_owner(self, path: str, *, members: Sequence[str] = (OWNER,)) -> None:
        """An organisation or group that projects may lie in, and who administers it."""
        self.owners[path.lower()] = {member.lower() for member in members}

    def add_owner_hook(
        self, path: str, url: str, *, secret: str = "", signing_token: str = "", events: Sequence[str] = ()
    ) -> Hook:
        """Tell this address what happens in all projects of an owner."""
        hook = Hook(next(self._ids), url, self.clock(), secret, signing_token, tuple(events))
        self.owner_hooks.setdefault(path.lower(), {})[hook.id] = hook
        return hook

    def hooks_of(self, project: Project) -> list[Hook]:
        """The hooks that hear of a project: its own, and those of the owners above it."""
        owners = [project.path.lower()[:place] for place, letter in enumerate(project.path) if letter == "/"]
        above = [hook for owner in owners for hook in self.owner_hooks.get(owner, {}).values()]
        return [*project.hooks.values(), *above]

    def ping(self, project: Project, hook: Hook) -> None:
        """Send a message to a hook, to try it."""
        self._tell("hook", "test", project, OWNER, hook=hook)

    # --- issues ---

    def add_issue(
        self,
        project: Project,
        title: str,
        *,
        body: str | None = "",
        labels: Sequence[str] = (),
        author: str | None = OWNER,
        assignees: Sequence[str] = (),
        is_confidential: bool = False,
        estimate_hours: float = 0,
        created_at: datetime | None = None,
        number: int | None = None,
    ) -> Issue:
        """Open an issue; ``author`` None: the account was deleted since."""
        with self.lock:
            issue = Issue(
                id=next(self._ids),
                number=number or self._next_number(project, project.issues),
                title=title,
                body=body,
                author=self.account(author) if author else None,
                created_at=created_at or self.clock(),
                updated_at=created_at or self.clock(),
                labels=[self.add_label(project, label).name for label in labels],
                assignees=[self.account(login) for login in assignees],
                is_confidential=is_confidential,
                estimate_seconds=round(estimate_hours * 3600),
            )
            project.issues[issue.number] = issue
            self._tell("issue", "opened", project, author, issue=issue)
        return issue

    def edit_issue(
        self, project: Project, number: int, *, title: str | None = None, body: str | None = None, by: str = OWNER
    ) -> Issue:
        """Change title or text."""
        with self._changed(project, number) as issue:
            before: dict[str, object] = {}
            if title is not None and title != issue.title:
                before["title"], issue.title = issue.title, title
            if body is not None and body != issue.body:
                before["body"], issue.body = issue.body, body
            self._tell("issue", "edited", project, by, issue=issue, before=before)
        return issue

    def label_issue(self, project: Project, number: int, name: str, *, by: str = OWNER) -> Issue:
        """Put a label on an issue."""
        with self._changed(project, number) as issue:
            label, old = self.add_label(project, name), list(issue.labels)
            if name not in issue.labels:
                issue.labels.append(name)
            self._tell("issue", "labeled", project, by, issue=issue, about=label, before={"labels": old})
        return issue

    def unlabel_issue(self, project: Project, number: int, name: str, *, by: str = OWNER) -> Issue:
        """Take a label off an issue."""
        with self._changed(project, number) as issue:
            label, old = self.add_label(project, name), list(issue.labels)
            issue.labels = [one for one in issue.labels if one != name]
            self._tell("issue", "unlabeled", project, by, issue=issue, about=label, before={"labels": old})
        return issue

    def assign(self, project: Project, number: int, login: str, *, by: str = OWNER) -> bool:
        """Assign somebody; False, and nothing happens, where the forge would not let them be assigned."""
        if not self.is_assignable(project, number, login):
            return False
        with self._changed(project, number) as issue:
            account, old = self.account(login), list(issue.assignees)
            if account not in issue.assignees:
                issue.assignees.append(account)
            self._tell("issue", "assigned", project, by, issue=issue, about=account, before={"assignees": old})
        return True

    def unassign(self, project: Project, number: int, login: str, *, by: str = OWNER) -> None:
        """Take somebody off the assignees."""
        with self._changed(project, number) as issue:
            account, old = self.account(login), list(issue.assignees)
            issue.assignees = [one for one in issue.assignees if one != account]
            self._tell("issue", "unassigned", project, by, issue=issue, about=account, before={"assignees": old})

    def set_assignees(self, project: Project, number: int, logins: Sequence[str], *, by: str = OWNER) -> None:
        """Replace the assignees, as GitLab does in one call."""
        with self._changed(project, number) as issue:
            old, issue.assignees = list(issue.assignees), [self.account(login) for login in logins]
            self._tell("issue", "assigned", project, by, issue=issue, before={"assignees": old})

    def is_assignable(self, project: Project, number: int, login: str) -> bool:
        """Members may be assigned, and whoever commented on that very issue; at most ten at once."""
        issue = self.issue(project, number)
        commented = {one.author.login.lower() for one in issue.comments if one.author}
        known = commented | {member.lower() for member in project.members}
        return login.lower() in known and len(issue.assignees) < 10

    def close_issue(self, project: Project, number: int, reason: str = "completed", *, by: str = OWNER) -> Issue:
        """Close an issue as completed, not_planned or duplicate."""
        with self._changed(project, number) as issue:
            issue.is_open, issue.closed_as, issue.closed_at = False, reason, self.clock()
            self._tell("issue", "closed", project, by, issue=issue)
        return issue

    def reopen_issue(self, project: Project, number: int, *, by: str = OWNER) -> Issue:
        """Open a closed issue again."""
        with self._changed(project, number) as issue:
            issue.is_open, issue.closed_as, issue.closed_at = True, "reopened", None
            self._tell("issue", "reopened", project, by, issue=issue)
        return issue

    def describe_issue(self, project: Project, number: int, **facts: object) -> Issue:
        """Set what an issue says besides its text: type, milestone, weight, parts, fields, spent_seconds, blocked_by."""
        with self._changed(project, number) as issue:
            for name, value in facts.items():
                setattr(issue, name, value)
            self._tell("issue", "edited", project, OWNER, issue=issue)
        return issue

    def lock_issue(self, project: Project, number: int, *, by: str = OWNER) -> Issue:
        """Allow comments of members only."""
        with self._changed(project, number) as issue:
            issue.is_locked = True
            self._tell("issue", "locked", project, by, issue=issue)
        return issue

    def make_confidential(self, project: Project, number: int, *, is_confidential: bool = True) -> Issue:
        """Hide an issue from everybody but members (GitLab), or show it again."""
        with self._changed(project, number) as issue:
            before = {"confidential": issue.is_confidential}
            issue.is_confidential = is_confidential
            self._tell("issue", "edited", project, OWNER, issue=issue, before=before)
        return issue

    def delete_issue(self, project: Project, number: int) -> None:
        """Remove an issue for good."""
        with self._changed(project, number) as issue:
            del project.issues[number]
            self._tell("issue", "deleted", project, OWNER, issue=issue)

    def transfer_issue(self, project: Project, number: int, target: Project) -> Issue:
        """Move an issue to another project, where it gets another id and number.

        GitHub redirects the old number to the new one; GitLab closes the old one and names the new one's id.
        """
        with self._changed(project, number) as old:
            new = self.add_issue(
                target, old.title, body=old.body, labels=[name for name in old.labels if name in target.labels],
                author=old.author.login if old.author else None, assignees=[one.login for one in old.assignees],
            )  # fmt: skip
            new.comments = old.comments
            if self.shares_numbers:
                del project.issues[number]
                project.moved[number] = (target.id, new.number)
            else:
                old.is_open, old.closed_at, old.moved_to = False, self.clock(), new.id
            action = "transferred" if self.shares_numbers else "closed"
            self._tell("issue", action, project, OWNER, issue=old, before={"moved": (target, new)})
        return new

    def issue(self, project: Project, number: int) -> Issue:
        """One issue; raises `NoSuchObject`."""
        try:
            return project.issues[number]
        except KeyError:
            raise NoSuchObject(f"{project.path}#{number}") from None

    # --- comments ---

    def comment(self, project: Project, number: int, body: str, *, by: str = OWNER) -> Comment:
        """Write under an issue."""
        with self._changed(project, number) as issue:
            now = self.clock()
            comment = Comment(next(self._ids), body, self.account(by), now, now)
            issue.comments.append(comment)
            self._tell("comment", "created", project, by, issue=issue, comment=comment)
        return comment

    def edit_comment(self, project: Project, number: int, comment_id: int, body: str, *, by: str = OWNER) -> Comment:
        """Replace the text of a comment; raises `NoSuchObject`."""
        with self._changed(project, number) as issue:
            comment = next((one for one in issue.comments if one.id == comment_id), None)
            if comment is None:
                raise NoSuchObject(f"comment {comment_id}")
            old, comment.body, comment.updated_at = comment.body, body, self.clock()
            self._tell("comment", "edited", project, by, issue=issue, comment=comment, before={"body": old})
        return comment

    def delete_comment(self, project: Project, number: int, comment_id: int) -> None:
        """Remove a comment; raises `NoSuchObject`."""
        with self._changed(project, number) as issue:
            if all(one.id != comment_id for one in issue.comments):
                raise NoSuchObject(f"comment {comment_id}")
            issue.comments = [one for one in issue.comments if one.id != comment_id]

    # --- requests ---

    def open_request(
        self,
        project: Project,
        title: str,
        *,
        author: str,
        closes: Sequence[int] = (),
        body: str | None = None,
        is_draft: bool = False,
        created_at: datetime | None = None,
    ) -> Request:
        """Propose a change that closes these issues when it is merged; the text says so unless given."""
        with self.lock:
            number = self._next_number(project, project.requests)
            request = Request(
                id=next(self._ids),
                row_id=next(self._ids),
                number=number,
                title=title,
                body=body if body is not None else "\n".join(f"Fixes #{one}" for one in closes),
                author=self.account(author),
                created_at=created_at or self.clock(),
                updated_at=created_at or self.clock(),
                closes=tuple(closes),
                is_draft=is_draft,
                branch=f"change-{number}",
                head=f"{next(self._ids):040x}",
            )
            project.requests[number] = request
            self._tell("request", "opened", project, author, request=request)
        return request

    def merge_request(self, project: Project, number: int, *, by: str = OWNER) -> Request:
        """Merge a request, which closes its issues."""
        with self.lock:
            request, now = self.request(project, number), self.clock()
            request.state, request.merged_at, request.closed_at, request.updated_at = "merged", now, now, now
            project.pushed_at = now
            self._tell("request", "merged", project, by, request=request)
            for closed in request.closes:
                if closed in project.issues and project.issues[closed].is_open:
                    self.close_issue(project, closed, by=by)
        return request

    def close_request(self, project: Project, number: int, *, by: str = OWNER) -> Request:
        """Refuse a request."""
        with self.lock:
            request = self.request(project, number)
            request.state, request.closed_at, request.updated_at = "closed", self.clock(), self.clock()
            self._tell("request", "closed", project, by, request=request)
        return request

    def edit_request(self, project: Project, number: int, *, body: str, closes: Sequence[int] = ()) -> Request:
        """Change what a request says, and so what it closes."""
        with self._request_changed(project, number) as request:
            request.body, request.closes = body, tuple(closes)
            self._tell("request", "edited", project, str(request.author and request.author.login), request=request)
        return request

    def set_draft(self, project: Project, number: int, *, is_draft: bool) -> Request:
        """Make a request a draft, or ready for review."""
        with self._request_changed(project, number) as request:
            request.is_draft = is_draft
            action = "converted_to_draft" if is_draft else "ready_for_review"
            self._tell("request", action, project, str(request.author and request.author.login), request=request)
        return request

    def push(self, project: Project, number: int) -> Request:
        """A new commit, which nothing was said of yet."""
        with self._request_changed(project, number) as request:
            request.head, request.checks = f"{next(self._ids):040x}", ""
            self._tell("request", "synchronize", project, str(request.author and request.author.login), request=request)
        return request

    def ask_review(self, project: Project, number: int, reviewer: str, *, by: str = OWNER) -> Request:
        """Ask somebody to review."""
        with self._request_changed(project, number) as request:
            account = self.account(reviewer)
            request.asked = [*[one for one in request.asked if one.id != account.id], account]
            self._tell("request", "review_requested", project, by, request=request, about=account)
        return request

    def review(self, project: Project, number: int, said: str, *, by: str = OWNER) -> Request:
        """Approve, or want changes."""
        with self._request_changed(project, number) as request:
            review = Review(next(self._ids), self.account(by), said, self.clock())
            request.reviews.append(review)
            request.asked = [one for one in request.asked if one.id != review.author.id]
            self._tell("review", said, project, by, request=request, review=review)
        return request

    def check(self, project: Project, number: int, checks: str) -> Request:
        """The machines say running, passed or failed of the newest commit."""
        with self.lock:
            request = self.request(project, number)
            request.checks = checks
            self._tell("checks", checks, project, OWNER, request=request)
        return request

    def comment_on_request(self, project: Project, number: int, body: str, *, by: str = OWNER) -> Comment:
        """Write under a request."""
        with self._request_changed(project, number) as request:
            now = self.clock()
            comment = Comment(next(self._ids), body, self.account(by), now, now)
            request.comments.append(comment)
            self._tell("comment", "created", project, by, request=request, comment=comment)
        return comment

    def request(self, project: Project, number: int) -> Request:
        """One request; raises `NoSuchObject`."""
        try:
            return project.requests[number]
        except KeyError:
            raise NoSuchObject(f"{project.path}!{number}") from None

    # --- the project itself ---

    def rename_label(self, project: Project, old: str, new: str) -> Label:
        """Rename a label everywhere. The issues that carry it are not touched, as on the real forges."""
        with self.lock:
            label = project.labels.pop(old)
            project.labels[new] = label
            label.name = new
            rows: list[Issue | Request] = [*project.issues.values(), *project.requests.values()]
            for row in rows:
                row.labels = [new if one == old else one for one in row.labels]
            self._tell("label", "edited", project, OWNER, label=label, before={"name": old})
        return label

    def archive(self, project: Project, *, is_archived: bool = True) -> None:
        """Make the project read-only, or not any more."""
        self._change_project(project, "archived" if is_archived else "unarchived", is_archived=is_archived)

    def make_private(self, project: Project, *, is_private: bool = True) -> None:
        """Hide the project from the public, or show it."""
        self._change_project(project, "privatized" if is_private else "publicized", is_private=is_private)

    def rename(self, project: Project, new_path: str) -> None:
        """Move the project to another path; the old one redirects."""
        with self.lock:
            old = project.path
            project.old_paths.add(old.lower())
            self._change_project(project, "renamed", path=new_path, before={"path": old})

    def write_file(self, project: Project, path: str, text: str | None) -> None:
        """Push a file to the default branch; None takes it away."""
        with self.lock:
            project.files.pop(path, None)
            if text is not None:
                project.files[path] = text
            project.pushed_at = self.clock()

    def delete_project(self, project: Project) -> None:
        """Remove a project. No forge tells its project hooks."""
        with self.lock:
            self.projects.pop(project.id, None)

    def announce(self, change: Change, *, hook: Hook, data: Mapping[str, object]) -> None:
        """Tell one hook something in exactly these words."""
        self._tell(change.subject, change.action, change.project, None, hook=hook, data=data)

    def new_id(self) -> int:
        """A number that nothing else has, greater than all before it."""
        return next(self._ids)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Within this block nobody is told, as when deliveries are lost."""
        before, self._is_silent = self._is_silent, True
        try:
            yield
        finally:
            self._is_silent = before

    def _change_project(
        self, project: Project, action: str, *, before: Mapping[str, object] | None = None, **values: object
    ) -> None:
        with self.lock:
            for name, value in values.items():
                setattr(project, name, value)
            project.updated_at = self.clock()
            self._tell("project", action, project, OWNER, before=before or {})

    @contextmanager
    def _changed(self, project: Project, number: int) -> Iterator[Issue]:
        with self.lock:
            issue = self.issue(project, number)
            issue.raw = None
            issue.updated_at = max(self.clock(), issue.updated_at)
            yield issue

    @contextmanager
    def _request_changed(self, project: Project, number: int) -> Iterator[Request]:
        with self.lock:
            request = self.request(project, number)
            request.updated_at = max(self.clock(), request.updated_at)
            yield request

    def _next_number(self, project: Project, rows: Mapping[int, object]) -> int:
        taken = {*project.issues, *project.requests} if self.shares_numbers else set(rows)
        return max(taken, default=0) + 1

    def _tell(self, subject: str, action: str, project: Project, by: str | None, **rest: object) -> None:
        if self._is_silent:
            return
        change = Change(subject, action, project, self.account(by or OWNER), **rest)  # type: ignore[arg-type]  # fields by name
        for listener in self.listeners:
            listener(change)
